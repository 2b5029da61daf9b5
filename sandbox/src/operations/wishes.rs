//! Fields that several server calls share: passwords, keys, ISOs, names.

use super::fields::{Fields, whole};
use crate::things::holdings::Holdings;
use crate::things::iso::Iso;
use jiff::Timestamp;
use serde_json::Value;

/// Fewest characters of a password (documented for `changeServerPassword`).
const PASSWORD: usize = 6;
/// Most characters of a text.
const TEXT: usize = 255;
/// Longest hostname, characters.
const HOSTNAME: usize = 253;
/// Most keys of a server (design).
const KEYS: usize = 50;

/// A password, if one was sent. Only its length matters; it is not kept.
pub(super) fn password<'body>(fields: &mut Fields<'body>) -> Option<&'body str> {
    let text = fields.text("password", TEXT)?;
    if text.chars().count() < PASSWORD {
        fields
            .complaints
            .add("password", format!("The password field must be at least {PASSWORD} characters."));
        return None;
    }
    Some(text)
}

/// Ids of stored keys, if a list was sent; it may be empty.
pub(super) fn ssh_keys(fields: &mut Fields<'_>, holdings: &Holdings) -> Option<Vec<i64>> {
    // An empty list is a wish: no keys.
    let list = fields.list("ssh_keys", 0..=KEYS)?;
    let mut keys = Vec::new();
    for (place, value) in list.iter().enumerate() {
        match whole(value).filter(|id| holdings.knows_key(*id)) {
            Some(id) if !keys.contains(&id) => keys.push(id),
            Some(_) => {}
            None => fields.complaints.unknown(&format!("ssh_keys.{place}")),
        }
    }
    Some(keys)
}

/// What a drive is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drive {
    /// The field was not sent: what it holds.
    AsItIs,
    Empty,
    Iso(i64),
}

impl Drive {
    /// What is in it afterwards.
    pub fn after(self, before: Option<i64>) -> Option<i64> {
        match self {
            Self::AsItIs => before,
            Self::Empty => None,
            Self::Iso(id) => Some(id),
        }
    }
}

/// A drive's field: a finished ISO, or null for none.
pub(super) fn drive(
    fields: &mut Fields<'_>,
    body: &Value,
    field: &str,
    isos: &[Iso],
    now: Timestamp,
) -> Drive {
    if body.get(field).is_none() {
        return Drive::AsItIs;
    }
    let Some(id) = fields.integer(field, 1..=i64::MAX) else { return Drive::Empty };
    let shown = field.replace('_', " ");
    match isos.iter().find(|iso| iso.id == id && !iso.is_deleted(now)) {
        None => fields.complaints.unknown(field),
        Some(iso) if !iso.is_ready(now) => {
            fields.complaints.add(field, format!("The {shown} field is an ISO that is not downloaded yet."));
        }
        Some(_) => return Drive::Iso(id),
    }
    Drive::Empty
}

/// A hostname, if one was sent.
pub(super) fn hostname<'body>(fields: &mut Fields<'body>, field: &str) -> Option<&'body str> {
    let name = fields.text(field, HOSTNAME)?;
    if is_hostname(name) {
        return Some(name);
    }
    fields.complaints.add(field, format!("The {} field format is invalid.", field.replace('_', " ")));
    None
}

/// Labels of letters, digits and hyphens, with dots between them.
pub(super) fn is_hostname(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= HOSTNAME && name.split('.').all(label)
}
