//! Measured boot: images are uploaded, attached to an SEV-SNP server, detached, removed (FACTS §3).

use super::envelope;
use super::fields::Fields;
use super::power::refuse_if_busy;
use super::settings::shown;
use crate::door::call::Call;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::boot_image::{BootImage, MOST_IMAGES, MeasuredBoot};
use crate::things::holdings::take;
use crate::things::task::Work;
use crate::world::World;
use serde_json::Value;

/// An image is smaller than this, bytes.
const SIZE: u64 = 1 << 30;
/// The level that measured boot needs: SEV-SNP.
const SEV_SNP: u8 = 3;
const REASON: &str = "measured-boot";

/// `listMeasuredBootImages`: newest first.
pub(crate) fn list(world: &mut World, _call: &Call) -> Answer {
    envelope::bare(world.holdings.boot_images.iter().rev().map(BootImage::json).collect())
}

/// `uploadMeasuredBootImage`: only size and digest are kept.
pub(crate) fn upload(world: &mut World, call: &Call) -> Answer {
    let Some(file) = call.form.measured.iter().find(|file| file.field == "file") else {
        return Err(Complaints::only("file", "The file field is required."));
    };
    if file.size == 0 {
        return Err(Complaints::only("file", "The file field must be at least 1 kilobytes."));
    }
    if file.size >= SIZE {
        let sentence = format!("The file field must be less than {} kilobytes.", SIZE >> 10);
        return Err(Complaints::only("file", sentence));
    }
    let images = &mut world.holdings.boot_images;
    if images.len() >= MOST_IMAGES {
        let sentence = format!("An account keeps {MOST_IMAGES} images at most. Delete one first.");
        return Err(Complaints::only("file", sentence));
    }
    let id = take(&mut world.holdings.next.boot_image);
    let image = BootImage::new(id, &file.name, file.size, file.digest.clone(), call.now);
    let shown = image.json();
    images.push(image);
    Ok(Reply::created(shown))
}

/// `deleteMeasuredBootImage`: final, and refused while a server boots it.
pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let images = &mut world.holdings.boot_images;
    let at = images.iter().position(|image| image.id == id).ok_or(Refusal::NotFound)?;
    if images[at].idle_since.is_none() {
        return Err(Complaints::only("id", "The image is in use by a server."));
    }
    images.remove(at);
    Ok(Reply::nothing())
}

/// `attachMeasuredBoot`: an image reboots the server at once; null reads null at once and is followed by a power
/// cycle, after which a server without an installed system stays stopped.
pub(crate) fn attach(world: &mut World, call: &Call) -> Answer {
    let id = call.id()?;
    let lag = world.faults.power_lag_seconds;
    let wished = wished(world, call)?;
    let server = world.holdings.server_mut(id)?;
    refuse_if_busy(server, call.now)?;
    match wished {
        None if server.boot.is_none() => {}
        None => {
            server.boot = None;
            if server.image.is_some() {
                server.reboot(call.now, lag, REASON, Work::Hold);
            } else {
                server.halt(call.now, lag, REASON);
            }
        }
        Some(boot) => {
            server.boot = Some(boot);
            server.reboot(call.now, lag, REASON, Work::Hold);
        }
    }
    world.holdings.settle_boot_images(call.now);
    shown(world, id, call)
}

/// The images that were asked for, all of it checked.
fn wished(world: &World, call: &Call) -> Result<Option<MeasuredBoot>, Refusal> {
    let server = world.holdings.server(call.id()?)?;
    let mut fields = Fields::of(&call.body);
    // Null is a wish here, absence is not.
    if call.body.get("kernel_image_id").is_none() {
        fields.complaints.add("kernel_image_id", "The kernel image id field must be present.");
    }
    let mut image = |field: &str| {
        let id = fields.integer(field, 1..=i64::MAX)?;
        if !world.holdings.boot_images.iter().any(|image| image.id == id) {
            fields.complaints.unknown(field);
        }
        Some(id)
    };
    let (kernel, initrd) = (image("kernel_image_id"), image("initrd_image_id"));
    if kernel.is_none() && initrd.is_some() {
        let sentence = "The initrd image id field is prohibited when kernel image id is null.";
        fields.complaints.add("initrd_image_id", sentence);
    }
    if kernel.is_some() && server.sev_level != Some(SEV_SNP) {
        fields.complaints.add("kernel_image_id", "Measured boot needs a server with AMD SEV-SNP.");
    }
    if world.faults.boot_asks_password && call.body.get("account_password").is_none_or(Value::is_null) {
        fields.complaints.missing("account_password");
    }
    fields.text("account_password", 255);
    fields.text("otp", 10);
    fields.finish()?;
    Ok(kernel.map(|kernel| MeasuredBoot { kernel, initrd }))
}
