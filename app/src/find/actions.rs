//! What can be done with the object of a page. Each action leads to the page that asks for confirmation; one that
//! cannot be had now says why, by the same rules as the buttons of that page.

use gateway::{Account, Error, PowerAction};
use vpsbg_api::{
    DeleteIso, DeleteOrder, GetOrder, GetTicket, IsoId, Operation, OrderId, PayOrders, PurchaseServerAddons,
    RenewServers, ReplyTicket, ResolveTicket, ScaleServer, ServerId, StartServer, TicketId,
};

use super::{kinds::Item, matching::Sought, object::Object};
use crate::{isos, routes, servers};

/// What can be done, and why it is not known if it is not.
pub struct Actions {
    /// The actions that fit what was typed, in the order of the page's buttons.
    pub items: Vec<Item>,
    /// Why there are not more.
    pub trouble: Option<Error>,
}

/// The actions on an object.
pub async fn actions(account: &Account, object: Object, sought: &Sought) -> Actions {
    let read = match object {
        Object::Server(id) => of_server(account, id).await,
        Object::Iso(id) => of_iso(account, id).await,
        Object::Ticket(id) => of_ticket(account, id).await,
        Object::Order(id) => of_order(account, id).await,
        Object::Invoice(_) => Ok(Vec::new()),
    };
    let (mut items, trouble) = match read {
        Ok(items) => (items, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    items.push(Item { copies: true, ..Item::new("Copy link", "To this page", object.address()) });
    items.retain(|item| sought.fit(std::slice::from_ref(&item.name)).is_some());
    Actions { items, trouble }
}

async fn of_server(account: &Account, id: ServerId) -> Result<Vec<Item>, Error> {
    let seen = account.server(id).await?;
    let server = &seen.value.server;
    let named = servers::name(server);
    let switches = PowerAction::ALL.map(|action| {
        let name = on(servers::verb(action), &named);
        let allowed = action.allowed(server).map_err(|reason| reason.to_string());
        let allowed = may(account, StartServer::INFO.permission).and(allowed);
        item(name, routes::server_confirm(id, action.word()), allowed)
    });
    let others = servers::ACTIONS.iter().filter(|offer| offer.in_menu).map(|offer| {
        let name = on(offer.name, &named);
        let allowed = (offer.allowed)(server).map_err(|reason| reason.to_string());
        item(name, offer.asked_with(id, &[]), may(account, offer.permission).and(allowed))
    });
    let priced = [
        ("Scale", routes::server_scale(id), ScaleServer::INFO, server.can_scale()),
        ("Buy add-ons", routes::server_new_add_ons(id), PurchaseServerAddons::INFO, server.can_buy_addons()),
        ("Renew", routes::renew(&[id], "", "", ""), RenewServers::INFO, server.can_renew()),
    ];
    let priced = priced.map(|(what, address, info, allowed)| {
        let allowed = allowed.map_err(|reason| reason.to_string());
        item(on(what, &named), address, may(account, info.permission).and(allowed))
    });
    Ok(switches.into_iter().chain(priced).chain(others).collect())
}

/// What is done to which: `Restart web-1`, `Boot the rescue system: web-1`.
fn on(what: &str, named: &str) -> String {
    if what.contains(' ') { format!("{what}: {named}") } else { format!("{what} {named}") }
}

async fn of_iso(account: &Account, id: IsoId) -> Result<Vec<Item>, Error> {
    let progress = account.iso(id).await?;
    let name = format!("Delete {}", isos::name(&progress.value));
    let allowed = isos::can_delete(&progress.value).map_err(|reason| reason.to_string());
    let allowed = may(account, DeleteIso::INFO.permission).and(allowed);
    Ok(vec![item(name, routes::iso_confirm_delete(id), allowed)])
}

async fn of_order(account: &Account, id: OrderId) -> Result<Vec<Item>, Error> {
    let order = account.read(&GetOrder { id }).await?;
    let pay = order.value.can_pay().map_err(|reason| reason.to_string());
    let drop = order.value.can_cancel().map_err(|reason| reason.to_string());
    let to = |action| routes::order_ask(id, action);
    Ok(vec![
        item(format!("Pay order {id}"), to("pay"), may(account, PayOrders::INFO.permission).and(pay)),
        item(format!("Drop order {id}"), to("drop"), may(account, DeleteOrder::INFO.permission).and(drop)),
    ])
}

async fn of_ticket(account: &Account, id: TicketId) -> Result<Vec<Item>, Error> {
    let ticket = account.read(&GetTicket { id }).await?;
    let reply = ticket.value.can_reply().map_err(|reason| reason.to_string());
    let resolve = ticket.value.can_resolve().map_err(|reason| reason.to_string());
    Ok(vec![
        item(
            "Reply".to_owned(),
            routes::ticket_reply(id),
            may(account, ReplyTicket::INFO.permission).and(reply),
        ),
        item(
            "Mark as resolved".to_owned(),
            routes::ticket_confirm_resolve(id),
            may(account, ResolveTicket::INFO.permission).and(resolve),
        ),
    ])
}

/// What the person's role says.
fn may(account: &Account, permission: vpsbg_api::Permission) -> Result<(), String> {
    if account.may(permission) { Ok(()) } else { Err(Error::Forbidden.to_string()) }
}

fn item(name: String, address: String, allowed: Result<(), String>) -> Item {
    Item { why_not: allowed.err(), ..Item::new(name, "", address) }
}
