//! The rescue system: a small system that a server boots instead of its own. Both ways reboot (FACTS §3, rescue).

use serde_json::json;

use super::one::about_one_server;
use crate::{
    ids::{ServerId, SshKeyId},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    secret::Secret,
};

/// `POST /servers/{id}/rescue`: boot the rescue system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnableRescue {
    /// Which server.
    pub id: ServerId,
    /// Password for the rescue system.
    pub password: Option<Secret>,
    /// Keys for the rescue system.
    pub ssh_keys: Vec<SshKeyId>,
}

impl Operation for EnableRescue {
    type Answer = ();
    const INFO: Info = Info::new(
        "enableRescue",
        Method::Post,
        "/servers/{id}/rescue",
        Evidence::Inferred,
        Permission::ServersManage,
    );
    fn effects(&self) -> Effects {
        Effects::INTERRUPTS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        let keys: Vec<_> = self.ssh_keys.iter().map(|id| id.get()).collect();
        Body::given(json!({
            "password": self.password.as_ref().map(Secret::expose),
            "ssh_keys": (!keys.is_empty()).then_some(keys),
        }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}

about_one_server! {
    /// `DELETE /servers/{id}/rescue`: boot the server's own system again.
    DisableRescue = "disableRescue", Delete "/servers/{id}/rescue", Inferred, ServersManage, INTERRUPTS, ();
}
