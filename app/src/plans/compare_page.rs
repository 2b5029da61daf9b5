//! `/plans/compare`: plans side by side, with what can be added to them and what makes them cheaper.

use futures::future::join_all;
use gateway::{Account, Draft, Error, Reading};
use leptos::prelude::*;
use vpsbg_api::{AddonPrice, ListPlanAddons, ListPlanPromoCodes, Plan, PromoCode};

use super::{
    catalogue::{Catalogue, catalogue},
    words::{disk, facts, kind, memory, months, name, shortest, stock, traffic},
};
use crate::{
    components::{
        badge::Badge,
        form::{Choosable, SomeOf},
        frame::{Frame, Section},
        get_form::GetForm,
        notice::{main_trouble, notice, staleness_of, trouble},
        properties::copy_link,
        table::{Column, Table},
    },
    forms::{Kind, Rule, Typed},
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, money::euro, or_dash, sizes::short},
};

/// Which ones are compared.
const PLANS: Rule = Rule::new(Kind::Choice, "plan", "Plans to compare");
/// So many stand side by side at most.
const MOST: usize = 4;

/// A plan with what is told of it elsewhere.
struct Compared {
    plan: Plan,
    addons: Result<Reading<Vec<AddonPrice>>, Error>,
    codes: Result<Reading<Vec<PromoCode>>, Error>,
}

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    let address = Visitor::here().address;
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let keys = keys_of(&address);
        let above = vec![(routes::PLANS.to_owned(), "Plans".to_owned())];
        let read = catalogue(&account).await;
        let reading = match read {
            Ok(reading) => reading,
            Err(error) => {
                let live = Sources::default().waiting_after(&error);
                return Some(
                    view! {
                        <Frame title="Compare plans" section=Section::Plans above=above live=live>
                            <div data-region="pending">{main_trouble(&error, "the list of plans")}</div>
                        </Frame>
                    }
                    .into_any(),
                );
            }
        };
        let chosen: Vec<Plan> = keys.iter().filter_map(|key| reading.value.find(key).cloned()).collect();
        let unknown: Vec<&String> = keys.iter().filter(|key| reading.value.find(key).is_none()).collect();
        let unknown = (!unknown.is_empty()).then(|| {
            let words = "Some of the plans that this address names are not in the list of the provider.";
            notice("warning", view! { <p>{words}</p> })
        });
        let more = (chosen.len() > MOST).then(|| {
            let words = format!("Only {MOST} plans stand side by side. Choose fewer below.");
            notice("warning", view! { <p>{words}</p> })
        });
        let compared = join_all(chosen.into_iter().take(MOST).map(|plan| look(&account, plan))).await;
        let mut live = Sources::default();
        for one in &compared {
            live = live.waiting_for(one.addons.as_ref()).waiting_for(one.codes.as_ref());
        }
        let keys: Vec<&str> = compared.iter().filter_map(|one| one.plan.key.as_deref()).collect();
        let link = routes::compare_plans(&keys);
        // Without scripts a page that waits fetches itself anew: then there is nothing to tick on it.
        let choosing = if live.refreshes(&address) {
            view! { <p><a href=routes::COMPARE_PLANS>"Choose other plans"</a></p> }.into_any()
        } else {
            form(&reading.value, &keys)
        };
        Some(
            view! {
                <Frame title="Compare plans" section=Section::Plans above=above live=live
                    actions=move || copy_link(link.clone())>
                    {staleness_of(&reading, "the plans")}
                    {unknown}
                    {more}
                    <div data-region="compared">{side_by_side(&compared)}</div>
                    <section aria-labelledby="choose">
                        <h2 id="choose">"Choose plans"</h2>
                        {choosing}
                    </section>
                </Frame>
            }
            .into_any(),
        )
    })
}

/// The keys that the address names: in links as `plan=…`, from the form as `plan-…=on`.
fn keys_of(address: &str) -> Vec<String> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    let mut keys: Vec<String> =
        pairs.iter().filter(|(name, _)| name == PLANS.name).map(|(_, key)| key.clone()).collect();
    keys.extend(Typed::of(&pairs).chosen(PLANS.name).into_iter().map(str::to_owned));
    let mut once: Vec<String> = Vec::new();
    for key in keys {
        if !key.is_empty() && !once.contains(&key) {
            once.push(key);
        }
    }
    once
}

async fn look(account: &Account, plan: Plan) -> Compared {
    // Without a number there is no address to ask at.
    let Some(id) = plan.id else {
        return Compared { plan, addons: Err(Error::NotOffered), codes: Err(Error::NotOffered) };
    };
    let (addons, codes) = (ListPlanAddons { id }, ListPlanPromoCodes { id });
    let (addons, codes) = futures::join!(account.read(&addons), account.read(&codes));
    Compared { plan, addons, codes }
}

fn form(all: &Catalogue, chosen: &[&str]) -> AnyView {
    let options = all.plans.iter().filter_map(|plan| {
        let key = plan.key.as_deref()?;
        let (stock, _) = stock(plan);
        Some(Choosable::new(key, name(plan)).hint(format!("{}. {stock}.", facts(plan))))
    });
    let options: Vec<Choosable> = options.collect();
    let values = chosen.iter().map(|key| (format!("{}-{key}", PLANS.name), "on".to_owned())).collect();
    let draft = Draft { values, errors: Vec::new() };
    view! {
        <GetForm action=routes::COMPARE_PLANS label="Plans to compare">
            <SomeOf rule=PLANS options=options hint=format!("Up to {MOST}.") draft=draft />
            <div class="actions">
                <button class="button" data-tone="accent" type="submit">"Compare"</button>
            </div>
        </GetForm>
    }
    .into_any()
}

fn side_by_side(compared: &[Compared]) -> AnyView {
    if compared.is_empty() {
        return view! { <p class="lead">"Choose the plans that should stand side by side."</p> }.into_any();
    }
    view! {
        {plans(compared)}
        <section aria-labelledby="addons">
            <h2 id="addons">"What can be added"</h2>
            {addons(compared)}
        </section>
        <section aria-labelledby="codes">
            <h2 id="codes">"Promo codes"</h2>
            <p class="hint">"The provider's list of codes was still being developed: there may be others."</p>
            {codes(compared)}
        </section>
    }
    .into_any()
}

/// One column for each plan, after the one that names the row.
fn columns(compared: &[Compared], first: &'static str) -> Vec<Column> {
    std::iter::once(Column::text(first))
        .chain(compared.iter().map(|one| Column::text(name(&one.plan))))
        .collect()
}

fn row(head: impl IntoView + 'static, cells: impl Iterator<Item = AnyView>) -> AnyView {
    let cells = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
    view! { <tr><th scope="row">{head.into_any()}</th>{cells}</tr> }.into_any()
}

fn plans(compared: &[Compared]) -> AnyView {
    let of = |head: &'static str, cell: fn(&Plan) -> String| {
        row(head, compared.iter().map(move |one| cell(&one.plan).into_any()))
    };
    let order = row(
        "Order",
        compared.iter().map(|one| match (one.plan.can_order(), one.plan.key.as_deref()) {
            (Ok(()), Some(key)) => {
                let to = routes::with_query(routes::NEW_SERVER, &[("plan", key)]);
                let label = format!("Order a server with {}", name(&one.plan));
                view! { <a href=to aria-label=label>"Order a server"</a> }.into_any()
            }
            (Err(reason), _) => reason.to_string().into_any(),
            _ => NOTHING.into_any(),
        }),
    );
    let in_stock = row(
        "Stock",
        compared.iter().map(|one| {
            let (word, tone) = stock(&one.plan);
            view! { <Badge tone=tone word=word /> }.into_any()
        }),
    );
    let rows = vec![
        of("Kind", kind),
        of("Cores", |plan| or_dash(plan.vcpus)),
        of("Memory", memory),
        of("Disk", disk),
        of("Traffic a month", traffic),
        of("Monthly, without VAT", |plan| euro(plan.price)),
        of("Monthly, with VAT", |plan| euro(plan.price_with_vat)),
        of("Sold for at least", shortest),
        in_stock,
        order,
    ];
    view! { <Table caption="Plans side by side" columns=columns(compared, "What")>{rows}</Table> }.into_any()
}

fn addons(compared: &[Compared]) -> AnyView {
    let mut keys: Vec<String> = Vec::new();
    for addon in compared.iter().filter_map(|one| one.addons.as_ref().ok()).flat_map(|read| read.value.iter())
    {
        keys.extend(addon.key.clone().filter(|key| !keys.contains(key)));
    }
    let rows: Vec<AnyView> = keys
        .iter()
        .map(|key| {
            let price = |one: &Compared| {
                let read = one.addons.as_ref().ok()?;
                read.value.iter().find(|addon| addon.key.as_ref() == Some(key)).map(AddonPrice::monthly_price)
            };
            let cells = compared.iter().map(|one| match price(one) {
                Some(price) => {
                    let with = format!(", {} with VAT", euro(price.with_vat));
                    view! { {euro(price.net)} <span class="hint">{with}</span> }.into_any()
                }
                None => NOTHING.into_any(),
            });
            row(key.clone(), cells)
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <Table caption="Add-ons side by side, monthly" columns=columns(compared, "Add-on, monthly")>{rows}</Table>
        }
    });
    let missing = compared.iter().filter_map(|one| {
        let error = one.addons.as_ref().err()?;
        Some(trouble(error, &format!("the add-ons of {}", name(&one.plan))))
    });
    let old = compared.iter().filter_map(|one| {
        staleness_of(one.addons.as_ref().ok()?, &format!("the add-ons of {}", name(&one.plan)))
    });
    view! { {old.collect_view()} {table} {missing.collect_view()} }.into_any()
}

fn codes(compared: &[Compared]) -> AnyView {
    let mut all: Vec<String> = Vec::new();
    for promo in compared.iter().filter_map(|one| one.codes.as_ref().ok()).flat_map(|read| read.value.iter())
    {
        all.extend(promo.code.clone().filter(|code| !all.contains(code)));
    }
    let rows: Vec<AnyView> = all
        .iter()
        .map(|code| {
            let cells = compared.iter().map(|one| {
                let read = one.codes.as_ref().ok();
                let promo =
                    read.and_then(|read| read.value.iter().find(|promo| promo.code.as_ref() == Some(code)));
                promo.map_or_else(|| NOTHING.to_owned(), off).into_any()
            });
            row(view! { <code>{code.clone()}</code> }, cells)
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! { <Table caption="Promo codes side by side" columns=columns(compared, "Code")>{rows}</Table> }
    });
    let missing = compared.iter().filter_map(|one| {
        let error = one.codes.as_ref().err()?;
        Some(trouble(error, &format!("the promo codes of {}", name(&one.plan))))
    });
    let old = compared.iter().filter_map(|one| {
        staleness_of(one.codes.as_ref().ok()?, &format!("the promo codes of {}", name(&one.plan)))
    });
    view! { {old.collect_view()} {table} {missing.collect_view()} }.into_any()
}

/// `10 % off, from 3 months`.
fn off(promo: &PromoCode) -> String {
    let percent =
        promo.percentage.map_or_else(|| NOTHING.to_owned(), |percent| format!("{} % off", short(percent.0)));
    match promo.minimum_billing_cycle {
        Some(least) if least > 1 => format!("{percent}, from {} on", months(least)),
        _ => percent,
    }
}
