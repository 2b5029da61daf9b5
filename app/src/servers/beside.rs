//! What the pages about one server have in common that stand beside its own, because they show a price: which server
//! they are about, how they look when it cannot be read, and the way back.

use gateway::{Account, Draft, Error, Reading, ServerSeen};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use vpsbg_api::{Plan, Price, Server, ServerId};

use super::words::name;
use crate::{
    components::{
        frame::{Frame, Section},
        menu::MenuItem,
        notice::{Empty, main_trouble, notice, staleness},
    },
    forms::{Refusal, Rule, Typed, submit},
    live::Sources,
    routes,
    words::{count, money::euro, sizes},
};

/// The server that the address names.
pub fn id_here() -> Option<ServerId> {
    use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok())
}

/// The query of the address.
pub fn query_here() -> Typed {
    let pairs = use_query_map().get_untracked().into_iter();
    let pairs: Vec<_> = pairs.map(|(name, value)| (name.into_owned(), value)).collect();
    Typed::of(&pairs)
}

/// The way to these pages, for menus; what is not possible says why.
pub fn links(server: &Server) -> [MenuItem; 2] {
    let scale = server.can_scale().map(|()| routes::server_scale(server.id));
    let add_ons = server.can_buy_addons().map(|()| routes::server_new_add_ons(server.id));
    [
        MenuItem::new("Scale…", scale.map_err(|reason| reason.to_string())),
        MenuItem::new("Add-ons…", add_ons.map_err(|reason| reason.to_string())),
    ]
}

/// A page about a server.
pub fn framed(title: &str, server: &Server, live: Sources, body: AnyView) -> AnyView {
    let above =
        vec![(routes::SERVERS.to_owned(), "Servers".to_owned()), (routes::server(server.id), name(server))];
    view! { <Frame title=title section=Section::Servers above=above live=live>{body}</Frame> }.into_any()
}

/// The page when the server itself cannot be read.
pub fn unreadable(title: &str, error: &Error) -> AnyView {
    let above = vec![(routes::SERVERS.to_owned(), "Servers".to_owned())];
    let live = Sources::default().waiting_after(error);
    let trouble = main_trouble(error, "server");
    view! {
        <Frame title=title section=Section::Servers above=above live=live>
            <div data-region="pending">{trouble}</div>
        </Frame>
    }
    .into_any()
}

/// The page when what there is to choose from cannot be read.
pub fn without(title: &str, server: &Server, error: &Error, what: &str) -> AnyView {
    let live = Sources::default().waiting_after(error);
    let body = view! { <div data-region="pending">{main_trouble(error, what)}</div> };
    framed(title, server, live, body.into_any())
}

/// Nothing can be asked now, and why; what was refused before stands above it.
pub fn not_now(
    title: &str,
    reading: &Reading<ServerSeen>,
    words: &'static str,
    why: String,
    draft: Option<Draft>,
) -> AnyView {
    let server = &reading.value.server;
    let errors = draft.into_iter().flat_map(|draft| draft.errors).map(|(_, problem)| problem);
    let errors = errors.map(|problem| notice("bad", view! { <p>{problem}</p> })).collect_view();
    let (old, back) = (staleness(reading), routes::server(server.id));
    let body = view! {
        {old}
        {errors}
        <Empty title=words>
            <p>{why}</p>
            <p><a class="button" href=back>"Back to the server"</a></p>
        </Empty>
    };
    framed(title, server, Sources::default(), body.into_any())
}

/// What the fields hold now, as a draft keeps it.
pub fn filled(typed: &Typed, fields: &[Rule]) -> Vec<(String, String)> {
    fields.iter().map(|rule| (rule.name.to_owned(), typed.get(rule.name).to_owned())).collect()
}

/// The page at `path` with what was chosen. Without a server: the list.
pub fn page_with(typed: &Typed, fields: &[Rule], path: impl FnOnce(ServerId) -> String) -> String {
    let Ok(id) = typed.get("id").parse() else { return routes::SERVERS.to_owned() };
    let pairs: Vec<_> = fields.iter().map(|rule| (rule.name, typed.get(rule.name))).collect();
    routes::with_query(&path(id), &pairs)
}

/// A form that names no server.
pub async fn which_server() -> Result<(), ServerFnError> {
    submit(routes::SERVERS, async move |_, _: Typed| {
        Err(Refusal::whole("Which server? Choose it in the list."))
    })
    .await
}

/// The server as it is now, if it can be read; what it certainly does not allow is refused.
pub async fn allowed(
    account: &Account,
    id: ServerId,
    rule: fn(&Server) -> Result<(), vpsbg_api::Reason>,
) -> Result<Option<Server>, Refusal> {
    let Ok(seen) = account.server(id).await else { return Ok(None) };
    let server = seen.value.server.clone();
    rule(&server).map_err(|reason| Refusal::whole(reason.to_string()))?;
    Ok(Some(server))
}

/// `€22.33 a month, €26.80 with VAT`.
pub fn monthly(price: Price) -> String {
    match (price.net, price.with_vat) {
        (None, None) => "Price not told".to_owned(),
        (net, None) => format!("{} a month without VAT", euro(net)),
        (None, with_vat) => format!("{} a month with VAT", euro(with_vat)),
        (net, with_vat) => format!("{} a month, {} with VAT", euro(net), euro(with_vat)),
    }
}

/// What a plan is called.
pub fn plan_name(plan: &Plan) -> String {
    plan.name.clone().or_else(|| plan.key.clone()).unwrap_or_else(|| "Plan without a name".to_owned())
}

/// `2 cores, 4 GB memory, 60 GB disk, 5 TB a month`; empty if nothing is told.
pub fn plan_size(plan: &Plan) -> String {
    let parts = [
        plan.vcpus.map(|cores| count(u64::from(cores), "core")),
        plan.memory.map(|memory| format!("{} memory", sizes::gigabytes(memory))),
        plan.disk.map(|disk| format!("{} disk", sizes::gigabytes(disk))),
        plan.bandwidth.map(|traffic| format!("{} traffic a month", sizes::terabytes(traffic))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
