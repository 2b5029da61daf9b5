//! `/bulk/{id}`: a job with the result of each of its rows, followed while it works. Which results are shown stands in
//! the address.

use gateway::{BulkId, BulkJob, BulkState, Error, Feed, MOST_GATHERED, RowOutcome};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    became::Became,
    row::{list_of, rows_of, table},
    words::{self, number_key, shape},
};
use crate::{
    components::{
        form::{Form, Hidden},
        frame::{Frame, Section},
        notice::{main_trouble, notice},
        paging::{Paging, Place, bad_page, beyond_the_end, page_of},
        progress::Progress,
        properties::{copy_link, property},
        time::{Ago, Countdown},
    },
    forms::said_of_form,
    live::Sources,
    routes,
    visitor::Visitor,
};

/// Rows on a page.
const PER_PAGE: u64 = 100;
/// Where only some results are shown, others become such: while the job works, the page looks again after so many
/// seconds. Our own storage is asked, nobody else.
const LOOK: u64 = 3;

/// What the address asks.
#[derive(Debug, Clone, Copy)]
struct Asked {
    /// Only rows of which this became.
    became: Option<Became>,
    /// Page, from 1.
    page: u64,
}

impl Asked {
    /// The address of a page of the same.
    fn at_page(self, id: BulkId, page: u64) -> String {
        routes::bulk_rows(id, self.became.map_or("", Became::word), page)
    }
}

/// The page.
#[component]
pub fn JobPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<BulkId>().ok());
    let query = use_query_map().get_untracked();
    let (outcome, page, draft) = (query.get("outcome"), query.get("page"), query.get("draft"));
    let asked = Became::asked(outcome.as_deref().unwrap_or_default())
        .and_then(|became| Ok(Asked { became, page: page_of(page.as_deref())? }));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::BULK.to_owned(), "Bulk jobs".to_owned())];
        let said = said_of_form(&account, draft).await;
        let read = match id {
            Some(id) => account.bulk(&id).await,
            None => Err(Error::NotFound),
        };
        let (job, asked) = match (read, asked) {
            (Ok(job), Ok(asked)) => (job, asked),
            (Ok(job), Err(problem)) => {
                let list = routes::bulk(job.id);
                return Some(framed(
                    "Bulk job".to_owned(),
                    above,
                    Sources::default(),
                    bad_page(&problem, list),
                ));
            }
            (Err(error), _) => {
                let body = main_trouble(&error, "bulk job");
                return Some(framed("Bulk job".to_owned(), above, Sources::default(), body));
            }
        };
        let looks = (asked.became.is_some() && job.is_active()).then_some(LOOK);
        let live = Sources::default()
            .follow(Feed::Bulk(job.id), shape(Ok(&job)))
            .moving(job.is_active())
            .completing(looks);
        let title = words::title(job.action, job.rows.len() as u64);
        let body = view! { {said} <div data-region="job">{whole(&job, asked)}</div> };
        Some(framed(title, above, live, body.into_any()))
    })
}

fn framed(title: String, above: Vec<(String, String)>, live: Sources, body: AnyView) -> AnyView {
    view! { <Frame title=title section=Section::Bulk above=above live=live>{body}</Frame> }.into_any()
}

fn whole(job: &BulkJob, asked: Asked) -> AnyView {
    let shown: Vec<_> = rows_of(job)
        .filter(|row| asked.became.is_none_or(|became| Became::of(&row.row.outcome) == became))
        .collect();
    let total = shown.len() as u64;
    let skipped = usize::try_from((asked.page - 1).saturating_mul(PER_PAGE)).unwrap_or(usize::MAX);
    let rows: Vec<_> = shown.into_iter().skip(skipped).take(PER_PAGE as usize).collect();
    let place = Place::counted(asked.page, PER_PAGE, total, rows.len() as u64);
    let id = job.id;
    let address = move |page: u64| asked.at_page(id, page);
    let body = if !rows.is_empty() {
        let unit = words::unit(job.action);
        view! { {table(&rows)} <Paging place=place unit=unit address=address /> }.into_any()
    } else if asked.page > 1 {
        beyond_the_end(asked.page, place.last, address)
    } else {
        no_match(job)
    };
    view! { {head(job)} {tools(job, asked)} {body} }.into_any()
}

/// There are rows, but of none of them became what is asked for.
fn no_match(job: &BulkJob) -> AnyView {
    view! {
        <div class="empty" data-kind="no-match">
            <p class="empty-title">{format!("No {} matches.", words::unit(job.action))}</p>
            <p><a class="button" href=routes::bulk(job.id)>"Show all"</a></p>
        </div>
    }
    .into_any()
}

/// Which results are shown, of how many each became, and the file of those.
fn tools(job: &BulkJob, asked: Asked) -> AnyView {
    let id = job.id;
    let chip = |became: Option<Became>, text: &'static str, number: AnyView| {
        let current = (asked.became == became).then_some("true");
        let to = Asked { became, page: 1 }.at_page(id, 1);
        // In one element: between the parts of a chip there is no space.
        view! { <li><a class="chip" href=to aria-current=current><span>{text} " " {number}</span></a></li> }
    };
    let all = chip(None, "All", view! { <span class="number">{job.counts.total()}</span> }.into_any());
    let each = Became::ALL.map(|became| {
        let (key, number) = (number_key(id, became), became.number(&job.counts));
        let number = view! { <span class="number" data-live=key>{number}</span> }.into_any();
        chip(Some(became), became.text(), number)
    });
    let file = routes::bulk_results(id, asked.became.map_or("", Became::word));
    view! {
        <div class="toolbar">
            <div class="filters"><nav aria-label="Outcome"><ul class="chips">{all} {each.into_iter().collect_view()}</ul></nav></div>
            <div class="toolbar-menus"><a class="button" href=file>"Download CSV"</a></div>
        </div>
    }
    .into_any()
}

/// Where it stands, and what may be done with it.
fn head(job: &BulkJob) -> AnyView {
    let person = job.person.clone().unwrap_or_else(|| "No name".to_owned());
    let ended = job.ended_at.map(|at| property("Ended", view! { <Ago at=Some(at) /> }));
    let held = job.held_until.filter(|until| *until > Timestamp::now()).map(|until| {
        notice(
            "warning",
            view! { <p>"The provider wants no requests for a while. It goes on in " <Countdown until=until /> "."</p> },
        )
    });
    let paused = match job.state {
        BulkState::Paused(why) => Some(notice(
            "warning",
            view! { <p><strong>"Paused. "</strong> {why.to_string()} " What waits was not sent."</p> },
        )),
        _ => None,
    };
    view! {
        {paused}
        {held}
        <Progress how_far=words::how_far(job) large=true />
        <dl class="properties">
            {property("Started", view! { <Ago at=Some(job.started_at) /> " by " {person} })}
            {ended}
        </dl>
        <div class="actions job-actions">
            {actions(job)}
            {copy_link(routes::bulk(job.id))}
        </div>
    }
    .into_any()
}

fn actions(job: &BulkJob) -> AnyView {
    let id = job.id.to_string();
    let resume = matches!(job.state, BulkState::Paused(_)).then(|| {
        let id = id.clone();
        view! {
            <Form action=routes::DO_RESUME_BULK class="inline">
                <Hidden name="id" value=id />
                <button class="button" data-tone="accent" type="submit">"Go on"</button>
            </Form>
        }
    });
    let stop = matches!(job.state, BulkState::Running | BulkState::Paused(_)).then(|| {
        view! {
            <Form action=routes::DO_STOP_BULK class="inline">
                <Hidden name="id" value=id />
                <button class="button" type="submit">"Stop: send no more"</button>
            </Form>
        }
    });
    let failed =
        job.rows.iter().filter(|row| matches!(row.outcome, RowOutcome::Failed { .. } | RowOutcome::Stopped));
    let failed: Vec<u64> = failed.map(|row| row.id).collect();
    let over = !job.is_active() && resume.is_none() && !failed.is_empty();
    let few = failed.len() as u64 <= MOST_GATHERED;
    let many = (over && !few).then(|| {
        view! { <p class="hint">{format!("To try again, choose at most {MOST_GATHERED} in the list.")}</p> }
    });
    let again = (over && few).then(|| {
        let to = routes::new_bulk(job.action.word(), &failed, list_of(job.action).1);
        let words =
            format!("Try {} again…", crate::words::count(failed.len() as u64, words::unit(job.action)));
        view! { <a class="button" href=to>{words}</a> }
    });
    view! { {resume} {stop} {again} {many} }.into_any()
}
