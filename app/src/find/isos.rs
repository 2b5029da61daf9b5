//! ISOs, by name and id, in the list that their pages read too.

use gateway::{Account, Error, IsoProgress};

use super::{
    kinds::{Found, Item, said},
    matching::Sought,
};
use crate::{
    components::progress::HowFar,
    isos::{how_far, name},
    routes,
};

/// Looks for ISOs.
pub async fn look(account: &Account, sought: &Sought) -> Result<Found, Error> {
    let all = account.isos().await?;
    let seen = &all.value;
    let fitting = sought.best(&seen.isos, |progress| vec![name(progress), progress.iso.id.to_string()]);
    let items = fitting.into_iter().map(item).collect();
    let searched = said(seen.isos.len() as u64, seen.broken, !seen.more, "first", "ISO");
    Ok(Found { items, searched, more: None, reading: all.with(()) })
}

fn item(progress: &IsoProgress) -> Item {
    let HowFar { state, done, .. } = how_far(progress);
    let words: Vec<String> = state.map(|(_, word)| word).into_iter().chain(done).collect();
    Item::new(name(progress), words.join(" · "), routes::iso(progress.iso.id))
}
