//! Snapshots: copies of a disk taken on demand. No call takes one (FACTS §5.1).

use crate::{
    ids::{ServerId, SnapshotId},
    model::{Page, model},
    operation::{Effects, Evidence, Info, Method, Operation, Permission},
    reason::Reason,
    servers::Server,
    sizes::Gigabytes,
    times::Timestamp,
};

model! {
    /// A copy of a disk taken on demand (`Snapshot`).
    pub struct Snapshot {
        /// Id.
        pub id: SnapshotId,
        /// The server it was taken of.
        pub server_id: Option<ServerId>,
        /// Name.
        pub name: Option<String>,
        /// When it was taken.
        pub created_at: Option<Timestamp>,
        /// Size of the disk in GB.
        pub size: Option<Gigabytes>,
    }
}

impl Snapshot {
    /// Whether it can be restored over the disk of this server.
    ///
    /// # Errors
    /// The reason why not: that of [`Server::can_restore`], or a disk that is too small (openapi, Snapshot).
    pub fn can_be_restored_over(&self, server: &Server) -> Result<(), Reason> {
        server.can_restore()?;
        server.can_hold(self.size)
    }
}

/// Order of snapshots and backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByDate {
    /// Oldest first.
    Oldest,
    /// Newest first.
    Newest,
}

impl ByDate {
    /// The value of `sort`.
    pub(crate) fn word(self) -> String {
        match self {
            Self::Oldest => "date".to_owned(),
            Self::Newest => "-date".to_owned(),
        }
    }
}

/// `GET /snapshots`: a page of snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListSnapshots {
    /// Page, from 1.
    pub page: u64,
    /// Only those of this server.
    pub server: Option<ServerId>,
    /// Only those of this day.
    pub date: Option<jiff::civil::Date>,
    /// In which order; none: the provider's own.
    pub sort: Option<ByDate>,
}

impl Operation for ListSnapshots {
    type Answer = Page<Snapshot>;
    const INFO: Info =
        Info::new("listSnapshots", Method::Get, "/snapshots", Evidence::Documented, Permission::ImagesRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("page", self.page.to_string())];
        query.extend(self.server.map(|id| ("filter[server_id]", id.to_string())));
        query.extend(self.date.map(|date| ("filter[date]", date.to_string())));
        query.extend(self.sort.map(|sort| ("sort", sort.word())));
        query
    }
}

/// `DELETE /snapshots/{id}`: delete a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteSnapshot {
    /// Which one.
    pub id: SnapshotId,
}

impl Operation for DeleteSnapshot {
    type Answer = ();
    const INFO: Info = Info::new(
        "deleteSnapshot",
        Method::Delete,
        "/snapshots/{id}",
        Evidence::Inferred,
        Permission::ImagesDestroy,
    );
    fn effects(&self) -> Effects {
        Effects::DESTROYS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("snapshot {}", self.id))
    }
}
