//! What the provider sells: plans, images, departments (FACTS §4). Rows marked *filler* are inferred.

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
}

const fn plan(
    id: i64,
    kind: &'static str,
    key: &'static str,
    [vcpus, memory, disk, bandwidth]: [u32; 4],
    price: i64,
) -> Plan {
    Plan { id, kind, key, vcpus, memory, disk, bandwidth, price: Cents(price) }
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
    plan(119, "vds", "vds-64gb", [16, 64, 400, 10], 62_000), // filler
];

impl Plan {
    /// The plan of that key; an unknown key gives the smallest one, so that a seed cannot fail.
    pub fn named(key: &str) -> &'static Self {
        PLANS.iter().find(|plan| plan.key == key).unwrap_or(&PLANS[0])
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
            "available": true,
            "price": self.price.json(),
            "price_with_vat": self.price.with_vat().json(),
        })
    }
}

/// An installable image.
#[derive(Debug)]
pub(crate) struct Image {
    pub id: i64,
    pub name: &'static str,
    group: (&'static str, &'static str, &'static str),
}

const UBUNTU: (&str, &str, &str) = ("Ubuntu", "os", "ubuntu");
const DEBIAN: (&str, &str, &str) = ("Debian", "os", "debian");
const ALMA: (&str, &str, &str) = ("AlmaLinux", "os", "almalinux");
const WINDOWS: (&str, &str, &str) = ("Windows", "os", "windows");

pub(crate) static IMAGES: [Image; 12] = [
    Image { id: 73, name: "Ubuntu 22.04", group: UBUNTU },
    Image { id: 81, name: "Ubuntu 24.04", group: UBUNTU }, // filler from here on: ids
    Image { id: 90, name: "Ubuntu 26.04", group: UBUNTU },
    Image { id: 75, name: "Debian 12", group: DEBIAN },
    Image { id: 86, name: "Debian 13", group: DEBIAN },
    Image { id: 77, name: "AlmaLinux 9", group: ALMA },
    Image { id: 88, name: "AlmaLinux 10", group: ALMA },
    Image { id: 78, name: "Rocky Linux 9", group: ("Rocky Linux", "os", "rocky") },
    Image { id: 80, name: "Windows Server 2022", group: WINDOWS },
    Image { id: 89, name: "Windows Server 2025", group: WINDOWS },
    Image { id: 95, name: "WireGuard", group: ("WireGuard", "app", "wireguard") },
    Image { id: 96, name: "WordPress", group: ("WordPress", "app", "wordpress") },
];

impl Image {
    pub fn named(name: &str) -> Option<&'static Self> {
        IMAGES.iter().find(|image| image.name == name)
    }

    pub fn is_app(&self) -> bool {
        self.group.1 == "app"
    }

    pub fn json(&self) -> Value {
        let (name, kind, key) = self.group;
        json!({"id": self.id, "name": self.name, "group": {"name": name, "type": kind, "key": key}})
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
