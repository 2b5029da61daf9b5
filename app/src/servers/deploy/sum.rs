//! The end of the page: what was filled in will cost about this much, and the form that orders it.

use gateway::{Account, Draft};
use leptos::prelude::*;
use vpsbg_api::{Money, Price, Secret};

use super::{
    estimate::{Estimate, Line},
    fields::{FIELDS, PASSWORD, said},
    wish::Wish,
};
use crate::{
    components::{
        curl::Curl,
        form::{Field, Hidden, summary},
        table::{Column, Table},
    },
    forms::Typed,
    plans::months,
    routes,
    servers::add_ons::in_words,
    spending::SpendForm,
    words::{NOTHING, count, money::euro},
};

/// The field that carries what the shown sum leaves out, a line for each part.
pub const MISSING: &str = "missing";

/// The sum, and the order.
pub fn order(
    account: &Account,
    wish: &Wish,
    estimate: &Estimate,
    balance: Option<Money>,
    typed: &Typed,
    draft: Draft,
) -> AnyView {
    let servers = count(wish.order.hostnames.len() as u64, "server");
    let plan = wish.plan.as_ref().map_or_else(|| wish.order.plan.clone(), crate::plans::name);
    let consequence = format!(
        "{servers} will be ordered: {}. Plan: {plan}. On the disk: {}. Paid for {} at once.{}",
        wish.order.hostnames.join(", "),
        wish.disk,
        months(wish.order.billing_cycle),
        beside(wish),
    );
    let hidden = said(typed).into_iter().map(|(name, value)| view! { <Hidden name=name value=value /> });
    let password = if wish.needs_a_way_in() {
        PASSWORD.required("Enter a password, or choose an SSH key above.")
    } else {
        PASSWORD
    };
    // The password is typed only after this.
    let mut order = wish.order.clone();
    order.password = wish.needs_a_way_in().then(|| Secret::from(String::new()));
    let command = account.as_curl(&order);
    let unpriced = estimate.missing.join("\n");
    let close = routes::SERVERS.to_owned();
    let hint =
        "Of the administrator. At least 6 characters. It is sent to the provider and kept nowhere here.";
    view! {
        {lines(estimate, wish)}
        <p class="lead">
            <strong>"This is an estimate. "</strong>
            "The provider gives no quote for this; what you pay is what its order says."
        </p>
        {missing(estimate)}
        <SpendForm price=estimate.total balance=balance consequence=consequence verb="Order"
            action=routes::DO_DEPLOY close=close fields=FIELDS draft=Some(draft.clone())>
            {hidden.collect_view()}
            <Hidden name=MISSING value=unpriced />
            <Field rule=password hint=hint draft=Some(draft) autocomplete="new-password" />
        </SpendForm>
        <Curl command=command of_form=true />
    }
    .into_any()
}

/// What is ordered beside the server, in words.
fn beside(wish: &Wish) -> String {
    let (addons, more) = (in_words(&wish.order.addons), wish.order.addresses);
    let addons = (!addons.is_empty()).then(|| format!(" With {addons}."));
    let addresses = match more.ipv4 + more.ipv4_ddos + more.ipv6 {
        0 => None,
        1 => Some(" With one more address.".to_owned()),
        several => Some(format!(" With {several} more addresses.")),
    };
    let keys = wish.order.ssh_keys.len() as u64;
    let keys = (keys > 0).then(|| format!(" With {}.", count(keys, "SSH key")));
    [addons, addresses, keys].into_iter().flatten().collect()
}

/// What stands there until there is something to add up.
pub fn not_yet(draft: &Draft) -> AnyView {
    match summary(draft, FIELDS) {
        Some(errors) => errors,
        None => view! {
            <p class="lead">
                "Choose a plan, what is on the disk, and a name. Then the sum stands here, and the button to order it."
            </p>
        }
        .into_any(),
    }
}

fn missing(estimate: &Estimate) -> Option<AnyView> {
    let rows = estimate.missing.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
    (!estimate.missing.is_empty()).then(|| {
        view! {
            <p>"Not in this sum:"</p>
            <ul class="errors">{rows}</ul>
        }
        .into_any()
    })
}

fn lines(estimate: &Estimate, wish: &Wish) -> AnyView {
    let columns = vec![
        Column::text("Part"),
        Column::number("A month and server, without VAT"),
        Column::number("In all, without VAT"),
        Column::number("In all, with VAT"),
    ];
    let rows: Vec<AnyView> = estimate.lines.iter().chain(&estimate.discount).map(row).collect();
    let (cycle, servers) = (wish.order.billing_cycle, wish.order.hostnames.len() as u64);
    let all = format!("Sum, {} for {}", count(servers, "server"), months(cycle));
    let sum = Line { what: all, monthly: Price { net: None, with_vat: None }, whole: estimate.total };
    view! { <Table caption="Estimate" columns=columns>{rows} {row(&sum)}</Table> }.into_any()
}

fn row(line: &Line) -> AnyView {
    let monthly = line.monthly.net.map_or_else(|| NOTHING.to_owned(), |net| euro(Some(net)));
    view! {
        <tr>
            <th scope="row">{line.what.clone()}</th>
            <td class="number">{monthly}</td>
            <td class="number">{euro(line.whole.net)}</td>
            <td class="number">{euro(line.whole.with_vat)}</td>
        </tr>
    }
    .into_any()
}
