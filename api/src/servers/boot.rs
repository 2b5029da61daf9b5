//! Measured boot: servers that boot an uploaded kernel instead of their disk (FACTS §3, measured boot).

use serde_json::json;

use super::Server;
use crate::{
    files::{Content, FilePart},
    ids::{BootImageId, ServerId},
    model::{model, words},
    operation::{Body, Effects, Evidence, Info, Method, Operation, Permission},
    reason::Reason,
    secret::Secret,
    sizes::Bytes,
    times::Timestamp,
};

/// Images must be smaller than this. The client that says "1 GB" may mean fewer bytes: the provider decides.
pub const LARGEST_BOOT_IMAGE: Bytes = Bytes(1 << 30);

/// How many images an account may keep (observed).
const MOST_IMAGES: usize = 5;

words! {
    /// Kind of a boot image; null in practice too.
    pub enum BootImageKind {
        /// A kernel.
        Kernel = "kernel",
        /// An initial RAM disk; inferred.
        Initrd = "initrd",
    }
}

model! {
    /// An uploaded image (`MeasuredBootImage`).
    pub struct MeasuredBootImage {
        /// Id.
        pub id: BootImageId,
        /// Name, cut by the provider to about 20 characters.
        pub name: Option<String>,
        /// Size.
        pub size: Option<Bytes>,
        /// A server boots it. Those that none boots for two days are removed by the provider.
        pub in_use: Option<bool>,
        /// Kind.
        pub kind: Option<BootImageKind> = "type",
        /// When it was uploaded.
        pub created_at: Option<Timestamp>,
    }
}

impl MeasuredBootImage {
    /// Whether another one can be uploaded beside these, all of the account.
    ///
    /// # Errors
    /// The reason why not: five are kept at most (FACTS §3, measured boot).
    pub fn can_upload_beside(images: &[Self]) -> Result<(), Reason> {
        if images.len() >= MOST_IMAGES {
            return Err(Reason("It would be one too many: five images are kept at most."));
        }
        Ok(())
    }
}

model! {
    /// What a server boots (`MeasuredBoot`).
    pub struct MeasuredBoot {
        /// Its kernel.
        pub kernel_image: Option<MeasuredBootImage>,
        /// Its initial RAM disk; inferred.
        pub initrd_image: Option<MeasuredBootImage>,
    }
}

/// `GET /measured-boot-images`: all images of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListMeasuredBootImages;

impl Operation for ListMeasuredBootImages {
    type Answer = Vec<MeasuredBootImage>;
    const INFO: Info = Info::new(
        "listMeasuredBootImages",
        Method::Get,
        "/measured-boot-images",
        Evidence::Observed,
        Permission::BootRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
}

/// `POST /measured-boot-images`: upload an image. Multipart; may be streamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadMeasuredBootImage {
    /// Name of the file; it becomes the name of the image.
    pub name: String,
    /// The image, smaller than [`LARGEST_BOOT_IMAGE`].
    pub content: Content,
}

impl Operation for UploadMeasuredBootImage {
    type Answer = Option<MeasuredBootImage>;
    const INFO: Info = Info::new(
        "uploadMeasuredBootImage",
        Method::Post,
        "/measured-boot-images",
        Evidence::Observed,
        Permission::BootManage,
    );
    fn effects(&self) -> Effects {
        Effects::CHANGES
    }
    fn body(&self) -> Body {
        let file = FilePart {
            field: "file",
            name: self.name.clone(),
            media_type: "application/octet-stream".to_owned(),
            content: self.content.clone(),
        };
        Body::Multipart { fields: Vec::new(), files: vec![file] }
    }
}

/// `DELETE /measured-boot-images/{id}`: delete an image. It cannot be had back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeleteMeasuredBootImage {
    /// Which one.
    pub id: BootImageId,
}

impl Operation for DeleteMeasuredBootImage {
    type Answer = ();
    const INFO: Info = Info::new(
        "deleteMeasuredBootImage",
        Method::Delete,
        "/measured-boot-images/{id}",
        Evidence::Observed,
        Permission::BootManage,
    );
    fn effects(&self) -> Effects {
        Effects::DESTROYS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn object(&self) -> Option<String> {
        Some(format!("boot image {}", self.id))
    }
}

/// `POST /servers/{id}/measured-boot`: boot an uploaded kernel, or the disk again. Reboots at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachMeasuredBoot {
    /// Which server.
    pub id: ServerId,
    /// What it boots afterwards; none: its disk. It may then end stopped and need a start.
    pub kernel: Option<BootImageId>,
    /// Initial RAM disk for the kernel.
    pub initrd: Option<BootImageId>,
    /// Password of the account; a 422 may ask for it.
    pub account_password: Option<Secret>,
    /// Code of the account's two-factor login; a 422 may ask for it.
    pub otp: Option<Secret>,
}

impl Operation for AttachMeasuredBoot {
    type Answer = Option<Server>;
    const INFO: Info = Info::new(
        "attachMeasuredBoot",
        Method::Post,
        "/servers/{id}/measured-boot",
        Evidence::Observed,
        Permission::ServersManage,
    );
    fn effects(&self) -> Effects {
        Effects::INTERRUPTS
    }
    fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![("id", self.id.to_string())]
    }
    fn body(&self) -> Body {
        let mut fields = json!({ "kernel_image_id": self.kernel.map(BootImageId::get) });
        let optional = [
            ("initrd_image_id", self.initrd.map(|id| json!(id.get()))),
            ("account_password", self.account_password.as_ref().map(|secret| json!(secret.expose()))),
            ("otp", self.otp.as_ref().map(|secret| json!(secret.expose()))),
        ];
        // Only the kernel is sent as null: that detaches.
        for (name, value) in optional {
            if let Some(value) = value {
                fields[name] = value;
            }
        }
        Body::Json(fields)
    }
    fn object(&self) -> Option<String> {
        Some(format!("server {}", self.id))
    }
}
