//! Prepaid funds: read, topped up, and how they moved.

use super::fields::Fields;
use super::{envelope, orders};
use crate::door::call::Call;
use crate::reply::{Answer, Reply};
use crate::things::deliver::Delivery;
use crate::things::funds::Transaction;
use crate::things::money::Cents;
use crate::things::order::{Item, Kind, Method, OrderDraft, Paying};
use crate::world::World;
use serde_json::Value;

/// Largest top-up, EUR with VAT (design).
const MOST: f64 = 100_000.0;

/// `getBalance`
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    let expenses = world.holdings.expected_expenses(call.now);
    Ok(Reply::json(world.holdings.funds.json(expenses, &world.holdings.orders)))
}

/// `depositFunds`: the amount is what is paid, with VAT; the balance gets it without (FACTS §1, Money).
pub(crate) fn deposit(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let amount = amount(&mut fields);
    fields.required("payment_method");
    let words = [Method::Card, Method::Bank, Method::Bitcoin, Method::Lightning].map(Method::word);
    let method = fields.word("payment_method", &words).and_then(Method::named);
    fields.finish()?;
    let (Some(amount), Some(method)) = (amount, method) else { return Err(crate::reply::Refusal::NotFound) };
    let draft = OrderDraft::new(Kind::Deposit, vec![Item::deposit(amount)], Delivery::Deposit)
        .paid(Paying::By(method));
    let id = world.holdings.place(draft, call.now, &world.faults);
    orders::placed(world, id)
}

/// An amount of money: a number, or a text that is one, with at most two decimals.
fn amount(fields: &mut Fields<'_>) -> Option<Cents> {
    let value = fields.required("amount")?;
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let sentence = match number.filter(|number| number.is_finite()) {
        None => "The amount field must be a number.",
        Some(number) if number <= 0.0 => "The amount field must be greater than 0.",
        Some(number) if number > MOST => "The amount field must not be greater than 100000.",
        Some(number) => {
            let cents = (number * 100.0).round();
            if (cents - number * 100.0).abs() < 1e-6 {
                return Some(Cents(cents as i64));
            }
            "The amount field must have 0-2 decimal places."
        }
    };
    fields.complaints.add("amount", sentence);
    None
}

/// `listBalanceTransactions`: newest first.
pub(crate) fn transactions(world: &mut World, call: &Call) -> Answer {
    let mut rows: Vec<&Transaction> = world.holdings.funds.transactions.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    envelope::page(call, &rows, |row| row.json())
}
