//! `/activity`: the audit records with filters and pages in the address.

use gateway::{Account, AuditPage, AuditRecord, Who};
use leptos::prelude::*;

use super::{
    query::{OUTCOMES, Query, family_word, who_word},
    words,
};
use crate::{
    components::{
        badge::Badge,
        filters::{FilterChoice, FilterDay, FilterForm, FilterText},
        frame::{Frame, Section},
        notice::{Empty, main_trouble, status},
        paging::{Paging, Place, bad_page, beyond_the_end},
        table::{Column, Table},
        time::Ago,
    },
    routes,
    visitor::Visitor,
    words::{count, operations, or_dash},
};

/// The page.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let visitor = Visitor::here();
    let asked = visitor.address.split_once('?').map_or("", |(_, query)| query).to_owned();
    Suspend::new(async move {
        let account = visitor.account?;
        let query = match Query::read(&asked) {
            Ok(query) => query,
            Err(problem) => {
                return Some(
                    view! {
                        <Frame title="Activity" section=Section::Activity>{bad_page(&problem, routes::ACTIVITY)}</Frame>
                    }
                    .into_any(),
                );
            }
        };
        let choices = choices(&account).await;
        let (body, file) = match query.filter() {
            Err(problem) => (bad_filter(&problem), None),
            Ok(filter) => match account.audit(&filter, query.page).await {
                Ok(page) => (list(&query, &page), (page.total > 0).then(|| query.file())),
                Err(error) => (main_trouble(&error, "the activity"), None),
            },
        };
        let actions = move || file.clone().map(|to| view! { <a class="button" href=to>"Download CSV"</a> });
        Some(
            view! {
                <Frame title="Activity" section=Section::Activity actions=actions>
                    {about(&account)}
                    <Filters query=query choices=choices />
                    {body}
                </Frame>
            }
            .into_any(),
        )
    })
}

/// What is written down, of whom, and for how long.
fn about(account: &Account) -> AnyView {
    let days = account.audit_kept().as_secs() / 86_400;
    let kept = count(days, "day");
    // The provider may not have told whose token it is.
    let whose = if account.owner() == account.key() { "with this token" } else { "in this account" };
    view! {
        <p class="hint lead">
            {format!("Everything that was changed {whose} through Vitosha, and every attempt. ")}
            {format!("Records are kept for {kept} and then removed; nobody can change them. ")}
            "Days are days in Sofia."
        </p>
    }
    .into_any()
}

/// What can be chosen: who has records, and of which operations.
struct Choices {
    people: Vec<Who>,
    operations: Vec<String>,
}

/// Without them the filters still work by the address; the list says what is wrong with the database.
async fn choices(account: &Account) -> Choices {
    let (people, operations) = futures::join!(account.audit_people(), account.audit_operations());
    Choices { people: people.unwrap_or_default(), operations: operations.unwrap_or_default() }
}

#[component]
fn Filters(query: Query, choices: Choices) -> impl IntoView {
    let people = choices.people.iter().map(|who| {
        let text = match who {
            Who::Nameless => "No name",
            Who::Named(name) => name,
        };
        (who_word(who), text.to_owned())
    });
    let people = std::iter::once((String::new(), "Everybody".to_owned())).chain(people).collect();
    let mut actions = vec![(String::new(), "Everything".to_owned())];
    for family in operations::families() {
        let here: Vec<_> =
            choices.operations.iter().filter(|operation| operations::of(operation).0 == family).collect();
        if !here.is_empty() {
            actions.push((family_word(family), format!("{family}: all")));
            actions
                .extend(here.iter().map(|id| ((*id).clone(), format!("{family}: {}", operations::of(id).1))));
        }
    }
    let outcomes = OUTCOMES.map(|(word, text)| (word.to_owned(), text.to_owned())).into();
    let clear = query.narrows().then_some(routes::ACTIVITY.to_owned());
    view! {
        <FilterForm action=routes::ACTIVITY clear=clear>
            <FilterChoice name="who" label="Who" options=people value=query.who />
            <FilterChoice name="what" label="What" options=actions value=query.what />
            <FilterText name="object" label="Object" placeholder="server 7" value=query.object />
            <FilterChoice name="outcome" label="Outcome" options=outcomes value=query.outcome />
            <FilterDay name="from" label="From day" value=query.from />
            <FilterDay name="to" label="To day" value=query.to />
        </FilterForm>
    }
}

fn bad_filter(problem: &str) -> AnyView {
    status(http::StatusCode::UNPROCESSABLE_ENTITY);
    view! {
        <div class="empty" data-kind="failed" role="alert">
            <p class="empty-title">{problem.to_owned()}</p>
            <p>"Nothing is shown, because everything would look like an answer."</p>
        </div>
    }
    .into_any()
}

fn list(query: &Query, page: &AuditPage) -> AnyView {
    if page.rows.is_empty() {
        let last = page.total.div_ceil(page.per_page.max(1));
        return if page.total > 0 {
            beyond_the_end(query.page, Some(last), |page| query.at_page(page))
        } else if query.narrows() {
            view! {
                <div class="empty" data-kind="no-match">
                    <p class="empty-title">"No record matches."</p>
                    <p><a class="button" href=routes::ACTIVITY>"Show all"</a></p>
                </div>
            }
            .into_any()
        } else {
            view! {
                <Empty title="Nothing was changed yet">
                    <p>"What you and your colleagues change from here on is written down."</p>
                </Empty>
            }
            .into_any()
        };
    }
    let columns = vec![
        Column::text("When"),
        Column::text("What"),
        Column::text("Object"),
        Column::text("Outcome"),
        Column::text("Who"),
        Column::text("Address"),
        Column::text("Request"),
    ];
    let rows = page.rows.iter().map(row).collect_view();
    let place = Place {
        page: query.page,
        last: Some(page.total.div_ceil(page.per_page.max(1))),
        total: Some(page.total),
        per_page: Some(page.per_page),
        shown: page.rows.len() as u64,
    };
    let query = query.clone();
    view! {
        <Table caption="Activity" columns=columns>{rows}</Table>
        <Paging place=place unit="record" address=move |page| query.at_page(page) />
    }
    .into_any()
}

fn row(record: &AuditRecord) -> AnyView {
    let (_, action) = operations::of(&record.operation);
    let (outcome, tone) = words::outcome(&record.outcome);
    let objects = record.object.as_deref().map(words::objects).unwrap_or_default();
    let objects: Vec<AnyView> = objects
        .into_iter()
        .enumerate()
        .map(|(place, (words, address))| {
            let joint = (place > 0).then_some(", ");
            match address {
                Some(address) => view! { {joint} <a href=address>{words}</a> }.into_any(),
                None => view! { {joint} {words} }.into_any(),
            }
        })
        .collect();
    let object = if objects.is_empty() { "Account".into_any() } else { objects.into_any() };
    let who = match &record.person {
        Some(name) => name.clone().into_any(),
        None => view! { <span class="nothing">"No name"</span> }.into_any(),
    };
    view! {
        <tr>
            <td><Ago at=Some(record.at) /></td>
            <th scope="row">{action.to_owned()}</th>
            <td>{object}</td>
            <td><Badge tone=tone word=outcome /></td>
            <td>{who} <p class="hint">"session " <code>{record.session.clone()}</code></p></td>
            <td><code>{or_dash(record.address.clone())}</code></td>
            <td><code>{record.request_id.clone()}</code></td>
        </tr>
    }
    .into_any()
}
