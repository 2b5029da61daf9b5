//! A state as a word with a shape: never colour alone.

use leptos::prelude::*;

/// What a state means to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Something goes on.
    Busy,
    /// Worth a look.
    Warning,
    /// Wrong.
    Bad,
    /// Neither.
    Quiet,
}

impl Tone {
    /// The name in styles and in live values.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Busy => "busy",
            Self::Warning => "warning",
            Self::Bad => "bad",
            Self::Quiet => "quiet",
        }
    }
}

/// A word with a shape. `live`: the key under which the stream changes word and tone.
#[component]
pub fn Badge(
    /// What it means.
    tone: Tone,
    /// The word.
    #[prop(into)]
    word: String,
    /// Key of the live value, if it is one.
    #[prop(optional, into)]
    live: Option<String>,
) -> impl IntoView {
    let text_key = live.as_ref().map(|key| format!("{key}.word"));
    view! {
        <span class="badge" data-tone=tone.name() data-live=live>
            <span class="badge-shape" aria-hidden="true"></span>
            <span data-live=text_key>{word}</span>
        </span>
    }
}
