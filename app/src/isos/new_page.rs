//! `/isos/new`: have the provider download an ISO.

use gateway::Access;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use vpsbg_api::CreateIso;

use crate::{
    components::{
        curl::Curl,
        form::{Demands, Field, Form, Kind},
        frame::{Frame, Section},
        notice::read_only_notice,
    },
    forms::{draft_here, typed_or},
    routes,
    visitor::Visitor,
};

/// Longest address that is tried, in characters.
pub const LONGEST_URL: u32 = 2048;

/// The page.
#[component]
pub fn NewIsoPage() -> impl IntoView {
    let draft = use_query_map().get_untracked().get("draft");
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let draft = draft_here(&account, draft).await;
        let read_only = (account.access() == Access::ProbablyReadOnly).then(read_only_notice);
        // A warning was shown with the draft: sending it again as it is goes through.
        let warned = draft.as_ref().and_then(|draft| {
            draft.value("url").filter(|url| super::server_fns::is_private(url)).map(str::to_owned)
        });
        let above = vec![(routes::ISOS.to_owned(), "ISOs".to_owned())];
        let demands = Demands { required: true, max: Some(LONGEST_URL), ..Demands::default() };
        let url = typed_or(draft.as_ref(), "url", "https://mirror.example.org/image.iso");
        let curl = account.as_curl(&CreateIso { url });
        Some(view! {
            <Frame title="Add ISO" section=Section::Isos above=above>
                {read_only}
                <Form action=routes::DO_ADD_ISO draft=draft.clone().unwrap_or_default()>
                    <Field name="url" label="Address" kind=Kind::Url demands=demands draft=draft autocomplete="off"
                        hint="Where the provider downloads the image from: http or https. It is kept for 48 hours." />
                    {warned.map(|url| view! { <input type="hidden" name="anyway" value=url /> })}
                    <div class="actions">
                        <button class="button" data-tone="accent" type="submit">"Add ISO"</button>
                        <a class="button" href=routes::ISOS>"Cancel"</a>
                    </div>
                </Form>
                <Curl command=curl of_form=true />
            </Frame>
        })
    })
}
