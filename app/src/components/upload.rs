//! The one form with a file. Without scripts the browser sends it and waits; with them it shows how far it is, and can
//! be cancelled (`frontend::upload`).

use gateway::{Access, Draft};
use leptos::prelude::*;

use super::{
    badge::Tone,
    form::{Hidden, around, labelled, summary},
    icon::{Icon, icon},
    notice::read_only_notice,
    progress::{HowFar, Pace, Progress},
};
use crate::{forms::Rule, visitor::Visitor, words::NOTHING};

/// A form with a file, sent to a route that streams it. The fields that say whose form it is come first, so that the
/// file need not be read to know.
#[component]
pub fn UploadForm(
    /// Where it is sent; also the page to start anew from when the connection broke.
    action: &'static str,
    /// The rules of its fields.
    fields: &'static [Rule],
    /// What was refused before.
    draft: Draft,
    /// The page that says that it was cancelled.
    cancelled: String,
    children: Children,
) -> impl IntoView {
    let account = Visitor::here().account;
    let read_only = account.as_ref().is_some_and(|account| account.access() == Access::ProbablyReadOnly);
    let hidden = account.map(|account| {
        let (once, seal) = account.new_form();
        view! {
            <Hidden name="account" value=account.owner().hex() />
            <Hidden name="once" value=once />
            <Hidden name="seal" value=seal />
        }
    });
    view! {
        <form class="form" method="post" action=action enctype="multipart/form-data" data-upload=cancelled>
            {hidden}
            {summary(&draft, fields)}
            {read_only.then(read_only_notice)}
            {children()}
            <div data-upload-going="" hidden>
                <Progress how_far=begun() large=true />
                <p role="status" data-upload-sent="Sent" hidden>"All of it is sent. The provider is taking it in."</p>
                <button class="button" type="button" data-upload-cancel="">"Cancel upload"</button>
            </div>
            <p class="notice" data-tone="bad" role="alert" data-upload-broken="" hidden>
                {icon(Icon::Bad)}
                <span>
                    "The connection broke off. A file is only kept when all of it has arrived. " <a href=action>"Start again"</a>
                </span>
            </p>
        </form>
    }
}

/// How far it is when nothing is sent yet: scripts write what comes after, by the keys of its live values.
fn begun() -> HowFar {
    HowFar {
        key: "upload".to_owned(),
        label: "Upload".to_owned(),
        bar: None,
        state: Some((Tone::Busy, "Sending".to_owned())),
        done: Some(NOTHING.to_owned()),
        pace: Some(Pace::default()),
    }
}

/// A file to choose.
#[component]
pub fn FileField(
    /// What it is and demands.
    rule: Rule,
    /// A hint below the label.
    #[prop(into)]
    hint: String,
    /// What was refused before.
    draft: Option<Draft>,
    /// Most bytes: said before anything is sent where scripts run, and by the server in any case.
    largest: u64,
    /// What is said then.
    too_large: String,
) -> impl IntoView {
    let (described, error) = around(&rule, true, draft.as_ref());
    let control = view! {
        <input id=rule.id() name=rule.name type="file" required=rule.is_required() aria-describedby=described
            aria-invalid=error.is_some().then_some("true") data-largest=largest.to_string() data-too-large=too_large />
    }
    .into_any();
    labelled(&rule, Some(hint), error, control)
}
