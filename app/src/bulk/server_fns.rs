//! What may be done with bulk jobs.

use gateway::{BulkAction, BulkId, BulkItem};
use leptos::prelude::*;

use super::words::confirmation;
use crate::{
    forms::{NAME, Refusal, Typed, refused, refused_here, submit},
    routes,
};

/// Starts a job over the rows that were chosen and confirmed.
#[server(prefix = "/do", endpoint = "bulk/start")]
pub async fn start(
    #[server(default)] action: String,
    #[server(default)] rows: String,
    #[server(default)] from: String,
) -> Result<(), ServerFnError> {
    let Some(action) = BulkAction::from_word(&action) else {
        return submit(routes::BULK, async move |_, _: Typed| {
            Err(Refusal::whole("What should be done? Choose an action in a list."))
        })
        .await;
    };
    let items = items_of(&rows);
    let page = page_of(action, &rows, &from);
    submit(&page, async move |account, typed: Typed| {
        let Some(first) = items.first() else {
            return Err(Refusal::whole("Nothing is chosen. Choose rows in the list."));
        };
        let Some(asks) = confirmation(action, items.len() as u64, first.id) else {
            return Err(Refusal::whole("One of them has no usable number."));
        };
        asks.check(typed.get(NAME.name))?;
        match account.start_bulk(action, items).await {
            Ok(id) => Ok(routes::bulk(id)),
            Err(error) => Err(refused_here(&error, &[])),
        }
    })
    .await
}

/// Stops a job: what waits is not sent any more.
#[server(prefix = "/do", endpoint = "bulk/stop")]
pub async fn stop(#[server(default)] id: String) -> Result<(), ServerFnError> {
    let Ok(id) = id.parse::<BulkId>() else { return which().await };
    submit(&routes::bulk(id), async move |account, _: Typed| match account.stop_bulk(&id).await {
        Ok(()) => Ok(routes::bulk(id)),
        Err(error) => Err(refused(&error, &[])),
    })
    .await
}

/// Lets a paused job go on with the session of who asks.
#[server(prefix = "/do", endpoint = "bulk/resume")]
pub async fn resume(#[server(default)] id: String) -> Result<(), ServerFnError> {
    let Ok(id) = id.parse::<BulkId>() else { return which().await };
    submit(&routes::bulk(id), async move |account, _: Typed| match account.resume_bulk(&id).await {
        Ok(()) => Ok(routes::bulk(id)),
        Err(error) => Err(refused(&error, &[])),
    })
    .await
}

async fn which() -> Result<(), ServerFnError> {
    submit(routes::BULK, async move |_, _: Typed| Err(Refusal::whole("Which job? Choose it in the list.")))
        .await
}

/// The page that asked.
pub fn page_of(action: BulkAction, rows: &str, from: &str) -> String {
    let rows: Vec<u64> = items_of(rows).iter().map(|item| item.id).collect();
    routes::new_bulk(action.word(), &rows, from)
}

/// The rows as the form carries them: a line for each, its number, a space, its name.
fn items_of(rows: &str) -> Vec<BulkItem> {
    let lines = rows.lines().filter_map(|line| line.split_once(' '));
    lines.filter_map(|(id, name)| Some(BulkItem { id: id.parse().ok()?, name: name.to_owned() })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_were_written() {
        let items = items_of("7 web-1\nnonsense\n12 db 2\n13 ");
        let read: Vec<(u64, &str)> = items.iter().map(|item| (item.id, item.name.as_str())).collect();
        assert_eq!(read, [(7, "web-1"), (12, "db 2"), (13, "")]);
        assert!(items_of("").is_empty());
    }
}
