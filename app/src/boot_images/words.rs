//! What is said of a boot image.

use jiff::{SignedDuration, Timestamp};
use vpsbg_api::{BootImageKind, DeleteMeasuredBootImage, MeasuredBootImage};

use crate::forms::Confirmation;

/// An image that no server boots is removed after this (FACTS §3, measured boot).
const UNUSED: SignedDuration = SignedDuration::from_hours(48);

/// How the limit of [`vpsbg_api::LARGEST_BOOT_IMAGE`] is said: exactly, because it is one.
pub const LIMIT: &str = "1 GiB";

/// The name, or what to call it without one.
pub fn name(image: &MeasuredBootImage) -> String {
    image.name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| format!("image {}", image.id))
}

/// What it is, as far as the provider tells.
pub fn kind(image: &MeasuredBootImage) -> String {
    match &image.kind {
        Some(BootImageKind::Kernel) => "Kernel".to_owned(),
        Some(BootImageKind::Initrd) => "Initial RAM disk".to_owned(),
        Some(BootImageKind::Other(word)) => word.clone(),
        None => crate::words::NOTHING.to_owned(),
    }
}

/// When the provider removes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// A server boots it: never.
    Kept,
    /// Not before this: it counts from when a server booted it last, which nobody tells.
    NotBefore(Timestamp),
    /// It is older than two days and unused: at any time.
    AnyTime,
    /// The provider does not tell enough.
    Unknown,
}

/// When the provider removes an image, as far as that is known.
pub fn removal(image: &MeasuredBootImage, now: Timestamp) -> Removal {
    match (image.in_use, image.created_at) {
        (Some(true), _) => Removal::Kept,
        (Some(false), Some(uploaded)) => match uploaded.0.checked_add(UNUSED) {
            Ok(at) if at > now => Removal::NotBefore(at),
            _ => Removal::AnyTime,
        },
        _ => Removal::Unknown,
    }
}

/// Why an image should not be deleted now, if so: the provider does not delete what a server boots.
pub fn not_deletable(image: &MeasuredBootImage) -> Option<&'static str> {
    (image.in_use == Some(true)).then_some("A server boots it: have that server boot something else first.")
}

/// What is asked before one is deleted.
pub fn deletion(image: &MeasuredBootImage) -> Confirmation {
    let words = "It cannot be had back: to boot it again it must be uploaded again.";
    Confirmation::of(&DeleteMeasuredBootImage { id: image.id }, &name(image), words)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vpsbg_api::{Decode, Notes};

    use super::*;

    #[test]
    fn an_unused_image_has_two_days() {
        let image = |in_use: Option<bool>| {
            let whole = json!({ "id": 4, "in_use": in_use, "created_at": "2026-03-01T05:00:00.000000Z" });
            MeasuredBootImage::decode(&whole, &mut Notes::default()).unwrap()
        };
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (early, end) = (at("2026-03-02T00:00:00Z"), at("2026-03-03T05:00:00Z"));
        assert_eq!(removal(&image(Some(false)), early), Removal::NotBefore(end));
        assert_eq!(removal(&image(Some(false)), end), Removal::AnyTime);
        assert_eq!(removal(&image(Some(true)), end), Removal::Kept);
        assert_eq!(removal(&image(None), early), Removal::Unknown);
    }
}
