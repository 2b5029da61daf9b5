//! Menus of what may be done: the browser opens and closes them by itself, also where no scripts run.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// Something that may be done with an object.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// A verb.
    pub name: &'static str,
    /// Where it is done or asked for; or why it cannot be done.
    pub to: Result<String, String>,
}

/// The name of a row, for the button of its menu, and what the menu holds.
pub type RowMenu = (String, Vec<MenuItem>);

impl MenuItem {
    /// Where it is done, or why it cannot be.
    pub fn new(name: &'static str, to: Result<String, String>) -> Self {
        Self { name, to }
    }
}

/// The menu of a row.
pub fn menu_of_row(id: &str, name: &str, items: Vec<MenuItem>) -> AnyView {
    let id = format!("menu-{id}");
    let opens = id.clone();
    view! {
        <button type="button" class="more-button" popovertarget=opens aria-label=format!("Actions for {name}")>
            {icon(Icon::More)}
        </button>
        {menu(id, name, items)}
    }
    .into_any()
}

/// The menu of a page, beside its buttons: what is not done every day.
pub fn menu_of_page(name: &str, items: Vec<MenuItem>) -> AnyView {
    view! {
        <button type="button" class="button" popovertarget="menu-page" aria-label=format!("More actions for {name}")>
            "More" {icon(Icon::Down)}
        </button>
        {menu("menu-page".to_owned(), name, items)}
    }
    .into_any()
}

fn menu(id: String, title: &str, items: Vec<MenuItem>) -> AnyView {
    let items = items
        .into_iter()
        .map(|MenuItem { name, to }| match to {
            Ok(to) => view! { <li><a href=to>{name}</a></li> }.into_any(),
            Err(why) => view! {
                <li><span aria-disabled="true">{name}</span><p class="hint">{why}</p></li>
            }
            .into_any(),
        })
        .collect_view();
    view! {
        <div class="row-menu" id=id popover="auto">
            <p class="menu-title">{title.to_owned()}</p>
            <ul class="menu-list">{items}</ul>
        </div>
    }
    .into_any()
}
