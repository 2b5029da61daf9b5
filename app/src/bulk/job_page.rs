//! `/bulk/{id}`: a job with the result of each of its rows, followed while it works.

use gateway::{BulkId, BulkJob, BulkState, Error, Feed, MOST_GATHERED, RowOutcome};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    row::{list_of, table},
    words::{self, key, shape},
};
use crate::{
    components::{
        badge::Badge,
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
const PER_PAGE: usize = 100;

/// The page.
#[component]
pub fn JobPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<BulkId>().ok());
    let query = use_query_map().get_untracked();
    let (page, draft) = (page_of(query.get("page").as_deref()), query.get("draft"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::BULK.to_owned(), "Bulk jobs".to_owned())];
        let said = said_of_form(&account, draft).await;
        let read = match id {
            Some(id) => account.bulk(&id).await,
            None => Err(Error::NotFound),
        };
        let (job, page) = match (read, page) {
            (Ok(job), Ok(page)) => (job, page),
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
        let live = Sources::default().follow(Feed::Bulk(job.id), shape(Ok(&job))).moving(job.is_active());
        let title = words::title(job.action, job.rows.len() as u64);
        let body = view! { {said} <div data-region="job">{whole(&job, page)}</div> };
        Some(framed(title, above, live, body.into_any()))
    })
}

fn framed(title: String, above: Vec<(String, String)>, live: Sources, body: AnyView) -> AnyView {
    view! { <Frame title=title section=Section::Bulk above=above live=live>{body}</Frame> }.into_any()
}

fn whole(job: &BulkJob, page: u64) -> AnyView {
    let skipped = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(PER_PAGE);
    let rows: Vec<_> = job.rows.iter().skip(skipped).take(PER_PAGE).cloned().collect();
    let (id, total) = (job.id, job.rows.len() as u64);
    let last = total.div_ceil(PER_PAGE as u64).max(1);
    let address = move |page: u64| routes::bulk_page(id, page);
    if rows.is_empty() {
        return view! { {head(job)} {beyond_the_end(page, Some(last), address)} }.into_any();
    }
    let place = Place::counted(page, PER_PAGE as u64, total, rows.len() as u64);
    view! {
        {head(job)}
        {table(job.id, job.action, &rows)}
        <Paging place=place unit=words::unit(job.action) address=address />
    }
    .into_any()
}

/// Where it stands, and what may be done with it.
fn head(job: &BulkJob) -> AnyView {
    let (word, tone) = words::state(job.state, job.queued);
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
        <div class="bar bar-large">
            <Progress value=words::bar(&job.counts) label="Settled" live=key(job.id, "bar") />
            <p><span class="number" data-live=key(job.id, "progress")>{words::progress(&job.counts)}</span></p>
        </div>
        <dl class="properties">
            {property("State", view! { <Badge tone=tone word=word live=key(job.id, "state") /> })}
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
