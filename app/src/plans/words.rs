//! What a plan is called, and what it holds.

use vpsbg_api::Plan;

use crate::{
    components::badge::Tone,
    words::{NOTHING, count, or_dash, sizes},
};

/// The name, or what to call it without one.
pub fn name(plan: &Plan) -> String {
    let name = plan.name.clone().or_else(|| plan.key.clone()).filter(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| {
        plan.id.map_or_else(|| "A plan without a name".to_owned(), |id| format!("plan {id}"))
    })
}

/// Whose the cores are, in words; a word that nobody knows as it was sent.
pub fn kind(plan: &Plan) -> String {
    match plan.kind.as_deref() {
        Some("cloud-vps") => "Shared cores".to_owned(),
        Some("vds") => "Dedicated cores".to_owned(),
        other => or_dash(other),
    }
}

/// Whether it is in stock, in a word.
pub fn stock(plan: &Plan) -> (&'static str, Tone) {
    match plan.available {
        Some(true) => ("In stock", Tone::Good),
        Some(false) => ("Out of stock", Tone::Quiet),
        None => ("Not known", Tone::Quiet),
    }
}

/// Memory.
pub fn memory(plan: &Plan) -> String {
    plan.memory.map_or_else(|| NOTHING.to_owned(), sizes::gigabytes)
}

/// Disk.
pub fn disk(plan: &Plan) -> String {
    plan.disk.map_or_else(|| NOTHING.to_owned(), sizes::gigabytes)
}

/// Traffic a month. What 0 means is told for other numbers only (FACTS §1, units), so it is shown as sent.
pub fn traffic(plan: &Plan) -> String {
    plan.bandwidth.map_or_else(|| NOTHING.to_owned(), sizes::terabytes)
}

/// The shortest purchase.
pub fn shortest(plan: &Plan) -> String {
    plan.minimum_billing_cycle.map_or_else(|| NOTHING.to_owned(), months)
}

/// `3 months`.
pub fn months(number: u32) -> String {
    count(u64::from(number), "month")
}

/// All that it holds, in a line.
pub fn facts(plan: &Plan) -> String {
    let parts = [
        plan.vcpus.map(|cores| {
            let whose = match plan.kind.as_deref() {
                Some("cloud-vps") => "shared ",
                Some("vds") => "dedicated ",
                _ => "",
            };
            count(u64::from(cores), &format!("{whose}core"))
        }),
        plan.memory.map(|memory| format!("{} memory", sizes::gigabytes(memory))),
        plan.disk.map(|disk| format!("{} disk", sizes::gigabytes(disk))),
        plan.bandwidth.map(|traffic| format!("{} traffic a month", sizes::terabytes(traffic))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
