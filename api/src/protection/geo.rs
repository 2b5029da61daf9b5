//! The geo filter of a protected address: which countries are let through, or kept out.

use std::{fmt, str::FromStr};

use serde_json::json;

use crate::{
    ids::IpAddressId,
    model::{model, words},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    reason::Reason,
};

words! {
    /// What the countries of a filter mean.
    pub enum GeoAction {
        /// Only these are let through: everybody else is cut off.
        Allow = "allow",
        /// These are kept out.
        Deny = "deny",
    }
}

model! {
    /// The rule of an address (`GeoFilter`).
    pub struct GeoFilter {
        /// It is in force.
        pub active: Option<bool>,
        /// What the countries mean.
        pub action: Option<GeoAction>,
        /// ISO 3166-1 alpha-2, as sent.
        pub countries: Vec<String>,
    }
}

impl GeoFilter {
    /// Whether it can be put in force.
    ///
    /// # Errors
    /// The reason why not (contract, `active`; a rule names at least one country).
    pub fn can_switch_on(&self) -> Result<(), Reason> {
        match self.active {
            Some(true) => Err(Reason("It is already on.")),
            _ if self.countries.is_empty() => Err(Reason("It names no country yet.")),
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
}

/// A country in a request: two letters. Whether there is such a country the provider decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

/// Text that is not a country code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a country code: two letters such as BG are needed")]
pub struct NotACountry;

impl FromStr for CountryCode {
    type Err = NotACountry;
    fn from_str(text: &str) -> Result<Self, NotACountry> {
        match text.trim().as_bytes() {
            [one, two] if one.is_ascii_alphabetic() && two.is_ascii_alphabetic() => {
                Ok(Self([one.to_ascii_uppercase(), two.to_ascii_uppercase()]))
            }
            _ => Err(NotACountry),
        }
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, two] = self.0;
        write!(formatter, "{}{}", char::from(one), char::from(two))
    }
}

fn codes(countries: &[CountryCode]) -> Vec<String> {
    countries.iter().map(ToString::to_string).collect()
}

/// Declares an operation about the filter of an address that has no body.
macro_rules! about_the_filter {
    ($(
        $(#[$meta:meta])*
        $name:ident = $id:literal, $method:ident, $evidence:ident, $permission:ident, $effects:ident, $answer:ty;
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            /// Which address.
            pub id: IpAddressId,
        }

        impl Operation for $name {
            type Answer = $answer;
            const INFO: Info = Info::new(
                $id,
                Method::$method,
                "/network-protection/{id}/geo",
                Evidence::$evidence,
                Permission::$permission,
            );
            fn effects(&self) -> Effects {
                Effects::$effects
            }
            fn arguments(&self) -> Vec<(&'static str, String)> {
                vec![("id", self.id.to_string())]
            }
            fn object(&self) -> Option<String> {
                Some(format!("address {}", self.id))
            }
        }
    )*};
}

about_the_filter! {
    /// `GET /network-protection/{id}/geo`: the rule of a protected address.
    GetGeoFilter = "getGeoFilter", Get, Documented, NetworkRead, READS, GeoFilter;
    /// `DELETE /network-protection/{id}/geo`: remove the rule.
    DeleteGeoFilter = "deleteGeoFilter", Delete, Inferred, NetworkManage, DESTROYS, ();
}

/// `POST /network-protection/{id}/geo`: a whole new rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetGeoFilter {
    /// Which address.
    pub id: IpAddressId,
    /// What the countries mean.
    pub action: GeoAction,
    /// At least one.
    pub countries: Vec<CountryCode>,
}

impl Operation for SetGeoFilter {
    type Answer = Option<GeoFilter>;
    const INFO: Info = Info::new(
        "setGeoFilter",
        Method::Post,
        "/network-protection/{id}/geo",
        Evidence::Inferred,
        Permission::NetworkManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "action": self.action.word(), "countries": codes(&self.countries) }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("address {}", self.id))
    }
}

/// `PATCH /network-protection/{id}/geo`: change parts of the rule. What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateGeoFilter {
    /// Which address.
    pub id: IpAddressId,
    /// In force or not.
    pub active: Option<bool>,
    /// What the countries mean.
    pub action: Option<GeoAction>,
    /// All the countries it names from now on.
    pub countries: Option<Vec<CountryCode>>,
}

impl Operation for UpdateGeoFilter {
    type Answer = Option<GeoFilter>;
    const INFO: Info = Info::new(
        "updateGeoFilter",
        Method::Patch,
        "/network-protection/{id}/geo",
        Evidence::Inferred,
        Permission::NetworkManage,
    )
    .or(&[Spelling { method: Method::Put, path: "/network-protection/{id}/geo" }]);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::given(json!({
            "active": self.active,
            "action": self.action.as_ref().map(GeoAction::word),
            "countries": self.countries.as_deref().map(codes),
        }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("address {}", self.id))
    }
}
