//! Orders as traces of purchases: the list tells their types, their details what they are about.

use vpsbg_api::{GetOrder, ListOrders, Order, OrderId, OrderKind, OrderStatus, ServiceId, ServiceKind};

use super::{
    before::Before,
    signs::{Fit, Found, Look, rows, seen},
    trace::About,
};
use crate::{Account, Error};

/// All states: the documented default hides some, under a name that no order has (FACTS §5.12). That name is asked
/// for too: it may be the only one the filter knows.
fn any_order(page: u64) -> ListOrders {
    let status = vec![
        OrderStatus::AwaitingPayment,
        OrderStatus::Processing,
        OrderStatus::Paid,
        OrderStatus::Cancelled,
        OrderStatus::Other("pending_payment".to_owned()),
    ];
    ListOrders { page, per_page: Some(50), status }
}

/// New orders of these types about a subject.
pub(super) async fn placed(
    account: &Account,
    types: &[String],
    subject: &About,
    before: Option<&Before>,
) -> Result<Look, Error> {
    let Some((rows, broken)) = rows(account, any_order, |order: &Order| order.id.get(), before).await? else {
        return Ok(Look::Cannot);
    };
    let newest = rows.iter().map(|order| order.id.get()).max().unwrap_or_default();
    let mut found = Vec::new();
    for order in rows.iter().filter(|order| before.is_some_and(|before| order.id.get() > before.newest)) {
        let kind = order.kind.as_ref().map(OrderKind::word);
        let fit = match kind {
            None => Some(Fit::Perhaps),
            // A word that nobody knows proves nothing.
            Some(_) if matches!(order.kind, Some(OrderKind::Other(_))) => Some(Fit::Perhaps),
            Some(kind) if !types.iter().any(|known| known == kind) => None,
            Some(_) => fits(account, order, subject).await?,
        };
        let (what, about) = (format!("order {}", order.id), kind.map(str::to_owned));
        found.extend(fit.map(|fit| Found::new(what, about, Some(order.id.get()), fit)));
    }
    Ok(seen(found, newest, broken, before))
}

/// Whether an order is about what was bought. Its details are a guess of the contract: without them it only might
/// be.
async fn fits(account: &Account, order: &Order, subject: &About) -> Result<Option<Fit>, Error> {
    if *subject == About::Whatever {
        return Ok(Some(Fit::Sure));
    }
    let mut services = order.services.clone();
    if services.is_empty() {
        services = match account.read_now(&GetOrder { id: order.id }).await {
            Ok(detail) => detail.services,
            Err(Error::NotOffered | Error::Forbidden | Error::NotFound) => Vec::new(),
            Err(error) => return Err(error),
        };
    }
    // Only what is understood whole can prove that an order is about something else.
    let known = !services.is_empty()
        && services.iter().all(|service| match &service.service_type {
            None | Some(ServiceKind::Other(_)) => false,
            Some(ServiceKind::Server) => service.service_id.is_some(),
            Some(_) => true,
        });
    let of =
        |kind: ServiceKind| services.iter().filter(move |service| service.service_type == Some(kind.clone()));
    let About::Servers(wanted) = subject else {
        return Ok(match of(ServiceKind::Support).count() {
            0 if known => None,
            0 => Some(Fit::Perhaps),
            _ => Some(Fit::Sure),
        });
    };
    let mut named: Vec<u64> =
        of(ServiceKind::Server).filter_map(|row| row.service_id).map(ServiceId::get).collect();
    let mut wanted = wanted.clone();
    wanted.sort_unstable();
    named.sort_unstable();
    Ok(match named {
        named if named == wanted => Some(Fit::Sure),
        // More or fewer than ordered: not what was asked, yet it is about the same thing.
        named if named.iter().any(|id| wanted.contains(id)) => Some(Fit::Perhaps),
        _ if known => None,
        _ => Some(Fit::Perhaps),
    })
}

/// Orders that no longer wait for payment.
pub(super) async fn paid(account: &Account, orders: &[u64]) -> Result<Look, Error> {
    let mut found = Vec::new();
    for id in orders {
        let Ok(id) = OrderId::try_from(*id) else { return Ok(Look::Cannot) };
        let order = account.read_now(&GetOrder { id }).await?;
        let (state, fit) = match order.status {
            Some(OrderStatus::AwaitingPayment | OrderStatus::Cancelled) => continue,
            Some(OrderStatus::Paid | OrderStatus::Processing) => ("is paid", Fit::Sure),
            _ => ("in another state", Fit::Perhaps),
        };
        let about = order.kind.as_ref().map(|kind| kind.word().to_owned());
        found.push(Found::new(format!("order {id} {state}"), about, None, fit));
    }
    Ok(Look::Seen { found, newest: 0, broken: 0 })
}
