//! Networks as white- and blacklists hold them.

use std::{fmt, net::IpAddr, str::FromStr};

use serde_json::Value;

use crate::{
    decode::{Decode, Misfit, Notes},
    model::Encode,
};

/// An address block. `203.0.113.9` and `203.0.113.9/32` are the same (FACTS §2, blacklist).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Network {
    /// A block: its first address and the length of its prefix.
    Block(IpAddr, u8),
    /// What the provider sent and nobody can read: kept, because a new list replaces everything.
    Other(String),
}

/// Text that is not an address block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a network: an address such as 203.0.113.9 or a block such as 198.51.100.0/24 is needed")]
pub struct NotANetwork;

/// What a person typed. The address must be the first of its block: `198.51.100.7/24` is more likely a slip
/// than a block.
impl FromStr for Network {
    type Err = NotANetwork;
    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let text = text.trim();
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NotANetwork)?;
        let whole = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse::<u8>().map_err(|_| NotANetwork)?
            }
            Some(_) => return Err(NotANetwork),
            None => whole,
        };
        if prefix > whole || first_of(address, prefix) != address {
            return Err(NotANetwork);
        }
        Ok(Self::Block(address, prefix))
    }
}

/// The first address of the block that `address` is in.
fn first_of(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((u32::from(address) & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((u128::from(address) & mask).into())
        }
    }
}

/// As answers write it: always with its prefix.
impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block(address, prefix) => write!(formatter, "{address}/{prefix}"),
            Self::Other(text) => formatter.write_str(text),
        }
    }
}

impl Decode for Network {
    fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
        match value {
            Value::String(text) => Ok(text.parse().unwrap_or_else(|_| {
                notes.add("a network that cannot be read");
                Self::Other(text.clone())
            })),
            _ => Err(Misfit::new("a network", value)),
        }
    }
}

impl Encode for Network {
    fn encode(&self) -> Value {
        Value::from(self.to_string())
    }
}
