//! Money as sent: `€12.34`. Never recomputed.

use vpsbg_api::Money;

/// An amount in EUR, with at least two decimals and the digits that were sent.
pub fn euro(amount: Option<Money>) -> String {
    amount.map_or_else(|| super::NOTHING.to_owned(), |amount| in_currency(amount, "EUR"))
}

/// An amount in the currency that the provider names.
pub fn in_currency(amount: Money, currency: &str) -> String {
    let mut number = amount.0;
    if number.scale() < 2 {
        number.rescale(2);
    }
    let (sign, number) = if number.is_sign_negative() { ("−", -number) } else { ("", number) };
    match currency {
        "EUR" => format!("{sign}€{number}"),
        other => format!("{sign}{number} {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_digits() {
        for (sent, shown) in [("12.34", "€12.34"), ("39", "€39.00"), ("0.5", "€0.50"), ("-9.175", "−€9.175")]
        {
            assert_eq!(euro(Some(Money(sent.parse().unwrap()))), shown);
        }
        assert_eq!(in_currency(Money("1".parse().unwrap()), "USD"), "1.00 USD");
        assert_eq!(euro(None), "–");
    }
}
