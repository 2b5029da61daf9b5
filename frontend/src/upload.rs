//! A form with a file (`form[data-upload]`): how far it is, and a way to cancel it. It is sent as it stands, and its
//! answer is a page, to which the browser goes; without scripts the browser does the same by itself.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlProgressElement,
    ProgressEvent, XmlHttpRequest,
};

use crate::page::{document, elements, listen, within};

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
    let shown = form.clone();
    listen(&upload, "progress", move |event: Event| {
        let Some(event) = event.dyn_ref::<ProgressEvent>().filter(|event| event.total() > 0.0) else {
            return;
        };
        let share = event.loaded() / event.total();
        if let Some(bar) = part(&shown, "progress").and_then(|bar| bar.dyn_into::<HtmlProgressElement>().ok())
        {
            bar.set_value(share * bar.max());
        }
        if let Some(words) = part(&shown, "[data-upload-share]") {
            words.set_text_content(Some(&((share * 100.0) as u8).to_string()));
        }
    });
    // All is sent: it can no longer be taken back.
    let shown = form.clone();
    listen(&upload, "load", move |_| {
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
