//! Invoices: VAT documents and proformas.

use serde_json::json;

use crate::{
    files::File,
    ids::{InvoiceId, OrderId, several},
    model::{Page, model, words},
    money::{Money, Price},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    reason::Reason,
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

    /// Whether the orders it covers can be paid.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, invoice: a proforma while the order is open, an original once it is paid).
    pub fn can_pay(&self) -> Result<(), Reason> {
        match self.kind {
            Some(InvoiceType::Original) => Err(Reason("It is already paid.")),
            _ if self.order_ids.is_empty() => Err(Reason("It names no order.")),
            _ => Ok(()),
        }
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

/// `POST /invoices/download`: several documents in one ZIP. A POST that reads, like the single one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadInvoices {
    /// Which ones, at least one.
    pub ids: Vec<InvoiceId>,
}

impl Operation for DownloadInvoices {
    type Answer = File;
    const INFO: Info = Info::new(
        "downloadInvoices",
        Method::Post,
        "/invoices/download",
        Evidence::Inferred,
        Permission::BillingRead,
    )
    .or(&[Spelling { method: Method::Post, path: "/invoices" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn body(&self) -> Body {
        let ids: Vec<_> = self.ids.iter().map(|id| id.get()).collect();
        Body::Json(json!({ "ids": ids }))
    }
    fn object(&self) -> Option<String> {
        Some(several("invoice", &self.ids))
    }
}
