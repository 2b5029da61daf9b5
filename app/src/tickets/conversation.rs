//! The messages of a ticket. What support writes is HTML of any sort: it is cleaned here, on the server.

use std::collections::HashSet;

use ammonia::{Builder, UrlRelative};
use leptos::prelude::*;
use vpsbg_api::{Attachment, Message, TicketId};

use crate::{
    components::time::ago_in_link,
    routes,
    words::{NOTHING, sizes},
};

/// All messages, in the order they were sent.
#[component]
pub fn Conversation(
    /// Which ticket.
    ticket: TicketId,
    /// Its messages.
    messages: Vec<Message>,
) -> impl IntoView {
    let mut messages = messages;
    // Seen oldest first; sorted all the same, because nobody promises it. Without a time they stay in place.
    messages.sort_by_key(|message| message.created_at);
    let messages = messages.into_iter().map(|message| item(ticket, message)).collect_view();
    view! { <ol class="conversation">{messages}</ol> }
}

fn item(ticket: TicketId, message: Message) -> AnyView {
    let (who, from) = match message.is_customer {
        Some(true) => ("You", "customer"),
        Some(false) => ("Support", "support"),
        None => ("Unknown", "unknown"),
    };
    let anchor = format!("message-{}", message.id);
    let content = clean(message.content.as_deref().unwrap_or_default());
    let files = (!message.attachments.is_empty()).then(|| {
        let files = message.attachments.iter().map(|file| file_link(ticket, file)).collect_view();
        view! { <ul class="files" aria-label="Files">{files}</ul> }
    });
    view! {
        <li class="message" id=anchor.clone() data-from=from>
            <div class="message-head">
                <strong>{who}</strong>
                <a href=format!("#{anchor}")>
                    <span class="visually-hidden">"Link to this message, "</span>
                    {ago_in_link(message.created_at.map(|at| at.0))}
                </a>
            </div>
            <div class="message-body" inner_html=content></div>
            {files}
        </li>
    }
    .into_any()
}

fn file_link(ticket: TicketId, file: &Attachment) -> AnyView {
    let name = file.name.clone().unwrap_or_else(|| format!("file {}", file.id));
    let size = file.size.map_or(NOTHING.to_owned(), |size| sizes::bytes(size.0));
    view! { <li><a href=routes::attachment(ticket, file.id) download="">{name}</a> " " <span class="hint">{size}</span></li> }
        .into_any()
}

/// HTML that can do no harm: no scripts, no styles, no ids of ours, links that tell nobody where they come
/// from, and remote images only as links, because loading one tells its owner who reads.
pub fn clean(html: &str) -> String {
    let with_links = images_as_links(html);
    let text = if with_links.contains('<') { with_links } else { with_links.replace('\n', "<br>") };
    Builder::default()
        .rm_tags(["img", "map", "area"])
        .rm_generic_attributes(["title", "lang"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&text)
        .to_string()
}

/// Replaces `<img src="…">` by a link, before the cleaning that decides about everything.
fn images_as_links(html: &str) -> String {
    let seen = Builder::empty()
        .tags(HashSet::from(["img"]))
        .tag_attributes([("img", HashSet::from(["src"]))].into())
        .url_schemes(HashSet::from(["http", "https"]))
        .clean(html)
        .to_string();
    if !seen.contains("<img") {
        return html.to_owned();
    }
    // After cleaning the attribute is the only one, quoted and escaped.
    let sources = seen.split("<img").skip(1).filter_map(|rest| {
        let tag = rest.split('>').next()?;
        tag.split("src=\"").nth(1)?.split('"').next()
    });
    let links: String =
        sources.map(|source| format!("<p><a href=\"{source}\">Image: {source}</a></p>")).collect();
    format!("{html}{links}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_html_is_harmless() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<p style=\"position:fixed\" id=\"main\" class=\"dialog\">x</p>",
            "<iframe src=https://evil.example></iframe><form action=/do/sign-out><button>x</button></form>",
            "<svg onload=alert(1)>",
            "</textarea><script>alert(1)</script>",
        ] {
            let clean = clean(hostile);
            for bad in [
                "<script",
                "onerror",
                "javascript:",
                "style=",
                "id=",
                "<iframe",
                "<form",
                "<svg",
                "onload",
                "<img",
            ] {
                assert!(!clean.contains(bad), "{hostile} became {clean}");
            }
        }
    }

    #[test]
    fn remote_images_become_links() {
        let clean = clean("Look: <img src=\"https://x.example/a.png\">");
        assert!(clean.contains("<a href=\"https://x.example/a.png\""), "{clean}");
        assert!(!clean.contains("<img"), "{clean}");
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(clean("one\ntwo"), "one<br>two");
    }
}
