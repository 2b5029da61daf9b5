//! Icons: Lucide's, as one sprite that holds only those used here (`public/icons.svg`, written by
//! `node scripts/icons.mjs` from the list below). They are for the eye alone: what an icon says, words say as well.

use leptos::prelude::*;

use crate::routes;

/// The sprite as it is delivered beside this program.
const SPRITE: &str = include_str!("../../../public/icons.svg");

/// An icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// The overview.
    Overview,
    /// Servers.
    Server,
    /// Plans.
    Scale,
    /// What can be installed.
    Layers,
    /// ISOs.
    Disc,
    /// Images for measured boot.
    Chip,
    /// Orders.
    Cart,
    /// Purchases in the journal.
    Journal,
    /// Invoices.
    Receipt,
    /// Tickets.
    Ticket,
    /// Who changed what.
    History,
    /// One action on many objects.
    Jobs,
    /// How things fare.
    Pulse,
    /// What may be done with one of many.
    More,
    /// Copies.
    Copy,
    /// Somebody's account.
    Person,
    /// Leaves.
    SignOut,
    /// Opens a list of places.
    Menu,
    /// Closes.
    Close,
    /// Opens below.
    Down,
    /// The page before.
    Previous,
    /// The next page.
    Next,
    /// Sorted upwards.
    Ascending,
    /// Sorted downwards.
    Descending,
    /// Can be sorted.
    Sortable,
    /// Good to know.
    Info,
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Wrong.
    Bad,
}

impl Icon {
    /// All of them, with Lucide's name. The script reads this list.
    const ALL: [(Self, &'static str); 29] = [
        (Self::Overview, "layout-dashboard"),
        (Self::Server, "server"),
        (Self::Scale, "scale"),
        (Self::Layers, "layers"),
        (Self::Disc, "disc"),
        (Self::Chip, "cpu"),
        (Self::Cart, "shopping-cart"),
        (Self::Journal, "book-open"),
        (Self::Receipt, "file-text"),
        (Self::Ticket, "life-buoy"),
        (Self::History, "history"),
        (Self::Jobs, "list-checks"),
        (Self::Pulse, "activity"),
        (Self::More, "ellipsis"),
        (Self::Copy, "copy"),
        (Self::Person, "circle-user"),
        (Self::SignOut, "log-out"),
        (Self::Menu, "menu"),
        (Self::Close, "x"),
        (Self::Down, "chevron-down"),
        (Self::Previous, "chevron-left"),
        (Self::Next, "chevron-right"),
        (Self::Ascending, "arrow-up"),
        (Self::Descending, "arrow-down"),
        (Self::Sortable, "chevrons-up-down"),
        (Self::Info, "info"),
        (Self::Good, "circle-check"),
        (Self::Warning, "triangle-alert"),
        (Self::Bad, "circle-x"),
    ];

    /// Its name in the sprite.
    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(icon, _)| *icon == self).map_or("", |(_, name)| name)
    }
}

/// Draws an icon in the colour of the text.
pub fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" width="16" height="16" aria-hidden="true">
            <use href=routes::icon(icon.name(), version())></use>
        </svg>
    }
    .into_any()
}

/// What the sprite is known by in addresses: browsers keep it for ever, and another sprite has another address.
fn version() -> u32 {
    const VERSION: u32 = fingerprint(SPRITE.as_bytes());
    VERSION
}

/// FNV-1a: short, and done while compiling.
const fn fingerprint(bytes: &[u8]) -> u32 {
    let (mut print, mut place) = (0x811c_9dc5_u32, 0);
    while place < bytes.len() {
        print = (print ^ bytes[place] as u32).wrapping_mul(0x0100_0193);
        place += 1;
    }
    print
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_sprite_holds_what_is_used_and_nothing_else() {
        let held: BTreeSet<&str> =
            SPRITE.split("<symbol id=\"").skip(1).filter_map(|symbol| symbol.split('"').next()).collect();
        let used: BTreeSet<&str> = Icon::ALL.iter().map(|(_, name)| *name).collect();
        assert_eq!(held, used, "run node scripts/icons.mjs");
        assert_eq!(used.len(), Icon::ALL.len(), "each once");
    }

    #[test]
    fn another_sprite_has_another_address() {
        assert_eq!(fingerprint(b""), 0x811c_9dc5);
        assert_eq!(fingerprint(b"a"), 0xe40c_292c);
        assert_ne!(version(), fingerprint(b""));
    }
}
