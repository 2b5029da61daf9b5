//! Buying add-ons for a server, changing their sizes and cancelling them.

use serde_json::json;

use super::{AddonChoice, AddonScaleQuote, AddonSizes};
use crate::{
    ids::{AddonId, ServerId},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
    plans::AddonPrice,
    servers::Server,
};

/// `GET /servers/{server_id}/addons`: what can be added to a server, with prices for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListServerAddonPrices {
    /// Which server.
    pub server: ServerId,
}

impl Operation for ListServerAddonPrices {
    type Answer = Vec<AddonPrice>;
    const INFO: Info = Info::new(
        "listServerAddonPrices",
        Method::Get,
        "/servers/{server_id}/addons",
        Evidence::Documented,
        Permission::CatalogueRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("server_id", self.server.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.server))
    }
}

/// `POST /servers/{server_id}/addons`: buy add-ons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseServerAddons {
    /// Which server.
    pub server: ServerId,
    /// What to buy.
    pub choice: AddonChoice,
}

impl Operation for PurchaseServerAddons {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "purchaseServerAddons",
        Method::Post,
        "/servers/{server_id}/addons",
        Evidence::Documented,
        Permission::BillingSpend,
    );
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("server_id", self.server.to_string())]
    }
    fn body(&self) -> Body {
        Body::given(self.choice.fields())
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.server))
    }
}

/// `PATCH /servers/{server_id}/addons/scale`: change the sizes of add-ons. Costs or gives back money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleServerAddons {
    /// Which server.
    pub server: ServerId,
    /// The new sizes.
    pub sizes: AddonSizes,
}

impl Operation for ScaleServerAddons {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "scaleServerAddons",
        Method::Patch,
        "/servers/{server_id}/addons/scale",
        Evidence::Inferred,
        Permission::BillingSpend,
    )
    .or(&[Spelling { method: Method::Patch, path: "/servers/{server_id}/addons" }]);
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("server_id", self.server.to_string())]
    }
    fn body(&self) -> Body {
        self.sizes.body()
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.server))
    }
}

/// `POST /servers/{server_id}/addons/scale/calculate`: what new sizes would cost. A POST that reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteServerAddonScale {
    /// Which server.
    pub server: ServerId,
    /// The new sizes.
    pub sizes: AddonSizes,
}

impl Operation for QuoteServerAddonScale {
    type Answer = AddonScaleQuote;
    const INFO: Info = Info::new(
        "calculateServerAddonScale",
        Method::Post,
        "/servers/{server_id}/addons/scale/calculate",
        Evidence::Documented,
        Permission::BillingRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("server_id", self.server.to_string())]
    }
    fn body(&self) -> Body {
        self.sizes.body()
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.server))
    }
}

/// `POST /servers/{server_id}/addons/{server_addon_id}`: cancel an add-on. There is no `cancel` in the route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelServerAddon {
    /// Which server.
    pub server: ServerId,
    /// Which of its add-ons.
    pub addon: AddonId,
    /// Why, for the provider; required here, unlike for servers (FACTS §2, add-ons).
    pub reason: String,
    /// At once, or else at the end of the paid period.
    pub now: bool,
}

impl Operation for CancelServerAddon {
    type Answer = ();
    const INFO: Info = Info::new(
        "cancelServerAddon",
        Method::Post,
        "/servers/{server_id}/addons/{server_addon_id}",
        Evidence::Documented,
        Permission::ServersDestroy,
    );
    fn effects(&self) -> Effects {
        if self.now { Effects::DESTROYS } else { Effects::CHANGES }
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("server_id", self.server.to_string()), ("server_addon_id", self.addon.to_string())]
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "reason": self.reason, "now": self.now }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}, addon {}", self.server, self.addon))
    }
}

/// `DELETE /servers/{server_id}/addons/{server_addon_id}`: withdraw the cancellation of an add-on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndoCancelServerAddon {
    /// Which server.
    pub server: ServerId,
    /// Which of its add-ons.
    pub addon: AddonId,
}

impl Operation for UndoCancelServerAddon {
    type Answer = ();
    const INFO: Info = Info::new(
        "undoCancelServerAddon",
        Method::Delete,
        "/servers/{server_id}/addons/{server_addon_id}",
        Evidence::Inferred,
        Permission::ServersDestroy,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("server_id", self.server.to_string()), ("server_addon_id", self.addon.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}, addon {}", self.server, self.addon))
    }
}
