//! A form with a file (`form[data-upload]`): how far it is, and a way to cancel it. It is sent as it stands, and its
//! answer is a page, to which the browser goes; without scripts the browser does the same by itself. How far it is only
//! the browser knows: it writes the words of the progress that the server rendered (`app::components::progress`).

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlProgressElement,
    ProgressEvent, XmlHttpRequest,
};

use crate::page::{document, elements, listen, within};

/// What is said where nothing is known yet.
const NOTHING: &str = "–";
/// The pace is that of so many milliseconds.
const WINDOW: u64 = 30_000;
/// Two looks that are closer say nothing of it, in milliseconds.
const APART: u64 = 500;

/// The one upload of the page, while it goes on.
type Going = Rc<RefCell<Option<XmlHttpRequest>>>;

/// Listens for files that are chosen, forms that are sent, and who cancels.
pub(crate) fn start() {
    let going = Going::default();
    listen(&document(), "change", |event: Event| {
        let _ = too_large(&event);
    });
    let sent = Rc::clone(&going);
    listen(&document(), "submit", move |event: Event| {
        let Some(form) = within(&event, "form[data-upload]") else { return };
        event.prevent_default();
        if sent.borrow().is_none() {
            let _ = form.dyn_into::<HtmlFormElement>().ok().and_then(|form| send(&form, &sent));
        }
    });
    listen(&document(), "click", move |event: Event| {
        let Some(button) = within(&event, "[data-upload-cancel]") else { return };
        if let Some(request) = going.borrow_mut().take() {
            let _ = request.abort();
            if let Ok(Some(form)) = button.closest("form") {
                go(form.get_attribute("data-upload"));
            }
        }
    });
}

/// Says at its field that a file is too large, in the page's own words, before anything is sent.
fn too_large(event: &Event) -> Option<()> {
    let field = within(event, "input[data-largest]")?.dyn_into::<HtmlInputElement>().ok()?;
    let largest: f64 = field.get_attribute("data-largest")?.parse().ok()?;
    let size = field.files().and_then(|files| files.get(0)).map_or(0.0, |file| file.size());
    let words = if size > largest { field.get_attribute("data-too-large")? } else { String::new() };
    field.set_custom_validity(&words);
    (size > largest).then(|| field.report_validity());
    Some(())
}

fn send(form: &HtmlFormElement, going: &Going) -> Option<()> {
    let request = XmlHttpRequest::new().ok()?;
    // The address as it is written: a field may be called "action".
    request.open("POST", &form.get_attribute("action")?).ok()?;
    let fields = FormData::new_with_form(form).ok()?;
    let upload = request.upload().ok()?;
    let (shown, mut pace) = (form.clone(), Pace::default());
    listen(&upload, "progress", move |event: Event| {
        let _ = say(&shown, &event, &mut pace);
    });
    // All is sent: it can no longer be taken back.
    let shown = form.clone();
    listen(&upload, "load", move |_| {
        let all = part(&shown, "[data-upload-sent]");
        let word = all.and_then(|all| all.get_attribute("data-upload-sent"));
        write(&shown, "state.word", &word.unwrap_or_default());
        say_pace(&shown, None, 0, 0);
        show(&shown, "[data-upload-sent]", true);
        show(&shown, "[data-upload-cancel]", false);
    });
    let answered = request.clone();
    listen(&request, "load", move |_| go(Some(answered.response_url())));
    let (shown, over) = (form.clone(), Rc::clone(going));
    listen(&request, "error", move |_| {
        over.borrow_mut().take();
        show(&shown, "[data-upload-going]", false);
        show(&shown, "[data-upload-broken]", true);
    });
    show(form, "[data-upload-going]", true);
    for button in elements("form[data-upload] button[type=submit]") {
        let _ = button.set_attribute("disabled", "");
    }
    request.send_with_opt_form_data(Some(&fields)).ok()?;
    going.borrow_mut().replace(request);
    Some(())
}

/// Says how far it is.
fn say(form: &HtmlFormElement, event: &Event, pace: &mut Pace) -> Option<()> {
    let event = event.dyn_ref::<ProgressEvent>().filter(|event| event.total() >= 1.0)?;
    let bar: HtmlProgressElement = part(form, "progress")?.dyn_into().ok()?;
    bar.set_value(event.loaded() / event.total() * bar.max());
    let (sent, whole) = (event.loaded() as u64, event.total() as u64);
    let share = sent * 100 / whole;
    write(form, "done", &format!("{} of {}, {share} % sent", bytes(sent), bytes(whole)));
    let now = js_sys::Date::now() as u64;
    say_pace(form, pace.rate(now, sent), now / 1000, whole.saturating_sub(sent));
    Some(())
}

/// When how much was sent, in milliseconds and bytes, over the last half minute.
#[derive(Default)]
struct Pace(Vec<(u64, u64)>);

impl Pace {
    /// Bytes a second; None until there are two looks.
    fn rate(&mut self, now: u64, sent: u64) -> Option<u64> {
        self.0.push((now, sent));
        self.0.retain(|(at, _)| now.saturating_sub(*at) <= WINDOW);
        let (at, before) = *self.0.first()?;
        let passed = now.saturating_sub(at);
        (passed >= APART).then(|| sent.saturating_sub(before) * 1000 / passed)
    }
}

/// Says how fast it goes, and until when: what is left ticks by itself (`Enhance`). `now` is in seconds.
fn say_pace(form: &HtmlFormElement, rate: Option<u64>, now: u64, missing: u64) {
    let said = rate.map_or(NOTHING.to_owned(), |rate| format!("{}/s", bytes(rate)));
    write(form, "rate", &said);
    let Some(left) = word(form, "left") else { return };
    if let Some(rate) = rate.filter(|rate| *rate > 0) {
        let _ = left.set_attribute("data-until", &(now + missing.div_ceil(rate)).to_string());
    } else {
        let _ = left.remove_attribute("data-until");
        left.set_text_content(Some(NOTHING));
    }
}

/// The same words as the server's (`app::words::sizes`).
fn bytes(bytes: u64) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let tenths = |unit: u64| (bytes * 10 + unit / 2) / unit;
    let units = [(1000, "kB"), (1_000_000, "MB")];
    let fitting = units.into_iter().find(|(unit, _)| tenths(*unit) < 10_000);
    let (unit, name) = fitting.unwrap_or((1_000_000_000, "GB"));
    format!("{}.{} {name}", tenths(unit) / 10, tenths(unit) % 10)
}

/// One of the words of the progress.
fn word(form: &HtmlFormElement, name: &str) -> Option<Element> {
    part(form, &format!("[data-live=\"upload-{name}\"]"))
}

fn write(form: &HtmlFormElement, name: &str, text: &str) {
    if let Some(word) = word(form, name) {
        word.set_text_content(Some(text));
    }
}

fn part(form: &HtmlFormElement, selector: &str) -> Option<Element> {
    form.query_selector(selector).ok().flatten()
}

fn show(form: &HtmlFormElement, selector: &str, shown: bool) {
    if let Some(part) = part(form, selector).and_then(|part| part.dyn_into::<HtmlElement>().ok()) {
        part.set_hidden(!shown);
    }
}

fn go(address: Option<String>) {
    if let (Some(address), Some(location)) = (address, document().location()) {
        let _ = location.assign(&address);
    }
}
