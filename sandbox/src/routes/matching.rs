//! Which operation a verb and a path mean under a dialect. Knows spellings, not behaviour.

use super::{Evidence, ROUTES, Route};
use crate::reply::Refusal;
use crate::world::dialect::Dialect;
use http::Method;

/// An operation that was found, and what stood in the places of its path.
#[derive(Debug)]
pub(crate) struct Match {
    pub route: &'static Route,
    /// In the order of the path.
    pub places: Vec<String>,
}

/// The spelling of an operation under a dialect: verb and path; none if it is absent there.
fn spelling(route: &'static Route, dialect: Dialect) -> Option<(&'static str, &'static str)> {
    let written = (route.method.as_str(), route.path);
    let other = |text: Option<&&'static str>| text.and_then(|text| text.split_once(' ')).unwrap_or(written);
    match dialect {
        Dialect::AsWritten => Some(written),
        Dialect::First => Some(other(route.alternatives.first())),
        Dialect::Last => Some(other(route.alternatives.last())),
        Dialect::DocumentedOnly => (route.evidence != Evidence::Inferred).then_some(written),
    }
}

/// Finds the operation. Literal segments win over places: `/servers/status` before `/servers/{id}`.
///
/// `path` is below `/v1`, starts with a slash and has no slash at its end.
pub(crate) fn find(dialect: Dialect, method: &Method, path: &str) -> Result<Match, Refusal> {
    // The framework answers HEAD wherever it answers GET.
    let verb = if method == Method::HEAD { "GET" } else { method.as_str() };
    let mut allowed: Vec<&'static str> = Vec::new();
    let mut best: Option<Match> = None;
    for route in ROUTES {
        let Some((route_verb, pattern)) = spelling(route, dialect) else { continue };
        let Some(places) = places(pattern, path) else { continue };
        if route_verb == verb {
            if best.as_ref().is_none_or(|found| places.len() < found.places.len()) {
                best = Some(Match { route, places });
            }
        } else if !allowed.contains(&route_verb) {
            allowed.push(route_verb);
        }
    }
    let shown = format!("v1{path}");
    match best {
        Some(found) => Ok(found),
        None if allowed.is_empty() => Err(Refusal::NoRoute { path: shown }),
        None => {
            if allowed.contains(&"GET") {
                allowed.push("HEAD");
            }
            allowed.sort_unstable();
            Err(Refusal::NoMethod { path: shown, method: method.to_string(), allow: allowed.join(", ") })
        }
    }
}

fn places(pattern: &str, path: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut parts = path.split('/');
    // One spelling is written with a slash at its end (FACTS §5.14), which means nothing here.
    for expected in pattern.trim_end_matches('/').split('/') {
        let part = parts.next()?;
        if expected.starts_with('{') {
            if part.is_empty() {
                return None;
            }
            found.push(part.to_owned());
        } else if expected != part {
            return None;
        }
    }
    parts.next().is_none().then_some(found)
}
