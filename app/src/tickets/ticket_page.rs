//! `/tickets/{id}`: a conversation, and the next message.

use gateway::{Account, Draft, Error, Reading};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use vpsbg_api::{GetTicket, ReplyTicket, ResolveTicket, ServerId, Ticket, TicketId};

use super::{conversation::Conversation, server_fns::as_html, words};
use crate::{
    activity::of_object,
    components::{
        badge::Badge,
        curl::Curl,
        dialog::Dialog,
        form::{Field, Form, Hidden},
        frame::{Frame, Section, disabled},
        notice::{main_trouble, notice, staleness},
        properties::{Copyable, copy_link, property},
        time::Ago,
    },
    forms::{Confirmation, Kind, Rule, draft_here, typed_or},
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, or_dash},
};

/// A message (`TicketReplyRequest.message`). The longest still fits a draft with four bytes for each letter.
pub const MESSAGE: Rule =
    Rule::new(Kind::Text, "message", "Message").required("Enter a message.").shortest(5).longest(10_000);
/// The fields of a reply.
const FIELDS: &[Rule] = &[MESSAGE];

/// The page.
#[component]
pub fn TicketPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<TicketId>().ok());
    let query = use_query_map().get_untracked();
    let (confirm, draft, failed) = (query.get("confirm"), query.get("draft"), query.get("failed"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::TICKETS.to_owned(), "Tickets".to_owned())];
        let read = match id {
            Some(id) => account.read(&GetTicket { id }).await,
            None => Err(Error::NotFound),
        };
        let reading = match read {
            Ok(reading) => reading,
            Err(error) => {
                let live = Sources::default().waiting_after(&error);
                let title = id.map_or("Ticket".to_owned(), |id| format!("Ticket {id}"));
                return Some(
                    view! {
                        <Frame title=title section=Section::Tickets above=above live=live>
                            <div data-region="pending">{main_trouble(&error, "ticket")}</div>
                        </Frame>
                    }
                    .into_any(),
                );
            }
        };
        let draft = draft_here(&account, draft).await;
        let ticket = reading.value.as_ref().clone();
        let title = ticket.subject.clone().unwrap_or_else(|| format!("Ticket {}", ticket.id));
        let resolving = confirm.as_deref() == Some("resolve");
        let dialog = resolving.then(|| resolve_dialog(&account, &ticket, &title, draft.clone()));
        let no_file = failed.map(|_| view! {
            {notice("bad", view! { <p>"The file could not be fetched from the provider. Try again in a moment."</p> })}
        });
        let actions = {
            let ticket = ticket.clone();
            move || actions(&ticket)
        };
        let activity = of_object(&account, &format!("ticket {}", ticket.id)).await;
        let reply_draft = if resolving { None } else { draft };
        Some(
            view! {
                <Frame title=title section=Section::Tickets above=above actions=actions
                    dialog=dialog.unwrap_or_else(|| ().into_any())>
                    {no_file}
                    <Body reading=reading />
                    {reply(&account, &ticket, reply_draft)}
                    {activity}
                </Frame>
            }
            .into_any(),
        )
    })
}

#[component]
fn Body(reading: Reading<Ticket>) -> impl IntoView {
    let ticket = reading.value.as_ref().clone();
    let (state, tone) = words::state(ticket.status.as_ref());
    let about = match (ticket.service_type.as_deref(), ticket.service_id, ticket.service_label.clone()) {
        (Some("server"), Some(id), label) => match ServerId::try_from(id.get()) {
            Ok(server) => {
                let label = label.unwrap_or_else(|| format!("server {id}"));
                view! { <a href=routes::server(server)>{label}</a> }.into_any()
            }
            Err(_) => or_dash(label).into_any(),
        },
        (_, _, Some(label)) => label.into_any(),
        _ => NOTHING.into_any(),
    };
    view! {
        {staleness(&reading)}
        <dl class="properties">
            {property("State", view! { <Badge tone=tone word=state /> })}
            {property("About", view! { {about} })}
            {property("Department", view! { {or_dash(ticket.department.clone())} })}
            {property("Opened", view! { <Ago at=ticket.created_at.map(|at| at.0) /> })}
            {property("Id", view! { <Copyable text=ticket.id.to_string() what="id" /> })}
        </dl>
        <h2>"Conversation"</h2>
        <Conversation ticket=ticket.id messages=ticket.messages />
    }
}

fn actions(ticket: &Ticket) -> AnyView {
    let resolve = match ticket.can_resolve() {
        Ok(()) => view! {
            <a class="button" href=routes::ticket_confirm_resolve(ticket.id)>"Mark as resolved"</a>
        }
        .into_any(),
        Err(reason) => disabled("Mark as resolved", &reason.to_string()),
    };
    view! {
        {copy_link(routes::ticket(ticket.id))}
        {resolve}
    }
    .into_any()
}

fn reply(account: &Account, ticket: &Ticket, draft: Option<Draft>) -> AnyView {
    if let Err(reason) = ticket.can_reply() {
        return notice("info", view! { <p>"No reply is possible. " {reason.to_string()}</p> });
    }
    let id = ticket.id;
    let message = as_html(&typed_or(draft.as_ref(), "message", "Your message"));
    let curl = account.as_curl(&ReplyTicket { id, message, files: Vec::new() });
    view! {
        <h2 id="reply">"Reply"</h2>
        <Form action=routes::DO_REPLY_TICKET fields=FIELDS draft=draft.clone().unwrap_or_default()>
            <Hidden name="id" value=id.to_string() />
            <Field rule=MESSAGE draft=draft />
            <div class="actions">
                <button class="button" data-tone="accent" type="submit">"Send reply"</button>
            </div>
        </Form>
        <Curl command=curl of_form=true />
    }
    .into_any()
}

fn resolve_dialog(account: &Account, ticket: &Ticket, title: &str, draft: Option<Draft>) -> AnyView {
    let id = ticket.id;
    let words = "Support will not look at it any more. A later reply opens it again.";
    let asks = Confirmation::of(&ResolveTicket { id }, title, words);
    view! {
        <Dialog title=format!("Mark “{title}” as resolved?")
            asks=asks verb="Mark as resolved" action=routes::DO_RESOLVE_TICKET close=routes::ticket(id) draft=draft
            curl=account.as_curl(&ResolveTicket { id })>
            <Hidden name="id" value=id.to_string() />
        </Dialog>
    }
    .into_any()
}
