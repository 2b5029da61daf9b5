//! `filter[start]` and `filter[end]`: a stretch of time in Unix seconds (FACTS §1, Time).

use crate::door::call::Call;
use crate::reply::{Complaints, Refusal};
use crate::stamp;
use jiff::Timestamp;

/// The stretch asked for. Without a start it is the last `usual_days` before its end; without an end it
/// ends now.
pub(super) fn range(
    call: &Call,
    usual_days: i64,
    most_days: Option<i64>,
) -> Result<(Timestamp, Timestamp), Refusal> {
    let mut complaints = Complaints::default();
    let start = moment(call, "start", &mut complaints);
    let end = moment(call, "end", &mut complaints).unwrap_or(call.now);
    let begin = start.unwrap_or_else(|| stamp::later_days(end, -usual_days));
    if begin > end {
        complaints.add("filter.end", "The filter.end field must be a date after or equal to filter.start.");
    } else if let Some(days) = most_days.filter(|days| stamp::later_days(begin, *days) < end) {
        complaints.add("filter.start", format!("At most {days} days can be shown at once."));
    }
    complaints.finish()?;
    Ok((begin, end))
}

fn moment(call: &Call, edge: &str, complaints: &mut Complaints) -> Option<Timestamp> {
    let text = call.query.get(&format!("filter[{edge}]"))?;
    let read = text.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    if read.is_none() {
        complaints.add(&format!("filter.{edge}"), format!("The filter.{edge} field must be an integer."));
    }
    read
}
