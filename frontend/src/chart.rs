//! Reading a chart: a pointer, a finger or arrow keys choose a moment, and its line, dots and words appear in all charts
//! of the page that know this moment. What is shown was made by the server (`app::components::chart`); here is only
//! the finding and placing.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};

use crate::page::{document, elements, elements_of, listen};

/// What can be read.
const READER: &str = "[data-points]";
/// The whole of a drawing, in its own units.
const WHOLE: i64 = 1000;
/// A page of the keyboard is this part of the points.
const PAGE: i64 = 10;

/// Listens for all charts of the page, also for those that come later.
pub(crate) fn start() {
    listen(&document(), "pointermove", |event| {
        pointed(&event);
    });
    listen(&document(), "pointerdown", |event| {
        if !pointed(&event) {
            hide_all();
        }
    });
    listen(&document(), "pointerout", |event| left(&event));
    listen(&document(), "focusin", |event| {
        if let Some(chart) = chart_of(&event) {
            show_at(&chart, number(&chart, "aria-valuenow"));
        }
    });
    listen(&document(), "focusout", |event| {
        if chart_of(&event).is_some() {
            hide_all();
        }
    });
    listen(&document(), "keydown", |event| {
        if let (Some(chart), Some(key)) = (chart_of(&event), event.dyn_ref::<KeyboardEvent>())
            && pressed(&chart, key)
        {
            event.prevent_default();
        }
    });
}

fn chart_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(READER).ok()?
}

/// Shows what the pointer is at. False if it is at no chart.
fn pointed(event: &Event) -> bool {
    let (Some(chart), Some(pointer)) = (chart_of(event), event.dyn_ref::<PointerEvent>()) else {
        return false;
    };
    let place = chart.get_bounding_client_rect();
    let (from, seconds) = (number(&chart, "data-from"), number(&chart, "data-seconds"));
    let (right, width) = (i64::from(pointer.client_x()) - place.x() as i64, (place.width() as i64).max(1));
    show_moment(from + right * seconds / width, Some(&chart));
    true
}

/// The pointer is gone. A finger that is lifted leaves what it showed, and so does who reads by keys.
fn left(event: &Event) {
    let finger = event.dyn_ref::<PointerEvent>().is_some_and(|pointer| pointer.pointer_type() == "touch");
    let focused = document().active_element().is_some_and(|element| element.has_attribute("data-points"));
    if !finger && !focused && chart_of(event).is_some() {
        hide_all();
    }
}

/// Moves along the points. False if the key is none of ours.
fn pressed(chart: &Element, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return false;
    }
    let (now, last) = (number(chart, "aria-valuenow"), number(chart, "aria-valuemax"));
    let page = (last / PAGE).max(1);
    let next = match event.key().as_str() {
        "ArrowLeft" | "ArrowDown" => now - 1,
        "ArrowRight" | "ArrowUp" => now + 1,
        "PageDown" => now - page,
        "PageUp" => now + page,
        "Home" => 0,
        "End" => last,
        "Escape" => {
            hide_all();
            return true;
        }
        _ => return false,
    };
    show_at(chart, next.clamp(0, last));
    true
}

/// Shows a point of a chart, and what the others know of its moment.
fn show_at(chart: &Element, index: i64) {
    let points = chart.get_attribute("data-points").unwrap_or_default();
    if let Some(point) = points.split('|').nth(index as usize) {
        show_moment(number(chart, "data-from") + seconds_of(point), Some(chart));
    }
}

/// Shows a moment, in Unix seconds, wherever it is known; in `asked` in any case.
fn show_moment(moment: i64, asked: Option<&Element>) {
    for chart in elements(READER) {
        let at = moment - number(&chart, "data-from");
        if (0..=number(&chart, "data-seconds")).contains(&at) || asked == Some(&chart) {
            let points = chart.get_attribute("data-points").unwrap_or_default();
            let nearest =
                points.split('|').enumerate().min_by_key(|(_, point)| (seconds_of(point) - at).abs());
            if let Some((index, point)) = nearest {
                show(&chart, index, point);
            }
        } else {
            hide(&chart);
        }
    }
}

fn seconds_of(point: &str) -> i64 {
    point.split(',').next().and_then(|seconds| seconds.parse().ok()).unwrap_or_default()
}

/// Puts the words of a point into their places.
fn show(chart: &Element, index: usize, point: &str) {
    let mut parts = point.split(',').skip(1);
    let moment = parts.next().unwrap_or_default();
    let unit = chart.get_attribute("data-unit").unwrap_or_default();
    let x = seconds_of(point) * WHOLE / number(chart, "data-seconds").max(1);
    place(chart, "--x", &x.to_string());
    let _ = chart.set_attribute("data-shown", if x > WHOLE / 2 { "right" } else { "left" });
    let mut said = format!("{moment}: ");
    let (dots, words) = (elements_of(chart, ".chart-dot"), elements_of(chart, "strong"));
    for (index, (dot, word)) in dots.iter().zip(&words).enumerate() {
        let (y, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        place(dot, "--y", y);
        let _ = dot.toggle_attribute_with_force("hidden", y.is_empty());
        let value = if y.is_empty() { "–".to_owned() } else { value.to_owned() + &unit };
        if index > 0 {
            said += ", ";
        }
        said += &word.get_attribute("data-name").unwrap_or_default();
        said += " ";
        said += &value;
        word.set_text_content(Some(&value));
    }
    for head in elements_of(chart, "p") {
        head.set_text_content(Some(moment));
    }
    let _ = chart.set_attribute("aria-valuenow", &index.to_string());
    let _ = chart.set_attribute("aria-valuetext", &said);
}

fn hide_all() {
    elements(READER).iter().for_each(hide);
}

fn hide(chart: &Element) {
    let _ = chart.remove_attribute("data-shown");
}

/// By a property of the element's style, which the style sheet uses: what a page may not say in HTML, a script may.
fn place(element: &Element, name: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property(name, value);
    }
}

fn number(element: &Element, name: &str) -> i64 {
    element.get_attribute(name).and_then(|text| text.parse().ok()).unwrap_or_default()
}
