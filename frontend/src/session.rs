//! The end of the session, however it is noticed: by the stream, by a page that is fetched anew, by the palette.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::{
    outdated::typed_somewhere,
    page::{MODAL, document, elements},
};

static OVER: AtomicBool = AtomicBool::new(false);

/// Whether it was noticed: nothing more is asked for then.
pub(crate) fn is_over() -> bool {
    OVER.load(Ordering::Relaxed)
}

/// Nobody is signed in any more. The page itself leads to sign-in and back; but what somebody is typing stays: sent, it
/// is kept for after the sign-in; loaded anew, it would be gone.
pub(crate) fn over() {
    OVER.store(true, Ordering::Relaxed);
    if !typed_somewhere() {
        if let Some(location) = document().location() {
            let _ = location.reload();
        }
        return;
    }
    for notice in elements("[data-signed-out]") {
        // Nothing around a modal dialog can be seen or heard.
        if let Some(dialog) = elements(MODAL).first() {
            let _ = dialog.prepend_with_node_1(&notice);
        }
        let _ = notice.remove_attribute("hidden");
    }
}
