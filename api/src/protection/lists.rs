//! The whitelist (never filtered) and the blacklist (always dropped) of a protected address: alike but for
//! their names.

use serde_json::{Value, json};

use super::Network;
use crate::{
    ids::IpAddressId,
    model::model,
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    reason::Reason,
};

model! {
    /// A white- or blacklist (`NetworkList`), sorted by the provider.
    pub struct NetworkList {
        /// It is in force.
        pub active: Option<bool>,
        /// Its blocks.
        pub networks: Vec<Network>,
    }
}

/// Longest list that can be set (FACTS §2, blacklist).
const LONGEST: usize = 1000;

impl NetworkList {
    /// What setting `new` would add and remove: setting replaces everything, so the difference is shown before
    /// (FACTS §5.7).
    pub fn difference(&self, new: &[Network]) -> (Vec<Network>, Vec<Network>) {
        let missing = |from: &[Network], other: &[Network]| {
            let mut missing: Vec<_> =
                from.iter().filter(|network| !other.contains(network)).cloned().collect();
            missing.sort();
            missing.dedup();
            missing
        };
        (missing(new, &self.networks), missing(&self.networks, new))
    }

    /// Whether it can be put in force.
    ///
    /// # Errors
    /// The reason why not (contract, `active`).
    pub fn can_switch_on(&self) -> Result<(), Reason> {
        match self.active {
            Some(true) => Err(Reason("It is already on.")),
            _ => Ok(()),
        }
    }

    /// Whether it can be put out of force.
    ///
    /// # Errors
    /// The reason why not (contract, `active`).
    pub fn can_switch_off(&self) -> Result<(), Reason> {
        match self.active {
            Some(false) => Err(Reason("It is already off.")),
            _ => Ok(()),
        }
    }

    /// Whether `new` can be set as the whole list.
    ///
    /// # Errors
    /// The reason why not: 1 to 1000 entries (FACTS §2, blacklist).
    pub fn can_be_set_to(new: &[Network]) -> Result<(), Reason> {
        match new.len() {
            0 => Err(Reason("It needs at least one network. To empty it, delete it.")),
            1..=LONGEST => Ok(()),
            _ => Err(Reason("It may hold 1000 networks at most.")),
        }
    }
}

fn texts(networks: &[Network]) -> Value {
    networks.iter().map(ToString::to_string).collect()
}

/// The change of a list that keeps the rest of it. Fields that say nothing are left out.
fn change(active: Option<bool>, add: &[Network], remove: &[Network]) -> Body {
    let some = |networks: &[Network]| if networks.is_empty() { Value::Null } else { texts(networks) };
    Body::given(json!({ "active": active, "add": some(add), "remove": some(remove) }))
}

/// Declares the four operations of a list.
macro_rules! list {
    (
        $word:literal, $path:literal, $set_evidence:ident,
        $get:ident = $get_id:literal, $set:ident = $set_id:literal,
        $update:ident = $update_id:literal, $delete:ident = $delete_id:literal,
    ) => {
        #[doc = concat!("`GET ", $path, "`: the ", $word, " of a protected address.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $get {
            /// Which address.
            pub id: IpAddressId,
        }

        impl Operation for $get {
            type Answer = NetworkList;
            const INFO: Info =
                Info::new($get_id, Method::Get, $path, Evidence::Inferred, Permission::NetworkRead);
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

        #[doc = concat!("`POST ", $path, "`: replace the whole ", $word, " and put it in force. What is not named")]
        /// is gone from it: show [`NetworkList::difference`] first.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $set {
            /// Which address.
            pub id: IpAddressId,
            /// The whole new list, 1 to 1000 blocks.
            pub networks: Vec<Network>,
        }

        impl Operation for $set {
            type Answer = Option<NetworkList>;
            const INFO: Info =
                Info::new($set_id, Method::Post, $path, Evidence::$set_evidence, Permission::NetworkManage);
            fn effects(&self) -> Effects {
                Effects::CHANGES
            }
            fn arguments(&self) -> Vec<(&'static str, String)> {
                vec![("id", self.id.to_string())]
            }
            fn body(&self) -> Body {
                Body::Json(json!({ "networks": texts(&self.networks) }))
            }
            fn object(&self) -> Option<String> {
                Some(format!("address {}", self.id))
            }
        }

        #[doc = concat!("`PATCH ", $path, "`: change the ", $word, " and keep the rest of it. The body is a guess.")]
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $update {
            /// Which address.
            pub id: IpAddressId,
            /// In force or not; none: as it is.
            pub active: Option<bool>,
            /// Blocks that come in, at most 1000.
            pub add: Vec<Network>,
            /// Blocks that go, at most 1000.
            pub remove: Vec<Network>,
        }

        impl Operation for $update {
            type Answer = Option<NetworkList>;
            const INFO: Info =
                Info::new($update_id, Method::Patch, $path, Evidence::Inferred, Permission::NetworkManage)
                    .or(&[Spelling { method: Method::Put, path: $path }]);
            fn effects(&self) -> Effects {
                Effects::CHANGES
            }
            fn arguments(&self) -> Vec<(&'static str, String)> {
                vec![("id", self.id.to_string())]
            }
            fn body(&self) -> Body {
                change(self.active, &self.add, &self.remove)
            }
            fn object(&self) -> Option<String> {
                Some(format!("address {}", self.id))
            }
        }

        #[doc = concat!("`DELETE ", $path, "`: remove the ", $word, " with all that is in it.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $delete {
            /// Which address.
            pub id: IpAddressId,
        }

        impl Operation for $delete {
            type Answer = ();
            const INFO: Info =
                Info::new($delete_id, Method::Delete, $path, Evidence::Inferred, Permission::NetworkManage);
            fn effects(&self) -> Effects {
                Effects::DESTROYS
            }
            fn arguments(&self) -> Vec<(&'static str, String)> {
                vec![("id", self.id.to_string())]
            }
            fn object(&self) -> Option<String> {
                Some(format!("address {}", self.id))
            }
        }
    };
}

list! {
    "whitelist", "/network-protection/{id}/whitelist", Inferred,
    GetWhitelist = "getWhitelist", SetWhitelist = "setWhitelist",
    UpdateWhitelist = "updateWhitelist", DeleteWhitelist = "deleteWhitelist",
}

list! {
    "blacklist", "/network-protection/{id}/blacklist", Documented,
    GetBlacklist = "getBlacklist", SetBlacklist = "setBlacklist",
    UpdateBlacklist = "updateBlacklist", DeleteBlacklist = "deleteBlacklist",
}
