//! How far something is: a bar, the state in a word, how much of how much, how fast, how long still. One struct says all
//! of it in finished words, to the page and to the live stream alike.

use leptos::prelude::*;

use super::badge::{Badge, Tone};
use crate::{live::Values, words::NOTHING};

/// Parts of a bar are thousandths, so that large numbers of bytes stay exact enough.
const WHOLE: u64 = 1000;

/// The thousandths of a part. None while the whole is unknown: a bar without an end.
pub fn thousandths(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (u128::from(part.min(whole)) * u128::from(WHOLE) / u128::from(whole)) as u64)
}

/// How far something is. What is not known of it at all is not said.
#[derive(Debug, Clone, Default)]
pub struct HowFar {
    /// What its live values are of: `iso-12`; empty: it has none.
    pub key: String,
    /// What progresses: the name of the bar.
    pub label: String,
    /// Thousandths done; None: nobody knows the whole.
    pub bar: Option<u64>,
    /// Where it stands, in a word, and what that means.
    pub state: Option<(Tone, String)>,
    /// How much of how much: `312.4 MB of 702.5 MB`.
    pub done: Option<String>,
    /// How fast it goes, if that is measured.
    pub pace: Option<Pace>,
}

/// How fast something goes, and how long still.
#[derive(Debug, Clone)]
pub struct Pace {
    /// `12.3 MB/s`.
    pub rate: String,
    /// `1 min 5 s`.
    pub left: String,
}

impl Default for Pace {
    /// Not known yet.
    fn default() -> Self {
        Self { rate: NOTHING.to_owned(), left: NOTHING.to_owned() }
    }
}

impl HowFar {
    /// The key of one part in live values.
    pub fn key(&self, part: &str) -> String {
        format!("{}-{part}", self.key)
    }

    /// All of it for the stream.
    pub fn live_values(&self, values: &mut Values) {
        if let Some((tone, word)) = &self.state {
            values.put(&self.key("state"), "data-tone", tone.name());
            values.text(&self.key("state.word"), word);
        }
        if let Some(bar) = self.bar {
            values.put(&self.key("bar"), "value", &bar.to_string());
        }
        if let Some(done) = &self.done {
            values.text(&self.key("done"), done);
        }
        if let Some(pace) = &self.pace {
            values.text(&self.key("rate"), &pace.rate);
            values.text(&self.key("left"), &pace.left);
        }
    }
}

/// The bar and its words. The bar has a name for those who cannot see it.
#[component]
pub fn Progress(
    /// How far it is.
    how_far: HowFar,
    /// It is what the page is about.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let value = how_far.bar.map(|value| value.to_string());
    let live = (!how_far.key.is_empty()).then(|| how_far.key("bar"));
    let words = words(&how_far);
    view! {
        <div class="bar" class:bar-large=large>
            <progress class="progress" max=WHOLE.to_string() value=value aria-label=how_far.label data-live=live></progress>
            {words}
        </div>
    }
}

/// A state and an amount need no name for the eye.
fn words(how_far: &HowFar) -> Option<AnyView> {
    let HowFar { state, done, pace, .. } = how_far;
    if state.is_none() && done.is_none() && pace.is_none() {
        return None;
    }
    let state = state.clone().map(|(tone, word)| {
        let badge = view! { <Badge tone=tone word=word live=how_far.key("state") /> };
        view! { <div><dt class="visually-hidden">"State"</dt><dd>{badge}</dd></div> }
    });
    let done = done.clone().map(|done| {
        let live = how_far.key("done");
        view! { <div><dt class="visually-hidden">"So far"</dt><dd class="number" data-live=live>{done}</dd></div> }
    });
    let pace = pace.clone().map(|Pace { rate, left }| {
        view! {
            <div><dt>"Rate"</dt><dd class="number" data-live=how_far.key("rate")>{rate}</dd></div>
            <div><dt>"Time left"</dt><dd class="number" data-live=how_far.key("left")>{left}</dd></div>
        }
    });
    Some(view! { <dl class="bar-words">{state} {done} {pace}</dl> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_the_stream_changes_is_on_the_page() {
        let how_far = HowFar {
            key: "iso-12".to_owned(),
            label: "Download of a.iso".to_owned(),
            bar: thousandths(1, 4),
            state: Some((Tone::Busy, "Downloading".to_owned())),
            done: Some("250.0 kB of 1.0 MB".to_owned()),
            pace: Some(Pace::default()),
        };
        let mut values = Values::default();
        how_far.live_values(&mut values);
        let html = Owner::new().with(|| view! { <Progress how_far=how_far /> }.to_html());
        let values = values.into_json();
        let values = values.as_array().unwrap();
        assert_eq!(values.len(), 6);
        for value in values {
            let key = value[0].as_str().unwrap();
            assert!(html.contains(&format!("data-live=\"{key}\"")), "{key} is not in {html}");
        }
        assert!(html.contains("value=\"250\""), "{html}");
    }

    #[test]
    fn a_bar_without_words_has_no_empty_list() {
        let how_far = HowFar { label: "Traffic".to_owned(), ..HowFar::default() };
        let html = Owner::new().with(|| view! { <Progress how_far=how_far large=true /> }.to_html());
        assert!(!html.contains("<dl") && !html.contains("value="), "{html}");
    }
}
