//! `/plans`: what is for sale.

use std::cmp::Ordering;

use futures::{FutureExt, future::BoxFuture};
use gateway::{Account, Error};
use leptos::prelude::*;
use vpsbg_api::{ListPlans, Money, Plan};

use super::words::{disk, kind, memory, name, shortest, stock, traffic};
use crate::{
    components::{
        badge::Badge,
        frame::Section,
        list::{
            Batches, Contents, Filter, List, ListColumn, ListPage, ListQuery, Listing, Search, Shown, all_of,
            of_pages, pages_of,
        },
        menu::{MenuItem, RowMenu},
        notice::Empty,
    },
    routes,
    words::{money::euro, or_dash},
};

/// Which kinds are shown.
const KINDS: [(&str, &str); 3] = [("", "All"), ("cloud-vps", "Shared cores"), ("vds", "Dedicated cores")];
/// Whether one can be had.
const STOCK: [(&str, &str); 3] = [("", "All"), ("yes", "In stock"), ("no", "Out of stock")];

/// The page.
#[component]
pub fn PlansPage() -> impl IntoView {
    view! { <ListPage listing=Plans /> }
}

/// The list of plans.
pub struct Plans;

impl Listing for Plans {
    type Row = Plan;

    fn list(_: &Account) -> BoxFuture<'_, List<Plan>> {
        let list = List {
            name: "plans",
            path: routes::PLANS,
            section: Section::Plans,
            title: "Plans",
            unit: "plan",
            search: Some(Search::Ours("Name")),
            columns: columns(),
            filters: vec![
                Filter::<Plan>::chips("kind", "Kind", &KINDS)
                    .by(|plan, kind| plan.kind.as_deref() == Some(kind)),
                Filter::<Plan>::chips("stock", "Stock", &STOCK)
                    .by(|plan, word| plan.available == Some(word == "yes")),
            ],
            sizes: &[],
            selection: None,
            menu: Some(menu),
            id_of_row: |plan| {
                format!("plan-{}-{}", or_dash(plan.id), plan.key.as_deref().unwrap_or_default())
            },
            check: |_| Ok(()),
        };
        async { list }.boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<Plan>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<Plan>> {
        of_pages(account, list, query, |page| ListPlans { page }, |plan| plan).boxed()
    }

    fn every(account: &Account, list: List<Plan>, query: ListQuery) -> Batches<Plan> {
        pages_of(account, list, query, |page| ListPlans { page }, |plan| plan)
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<Plan>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<Plan>, Error>> {
        all_of(account, list, query, |page| ListPlans { page }, |plan| plan).boxed()
    }

    fn actions() -> Option<AnyView> {
        Some(
            view! {
                <a class="button" href=routes::COMPARE_PLANS>"Compare plans"</a>
                <a class="button" data-tone="accent" href=routes::NEW_SERVER>"New server"</a>
            }
            .into_any(),
        )
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No plans yet">
                <p>"The provider sells no servers at the moment."</p>
            </Empty>
        }
        .into_any()
    }
}

fn columns() -> Vec<ListColumn<Plan>> {
    vec![
        ListColumn::<Plan>::new("name", "Name", |plan| name(plan).into_any(), name)
            .naming()
            .ordered(|one, other| name(one).cmp(&name(other))),
        ListColumn::<Plan>::new("kind", "Kind", |plan| kind(plan).into_any(), kind),
        ListColumn::<Plan>::new(
            "cores",
            "Cores",
            |plan| or_dash(plan.vcpus).into_any(),
            |plan| plan.vcpus.map(|cores| cores.to_string()).unwrap_or_default(),
        )
        .numbers()
        .ordered(|one, other| one.vcpus.cmp(&other.vcpus)),
        ListColumn::<Plan>::new(
            "memory",
            "Memory",
            |plan| memory(plan).into_any(),
            |plan| plan.memory.map(|size| size.0.to_string()).unwrap_or_default(),
        )
        .numbers()
        .ordered(|one, other| sizes(one.memory, other.memory)),
        ListColumn::<Plan>::new(
            "disk",
            "Disk",
            |plan| disk(plan).into_any(),
            |plan| plan.disk.map(|size| size.0.to_string()).unwrap_or_default(),
        )
        .numbers()
        .ordered(|one, other| sizes(one.disk, other.disk)),
        ListColumn::<Plan>::new(
            "traffic",
            "Traffic a month",
            |plan| traffic(plan).into_any(),
            |plan| plan.bandwidth.map(|size| size.0.to_string()).unwrap_or_default(),
        )
        .numbers(),
        ListColumn::<Plan>::new(
            "price",
            "Monthly, without VAT",
            |plan| euro(plan.price).into_any(),
            |plan| amount(plan.price),
        )
        .numbers()
        .ordered(|one, other| one.price.cmp(&other.price)),
        ListColumn::<Plan>::new(
            "vat",
            "Monthly, with VAT",
            |plan| euro(plan.price_with_vat).into_any(),
            |plan| amount(plan.price_with_vat),
        )
        .numbers(),
        ListColumn::<Plan>::new("cycle", "At least", |plan| shortest(plan).into_any(), shortest).numbers(),
        ListColumn::<Plan>::new(
            "stock",
            "Stock",
            |plan| {
                let (word, tone) = stock(plan);
                view! { <Badge tone=tone word=word /> }.into_any()
            },
            |plan| stock(plan).0.to_owned(),
        ),
        ListColumn::<Plan>::new(
            "key",
            "Key",
            |plan| view! { <code>{or_dash(plan.key.clone())}</code> }.into_any(),
            |plan| plan.key.clone().unwrap_or_default(),
        )
        .on_demand(),
    ]
}

/// Sizes as sent; what was not told comes first.
fn sizes<T: PartialOrd>(one: Option<T>, other: Option<T>) -> Ordering {
    one.partial_cmp(&other).unwrap_or(Ordering::Equal)
}

fn amount(money: Option<Money>) -> String {
    money.map(|money| money.0.to_string()).unwrap_or_default()
}

fn menu(plan: &Plan) -> RowMenu {
    let key = plan.key.as_deref().ok_or_else(|| "The provider tells no key to order it by.".to_owned());
    let order = plan.can_order().map_err(|reason| reason.to_string()).and(key.clone());
    let items = vec![
        MenuItem::new(
            "Order a server with it",
            order.map(|key| routes::with_query(routes::NEW_SERVER, &[("plan", key)])),
        ),
        MenuItem::new("Compare with others", key.map(|key| routes::compare_plans(&[key]))),
    ];
    (name(plan), items)
}
