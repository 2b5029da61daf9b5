//! Backups: copies of a disk taken every week by an add-on, kept three weeks (FACTS §4).

use crate::{
    ids::{BackupId, ServerId},
    model::{Page, model},
    operation::{Effects, Evidence, Info, Method, Operation, Permission},
    reason::Reason,
    servers::Server,
    sizes::Gigabytes,
    snapshots::ByDate,
    times::Timestamp,
};

model! {
    /// A copy of a disk taken by the weekly add-on (`Backup`).
    pub struct Backup {
        /// Id.
        pub id: BackupId,
        /// The server it was taken of; it may be gone.
        pub server_id: Option<ServerId>,
        /// Host name of that server.
        pub server_hostname: Option<String>,
        /// Address of that server.
        pub server_address: Option<String> = "server_ip",
        /// Name.
        pub name: Option<String>,
        /// When it was taken.
        pub created_at: Option<Timestamp>,
        /// Size of the disk in GB.
        pub size: Option<Gigabytes>,
    }
}

impl Backup {
    /// Whether it can be restored over the disk of this server.
    ///
    /// # Errors
    /// The reason why not: that of [`Server::can_restore`], or a disk that is too small. That is documented for
    /// snapshots; both are copies of a disk.
    pub fn can_be_restored_over(&self, server: &Server) -> Result<(), Reason> {
        server.can_restore()?;
        server.can_hold(self.size)
    }
}

/// `GET /backups`: a page of backups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListBackups {
    /// Page, from 1.
    pub page: u64,
    /// Only those of this server.
    pub server: Option<ServerId>,
    /// Only those of this day.
    pub date: Option<jiff::civil::Date>,
    /// Only those of this size, in whole GB; whether exactly or at most is not stated.
    pub size: Option<Gigabytes>,
    /// In which order; none: the provider's own.
    pub sort: Option<ByDate>,
}

impl Operation for ListBackups {
    type Answer = Page<Backup>;
    const INFO: Info =
        Info::new("listBackups", Method::Get, "/backups", Evidence::Documented, Permission::ImagesRead);
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("page", self.page.to_string())];
        query.extend(self.server.map(|id| ("filter[server_id]", id.to_string())));
        query.extend(self.date.map(|date| ("filter[date]", date.to_string())));
        query.extend(self.size.map(|Gigabytes(size)| ("filter[size]", format!("{size:.0}"))));
        query.extend(self.sort.map(|sort| ("sort", sort.word())));
        query
    }
}

/// `DELETE /backups/{id}`: delete a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteBackup {
    /// Which one.
    pub id: BackupId,
}

impl Operation for DeleteBackup {
    type Answer = ();
    const INFO: Info = Info::new(
        "deleteBackup",
        Method::Delete,
        "/backups/{id}",
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
        Some(format!("backup {}", self.id))
    }
}
