//! `/invoices/{id}`: one invoice, found in the list, because the provider has no call for one.

use gateway::{Access, Error, FoundInvoice, Reading};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use vpsbg_api::{DownloadInvoice, Invoice, InvoiceId};

use super::words;
use crate::{
    components::{
        badge::Badge,
        curl::Curl,
        form::PlainForm,
        frame::{Frame, Section},
        notice::{main_trouble, notice, staleness, status},
        properties::{Copyable, copy_link, property},
        time::Day,
    },
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, money::euro},
};

/// The page.
#[component]
pub fn InvoicePage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<InvoiceId>().ok());
    let failed = use_query_map().get_untracked().get("failed");
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::INVOICES.to_owned(), "Invoices".to_owned())];
        let found = match id {
            Some(id) => account.invoice(id).await,
            None => Err(Error::NotFound),
        };
        let mut live = Sources::default();
        let title = id.map_or("Invoice".to_owned(), |id| format!("Invoice {id}"));
        let body = match &found {
            Ok(FoundInvoice::Here(reading)) => {
                let title = format!("Invoice {}", words::number(&reading.value));
                let reading = reading.clone();
                let curl = account.as_curl(&DownloadInvoice { id: reading.value.id });
                let why = failed.as_deref().map(download_failed);
                let hint = (account.access() == Access::ProbablyReadOnly).then(|| view! {
                    {notice("warning", view! { <p>"Downloading needs a write token at the provider; this one can probably only read. You can try anyway."</p> })}
                });
                return Some(
                    view! {
                        <Frame title=title section=Section::Invoices above=above
                            actions={ let id = reading.value.id; move || actions(id) }>
                            {why}
                            {hint}
                            {staleness(&reading)}
                            <Detail reading=reading />
                            <Curl command=curl />
                        </Frame>
                    }
                    .into_any(),
                );
            }
            Ok(FoundInvoice::Nowhere) => main_trouble(&Error::NotFound, "invoice"),
            Ok(FoundInvoice::NotAmongTheNewest { searched }) => {
                status(http::StatusCode::NOT_FOUND);
                let searched = crate::words::count(*searched as u64, "invoice");
                view! {
                    <div class="empty" data-kind="not-found">
                        <p class="empty-title">{format!("It is not among the newest {searched}.")}</p>
                        <p>
                            "The provider cannot be asked for a single invoice, so only the newest ones were searched. "
                            "An older one can be found "
                            <a href=routes::INVOICES>"in the list"</a> "."
                        </p>
                    </div>
                }
                .into_any()
            }
            Err(error) => {
                live = live.waiting_after(error);
                main_trouble(error, "invoice")
            }
        };
        Some(
            view! {
                <Frame title=title section=Section::Invoices above=above live=live>
                    <div data-region="pending">{body}</div>
                </Frame>
            }
            .into_any(),
        )
    })
}

fn actions(id: InvoiceId) -> AnyView {
    view! {
        {copy_link(routes::invoice(id))}
        <PlainForm action=routes::invoice_pdf(id) class="inline">
            <button class="button" data-tone="accent" type="submit">"Download PDF"</button>
        </PlainForm>
    }
    .into_any()
}

/// Why there was no file: a fixed list, by the code in the address.
fn download_failed(code: &str) -> AnyView {
    let words = match code {
        "read-only" | "forbidden" => {
            "The provider refused the download: it needs a write token, and this one can probably only read."
        }
        "not-found" => "The provider has no file for this invoice.",
        "not-offered" => "The provider does not offer downloads.",
        "rate-limited" => "The provider allows no more requests right now. Try again in a minute.",
        _ => "The file could not be fetched from the provider. Try again in a moment.",
    };
    notice("bad", view! { <p>{words}</p> })
}

#[component]
fn Detail(reading: Reading<Invoice>) -> impl IntoView {
    let invoice = reading.value.as_ref();
    let (kind, tone) = words::kind(invoice);
    let proforma = (tone == crate::components::badge::Tone::Warning)
        .then_some("The order is not paid yet; once it is, the provider makes the original.");
    view! {
        <dl class="properties">
            {property("Number", view! { <Copyable text=words::number(invoice) what="number" /> })}
            {property("Kind", view! { <Badge tone=tone word=kind /> {proforma.map(|words| view! { <p class="hint">{words}</p> })} })}
            {property("Date", view! { <Day at=invoice.created_at.map(|at| at.0) /> })}
            {property("Without VAT", view! { <span class="number">{euro(invoice.amount)}</span> })}
            {property("With VAT", view! { <strong class="number">{euro(invoice.amount_with_vat)}</strong> })}
            {property("Orders", of_orders(invoice))}
        </dl>
    }
}

/// Its orders, each with its page.
fn of_orders(invoice: &Invoice) -> AnyView {
    if invoice.order_ids.is_empty() {
        return NOTHING.into_any();
    }
    let links = invoice.order_ids.iter().enumerate().map(|(place, id)| {
        let comma = (place > 0).then_some(", ");
        view! { {comma} <a href=routes::order(*id)>{id.to_string()}</a> }
    });
    links.collect_view().into_any()
}
