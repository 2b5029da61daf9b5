//! Looking for traces: reads what the provider has, and says what of it could come from a purchase.

use serde::{Deserialize, Serialize};
use vpsbg_api::{
    BillingState, Encode, FloatingIp, FloatingIpFilter, GetServer, ListFloatingIps, ListServers, Operation,
    Page, Server, ServerFilter, ServerId, ServerSort,
};

use super::{before::Before, orders, trace::Trace};
use crate::{Account, Error, Step, Walk};

/// Pages of a list that are read at most, of fifty rows each.
const PAGES: u64 = 6;

/// Something at the provider that shows that a purchase was done, or might.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// The object, as in the audit: `order 200731`, `server 7`, `floating IP 918`; with its state where only that
    /// is new: `server 7 on cloud-vps-4gb`.
    pub what: String,
    /// What the provider says of it: a host name, the type of an order, an address.
    pub about: Option<String>,
}

/// How well a sign fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Sure,
    Perhaps,
}

#[derive(Debug)]
pub(super) struct Found {
    pub(super) sign: Sign,
    /// In a list: its id. None: a state of something older.
    pub(super) id: Option<u64>,
    pub(super) fit: Fit,
}

impl Found {
    pub(super) fn new(what: String, about: Option<String>, id: Option<u64>, fit: Fit) -> Self {
        Self { sign: Sign { what, about }, id, fit }
    }
}

/// What was seen.
#[derive(Debug)]
pub(super) enum Look {
    Seen {
        found: Vec<Found>,
        newest: u64,
        broken: usize,
    },
    /// The provider does not offer it, does not allow it, or has more than can be read.
    Cannot,
}

/// Looks for a trace. With `before`, only what is new counts.
///
/// # Errors
/// [`Error`] when the provider is in trouble.
pub(super) async fn look(account: &Account, trace: &Trace, before: Option<&Before>) -> Result<Look, Error> {
    let looked = match trace {
        Trace::Order { types, about } => orders::placed(account, types, about, before).await,
        Trace::Servers { names } => servers(account, names, before).await,
        Trace::FloatingIps { .. } => floating_ips(account, before).await,
        Trace::ServerPlan { server, plan } => with_server(account, *server, |row| on_plan(row, plan)).await,
        Trace::Addons { server, wanted } => {
            with_server(account, *server, |row| with_addons(row, wanted)).await
        }
        Trace::Paid { orders } => orders::paid(account, orders).await,
    };
    match looked {
        Err(Error::NotOffered | Error::Forbidden | Error::NotFound | Error::Invalid(_)) => Ok(Look::Cannot),
        looked => looked,
    }
}

/// The rows of a list that could be new. None: there are too many to be sure.
pub(super) async fn rows<O: Operation<Answer = Page<T>>, T: Clone + Encode>(
    account: &Account,
    list: impl Fn(u64) -> O,
    id: impl Fn(&T) -> u64,
    before: Option<&Before>,
) -> Result<Option<(Vec<T>, usize)>, Error> {
    let (mut rows, mut broken) = (Vec::new(), 0);
    let (mut walk, mut number) = (Walk::default(), 1);
    loop {
        let page = account.read_now(&list(number)).await?;
        let step = walk.step(&page);
        rows.extend(page.rows);
        broken += page.broken;
        // Newest first: whatever is new stands before the first row that was there already.
        let descends = rows.len() > 1 && rows.windows(2).all(|pair| id(&pair[0]) > id(&pair[1]));
        let reached = before.is_none_or(|before| rows.iter().any(|row| id(row) <= before.newest));
        match step {
            Step::End => return Ok(Some((rows, broken))),
            Step::On(_) if descends && reached => return Ok(Some((rows, broken))),
            Step::On(next) if next <= PAGES => number = next,
            // A list that takes no notice of the page may be told in part only: nobody is sure then.
            Step::On(_) | Step::Again | Step::Lost => return Ok(None),
        }
    }
}

/// What was seen of a list. A row that can no longer be read might be it.
pub(super) fn seen(mut found: Vec<Found>, newest: u64, broken: usize, before: Option<&Before>) -> Look {
    if let Some(before) = before
        && broken > before.broken
    {
        found.push(Found::new("a row that cannot be read".to_owned(), None, None, Fit::Perhaps));
    }
    Look::Seen { found, newest, broken }
}

/// All states: the documented default hides those that are being made (FACTS §1, filters).
fn any_state() -> Vec<BillingState> {
    vec![BillingState::Processing, BillingState::Active, BillingState::Suspended, BillingState::Terminated]
}

async fn servers(account: &Account, names: &[String], before: Option<&Before>) -> Result<Look, Error> {
    let list = |page| ListServers {
        page,
        per_page: Some(50),
        filter: ServerFilter { status: any_state(), ..ServerFilter::default() },
        sort: Some(ServerSort::Created(true)),
    };
    let Some((rows, broken)) = rows(account, list, |server: &Server| server.id.get(), before).await? else {
        return Ok(Look::Cannot);
    };
    let newest = rows.iter().map(|server| server.id.get()).max().unwrap_or_default();
    let new = rows.into_iter().filter(|server| before.is_some_and(|before| server.id.get() > before.newest));
    let found = new.filter_map(|server| {
        let fit = match &server.hostname {
            None => Fit::Perhaps,
            Some(name) if names.contains(name) => Fit::Sure,
            Some(_) => return None,
        };
        Some(Found::new(format!("server {}", server.id), server.hostname, Some(server.id.get()), fit))
    });
    Ok(seen(found.collect(), newest, broken, before))
}

async fn floating_ips(account: &Account, before: Option<&Before>) -> Result<Look, Error> {
    let list = |page| ListFloatingIps {
        page,
        per_page: Some(50),
        filter: FloatingIpFilter { status: any_state(), ..FloatingIpFilter::default() },
    };
    let Some((rows, broken)) = rows(account, list, |row: &FloatingIp| row.id.get(), before).await? else {
        return Ok(Look::Cannot);
    };
    let newest = rows.iter().map(|row| row.id.get()).max().unwrap_or_default();
    let new = rows.into_iter().filter(|row| before.is_some_and(|before| row.id.get() > before.newest));
    let found = new.map(|row| {
        let address = row.address.and_then(|address| address.address);
        Found::new(format!("floating IP {}", row.id), address, Some(row.id.get()), Fit::Sure)
    });
    Ok(seen(found.collect(), newest, broken, before))
}

async fn with_server(
    account: &Account,
    id: u64,
    signs: impl Fn(&Server) -> Vec<String>,
) -> Result<Look, Error> {
    let Ok(id) = ServerId::try_from(id) else { return Ok(Look::Cannot) };
    let server = account.read_now(&GetServer { id, with_app_guide: false }).await?;
    let about = || server.hostname.clone();
    let mut found: Vec<_> = signs(&server)
        .into_iter()
        .map(|state| Found::new(format!("server {id} {state}"), about(), None, Fit::Sure))
        .collect();
    // Somebody works on it: perhaps on this.
    if server.locked == Some(true) {
        found.push(Found::new(format!("server {id} is locked"), about(), None, Fit::Perhaps));
    }
    Ok(Look::Seen { found, newest: 0, broken: 0 })
}

fn on_plan(server: &Server, plan: &str) -> Vec<String> {
    let key = server.plan.as_ref().and_then(|plan| plan.key.as_deref());
    if key == Some(plan) { vec![format!("on {plan}")] } else { Vec::new() }
}

fn with_addons(server: &Server, wanted: &[(String, Option<u64>)]) -> Vec<String> {
    let has = |name: &str, seats: Option<u64>| {
        server.addons.iter().any(|addon| {
            addon.name.as_deref() == Some(name)
                && seats.is_none_or(|seats| addon.quantity.map(u64::from) == Some(seats))
        })
    };
    let there = wanted.iter().filter(|(name, seats)| has(name, *seats));
    there
        .map(|(name, seats)| match seats {
            Some(seats) => format!("with {seats} of {name}"),
            None => format!("with {name}"),
        })
        .collect()
}
