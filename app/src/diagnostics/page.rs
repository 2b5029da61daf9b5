//! `/diagnostics`: every operation of the contract, by family. Shows places and kinds, never what was sent.

use gateway::{Diagnosis, Misfits};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use vpsbg_api::Spelling;

use super::{
    query::{Query, SHOWN},
    words,
};
use crate::{
    components::{
        badge::Badge,
        filters::{FilterChoice, FilterForm},
        frame::{Frame, Section},
        notice::notice,
        table::{Column, Table},
        time::Ago,
    },
    routes,
    visitor::Visitor,
    words::{
        count,
        operations::{self, families, slug},
    },
};

/// The page.
#[component]
pub fn DiagnosticsPage() -> impl IntoView {
    let query = Query::read(&use_query_map().get_untracked());
    let diagnoses = Visitor::here().account.map(|account| account.diagnoses())?;
    let shown: Vec<&Diagnosis> = diagnoses.iter().filter(|diagnosis| query.takes(diagnosis)).collect();
    let body = if shown.is_empty() {
        nothing(&query)
    } else {
        let all = families().chain([operations::OTHER]);
        all.map(|family| of_family(family, &shown)).collect_view().into_any()
    };
    Some(view! {
        <Frame title="Diagnostics" section=Section::Diagnostics>
            {about(&diagnoses)}
            <Filters query=query />
            {body}
        </Frame>
    })
}

/// What this page is, and how much of it there is.
fn about(diagnoses: &[Diagnosis]) -> AnyView {
    let called = diagnoses.iter().filter(|diagnosis| diagnosis.last.is_some()).count();
    let misfits = diagnoses.iter().filter(|diagnosis| diagnosis.misfit.is_some()).count();
    let operations = count(diagnoses.len() as u64, "operation");
    let drift = (misfits > 0).then(|| {
        let words = match misfits {
            1 => "1 operation answered something that does not fit what Vitosha expects.".to_owned(),
            more => format!("{more} operations answered something that does not fit what Vitosha expects."),
        };
        notice("warning", view! { <p>{words}</p> })
    });
    view! {
        <p class="hint lead">
            {format!("{operations} of the provider’s interface, {called} called with this token since Vitosha was started. ")}
            "Documented: the provider’s page was read. Observed: a public client does it. Inferred: only its name is known. "
            "What did not fit is told by place and kind; what was sent is not kept."
        </p>
        {drift}
    }
    .into_any()
}

#[component]
fn Filters(query: Query) -> impl IntoView {
    let chips = SHOWN
        .map(|(word, text)| {
            let current = (query.show == word).then_some("true");
            view! { <li><a class="chip" href=query.showing(word) aria-current=current>{text}</a></li> }
        })
        .into_iter()
        .collect_view();
    let all = (String::new(), "All families".to_owned());
    let options =
        std::iter::once(all).chain(families().map(|family| (slug(family), family.to_owned()))).collect();
    let keep = vec![("show", query.show.clone())];
    view! {
        <div class="filters">
            <nav aria-label="State"><ul class="chips">{chips}</ul></nav>
            <FilterForm action=routes::DIAGNOSTICS clear=None keep=keep>
                <FilterChoice name="family" label="Family" options=options value=query.family />
            </FilterForm>
        </div>
    }
}

fn nothing(query: &Query) -> AnyView {
    let words = match query.show.as_str() {
        "misfits" => "Everything fitted so far.",
        "called" => "Nothing was called yet.",
        "not-offered" => "The provider offers all that was asked for.",
        _ => "There is no such operation.",
    };
    let all =
        query.narrows().then(|| view! { <p><a class="button" href=routes::DIAGNOSTICS>"Show all"</a></p> });
    view! {
        <div class="empty" data-kind="no-match">
            <p class="empty-title">{words}</p>
            {all}
        </div>
    }
    .into_any()
}

fn of_family(family: &'static str, shown: &[&Diagnosis]) -> Option<AnyView> {
    let rows: Vec<_> = shown
        .iter()
        .filter(|diagnosis| operations::of(diagnosis.info.id).0 == family)
        .map(|diagnosis| row(diagnosis))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns = vec![
        Column::text("Operation"),
        Column::text("State"),
        Column::text("Last call"),
        Column::text("Route"),
        Column::text("Evidence"),
        Column::text("Did not fit"),
    ];
    Some(
        view! {
            <h2 id=slug(family)>{family}</h2>
            <Table caption=format!("{family}, operations") columns=columns>{rows}</Table>
        }
        .into_any(),
    )
}

fn row(diagnosis: &Diagnosis) -> AnyView {
    let id = diagnosis.info.id;
    let (_, name) = operations::of(id);
    let (word, tone) = words::state(diagnosis);
    let detail = words::detail(diagnosis).map(|detail| view! { <p class="hint">{detail}</p> });
    let last = diagnosis.last.as_ref();
    let took = last.map(|last| {
        let took = format!("took {} ms", last.took.as_millis());
        view! { <p class="hint number">{took}</p> }
    });
    view! {
        <tr id=format!("operation-{id}")>
            <th scope="row">{name.to_owned()} <p class="hint"><code>{id}</code></p></th>
            <td><Badge tone=tone word=word />{detail}</td>
            <td><Ago at=last.map(|last| last.at) />{took}</td>
            <td>{route(diagnosis)}</td>
            <td>{words::evidence(diagnosis.info.evidence)}</td>
            <td class="wide">{misfits(diagnosis.misfit.as_ref())}</td>
        </tr>
    }
    .into_any()
}

/// The spelling that worked, or the likeliest one.
fn route(diagnosis: &Diagnosis) -> AnyView {
    let (spelling, hint) = match diagnosis.works {
        Some(works) if works == diagnosis.info.route => (works, "works"),
        Some(works) => (works, "works at another address than expected"),
        None if diagnosis.info.alternatives.is_empty() => (diagnosis.info.route, "not tried yet"),
        None => (diagnosis.info.route, "not tried yet, the likeliest of several"),
    };
    let hint = match diagnosis.last {
        Some(_) if diagnosis.works.is_none() => "not seen to work",
        _ => hint,
    };
    view! { <code>{written(spelling)}</code> <p class="hint">{hint}</p> }.into_any()
}

fn written(spelling: Spelling) -> String {
    format!("{} {}", spelling.method.as_str(), spelling.path)
}

fn misfits(misfits: Option<&Misfits>) -> AnyView {
    let Some(Misfits { at, places, more }) = misfits else { return crate::words::NOTHING.into_any() };
    let places = places
        .iter()
        .map(|(place, times)| {
            let times = (*times > 1).then(|| format!(", {times} times"));
            view! { <li><code>{place.clone()}</code>{times}</li> }
        })
        .collect_view();
    let more = (*more > 0).then(|| view! { <li>{format!("and {more} more")}</li> });
    view! {
        <ul>{places}{more}</ul>
        <p class="hint">"Answered " <Ago at=Some(*at) /></p>
    }
    .into_any()
}
