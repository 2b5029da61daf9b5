//! Two-factor login: secrets and their codes (RFC 6238 with SHA-1, six digits, thirty seconds), on the
//! world's clock.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha1::Sha1;

/// Seconds a code lasts.
const STEP: i64 = 30;
/// Bytes of a secret, as RFC 4226 wishes.
const SECRET: usize = 20;
/// Secrets that can still be confirmed; older ones are forgotten.
const OFFERED: usize = 10;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// How the account proves itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct TwoFactor {
    /// Secrets that were handed out and not confirmed, oldest first.
    offered: Vec<String>,
    /// The secret in force.
    active: Option<String>,
}

impl TwoFactor {
    pub const fn is_on(&self) -> bool {
        self.active.is_some()
    }

    /// A new secret in base32; it has no effect until it is confirmed.
    pub fn offer(&mut self) -> Result<String, getrandom::Error> {
        let mut bytes = [0_u8; SECRET];
        getrandom::fill(&mut bytes)?;
        let secret = base32(&bytes);
        if self.offered.len() == OFFERED {
            self.offered.remove(0);
        }
        self.offered.push(secret.clone());
        Ok(secret)
    }

    pub fn was_offered(&self, secret: &str) -> bool {
        self.offered.iter().any(|known| known == secret)
    }

    pub fn switch_on(&mut self, secret: &str) {
        self.active = Some(secret.to_owned());
        self.offered.clear();
    }

    pub fn switch_off(&mut self) {
        self.active = None;
    }

    /// Whether a code belongs to the secret in force.
    pub fn proves(&self, code: &str, now: Timestamp) -> bool {
        self.active.as_deref().is_some_and(|secret| fits(secret, code, now))
    }
}

/// Whether a code belongs to a secret now; the step before and after count too, for clocks that are a little
/// off.
pub(crate) fn fits(secret: &str, code: &str, now: Timestamp) -> bool {
    let Some(key) = bytes_of(secret) else { return false };
    let step = now.as_second().div_euclid(STEP);
    (step - 1..=step + 1).any(|step| code_at(&key, step).as_deref() == Some(code))
}

fn code_at(key: &[u8], step: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 0x0F);
    let cut = digest.get(offset..)?.first_chunk::<4>()?;
    let number = u32::from_be_bytes(*cut) & 0x7FFF_FFFF;
    Some(format!("{:06}", number % 1_000_000))
}

/// Base32 without padding. The length is a multiple of five bytes.
fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let group = chunk.iter().fold(0_u64, |group, byte| group << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            text.push(char::from(ALPHABET[(group >> (place * 5) & 31) as usize]));
        }
    }
    text
}

fn bytes_of(secret: &str) -> Option<Vec<u8>> {
    let (mut group, mut held) = (0_u32, 0);
    let mut bytes = Vec::new();
    for letter in secret.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        group = group << 5 | u32::try_from(value).ok()?;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((group >> held & 0xFF) as u8);
        }
    }
    Some(bytes)
}
