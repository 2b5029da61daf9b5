//! What a server shows: a row of the list, its live part, its state.

use super::{Server, hundredths, tenths};
use crate::noise;
use crate::stamp;
use crate::things::address::Address;
use crate::things::boot_image::BootImage;
use crate::things::cancellation::CancelRequest;
use crate::things::extras::Family;
use crate::things::holdings::Holdings;
use crate::things::images::Image;
use crate::things::traffic::Days;
use jiff::Timestamp;
use serde_json::{Value, json};

impl Server {
    /// A row of the list: everything but `state` (FACTS §2, Server). What it refers to is looked up around it.
    pub fn row(&self, now: Timestamp, around: &Holdings) -> Value {
        let expiry = self.expiry(now);
        let drive = |at: usize| {
            let id = self.drives[at]?;
            around.isos.iter().find(|iso| iso.id == id && !iso.is_deleted(now)).map(|iso| iso.json(now))
        };
        json!({
            "id": self.id,
            "hostname": self.hostname,
            "billing_cycle": self.billing_cycle,
            "plan": self.plan.json(),
            "status": self.status(now),
            "virtualization": "kvm",
            "promo_code": self.promo_code,
            "locked": self.lock.is_some(),
            "locked_at": self.lock.as_ref().map(|lock| stamp::iso(lock.since)),
            "lock_reason": self.lock.as_ref().map(|lock| lock.reason),
            "created_at": stamp::iso(self.created_at),
            "expiry_at": stamp::iso(expiry),
            "auto_renew": self.auto_renew,
            "pending_renew_order": self.pending_renew_order,
            "server_image": self.image.map(Image::json),
            "ip_addresses": self.addresses.iter().map(Address::json).collect::<Vec<_>>(),
            "addons": self.extras().map(|addon| addon.json(expiry)).collect::<Vec<_>>(),
            "cancel_request": self.cancel.as_ref().map(CancelRequest::json),
            "ssh_keys": around.key_references(&self.ssh_keys),
            "primary_iso": drive(0),
            "secondary_iso": drive(1),
        })
    }

    /// The row and its state.
    pub fn whole(&self, now: Timestamp, around: &Holdings) -> Value {
        let mut shown = self.row(now, around);
        shown["state"] = self.state(now, &Days::of_this_month(now), around);
        shown
    }

    /// `ServerStatus`: the live part. Traffic is that of the month.
    pub fn live(&self, now: Timestamp, month: &Days) -> Value {
        let running = self.is_running(now);
        let (cpu, disk) = self.usage(now, running);
        json!({
            "running": running,
            "suspended": self.status(now) == "suspended",
            "network_suspended": self.network_suspended,
            "rescue_mode": self.rescue,
            "dns_resolvers": ["9.9.9.9", "208.67.222.222"],
            "cpu": {"used": cpu, "free": tenths(100.0 - cpu)},
            "disk": {"used": disk, "limit": self.disk},
            "bandwidth": {"used": hundredths(month.sum(self, now)), "limit": self.traffic_limit()},
        })
    }

    /// `ServerState`: the live part and what only the single server tells. `measured_boot` is always there.
    pub fn state(&self, now: Timestamp, month: &Days, around: &Holdings) -> Value {
        let mut state = self.live(now, month);
        state["node_reachable"] = json!(self.node_reachable);
        state["amd_sev_level"] = json!(self.sev_level);
        let image = |id: i64| around.boot_images.iter().find(|image| image.id == id).map(BootImage::attached);
        state["measured_boot"] = self.boot.as_ref().map_or(
            Value::Null,
            |boot| json!({"kernel_image": image(boot.kernel), "initrd_image": boot.initrd.and_then(image)}),
        );
        state
    }

    /// GB per month; 0 if it is not counted.
    pub fn traffic_limit(&self) -> u32 {
        if self.addon(Family::Bandwidth).is_some() { 0 } else { self.plan.bandwidth * 1000 }
    }

    /// GB that are written on its disk.
    pub fn disk_used(&self) -> f64 {
        f64::from(self.disk) * (0.12 + 0.7 * noise::fraction(self.id.unsigned_abs(), 1))
    }

    /// Percent of the machine, GB of disk.
    fn usage(&self, now: Timestamp, running: bool) -> (f64, f64) {
        // A new value every ten seconds, the same for everybody who looks meanwhile.
        let slot = now.as_second().unsigned_abs() / 10;
        let noise = noise::fraction(self.id.unsigned_abs(), slot);
        let cpu = if running { self.load * 60.0 + noise * (3.0 + 15.0 * self.load) } else { 0.0 };
        (tenths(cpu.min(100.0)), hundredths(self.disk_used()))
    }
}
