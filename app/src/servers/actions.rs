//! Everything that can be done to a server in a dialog, in the order of the menu: one table for the page, the palette
//! and the way back of a refused form.

mod rename;

pub use rename::Rename;

use super::action::Offer;

/// All of them.
pub const ACTIONS: &[Offer] = &[Offer::of::<Rename>()];

/// The action of a word.
pub fn of_word(word: &str) -> Option<&'static Offer> {
    ACTIONS.iter().find(|offer| offer.word == word)
}
