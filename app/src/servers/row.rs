//! A server as a row of a list: its columns, and the menu of what may be done with it.

use std::cmp::Ordering;

use gateway::{PowerAction, StatusesSeen};
use leptos::prelude::*;
use vpsbg_api::{BillingState, Server, StatusEntry};

use super::{
    actions::ACTIONS,
    beside,
    list_page::switch,
    power_dialog::verb,
    words::{self, key, main_address, name},
};
use crate::{
    components::{
        badge::{Badge, Tone},
        list::ListColumn,
        menu::{MenuItem, RowMenu},
        time::Day,
    },
    routes,
    words::{NOTHING, money::euro, or_dash, time},
};

/// Expiry is worth a look this long before, in days.
pub const SOON: i64 = 14;

/// A server and its live state, as far as the provider tells it for all servers.
#[derive(Debug, Clone)]
pub struct ServerRow {
    /// The server as the list tells it.
    pub server: Server,
    /// Its live state.
    pub status: Option<StatusEntry>,
    /// What was asked of its power and is not shown yet.
    pub asked: Option<PowerAction>,
}

impl ServerRow {
    /// A row of the provider's list.
    pub fn new(server: Server) -> Self {
        Self { server, status: None, asked: None }
    }

    /// With its live state.
    #[must_use]
    pub fn with(self, statuses: Option<&StatusesSeen>) -> Self {
        let status = statuses.and_then(|statuses| statuses.entries.get(&self.server.id).cloned());
        let asked = statuses.and_then(|statuses| statuses.asked.get(&self.server.id).copied());
        Self { status, asked, ..self }
    }

    /// The server with all that is known of its power: the list of the provider may not tell it, what all servers'
    /// live state says counts too.
    pub fn seen(&self) -> Server {
        match self.running() {
            Some(running) => self.server.clone().told_to_run(running),
            None => self.server.clone(),
        }
    }

    /// Power as far as it is told.
    pub fn running(&self) -> Option<bool> {
        self.status.as_ref().map_or_else(|| self.server.running(), |status| status.running)
    }
}

/// The columns.
pub fn columns() -> Vec<ListColumn<ServerRow>> {
    vec![
        ListColumn::<ServerRow>::new("name", "Name", named, |row| name(&row.server))
            .naming()
            .ordered(by_name),
        ListColumn::<ServerRow>::new("power", "Power", power, |row| {
            power_words(row).map_or_else(String::new, |(word, _)| word)
        }),
        ListColumn::<ServerRow>::new("state", "State", state, |row| {
            words::billing(row.server.status.as_ref()).0
        }),
        ListColumn::<ServerRow>::new(
            "address",
            "Address",
            |row| view! { <code>{or_dash(main_address(&row.server))}</code> }.into_any(),
            |row| main_address(&row.server).unwrap_or_default(),
        ),
        ListColumn::<ServerRow>::new("cpu", "CPU", cpu, |row| {
            used(row).map(|used| used.to_string()).unwrap_or_default()
        })
        .numbers(),
        ListColumn::<ServerRow>::new("expiry", "Paid until", expiry, |row| moment(row.server.expiry_at))
            .ordered_by_provider(),
        ListColumn::<ServerRow>::new(
            "plan",
            "Plan",
            |row| or_dash(plan(row)).into_any(),
            |row| plan(row).unwrap_or_default(),
        )
        .ordered(|one, other| plan(one).cmp(&plan(other))),
        ListColumn::<ServerRow>::new(
            "image",
            "Image",
            |row| or_dash(image(row)).into_any(),
            |row| image(row).unwrap_or_default(),
        )
        .wraps()
        .ordered(|one, other| image(one).cmp(&image(other))),
        ListColumn::<ServerRow>::new(
            "created",
            "Created",
            |row| view! { <Day at=row.server.created_at.map(|at| at.0) /> }.into_any(),
            |row| moment(row.server.created_at),
        )
        .ordered_by_provider()
        .on_demand(),
        ListColumn::<ServerRow>::new(
            "renewal",
            "Renewal",
            |row| renewal(row).into_any(),
            |row| renewal(row).to_owned(),
        ),
        ListColumn::<ServerRow>::new(
            "price",
            "Monthly, without VAT",
            |row| euro(price(row)).into_any(),
            |row| price(row).map(|price| price.0.to_string()).unwrap_or_default(),
        )
        .numbers()
        .on_demand(),
        ListColumn::<ServerRow>::new(
            "addresses",
            "All addresses",
            |row| view! { <code>{all_addresses(row)}</code> }.into_any(),
            all_addresses,
        )
        .wide()
        .on_demand(),
        ListColumn::<ServerRow>::new(
            "id",
            "Id",
            |row| row.server.id.to_string().into_any(),
            |row| row.server.id.to_string(),
        )
        .numbers()
        .on_demand(),
    ]
}

/// What may be done with it: what cannot be says why.
pub fn menu(row: &ServerRow) -> RowMenu {
    let server = row.seen();
    let mut items = vec![MenuItem::new("Open", Ok(routes::server(server.id)))];
    items.extend(PowerAction::ALL.map(|action| MenuItem::new(verb(action), switch(&server, action))));
    items.extend(beside::links(&server));
    let renew = server.can_renew().map_err(|reason| reason.to_string());
    items.push(MenuItem::new("Renew…", renew.map(|()| routes::renew(&[server.id], "", "", ""))));
    let others = ACTIONS.iter().filter(|offer| offer.in_menu);
    items.extend(others.map(|offer| MenuItem::new(offer.name, offer.to(&server))));
    (name(&server), items)
}

fn named(row: &ServerRow) -> AnyView {
    view! { <a href=routes::server(row.server.id)>{name(&row.server)}</a> }.into_any()
}

fn by_name(one: &ServerRow, other: &ServerRow) -> Ordering {
    name(&one.server).to_lowercase().cmp(&name(&other.server).to_lowercase())
}

fn power_words(row: &ServerRow) -> Option<(String, Tone)> {
    match (row.asked, &row.status) {
        (Some(action), _) => Some(words::asked(action)),
        (None, Some(status)) => Some(words::entry_power(status)),
        (None, None) => row.server.running().map(|running| words::power(Some(running))),
    }
}

fn power(row: &ServerRow) -> AnyView {
    match power_words(row) {
        Some((word, tone)) => {
            view! { <Badge tone=tone word=word live=key(row.server.id, "power") /> }.into_any()
        }
        None => view! { <span class="nothing">{NOTHING}</span> }.into_any(),
    }
}

fn state(row: &ServerRow) -> AnyView {
    let (word, tone) = words::billing(row.server.status.as_ref());
    let locked = row.server.locked == Some(true);
    let locked = locked.then(|| view! { " " <Badge tone=Tone::Warning word="Locked" /> });
    view! { <Badge tone=tone word=word />{locked} }.into_any()
}

fn used(row: &ServerRow) -> Option<f64> {
    Some(row.status.as_ref()?.cpu.as_ref()?.used?.0)
}

fn cpu(row: &ServerRow) -> AnyView {
    view! { <span data-live=key(row.server.id, "cpu")>{words::cpu(used(row))}</span> }.into_any()
}

fn expiry(row: &ServerRow) -> AnyView {
    let badge = match left(&row.server) {
        Some(left) if left < 0 => Some((Tone::Bad, "Over")),
        Some(left) if left < SOON * 86_400 && row.server.auto_renew != Some(true) => {
            Some((Tone::Warning, "Soon"))
        }
        _ => None,
    };
    let badge = badge.map(|(tone, word)| view! { " " <Badge tone=tone word=word /> });
    view! { <Day at=row.server.expiry_at.map(|at| at.0) />{badge} }.into_any()
}

fn plan(row: &ServerRow) -> Option<String> {
    row.server.plan.as_ref().and_then(|plan| plan.name.clone().or(plan.key.clone()))
}

fn image(row: &ServerRow) -> Option<String> {
    row.server.image.as_ref().and_then(|image| image.name.clone())
}

fn renewal(row: &ServerRow) -> &'static str {
    match row.server.auto_renew {
        Some(true) => "By itself",
        Some(false) => "Not by itself",
        None => NOTHING,
    }
}

fn price(row: &ServerRow) -> Option<vpsbg_api::Money> {
    row.server.plan.as_ref().map(vpsbg_api::Plan::monthly_price).and_then(|price| price.net)
}

fn all_addresses(row: &ServerRow) -> String {
    let all: Vec<String> =
        row.server.addresses.iter().filter_map(|address| address.address.clone()).collect();
    all.join(", ")
}

fn moment(at: Option<vpsbg_api::Timestamp>) -> String {
    at.map(|at| time::for_files(at.0)).unwrap_or_default()
}

/// For how long it is still paid, in seconds; less than zero when that is over. None: not told, or it is gone.
fn left(server: &Server) -> Option<i64> {
    let expiry = server.expiry_at.filter(|_| server.status != Some(BillingState::Terminated))?;
    Some(expiry.0.as_second() - jiff::Timestamp::now().as_second())
}
