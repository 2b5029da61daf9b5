//! What may be done with boot images. Uploading is a route of its own (`upload.rs`): a form with a file.

use leptos::prelude::*;
use vpsbg_api::{BootImageId, DeleteMeasuredBootImage, ListMeasuredBootImages};

use super::words::{deletion, not_deletable};
use crate::{
    forms::{NAME, Refusal, Typed, refused, submit},
    routes,
};

/// Deletes an image whose name was typed.
#[server(prefix = "/do", endpoint = "boot-images/delete")]
pub async fn delete_boot_image() -> Result<(), ServerFnError> {
    let Ok(id) = Typed::here().get("id").parse::<BootImageId>() else {
        return submit(routes::BOOT_IMAGES, async move |_, _: Typed| {
            Err(Refusal::whole("Which image? Choose it in the list."))
        })
        .await;
    };
    submit(&routes::boot_image_confirm_delete(id), async move |account, typed: Typed| {
        let images = account.read(&ListMeasuredBootImages).await;
        let images = images.map_err(|error| Refusal::whole(error.to_string()))?;
        let image = images.value.iter().find(|image| image.id == id);
        let image = image.ok_or_else(|| Refusal::whole("There is no such image any more."))?;
        if let Some(why_not) = not_deletable(image) {
            return Err(Refusal::whole(why_not));
        }
        deletion(image).check(typed.get(NAME.name))?;
        match account.act(&DeleteMeasuredBootImage { id }).await {
            Ok(()) => Ok(routes::with_query(routes::BOOT_IMAGES, &[("done", "boot-image-deleted")])),
            Err(error) => Err(refused(&error, &[])),
        }
    })
    .await
}
