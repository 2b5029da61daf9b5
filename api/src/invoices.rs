//! Invoices: VAT documents and proformas.

use crate::{
    files::File,
    ids::{InvoiceId, OrderId},
    model::{Page, model, words},
    money::{Money, Price},
    operation::{Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    times::Timestamp,
};

words! {
    /// Kind of document (FACTS §3, invoice).
    pub enum InvoiceType {
        /// The order is not paid yet.
        Proform = "proform",
        /// The document for a paid order.
        Original = "original",
    }
}

model! {
    /// An accounting document (`Invoice`).
    pub struct Invoice {
        /// Id.
        pub id: InvoiceId,
        /// Ten digits with leading zeros: text.
        pub number: Option<String> = "invoice_number",
        /// When it was made.
        pub created_at: Option<Timestamp>,
        /// Without VAT.
        pub amount: Option<Money>,
        /// With VAT.
        pub amount_with_vat: Option<Money>,
        /// Kind of document.
        pub kind: Option<InvoiceType> = "type",
        /// Orders it covers.
        pub order_ids: Vec<OrderId>,
    }
}

impl Invoice {
    /// Both amounts, as sent.
    pub fn price(&self) -> Price {
        Price { net: self.amount, with_vat: self.amount_with_vat }
    }
}

/// `GET /invoices`: a page of invoices, newest first. There is no call for a single one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListInvoices {
    /// Page, from 1.
    pub page: u64,
}

impl Operation for ListInvoices {
    type Answer = Page<Invoice>;
    const INFO: Info =
        Info::new("listInvoices", Method::Get, "/invoices", Evidence::Documented, Permission::BillingRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("page", self.page.to_string())]
    }
}

/// `POST /invoices/{id}/download`: the PDF. A POST that reads, so a read token cannot do it (FACTS §5.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DownloadInvoice {
    /// Which one.
    pub id: InvoiceId,
}

impl Operation for DownloadInvoice {
    type Answer = File;
    const INFO: Info = Info::new(
        "downloadInvoice",
        Method::Post,
        "/invoices/{id}/download",
        Evidence::Inferred,
        Permission::BillingRead,
    )
    .or(&[Spelling { method: Method::Post, path: "/invoices/{id}" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("invoice {}", self.id))
    }
}
