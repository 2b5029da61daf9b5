//! The account's owner: read and changed.

use super::fields::{Fields, whole};
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Reply};
use crate::stamp;
use crate::things::holdings::Holdings;
use crate::things::order::{Kind, Order};
use crate::things::user::{COUNTRIES, LANGUAGES, User};
use crate::world::World;
use jiff::Timestamp;
use serde_json::Value;

/// Longest text, characters.
const TEXT: usize = 255;
/// Days after the first deposit until a company's data are fixed.
const DAYS_TO_MEND: i64 = 5;
/// Days a new account has to name who brought it.
const DAYS_TO_NAME: i64 = 30;

/// `getUser`
pub(crate) fn show(world: &mut World, _call: &Call) -> Answer {
    Ok(Reply::json(world.holdings.user.json()))
}

/// `updateUser`: all that is sent changes, or nothing. Three fields have two spellings (FACTS §2, User).
pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    if call.body.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err(Complaints::only("fields", "At least one field is required."));
    }
    let past = Past::of(&world.holdings, call.now);
    let mut user = world.holdings.user.clone();
    let mut fields = Fields::of(&call.body);
    read(&mut fields, &mut user, &past);
    fields.finish()?;
    let shown = user.json();
    world.holdings.user = user;
    Ok(Reply::json(shown))
}

/// What has happened that fixes some fields.
struct Past {
    /// Something other than a top-up was paid.
    paid: bool,
    /// An order was paid, or the first deposit is some days old.
    frozen: bool,
    /// Too late to name who brought the account.
    settled: bool,
}

impl Past {
    fn of(holdings: &Holdings, now: Timestamp) -> Self {
        let paid =
            holdings.orders.iter().any(|order| order.kind != Kind::Deposit && order.paid_at().is_some());
        let deposits = holdings.orders.iter().filter(|order| order.kind == Kind::Deposit);
        let first = deposits.filter_map(Order::paid_at).min();
        let frozen = paid || first.is_some_and(|at| stamp::later_days(at, DAYS_TO_MEND) <= now);
        let any = paid || first.is_some();
        let old = stamp::later_days(holdings.user.created_at, DAYS_TO_NAME) <= now;
        Self { paid, frozen, settled: any && old }
    }
}

fn read(fields: &mut Fields<'_>, user: &mut User, past: &Past) {
    let was_company = user.company;
    for (field, kept) in [
        ("address", &mut user.address),
        ("city", &mut user.city),
        ("postal_code", &mut user.postal_code),
        ("company_address", &mut user.company_address),
    ] {
        if let Some(text) = fields.text(field, TEXT) {
            text.clone_into(kept);
        }
    }
    if let Some(number) = fields.text("phone_number", 30) {
        if is_phone_number(number) {
            number.clone_into(&mut user.phone_number);
        } else {
            fields.complaints.add("phone_number", "The phone number field format is invalid.");
        }
    }
    // The sample's spelling comes last and wins.
    for field in ["technical_email", "tech_email"] {
        let Some(address) = fields.text(field, TEXT) else { continue };
        if is_mail_address(address) {
            address.clone_into(&mut user.tech_email);
        } else {
            let shown = field.replace('_', " ");
            fields.complaints.add(field, format!("The {shown} field must be a valid email address."));
        }
    }
    for (field, kept) in [
        ("newsletter", &mut user.newsletter),
        ("email_otp_enabled", &mut user.email_otp),
        ("company", &mut user.company),
    ] {
        if let Some(yes) = fields.boolean(field) {
            *kept = yes;
        }
    }
    if let Some(id) = fields.integer("language_id", i64::MIN..=i64::MAX) {
        match LANGUAGES.iter().find(|(known, _)| *known == id) {
            Some((_, language)) => user.language = language,
            None => fields.complaints.unknown("language_id"),
        }
    }
    country(fields, user, past, was_company);
    company(fields, user, past);
    referral(fields, user, past);
}

/// Refused once the account is a company or has paid an order.
fn country(fields: &mut Fields<'_>, user: &mut User, past: &Past, was_company: bool) {
    let Some(id) = fields.integer("country_id", i64::MIN..=i64::MAX) else { return };
    match COUNTRIES.iter().find(|country| country.id == id) {
        None => fields.complaints.unknown("country_id"),
        Some(country) if country.id == user.country.id => {}
        Some(_) if was_company || past.paid => fixed(fields, "country_id"),
        Some(country) => user.country = country,
    }
}

/// Frozen five days after the first deposit or once an order is paid. The same value again is no change.
fn company(fields: &mut Fields<'_>, user: &mut User, past: &Past) {
    for field in ["company_name", "uic", "company_number", "vat_number"] {
        let text = match fields.sent(field) {
            // The field table calls it an integer.
            Some(value @ Value::Number(_)) if field == "uic" && whole(value).is_some() => {
                whole(value).map(|number| number.to_string())
            }
            _ => fields.text(field, TEXT).map(str::to_owned),
        };
        let kept = match field {
            "company_name" => &mut user.company_name,
            "vat_number" => &mut user.vat_number,
            _ => &mut user.company_number,
        };
        match text {
            Some(text) if text != *kept && past.frozen => fixed(fields, field),
            Some(text) => *kept = text,
            None => {}
        }
    }
    if user.company && user.company_name.is_empty() {
        fields.complaints.add("company_name", "The company name field is required when company is true.");
    }
}

/// Settable once, and only while nothing is paid or the account is under thirty days old.
fn referral(fields: &mut Fields<'_>, user: &mut User, past: &Past) {
    let before = user.aff_hash.clone();
    for field in ["referral_code", "aff_hash"] {
        match fields.text(field, 20) {
            Some(code) if code == before => {}
            Some(_) if !before.is_empty() || past.settled => fixed(fields, field),
            Some(code) => code.clone_into(&mut user.aff_hash),
            None => {}
        }
    }
}

fn fixed(fields: &mut Fields<'_>, field: &str) {
    fields.complaints.add(field, format!("The {} field can no longer be changed.", field.replace('_', " ")));
}

fn is_phone_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (5..=15).contains(&digits) && rest.bytes().all(|byte| byte.is_ascii_digit() || b" -()".contains(&byte))
}

/// Something, an at sign, a host with a dot, no spaces.
fn is_mail_address(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let labels = host.split('.').all(|label| !label.is_empty());
    !name.is_empty() && host.contains('.') && labels && !text.contains(char::is_whitespace)
}
