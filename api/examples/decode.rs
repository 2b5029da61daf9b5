//! Decoding a list of 5,000 servers: speed and peak memory. For `make bench`.
#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::{error::Error, hint::black_box, time::Instant};

use peak_alloc::PeakAlloc;
use serde_json::{Value, json};
use vpsbg_api::{Decode, Notes, Page, Server};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const ROWS: u32 = 5_000;
const ROUNDS: usize = 9;

fn main() -> Result<(), Box<dyn Error>> {
    let text = list().to_string();
    let megabytes = f64::from(u32::try_from(text.len())?) / 1e6;
    let mut speeds = Vec::new();
    let mut peak = 0.0_f32;
    for _ in 0..ROUNDS {
        let before = MEMORY.current_usage_as_mb();
        MEMORY.reset_peak_usage();
        let began = Instant::now();
        let value: Value = serde_json::from_str(&text)?;
        let page = Page::<Server>::decode(&value, &mut Notes::default())?;
        speeds.push(megabytes / began.elapsed().as_secs_f64());
        if page.rows.len() != ROWS as usize {
            return Err(format!("{} rows of {ROWS} were read", page.rows.len()).into());
        }
        black_box(page);
        peak = peak.max(MEMORY.peak_usage_as_mb() - before);
    }
    speeds.sort_by(f64::total_cmp);
    println!(
        "  {megabytes:.1} MB of text: {:.0} MB/s (median), peak {peak:.1} MiB beside the text",
        speeds[ROUNDS / 2]
    );
    Ok(())
}

/// A list as the provider sends it, each row with a plan, an image, two addresses and its state.
fn list() -> Value {
    let row = |id: u32| {
        json!({
            "id": id, "hostname": format!("web-{id}.example.org"), "billing_cycle": 3, "status": "active",
            "virtualization": "kvm", "promo_code": null, "locked": false, "locked_at": null,
            "created_at": "2026-03-01T10:15:30.000000Z", "expiry_at": "2026-12-01T22:00:00.000000Z",
            "auto_renew": true,
            "plan": { "id": 104, "type": "cloud-vps", "key": "cloud-vps-2gb", "name": "cloud-vps-2gb", "vcpus": 2,
                "memory": 2, "disk": 50, "bandwidth": 5, "price": 22.33, "price_with_vat": 26.8 },
            "server_image": { "id": 73, "name": "Ubuntu 22.04",
                "group": { "name": "Ubuntu", "type": "os", "key": "ubuntu" } },
            "ip_addresses": [
                { "id": id * 2, "ip": "203.0.113.7", "version": 4, "ptr": null, "primary": true },
                { "id": id * 2 + 1, "ip": "2001:db8::7", "version": 6, "ptr": {}, "primary": false },
            ],
            "addons": [{ "key": "backups", "name": "backups", "price": 5 }],
            "state": { "running": true, "cpu": { "used": 3.5 }, "node_reachable": true,
                "amd_sev_level": null, "measured_boot": null },
        })
    };
    let rows: Vec<Value> = (1..=ROWS).map(row).collect();
    json!({ "data": rows, "meta": { "current_page": 1, "last_page": 1, "per_page": ROWS, "total": ROWS } })
}
