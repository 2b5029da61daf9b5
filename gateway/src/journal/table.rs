//! Which traces each spending operation leaves: the one table of it. It reads the request itself, so that nothing
//! can be sent in one way and looked for in another.
//!
//! Source: openapi.yaml (request schemas), FACTS §2 (order types). An operation that is not in the table leaves no
//! known trace: if its answer is lost, only a person can tell.

use serde_json::Value;
use vpsbg_api::{Body, Operation};

use super::trace::{About, Trace};

/// The traces of an operation.
pub(super) fn traces<O: Operation>(operation: &O) -> Vec<Trace> {
    let body = match operation.body() {
        Body::Json(value) => value,
        _ => Value::Null,
    };
    let arguments = operation.arguments();
    let server = arguments
        .iter()
        .find(|(name, _)| matches!(*name, "id" | "server_id"))
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or_default();
    of(O::INFO.id, server, &body)
}

fn of(operation: &str, server: u64, body: &Value) -> Vec<Trace> {
    match operation {
        "depositFunds" => vec![order(&["deposit"], About::Whatever)],
        "deployServer" => {
            vec![Trace::Servers { names: names(body) }, order(&["new-service", "combined"], About::Whatever)]
        }
        "renewServers" => {
            vec![order(&["renew-service", "combined"], About::Servers(ids(body, "server_ids")))]
        }
        "scaleServer" => {
            let plan = text(body, "plan");
            let mut traces = vec![order(&["scale-service", "combined"], About::Servers(vec![server]))];
            traces.extend(plan.map(|plan| Trace::ServerPlan { server, plan }));
            traces
        }
        "purchaseServerAddons" => {
            vec![
                Trace::Addons { server, wanted: addons(body) },
                order(&["new-addon", "combined"], About::Whatever),
            ]
        }
        "scaleServerAddons" => {
            vec![
                Trace::Addons { server, wanted: addons(body) },
                order(&["scale-addon", "combined"], About::Whatever),
            ]
        }
        "purchaseFloatingIps" => {
            let count =
                ["ipv4", "ipv4_ddos", "ipv6"].iter().filter_map(|key| body.get(key)?.as_u64()).sum::<u64>();
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            vec![Trace::FloatingIps { count }, order(&["new-floating-ip", "combined"], About::Whatever)]
        }
        // Which type the order of a support level has is told nowhere.
        "purchaseSupportPlan" => vec![order(&["new-service", "custom", "combined"], About::Support)],
        "renewSupportPlan" => vec![order(&["renew-service", "custom", "combined"], About::Support)],
        "payOrders" => vec![Trace::Paid { orders: ids(body, "order_ids") }],
        _ => Vec::new(),
    }
}

fn order(types: &[&str], about: About) -> Trace {
    Trace::Order { types: types.iter().map(|&kind| kind.to_owned()).collect(), about }
}

fn text(body: &Value, key: &str) -> Option<String> {
    body.get(key)?.as_str().map(str::to_owned)
}

fn ids(body: &Value, key: &str) -> Vec<u64> {
    body.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// `name` is one host name or a list of them.
fn names(body: &Value) -> Vec<String> {
    match body.get("name") {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Requests name add-ons by family, servers list them by key (FACTS §4).
fn addons(body: &Value) -> Vec<(String, Option<u64>)> {
    let mut wanted = Vec::new();
    if body.get("backups").and_then(Value::as_bool) == Some(true) {
        wanted.push(("backups".to_owned(), None));
    }
    wanted.extend(["cpanel", "bandwidth"].iter().filter_map(|key| Some((text(body, key)?, None))));
    for (key, name) in
        [("microsoft_rds_sal", "microsoft-rds-sal"), ("microsoft_office_sal", "microsoft-office-sal")]
    {
        let seats = body.get(key).and_then(Value::as_u64).filter(|seats| *seats > 0);
        wanted.extend(seats.map(|seats| (name.to_owned(), Some(seats))));
    }
    wanted
}
