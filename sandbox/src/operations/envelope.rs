//! Pages of a list as the framework wraps them: `data`, `links`, `meta` (FACTS §1, Envelopes, Pagination).

use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Reply};
use serde_json::{Value, json};

/// Rows of a page unless asked otherwise.
const USUAL: usize = 30;
/// The same for snapshots and backups.
pub(crate) const MANY: usize = 50;
/// Pages shown to either side of the current one in `meta.links`.
const EACH_SIDE: usize = 3;

/// One page of a list; only its rows are rendered.
pub(crate) fn page<T>(call: &Call, rows: &[T], show: impl Fn(&T) -> Value) -> Answer {
    page_of(call, USUAL, rows, show)
}

/// The same with another number of rows unless asked otherwise.
pub(crate) fn page_of<T>(call: &Call, usual: usize, rows: &[T], show: impl Fn(&T) -> Value) -> Answer {
    let (page, size) = asked(call, usual)?;
    let total = rows.len();
    let last = total.div_ceil(size).max(1);
    let begin = (page - 1).saturating_mul(size).min(total);
    let end = begin.saturating_add(size).min(total);
    let shown: Vec<Value> = rows[begin..end].iter().map(show).collect();
    let url = |page: usize| format!("{}?page={page}", call.address);
    let previous = (page > 1).then(|| url(page - 1));
    let next = (page < last).then(|| url(page + 1));
    let some = begin < end;
    Ok(Reply::json(json!({
        "links": {"first": url(1), "last": url(last), "prev": previous, "next": next},
        "meta": {
            "current_page": page,
            "from": some.then_some(begin + 1),
            "last_page": last,
            "links": buttons(page, last, previous.as_ref(), next.as_ref(), url),
            "path": call.address,
            "per_page": size,
            "to": some.then_some(end),
            "total": total,
        },
        "data": shown,
    })))
}

/// A list that has only `data`.
pub(crate) fn bare(rows: Vec<Value>) -> Answer {
    Ok(Reply::json(json!({ "data": rows })))
}

/// Page and size, both checked.
fn asked(call: &Call, usual_size: usize) -> Result<(usize, usize), crate::reply::Refusal> {
    let mut complaints = Complaints::default();
    let mut number = |field: &str, usual: usize, most: usize| {
        let Some(text) = call.query.get(field) else { return usual };
        let shown = field.replace('_', " ");
        match text.parse::<i64>() {
            Err(_) => complaints.add(field, format!("The {shown} field must be an integer.")),
            Ok(n) if n < 1 => complaints.add(field, format!("The {shown} field must be at least 1.")),
            Ok(n) => match usize::try_from(n) {
                Ok(n) if n <= most => return n,
                _ => complaints.add(field, format!("The {shown} field must not be greater than {most}.")),
            },
        }
        usual
    };
    let page = number("page", 1, usize::MAX);
    let size = number("per_page", usual_size, 50);
    complaints.finish()?;
    Ok((page, size))
}

/// The buttons of the framework's pager, with its labels.
fn buttons(
    page: usize,
    last: usize,
    previous: Option<&String>,
    next: Option<&String>,
    url: impl Fn(usize) -> String,
) -> Vec<Value> {
    let mut buttons = vec![json!({"url": previous, "label": "&laquo; Previous", "active": false})];
    let mut gap = false;
    for number in 1..=last {
        let near = number.abs_diff(page) <= EACH_SIDE || number <= 2 || number + 2 > last;
        if near {
            buttons.push(json!({"url": url(number), "label": number.to_string(), "active": number == page}));
            gap = false;
        } else if !gap {
            buttons.push(json!({"url": null, "label": "...", "active": false}));
            gap = true;
        }
    }
    buttons.push(json!({"url": next, "label": "Next &raquo;", "active": false}));
    buttons
}

/// Whether a comma separated filter (or what stands for it when absent) has a word.
pub(crate) fn listed(filter: &str, word: &str) -> bool {
    filter.split(',').any(|part| part.trim() == word)
}
