//! A progress bar: how much of how much, or without an end while that is unknown.

use leptos::prelude::*;

/// Parts of a bar are thousandths, so that large numbers of bytes stay exact enough.
pub const WHOLE: u64 = 1000;

/// The thousandths of a part. None while the whole is unknown: a bar without an end.
pub fn thousandths(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (u128::from(part.min(whole)) * u128::from(WHOLE) / u128::from(whole)) as u64)
}

/// A bar with a name for those who cannot see it.
#[component]
pub fn Progress(
    /// Thousandths done; None: unknown.
    value: Option<u64>,
    /// What progresses.
    #[prop(into)]
    label: String,
    /// Key of the live value.
    #[prop(into)]
    live: String,
) -> impl IntoView {
    let value = value.map(|value| value.to_string());
    view! {
        <progress class="progress" max=WHOLE.to_string() value=value aria-label=label data-live=live></progress>
    }
}
