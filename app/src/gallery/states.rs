//! What a page says of its content: badges, notices, and the ways in which something is not there.

use std::{sync::Arc, time::Duration};

use gateway::{Error, Freshness, Reading};
use jiff::Timestamp;
use leptos::prelude::*;

use super::specimen::{Group, Specimen, as_it_is, piece};
use crate::components::{
    badge::{Badge, Tone},
    notice::{
        Empty, broken_rows, main_trouble, notice, read_only_notice, stale_hint, staleness, staleness_of,
        trouble,
    },
    toast::Toasts,
};

/// The kind.
pub const GROUP: Group = Group {
    id: "states",
    title: "States",
    specimens: &[
        Specimen::new("badges", "Badges by tone", badges),
        Specimen::new("notices", "Notices by tone", notices),
        Specimen::new("notice-long", "A notice of several sentences, with a link", read_only_notice),
        Specimen::new("stale", "Stale: not the present state", stale),
        Specimen::new("broken-rows", "Rows that were not understood", || broken_rows(3).into_any()),
        Specimen::new("empty", "Empty: nothing yet, and the next step", empty),
        Specimen::new("no-match", "Nothing matches", no_match),
        Specimen::new("waiting", "Waiting, with a skeleton", || trouble(&Error::StillWaiting, "servers")),
        Specimen::new("toasts", "News in passing, by tone", toasts),
        Specimen::new("forbidden", "Forbidden", || trouble(&Error::Forbidden, "invoices")),
        Specimen::new("not-found", "Not found", || main_trouble(&Error::NotFound, "server")),
        Specimen::new("not-offered", "Not offered", || trouble(&Error::NotOffered, "backups")),
        Specimen::new("failed", "Failed", || trouble(&Error::TimedOut, "tickets")),
        Specimen::new("paused", "Failed for a while", || {
            trouble(&Error::RateLimited(Duration::from_secs(42)), "metrics")
        }),
    ],
};

/// As scripts make them of their pattern.
fn toasts() -> AnyView {
    let place = view! { <Toasts /> }.to_html();
    let pattern = piece(&place, "<div class=\"toast\">", "</button></div>").unwrap_or_default();
    let news = [
        (Tone::Good, "web-1 is running"),
        (Tone::Busy, "web-1 starts"),
        (Tone::Warning, "debian-13.1.0-amd64-netinst.iso has not moved for a minute."),
        (Tone::Bad, "web-1 was not restarted: another task is running on it."),
        (Tone::Quiet, "Copied"),
    ];
    let news = news.map(|(tone, words)| {
        let tone = format!("<div class=\"toast\" data-tone=\"{}\"", tone.name());
        pattern.replacen("<div class=\"toast\"", &tone, 1).replacen("<p></p>", &format!("<p>{words}</p>"), 1)
    });
    as_it_is(news.concat())
}

fn badges() -> AnyView {
    let all = [
        (Tone::Good, "Running"),
        (Tone::Busy, "Starting…"),
        (Tone::Warning, "Renewal ordered"),
        (Tone::Bad, "Network cut"),
        (Tone::Quiet, "Stopped"),
    ];
    all.map(|(tone, word)| view! { <p><Badge tone=tone word=word /></p> })
        .into_iter()
        .collect_view()
        .into_any()
}

fn notices() -> AnyView {
    [
        ("info", "There is a new version of Vitosha."),
        ("good", "The ISO is deleted."),
        ("warning", "It is cancelled and ends in 4 days."),
        ("bad", "The provider refused this: another task holds the server."),
    ]
    .map(|(tone, words)| notice(tone, view! { <p>{words}</p> }))
    .into_iter()
    .collect_view()
    .into_any()
}

fn stale() -> AnyView {
    let minutes_ago = Timestamp::now() - jiff::SignedDuration::from_mins(4);
    let old = |why| Reading { value: Arc::new(()), read_at: minutes_ago, freshness: Freshness::Stale(why) };
    let (page, part, hint) = (old(Error::Unreachable), old(Error::ProviderFault), old(Error::TimedOut));
    view! { {staleness(&page)} {staleness_of(&part, "the balance")} {stale_hint(&hint)} }.into_any()
}

fn empty() -> AnyView {
    view! {
        <Empty title="No ISOs yet">
            <p>"Give the address of an installation image: the provider downloads it and keeps it for 48 hours."</p>
            <p><button class="button" data-tone="accent" type="button">"Add ISO"</button></p>
        </Empty>
    }
    .into_any()
}

fn no_match() -> AnyView {
    view! {
        <div class="empty" data-kind="no-match">
            <p class="empty-title">"No server matches."</p>
            <p><button class="button" type="button">"Show all"</button></p>
        </div>
    }
    .into_any()
}
