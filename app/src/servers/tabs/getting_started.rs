//! First steps with the app that a server was installed with, as the provider writes them.

use gateway::{Account, ServerSeen};
use leptos::prelude::*;
use vpsbg_api::{AppGuide, GetServer, Server};

use crate::{
    components::notice::{staleness_of, trouble},
    live::Sources,
    tickets::clean,
};

/// The section. Nothing where no app was installed, or the provider sends no text (its shape is not known, FACTS §1).
pub async fn getting_started(
    account: &Account,
    seen: &ServerSeen,
    live: Sources,
) -> (Sources, Option<AnyView>) {
    if !has_app(&seen.server) {
        return (live, None);
    }
    let read = account.read(&GetServer { id: seen.server.id, with_app_guide: true }).await;
    let live = live.waiting_for(read.as_ref());
    let body = match &read {
        Err(error) => Some(trouble(error, "the first steps with its app")),
        Ok(reading) => {
            let text = reading.value.app_getting_started.as_ref().and_then(AppGuide::text).map(clean);
            text.filter(|text| !text.trim().is_empty()).map(|text| {
                view! {
                    {staleness_of(reading, "the first steps")}
                    <div class="message-body" inner_html=text></div>
                }
                .into_any()
            })
        }
    };
    let section = body.map(|body| {
        view! {
            <section aria-labelledby="getting-started" data-region="getting-started">
                <h2 id="getting-started">"Getting started"</h2>
                {body}
            </section>
        }
        .into_any()
    });
    (live, section)
}

fn has_app(server: &Server) -> bool {
    let group = server.image.as_ref().and_then(|image| image.group.as_ref());
    group.and_then(|group| group.kind.as_deref()) == Some("app")
}
