//! What a new world holds. Seeds are the same every time for the same world number; only the moments follow its clock.

mod disks;
mod floating;
mod isos;
mod ledger;
mod paper;
mod pending;
mod people;
mod servers;
mod tickets;

use crate::stamp;
use crate::things::holdings::{Holdings, NextIds};
use crate::things::support::Support;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How full a world is at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seed {
    /// A new account: a user and nothing else.
    Empty,
    /// Three servers, one ISO, three invoices, one ticket.
    Small,
    /// Thirteen servers in all states, five ISOs, 45 invoices, six tickets.
    #[default]
    Typical,
    /// 50 servers of the kind of `large`, the rest as in `typical`.
    Fifty,
    /// 5,000 servers, 400 invoices, the rest as in `typical`.
    Large,
}

/// Fills a world.
pub(crate) fn plant(seed: Seed, number: u32, email: Option<&str>, now: Timestamp) -> Holdings {
    let mut next = NextIds::of_world(number);
    let mut servers = servers::plant(seed, &mut next, now);
    let (floating_ips, protection) = floating::plant(seed, &mut next, &mut servers, now);
    let isos = isos::plant(seed, &mut next, now);
    let disks = disks::plant(seed, &mut next, &mut servers, &isos, now);
    let ssh_keys = people::keys(seed, &mut next, &mut servers);
    let affiliate = people::affiliate(seed, &mut next, now);
    let payouts = affiliate.as_ref().map_or(&[][..], |affiliate| &affiliate.payouts);
    let paper = paper::plant(seed, &mut next, &servers, payouts, now);
    let tickets = tickets::plant(seed, &mut next, &servers, now);
    // The level costs extra; only the larger accounts have it.
    let support = match seed {
        Seed::Empty | Seed::Small => Support::default(),
        Seed::Typical | Seed::Fifty | Seed::Large => {
            Support::until(stamp::sofia_midnight(stamp::later_days(now, 52)))
        }
    };
    let user = people::owner(seed, number, email, now);
    Holdings {
        user,
        funds: paper.funds,
        servers,
        floating_ips,
        protection,
        isos,
        snapshots: disks.snapshots,
        backups: disks.backups,
        boot_images: disks.boot_images,
        orders: paper.orders,
        invoices: paper.invoices,
        support,
        affiliate,
        ssh_keys,
        tickets,
        next,
    }
}
