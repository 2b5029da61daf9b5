//! SSH keys that are stored with the account, to be put on servers.

use serde_json::json;

use crate::{
    ids::{ServerId, SshKeyId},
    model::{Page, model},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
};

model! {
    /// A stored public key (`SshKey`).
    pub struct SshKey {
        /// Id.
        pub id: SshKeyId,
        /// Name, 3 to 100 characters.
        pub name: Option<String>,
        /// MD5 with colons.
        pub fingerprint: Option<String>,
        /// The line of OpenSSH.
        pub key: Option<String>,
        /// Servers that carry it.
        pub servers: Vec<SshKeyServer>,
    }
}

model! {
    /// A server that carries a key (`SshKeyServer`).
    pub struct SshKeyServer {
        /// Which server.
        pub id: ServerId,
        /// Its host name.
        pub hostname: Option<String>,
    }
}

model! {
    /// A key as a server shows it (`SshKeyRef`); inferred.
    pub struct SshKeyRef {
        /// Which key.
        pub id: SshKeyId,
        /// Its name.
        pub name: Option<String>,
    }
}

/// `GET /ssh-keys`: a page of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListSshKeys {
    /// Page, from 1.
    pub page: u64,
}

impl Operation for ListSshKeys {
    type Answer = Page<SshKey>;
    const INFO: Info =
        Info::new("listSshKeys", Method::Get, "/ssh-keys", Evidence::Inferred, Permission::KeysRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("page", self.page.to_string())]
    }
}

/// `GET /ssh-keys/{id}`: one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetSshKey {
    /// Which one.
    pub id: SshKeyId,
}

impl Operation for GetSshKey {
    type Answer = SshKey;
    const INFO: Info =
        Info::new("getSshKey", Method::Get, "/ssh-keys/{id}", Evidence::Documented, Permission::KeysRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("ssh key {}", self.id))
    }
}

/// `POST /ssh-keys`: store a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateSshKey {
    /// 3 to 100 characters.
    pub name: String,
    /// The line of OpenSSH: RSA or Ed25519 only.
    pub key: String,
}

impl Operation for CreateSshKey {
    type Answer = Option<SshKey>;
    const INFO: Info =
        Info::new("createSshKey", Method::Post, "/ssh-keys", Evidence::Inferred, Permission::KeysManage);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "name": self.name, "key": self.key }))
    }
}

/// `PATCH /ssh-keys/{id}`: rename or replace a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateSshKey {
    /// Which one.
    pub id: SshKeyId,
    /// A new name, 3 to 100 characters.
    pub name: Option<String>,
    /// Another key: RSA or Ed25519 only.
    pub key: Option<String>,
}

impl Operation for UpdateSshKey {
    type Answer = Option<SshKey>;
    const INFO: Info = Info::new(
        "updateSshKey",
        Method::Patch,
        "/ssh-keys/{id}",
        Evidence::Documented,
        Permission::KeysManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        Body::given(json!({ "name": self.name, "key": self.key }))
    }
    fn object(&self) -> Option<String> {
        Some(format!("ssh key {}", self.id))
    }
}

/// `DELETE /ssh-keys/{id}`: delete a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteSshKey {
    /// Which one.
    pub id: SshKeyId,
}

impl Operation for DeleteSshKey {
    type Answer = ();
    const INFO: Info = Info::new(
        "deleteSshKey",
        Method::Delete,
        "/ssh-keys/{id}",
        Evidence::Inferred,
        Permission::KeysManage,
    );
    fn effects(&self) -> Effects {
        Effects::DESTROYS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("ssh key {}", self.id))
    }
}
