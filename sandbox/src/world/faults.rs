//! The dials of a world: how slow, how broken, how fast things move. Settings only, no clockwork.

use super::tokens::Permission;
use crate::noise;
use http::StatusCode;
use serde::{Deserialize, Serialize};

/// The dials as they stand.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Faults {
    /// Added to every answer, real milliseconds.
    pub latency_ms: u64,
    /// Share of requests that fail, 0 to 1.
    pub failure_rate: f64,
    /// What the failing ones answer.
    pub failure_status: u16,
    /// Speed of ISO downloads; none: every ISO takes about 75 seconds.
    pub iso_bytes_per_second: Option<f64>,
    /// Seconds until a start or stop shows.
    pub power_lag_seconds: f64,
    /// Seconds until support answers a customer's message.
    pub support_answer_seconds: f64,
    /// Seconds a task holds a server (deploy, reinstall, restore, scale, backup); none: each its own time.
    pub task_seconds: Option<f64>,
    /// Whether measured boot asks for the account's password (named by a client, FACTS has no more).
    pub boot_asks_password: bool,
    /// Seconds until a transfer by bank or bitcoin, or a payment at the page of a card, has arrived.
    pub payment_confirm_seconds: f64,
    /// Cards are refused.
    pub card_declined: bool,
    /// The order list takes its documented default literally, so that only paid orders show (FACTS §5.12).
    pub literal_order_filter: bool,
    /// How often protected addresses are attacked.
    pub attacks: Attacks,
    /// Requests per minute.
    pub rate_limit: u32,
    /// Tokens that no longer work.
    pub revoked: Vec<Permission>,
    /// Whether rows of the server list carry `state` (unconfirmed in FACTS §2).
    pub list_state: bool,
    #[serde(skip)]
    throws: u64,
}

/// Body of `POST /_sandbox/faults`: what is absent stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FaultsChange {
    pub latency_ms: Option<u64>,
    pub failure_rate: Option<f64>,
    pub failure_status: Option<u16>,
    pub iso_bytes_per_second: Option<f64>,
    pub power_lag_seconds: Option<f64>,
    pub support_answer_seconds: Option<f64>,
    pub task_seconds: Option<f64>,
    pub boot_asks_password: Option<bool>,
    pub payment_confirm_seconds: Option<f64>,
    pub card_declined: Option<bool>,
    pub literal_order_filter: Option<bool>,
    pub attacks: Option<Attacks>,
    pub rate_limit: Option<u32>,
    pub revoke: Option<Revoke>,
    pub list_state: Option<bool>,
}

/// How often protected addresses are attacked. Past and future follow at once: attacks are computed, not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Attacks {
    /// As the seed has it.
    Usual,
    /// Each of them at every moment.
    Always,
    Never,
}

/// Which token to take away.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Revoke {
    Write,
    Read,
    Both,
    /// All of them work again.
    None,
}

impl Faults {
    pub fn new(rate_limit: u32) -> Self {
        Self {
            latency_ms: 0,
            failure_rate: 0.0,
            failure_status: 500,
            iso_bytes_per_second: None,
            power_lag_seconds: 6.0,
            support_answer_seconds: 45.0,
            task_seconds: None,
            boot_asks_password: false,
            payment_confirm_seconds: 600.0,
            card_declined: false,
            literal_order_filter: false,
            attacks: Attacks::Usual,
            rate_limit: rate_limit.max(1),
            revoked: Vec::new(),
            list_state: false,
            throws: 0,
        }
    }

    /// Turns the dials; refuses nonsense with a sentence and then changes nothing.
    pub fn change(&mut self, change: &FaultsChange) -> Result<(), String> {
        let sensible = |value: f64| (0.0..=1e12).contains(&value);
        let numbers = [
            change.iso_bytes_per_second,
            change.power_lag_seconds,
            change.support_answer_seconds,
            change.task_seconds,
            change.payment_confirm_seconds,
        ];
        if !numbers.iter().flatten().copied().all(sensible) {
            return Err("Seconds and rates are 0 or more.".to_owned());
        }
        if change.failure_rate.is_some_and(|rate| !(0.0..=1.0).contains(&rate)) {
            return Err("failure_rate lies between 0 and 1.".to_owned());
        }
        if change.failure_status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Err("failure_status lies between 200 and 599.".to_owned());
        }
        if change.rate_limit == Some(0) {
            return Err("rate_limit is at least 1.".to_owned());
        }
        self.latency_ms = change.latency_ms.unwrap_or(self.latency_ms).min(600_000);
        self.failure_rate = change.failure_rate.unwrap_or(self.failure_rate);
        self.failure_status = change.failure_status.unwrap_or(self.failure_status);
        if let Some(rate) = change.iso_bytes_per_second {
            self.iso_bytes_per_second = (rate > 0.0).then_some(rate);
        }
        self.power_lag_seconds = change.power_lag_seconds.unwrap_or(self.power_lag_seconds);
        self.support_answer_seconds = change.support_answer_seconds.unwrap_or(self.support_answer_seconds);
        self.task_seconds = change.task_seconds.or(self.task_seconds);
        self.boot_asks_password = change.boot_asks_password.unwrap_or(self.boot_asks_password);
        self.payment_confirm_seconds = change.payment_confirm_seconds.unwrap_or(self.payment_confirm_seconds);
        self.card_declined = change.card_declined.unwrap_or(self.card_declined);
        self.literal_order_filter = change.literal_order_filter.unwrap_or(self.literal_order_filter);
        self.attacks = change.attacks.unwrap_or(self.attacks);
        self.rate_limit = change.rate_limit.unwrap_or(self.rate_limit);
        self.list_state = change.list_state.unwrap_or(self.list_state);
        match change.revoke {
            Some(Revoke::Write) => self.revoke(Permission::Write),
            Some(Revoke::Read) => self.revoke(Permission::Read),
            Some(Revoke::Both) => self.revoked = vec![Permission::Write, Permission::Read],
            Some(Revoke::None) => self.revoked.clear(),
            None => {}
        }
        Ok(())
    }

    /// Seconds a task takes that usually takes so many.
    pub fn task(&self, usual: f64) -> f64 {
        self.task_seconds.unwrap_or(usual)
    }

    fn revoke(&mut self, token: Permission) {
        if !self.revoked.contains(&token) {
            self.revoked.push(token);
        }
    }

    /// Throws the dice for one request. The same throws in the same order, so that a test can count on them.
    pub fn strikes(&mut self) -> Option<StatusCode> {
        if self.failure_rate <= 0.0 {
            return None;
        }
        self.throws += 1;
        (noise::fraction(0xFA17, self.throws) < self.failure_rate)
            .then(|| StatusCode::from_u16(self.failure_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
    }
}
