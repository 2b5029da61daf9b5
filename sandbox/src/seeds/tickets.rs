//! The tickets of a seed, one of them with markup that must never reach a browser as it is.

use super::Seed;
use crate::stamp;
use crate::things::holdings::{NextIds, take};
use crate::things::server::Server;
use crate::things::ticket::{Attachment, Message, Service, Standing, Ticket};
use bytes::Bytes;
use jiff::Timestamp;

/// Everything a message might try. Marked as what it is, so that nobody takes it for a finding.
const HOSTILE: &str = "<p>[sandbox] This message is hostile on purpose, to prove that messages are sanitised.</p>\
    <script>document.title = 'vitosha-hostile-script'</script>\
    <img src=\"x\" onerror=\"document.title = 'vitosha-hostile-onerror'\">\
    <a href=\"javascript:document.title = 'vitosha-hostile-link'\">a link that runs</a>\
    <img src=\"https://tracker.example.net/pixel.gif\" alt=\"remote image\">\
    <p style=\"position:fixed;inset:0;background:red\" onclick=\"alert(1)\">styled</p>\
    <iframe src=\"https://tracker.example.net/\"></iframe>\
    <form action=\"https://tracker.example.net/\"><input name=\"token\"><button>Sign in again</button></form>\
    <svg><animate onbegin=\"alert(2)\" attributeName=\"x\"></svg>\
    <p>Allowed: <strong>bold</strong>, <a href=\"https://www.example.org/\">a link</a>, <code>code</code>.</p>";

/// A picture of one pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 0x0D, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63,
    0xF8, 0xCF, 0xC0, 0xF0, 0x1F, 0, 5, 0, 1, 0xFF, 0x89, 0x99, 0x3D, 0x1D, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// Who spoke, how many minutes ago, what.
type Said = (bool, i64, &'static str);

const CUSTOMER: bool = true;
const SUPPORT: bool = false;

/// Subject, department, server (by hostname), standing, messages.
type Row = (&'static str, &'static str, &'static str, Ending, &'static [Said]);

#[derive(Clone, Copy)]
enum Ending {
    Opened,
    Answered,
    /// So many minutes ago.
    Resolved(i64),
}

const ROWS: [Row; 6] = [
    (
        "No route to the server",
        "tech-support",
        "web-1",
        Ending::Opened,
        &[(CUSTOMER, 128, "The server does not answer on port 22. The boot log is attached.")],
    ),
    (
        "Snapshot takes very long",
        "tech-support",
        "shop",
        Ending::Answered,
        &[
            (CUSTOMER, 400, "The snapshot of this server has been running for hours."),
            (SUPPORT, 371, "<p>Hello,</p><p>we see the task and it is moving. We will let you know.</p>"),
            (CUSTOMER, 200, "Thank you. Is there anything we can do meanwhile?"),
            (SUPPORT, 190, "<p>No, please leave it running.</p>"),
        ],
    ),
    (
        "[sandbox] A message that must be sanitised",
        "tech-support",
        "",
        Ending::Answered,
        &[(CUSTOMER, 2900, "Please send me your worst markup."), (SUPPORT, 2880, HOSTILE)],
    ),
    (
        "Invoice with another company number",
        "billing",
        "",
        Ending::Resolved(8000),
        &[
            (CUSTOMER, 9000, "Could the last invoice carry our new company number?"),
            (SUPPORT, 8600, "<p>Done, the invoice has been issued again.</p>"),
        ],
    ),
    (
        "More cores for the database",
        "sales",
        "db-1",
        Ending::Answered,
        &[
            (CUSTOMER, 31_000, "Which plan would you advise for twice the load?"),
            (
                SUPPORT,
                30_400,
                "<p>We would advise <strong>vds-32gb</strong>. Scaling takes about a reboot.</p>",
            ),
        ],
    ),
    (
        "Reverse name of an address",
        "tech-support",
        "mail-1",
        Ending::Resolved(60_000),
        &[
            (CUSTOMER, 62_000, "Please set the reverse name of mail-1."),
            (SUPPORT, 61_500, "<p>You can set it yourself under the address of the server.</p>"),
        ],
    ),
];

pub(super) fn plant(seed: Seed, next: &mut NextIds, servers: &[Server], now: Timestamp) -> Vec<Ticket> {
    let count = match seed {
        Seed::Empty => 0,
        Seed::Small => 1,
        Seed::Typical | Seed::Fifty | Seed::Large => ROWS.len(),
    };
    // Oldest first, so that ids grow with time.
    ROWS[..count].iter().rev().map(|row| build(row, next, servers, now)).collect()
}

fn build(row: &Row, next: &mut NextIds, servers: &[Server], now: Timestamp) -> Ticket {
    let (subject, department, hostname, ending, said) = *row;
    let ago = |minutes: i64| stamp::later_millis(now, -minutes * 60_000 - 21_338);
    let messages: Vec<Message> = said
        .iter()
        .map(|(is_customer, minutes, content)| Message {
            id: take(&mut next.message),
            content: (*content).to_owned(),
            is_customer: *is_customer,
            created_at: ago(*minutes),
            attachments: if content.contains("attached") { boot_log(next) } else { Vec::new() },
        })
        .collect();
    Ticket {
        id: take(&mut next.ticket),
        subject: subject.to_owned(),
        created_at: messages.first().map_or(now, |message| message.created_at),
        department,
        service: servers.iter().find(|server| server.hostname == hostname).map(|server| Service {
            id: server.id,
            kind: "server",
            label: server.label(),
        }),
        standing: match ending {
            Ending::Opened => Standing::Opened,
            Ending::Answered => Standing::Answered,
            Ending::Resolved(minutes) => Standing::Resolved { since: ago(minutes) },
        },
        messages,
        // Seeds stay as they are; support answers only what is written afterwards.
        unanswered_since: None,
    }
}

fn boot_log(next: &mut NextIds) -> Vec<Attachment> {
    let file = |id: i64, name: &str, kind: &str, bytes: &'static [u8]| Attachment {
        id,
        name: name.to_owned(),
        kind: kind.to_owned(),
        bytes: Bytes::from_static(bytes),
    };
    vec![
        file(take(&mut next.attachment), "boot-log.png", "image/png", PIXEL),
        file(take(&mut next.attachment), "dmesg.txt", "text/plain", b"[    0.000000] Linux version 6.12\n"),
    ]
}
