//! `/orders`: the list of orders, newest first.

use futures::{FutureExt, future::BoxFuture};
use gateway::{Account, Error};
use leptos::prelude::*;
use vpsbg_api::{ListOrders, Order, OrderStatus};

use super::words;
use crate::{
    components::{
        badge::Badge,
        frame::Section,
        list::{
            Batches, Contents, Filter, List, ListColumn, ListPage, ListQuery, Listing, Search, Shown, all_of,
            of_pages, pages_of,
        },
        menu::MenuItem,
        notice::Empty,
        time::Day,
    },
    routes,
    words::{money::euro, or_dash, time},
};

/// Rows of a page for which all pages are gathered.
const MOST: u64 = 50;

/// The states.
const STATES: [(&str, &str); 5] = [
    ("", "All"),
    ("awaiting_payment", "Waiting for payment"),
    ("processing", "Payment on its way"),
    ("paid", "Paid"),
    ("cancelled", "Cancelled"),
];

/// The page.
#[component]
pub fn OrdersPage() -> impl IntoView {
    view! { <ListPage listing=Orders /> }
}

/// The list of orders.
pub struct Orders;

impl Listing for Orders {
    type Row = Order;
    const FILE_PAGE: Option<u64> = Some(MOST);

    fn list(_: &Account) -> BoxFuture<'_, List<Order>> {
        let list = List {
            name: "orders",
            path: routes::ORDERS,
            section: Section::Orders,
            title: "Orders",
            unit: "order",
            search: Some(Search::Ours("Number, kind or payment")),
            columns: columns(),
            filters: vec![Filter::chips("state", "State", &STATES)],
            sizes: &[20, 30, MOST],
            selection: None,
            menu: Some(|order| {
                let pay = order.can_pay().map(|()| routes::order_ask(order.id, "pay"));
                let drop = order.can_cancel().map(|()| routes::order_ask(order.id, "drop"));
                let items = vec![
                    MenuItem::new("Open", Ok(routes::order(order.id))),
                    MenuItem::new("Pay", pay.map_err(|reason| reason.to_string())),
                    MenuItem::new("Drop", drop.map_err(|reason| reason.to_string())),
                ];
                (format!("order {}", order.id), items)
            }),
            id_of_row: |order| format!("order-{}", order.id),
            check: |_| Ok(()),
        };
        async { list }.boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<Order>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<Order>> {
        of_pages(account, list, query, of_page(query, query.per_page), |order| order).boxed()
    }

    fn every(account: &Account, list: List<Order>, query: ListQuery) -> Batches<Order> {
        let of_page = of_page(&query, query.per_page.or(Self::FILE_PAGE));
        pages_of(account, list, query, of_page, |order| order)
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<Order>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<Order>, Error>> {
        all_of(account, list, query, of_page(query, Some(MOST)), |order| order).boxed()
    }

    fn about(_: &Account) -> Option<AnyView> {
        Some(
            view! {
                <p class="hint">
                    "An order whose answer was lost is looked for: " <a href=routes::PURCHASES>"purchases made here"</a> "."
                </p>
            }
            .into_any(),
        )
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No orders yet">
                <p>"Whatever is bought or renewed becomes an order."</p>
            </Empty>
        }
        .into_any()
    }
}

/// The call of the provider for a page. Its own default hides states, under a name that no order has (FACTS §5.12): all
/// are asked for, and that name with those that wait.
fn of_page(query: &ListQuery, per_page: Option<u64>) -> impl Fn(u64) -> ListOrders + Send + Sync + use<> {
    let status: Vec<OrderStatus> = match query.filter("state") {
        "" => words::all_states(),
        "awaiting_payment" => words::waiting_states().into(),
        word => vec![OrderStatus::from_word(word)],
    };
    move |page| ListOrders { page, per_page, status: status.clone() }
}

fn columns() -> Vec<ListColumn<Order>> {
    vec![
        ListColumn::<Order>::new(
            "number",
            "Order",
            |order| {
                view! { <a href=routes::order(order.id)><code>{order.id.to_string()}</code></a> }.into_any()
            },
            |order| order.id.to_string(),
        )
        .naming()
        .ordered(|one, other| one.id.cmp(&other.id)),
        ListColumn::<Order>::new(
            "state",
            "State",
            |order| {
                let (word, tone) = words::state(order.status.as_ref());
                view! { <Badge tone=tone word=word /> }.into_any()
            },
            |order| words::state(order.status.as_ref()).0,
        ),
        ListColumn::<Order>::new("kind", "For", |order| words::kind(order).into_any(), words::kind)
            .ordered(|one, other| words::kind(one).cmp(&words::kind(other))),
        ListColumn::<Order>::new(
            "created",
            "Made",
            |order| view! { <Day at=order.created_at.map(|at| at.0) /> }.into_any(),
            |order| moment(order.created_at),
        )
        .said_as(|order| day(order.created_at))
        .ordered(|one, other| one.created_at.cmp(&other.created_at)),
        ListColumn::<Order>::new(
            "due",
            "Due",
            |order| view! { <Day at=order.due_at.map(|at| at.0) /> }.into_any(),
            |order| moment(order.due_at),
        )
        .said_as(|order| day(order.due_at))
        .ordered(|one, other| one.due_at.cmp(&other.due_at)),
        ListColumn::<Order>::new(
            "net",
            "Without VAT",
            |order| euro(order.amount).into_any(),
            |order| amount(order.amount),
        )
        .numbers()
        .ordered(|one, other| one.amount.cmp(&other.amount)),
        ListColumn::<Order>::new(
            "gross",
            "With VAT",
            |order| euro(order.amount_with_vat).into_any(),
            |order| amount(order.amount_with_vat),
        )
        .numbers()
        .ordered(|one, other| one.amount_with_vat.cmp(&other.amount_with_vat)),
        ListColumn::<Order>::new(
            "balance",
            "From the balance",
            |order| euro(order.amount_from_balance).into_any(),
            |order| amount(order.amount_from_balance),
        )
        .numbers(),
        ListColumn::<Order>::new("method", "Payment", |order| method(order).into_any(), method),
        ListColumn::<Order>::new(
            "paid",
            "Paid on",
            |order| view! { <Day at=order.payment_date.map(|at| at.0) /> }.into_any(),
            |order| moment(order.payment_date),
        )
        .said_as(|order| day(order.payment_date))
        .on_demand(),
    ]
}

fn method(order: &Order) -> String {
    or_dash(order.payment_method.as_ref().map(words::method))
}

fn amount(amount: Option<vpsbg_api::Money>) -> String {
    amount.map(|amount| amount.0.to_string()).unwrap_or_default()
}

fn moment(at: Option<vpsbg_api::Timestamp>) -> String {
    at.map(|at| time::for_files(at.0)).unwrap_or_default()
}

fn day(at: Option<vpsbg_api::Timestamp>) -> String {
    at.map(|at| time::day(at.0)).unwrap_or_default()
}
