//! The one table: a caption for those who cannot see it, column heads, rows; it scrolls by itself on a phone.

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its head.
    pub name: &'static str,
    /// Numbers stand to the right.
    pub number: bool,
    /// If it can be sorted: where that leads, and the present order (`ascending`, `descending`).
    pub sort: Option<(String, Option<&'static str>)>,
}

impl Column {
    /// A column of text.
    pub fn text(name: &'static str) -> Self {
        Self { name, number: false, sort: None }
    }

    /// A column of numbers.
    pub fn number(name: &'static str) -> Self {
        Self { name, number: true, sort: None }
    }

    /// The same, sortable.
    #[must_use]
    pub fn sorted_by(mut self, address: String, order: Option<&'static str>) -> Self {
        self.sort = Some((address, order));
        self
    }
}

/// A table of rows.
#[component]
pub fn Table(
    /// What it lists.
    #[prop(into)]
    caption: String,
    /// Its columns.
    columns: Vec<Column>,
    children: Children,
) -> impl IntoView {
    let head = columns
        .into_iter()
        .map(|column| {
            let order = column.sort.as_ref().and_then(|(_, order)| *order);
            let name = match column.sort {
                Some((address, order)) => {
                    let mark = match order {
                        Some("ascending") => Icon::Ascending,
                        Some(_) => Icon::Descending,
                        None => Icon::Sortable,
                    };
                    view! { <a class="sort" href=address data-order=order>{column.name} {icon(mark)}</a> }
                        .into_any()
                }
                None => column.name.into_any(),
            };
            view! { <th scope="col" class:number=column.number aria-sort=order>{name}</th> }
        })
        .collect_view();
    let label = caption.clone();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=label>
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
