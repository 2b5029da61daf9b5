//! `/servers/new`: order servers. All that is filled in stands in the address, but for secrets.

use gateway::{Access, Account, Draft};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    choices::{look, terms},
    estimate::estimate,
    fields::{CYCLE, PLAN, address, said},
    sections, sum, wish,
};
use crate::{
    components::{
        form::Hidden,
        frame::{Frame, Section},
        get_form::GetForm,
        notice::{main_trouble, read_only_notice, status},
        properties::copy_link,
    },
    forms::{Refusal, Typed, draft_here},
    live::Sources,
    plans::Catalogue,
    routes, spending,
    visitor::Visitor,
};

/// Somebody has sent the form: now what is missing is a mistake.
const SHOW: &str = "show";

/// The page.
#[component]
pub fn NewServerPage() -> impl IntoView {
    let query: Vec<(String, String)> =
        use_query_map().get_untracked().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::SERVERS.to_owned(), "Servers".to_owned())];
        let (plans, choices) = look(&account).await;
        let plans = match plans {
            Ok(plans) => plans,
            Err(error) => {
                let live = Sources::default().waiting_after(&error);
                return Some(
                    view! {
                        <Frame title="New server" section=Section::Servers above=above live=live>
                            <div data-region="pending">{main_trouble(&error, "the list of plans")}</div>
                        </Frame>
                    }
                    .into_any(),
                );
            }
        };
        let (typed, draft, refused) = filled_in(&account, &plans.value, query).await;
        let plan = plans.value.find(typed.get(PLAN.name)).cloned();
        let mut refusal = Refusal::none();
        let wish = wish::read(&typed, Some(&plans.value), &choices, &mut refusal);
        // What is still missing on a link to this page is no mistake.
        let draft = if refused { with(draft, refusal) } else { draft };
        let (terms, balance) = match &plan {
            Some(plan) => {
                let (terms, balance) = futures::join!(terms(&account, plan.id), spending::balance(&account));
                (Some(terms), balance)
            }
            None => (None, None),
        };
        let end = match (&wish, &terms) {
            (Some(wish), Some(terms)) => {
                let estimate = estimate(wish, terms);
                sum::order(&account, wish, &estimate, balance, &typed, draft.clone())
            }
            _ => sum::not_yet(&draft),
        };
        // The form that orders says it by itself.
        let before = (wish.is_none() && account.access() == Access::ProbablyReadOnly).then(read_only_notice);
        let link = address(&typed);
        let form = view! {
            {sections::plan(&plans, &draft)}
            {sections::disk(&choices, &draft)}
            {sections::names_and_keys(&choices, &draft)}
            {sections::addons(terms.as_ref(), &draft)}
            {sections::addresses(&draft)}
            {sections::payment(plan.as_ref(), terms.as_ref(), &draft)}
        }
        .into_any();
        Some(
            view! {
                <Frame title="New server" section=Section::Servers above=above
                    actions=move || copy_link(link.clone())>
                    {before}
                    <GetForm action=routes::NEW_SERVER_SUM label="New server">
                        {form}
                        <Hidden name=SHOW value="1" />
                        <div class="actions">
                            <button class="button" type="submit">"Show the sum"</button>
                        </div>
                    </GetForm>
                    <section id="sum" aria-labelledby="sum-title">
                        <h2 id="sum-title">"Sum and order"</h2>
                        {end}
                    </section>
                </Frame>
            }
            .into_any(),
        )
    })
}

/// What is filled in, as typed and as a draft, and whether it was sent.
async fn filled_in(
    account: &Account,
    plans: &Catalogue,
    query: Vec<(String, String)>,
) -> (Typed, Draft, bool) {
    let get = |wanted: &str| query.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    let kept = draft_here(account, get("draft")).await;
    let refused = kept.as_ref().is_some_and(|draft| !draft.errors.is_empty()) || get(SHOW).is_some();
    let (values, errors) = match kept {
        Some(kept) => (kept.values, kept.errors),
        None => (query, Vec::new()),
    };
    let mut values = said(&Typed::of(&values));
    if !values.iter().any(|(name, _)| name == CYCLE.name) {
        let plan = values.iter().find(|(name, _)| name == PLAN.name).and_then(|(_, key)| plans.find(key));
        let least = plan.and_then(|plan| plan.minimum_billing_cycle).unwrap_or(1);
        values.push((CYCLE.name.to_owned(), least.to_string()));
    }
    (Typed::of(&values), Draft { values, errors }, refused)
}

/// The draft with what is wrong beside what was said of it already.
fn with(mut draft: Draft, refusal: Refusal) -> Draft {
    let errors = refusal.into_errors();
    if !errors.is_empty() {
        status(http::StatusCode::UNPROCESSABLE_ENTITY);
    }
    let new = errors.into_iter().filter(|(field, _)| draft.errors_of(field).next().is_none());
    let new: Vec<_> = new.collect();
    draft.errors.extend(new);
    draft
}
