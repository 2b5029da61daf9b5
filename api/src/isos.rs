//! ISOs: installation media that the provider downloads and keeps for 48 hours.

use serde_json::json;

use crate::{
    ids::IsoId,
    model::{Page, model, words},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    reason::Reason,
    sizes::Bytes,
    times::Timestamp,
};

words! {
    /// State of an ISO (FACTS §3).
    pub enum IsoStatus {
        /// The provider is fetching it.
        Downloading = "downloading",
        /// It can be used.
        Downloaded = "downloaded",
        /// It is gone.
        Deleted = "deleted",
    }
}

model! {
    /// A downloaded installation medium (`Iso`).
    pub struct Iso {
        /// Id.
        pub id: IsoId,
        /// State.
        pub status: Option<IsoStatus>,
        /// Name of the file.
        pub name: Option<String>,
        /// Total; 0 or absent while unknown.
        pub size: Option<Bytes>,
        /// So far; equal to `size` when done.
        pub downloaded: Option<Bytes>,
        /// When it was added.
        pub created_at: Option<Timestamp>,
        /// When the provider removes it: 48 hours after it was added.
        pub deletion_at: Option<Timestamp>,
    }
}

impl Iso {
    /// True while it may still change by itself: downloading, or in a state nobody knows.
    pub fn is_in_progress(&self) -> bool {
        matches!(self.status, Some(IsoStatus::Downloading | IsoStatus::Other(_)))
    }

    /// Whether it can be put into a drive of a server now.
    ///
    /// # Errors
    /// The reason why not: only what is downloaded is whole (FACTS §3, ISO).
    pub fn can_mount(&self) -> Result<(), Reason> {
        match self.status {
            Some(IsoStatus::Downloading) => Err(Reason("It is still being downloaded.")),
            Some(IsoStatus::Deleted) => Err(Reason("It is already removed.")),
            _ => Ok(()),
        }
    }

    /// Whether it can be deleted now.
    ///
    /// # Errors
    /// The reason why not: it is gone already (FACTS §3, ISO).
    pub fn can_delete(&self) -> Result<(), Reason> {
        match self.status {
            Some(IsoStatus::Deleted) => Err(Reason("It is already removed.")),
            _ => Ok(()),
        }
    }
}

/// `GET /isos`: all ISOs of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListIsos {
    /// Page, from 1.
    pub page: u64,
}

impl Operation for ListIsos {
    type Answer = Page<Iso>;
    const INFO: Info = Info::new("listIsos", Method::Get, "/isos", Evidence::Inferred, Permission::IsosRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        vec![("page", self.page.to_string())]
    }
}

/// `GET /isos/{id}`: one ISO.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetIso {
    /// Which one.
    pub id: IsoId,
}

impl Operation for GetIso {
    type Answer = Iso;
    const INFO: Info =
        Info::new("getIso", Method::Get, "/isos/{id}", Evidence::Documented, Permission::IsosRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("iso {}", self.id))
    }
}

/// `POST /isos`: have the provider download an ISO.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateIso {
    /// Where from: http or https. The provider decides whether it likes the address.
    pub url: String,
}

impl Operation for CreateIso {
    type Answer = Iso;
    const INFO: Info =
        Info::new("createIso", Method::Post, "/isos", Evidence::Inferred, Permission::IsosManage);
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "url": self.url }))
    }
}

/// `DELETE /isos/{id}`: remove an ISO.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteIso {
    /// Which one.
    pub id: IsoId,
}

impl Operation for DeleteIso {
    type Answer = ();
    const INFO: Info =
        Info::new("deleteIso", Method::Delete, "/isos/{id}", Evidence::Inferred, Permission::IsosManage);
    fn effects(&self) -> Effects {
        Effects::DESTROYS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("iso {}", self.id))
    }
}
