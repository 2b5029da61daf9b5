//! `/tickets/new`: open a ticket.

use gateway::{Account, Draft, Reading};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use vpsbg_api::{CreateTicket, Department, DepartmentId, ListDepartments, ListServices, RelatedService};

use super::{
    server_fns::{as_html, service_of},
    ticket_page::MESSAGE,
};
use crate::{
    components::{
        curl::Curl,
        form::{Choice, Field, Form},
        frame::{Frame, Section},
        notice::{main_trouble, notice, staleness_of},
    },
    forms::{Kind, Rule, draft_here, typed_or},
    live::Sources,
    routes,
    visitor::Visitor,
};

/// Who reads it.
pub const DEPARTMENT: Rule =
    Rule::new(Kind::Choice, "department", "Department").required("Choose a department.");
/// What it is about.
pub const SERVICE: Rule = Rule::new(Kind::Choice, "service", "About");
/// Its subject (`TicketCreateRequest.subject`).
pub const SUBJECT: Rule =
    Rule::new(Kind::Line, "subject", "Subject").required("Enter a subject.").shortest(3).longest(255);
/// The fields of the form.
pub const FIELDS: &[Rule] = &[DEPARTMENT, SERVICE, SUBJECT, MESSAGE];

/// The page.
#[component]
pub fn NewTicketPage() -> impl IntoView {
    let draft = use_query_map().get_untracked().get("draft");
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let draft = draft_here(&account, draft).await;
        let (departments, services) =
            futures::join!(account.read(&ListDepartments), account.read(&ListServices));
        let above = vec![(routes::TICKETS.to_owned(), "Tickets".to_owned())];
        let live = Sources::default().waiting_for(departments.as_ref());
        let body = match departments {
            // Without its department's number a ticket cannot be opened.
            Err(error) => {
                view! { <div data-region="pending">{main_trouble(&error, "the list of departments")}</div> }
                    .into_any()
            }
            Ok(departments) => {
                let without = services.as_ref().err().map(|error| view! {
                    {notice("warning", view! { <p>"The list of your services is not to be had: " {error.to_string()} " The ticket can be opened without naming one."</p> })}
                });
                let old = (
                    staleness_of(&departments, "the departments"),
                    services.as_ref().ok().and_then(|services| staleness_of(services, "your services")),
                );
                let services = services.map(|services| choices_of_services(&services)).unwrap_or_default();
                let curl = command(&account, &departments.value, draft.as_ref());
                view! {
                    {old.0}
                    {old.1}
                    {without}
                    <Form action=routes::DO_OPEN_TICKET fields=FIELDS draft=draft.clone().unwrap_or_default()>
                        <Choice rule=DEPARTMENT draft=draft.clone()
                            options=choices_of_departments(&departments) />
                        <Choice rule=SERVICE draft=draft.clone() options=services />
                        <Field rule=SUBJECT draft=draft.clone() autocomplete="off" />
                        <Field rule=MESSAGE draft=draft
                            hint="What you did, what you expected, what happened instead." />
                        <div class="actions">
                            <button class="button" data-tone="accent" type="submit">"Open ticket"</button>
                            <a class="button" href=routes::TICKETS>"Cancel"</a>
                        </div>
                    </Form>
                    <Curl command=curl of_form=true />
                }
                .into_any()
            }
        };
        Some(
            view! { <Frame title="New ticket" section=Section::Tickets above=above live=live>{body}</Frame> },
        )
    })
}

/// What the form will send. None without a department: a ticket cannot be opened then.
fn command(account: &Account, departments: &[Department], draft: Option<&Draft>) -> Option<String> {
    let chosen = typed_or(draft, "department", "").parse::<DepartmentId>().ok();
    account.as_curl(&CreateTicket {
        department: chosen.or_else(|| departments.first().map(|first| first.id))?,
        subject: typed_or(draft, "subject", "Subject"),
        message: as_html(&typed_or(draft, "message", "Your message")),
        service: service_of(&typed_or(draft, "service", "")).ok().flatten(),
        files: Vec::new(),
    })
}

fn choices_of_departments(departments: &Reading<Vec<Department>>) -> Vec<(String, String)> {
    let name = |department: &Department| {
        department.name.clone().or(department.key.clone()).unwrap_or_else(|| department.id.to_string())
    };
    departments.value.iter().map(|department| (department.id.to_string(), name(department))).collect()
}

/// Value `server:4821`; the empty one stands for none.
fn choices_of_services(services: &Reading<Vec<RelatedService>>) -> Vec<(String, String)> {
    let all = services.value.iter().map(|service| {
        let kind = service.kind.clone().unwrap_or_default();
        let label = service.label.clone().unwrap_or_else(|| format!("{kind} {}", service.id));
        (format!("{kind}:{}", service.id), label)
    });
    std::iter::once((String::new(), "No service in particular".to_owned())).chain(all).collect()
}
