//! What a customer writes to support: new tickets and answers, with files (FACTS §2, Ticket).

use crate::door::call::Call;
use crate::door::form::{Form, Upload};
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::catalogue::DEPARTMENTS;
use crate::things::holdings::{NextIds, take};
use crate::things::ticket::{Attachment, Message, Service, Standing, Ticket};
use crate::world::World;
use jiff::Timestamp;

/// Largest file, bytes.
const FILE_LIMIT: usize = 10 << 20;
/// Most files of one message.
const FILES: usize = 5;

/// `createTicket`: answers 200, not 201.
pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let form = &call.form;
    let mut complaints = Complaints::default();
    let department = match form.text("department_id") {
        None => {
            complaints.missing("department_id");
            None
        }
        Some(text) => {
            let found = DEPARTMENTS.iter().find(|row| text.parse() == Ok(row.id));
            if found.is_none() {
                complaints.unknown("department_id");
            }
            found
        }
    };
    let subject = length(form, "subject", 3, Some(255), &mut complaints);
    let content = message(form, &mut complaints);
    let service = service(world, call, &mut complaints);
    files(&form.files, &mut complaints);
    complaints.finish()?;
    let Some(department) = department else { return Err(Refusal::NotFound) };

    let mut ticket = Ticket {
        id: take(&mut world.holdings.next.ticket),
        subject: subject.to_owned(),
        created_at: call.now,
        department: department.key,
        service,
        standing: Standing::Opened,
        messages: Vec::new(),
        unanswered_since: None,
    };
    ticket.hear(written(&mut world.holdings.next, content, form, call.now));
    let shown = ticket.json(call.now);
    world.holdings.tickets.push(ticket);
    Ok(Reply::json(shown))
}

/// `replyTicket`: the whole ticket comes back, open again unless it was closed.
pub(crate) fn reply(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let status = world.holdings.ticket(id)?.status(call.now);
    let mut complaints = Complaints::default();
    let content = message(&call.form, &mut complaints);
    files(&call.form.files, &mut complaints);
    complaints.finish()?;
    if status == "closed" {
        return Err(Complaints::only("message", "The ticket is closed."));
    }
    let message = written(&mut world.holdings.next, content, &call.form, call.now);
    let ticket = world.holdings.ticket_mut(id)?;
    ticket.hear(message);
    Ok(Reply::json(ticket.json(call.now)))
}

fn message<'form>(form: &'form Form, complaints: &mut Complaints) -> &'form str {
    length(form, "message", 5, None, complaints)
}

/// A text of a certain length, in characters.
fn length<'form>(
    form: &'form Form,
    field: &str,
    least: usize,
    most: Option<usize>,
    complaints: &mut Complaints,
) -> &'form str {
    let Some(text) = form.text(field) else {
        complaints.missing(field);
        return "";
    };
    let count = text.chars().count();
    if count < least {
        complaints.add(field, format!("The {field} field must be at least {least} characters."));
    }
    if let Some(most) = most.filter(|most| count > *most) {
        complaints.add(field, format!("The {field} field must not be greater than {most} characters."));
    }
    text
}

/// The service a new ticket is about. Requests say `server` or `hosting`; this account has no hosting.
fn service(world: &World, call: &Call, complaints: &mut Complaints) -> Option<Service> {
    let (id, kind) = match (call.form.text("service_id"), call.form.text("service_type")) {
        (None, None) => return None,
        (Some(_), None) => {
            complaints.add("service_type", "The service type field is required when service id is present.");
            return None;
        }
        (None, Some(_)) => {
            complaints.add("service_id", "The service id field is required when service type is present.");
            return None;
        }
        (Some(id), Some(kind)) => (id, kind),
    };
    if !matches!(kind, "server" | "hosting" | "shared-hosting") {
        complaints.unknown("service_type");
        return None;
    }
    let server = id.parse().ok().filter(|_| kind == "server").and_then(|id| world.holdings.server(id).ok());
    if server.is_none() {
        complaints.unknown("service_id");
    }
    server.map(|server| Service { id: server.id, kind: "server", label: server.label() })
}

fn files(files: &[Upload], complaints: &mut Complaints) {
    if files.len() > FILES {
        complaints
            .add("attachments", format!("The attachments field must not have more than {FILES} items."));
    }
    for (at, file) in files.iter().enumerate() {
        if file.bytes.len() > FILE_LIMIT {
            let field = format!("attachments.{at}");
            let sentence =
                format!("The {field} field must not be greater than {} kilobytes.", FILE_LIMIT >> 10);
            complaints.add(&field, sentence);
        }
    }
}

/// The message as it is kept.
fn written(next: &mut NextIds, content: &str, form: &Form, now: Timestamp) -> Message {
    let attachments = form.files.iter().map(|file| Attachment {
        id: take(&mut next.attachment),
        name: file.name.clone(),
        kind: file.kind.clone(),
        bytes: file.bytes.clone(),
    });
    let attachments = attachments.collect();
    let id = take(&mut next.message);
    Message { id, content: content.to_owned(), is_customer: true, created_at: now, attachments }
}
