//! News in passing, at the edge of the page: "Copied", "web-1 is running". Never the only place of an error, and
//! nothing is missing where no scripts run: then nothing is ever put here.

use leptos::prelude::*;

/// The place of the news, and their pattern. What is put here is read aloud when the reader pauses, goes by itself
/// after some seconds unless somebody points at it or has the focus in it, and can be closed.
#[component]
pub fn Toasts() -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-atomic="false" data-toasts=""></div>
        <template data-toast="">
            <div class="toast">
                <span class="badge-shape" aria-hidden="true"></span>
                <p></p>
                <button type="button" aria-label="Close" data-toast-close="">
                    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
                        <path d="m4 4 8 8m0-8-8 8" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" />
                    </svg>
                </button>
            </div>
        </template>
    }
}
