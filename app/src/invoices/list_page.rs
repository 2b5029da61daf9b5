//! `/invoices`: the list of invoices, newest first.

use futures::{FutureExt, future::BoxFuture};
use gateway::{Account, Error};
use leptos::prelude::*;
use vpsbg_api::{Invoice, InvoiceType, ListInvoices};

use super::words;
use crate::{
    components::{
        badge::Badge,
        frame::Section,
        list::{
            Batches, Contents, Filter, List, ListColumn, ListPage, ListQuery, Listing, Search, Shown, all_of,
            of_pages, pages_of,
        },
        menu::MenuItem,
        notice::Empty,
        time::Day,
    },
    routes,
    words::{NOTHING, money::euro, time},
};

/// The kinds of documents (FACTS §3, invoice).
const KINDS: [(&str, &str); 3] = [("", "All kinds"), ("proform", "Proforma"), ("original", "Original")];

/// The page.
#[component]
pub fn InvoicesPage() -> impl IntoView {
    view! { <ListPage listing=Invoices /> }
}

/// The list of invoices. The provider has neither search nor filters nor orders for it.
pub struct Invoices;

impl Listing for Invoices {
    type Row = Invoice;

    fn list(_: &Account) -> BoxFuture<'_, List<Invoice>> {
        let kind = |invoice: &Invoice, word: &str| invoice.kind.as_ref().map(InvoiceType::word) == Some(word);
        let list = List {
            name: "invoices",
            path: routes::INVOICES,
            section: Section::Invoices,
            title: "Invoices",
            unit: "invoice",
            search: Some(Search::Ours("Number, date or order")),
            columns: columns(),
            filters: vec![Filter::chips("kind", "Kind", &KINDS).by(kind)],
            sizes: &[],
            selection: None,
            menu: Some(|invoice| {
                let open = MenuItem::new("Open", Ok(routes::invoice(invoice.id)));
                (format!("invoice {}", words::number(invoice)), vec![open])
            }),
            id_of_row: |invoice| format!("invoice-{}", invoice.id),
            check: |_| Ok(()),
        };
        async { list }.boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<Invoice>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<Invoice>> {
        of_pages(account, list, query, of_page, |invoice| invoice).boxed()
    }

    fn every(account: &Account, list: List<Invoice>, query: ListQuery) -> Batches<Invoice> {
        pages_of(account, list, query, of_page, |invoice| invoice)
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<Invoice>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<Invoice>, Error>> {
        all_of(account, list, query, of_page, |invoice| invoice).boxed()
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No invoices yet">
                <p>"The provider makes one for each order."</p>
            </Empty>
        }
        .into_any()
    }
}

fn of_page(page: u64) -> ListInvoices {
    ListInvoices { page }
}

fn columns() -> Vec<ListColumn<Invoice>> {
    vec![
        ListColumn::<Invoice>::new(
            "number",
            "Number",
            |invoice| {
                let number = words::number(invoice);
                view! { <a href=routes::invoice(invoice.id)><code>{number}</code></a> }.into_any()
            },
            words::number,
        )
        .naming()
        .ordered(|one, other| one.number.cmp(&other.number)),
        ListColumn::<Invoice>::new(
            "kind",
            "Kind",
            |invoice| {
                let (kind, tone) = words::kind(invoice);
                view! { <Badge tone=tone word=kind /> }.into_any()
            },
            |invoice| words::kind(invoice).0,
        ),
        ListColumn::<Invoice>::new(
            "date",
            "Date",
            |invoice| view! { <Day at=invoice.created_at.map(|at| at.0) /> }.into_any(),
            |invoice| invoice.created_at.map(|at| time::for_files(at.0)).unwrap_or_default(),
        )
        .said_as(|invoice| invoice.created_at.map(|at| time::day(at.0)).unwrap_or_default())
        .ordered(|one, other| one.created_at.cmp(&other.created_at)),
        ListColumn::<Invoice>::new("orders", "Orders", |invoice| orders(invoice).into_any(), orders),
        ListColumn::<Invoice>::new(
            "net",
            "Without VAT",
            |invoice| euro(invoice.amount).into_any(),
            |invoice| invoice.amount.map(|amount| amount.0.to_string()).unwrap_or_default(),
        )
        .numbers()
        .ordered(|one, other| one.amount.map(|amount| amount.0).cmp(&other.amount.map(|amount| amount.0))),
        ListColumn::<Invoice>::new(
            "gross",
            "With VAT",
            |invoice| euro(invoice.amount_with_vat).into_any(),
            |invoice| invoice.amount_with_vat.map(|amount| amount.0.to_string()).unwrap_or_default(),
        )
        .numbers()
        .ordered(|one, other| {
            one.amount_with_vat.map(|amount| amount.0).cmp(&other.amount_with_vat.map(|amount| amount.0))
        }),
        ListColumn::<Invoice>::new(
            "id",
            "Id",
            |invoice| invoice.id.to_string().into_any(),
            |invoice| invoice.id.to_string(),
        )
        .numbers()
        .on_demand(),
    ]
}

/// The numbers of its orders.
fn orders(invoice: &Invoice) -> String {
    let ids: Vec<_> = invoice.order_ids.iter().map(ToString::to_string).collect();
    if ids.is_empty() { NOTHING.to_owned() } else { ids.join(", ") }
}
