//! Everything that can be done to a server in a dialog, in the order of the menu: one table for the page, the palette
//! and the way back of a refused form.

mod add_on;
mod cancel_add_on;
mod cancel_add_on_now;
mod keep_add_on;
mod rename;

pub use cancel_add_on::CancelAddOn;
pub use cancel_add_on_now::CancelAddOnNow;
pub use keep_add_on::KeepAddOn;
pub use rename::Rename;

use super::action::Offer;

/// All of them.
pub const ACTIONS: &[Offer] = &[
    Offer::of::<Rename>(),
    Offer::of::<CancelAddOn>(),
    Offer::of::<CancelAddOnNow>(),
    Offer::of::<KeepAddOn>(),
];

/// The action of a word.
pub fn of_word(word: &str) -> Option<&'static Offer> {
    ACTIONS.iter().find(|offer| offer.word == word)
}
