//! Servers, by name, address and id. The provider itself looks for names and addresses, in all states.

use gateway::{Account, Error};
use vpsbg_api::{BillingState, GetServer, ListServers, Server, ServerFilter, ServerId};

use super::{
    kinds::{Found, Item},
    matching::Sought,
};
use crate::{
    routes,
    servers::{billing, main_address, name},
};

/// Rows that are asked for: more than anybody reads, little enough to come quickly.
const ROWS: u64 = 20;

/// Looks for servers.
pub async fn look(account: &Account, sought: &Sought) -> Result<Found, Error> {
    let (list, by_id) = futures::join!(by_text(account, sought), by_id(account, sought));
    let list = list?;
    let mut servers: Vec<&Server> = list.value.rows.iter().collect();
    // In the provider's order where nothing fits better; it may know names that we do not.
    servers.sort_by_key(|server| (sought.fit(&texts(server)).is_none(), sought.fit(&texts(server))));
    let exact = by_id?.filter(|server| servers.iter().all(|other| other.id != server.id));
    let items = exact.iter().chain(servers).map(|server| item(server, sought)).collect();
    let more = (!list.value.is_last()).then(|| routes::with_query(routes::SERVERS, &[("q", &sought.typed)]));
    Ok(Found {
        items,
        searched: "all servers by name, address and id".to_owned(),
        more,
        reading: list.with(()),
    })
}

async fn by_text(
    account: &Account,
    sought: &Sought,
) -> Result<gateway::Reading<vpsbg_api::Page<Server>>, Error> {
    let search = ListServers {
        page: 1,
        per_page: Some(ROWS),
        filter: ServerFilter {
            address: None,
            search: Some(sought.typed.clone()),
            // All of them: unasked the provider leaves out those that are being made, and the terminated.
            status: vec![
                BillingState::Active,
                BillingState::Suspended,
                BillingState::Processing,
                BillingState::Terminated,
            ],
        },
        sort: None,
    };
    account.read(&search).await
}

/// The server with just this id. That there is none is no trouble.
async fn by_id(account: &Account, sought: &Sought) -> Result<Option<Server>, Error> {
    let Some(id) = sought.id::<ServerId>() else { return Ok(None) };
    match account.read(&GetServer { id, with_app_guide: false }).await {
        Ok(reading) => Ok(Some(reading.value.as_ref().clone())),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn texts(server: &Server) -> Vec<String> {
    let addresses = server.addresses.iter().filter_map(|address| address.address.clone());
    [name(server), server.id.to_string()].into_iter().chain(addresses).collect()
}

fn item(server: &Server, sought: &Sought) -> Item {
    // The address that was looked for, if it was one; otherwise the main one.
    let addresses = server.addresses.iter().filter_map(|address| address.address.as_ref());
    let mut addresses = addresses;
    let meant = addresses.find(|address| {
        !sought.is_nothing() && address.to_lowercase().contains(&sought.typed.to_lowercase())
    });
    let meant = meant.cloned();
    let plan = server.plan.as_ref().and_then(|plan| plan.name.clone().or(plan.key.clone()));
    let parts = [meant.or_else(|| main_address(server)), Some(billing(server.status.as_ref()).0), plan];
    let hint = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Item::new(name(server), hint, routes::server(server.id))
}
