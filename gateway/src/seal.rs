//! The sealing key: what is stored about a person is readable only with it.
//!
//! XChaCha20-Poly1305, a random nonce each time, the key's id inside, and associated data that binds a sealed
//! text to its place, so that rows cannot be swapped.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const KEY_ID: usize = 4;
const NONCE: usize = 24;

/// Why there is no usable key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The text is not 64 hexadecimal digits.
    #[error("the key must be 64 hexadecimal digits (32 bytes)")]
    NotAKey,
    /// The file cannot be read or written.
    #[error("the key file {path}: {cause}")]
    File {
        /// Which file.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// The machine has no randomness to give.
    #[error("no randomness for a new key: {0}")]
    Random(String),
}

/// The key and what is derived from it.
#[derive(Clone)]
pub struct SealingKey {
    cipher: XChaCha20Poly1305,
    id: [u8; KEY_ID],
    fingerprints: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SealingKey({})", hex::encode(self.id))
    }
}

impl SealingKey {
    /// The key from 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`KeyError::NotAKey`].
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim(), bytes.as_mut()).map_err(|_| KeyError::NotAKey)?;
        Ok(Self::new(&bytes))
    }

    /// The key in a file; makes the file (mode 0600) with a new key if there is none.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_file(path: &Path) -> Result<Self, KeyError> {
        let failed = |cause| KeyError::File { path: path.display().to_string(), cause };
        match fs::read_to_string(path) {
            Ok(text) => Self::from_hex(&Zeroizing::new(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let bytes =
                    Zeroizing::new(random::<32>().map_err(|error| KeyError::Random(error.to_string()))?);
                let mut options = fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(path).map_err(failed)?;
                let text = Zeroizing::new(hex::encode(bytes.as_slice()));
                file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
                Ok(Self::new(&bytes))
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn new(bytes: &[u8; 32]) -> Self {
        let id = Sha256::digest(bytes);
        let mut derived = Zeroizing::new([0; 32]);
        derived.copy_from_slice(&keyed_hash(bytes, b"vitosha: fingerprints of tokens"));
        Self {
            cipher: XChaCha20Poly1305::new(&Key::from(*bytes)),
            id: [id[0], id[1], id[2], id[3]],
            fingerprints: derived,
        }
    }

    /// Seals a text for one place.
    ///
    /// # Panics
    /// When the machine has no randomness: going on would be worse.
    pub(crate) fn seal(&self, text: &[u8], place: &[u8]) -> Vec<u8> {
        let nonce = random::<NONCE>().expect("the system gives random bytes");
        let payload = Payload { msg: text, aad: place };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).expect("texts are short enough");
        [&[VERSION][..], &self.id, &nonce, &sealed].concat()
    }

    /// Opens what was sealed for this place. None: another key, another place, or damaged.
    pub(crate) fn open(&self, sealed: &[u8], place: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (version, rest) = sealed.split_first()?;
        let (id, rest) = rest.split_at_checked(KEY_ID)?;
        let (nonce, text) = rest.split_at_checked(NONCE)?;
        if *version != VERSION || id != self.id {
            return None;
        }
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg: text, aad: place };
        self.cipher.decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }

    /// A keyed hash: the same for the same text, useless without the key.
    pub(crate) fn fingerprint(&self, text: &[u8]) -> [u8; 16] {
        let hash = keyed_hash(self.fingerprints.as_ref(), text);
        let mut short = [0; 16];
        short.copy_from_slice(&hash[..16]);
        short
    }
}

fn keyed_hash(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac =
        <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// Random bytes of the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A random name of 128 bits, in hexadecimal: ids of forms, drafts, audit records.
pub(crate) fn random_id() -> String {
    hex::encode(random::<16>().expect("the system gives random bytes"))
}
