//! What the provider sells: plans, and departments that help (FACTS §4). Rows marked *filler* are inferred.

use super::money::Cents;
use serde_json::{Value, json};

/// A server size.
#[derive(Debug)]
pub(crate) struct Plan {
    pub id: i64,
    pub kind: &'static str,
    pub key: &'static str,
    pub vcpus: u32,
    /// GB.
    pub memory: u32,
    /// GB.
    pub disk: u32,
    /// TB per month.
    pub bandwidth: u32,
    /// Per month, before VAT.
    pub price: Cents,
    /// In stock.
    pub available: bool,
}

const fn plan(
    id: i64,
    kind: &'static str,
    key: &'static str,
    [vcpus, memory, disk, bandwidth]: [u32; 4],
    price: i64,
) -> Plan {
    Plan { id, kind, key, vcpus, memory, disk, bandwidth, price: Cents(price), available: true }
}

pub(crate) static PLANS: [Plan; 10] = [
    plan(103, "cloud-vps", "cloud-vps-1gb", [1, 1, 25, 5], 1200), // filler: id and price
    plan(104, "cloud-vps", "cloud-vps-2gb", [2, 2, 50, 5], 2233),
    plan(105, "cloud-vps", "cloud-vps-4gb", [2, 4, 60, 5], 3900), // filler: id
    plan(106, "cloud-vps", "cloud-vps-8gb", [4, 8, 100, 5], 6900), // filler
    plan(107, "cloud-vps", "cloud-vps-16gb", [6, 16, 200, 5], 12_500), // filler
    plan(108, "cloud-vps", "cloud-vps-32gb", [8, 32, 400, 5], 23_000), // filler
    plan(116, "vds", "vds-8gb", [2, 8, 50, 10], 9000),
    plan(117, "vds", "vds-16gb", [4, 16, 100, 10], 17_000), // filler
    plan(118, "vds", "vds-32gb", [8, 32, 200, 10], 32_500), // filler
    // filler, and sold out, so that a client meets that too
    Plan { available: false, ..plan(119, "vds", "vds-64gb", [16, 64, 400, 10], 62_000) },
];

impl Plan {
    /// The plan of that key; an unknown key gives the smallest one, so that a seed cannot fail.
    pub fn named(key: &str) -> &'static Self {
        Self::find(key).unwrap_or(&PLANS[0])
    }

    pub fn find(key: &str) -> Option<&'static Self> {
        PLANS.iter().find(|plan| plan.key == key)
    }

    pub fn by_id(id: i64) -> Option<&'static Self> {
        PLANS.iter().find(|plan| plan.id == id)
    }

    pub fn json(&self) -> Value {
        let sibling = |more: fn(&Self, &Self) -> bool| {
            PLANS.iter().find(|other| other.kind == self.kind && more(other, self)).map(|other| other.id)
        };
        json!({
            "id": self.id,
            "type": self.kind,
            "key": self.key,
            "name": self.key,
            "vcpus": self.vcpus,
            "memory": self.memory,
            "disk": self.disk,
            "bandwidth": self.bandwidth,
            "minimum_billing_cycle": 1,
            "plan_with_more_disk": sibling(|other, own| other.disk >= own.disk * 2),
            "plan_with_more_memory": sibling(|other, own| other.memory >= own.memory * 2),
            "available": self.available,
            "price": self.price.json(),
            "price_with_vat": self.price.with_vat().json(),
        })
    }
}

/// A queue of support: id, key, name.
#[derive(Debug)]
pub(crate) struct Department {
    pub id: i64,
    pub key: &'static str,
    pub name: &'static str,
}

pub(crate) static DEPARTMENTS: [Department; 4] = [
    Department { id: 2, key: "tech-support", name: "Technical support" },
    Department { id: 3, key: "billing", name: "Billing" }, // filler
    Department { id: 4, key: "sales", name: "Sales" },     // filler
    Department { id: 5, key: "abuse", name: "Abuse" },     // filler
];
