//! Sizes that cannot be mixed up (FACTS §1, units).

use serde_json::Value;

use crate::{
    decode::{Decode, Misfit, Notes},
    model::Encode,
};

macro_rules! sizes {
    ($( $(#[$meta:meta])* $name:ident($inner:ty), )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(pub $inner);

        impl Decode for $name {
            fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
                <$inner>::decode(value, notes).map(Self)
            }
        }

        impl Encode for $name {
            fn encode(&self) -> Value {
                self.0.encode()
            }
        }
    )*};
}

sizes! {
    /// Bytes: ISO size and progress, attachments, boot images.
    Bytes(u64),
    /// Gigabytes as the provider counts them: plan memory and disk, used disk, traffic, snapshots, backups.
    Gigabytes(f64),
    /// Terabytes per month: plan bandwidth.
    Terabytes(f64),
    /// Megabytes a second: network and disk rates of metrics.
    MegabytesPerSecond(f64),
    /// Megabits a second: rates of attacks and of filtered traffic.
    MegabitsPerSecond(f64),
    /// Megabytes: totals of attacks.
    Megabytes(f64),
    /// Packets a second.
    PacketsPerSecond(f64),
    /// Packets: totals of attacks, which the provider calls `total_pps`.
    Packets(f64),
    /// VAT multiplier, not a percentage: 1.2 is twenty percent (FACTS §1, money).
    TaxRate(f64),
    /// Percent, with decimals: of the whole machine (processor), of a price (promo codes), of
    /// turnover (commission).
    Percent(f64),
}
