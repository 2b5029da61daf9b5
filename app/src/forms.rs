//! What happens between a form and its page: read leniently, acted on once, refused with everything kept.

mod confirmation;
mod intake;
mod rule;

pub use confirmation::{Confirmation, NAME};
pub use intake::{Typed, intake};
pub use rule::{Attributes, Kind, Rule, Shape};

use gateway::{Account, Draft, Error, Submission};
use leptos::prelude::*;
use vpsbg_api::Secret;

use crate::{components::notice::see_other, routes, visitor::Visitor};

/// What is wrong with a form: errors by field, the empty name for the form as a whole.
#[derive(Debug, Clone, Default)]
pub struct Refusal(Vec<(String, String)>);

impl Refusal {
    /// Nothing wrong yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// The form as a whole.
    pub fn whole(problem: impl Into<String>) -> Self {
        Self(vec![(String::new(), problem.into())])
    }

    /// One field.
    pub fn field(field: &str, problem: impl Into<String>) -> Self {
        Self(vec![(field.to_owned(), problem.into())])
    }

    /// Adds a problem of a field.
    pub fn add(&mut self, field: &str, problem: impl Into<String>) {
        self.0.push((field.to_owned(), problem.into()));
    }

    /// Adds all that another one says.
    pub fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// What was typed into a field, checked; empty when it is wrong, which is noted.
    pub fn read<'a>(&mut self, rule: &Rule, typed: &'a str) -> &'a str {
        rule.check(typed).unwrap_or_else(|problem| {
            self.add(rule.name, problem);
            ""
        })
    }

    /// A password that was typed, checked, with the spaces at its ends: they belong to it. None: nothing was typed, or
    /// what is wrong is noted.
    pub fn secret(&mut self, rule: &Rule, typed: &str) -> Option<Secret> {
        (!self.read(rule, typed).is_empty()).then(|| Secret::from(typed.to_owned()))
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As a draft keeps them: fields and what is wrong with them.
    pub fn into_errors(self) -> Vec<(String, String)> {
        self.0
    }

    /// `Err` if anything is wrong.
    ///
    /// # Errors
    /// The refusal itself.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// The provider's words for its fields stand at ours. `names` pairs the provider's name with ours; what fits
/// none stands above the form, with the provider's name.
pub fn refused(error: &Error, names: &[(&str, &str)]) -> Refusal {
    let fields = match error {
        Error::Invalid(fields) => fields,
        // Before anything is sent it is read what there is.
        Error::StillWaiting => {
            return Refusal::whole(
                "The provider is slow to answer, so nothing was sent. Try again in a moment.",
            );
        }
        error => return Refusal::whole(error.to_string()),
    };
    let mut refusal = Refusal::none();
    for (field, problems) in fields {
        // What is wrong with one of a list (`name.0`) stands at the list.
        let whole = field.split('.').next().unwrap_or_default();
        let of = |name: &str| names.iter().find(|(theirs, _)| *theirs == name).map(|(_, ours)| *ours);
        let ours = of(field).or_else(|| of(whole));
        let said = problems.join(" ");
        match ours {
            Some(ours) => refusal.add(ours, format!("The provider says: {said}")),
            None if field.is_empty() => refusal.add("", format!("The provider says: {said}")),
            None => refusal.add("", format!("The provider says of {field}: {said}")),
        }
    }
    if refusal.0.is_empty() { Refusal::whole(error.to_string()) } else { refusal }
}

/// What Vitosha itself refuses, in its own words: at these fields, the rest above the form.
pub fn refused_here(error: &Error, fields: &[&str]) -> Refusal {
    let Error::Invalid(problems) = error else { return Refusal::whole(error.to_string()) };
    let mut refusal = Refusal::none();
    for (field, said) in problems {
        let at = if fields.contains(&field.as_str()) { field.as_str() } else { "" };
        refusal.add(at, said.join(" "));
    }
    refusal
}

/// Runs the action of a form, once for each form that was made.
///
/// `page` is the address of the form, to which a refused form returns with its draft. `act` gives the address
/// that success leads to.
pub async fn submit<F>(page: &str, act: impl FnOnce(Account, Typed) -> F) -> Result<(), ServerFnError>
where
    F: Future<Output = Result<String, Refusal>> + Send + 'static,
{
    let visitor = Visitor::here();
    // The intake has led away whoever is not signed in.
    let Some(account) = visitor.account else {
        see_other(&routes::sign_in_then(page));
        return Ok(());
    };
    let typed = Typed::here();
    let once = typed.get("once").to_owned();
    let led_to = if once.len() != 32 || !once.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let refusal = Refusal::whole("The form came without its own number. Check it and send it again.");
        back(&account, page, &typed, refusal).await
    } else {
        match account.submit(&once, &typed.fingerprint()).await {
            Ok(Submission::Again(led_to)) => led_to,
            Ok(Submission::Different) => {
                let refusal = Refusal::whole(
                    "This form was sent before, with other content. Nothing was done now; check it and send it again.",
                );
                back(&account, page, &typed, refusal).await
            }
            Ok(Submission::First) => {
                // In a task of its own: a closed tab or a second click must not cut it off half-way.
                let acting = act(account.clone(), typed.clone());
                let (account, page, typed) = (account.clone(), page.to_owned(), typed.clone());
                let task = tokio::spawn(async move {
                    let led_to = match acting.await {
                        Ok(led_to) => led_to,
                        Err(refusal) => back(&account, &page, &typed, refusal).await,
                    };
                    account.finish(&once, &led_to).await;
                    led_to
                });
                let Ok(led_to) = task.await else {
                    return Err(ServerFnError::ServerError("the action broke".to_owned()));
                };
                led_to
            }
            Err(error) => back(&account, page, &typed, Refusal::whole(error.to_string())).await,
        }
    };
    see_other(&led_to);
    Ok(())
}

/// The way back to a refused form.
pub async fn back(account: &Account, page: &str, typed: &Typed, refusal: Refusal) -> String {
    let draft = Draft { values: typed.kept(), errors: refusal.0 };
    match account.keep_draft(&draft).await {
        Ok(id) => routes::with_query(page, &[("draft", &id)]),
        Err(error) => {
            tracing::error!(%error, "a refused form could not be kept");
            page.to_owned()
        }
    }
}

/// The draft that the address of the page names, if it is this account's.
pub async fn draft_here(account: &Account, draft: Option<String>) -> Option<Draft> {
    let id = draft.filter(|id| id.len() == 32)?;
    let draft = account.draft(&id).await.ok().flatten();
    if draft.as_ref().is_some_and(|draft| !draft.errors.is_empty()) {
        crate::components::notice::status(http::StatusCode::UNPROCESSABLE_ENTITY);
    }
    draft
}

/// What was typed into a field, or an example of it: for showing what a form will send.
pub fn typed_or(draft: Option<&Draft>, field: &str, example: &str) -> String {
    let typed = draft.and_then(|draft| draft.value(field)).map(str::trim).filter(|typed| !typed.is_empty());
    typed.unwrap_or(example).to_owned()
}

/// The errors of a form that named no object, above the list it was sent back to.
pub async fn said_of_form(account: &Account, draft: Option<String>) -> Option<AnyView> {
    let draft = draft_here(account, draft).await?;
    let words = draft.errors.into_iter().map(|(_, problem)| view! { <p>{problem}</p> }).collect_view();
    Some(crate::components::notice::notice("bad", words))
}
