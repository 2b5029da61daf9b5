//! What a server sent and received: by day, and against the limit of its plan. Days are those of Europe/Sofia.

use gateway::{Account, ServerSeen};
use jiff::Timestamp;
use leptos::prelude::*;
use vpsbg_api::{DailyTraffic, Gigabytes, Traffic};

use super::month::Month;
use crate::{
    components::{
        chart::{Chart, Kind, Series},
        notice::{staleness, trouble},
        progress::{HowFar, Progress, thousandths},
        properties::property,
    },
    live::Sources,
    routes,
    words::{or_dash, sizes},
};

/// Months that are offered.
const OFFERED: usize = 6;

/// The part of the page; `month` is the word of the address.
pub async fn traffic(
    account: &Account,
    seen: &ServerSeen,
    month: Option<&str>,
    live: Sources,
) -> (Sources, AnyView) {
    let (id, now) = (seen.server.id, Timestamp::now());
    let (month, present) = (Month::from_word(month, now), Month::of(now));
    let first = seen.server.created_at.map_or(present.before(), |at| Month::of(at.0));
    let chips = month
        .choices(first, present, OFFERED)
        .into_iter()
        .map(|other| {
            let word = if other == present { String::new() } else { other.word() };
            let current = (other == month).then_some("true");
            view! { <li><a class="chip" href=routes::server_month(id, &word) aria-current=current>{other.name()}</a></li> }
        })
        .collect_view();
    let read = account.read(&month.operation(id, now)).await;
    let live = live.waiting_for(read.as_ref());
    let body = match &read {
        Err(error) => trouble(error, "traffic"),
        Ok(reading) => {
            let used = usage(&reading.value);
            let sum = (month != present).then(|| sum(&reading.value, month));
            view! { {staleness(reading)} {used} {sum} {by_day(&reading.value, month)} }.into_any()
        }
    };
    let view = view! {
        <section aria-labelledby="traffic-title">
            <div class="section-title">
                <h2 id="traffic-title">"Traffic"</h2>
                <nav aria-label="Month"><ul class="chips">{chips}</ul></nav>
            </div>
            <div data-region="traffic">{body}</div>
        </section>
    };
    (live, view.into_any())
}

/// The running month against the plan, as sent: the provider says it whatever month is asked for.
fn usage(traffic: &Traffic) -> AnyView {
    let used = traffic.used.map(|used| used.0.max(0.0));
    let limit = traffic.limit.map(|limit| limit.0.max(0.0));
    // 0 means unmetered (FACTS §1, units).
    let metered = limit.filter(|limit| *limit > 0.0);
    let limit_words = match limit {
        Some(0.0) => "Unmetered".to_owned(),
        other => or_dash(other.map(|limit| sizes::gigabytes(Gigabytes(limit)))),
    };
    let share = used.zip(metered).map(|(used, limit)| format!(" ({:.1} %)", used * 100.0 / limit));
    let bar = used.zip(metered).map(|(used, limit)| {
        // In megabytes: whole numbers.
        let bar = thousandths((used * 1000.0) as u64, (limit * 1000.0) as u64);
        let label = "Traffic of this month, of the plan".to_owned();
        view! { <Progress how_far=HowFar { label, bar, ..HowFar::default() } large=true /> }
    });
    let used = or_dash(used.map(|used| sizes::gigabytes(Gigabytes(used))));
    view! {
        {bar}
        <dl class="properties">
            {property("Used this month", view! { <span class="number">{used}{share}</span> })}
            {property("Limit of the plan", view! { <span class="number">{limit_words}</span> })}
        </dl>
    }
    .into_any()
}

/// All days of an earlier month together, as counted by the day.
fn sum(traffic: &Traffic, month: Month) -> AnyView {
    let all = |value: fn(&DailyTraffic) -> Option<Gigabytes>| {
        let told: Vec<f64> = traffic.days.iter().filter_map(|day| Some(value(day)?.0)).collect();
        or_dash((!told.is_empty()).then(|| sizes::gigabytes(Gigabytes(told.iter().sum()))))
    };
    let (received, sent) = (all(|day| day.incoming), all(|day| day.outgoing));
    view! {
        <dl class="properties">
            {property("Month shown", view! { {month.name()} })}
            {property("Received, all its days", view! { <span class="number">{received}</span> })}
            {property("Sent, all its days", view! { <span class="number">{sent}</span> })}
        </dl>
    }
    .into_any()
}

fn by_day(traffic: &Traffic, month: Month) -> AnyView {
    let mut days: Vec<&DailyTraffic> = traffic.days.iter().collect();
    days.sort_by_key(|day| day.timestamp);
    days.dedup_by_key(|day| day.timestamp);
    let Some(first) = days.first() else {
        return view! { <p class="nothing">"Nothing was counted in this month."</p> }.into_any();
    };
    let times: Vec<Timestamp> = days.iter().map(|day| day.timestamp.0).collect();
    // The whole month, so that what is still missing is seen; more, if the provider counts from another day on.
    let first = first.timestamp.0;
    let (from, to) = month.span().unwrap_or((first, first));
    let span = (from.min(first), to);
    let series = |name, value: fn(&DailyTraffic) -> Option<Gigabytes>| Series {
        name,
        values: days.iter().map(|day| value(day).map(|size| size.0)).collect(),
    };
    let series = vec![series("Received", |day| day.incoming), series("Sent", |day| day.outgoing)];
    view! {
        <div class="charts">
            <Chart title="Traffic by day" unit=" GB" kind=Kind::Bar span=span times=times series=series />
        </div>
        <p class="hint">"Days are those of Europe/Sofia."</p>
    }
    .into_any()
}
