//! Traffic of a server by day. Days begin at midnight in Sofia; the running period is the month there.

use super::moments;
use crate::door::call::Call;
use crate::reply::{Answer, Reply};
use crate::things::server::hundredths;
use crate::things::traffic::Days;
use crate::world::World;
use serde_json::{Value, json};

/// Days before an end that was asked for without a start.
const USUAL_DAYS: i64 = 30;

/// `getServerBandwidth`: the days of the month, or those that a range touches; `used` is always the month's.
pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let server = world.holdings.server(call.id()?)?;
    let month = Days::of_this_month(call.now);
    let ranged = ["filter[start]", "filter[end]"].iter().any(|field| call.query.get(field).is_some());
    let days = if ranged {
        let (begin, end) = moments::range(call, USUAL_DAYS, None)?;
        Days::between(begin.max(server.created_at), end.min(call.now))
    } else {
        month.clone()
    };
    let daily: Vec<Value> = days
        .of(server, call.now)
        .map(|day| {
            json!({
                "timestamp": day.midnight.as_second(),
                "incoming": day.incoming,
                "outgoing": day.outgoing,
            })
        })
        .collect();
    Ok(Reply::json(json!({
        "limit": server.traffic_limit(),
        "used": hundredths(month.sum(server, call.now)),
        "daily_usage": daily,
    })))
}
