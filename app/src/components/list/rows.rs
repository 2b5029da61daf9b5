//! The rows of a list: cells by column, a box to choose the row by, a menu of what may be done with it.

use leptos::prelude::*;

use super::{List, ListColumn, ListQuery, Order};
use crate::components::{
    menu::menu_of_row,
    table::{Column, Table},
};

/// The table.
pub(super) fn table<R>(list: &List<R>, query: &ListQuery, fixed: bool, rows: &[R]) -> AnyView {
    let shown = query.shown(list);
    let heads = heads(list, query, fixed);
    let rows = rows.iter().map(|row| of_row(list, &shown, row)).collect_view();
    view! { <Table caption=list.title columns=heads compact=query.compact>{rows}</Table> }.into_any()
}

/// The heads of the columns.
pub(super) fn heads<R>(list: &List<R>, query: &ListQuery, fixed: bool) -> Vec<Column> {
    let boxes = list.selection.map(|_| Column::for_boxes());
    let menus = list.menu.map(|_| Column::for_menus());
    let shown = query.shown(list).into_iter().map(|column| head(column, query, fixed));
    boxes.into_iter().chain(shown).chain(menus).collect()
}

/// The shape of a row that is still coming.
pub(super) fn coming<R>(list: &List<R>, query: &ListQuery) -> AnyView {
    let boxes = list.selection.map(|_| view! { <td class="choose"></td> });
    let menu = list.menu.map(|_| view! { <td class="more"></td> });
    let cells = query.shown(list).into_iter().map(|_| view! { <td><span class="coming"></span></td> });
    view! { <tr>{boxes}{cells.collect_view()}{menu}</tr> }.into_any()
}

fn head<R>(column: &ListColumn<R>, query: &ListQuery, fixed: bool) -> Column {
    let head = if column.number { Column::number(column.head) } else { Column::text(column.head) };
    match column.order {
        None => head,
        // Over one page it would look as if it were the list.
        Some(Order::Ours(_)) if fixed => head,
        Some(_) => {
            let (address, order) = query.sorted_by(column.key);
            head.sorted_by(address, order)
        }
    }
}

fn of_row<R>(list: &List<R>, shown: &[&ListColumn<R>], row: &R) -> AnyView {
    let choose = list.selection.map(|selection| {
        let (id, name) = (selection.of)(row);
        view! {
            <td class="choose">
                <input type="checkbox" name="row" value=id.to_string() aria-label=format!("Choose {name}") />
            </td>
        }
    });
    let cells = shown
        .iter()
        .map(|column| {
            let (number, wide, wraps) = (column.number, column.wide, column.wraps);
            let cell = (column.cell)(row);
            if column.is_naming() {
                view! { <th scope="row" class:wide=wide>{cell}</th> }.into_any()
            } else {
                view! { <td class:number=number class:wide=wide class:wraps=wraps>{cell}</td> }.into_any()
            }
        })
        .collect_view();
    let menu = list.menu.map(|menu| {
        let (name, items) = menu(row);
        view! { <td class="more">{menu_of_row(&(list.id_of_row)(row), &name, items)}</td> }
    });
    view! { <tr>{choose}{cells}{menu}</tr> }.into_any()
}
