//! Protection against attacks: what is filtered before a protected address. Everything here takes the id of the
//! address and works only for protected ones (FACTS §5.12-13).

mod attacks;
mod geo;
mod lists;
mod networks;

pub use attacks::{
    Attack, AttackBandwidthPoint, AttackDetector, AttackId, AttackPorts, AttackProtocol, AttackSeverity,
    AttackSourceAsn, AttackSourceIp, GetAttack, GetAttackBandwidth, ListAttacks, NotAnAttackId, PortShares,
};
pub use geo::{
    CountryCode, DeleteGeoFilter, GeoAction, GeoFilter, GetGeoFilter, NotACountry, SetGeoFilter,
    UpdateGeoFilter,
};
pub use lists::{
    DeleteBlacklist, DeleteWhitelist, GetBlacklist, GetWhitelist, NetworkList, SetBlacklist, SetWhitelist,
    UpdateBlacklist, UpdateWhitelist,
};
pub use networks::{Network, NotANetwork};

use crate::{
    ids::{FloatingIpId, IpAddressId, ServiceId},
    ip_addresses::IpAddress,
    model::{Page, model},
    operation::{Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    sizes::{MegabitsPerSecond, PacketsPerSecond},
    times::{Timestamp, UnixSeconds},
};

model! {
    /// Summary of a protected address (`ProtectionInfo`).
    pub struct Protection {
        /// An attack is running.
        pub under_attack: Option<bool>,
        /// The address.
        pub address: Option<IpAddress> = "ip_address",
        /// The floating IP it belongs to.
        pub floating_ip_id: Option<FloatingIpId>,
        /// End of the paid period.
        pub expiry_at: Option<Timestamp>,
        /// What stands behind the address.
        pub service: Option<ProtectedService> = "protected_service",
    }
}

model! {
    /// What stands behind a protected address (`ProtectedService`).
    pub struct ProtectedService {
        /// Id among its kind.
        pub id: Option<ServiceId>,
        /// `server` in samples.
        pub kind: Option<String> = "type",
        /// Name for people; of a server its host name.
        pub label: Option<String>,
    }
}

model! {
    /// Traffic towards an address at one moment (`ProtectionBandwidthPoint`).
    pub struct ProtectionBandwidthPoint {
        /// When.
        pub timestamp: UnixSeconds,
        /// Let through, Mbps.
        pub passed: Option<MegabitsPerSecond>,
        /// Filtered, Mbps.
        pub dropped: Option<MegabitsPerSecond>,
        /// Let through, packets a second.
        pub passed_packets: Option<PacketsPerSecond> = "passed_pps",
        /// Filtered, packets a second.
        pub dropped_packets: Option<PacketsPerSecond> = "dropped_pps",
    }
}

model! {
    /// A source that is blocked at the moment (`BlockedIp`).
    pub struct BlockedIp {
        /// The source: the row means nothing without it.
        pub address: String = "ip",
        /// ISO 3166-1 alpha-2.
        pub country: Option<String>,
        /// Why, in the filter's words.
        pub reason: Option<String>,
        /// Since when.
        pub blocked_at: Option<Timestamp>,
        /// Until when.
        pub expires_at: Option<Timestamp>,
    }
}

/// The query for a span of time; the provider's default where an end is missing.
fn span(start: Option<UnixSeconds>, end: Option<UnixSeconds>) -> Vec<(&'static str, String)> {
    let seconds = |moment: UnixSeconds| moment.0.as_second().to_string();
    let ends = [("filter[start]", start.map(seconds)), ("filter[end]", end.map(seconds))];
    ends.into_iter().filter_map(|(name, moment)| Some((name, moment?))).collect()
}

/// `GET /network-protection/{id}`: summary of a protected address. The page writes it with a slash at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetProtection {
    /// Which address.
    pub id: IpAddressId,
}

impl Operation for GetProtection {
    type Answer = Protection;
    const INFO: Info = Info::new(
        "getProtection",
        Method::Get,
        "/network-protection/{id}",
        Evidence::Documented,
        Permission::NetworkRead,
    )
    .or(&[Spelling { method: Method::Get, path: "/network-protection/{id}/" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("address {}", self.id))
    }
}

/// `GET /network-protection/{id}/bandwidth`: traffic towards an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetProtectionBandwidth {
    /// Which address.
    pub id: IpAddressId,
    /// From when.
    pub start: Option<UnixSeconds>,
    /// Until when.
    pub end: Option<UnixSeconds>,
}

impl Operation for GetProtectionBandwidth {
    type Answer = Vec<ProtectionBandwidthPoint>;
    const INFO: Info = Info::new(
        "getProtectionBandwidth",
        Method::Get,
        "/network-protection/{id}/bandwidth",
        Evidence::Inferred,
        Permission::NetworkRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        span(self.start, self.end)
    }
    fn object(&self) -> Option<String> {
        Some(format!("address {}", self.id))
    }
}

/// `GET /network-protection/{id}/blocked-ips`: sources blocked at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListBlockedIps {
    /// Which address.
    pub id: IpAddressId,
    /// Page, from 1.
    pub page: u64,
    /// Rows per page, 1 to 50; none: the provider's default.
    pub per_page: Option<u64>,
}

impl Operation for ListBlockedIps {
    type Answer = Page<BlockedIp>;
    const INFO: Info = Info::new(
        "listBlockedIps",
        Method::Get,
        "/network-protection/{id}/blocked-ips",
        Evidence::Inferred,
        Permission::NetworkRead,
    )
    .or(&[Spelling { method: Method::Get, path: "/network-protection/{id}/blocked" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("page", self.page.to_string())];
        if let Some(per_page) = self.per_page {
            query.push(("per_page", per_page.to_string()));
        }
        query
    }
    fn object(&self) -> Option<String> {
        Some(format!("address {}", self.id))
    }
}
