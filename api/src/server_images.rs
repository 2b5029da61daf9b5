//! Server images: what a server can be installed with.

use crate::{
    ids::ServerImageId,
    model::model,
    operation::{Effects, Evidence, Info, Method, Operation, Permission, Spelling},
};

model! {
    /// What is or can be installed (`ServerImage`).
    pub struct ServerImage {
        /// Id.
        pub id: Option<ServerImageId>,
        /// Name with version.
        pub name: Option<String>,
        /// Family.
        pub group: Option<ImageGroup>,
    }
}

model! {
    /// Family of images (`ServerImageGroup`).
    pub struct ImageGroup {
        /// Name.
        pub name: Option<String>,
        /// `os` or `app`.
        pub kind: Option<String> = "type",
        /// Key.
        pub key: Option<String>,
    }
}

/// `GET /server-images`: everything that can be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListServerImages;

impl Operation for ListServerImages {
    type Answer = Vec<ServerImage>;
    const INFO: Info = Info::new(
        "listServerImages",
        Method::Get,
        "/server-images",
        Evidence::Inferred,
        Permission::CatalogueRead,
    )
    .or(&[Spelling { method: Method::Get, path: "/images" }]);
    fn effects(&self) -> Effects {
        Effects::READS
    }
}
