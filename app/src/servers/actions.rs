//! Everything that can be done to a server in a dialog, in the order of the menu: one table for the page, the palette
//! and the way back of a refused form.

mod add_on;
mod boot;
mod cancel;
mod cancel_add_on;
mod cancel_add_on_now;
mod isos;
mod keep_add_on;
mod password;
mod primary_ip;
mod reinstall;
mod rename;
mod rescue;
mod restore;
mod ssh_keys;

pub use boot::{BootDisk, BootImage};
pub use cancel::{Cancel, CancelNow, UndoCancel};
pub use cancel_add_on::CancelAddOn;
pub use cancel_add_on_now::CancelAddOnNow;
pub use isos::{SetIsos, mount};
pub use keep_add_on::KeepAddOn;
#[cfg(test)]
pub use password::PASSWORD;
pub use password::SetPassword;
pub use primary_ip::{ADDRESS as PRIMARY_ADDRESS, MakePrimary};
pub use reinstall::Reinstall;
pub use rename::Rename;
pub use rescue::{RescueOff, RescueOn};
pub use restore::Restore;
pub use ssh_keys::SetSshKeys;

use super::action::Offer;

/// All of them.
pub const ACTIONS: &[Offer] = &[
    Offer::of::<Rename>(),
    Offer::of::<SetPassword>(),
    Offer::of::<SetSshKeys>(),
    Offer::of::<SetIsos>(),
    Offer::of::<RescueOn>(),
    Offer::of::<RescueOff>(),
    Offer::of::<BootImage>(),
    Offer::of::<BootDisk>(),
    Offer::of::<Reinstall>(),
    Offer::of::<Restore>(),
    Offer::of::<MakePrimary>(),
    Offer::of::<CancelAddOn>(),
    Offer::of::<CancelAddOnNow>(),
    Offer::of::<KeepAddOn>(),
    Offer::of::<Cancel>(),
    Offer::of::<CancelNow>(),
    Offer::of::<UndoCancel>(),
];

/// The action of a word.
pub fn of_word(word: &str) -> Option<&'static Offer> {
    ACTIONS.iter().find(|offer| offer.word == word)
}
