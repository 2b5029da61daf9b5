//! Measured boot: the image that a server boots instead of its disk, and the states in between (FACTS §3).

use leptos::prelude::*;
use vpsbg_api::{MeasuredBoot, MeasuredBootImage, Server, Told};

use crate::{
    components::{notice::notice, properties::property, time::Ago},
    routes,
    servers::{
        action::Offer,
        actions::{BootDisk, BootImage, of_word},
    },
    words::{NOTHING, sizes},
};

/// The section.
pub fn measured_boot(server: &Server, lost: Option<&str>) -> AnyView {
    let state = server.state.as_ref();
    let told = state.map_or(&Told::Unknown, |state| &state.measured_boot);
    let level = sev_level(state.and_then(|state| state.amd_sev_level));
    view! {
        <section aria-labelledby="measured-boot">
            <h2 id="measured-boot">"Measured boot"</h2>
            {lost.and_then(of_word).map(|offer| lost_words(offer, told))}
            {in_between(server, told)}
            <dl class="properties">
                {property("Boots", boots(told))}
                {property("AMD SEV", view! { {level} })}
            </dl>
            <div class="actions">
                {Offer::of::<BootImage>().button(server)}
                {Offer::of::<BootDisk>().button(server)}
                <a href=routes::BOOT_IMAGES>"Boot images"</a>
            </div>
        </section>
    }
    .into_any()
}

fn boots(told: &Told<MeasuredBoot>) -> AnyView {
    match told {
        Told::Unknown => "Not known: the provider did not tell.".into_any(),
        Told::Nothing => "Its own disk".into_any(),
        Told::Is(boot) => {
            let initrd =
                boot.initrd_image.as_ref().map(|image| view! { <p>"with " {image_words(Some(image))}</p> });
            view! { {image_words(boot.kernel_image.as_ref())} {initrd} }.into_any()
        }
    }
}

fn image_words(image: Option<&MeasuredBootImage>) -> AnyView {
    let Some(image) = image else { return "An image that the provider does not name".into_any() };
    let size = image.size.map(|size| format!(", {}", sizes::bytes(size.0)));
    let uploaded = image.created_at.map(|at| view! { ", uploaded " <Ago at=Some(at.0) /> });
    view! { <code>{name(image)}</code> {size} {uploaded} }.into_any()
}

fn name(image: &MeasuredBootImage) -> String {
    image.name.clone().unwrap_or_else(|| format!("Image {}", image.id))
}

/// The same in a sentence.
fn says(told: &Told<MeasuredBoot>) -> String {
    match told {
        Told::Unknown => "Now the provider does not tell what it boots".to_owned(),
        Told::Nothing => "Now the provider says that it boots its own disk".to_owned(),
        Told::Is(boot) => {
            let image = boot.kernel_image.as_ref().map_or("an image".to_owned(), name);
            format!("Now the provider says that it boots {image}")
        }
    }
}

fn lost_words(offer: &Offer, told: &Told<MeasuredBoot>) -> AnyView {
    let words = format!(
        "The provider did not confirm “{}”, so it was looked up instead of sent again. {}; an early look may still show \
         what was before. If it does not change within a minute or two, it was not done.",
        offer.name,
        says(told)
    );
    notice("warning", view! { <p>{words}</p> })
}

/// What a person may wonder at on the way from one state to the next.
fn in_between(server: &Server, told: &Told<MeasuredBoot>) -> Option<AnyView> {
    let words = match (server.locked, server.running(), told) {
        (Some(true), _, Told::Nothing) => {
            "The provider shows the disk at once; the power cycle that belongs to it may still go on. A stop is refused \
             until it ends."
        }
        (Some(true), _, Told::Is(_)) => {
            "The provider shows the image at once; the restart that belongs to it may still go on."
        }
        (_, Some(false), Told::Nothing) => {
            "It is stopped. After it was told to boot its own disk again, a server may end like this: start it."
        }
        (_, Some(false), Told::Is(_)) => {
            "It is stopped. On SEV-SNP a restart from inside the system ends like this: start it from here."
        }
        _ => return None,
    };
    Some(notice("info", view! { <p>{words}</p> }))
}

fn sev_level(level: Option<u32>) -> String {
    match level {
        None => NOTHING.to_owned(),
        Some(0) => "Off".to_owned(),
        Some(1) => "SEV: its memory is encrypted".to_owned(),
        Some(2) => "SEV-ES: its memory and its registers are encrypted".to_owned(),
        Some(3) => "SEV-SNP: its memory is encrypted and guarded, and it can prove what it booted".to_owned(),
        Some(level) => format!("Level {level}"),
    }
}
