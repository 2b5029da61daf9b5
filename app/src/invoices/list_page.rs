//! `/invoices`: all invoices, newest first.

use gateway::Reading;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use vpsbg_api::{Invoice, ListInvoices, Page};

use super::words;
use crate::{
    components::{
        badge::Badge,
        frame::{Frame, Section},
        notice::{Empty, broken_rows, main_trouble, staleness},
        paging::{Paging, Place, bad_page, beyond_the_end, page_address, page_of},
        table::{Column, Table},
        time::Day,
    },
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, money::euro},
};

/// The page.
#[component]
pub fn InvoicesPage() -> impl IntoView {
    let page = page_of(use_query_map().get_untracked().get("page").as_deref());
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let (body, live) = match page {
            Err(problem) => (bad_page(&problem, routes::INVOICES), Sources::default()),
            Ok(page) => {
                let read = account.read(&ListInvoices { page }).await;
                let live = Sources::default().waiting_for(read.as_ref());
                let body = match &read {
                    Ok(reading) => {
                        view! { {staleness(reading)} <List reading=reading.clone() page=page /> }.into_any()
                    }
                    Err(error) => main_trouble(error, "the list of invoices"),
                };
                (body, live)
            }
        };
        Some(view! {
            <Frame title="Invoices" section=Section::Invoices live=live>
                <div data-region="invoices">{body}</div>
            </Frame>
        })
    })
}

#[component]
fn List(reading: Reading<Page<Invoice>>, page: u64) -> impl IntoView {
    let list = &reading.value;
    if list.rows.is_empty() && list.broken == 0 {
        return if page > 1 {
            beyond_the_end(page, list.last, |page| page_address(routes::INVOICES, page))
        } else {
            view! {
                <Empty title="No invoices yet">
                    <p>"The provider makes one for each order."</p>
                </Empty>
            }
            .into_any()
        };
    }
    let columns = vec![
        Column::text("Number"),
        Column::text("Kind"),
        Column::text("Date"),
        Column::text("Orders"),
        Column::number("Without VAT"),
        Column::number("With VAT"),
    ];
    let rows = list.rows.iter().map(row).collect_view();
    let place = Place::of(list, page);
    view! {
        {broken_rows(list.broken)}
        <Table caption="Invoices" columns=columns>{rows}</Table>
        <Paging place=place unit="invoice"
            address=|page| routes::with_query(routes::INVOICES, &[("page", &page.to_string())]) />
    }
    .into_any()
}

fn row(invoice: &Invoice) -> AnyView {
    let (kind, tone) = words::kind(invoice);
    view! {
        <tr>
            <th scope="row"><a href=routes::invoice(invoice.id)><code>{words::number(invoice)}</code></a></th>
            <td><Badge tone=tone word=kind /></td>
            <td><Day at=invoice.created_at.map(|at| at.0) /></td>
            <td>{orders(invoice)}</td>
            <td class="number">{euro(invoice.amount)}</td>
            <td class="number">{euro(invoice.amount_with_vat)}</td>
        </tr>
    }
    .into_any()
}

/// The numbers of its orders.
pub fn orders(invoice: &Invoice) -> String {
    let ids: Vec<_> = invoice.order_ids.iter().map(ToString::to_string).collect();
    if ids.is_empty() { NOTHING.to_owned() } else { ids.join(", ") }
}
