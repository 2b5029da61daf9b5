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
    /// Gigabytes as the provider counts them: plan memory and disk, used disk, traffic.
    Gigabytes(f64),
    /// Terabytes per month: plan bandwidth.
    Terabytes(f64),
    /// Megabytes a second: network and disk rates of metrics.
    MegabytesPerSecond(f64),
    /// Percent of the whole machine, with decimals.
    Percent(f64),
}
