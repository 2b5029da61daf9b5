//! Moments and countdowns. The exact moment is reachable by pointer, touch and keyboard.

use std::time::Duration;

use jiff::Timestamp;
use leptos::prelude::*;

use crate::words::{self, time};

/// How long ago, ticking; the exact moment on hover, touch or focus.
#[component]
pub fn Ago(
    /// The moment, if known.
    at: Option<Timestamp>,
) -> impl IntoView {
    let Some(at) = at else { return view! { <span class="nothing">{words::NOTHING}</span> }.into_any() };
    let now = Timestamp::now();
    // Only the past ticks in the browser; for the future the page's own words stay.
    let since = (at <= now).then(|| at.as_second().to_string());
    view! {
        <time class="moment" datetime=at.to_string() tabindex="0">
            <span data-since=since>{time::relative(at, now)}</span>
            <span class="moment-exact">{time::exact(at)}</span>
        </time>
    }
    .into_any()
}

/// How long ago, inside a link, which has the focus for it; the exact moment as everywhere.
pub fn ago_in_link(at: Option<Timestamp>) -> AnyView {
    let Some(at) = at else { return words::NOTHING.into_any() };
    let now = Timestamp::now();
    let since = (at <= now).then(|| at.as_second().to_string());
    view! {
        <time class="moment" datetime=at.to_string()>
            <span data-since=since>{time::relative(at, now)}</span>
            <span class="moment-exact">{time::exact(at)}</span>
        </time>
    }
    .into_any()
}

/// A day in Sofia; the exact moment on hover, touch or focus.
#[component]
pub fn Day(
    /// The moment, if known.
    at: Option<Timestamp>,
) -> impl IntoView {
    let Some(at) = at else { return view! { <span class="nothing">{words::NOTHING}</span> }.into_any() };
    view! {
        <time class="moment" datetime=at.to_string() tabindex="0">
            <span>{time::day(at)}</span>
            <span class="moment-exact">{time::exact(at)}</span>
        </time>
    }
    .into_any()
}

/// Time until a moment, ticking down to zero.
#[component]
pub fn Countdown(
    /// The moment.
    until: Timestamp,
) -> impl IntoView {
    let left = u64::try_from(until.as_second() - Timestamp::now().as_second()).unwrap_or(0);
    view! {
        <time class="moment" datetime=until.to_string() tabindex="0">
            <span class="number" data-until=until.as_second().to_string()>
                {time::span(Duration::from_secs(left))}
            </span>
            <span class="moment-exact">{time::exact(until)}</span>
        </time>
    }
}
