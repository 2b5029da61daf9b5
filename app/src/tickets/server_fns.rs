//! What may be done with tickets.

use leptos::prelude::*;
use vpsbg_api::{CreateTicket, DepartmentId, GetTicket, ReplyTicket, ResolveTicket, ServiceId, TicketId};

use super::{
    new_page::{DEPARTMENT, SUBJECT},
    ticket_page::MESSAGE,
};
use crate::{
    forms::{Refusal, Typed, refused, submit},
    routes,
};

/// The provider's names for our fields.
const NAMES: [(&str, &str); 5] = [
    ("department_id", "department"),
    ("subject", "subject"),
    ("message", "message"),
    ("service_id", "service"),
    ("service_type", "service"),
];

/// Opens a ticket.
#[server(prefix = "/do", endpoint = "tickets/open")]
pub async fn open(
    #[server(default)] department: String,
    #[server(default)] service: String,
    #[server(default)] subject: String,
    #[server(default)] message: String,
) -> Result<(), ServerFnError> {
    submit(routes::NEW_TICKET, async move |account, _: Typed| {
        let mut wrong = Refusal::none();
        let department = wrong.read(&DEPARTMENT, &department);
        let chosen = department.parse::<DepartmentId>();
        if chosen.is_err() && !department.is_empty() {
            wrong.add(DEPARTMENT.name, "Choose a department of the list.");
        }
        let service = service_of(&service);
        if service.is_err() {
            wrong.add("service", "Choose a service of the list, or none.");
        }
        let subject = wrong.read(&SUBJECT, &subject);
        let message = wrong.read(&MESSAGE, &message);
        wrong.check()?;
        let (Ok(department), Ok(service)) = (chosen, service) else {
            return Err(Refusal::whole("Check the form and send it again."));
        };
        let ticket = CreateTicket {
            department,
            subject: subject.to_owned(),
            message: as_html(message),
            service,
            files: Vec::new(),
        };
        match account.act(&ticket).await {
            Ok(ticket) => Ok(routes::with_query(&routes::ticket(ticket.id), &[("done", "ticket-opened")])),
            Err(error) => Err(refused(&error, &NAMES)),
        }
    })
    .await
}

/// Adds a message to a ticket.
#[server(prefix = "/do", endpoint = "tickets/reply")]
pub async fn send_reply(
    #[server(default)] id: String,
    #[server(default)] message: String,
) -> Result<(), ServerFnError> {
    let Ok(id) = id.parse::<TicketId>() else { return which_ticket().await };
    submit(&routes::ticket(id), async move |account, _: Typed| {
        let mut wrong = Refusal::none();
        let message = wrong.read(&MESSAGE, &message);
        wrong.check()?;
        let reply = ReplyTicket { id, message: as_html(message), files: Vec::new() };
        match account.act(&reply).await {
            Ok(ticket) => {
                let newest = ticket.messages.iter().max_by_key(|message| message.created_at);
                let anchor = newest.map_or_else(String::new, |message| format!("#message-{}", message.id));
                Ok(format!("{}{anchor}", routes::with_query(&routes::ticket(id), &[("done", "replied")])))
            }
            Err(error) => Err(refused(&error, &NAMES)),
        }
    })
    .await
}

/// Marks a ticket as resolved.
#[server(prefix = "/do", endpoint = "tickets/resolve")]
pub async fn mark_resolved(#[server(default)] id: String) -> Result<(), ServerFnError> {
    let Ok(id) = id.parse::<TicketId>() else { return which_ticket().await };
    submit(&routes::ticket_confirm_resolve(id), async move |account, _: Typed| {
        if let Ok(ticket) = account.read(&GetTicket { id }).await {
            ticket.value.can_resolve().map_err(|reason| Refusal::whole(reason.to_string()))?;
        }
        match account.act(&ResolveTicket { id }).await {
            Ok(()) => Ok(routes::with_query(&routes::ticket(id), &[("done", "resolved")])),
            Err(error) => Err(refused(&error, &[])),
        }
    })
    .await
}

async fn which_ticket() -> Result<(), ServerFnError> {
    submit(routes::TICKETS, async move |_, _: Typed| {
        Err(Refusal::whole("Which ticket? Choose it in the list."))
    })
    .await
}

/// `server:4821`, or nothing.
pub(super) fn service_of(text: &str) -> Result<Option<(String, ServiceId)>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let (kind, id) = text.split_once(':').ok_or(())?;
    if !kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        return Err(());
    }
    Ok(Some((kind.to_owned(), id.parse().map_err(|_| ())?)))
}

/// The provider takes HTML (`TicketCreateRequest.message`), a person types text: signs are escaped, lines kept.
pub(super) fn as_html(text: &str) -> String {
    ammonia::clean_text(text).replace("&#10;", "\n").replace("&#32;", " ").replace('\n', "<br>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_sent_as_html() {
        let html = as_html("a < b & c\n</textarea><script>x</script>");
        assert!(html.contains("a &lt; b &amp; c<br>\n&lt;"), "{html}");
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn services_are_read_back() {
        assert_eq!(service_of(""), Ok(None));
        assert_eq!(service_of("server:7").unwrap().unwrap().1.get(), 7);
        for bad in ["server", "server:x", "server:0", "a b:1"] {
            assert!(service_of(bad).is_err(), "{bad}");
        }
    }
}
