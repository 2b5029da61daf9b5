//! The referral programme: 5 percent of what referred customers pay, moved to the balance on the first of a
//! month (FACTS §4; days and states of a conversion are design).

use super::funds::Movement;
use super::holdings::{Holdings, take};
use super::money::Cents;
use crate::stamp;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

/// Percent of the turnover.
const COMMISSION: i64 = 5;
/// Days until a purchase counts for good.
const DAYS_PENDING: i64 = 14;

/// What the statement of the balance says of a payout.
pub(crate) const COMMISSION_OF: &str = "Commission of the referral programme";

/// Membership in the programme.
#[derive(Debug, Clone)]
pub(crate) struct Affiliate {
    /// The code in use is the last one; old links stay valid.
    pub codes: Vec<String>,
    /// Oldest first.
    pub conversions: Vec<Conversion>,
    /// Oldest first.
    pub payouts: Vec<Payout>,
}

/// A purchase of a referred customer.
#[derive(Debug, Clone)]
pub(crate) struct Conversion {
    pub id: i64,
    pub amount: Cents,
    pub created_at: Timestamp,
    /// Refunded or made up.
    pub rejected: bool,
    pub paid_out: bool,
}

/// Commission that was moved to the balance.
#[derive(Debug, Clone)]
pub(crate) struct Payout {
    pub id: i64,
    pub amount: Cents,
    pub created_at: Timestamp,
}

impl Conversion {
    /// The part of it that is the affiliate's.
    pub const fn commission(&self) -> Cents {
        Cents((self.amount.0 * COMMISSION + 50) / 100)
    }

    pub fn status(&self, now: Timestamp) -> &'static str {
        if self.rejected {
            "rejected"
        } else if stamp::later_days(self.created_at, DAYS_PENDING) <= now {
            "approved"
        } else {
            "pending"
        }
    }

    /// `AffiliateConversion`
    pub fn json(&self, now: Timestamp) -> Value {
        json!({
            "id": self.id,
            "amount": self.amount.json(),
            "commission": self.commission().json(),
            "status": self.status(now),
            "created_at": stamp::iso(self.created_at),
        })
    }
}

impl Payout {
    /// `AffiliatePayout`
    pub fn json(&self) -> Value {
        json!({"id": self.id, "amount": self.amount.json(), "created_at": stamp::iso(self.created_at)})
    }
}

impl Affiliate {
    /// A new member.
    pub fn joined(code: String) -> Self {
        Self { codes: vec![code], conversions: Vec::new(), payouts: Vec::new() }
    }

    /// `Affiliate`
    pub fn json(&self, now: Timestamp) -> Value {
        let open = self.conversions.iter().filter(|conversion| !conversion.rejected && !conversion.paid_out);
        let turnover = open.map(|conversion| conversion.amount.0).sum::<i64>();
        let earned = self.conversions.iter().filter(|conversion| conversion.status(now) == "approved");
        let earned = earned.map(|conversion| conversion.commission().0).sum();
        let code = self.codes.last().map_or("", String::as_str);
        json!({
            "referral_code": code,
            "referral_url": format!("https://www.vpsbg.eu/aff/{code}"),
            "referrals_turnover": Cents(turnover).json(),
            "commission": COMMISSION,
            "estimated_earnings": Cents((turnover * COMMISSION + 50) / 100).json(),
            "all_time_earnings": Cents(earned).json(),
            "next_payout_in_days": days_to_payout(now),
        })
    }
}

/// The first of the next month in Sofia.
fn next_payout(after: Timestamp) -> Timestamp {
    let day = stamp::in_sofia(after);
    let next = day.first_of_month().and_then(|first| first.checked_add(1.month()));
    next.and_then(|first| first.start_of_day()).map_or(Timestamp::MAX, |first| first.timestamp())
}

/// Nights until then.
fn days_to_payout(now: Timestamp) -> i64 {
    let seconds = stamp::seconds_between(stamp::sofia_midnight(now), next_payout(now));
    (seconds / 86_400.0).round() as i64
}

impl Holdings {
    /// Pays out what was approved by each first of a month that has passed.
    pub fn settle_affiliate(&mut self, now: Timestamp) {
        loop {
            let Some(affiliate) = &mut self.affiliate else { return };
            let ready = |conversion: &Conversion| stamp::later_days(conversion.created_at, DAYS_PENDING);
            let open = |conversion: &&mut Conversion| !conversion.rejected && !conversion.paid_out;
            let earliest = affiliate.conversions.iter_mut().filter(open).map(|open| ready(open)).min();
            let Some(day) = earliest.map(next_payout).filter(|day| *day <= now) else { return };
            let mut sum = 0;
            for conversion in affiliate.conversions.iter_mut().filter(open) {
                if ready(conversion) <= day {
                    conversion.paid_out = true;
                    sum += conversion.commission().0;
                }
            }
            let id = take(&mut self.next.payout);
            affiliate.payouts.push(Payout { id, amount: Cents(sum), created_at: day });
            self.book(Movement::Correction, COMMISSION_OF, Cents(sum), None, day);
        }
    }
}
