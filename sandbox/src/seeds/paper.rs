//! Orders, invoices and the balance of a seed, as one story: about two invoices a month, most of them paid;
//! at the end what is still open. Counts of invoices are those of `sandbox/README.md`.

use super::Seed;
use super::ledger::Ledger;
use super::pending::{open, order, renewal};
use crate::things::affiliate::Payout;
use crate::things::catalogue::Plan;
use crate::things::funds::Funds;
use crate::things::holdings::{NextIds, take};
use crate::things::invoice::Invoice;
use crate::things::money::Cents;
use crate::things::order::promo::PROMOS;
use crate::things::order::{Item, Kind, Method, Order, Service, Standing};
use crate::things::server::{Billing, Server};
use crate::things::support::{LEVEL, PRICE};
use crate::{noise, stamp};
use jiff::Timestamp;

/// Days between invoices.
const RHYTHM: i64 = 16;
/// Top-ups with VAT.
const DEPOSITS: [i64; 4] = [5000, 10_000, 20_000, 30_000];

/// What was bought and what it cost.
#[derive(Debug)]
pub(super) struct Paper {
    pub orders: Vec<Order>,
    pub invoices: Vec<Invoice>,
    pub funds: Funds,
}

pub(super) fn plant(
    seed: Seed,
    next: &mut NextIds,
    servers: &[Server],
    payouts: &[Payout],
    now: Timestamp,
) -> Paper {
    let (count, balance) = match seed {
        Seed::Empty => (0, 0),
        Seed::Small => (3, 14_250),
        Seed::Typical | Seed::Fifty => (45, 21_417),
        Seed::Large => (400, 21_417),
    };
    let open = open(seed, servers, now);
    let past = count - i64::try_from(open.len()).unwrap_or(0).min(count);
    let mut story =
        Story { next, servers, orders: Vec::new(), invoices: Vec::new(), ledger: Ledger::default() };
    for left in (0..past).rev() {
        story.paid(left, now);
    }
    for draft in open {
        story.open(draft);
    }
    let Story { next, orders, invoices, ledger, .. } = story;
    let mut ledger = ledger;
    for payout in payouts {
        ledger.commission(payout.amount, payout.created_at);
    }
    let funds = ledger.close(Cents(balance), count > 0, next, now);
    Paper { orders, invoices, funds }
}

/// The story while it is written.
struct Story<'world> {
    next: &'world mut NextIds,
    servers: &'world [Server],
    orders: Vec<Order>,
    invoices: Vec<Invoice>,
    ledger: Ledger,
}

impl Story<'_> {
    fn open(&mut self, mut order: Order) {
        order.id = take(&mut self.next.order);
        self.invoice(&[order.id], order.total(), order.total_with_vat(), order.created_at, false);
        self.orders.push(order);
    }

    /// One invoice of the past with its orders; `left` counts down to the newest one.
    fn paid(&mut self, left: i64, now: Timestamp) {
        let turn = left.unsigned_abs();
        // Accounting dates are midnights in Sofia.
        let day = stamp::sofia_midnight(stamp::later_days(now, -left * RHYTHM - 17));
        let at = stamp::later(day, 28_800 + noise::below(36_000, turn, 31));
        if turn.is_multiple_of(4) {
            let gross = if left == 0 { 10_000 } else { DEPOSITS[(noise::mix(turn, 32) % 4) as usize] };
            let mut top_up = order(Kind::Deposit, vec![Item::deposit(Cents(gross))], at);
            top_up.id = take(&mut self.next.order);
            top_up.method = [Method::Card, Method::Bitcoin, Method::Bank][(turn as usize / 4) % 3];
            top_up.standing = Standing::Paid { at };
            self.ledger.deposit(&top_up, at);
            self.invoice(&[top_up.id], top_up.total(), top_up.total_with_vat(), day, true);
            self.orders.push(top_up);
            return;
        }
        if turn % 20 == 7 {
            self.cancelled(turn, day);
        }
        if turn % 20 == 10 {
            self.ledger.refund(Cents(500), at);
        }
        let count = 1 + noise::mix(turn, 21) % 3;
        let mut ids = Vec::new();
        let (mut total, mut with_vat) = (0, 0);
        for nth in 0..count {
            let paid = self.bought(turn * 4 + nth, stamp::later_days(day, -5), at);
            total += paid.total().0;
            with_vat += paid.total_with_vat().0;
            ids.push(paid.id);
            self.orders.push(paid);
        }
        self.invoice(&ids, Cents(total), Cents(with_vat), day, true);
    }

    /// One of the servers that were there already; none if the dice find none.
    fn customer_of(&self, dice: u64, then: Timestamp) -> Option<&Server> {
        let count = self.servers.len().max(1) as u64;
        let picks = (0..12).filter_map(|nth| self.servers.get((noise::mix(dice, 50 + nth) % count) as usize));
        picks.into_iter().find(|server| server.created_at < then && server.billing == Billing::Paid)
    }

    /// Something that was bought or prolonged, paid by the balance if it reached.
    fn bought(&mut self, dice: u64, created_at: Timestamp, at: Timestamp) -> Order {
        let roll = |question: u64| noise::mix(dice, question);
        let server = self.customer_of(dice, created_at);
        let months = [1, 1, 1, 3, 6][(roll(23) % 5) as usize];
        let (kind, items) = match (roll(24) % 10, server) {
            (0, Some(server)) => {
                let label = format!("backups, {}", server.hostname);
                (Kind::NewAddon, vec![Item::once(Service::Server(server.id), &label, Cents(500), 1)])
            }
            (1, Some(server)) => {
                let cost = Cents(700 + (roll(25) % 900).cast_signed());
                (Kind::ScaleService, vec![Item::once(Service::Server(server.id), &server.hostname, cost, 1)])
            }
            (2, _) => {
                let item = Item::period(Service::None, "floating-ipv4", Cents(250), months);
                (Kind::NewFloatingIp, vec![item])
            }
            (3, _) | (_, None) => {
                let plan = Plan::named("cloud-vps-2gb");
                (Kind::NewService, vec![Item::period(Service::None, plan.key, plan.price, 1)])
            }
            (4, Some(server)) => {
                let level = Item::period(Service::Support, LEVEL, PRICE, months);
                (Kind::Combined, vec![renewal(server, months), level])
            }
            (_, Some(server)) => (Kind::RenewService, vec![renewal(server, months)]),
        };
        let mut paid = order(kind, items, created_at);
        paid.id = take(&mut self.next.order);
        paid.promo = PROMOS.iter().rfind(|promo| months >= promo.minimum && roll(26).is_multiple_of(4));
        paid.promo = paid.promo.filter(|_| kind.takes_promo());
        paid.standing = Standing::Paid { at };
        if self.ledger.reaches(paid.total()) {
            (paid.method, paid.from_balance) = (Method::Balance, paid.total());
        } else if roll(27).is_multiple_of(5) && self.ledger.reaches(Cents(1000)) {
            paid.from_balance = Cents(1000.min(paid.total().0));
        } else if roll(27) % 5 == 1 {
            paid.method = Method::Lightning;
        }
        if paid.from_balance.0 > 0 {
            self.ledger.payment(&paid, at);
        }
        paid
    }

    /// An order nobody paid; its proforma is gone.
    fn cancelled(&mut self, turn: u64, day: Timestamp) {
        let plan = Plan::named("cloud-vps-4gb");
        let item = Item::period(Service::None, &format!("staging-{turn}"), plan.price, 1);
        let mut gone = order(Kind::NewService, vec![item], stamp::later_days(day, -7));
        gone.id = take(&mut self.next.order);
        gone.standing = Standing::Cancelled;
        self.orders.push(gone);
    }

    fn invoice(&mut self, ids: &[i64], amount: Cents, with_vat: Cents, created_at: Timestamp, paid: bool) {
        let place = i64::try_from(self.invoices.len()).unwrap_or(0);
        self.invoices.push(Invoice {
            id: take(&mut self.next.invoice),
            number: format!("{:010}", 8214 + place),
            created_at,
            amount,
            amount_with_vat: with_vat,
            paid,
            order_ids: ids.to_vec(),
        });
    }
}
