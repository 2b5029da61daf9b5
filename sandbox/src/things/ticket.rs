//! A ticket: a conversation that support takes part in after a while (FACTS §3, Ticket).

use crate::stamp;
use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Days until a resolved ticket is closed (design).
const DAYS_RESOLVED: i64 = 7;

/// What support says to everybody.
const ANSWER: &str = "<p>Hello,</p><p>Thank you for your message. We looked at it and everything is in order on \
    our side. Please check:</p><ul><li>the firewall of the machine,</li><li><strong>the service itself</strong> \
    with <code>systemctl status</code>.</li></ul><p>Best regards,<br>Technical support</p>";

/// A conversation with support.
#[derive(Debug, Clone)]
pub(crate) struct Ticket {
    pub id: i64,
    pub subject: String,
    pub created_at: Timestamp,
    /// Key of the department, not its id.
    pub department: &'static str,
    pub service: Option<Service>,
    pub standing: Standing,
    pub messages: Vec<Message>,
    /// Since when a customer's message waits to be answered.
    pub unanswered_since: Option<Timestamp>,
}

/// What the ticket is about.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub id: i64,
    /// `server` or `shared-hosting`.
    pub kind: &'static str,
    pub label: String,
}

/// How a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Opened,
    Answered,
    /// Marked by the customer; closed some days later.
    Resolved {
        since: Timestamp,
    },
}

/// One message.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub id: i64,
    pub content: String,
    pub is_customer: bool,
    pub created_at: Timestamp,
    pub attachments: Vec<Attachment>,
}

/// A file of a message.
#[derive(Debug, Clone)]
pub(crate) struct Attachment {
    pub id: i64,
    pub name: String,
    pub kind: String,
    pub bytes: Bytes,
}

impl Ticket {
    pub fn status(&self, now: Timestamp) -> &'static str {
        match self.standing {
            Standing::Opened => "opened",
            Standing::Answered => "answered",
            Standing::Resolved { since } if now >= stamp::later_days(since, DAYS_RESOLVED) => "closed",
            Standing::Resolved { .. } => "resolved",
        }
    }

    /// The customer writes: the ticket is open again and support will answer.
    pub fn hear(&mut self, message: Message) {
        self.standing = Standing::Opened;
        self.unanswered_since = Some(message.created_at);
        self.messages.push(message);
    }

    pub fn resolve(&mut self, now: Timestamp) {
        self.unanswered_since = None;
        self.standing = Standing::Resolved { since: now };
    }

    /// When support answers, if it has to.
    pub fn answer_due(&self, delay: f64) -> Option<Timestamp> {
        self.unanswered_since.map(|since| stamp::later_millis(since, (delay * 1000.0) as i64))
    }

    /// Support answers.
    pub fn answer(&mut self, id: i64, at: Timestamp) {
        self.unanswered_since = None;
        self.standing = Standing::Answered;
        let content = ANSWER.to_owned();
        self.messages.push(Message {
            id,
            content,
            is_customer: false,
            created_at: at,
            attachments: Vec::new(),
        });
    }

    /// The moment of the last thing that happened in it.
    pub fn updated_at(&self) -> Timestamp {
        let spoken = self.messages.last().map_or(self.created_at, |message| message.created_at);
        match self.standing {
            Standing::Resolved { since } => spoken.max(since),
            _ => spoken,
        }
    }

    pub fn attachment(&self, id: i64) -> Option<&Attachment> {
        self.messages.iter().flat_map(|message| &message.attachments).find(|attachment| attachment.id == id)
    }

    /// `TicketSummary`.
    pub fn row(&self, now: Timestamp) -> Value {
        json!({
            "id": self.id,
            "status": self.status(now),
            "subject": self.subject,
            "created_at": stamp::iso(self.created_at),
            "updated_at": stamp::iso(self.updated_at()),
            "department": self.department,
            "service_label": self.service.as_ref().map(|service| service.label.as_str()),
            "service_type": self.service.as_ref().map(|service| service.kind),
            "service_id": self.service.as_ref().map(|service| service.id),
        })
    }

    /// `Ticket`: the row and its messages.
    pub fn json(&self, now: Timestamp) -> Value {
        let mut ticket = self.row(now);
        ticket["messages"] = self.messages.iter().map(Message::json).collect();
        ticket
    }
}

impl Message {
    fn json(&self) -> Value {
        let attachments = self.attachments.iter().map(
            |file| json!({"id": file.id, "name": file.name, "size": file.bytes.len(), "mimeType": file.kind}),
        );
        json!({
            "id": self.id,
            "content": self.content,
            "is_customer": self.is_customer,
            "created_at": stamp::iso(self.created_at),
            "attachments": attachments.collect::<Vec<_>>(),
        })
    }
}
