//! What happens when our own code breaks in the browser: it rests from then on, and the page says so. Links and forms
//! are the browser's and go on.

use std::{
    panic::{PanicHookInfo, set_hook},
    sync::atomic::{AtomicBool, Ordering},
};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlDialogElement};

use crate::page::{MODAL, document, elements, listen};

static BROKEN: AtomicBool = AtomicBool::new(false);

/// Whether something broke in this page. Then nothing of ours may act any more: its state is not to be trusted.
pub(crate) fn is_broken() -> bool {
    BROKEN.load(Ordering::Relaxed)
}

/// Watches from here on. Whoever wants to see it breaks the page on purpose by the event `vitosha:panic`: who can
/// send it runs scripts here and could do worse.
pub(crate) fn watch() {
    set_hook(Box::new(say_so));
    listen(&document(), "vitosha:panic", |_: Event| panic!("somebody asked for it"));
}

/// Shows the bar that the server rendered hidden, and takes back what only scripts can do. The console is told where.
fn say_so(info: &PanicHookInfo<'_>) {
    if BROKEN.swap(true, Ordering::Relaxed) {
        return;
    }
    for bar in elements("[data-broken]") {
        let _ = bar.set_attribute("role", "alert");
        let _ = bar.remove_attribute("hidden");
    }
    // Nothing around a modal dialog can be reached or heard: it goes on as it came, as a part of the page.
    for dialog in elements(MODAL) {
        if let Ok(dialog) = dialog.dyn_into::<HtmlDialogElement>() {
            dialog.close();
            dialog.set_open(true);
        }
    }
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute("data-alive");
    }
    web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
}
