//! What a new world holds. Seeds are the same every time for the same world number; only the moments follow its clock.

mod isos;
mod paper;
mod servers;
mod tickets;

use crate::things::holdings::{Holdings, NextIds};
use crate::things::money::Cents;
use crate::things::user::{Funds, User};
use crate::{noise, stamp};
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
    /// 5,000 servers, 400 invoices, the rest as in `typical`.
    Large,
}

/// Fills a world.
pub(crate) fn plant(seed: Seed, number: u32, email: Option<&str>, now: Timestamp) -> Holdings {
    let mut next = NextIds::of_world(number);
    let servers = servers::plant(seed, &mut next, now);
    let isos = isos::plant(seed, &mut next, now);
    let invoices = paper::plant(seed, &mut next, now);
    let tickets = tickets::plant(seed, &mut next, &servers, now);
    let email = email.map_or_else(
        || if number == 0 { "dev@example.org".to_owned() } else { format!("dev+{number}@example.org") },
        str::to_owned,
    );
    let user = User {
        name: "Example Account".to_owned(),
        email,
        tech_email: "ops@example.org".to_owned(),
        aff_hash: format!("{:06x}", noise::mix(u64::from(number), 0xAFF) & 0xFF_FFFF),
    };
    let funds = match seed {
        Seed::Empty => Funds { balance: Cents(0), last_deposit: None },
        Seed::Small => Funds { balance: Cents(14_250), last_deposit: Some(stamp::later_days(now, -9)) },
        Seed::Typical | Seed::Large => {
            Funds { balance: Cents(21_417), last_deposit: Some(stamp::later_days(now, -17)) }
        }
    };
    Holdings { user, funds, servers, isos, invoices, tickets, next }
}
