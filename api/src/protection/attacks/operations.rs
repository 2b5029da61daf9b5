//! Reading attacks.

use super::{Attack, AttackBandwidthPoint, AttackId};
use crate::{
    ids::IpAddressId,
    model::Page,
    operation::{Effects, Evidence, Info, Method, Operation, Permission},
    protection::span,
    times::UnixSeconds,
};

/// `GET /network-protection/{id}/attacks`: attacks on an address, also running ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListAttacks {
    /// Which address.
    pub id: IpAddressId,
    /// From when; none with no end: the last seven days.
    pub start: Option<UnixSeconds>,
    /// Until when.
    pub end: Option<UnixSeconds>,
    /// Page, from 1.
    pub page: u64,
    /// Rows per page, 1 to 50; none: the provider's default.
    pub per_page: Option<u64>,
}

impl Operation for ListAttacks {
    type Answer = Page<Attack>;
    const INFO: Info = Info::new(
        "listAttacks",
        Method::Get,
        "/network-protection/{id}/attacks",
        Evidence::Documented,
        Permission::NetworkRead,
    );
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
        query.extend(span(self.start, self.end));
        query
    }
    fn object(&self) -> Option<String> {
        Some(format!("address {}", self.id))
    }
}

/// Declares an operation about one attack.
macro_rules! about_one_attack {
    ($(
        $(#[$meta:meta])*
        $name:ident = $id:literal, $path:literal, $evidence:ident, $answer:ty;
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            /// On which address.
            pub id: IpAddressId,
            /// Which attack.
            pub attack: AttackId,
        }

        impl Operation for $name {
            type Answer = $answer;
            const INFO: Info =
                Info::new($id, Method::Get, $path, Evidence::$evidence, Permission::NetworkRead);
            fn effects(&self) -> Effects {
                Effects::READS
            }
            fn arguments(&self) -> Vec<(&'static str, String)> {
                vec![("id", self.id.to_string()), ("attack_id", self.attack.to_string())]
            }
            fn object(&self) -> Option<String> {
                Some(format!("address {}", self.id))
            }
        }
    )*};
}

about_one_attack! {
    /// `GET /network-protection/{id}/attacks/{attack_id}`: an attack with its break-down.
    GetAttack = "getAttack", "/network-protection/{id}/attacks/{attack_id}", Documented, Attack;
    /// `GET /network-protection/{id}/attacks/{attack_id}/bandwidth`: its traffic over time.
    GetAttackBandwidth = "getAttackBandwidth", "/network-protection/{id}/attacks/{attack_id}/bandwidth",
        Inferred, Vec<AttackBandwidthPoint>;
}
