//! `/isos/new`: have the provider download an ISO.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use vpsbg_api::CreateIso;

use crate::{
    components::{
        curl::Curl,
        form::{Field, Form},
        frame::{Frame, Section},
    },
    forms::{Kind, Rule, Shape, draft_here, typed_or},
    routes,
    visitor::Visitor,
};

/// The address of the image.
pub const ADDRESS: Rule = Rule::new(Kind::Url, "url", "Address")
    .required("Enter the address of the image.")
    .longest(2048)
    .shape(WEB);

/// What the provider can download from. Spaces and letters of all the world are encoded on the way.
const WEB: Shape = Shape {
    starts: &["https://", "http://"],
    letters: &[(' ', char::MAX)],
    words: "Only http and https addresses can be downloaded.",
};

/// The fields of the form.
pub const FIELDS: &[Rule] = &[ADDRESS];

/// The page.
#[component]
pub fn NewIsoPage() -> impl IntoView {
    let draft = use_query_map().get_untracked().get("draft");
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let draft = draft_here(&account, draft).await;
        // A warning was shown with the draft: sending it again as it is goes through.
        let warned = draft.as_ref().and_then(|draft| {
            draft.value("url").filter(|url| super::server_fns::is_private(url)).map(str::to_owned)
        });
        let above = vec![(routes::ISOS.to_owned(), "ISOs".to_owned())];
        let url = typed_or(draft.as_ref(), "url", "https://mirror.example.org/image.iso");
        let curl = account.as_curl(&CreateIso { url });
        Some(view! {
            <Frame title="Add ISO" section=Section::Isos above=above>
                <Form action=routes::DO_ADD_ISO fields=FIELDS draft=draft.clone().unwrap_or_default()>
                    <Field rule=ADDRESS draft=draft autocomplete="off"
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
