//! What this tab opened last. Kept in the tab's own storage, never sent anywhere, for one account only: another one
//! that signs in here finds nothing, and nothing outlives the sign-out.

use js_sys::{Array, JSON, JsString, Object, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{Element, Storage};

use crate::{
    page::elements,
    palette::{make, text},
};

/// Where it is kept: a list of the account and then of the objects, the newest first.
const PLACE: &str = "recent";
/// How many are kept at most.
const MOST: u32 = 8;

/// Remembers the object that this page is about, if it is about one, and shows what is remembered where the page has
/// a place for it.
pub(crate) fn remember(palette: &Element) {
    let kept = kept(palette);
    if kept.length() == 0 {
        // Another account's, or nothing.
        forget();
    }
    if let Some(here) = palette.get_attribute("data-here") {
        let object = Object::new();
        for (name, from) in [("name", "data-name"), ("hint", "data-kind")] {
            let value = palette.get_attribute(from).unwrap_or_default();
            let _ = Reflect::set(&object, &name.into(), &value.into());
        }
        let _ = Reflect::set(&object, &"address".into(), &here.as_str().into());
        let account = palette.get_attribute("data-account").unwrap_or_default();
        let all = Array::of2(&account.into(), &object);
        for old in kept.iter().filter(|old| text(old, "address").as_ref() != Some(&here)) {
            if all.length() <= MOST {
                all.push(&old);
            }
        }
        if let (Some(storage), Ok(all)) = (storage(), JSON::stringify(&all)) {
            let _ = storage.set_item(PLACE, &String::from(all));
        }
    }
    for place in elements("[data-recent]") {
        let Ok(Some(rows)) = place.query_selector("ul") else { continue };
        for object in kept.iter() {
            let row = make("li", "", "", &rows);
            let link = make("a", "", &text(&object, "name").unwrap_or_default(), &row);
            let _ = link.set_attribute("href", &text(&object, "address").unwrap_or_default());
            let _ = row.append_with_str_1(" ");
            make("span", "hint", &text(&object, "hint").unwrap_or_default(), &row);
            let _ = place.remove_attribute("hidden");
        }
    }
}

/// Forgets everything: nobody is signed in here.
pub(crate) fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(PLACE);
    }
}

/// Those whose name has all words of what was typed, but not the one this page is about.
pub(crate) fn that_fit(palette: &Element, typed: &str) -> Array {
    // The browser's own, which spares each visitor the table of all letters.
    let small = |text: &str| String::from(JsString::from(text).to_lower_case());
    let (typed, here) = (small(typed), palette.get_attribute("data-here"));
    let fits = Array::new();
    for object in kept(palette).iter() {
        let name = small(&text(&object, "name").unwrap_or_default());
        if typed.split(' ').all(|word| name.contains(word)) && text(&object, "address") != here {
            fits.push(&object);
        }
    }
    fits
}

/// What is remembered for the account of this page: only what leads to a path of ours.
fn kept(palette: &Element) -> Array {
    let fits = Array::new();
    let kept = storage().and_then(|storage| storage.get_item(PLACE).ok().flatten());
    let kept = kept.and_then(|kept| JSON::parse(&kept).ok()?.dyn_into::<Array>().ok()).unwrap_or_default();
    let account = palette.get_attribute("data-account");
    if account.is_none() || kept.get(0).as_string() != account {
        return fits;
    }
    for object in kept.iter().skip(1) {
        let own = |address: String| {
            address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
        };
        if text(&object, "address").is_some_and(own) {
            fits.push(&object);
        }
    }
    fits
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
