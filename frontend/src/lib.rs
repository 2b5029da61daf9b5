#![doc = include_str!("../README.md")]

#[cfg(feature = "hydrate")]
mod broken;
#[cfg(feature = "hydrate")]
mod chart;
#[cfg(feature = "hydrate")]
mod choose;
mod enhance;
#[cfg(feature = "hydrate")]
mod keys;
mod live;
#[cfg(feature = "hydrate")]
mod outdated;
#[cfg(feature = "hydrate")]
mod page;
#[cfg(feature = "hydrate")]
mod palette;
#[cfg(feature = "hydrate")]
mod recent;
#[cfg(feature = "hydrate")]
mod session;
#[cfg(feature = "hydrate")]
mod toast;
#[cfg(feature = "hydrate")]
mod upload;

pub use enhance::{Enhance, EnhanceProps};
pub use live::{Live, LiveProps};

/// Brings the islands of the page to life. Called once, when the WebAssembly has been loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    broken::watch();
    leptos::mount::hydrate_islands();
}
