//! Orders: what is bought or prolonged, how it is paid, and what paying it brings (FACTS §2 and §3, Order).
//!
//! Every sale goes the same way. A handler checks the request, makes the things the customer will get
//! (servers as processing, add-ons and floating IPs as not yet active), and then places one order for them:
//!
//! ```text
//! let items = vec![Item::period(Service::Server(id), &hostname, plan.price, months)];
//! let draft = OrderDraft::new(Kind::NewService, items, Delivery::NewServers { ids: vec![id] })
//!     .with_promo(promo)               // Option<&'static Promo>, see order/promo.rs
//!     .paid(Paying::AtOnce);           // see Paying; Later unless said
//! let order = world.holdings.place(draft, call.now, &world.faults);
//! let shown = world.holdings.order(order)?.json(call.now);
//! ```
//!
//! [`place`](super::holdings::Holdings::place) makes the proforma invoice as well and may already have paid
//! the order and brought the goods when it returns. Whenever an order becomes paid (then, by `payOrders`, by
//! itself, or because a transfer arrived), `deliver::paid` is called once with its [`Delivery`]; when it is
//! deleted or overdue, `deliver::dropped` is. Each family does its part in `deliver/<family>.rs`.
//!
//! Amounts are cents without VAT. An order that costs nothing is paid when it is placed.
//!
//! | room | what it holds |
//! | --- | --- |
//! | `order/draft.rs` | what a handler wishes to sell |
//! | `order/item.rs` | a line of an order: a service, months, a price |
//! | `order/promo.rs` | promo codes and what they take off |
//! | `order/paying.rs` | placing, paying, cancelling, and what happens by itself |
//! | `order/method.rs` | how to pay, and what an open order tells about it |

pub(crate) mod draft;
pub(crate) mod item;
pub(crate) mod method;
pub(crate) mod paying;
pub(crate) mod promo;

pub(crate) use draft::{OrderDraft, Paying};
pub(crate) use item::{Item, Service};
pub(crate) use method::Method;
pub(crate) use promo::Promo;

use super::deliver::Delivery;
use super::money::Cents;
use crate::stamp;
use jiff::Timestamp;
use serde_json::{Value, json};

/// One purchase, renewal or top-up.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub id: i64,
    pub kind: Kind,
    pub items: Vec<Item>,
    pub promo: Option<&'static Promo>,
    /// As chosen or planned; final once it is paid.
    pub method: Method,
    pub standing: Standing,
    /// Tries to pay itself a day before it is due.
    pub auto_pay: bool,
    /// The part the balance pays: planned while it is open, taken once it is paid.
    pub from_balance: Cents,
    pub created_at: Timestamp,
    pub due_at: Timestamp,
    pub delivery: Delivery,
    /// It has tried to pay itself and could not.
    pub tried: bool,
}

/// What an order is about (the words of FACTS §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    NewService,
    RenewService,
    ScaleService,
    NewAddon,
    /// Renewals of different kinds of services together.
    Combined,
    Deposit,
    /// Written by the provider's people; only seeds make these.
    Custom,
    NewFloatingIp,
    ScaleAddon,
}

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// `checkout`: since when the customer is at the outside page of a card payment.
    AwaitingPayment {
        checkout: Option<Timestamp>,
    },
    /// A transfer is on its way.
    Processing {
        since: Timestamp,
    },
    Paid {
        at: Timestamp,
    },
    /// Deleted, or not paid in time.
    Cancelled,
}

impl Kind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::NewService => "new-service",
            Self::RenewService => "renew-service",
            Self::ScaleService => "scale-service",
            Self::NewAddon => "new-addon",
            Self::Combined => "combined",
            Self::Deposit => "deposit",
            Self::Custom => "custom",
            Self::NewFloatingIp => "new-floating-ip",
            Self::ScaleAddon => "scale-addon",
        }
    }

    /// Promo codes are for what is bought or prolonged by months (inferred).
    pub const fn takes_promo(self) -> bool {
        matches!(self, Self::NewService | Self::RenewService | Self::Combined)
    }
}

impl Order {
    pub const fn status(&self) -> &'static str {
        match self.standing {
            Standing::AwaitingPayment { .. } => "awaiting_payment",
            Standing::Processing { .. } => "processing",
            Standing::Paid { .. } => "paid",
            Standing::Cancelled => "cancelled",
        }
    }

    pub const fn is_open(&self) -> bool {
        matches!(self.standing, Standing::AwaitingPayment { .. })
    }

    pub const fn paid_at(&self) -> Option<Timestamp> {
        if let Standing::Paid { at } = self.standing { Some(at) } else { None }
    }

    /// The shortest period of its items, months.
    pub fn shortest(&self) -> u32 {
        self.items.iter().map(|item| item.months).min().unwrap_or(1)
    }

    /// What the promo code takes off.
    pub fn discount(&self) -> Cents {
        let sum = self.items.iter().map(|item| item.amount.0).sum();
        self.promo.map_or(Cents(0), |promo| promo.off(Cents(sum)))
    }

    /// Everything to be paid, from wherever, without VAT.
    pub fn total(&self) -> Cents {
        Cents(self.items.iter().map(|item| item.amount.0).sum::<i64>() - self.discount().0)
    }

    /// Everything to be paid, with VAT. A deposit is paid to the cent that was asked for.
    pub fn total_with_vat(&self) -> Cents {
        if self.kind == Kind::Deposit {
            return Cents(self.items.iter().map(|item| item.with_vat.0).sum());
        }
        self.total().with_vat()
    }

    /// What remains beside the balance's part: without and with VAT (FACTS §2, Order).
    pub fn remaining(&self) -> (Cents, Cents) {
        if self.from_balance.0 == 0 {
            return (self.total(), self.total_with_vat());
        }
        let rest = Cents(self.total().0 - self.from_balance.0);
        (rest, rest.with_vat())
    }

    /// What it was for, in the words of a statement.
    pub fn purpose(&self) -> String {
        let labels: Vec<&str> = self.items.iter().map(|item| item.label.as_str()).collect();
        let what = match self.kind {
            Kind::NewService => "New service",
            Kind::RenewService | Kind::Combined => "Renewal of",
            Kind::ScaleService => "Scaling of",
            Kind::NewAddon => "Add-on",
            Kind::ScaleAddon => "Scaling of add-on",
            Kind::NewFloatingIp => "Floating IP",
            Kind::Deposit | Kind::Custom => "Payment for",
        };
        format!("{what} {}", labels.join(", "))
    }

    /// `Order`.
    pub fn json(&self) -> Value {
        let (amount, amount_with_vat) = self.remaining();
        let promo = self.promo.map(|promo| {
            let off = self.discount();
            json!({
                "code": promo.code,
                "percentage": promo.percentage,
                "amount": off.json(),
                "amount_with_vat": off.with_vat().json(),
            })
        });
        json!({
            "id": self.id,
            "tax_rate": 1.2,
            "amount": amount.json(),
            "amount_with_vat": amount_with_vat.json(),
            "amount_from_balance": self.from_balance.json(),
            "payment_method": self.method.word(),
            "status": self.status(),
            "type": self.kind.word(),
            "auto_pay": self.auto_pay,
            "promo_applicable": self.is_open() && self.kind.takes_promo(),
            "created_at": stamp::iso(self.created_at),
            "due_at": stamp::iso(self.due_at),
            "payment_date": self.paid_at().map(stamp::iso),
            "promo": promo,
            "payment_information": method::information(self),
        })
    }

    /// `OrderDetail`: the order and the services it covers.
    pub fn detail(&self) -> Value {
        let mut order = self.json();
        order["services"] = self.items.iter().filter_map(Item::json).collect();
        order
    }
}
