//! `/servers`: the list of servers.

use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use gateway::{Account, BulkAction, Error, PowerAction};
use leptos::prelude::*;
use vpsbg_api::{BillingState, ListServers, Server, ServerFilter, ServerSort};

use super::{
    list_power::{self, POWER, with_power},
    row::{ServerRow, columns, menu},
    words::name,
};
use crate::{
    components::{
        frame::Section,
        list::{
            Batch, Batches, Contents, Filter, List, ListPage, ListQuery, Listing, Search, Selection, Shown,
            all_of, of_pages, pages_of,
        },
        notice::Empty,
    },
    live::Sources,
    routes,
};

/// Rows of a page for which all pages are gathered: the most the provider gives (`per_page` of `listServers`).
const MOST: u64 = 50;

/// Which states are shown. The provider leaves out processing and terminated ones unless asked.
pub const STATES: [(&str, &str); 5] = [
    ("", "Active and suspended"),
    ("active", "Active"),
    ("suspended", "Suspended"),
    ("processing", "Being made"),
    ("terminated", "Terminated"),
];

/// Whether it runs, as far as that is told.
const POWERS: [(&str, &str); 3] = [("", "Any"), ("running", "Running"), ("stopped", "Stopped")];
/// Whether it renews itself.
const RENEWAL: [(&str, &str); 3] = [("", "Any"), ("itself", "Renews by itself"), ("not", "Does not")];
/// Whether a task of the provider holds it.
const LOCK: [(&str, &str); 3] = [("", "Any"), ("locked", "Locked"), ("free", "Not locked")];

/// The page.
#[component]
pub fn ServersPage() -> impl IntoView {
    view! { <ListPage listing=Servers /> }
}

/// The list of servers.
pub struct Servers;

impl Listing for Servers {
    type Row = ServerRow;
    const FILE_PAGE: Option<u64> = Some(MOST);

    fn list(_: &Account) -> BoxFuture<'_, List<ServerRow>> {
        let list = List {
            name: "servers",
            path: routes::SERVERS,
            section: Section::Servers,
            title: "Servers",
            unit: "server",
            search: Some(Search::Provider("Name or address")),
            columns: columns(),
            filters: vec![
                Filter::chips("state", "State", &STATES),
                Filter::choice(POWER, "Power", owned(&POWERS)).by(by_power),
                Filter::choice("renewal", "Renewal", owned(&RENEWAL)).by(by_renewal),
                Filter::choice("lock", "Lock", owned(&LOCK)).by(by_lock),
            ],
            sizes: &[20, 30, MOST],
            selection: Some(Selection {
                of: |row| (row.server.id.get(), name(&row.server)),
                actions: &[BulkAction::StartServers, BulkAction::RestartServers, BulkAction::StopServers],
                pages: &[("Renew", routes::RENEW)],
                allows,
            }),
            menu: Some(menu),
            id_of_row: |row| format!("server-{}", row.server.id),
            check: |_| Ok(()),
        };
        async { list }.boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<ServerRow>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<ServerRow>> {
        async move {
            let of_page = of_page(query, query.per_page);
            if let Some(read) = list_power::unknown(account, query, &of_page).await {
                let live = match &read {
                    Err(error) => Sources::default().waiting_after(error),
                    Ok(_) => Sources::default(),
                };
                return Contents { read, live, above: None, fixed: None };
            }
            let row = rows_of(account, query).await;
            let (contents, statuses) =
                futures::join!(of_pages(account, list, query, of_page, row), account.statuses());
            match contents.read {
                Ok(shown) => {
                    let (shown, live, above) = with_power(account, shown, statuses, contents.live).await;
                    Contents { read: Ok(shown), live, above, ..contents }
                }
                Err(_) => contents,
            }
        }
        .boxed()
    }

    fn every(account: &Account, list: List<ServerRow>, query: ListQuery) -> Batches<ServerRow> {
        let account = std::sync::Arc::new(account.clone());
        let rows = {
            let account = std::sync::Arc::clone(&account);
            async move {
                let of_page = of_page(&query, query.per_page.or(Self::FILE_PAGE));
                if let Some(read) = list_power::unknown(&account, &query, &of_page).await {
                    return stream::once(async { Err(read.err().unwrap_or(Error::NotOffered)) }).boxed();
                }
                let row = rows_of(&account, &query).await;
                pages_of(&account, list, query, of_page, row)
            }
        };
        rows.flatten_stream()
            .then(move |batch| {
                let account = std::sync::Arc::clone(&account);
                async move {
                    let mut batch = batch?;
                    let statuses = account.statuses().await;
                    let seen = match &statuses {
                        Ok(reading) => match reading.stale() {
                            None => Some(reading.value.as_ref()),
                            Some(why) => return Err(why.clone()),
                        },
                        // A column without anything would look like an answer.
                        Err(error @ (Error::NotOffered | Error::Forbidden)) => {
                            batch
                                .missing
                                .push(format!("Power and CPU are missing in the rows above: {error}"));
                            None
                        }
                        Err(error) => return Err(error.clone()),
                    };
                    let rows = batch.rows.into_iter().map(|row| row.with(seen)).collect();
                    Ok(Batch { rows, ..batch })
                }
            })
            .boxed()
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<ServerRow>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<ServerRow>, Error>> {
        async move {
            let of_page = of_page(query, Some(MOST));
            if let Some(read) = list_power::unknown(account, query, &of_page).await {
                return read;
            }
            let row = rows_of(account, query).await;
            let shown = all_of(account, list, query, of_page, row).await?;
            // What may be done with them depends on it.
            let statuses = account.statuses().await.ok();
            Ok(list_power::with(shown, statuses.as_ref().map(|statuses| statuses.value.as_ref())))
        }
        .boxed()
    }

    fn actions() -> Option<AnyView> {
        Some(new_server())
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No servers yet">
                <p>"Servers that you rent from the provider are shown here."</p>
                <p>{new_server()}</p>
            </Empty>
        }
        .into_any()
    }
}

/// Makes rows of what the provider's list sends. Its rows may not tell the power: who asks for it by a filter gets what
/// all servers' live state says before anything is left out.
async fn rows_of(account: &Account, query: &ListQuery) -> impl Fn(Server) -> ServerRow + Send + Sync + use<> {
    let statuses = if query.filter(POWER).is_empty() { None } else { account.statuses().await.ok() };
    move |server| ServerRow::new(server).with(statuses.as_ref().map(|statuses| statuses.value.as_ref()))
}

fn owned(options: &[(&str, &str)]) -> Vec<(String, String)> {
    options.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())).collect()
}

fn by_power(row: &ServerRow, value: &str) -> bool {
    match value {
        "running" => row.running() == Some(true),
        "stopped" => row.running() == Some(false),
        _ => true,
    }
}

fn by_renewal(row: &ServerRow, value: &str) -> bool {
    match value {
        "itself" => row.server.auto_renew == Some(true),
        "not" => row.server.auto_renew == Some(false),
        _ => true,
    }
}

fn by_lock(row: &ServerRow, value: &str) -> bool {
    match value {
        "locked" => row.server.locked == Some(true),
        "free" => row.server.locked == Some(false),
        _ => true,
    }
}

/// The way to another server.
pub fn new_server() -> AnyView {
    view! { <a class="button" data-tone="accent" href=routes::NEW_SERVER>"New server"</a> }.into_any()
}

/// The call of the provider for a page.
fn of_page(query: &ListQuery, per_page: Option<u64>) -> impl Fn(u64) -> ListServers + Send + Sync + use<> {
    let state = query.filter("state");
    let filter = ServerFilter {
        // The provider looks for text in addresses too.
        address: None,
        search: (!query.search.is_empty()).then(|| query.search.clone()),
        status: if state.is_empty() { Vec::new() } else { vec![BillingState::from_word(state)] },
    };
    let sort = query.sort.as_ref().and_then(|sort| match sort.by {
        "created" => Some(ServerSort::Created(sort.descending)),
        "expiry" => Some(ServerSort::Expiry(sort.descending)),
        _ => None,
    });
    move |page| ListServers { page, per_page, filter: filter.clone(), sort }
}

fn allows(row: &ServerRow, action: BulkAction) -> Result<(), String> {
    let action = match action {
        BulkAction::StartServers => PowerAction::Start,
        BulkAction::StopServers => PowerAction::Stop,
        BulkAction::RestartServers => PowerAction::Restart,
        BulkAction::DeleteIsos | BulkAction::ResolveTickets => return Ok(()),
    };
    switch(&row.seen(), action).map(|_| ())
}

/// Why a server cannot be switched now, by the contract's own table; where it can be asked for, if it can.
pub fn switch(server: &Server, action: PowerAction) -> Result<String, String> {
    action
        .allowed(server)
        .map(|()| routes::server_confirm(server.id, action.word()))
        .map_err(|reason| reason.to_string())
}
