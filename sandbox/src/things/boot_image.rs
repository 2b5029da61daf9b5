//! Kernel images for measured boot on AMD SEV-SNP servers (FACTS §3, Measured boot).

use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Most images of an account.
pub(crate) const MOST_IMAGES: usize = 5;
/// Characters that are kept of a name; the one name that was seen has as many.
const NAME_LENGTH: usize = 21;
/// Days after which an image that no server boots is removed.
const DAYS_IDLE: i64 = 2;

/// An uploaded image. Its bytes are not kept.
#[derive(Debug, Clone)]
pub(crate) struct BootImage {
    pub id: i64,
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of what was uploaded, hexadecimal.
    pub digest: String,
    pub kind: Option<&'static str>,
    pub created_at: Timestamp,
    /// Since when no server boots it.
    pub idle_since: Option<Timestamp>,
}

/// What a server boots from instead of its disk: ids of images.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeasuredBoot {
    pub kernel: i64,
    pub initrd: Option<i64>,
}

impl MeasuredBoot {
    pub fn uses(self, image: i64) -> bool {
        self.kernel == image || self.initrd == Some(image)
    }
}

impl BootImage {
    pub fn new(id: i64, file_name: &str, size: u64, digest: String, now: Timestamp) -> Self {
        let name = file_name.chars().take(NAME_LENGTH).collect();
        Self { id, name, size, digest, kind: None, created_at: now, idle_since: Some(now) }
    }

    /// Whether nobody has wanted it for too long.
    pub fn is_forgotten(&self, now: Timestamp) -> bool {
        self.idle_since.is_some_and(|since| stamp::later_days(since, DAYS_IDLE) <= now)
    }

    /// `MeasuredBootImage`
    pub fn json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "size": self.size,
            "in_use": self.idle_since.is_none(),
            "type": self.kind,
            "created_at": stamp::iso(self.created_at),
        })
    }

    /// The same as a server shows it.
    pub fn attached(&self) -> Value {
        self.json()
    }
}
