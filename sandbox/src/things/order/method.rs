//! Ways to pay, and what an open order tells about them. Nothing in here leads to real money: the page of the
//! card payment is a documentation address, the Bitcoin address one of a test network.

use super::{Order, Standing};
use crate::noise;
use crate::stamp;
use crate::things::money::Cents;
use serde_json::{Value, json};

/// How an order is paid (FACTS §4, payment).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Balance,
    Card,
    Bank,
    Bitcoin,
    Lightning,
}

pub(crate) const METHODS: [Method; 5] =
    [Method::Balance, Method::Card, Method::Bank, Method::Bitcoin, Method::Lightning];

/// EUR cents of one bitcoin in the sandbox.
const BITCOIN_PRICE: i64 = 6_060_606;

impl Method {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Card => "card",
            Self::Bank => "bank",
            Self::Bitcoin => "bitcoin",
            Self::Lightning => "bitcoin-ln",
        }
    }

    pub fn named(word: &str) -> Option<Self> {
        METHODS.into_iter().find(|method| method.word() == word)
    }
}

/// `payment_information`: only while money is still to come.
pub(super) fn information(order: &Order) -> Option<Value> {
    let waiting = match order.standing {
        Standing::AwaitingPayment { .. } => order.due_at,
        Standing::Processing { since } => stamp::later_days(since, 7).min(order.due_at),
        Standing::Paid { .. } | Standing::Cancelled => return None,
    };
    let amount = order.remaining().1;
    let until = stamp::iso(waiting);
    let id = order.id;
    match order.method {
        Method::Balance => None,
        Method::Card => Some(json!({"payment_url": format!("https://secure.example.org/orders/{id}/pay")})),
        Method::Bank => Some(json!({"bank_reference": format!("VPS-{id:010}"), "expires_at": until})),
        Method::Bitcoin => Some(json!({
            "bitcoin_address": address(id),
            "bitcoin_amount": bitcoin(amount),
            "expires_at": until,
        })),
        Method::Lightning => Some(json!({
            "lightning_invoice": format!("lnbcrt{}", letters(id, 7, 96)),
            "bitcoin_amount": bitcoin(amount),
            "expires_at": until,
        })),
    }
}

/// An amount of bitcoin with eight decimals.
pub(crate) fn bitcoin(amount: Cents) -> String {
    let satoshi = amount.0.saturating_mul(100_000_000) / BITCOIN_PRICE;
    format!("{}.{:08}", satoshi / 100_000_000, satoshi % 100_000_000)
}

/// An address of the regression test network, where coins are worth nothing.
fn address(id: i64) -> String {
    format!("bcrt1q{}", letters(id, 3, 38))
}

/// Letters of bech32, the same for the same order.
fn letters(id: i64, question: u64, count: u64) -> String {
    const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    (0..count)
        .map(|at| char::from(ALPHABET[(noise::mix(id.unsigned_abs(), question * 1000 + at) % 32) as usize]))
        .collect()
}

/// What a bitcoin transaction would be called: 64 hexadecimal digits.
pub(crate) fn transaction_hash(id: i64) -> String {
    (0..4).map(|part| format!("{:016x}", noise::mix(id.unsigned_abs(), 0xB17 + part))).collect()
}
