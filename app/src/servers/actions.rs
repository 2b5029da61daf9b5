//! Everything that can be done to a server in a dialog, in the order of the menu: one table for the page, the palette
//! and the way back of a refused form.

mod boot;
mod isos;
mod reinstall;
mod rename;
mod restore;

pub use boot::{BootDisk, BootImage};
pub use isos::{SetIsos, mount};
pub use reinstall::Reinstall;
pub use rename::Rename;
pub use restore::Restore;

use super::action::Offer;

/// All of them.
pub const ACTIONS: &[Offer] = &[
    Offer::of::<Rename>(),
    Offer::of::<SetIsos>(),
    Offer::of::<Restore>(),
    Offer::of::<Reinstall>(),
    Offer::of::<BootImage>(),
    Offer::of::<BootDisk>(),
];

/// The action of a word.
pub fn of_word(word: &str) -> Option<&'static Offer> {
    ACTIONS.iter().find(|offer| offer.word == word)
}
