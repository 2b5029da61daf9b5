//! Who owns a seed's account: its owner, the keys they store, the referrals they made.

use super::Seed;
use crate::things::affiliate::{Affiliate, Conversion, Payout};
use crate::things::holdings::{NextIds, take};
use crate::things::money::Cents;
use crate::things::server::Server;
use crate::things::ssh_key::{SshKey, fingerprint};
use crate::things::two_factor::TwoFactor;
use crate::things::user::{COUNTRIES, User};
use crate::{noise, stamp};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

/// The owner: a company with a history, or, in an empty world, a person who has just come.
pub(super) fn owner(seed: Seed, number: u32, email: Option<&str>, now: Timestamp) -> User {
    let email = email.map_or_else(
        || if number == 0 { "dev@example.org".to_owned() } else { format!("dev+{number}@example.org") },
        str::to_owned,
    );
    let old = seed != Seed::Empty;
    let of_company = |text: &str| if old { text.to_owned() } else { String::new() };
    User {
        name: "Example Account".to_owned(),
        email,
        tech_email: "ops@example.org".to_owned(),
        phone_number: "+359000000000".to_owned(),
        country: &COUNTRIES[0],
        city: "Sofia".to_owned(),
        address: "1 Example Street".to_owned(),
        postal_code: "1000".to_owned(),
        aff_hash: of_company(&format!("{:06x}", noise::mix(u64::from(number), 0xAFF) & 0xFF_FFFF)),
        company: old,
        company_name: of_company("Example Works Ltd"),
        company_address: of_company("1 Example Street"),
        company_number: of_company("000000001"),
        vat_number: of_company("BG000000001"),
        two_factor: TwoFactor::default(),
        email_otp: true,
        newsletter: false,
        language: "en",
        created_at: if old { stamp::later_days(now, -900) } else { now },
    }
}

/// The keys of the owner, and which servers carry them.
pub(super) fn keys(seed: Seed, next: &mut NextIds, servers: &mut [Server]) -> Vec<SshKey> {
    let names: &[(&str, bool)] = match seed {
        Seed::Empty => &[],
        Seed::Small => &[("Laptop", false)],
        Seed::Typical | Seed::Fifty | Seed::Large => {
            &[("Laptop", false), ("Build machine", true), ("Nikola, office", false)]
        }
    };
    let keys: Vec<SshKey> = names
        .iter()
        .filter_map(|(name, rsa)| {
            let id = take(&mut next.ssh_key);
            let line = line(id.unsigned_abs(), *rsa, name);
            fingerprint(&line).map(|fingerprint| SshKey { id, name: (*name).to_owned(), line, fingerprint })
        })
        .collect();
    for (at, server) in servers.iter_mut().enumerate() {
        // The last key is on no server.
        let carried = keys.iter().take(2).enumerate().filter(|(nth, _)| *nth == 0 || at % 3 == 1);
        let windows = server.image.is_none_or(|image| image.name.starts_with("Windows"));
        if !windows {
            server.ssh_keys = carried.map(|(_, key)| key.id).collect();
        }
    }
    keys
}

/// A public key of the right form. Nobody has the private one.
fn line(seed: u64, rsa: bool, name: &str) -> String {
    let field = |bytes: &[u8]| [&(bytes.len() as u32).to_be_bytes(), bytes].concat();
    let random = |count: u64| (0..count).map(|at| noise::mix(seed, 0x55 + at) as u8).collect::<Vec<_>>();
    let algorithm = if rsa { "ssh-rsa" } else { "ssh-ed25519" };
    let mut blob = field(algorithm.as_bytes());
    if rsa {
        blob.extend(field(&[1, 0, 1]));
        // A zero so that it is not negative, then 2048 bits that begin with one.
        blob.extend(field(&[&[0, 0x80][..], &random(255)].concat()));
    } else {
        blob.extend(field(&random(32)));
    }
    let comment = name.split([' ', ',']).next().unwrap_or_default().to_lowercase();
    format!("{algorithm} {} {comment}@example.org", STANDARD.encode(blob))
}

/// Referrals of the last months and what they brought. New and small accounts are not in the programme.
pub(super) fn affiliate(seed: Seed, next: &mut NextIds, now: Timestamp) -> Option<Affiliate> {
    if !matches!(seed, Seed::Typical | Seed::Fifty | Seed::Large) {
        return None;
    }
    let mut affiliate = Affiliate::joined("examplecode".to_owned());
    let this_month = stamp::in_sofia(now).first_of_month().map_or(now, |first| first.timestamp());
    let this_month = stamp::sofia_midnight(this_month);
    let mut month = this_month;
    let months: Vec<Timestamp> = (0..6)
        .map(|_| {
            let shown = month;
            month = stamp::sofia_midnight(
                stamp::in_sofia(stamp::later_days(month, -1))
                    .first_of_month()
                    .map_or(month, |first| first.timestamp()),
            );
            shown
        })
        .collect();
    for at in 0..34_i64 {
        let dice = |question: u64| noise::mix(at.unsigned_abs(), question);
        let days = (33 - at) * 5 + 1;
        let created_at =
            stamp::later(stamp::later_days(now, -days), -noise::below(80_000, at.unsigned_abs(), 41));
        affiliate.conversions.push(Conversion {
            id: take(&mut next.conversion),
            amount: Cents([1200, 2233, 3900, 6900, 11_700][(dice(42) % 5) as usize]),
            created_at,
            rejected: dice(43).is_multiple_of(9),
            paid_out: false,
        });
    }
    // The payouts that have been, by the same rule as those to come.
    for day in months.into_iter().rev() {
        let mut sum = 0;
        for conversion in &mut affiliate.conversions {
            if !conversion.paid_out && conversion.status(day) == "approved" {
                conversion.paid_out = true;
                sum += conversion.commission().0;
            }
        }
        if sum > 0 {
            let id = take(&mut next.payout);
            affiliate.payouts.push(Payout { id, amount: Cents(sum), created_at: day });
        }
    }
    Some(affiliate)
}
