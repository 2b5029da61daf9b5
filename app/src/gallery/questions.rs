//! What asks before something happens: is bought, changed, interrupted, destroyed, or takes long.

use gateway::Draft;
use leptos::prelude::*;
use vpsbg_api::{DeleteIso, Money, Operation, Price, RestartServer, ServerId, StartServer};

use super::specimen::{Group, Specimen, as_it_is};
use crate::{
    components::{
        dialog::{ConfirmForm, Dialog, LinkDialog},
        price::Charged,
    },
    forms::{Confirmation, NAME},
    routes,
    spending::SpendForm,
    visitor::Visitor,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "questions",
    title: "Questions",
    specimens: &[
        Specimen::new("dialog-plain", "Before a change", dialog_plain),
        Specimen::new("dialog-interrupts", "Before an interruption", dialog_interrupts),
        Specimen::new("dialog-destroys", "Before something is destroyed", || dialog_destroys(None)),
        Specimen::new("dialog-refused", "The same, refused", || dialog_destroys(Some(refused()))),
        Specimen::new("dialog-file", "Before a long file", file),
        Specimen::new("confirm", "On a page of its own", || page(None)),
        Specimen::new("confirm-refused", "The same, refused", || page(Some(refused()))),
        Specimen::new("spend", "Before something is bought", spend_whole),
        Specimen::new("spend-monthly", "The same by the month", || spend("31.00", "37.20", Charged::Monthly)),
        Specimen::new("spend-outdated", "The same, when something else was chosen", spend_outdated),
    ],
};

fn spend(net: &str, with_vat: &str, charged: Charged) -> AnyView {
    let money = |text: &str| text.parse().ok().map(Money);
    let price = Price { net: money(net), with_vat: money(with_vat) };
    view! {
        <SpendForm price=price balance=money("43.17") charged=charged verb="Buy" action=routes::GALLERY
            consequence="web-1 gets weekly backups." close=routes::GALLERY.to_owned() draft=None>
            ""
        </SpendForm>
    }
    .into_any()
}

fn spend_whole() -> AnyView {
    spend("22.33", "26.80", Charged::Whole)
}

/// As scripts leave it when something else was chosen above.
fn spend_outdated() -> AnyView {
    let html = spend_whole().to_html().replace(" hidden", "");
    as_it_is(html.replace("data-needs-asked", "disabled"))
}

fn server() -> ServerId {
    "7".parse().expect("7 is an id")
}

fn dialog_plain() -> AnyView {
    let operation = StartServer { id: server() };
    let asks = Confirmation::of(&operation, "web-1", "It will start, and run in about a minute.");
    dialog("Start web-1?", asks, "Start", &operation, None)
}

fn dialog_interrupts() -> AnyView {
    let operation = RestartServer { id: server() };
    let asks = Confirmation::of(&operation, "web-1", "It will restart; it is offline for about a minute.");
    dialog("Restart web-1?", asks, "Restart", &operation, None)
}

fn deletion() -> DeleteIso {
    DeleteIso { id: "12".parse().expect("12 is an id") }
}

fn dialog_destroys(draft: Option<Draft>) -> AnyView {
    let asks = Confirmation::of(&deletion(), "debian-13.iso", "The image is gone for good.");
    dialog("Delete debian-13.iso?", asks, "Delete", &deletion(), draft)
}

/// Another name was typed.
fn refused() -> Draft {
    let name = |text: &str| (NAME.name.to_owned(), text.to_owned());
    Draft { values: vec![name("debian-12.iso")], errors: vec![name("That is not its name.")] }
}

/// On a page of its own, for what names more than one object.
fn page(draft: Option<Draft>) -> AnyView {
    let asks = Confirmation::of(&deletion(), "3 ISOs", "The provider removes the files at once.");
    view! {
        <ConfirmForm asks=asks verb="Delete" action=routes::GALLERY close=routes::GALLERY.to_owned() draft=draft
            curl=command(&deletion())>
            ""
        </ConfirmForm>
    }
    .into_any()
}

/// Changes nothing but takes its time.
fn file() -> AnyView {
    view! {
        <LinkDialog title="Download 5,000 servers?".to_owned() words="That is 100 requests.".to_owned()
            close=routes::GALLERY.to_owned() verb="Download" to=routes::GALLERY.to_owned() />
    }
    .into_any()
}

fn dialog<O: Operation>(
    title: &'static str,
    asks: Confirmation,
    verb: &'static str,
    operation: &O,
    draft: Option<Draft>,
) -> AnyView {
    view! {
        <Dialog title=title asks=asks verb=verb action=routes::GALLERY close=routes::GALLERY draft=draft
            curl=command(operation)>
            ""
        </Dialog>
    }
    .into_any()
}

fn command<O: Operation>(operation: &O) -> Option<String> {
    Visitor::here().account.and_then(|account| account.as_curl(operation))
}
