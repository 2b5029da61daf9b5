//! A stored public key: an OpenSSH line that is really one (RFC 4253, RFC 8709), not just a text of that
//! shape.

use super::holdings::Holdings;
use crate::reply::Refusal;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

/// Shortest RSA modulus that is taken, bits (design).
const RSA_BITS: usize = 1024;

/// A key of the account.
#[derive(Debug, Clone)]
pub(crate) struct SshKey {
    pub id: i64,
    pub name: String,
    /// Algorithm, base64, comment.
    pub line: String,
    /// MD5 with colons.
    pub fingerprint: String,
}

impl SshKey {
    /// `SshKey`: `holdings` tell which servers carry it.
    pub fn json(&self, holdings: &Holdings) -> Value {
        let servers = holdings.servers.iter().filter(|server| server.ssh_keys.contains(&self.id));
        json!({
            "id": self.id,
            "name": self.name,
            "fingerprint": self.fingerprint,
            "key": self.line,
            "servers": servers.map(|server| json!({"id": server.id, "hostname": server.hostname}))
                .collect::<Vec<_>>(),
        })
    }
}

impl Holdings {
    pub fn ssh_key(&self, id: i64) -> Result<&SshKey, Refusal> {
        self.ssh_keys.iter().find(|key| key.id == id).ok_or(Refusal::NotFound)
    }

    pub fn knows_key(&self, id: i64) -> bool {
        self.ssh_key(id).is_ok()
    }

    /// `SshKeyRef`s: the keys a server carries, in short. What was deleted meanwhile is left out.
    pub fn key_references(&self, ids: &[i64]) -> Value {
        let known = ids.iter().filter_map(|id| self.ssh_key(*id).ok());
        known.map(|key| json!({"id": key.id, "name": key.name})).collect()
    }
}

/// The fingerprint of a line, if it is a key: `ssh-rsa` or `ssh-ed25519`, base64 of what the algorithm asks
/// for.
pub(crate) fn fingerprint(line: &str) -> Option<String> {
    let mut parts = line.splitn(3, ' ');
    let (algorithm, text) = (parts.next()?, parts.next()?);
    if line.chars().any(char::is_control) {
        return None;
    }
    let blob = STANDARD.decode(text).ok()?;
    let (named, rest) = field(&blob)?;
    if named != algorithm.as_bytes() {
        return None;
    }
    let whole = match algorithm {
        "ssh-ed25519" => {
            let (point, rest) = field(rest)?;
            point.len() == 32 && rest.is_empty()
        }
        "ssh-rsa" => {
            let (exponent, rest) = field(rest)?;
            let (modulus, rest) = field(rest)?;
            !exponent.is_empty() && bits(modulus) >= RSA_BITS && rest.is_empty()
        }
        _ => false,
    };
    whole.then(|| {
        let digest = Md5::digest(&blob);
        digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":")
    })
}

/// A length of four bytes and so many bytes; then the rest.
fn field(blob: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = blob.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_be_bytes(*length) as usize)
}

/// Bits of a whole number without its leading zeros.
fn bits(number: &[u8]) -> usize {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros).map_or(0, |first| (number.len() - zeros) * 8 - first.leading_zeros() as usize)
}
