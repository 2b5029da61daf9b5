//! `/api/find`: what the palette shows, in groups of finished words. Reading only; whatever it leads to asks again.

use axum::{
    Extension, Json,
    extract::RawQuery,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gateway::{Access, Account, Error};
use serde::Serialize;

use super::{
    actions::{Actions, actions},
    kinds::{Item, look},
    matching::Sought,
    object::Object,
    places::places,
};
use crate::visitor::Visitor;

/// Objects of a kind that the palette shows at most: it is for the one that is meant, the page has all.
const MOST: usize = 6;

/// A group of the palette.
#[derive(Debug, Default, Serialize)]
pub struct Group {
    /// Its name; empty for words that belong to no group.
    #[serde(rename = "group")]
    pub name: &'static str,
    /// What can be chosen.
    pub items: Vec<Item>,
    /// The browser puts what it opened last here: nobody else knows.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub recent: bool,
    /// What is to be said: what could not be looked at, and where nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Answers what the palette asks: `q`, what was typed, and `at`, the path of the page it was opened on.
pub async fn answer(Extension(visitor): Extension<Visitor>, RawQuery(query): RawQuery) -> Response {
    let Some(account) = visitor.account else { return StatusCode::UNAUTHORIZED.into_response() };
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let value = |name: &str| {
        pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let (sought, object) = (Sought::of(value("q")), Object::at(value("at")));
    match groups(&account, &sought, object).await {
        Ok(groups) => {
            let kept_by_nobody = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
            (kept_by_nobody, Json(groups)).into_response()
        }
        // The page itself leads to sign-in and back.
        Err(_) => StatusCode::UNAUTHORIZED.into_response(),
    }
}

/// All groups in their order.
///
/// # Errors
/// Only that the provider no longer takes the token: everything else is a matter of one group.
async fn groups(account: &Account, sought: &Sought, object: Option<Object>) -> Result<Vec<Group>, Error> {
    let acting = async {
        match object {
            Some(object) => Some(actions(account, object, sought).await),
            None => None,
        }
    };
    let looking = async { if sought.is_nothing() { Vec::new() } else { look(account, sought).await } };
    let (acting, looked) = futures::join!(acting, looking);
    let mut groups = Vec::new();
    if let Some(Actions { items, trouble }) = acting {
        if trouble == Some(Error::TokenRefused) {
            return Err(Error::TokenRefused);
        }
        let unknown = trouble.map(|error| format!("What can be done with it is not known. {error}"));
        let read_only = account.access() == Access::ProbablyReadOnly && items.iter().any(|item| !item.copies);
        let note = unknown.or_else(|| {
            read_only
                .then(|| "This token can probably only read, so the provider may refuse these.".to_owned())
        });
        groups.push(Group { name: "Actions", items, note, ..Group::default() });
    }
    groups.push(Group { name: "Recent", recent: true, ..Group::default() });
    groups.push(Group { name: "Places", items: places(sought), ..Group::default() });
    let (mut searched, mut found, mut missing) = (Vec::new(), false, false);
    for (kind, read) in looked {
        let (items, note) = match read {
            Ok(mut of_kind) => {
                of_kind.items.truncate(MOST);
                let old = of_kind.reading.stale();
                let note = old.map(|why| old_ones(kind.name, why));
                searched.push(of_kind.searched);
                (of_kind.items, note)
            }
            Err(Error::TokenRefused) => return Err(Error::TokenRefused),
            Err(error) => {
                missing = true;
                (Vec::new(), Some(not_searched(kind.name, &error)))
            }
        };
        found |= !items.is_empty();
        groups.push(Group { name: kind.name, items, note, ..Group::default() });
    }
    if !found && !sought.is_nothing() {
        let note = Some(nothing(sought, &searched, missing));
        groups.push(Group { note, ..Group::default() });
    }
    groups.retain(|group| group.recent || group.note.is_some() || !group.items.is_empty());
    Ok(groups)
}

/// A kind that could not be looked at.
pub fn not_searched(kind: &str, error: &Error) -> String {
    match error {
        Error::StillWaiting => format!("{kind} were not searched yet: the provider is slow to answer."),
        error => format!("{kind} were not searched. {error}"),
    }
}

/// A kind of which only what was read before is known.
pub fn old_ones(kind: &str, why: &Error) -> String {
    format!("{kind} may have changed meanwhile. {why}")
}

/// That nothing was found, and in what.
pub fn nothing(sought: &Sought, searched: &[String], missing: bool) -> String {
    let typed = &sought.typed;
    if searched.is_empty() {
        return format!("Nothing could be searched for “{typed}”.");
    }
    let only = if missing { " in what could be searched" } else { "" };
    format!("Nothing found for “{typed}”{only}. Searched: {}.", searched.join("; "))
}
