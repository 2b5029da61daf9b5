//! `/keys`: the keys, and the switch for who cannot use keys of a single letter (WCAG 2.1.4).

use leptos::prelude::*;

use crate::{
    components::{
        form::{Hidden, PlainForm},
        frame::{Frame, NAVIGATION, Section},
        palette::keys_of_palette,
        table::{Column, Table},
    },
    preferences::keys_are_on,
    routes,
};

/// Keys without a place of their own in the navigation: keys, what they do.
const KEYS: [(&[&str], &str); 7] = [
    (&["?"], "This list"),
    (&["/"], "To the search of a list"),
    (&["j"], "To the next row of a list"),
    (&["k"], "To the row before"),
    (&["Enter"], "Opens the row"),
    (&["x"], "Chooses the row, or no longer"),
    (&["Esc"], "Closes a menu, leaves a dialog"),
];

/// The page.
#[component]
pub fn KeysPage() -> impl IntoView {
    let on = keys_are_on();
    let places = NAVIGATION.iter().flat_map(|(_, places)| *places);
    let places = places.filter(|place| !place.keys.is_empty()).map(|place| {
        let keys: Vec<&str> = place.keys.split(' ').collect();
        row(&keys, format!("To {}", place.name))
    });
    // Two keys at once are no letter that somebody types: they work also where the others are off.
    let palette =
        row(&[keys_of_palette()], "Finds anything, and does what can be done on the page".to_owned());
    let others = KEYS.iter().map(|(keys, what)| row(keys, (*what).to_owned()));
    let rows: Vec<AnyView> = std::iter::once(palette).chain(others).chain(places).collect();
    let columns = vec![Column::text("Keys"), Column::text("What they do")];
    let (words, value, verb) = if on {
        ("Keys are on.", "off", "Turn keys off")
    } else {
        ("Keys are off in this browser.", "on", "Turn keys on")
    };
    view! {
        <Frame title="Keys" section=Section::Elsewhere>
            <p class="hint lead">
                "Nothing here needs a key: each leads where a link leads. They rest while you type and while a dialog \
                 asks. They need scripts."
            </p>
            <Table caption="Keys" columns=columns>{rows}</Table>
            <section aria-labelledby="switch-title">
                <h2 id="switch-title">"Off and on"</h2>
                <p class="lead">
                    {words} " Speech input and other tools that press keys may set them off by mistake. "
                    {keys_of_palette()} " stays on: it is no single letter."
                </p>
                <PlainForm action=routes::DO_KEYS>
                    <Hidden name="keys" value=value />
                    <button class="button" type="submit">{verb}</button>
                </PlainForm>
            </section>
        </Frame>
    }
}

/// Keys that are pressed one after the other, and what they do.
fn row(keys: &[&str], what: String) -> AnyView {
    let keys = keys
        .iter()
        .enumerate()
        .map(|(place, key)| view! { {(place > 0).then_some(" then ")} <kbd>{(*key).to_owned()}</kbd> })
        .collect_view();
    view! { <tr><th scope="row">{keys}</th><td class="wide">{what}</td></tr> }.into_any()
}
