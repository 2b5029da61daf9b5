//! The one table: a caption for those who cannot see it, column heads, rows; it scrolls by itself on a phone.

use std::borrow::Cow;

use leptos::prelude::*;

use super::icon::{Icon, icon};

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its head.
    pub name: Cow<'static, str>,
    /// Numbers stand to the right.
    pub number: bool,
    /// If it can be sorted: where that leads, and the present order (`ascending`, `descending`).
    pub sort: Option<(String, Option<&'static str>)>,
    holds: Holds,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Words,
    Boxes,
    Menus,
}

impl Column {
    fn new(name: impl Into<Cow<'static, str>>, number: bool, holds: Holds) -> Self {
        Self { name: name.into(), number, sort: None, holds }
    }

    /// A column of text.
    pub fn text(name: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, false, Holds::Words)
    }

    /// A column of numbers.
    pub fn number(name: impl Into<Cow<'static, str>>) -> Self {
        Self::new(name, true, Holds::Words)
    }

    /// The column of the boxes by which rows are chosen. With scripts its head chooses all of them.
    pub fn for_boxes() -> Self {
        Self::new("Choose", false, Holds::Boxes)
    }

    /// The column of the rows' menus.
    pub fn for_menus() -> Self {
        Self::new("Actions", false, Holds::Menus)
    }

    /// The same, sortable.
    #[must_use]
    pub fn sorted_by(mut self, address: String, order: Option<&'static str>) -> Self {
        self.sort = Some((address, order));
        self
    }

    fn head(self) -> AnyView {
        let name = self.name;
        match self.holds {
            Holds::Boxes => {
                return view! {
                    <th scope="col" class="choose">
                        <span class="visually-hidden">{name}</span>
                        <input type="checkbox" data-choose-all="" aria-label="Choose all rows of this page" hidden />
                    </th>
                }
                .into_any();
            }
            Holds::Menus => {
                return view! { <th scope="col" class="more"><span class="visually-hidden">{name}</span></th> }
                    .into_any();
            }
            Holds::Words => {}
        }
        let order = self.sort.as_ref().and_then(|(_, order)| *order);
        let head = match self.sort {
            Some((address, order)) => {
                let mark = match order {
                    Some("ascending") => Icon::Ascending,
                    Some(_) => Icon::Descending,
                    None => Icon::Sortable,
                };
                view! { <a class="sort" href=address data-order=order>{name} {icon(mark)}</a> }.into_any()
            }
            None => name.into_any(),
        };
        view! { <th scope="col" class:number=self.number aria-sort=order>{head}</th> }.into_any()
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
    /// Narrow rows.
    #[prop(optional)]
    compact: bool,
    children: Children,
) -> impl IntoView {
    let head = columns.into_iter().map(Column::head).collect_view();
    // The section around it may have the same name: landmarks are told apart by theirs.
    let label = format!("{caption}, table");
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=label>
            <table class="table" data-compact=compact.then_some("")>
                <caption class="visually-hidden">{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
