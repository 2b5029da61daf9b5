//! Reading servers and switching them.

use super::{BillingState, Server, ServerStatus, StatusEntry};
use crate::{
    ids::ServerId,
    model::Page,
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission, Spelling},
};

/// Which servers. By default the provider leaves out processing and terminated ones (FACTS §5.10).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerFilter {
    /// Text in host name or address.
    pub search: Option<String>,
    /// Only these billing states; empty: the provider's default, active and suspended.
    pub status: Vec<BillingState>,
}

/// Order of servers; the words asc and desc are inferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerSort {
    /// By `created_at`; true: newest first.
    Created(bool),
    /// By `expiry_at`; true: latest first.
    Expiry(bool),
}

/// `GET /servers`: a page of servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListServers {
    /// Page, from 1.
    pub page: u64,
    /// Rows per page, 1 to 50 (documented); none: the provider's default.
    pub per_page: Option<u64>,
    /// Which ones.
    pub filter: ServerFilter,
    /// In which order; none: the provider's own.
    pub sort: Option<ServerSort>,
}

impl Operation for ListServers {
    type Answer = Page<Server>;
    const INFO: Info =
        Info::new("listServers", Method::Get, "/servers", Evidence::Documented, Permission::ServersRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("page", self.page.to_string())];
        if let Some(per_page) = self.per_page {
            query.push(("per_page", per_page.to_string()));
        }
        if let Some(search) = &self.filter.search {
            query.push(("filter[search]", search.clone()));
        }
        if !self.filter.status.is_empty() {
            let words: Vec<_> = self.filter.status.iter().map(BillingState::word).collect();
            query.push(("filter[status]", words.join(",")));
        }
        let direction = |descending| if descending { "desc" } else { "asc" }.to_owned();
        match self.sort {
            Some(ServerSort::Created(descending)) => query.push(("sort[created_at]", direction(descending))),
            Some(ServerSort::Expiry(descending)) => query.push(("sort[expiry_at]", direction(descending))),
            None => {}
        }
        query
    }
}

/// `GET /servers/status`: live state of all servers. Only its title is known: may not be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListServerStatuses;

impl Operation for ListServerStatuses {
    type Answer = Vec<StatusEntry>;
    const INFO: Info = Info::new(
        "listServerStatuses",
        Method::Get,
        "/servers/status",
        Evidence::Inferred,
        Permission::ServersRead,
    )
    .or(&[Spelling { method: Method::Get, path: "/servers/statuses" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// Declares an operation about one server that has no body.
macro_rules! about_one_server {
    ($(
        $(#[$meta:meta])*
        $name:ident = $id:literal, $method:ident $path:literal, $evidence:ident, $permission:ident,
            $effects:ident, $answer:ty $(, or $other:literal)?;
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            /// Which server.
            pub id: ServerId,
        }

        impl Operation for $name {
            type Answer = $answer;
            const INFO: Info =
                Info::new($id, Method::$method, $path, Evidence::$evidence, Permission::$permission)
                    .or(&[$(Spelling { method: Method::$method, path: $other })?]);
            fn effects(&self) -> Effects {
                Effects::$effects
            }
            fn arguments(&self) -> Vec<(&'static str, String)> {
                vec![("id", self.id.to_string())]
            }
            fn object(&self) -> Option<String> {
                Some(format!("server {}", self.id))
            }
        }
    )*};
}

about_one_server! {
    /// `GET /servers/{id}`: one server with its live part.
    GetServer = "getServer", Get "/servers/{id}", Documented, ServersRead, READS, Server;
    /// `GET /servers/{id}/status`: only the live part.
    GetServerStatus = "getServerStatus", Get "/servers/{id}/status", Documented, ServersRead, READS,
        ServerStatus;
    /// `POST /servers/{id}/start`: switch on. Takes effect late (FACTS §3, power).
    StartServer = "startServer", Post "/servers/{id}/start", Observed, ServersPower, CHANGES, ();
    /// `POST /servers/{id}/restart`: stop and start from outside.
    RestartServer = "restartServer", Post "/servers/{id}/restart", Observed, ServersPower, INTERRUPTS, ();
    /// `POST /servers/{id}/stop`: shut down. Takes effect late; a later start may be undone by it.
    StopServer = "stopServer", Post "/servers/{id}/stop", Observed, ServersPower, INTERRUPTS, ();
    /// `POST /servers/{id}/power-off`: pull the plug.
    PowerOffServer = "powerOffServer", Post "/servers/{id}/power-off", Inferred, ServersPower, INTERRUPTS,
        (), or "/servers/{id}/poweroff";
}

/// `POST /servers/renew/calculate`: what renewing would cost. A POST that reads.
///
/// With no server it is refused as invalid, which tells a write token from a read token without any effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRenewal {
    /// Which servers.
    pub servers: Vec<ServerId>,
}

impl Operation for QuoteRenewal {
    // The quote itself is read by the pages about renewal.
    type Answer = ();
    const INFO: Info = Info::new(
        "calculateServersRenew",
        Method::Post,
        "/servers/renew/calculate",
        Evidence::Documented,
        Permission::BillingRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn body(&self) -> Body {
        let servers: Vec<_> = self.servers.iter().map(|id| id.get()).collect();
        Body::Json(serde_json::json!({ "server_ids": servers }))
    }
}
