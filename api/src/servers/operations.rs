//! Reading servers and switching them.

use super::{BillingState, Server, ServerStatus, StatusEntry, one::about_one_server};
use crate::{
    ids::ServerId,
    model::Page,
    operation::{Effects, Evidence, Info, Method, Operation, Permission, Spelling},
};

/// Which servers. By default the provider leaves out processing and terminated ones (FACTS §5.10).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerFilter {
    /// Only the one with this address.
    pub address: Option<String>,
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
        if let Some(address) = &self.filter.address {
            query.push(("filter[ip]", address.clone()));
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

/// `GET /servers/{id}`: one server with its live part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetServer {
    /// Which server.
    pub id: ServerId,
    /// Also the first steps with the app it was installed with (`include[]`).
    pub with_app_guide: bool,
}

impl Operation for GetServer {
    type Answer = Server;
    const INFO: Info =
        Info::new("getServer", Method::Get, "/servers/{id}", Evidence::Documented, Permission::ServersRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        if self.with_app_guide { vec![("include[]", "app_getting_started".to_owned())] } else { Vec::new() }
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

about_one_server! {
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
