//! Tickets: conversations with support.

use crate::{
    files::{File, FilePart},
    ids::{AttachmentId, DepartmentId, MessageId, ServiceId, TicketId},
    model::{Page, model, words},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    reason::Reason,
    sizes::Bytes,
    times::Timestamp,
};

words! {
    /// State of a ticket (FACTS §3: only `opened` was seen).
    pub enum TicketStatus {
        /// Waiting for support.
        Opened = "opened",
        /// Support has written.
        Answered = "answered",
        /// Marked as resolved.
        Resolved = "resolved",
        /// Closed for good.
        Closed = "closed",
    }
}

model! {
    /// A row of the ticket list (`TicketSummary`).
    pub struct TicketSummary {
        /// Id.
        pub id: TicketId,
        /// State.
        pub status: Option<TicketStatus>,
        /// Subject.
        pub subject: Option<String>,
        /// When it was opened.
        pub created_at: Option<Timestamp>,
        /// When it last changed.
        pub updated_at: Option<Timestamp>,
        /// Key of the department, not its id.
        pub department: Option<String>,
        /// Text naming the related service.
        pub service_label: Option<String>,
        /// `server` or `shared-hosting`.
        pub service_type: Option<String>,
        /// Id of the related service.
        pub service_id: Option<ServiceId>,
    }
}

impl TicketSummary {
    /// As [`Ticket::can_resolve`].
    ///
    /// # Errors
    /// The reason why not.
    pub fn can_resolve(&self) -> Result<(), Reason> {
        can_resolve(self.status.as_ref())
    }
}

/// Whether a ticket in this state can be marked as resolved (FACTS §3, ticket).
fn can_resolve(status: Option<&TicketStatus>) -> Result<(), Reason> {
    match status {
        Some(TicketStatus::Resolved) => Err(Reason("It is already resolved.")),
        Some(TicketStatus::Closed) => Err(Reason("It is closed.")),
        _ => Ok(()),
    }
}

model! {
    /// A ticket with its messages (`Ticket`).
    pub struct Ticket {
        /// Id.
        pub id: TicketId,
        /// State.
        pub status: Option<TicketStatus>,
        /// Subject.
        pub subject: Option<String>,
        /// When it was opened.
        pub created_at: Option<Timestamp>,
        /// When it last changed.
        pub updated_at: Option<Timestamp>,
        /// Key of the department, not its id.
        pub department: Option<String>,
        /// Text naming the related service.
        pub service_label: Option<String>,
        /// `server` or `shared-hosting`.
        pub service_type: Option<String>,
        /// Id of the related service.
        pub service_id: Option<ServiceId>,
        /// The conversation, oldest first as far as seen.
        pub messages: Vec<Message>,
    }
}

impl Ticket {
    /// Whether it can be marked as resolved now.
    ///
    /// # Errors
    /// The reason why not (FACTS §3, ticket).
    pub fn can_resolve(&self) -> Result<(), Reason> {
        can_resolve(self.status.as_ref())
    }

    /// Whether a message can be added now. A reply to a resolved ticket opens it again.
    ///
    /// # Errors
    /// The reason why not: closed is the end (FACTS §3, ticket).
    pub fn can_reply(&self) -> Result<(), Reason> {
        match self.status {
            Some(TicketStatus::Closed) => Err(Reason("It is closed. Open a new ticket instead.")),
            _ => Ok(()),
        }
    }
}

model! {
    /// One message (`TicketMessage`).
    pub struct Message {
        /// Id.
        pub id: MessageId,
        /// Text, may be HTML of any sort: sanitise before showing.
        pub content: Option<String>,
        /// False when support wrote it.
        pub is_customer: Option<bool>,
        /// When.
        pub created_at: Option<Timestamp>,
        /// Files.
        pub attachments: Vec<Attachment>,
    }
}

model! {
    /// A file of a message (`TicketAttachment`).
    pub struct Attachment {
        /// Id.
        pub id: AttachmentId,
        /// Name of the file.
        pub name: Option<String>,
        /// Size.
        pub size: Option<Bytes>,
        /// Media type; the one camelCase name of the API.
        pub media_type: Option<String> = "mimeType",
    }
}

model! {
    /// A queue that a ticket can go to (`SupportDepartment`).
    pub struct Department {
        /// Id, wanted when a ticket is created.
        pub id: DepartmentId,
        /// Key, shown on tickets.
        pub key: Option<String>,
        /// Name for people.
        pub name: Option<String>,
    }
}

model! {
    /// A service that a ticket can name (`SupportRelatedService`).
    pub struct RelatedService {
        /// Id.
        pub id: ServiceId,
        /// `server` or `hosting`, as requests want it.
        pub kind: Option<String> = "type",
        /// Name for people.
        pub label: Option<String>,
    }
}

/// `GET /support/tickets`: a page of tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListTickets {
    /// Page, from 1.
    pub page: u64,
    /// Only those in these states; empty: all.
    pub status: Vec<TicketStatus>,
}

impl Operation for ListTickets {
    type Answer = Page<TicketSummary>;
    const INFO: Info = Info::new(
        "listTickets",
        Method::Get,
        "/support/tickets",
        Evidence::Inferred,
        Permission::TicketsRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("page", self.page.to_string())];
        if !self.status.is_empty() {
            let words: Vec<_> = self.status.iter().map(TicketStatus::word).collect();
            query.push(("filter[status]", words.join(",")));
        }
        query
    }
}

/// `GET /support/tickets/{id}`: a ticket with its messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetTicket {
    /// Which one.
    pub id: TicketId,
}

impl Operation for GetTicket {
    type Answer = Ticket;
    const INFO: Info = Info::new(
        "getTicket",
        Method::Get,
        "/support/tickets/{id}",
        Evidence::Inferred,
        Permission::TicketsRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
}

/// `POST /support/tickets`: open a ticket. Multipart; answers 200 with the ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTicket {
    /// Where to.
    pub department: DepartmentId,
    /// 3 to 255 characters.
    pub subject: String,
    /// At least 5 characters, HTML allowed: plain text must be escaped first.
    pub message: String,
    /// The service it is about: its type (`server` or `hosting`) and id.
    pub service: Option<(String, ServiceId)>,
    /// Files.
    pub files: Vec<FilePart>,
}

impl Operation for CreateTicket {
    type Answer = Ticket;
    const INFO: Info = Info::new(
        "createTicket",
        Method::Post,
        "/support/tickets",
        Evidence::Documented,
        Permission::TicketsWrite,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        let mut fields = vec![
            ("department_id", self.department.to_string()),
            ("subject", self.subject.clone()),
            ("message", self.message.clone()),
        ];
        if let Some((kind, id)) = &self.service {
            fields.push(("service_id", id.to_string()));
            fields.push(("service_type", kind.clone()));
        }
        Body::Multipart { fields, files: self.files.clone() }
    }
}

/// `POST /support/tickets/{id}/messages`: add a message. Multipart; answers with the whole ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTicket {
    /// Which ticket.
    pub id: TicketId,
    /// At least 5 characters, HTML allowed: plain text must be escaped first.
    pub message: String,
    /// Files.
    pub files: Vec<FilePart>,
}

impl Operation for ReplyTicket {
    type Answer = Ticket;
    const INFO: Info = Info::new(
        "replyTicket",
        Method::Post,
        "/support/tickets/{id}/messages",
        Evidence::Documented,
        Permission::TicketsWrite,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Multipart { fields: vec![("message", self.message.clone())], files: self.files.clone() }
    }
    fn object(&self) -> Option<String> {
        Some(format!("ticket {}", self.id))
    }
}

/// `PUT /support/tickets/{id}/resolve`: mark as resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolveTicket {
    /// Which one.
    pub id: TicketId,
}

impl Operation for ResolveTicket {
    type Answer = ();
    const INFO: Info = Info::new(
        "resolveTicket",
        Method::Put,
        "/support/tickets/{id}/resolve",
        Evidence::Inferred,
        Permission::TicketsWrite,
    )
    .or(&[
        Spelling { method: Method::Put, path: "/support/tickets/{id}" },
        Spelling { method: Method::Put, path: "/support/tickets/{id}/resolved" },
    ]);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("ticket {}", self.id))
    }
}

/// `GET /support/tickets/departments`: queues with their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListDepartments;

impl Operation for ListDepartments {
    type Answer = Vec<Department>;
    const INFO: Info = Info::new(
        "listSupportDepartments",
        Method::Get,
        "/support/tickets/departments",
        Evidence::Inferred,
        Permission::TicketsRead,
    )
    .or(&[Spelling { method: Method::Get, path: "/support/departments" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// `GET /support/tickets/services`: services that a ticket can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListServices;

impl Operation for ListServices {
    type Answer = Vec<RelatedService>;
    const INFO: Info = Info::new(
        "listSupportServices",
        Method::Get,
        "/support/tickets/services",
        Evidence::Inferred,
        Permission::TicketsRead,
    )
    .or(&[Spelling { method: Method::Get, path: "/support/services" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// `GET /support/tickets/{id}/attachments/{attachment_id}`: a file of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DownloadAttachment {
    /// Which ticket.
    pub ticket: TicketId,
    /// Which file.
    pub attachment: AttachmentId,
}

impl Operation for DownloadAttachment {
    type Answer = File;
    const INFO: Info = Info::new(
        "downloadTicketAttachment",
        Method::Get,
        "/support/tickets/{id}/attachments/{attachment_id}",
        Evidence::Inferred,
        Permission::TicketsRead,
    )
    // In the shorter spellings `{id}` is the attachment: they use an argument name of their own here.
    .or(&[
        Spelling { method: Method::Get, path: "/support/attachments/{attachment_id}" },
        Spelling { method: Method::Get, path: "/support/tickets/attachments/{attachment_id}" },
    ]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.ticket.to_string()), ("attachment_id", self.attachment.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("ticket {}", self.ticket))
    }
}
