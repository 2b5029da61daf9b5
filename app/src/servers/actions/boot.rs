//! What a server boots: an uploaded image (measured boot, FACTS §3), or its own disk again. Both restart it at once.
//!
//! An answer that was lost is never sent again: it leads to the part of the page that shows what the server boots.

use futures::future::BoxFuture;
use gateway::{Account, Draft, Error};
use leptos::prelude::*;
use vpsbg_api::{
    AttachMeasuredBoot, BootImageId, BootImageKind, ListMeasuredBootImages, MeasuredBootImage, Reason,
    Secret, Server,
};

use crate::{
    components::{
        form::{Choice, Field},
        notice::notice,
    },
    forms::{Kind, Refusal, Rule, Typed},
    routes,
    servers::{
        action::{ServerAction, act},
        tab::ServerTab,
        words::name,
    },
    words::sizes,
};

const KERNEL: Rule = Rule::new(Kind::Choice, "kernel", "Kernel").required("Choose what to boot.");
const INITRD: Rule = Rule::new(Kind::Choice, "initrd", "Initial RAM disk");
const PASSWORD: Rule =
    Rule::new(Kind::Secret, "account_password", "Password of the provider's account").longest(255);
const OTP: Rule = Rule::new(Kind::Secret, "otp", "Code of the two-factor login").longest(10);

/// The provider's names of the fields and ours.
const NAMES: &[(&str, &str)] = &[
    ("kernel_image_id", KERNEL.name),
    ("initrd_image_id", INITRD.name),
    ("account_password", PASSWORD.name),
    ("otp", OTP.name),
];

/// Has a server boot an uploaded image.
pub struct BootImage;

impl ServerAction for BootImage {
    type Operation = AttachMeasuredBoot;
    const WORD: &'static str = "boot-image";
    const VERB: &'static str = "Boot this image";
    const NAME: &'static str = "Boot an uploaded image";
    const TO: &'static str = routes::DO_BOOT_IMAGE;
    const TAB: ServerTab = ServerTab::Boot;
    const FIELDS: &'static [Rule] = &[KERNEL, INITRD, PASSWORD, OTP];
    const NAMES: &'static [(&'static str, &'static str)] = NAMES;
    const IN_MENU: bool = false;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_attach_measured_boot()
    }

    fn title(server: &Server) -> String {
        format!("Boot {} from an uploaded image?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let name = name(server);
        format!(
            "{name} restarts at once and is offline for about a minute. From then on it boots the image instead of its \
             own disk; the disk keeps what is on it."
        )
    }

    fn fields<'a>(
        account: &'a Account,
        _: &'a Server,
        draft: &'a Draft,
    ) -> BoxFuture<'a, Result<AnyView, Error>> {
        Box::pin(async move {
            let images = account.read(&ListMeasuredBootImages).await?;
            Ok(image_fields(&images.value, draft))
        })
    }

    fn lost(server: &Server) -> Option<String> {
        Some(lost(server, Self::WORD))
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<AttachMeasuredBoot> {
        let mut image = |rule: &Rule| -> Option<BootImageId> {
            let word = refusal.read(rule, typed.get(rule.name));
            if word.is_empty() {
                return None;
            }
            word.parse().map_err(|_| refusal.add(rule.name, "Choose one of the list.")).ok()
        };
        let (kernel, initrd) = (image(&KERNEL), image(&INITRD));
        let (account_password, otp) = secrets(typed, refusal);
        // Without a kernel it would be the other action. The number only stands in the command until one is chosen.
        let kernel = kernel.or_else(|| 1.try_into().ok());
        Some(AttachMeasuredBoot { id: server.id, kernel, initrd, account_password, otp })
    }
}

/// Has a server boot an uploaded image.
#[server(prefix = "/do", endpoint = "servers/boot-image")]
pub async fn attach_image() -> Result<(), ServerFnError> {
    act::<BootImage>().await
}

/// Has a server boot its own disk again.
pub struct BootDisk;

impl ServerAction for BootDisk {
    type Operation = AttachMeasuredBoot;
    const WORD: &'static str = "boot-disk";
    const VERB: &'static str = "Boot the disk";
    const NAME: &'static str = "Boot the disk again";
    const TO: &'static str = routes::DO_BOOT_DISK;
    const TAB: ServerTab = ServerTab::Boot;
    const FIELDS: &'static [Rule] = &[PASSWORD, OTP];
    const NAMES: &'static [(&'static str, &'static str)] = NAMES;
    const IN_MENU: bool = false;

    fn allowed(server: &Server) -> Result<(), Reason> {
        server.can_detach_measured_boot()
    }

    fn title(server: &Server) -> String {
        format!("Boot {} from its own disk again?", name(server))
    }

    fn consequence(server: &Server, _: &Typed) -> String {
        let name = name(server);
        format!(
            "The provider shows the change at once; a power cycle follows, in which {name} is offline for about a \
             minute. It may end stopped, for example when no system is installed on its disk: then start it. The image \
             stays, but the provider removes images that no server boots for two days."
        )
    }

    fn fields<'a>(_: &'a Account, _: &'a Server, draft: &'a Draft) -> BoxFuture<'a, Result<AnyView, Error>> {
        Box::pin(std::future::ready(Ok(secret_fields(draft))))
    }

    fn lost(server: &Server) -> Option<String> {
        Some(lost(server, Self::WORD))
    }

    fn operation(server: &Server, typed: &Typed, refusal: &mut Refusal) -> Option<AttachMeasuredBoot> {
        let (account_password, otp) = secrets(typed, refusal);
        Some(AttachMeasuredBoot { id: server.id, kernel: None, initrd: None, account_password, otp })
    }
}

/// Has a server boot its own disk again.
#[server(prefix = "/do", endpoint = "servers/boot-disk")]
pub async fn detach_image() -> Result<(), ServerFnError> {
    act::<BootDisk>().await
}

/// The part of the page that says what became of it.
fn lost(server: &Server, word: &str) -> String {
    routes::with_query(&routes::server_tab(server.id, ServerTab::Boot.word()), &[("lost", word)])
}

fn secrets(typed: &Typed, refusal: &mut Refusal) -> (Option<Secret>, Option<Secret>) {
    let password = refusal.secret(&PASSWORD, typed.get(PASSWORD.name));
    // A code has no spaces of its own.
    let otp = refusal.read(&OTP, typed.get(OTP.name));
    (password, (!otp.is_empty()).then(|| Secret::from(otp.to_owned())))
}

/// Asked for only when the provider has asked: most accounts never need them.
fn secret_fields(draft: &Draft) -> AnyView {
    let asked = [PASSWORD, OTP].map(|rule| draft.errors_of(rule.name).next().is_some());
    if asked == [false, false] {
        return ().into_any();
    }
    let chosen = Some(draft.clone());
    view! {
        <Field rule=PASSWORD draft=chosen.clone() autocomplete="off"
            hint="The provider asks for it. It is sent and kept nowhere." />
        <Field rule=OTP draft=chosen autocomplete="one-time-code" hint="Only where two-factor login is on." />
    }
    .into_any()
}

fn image_fields(images: &[MeasuredBootImage], draft: &Draft) -> AnyView {
    if images.is_empty() {
        return notice(
            "info",
            view! { <p>
                "There is nothing to boot yet: " <a href=routes::BOOT_IMAGES>"upload a boot image"</a> " first."
            </p> },
        );
    }
    // What is certainly of the other kind is no choice; most images have none.
    let of = |other: &BootImageKind| -> Vec<(String, String)> {
        let fits = images.iter().filter(|image| image.kind.as_ref() != Some(other));
        fits.map(|image| (image.id.to_string(), text(image))).collect()
    };
    let first = |words: &str| std::iter::once((String::new(), words.to_owned()));
    let kernels = first("Choose an image").chain(of(&BootImageKind::Initrd)).collect();
    let initrds = first("None").chain(of(&BootImageKind::Kernel)).collect();
    let chosen = Some(draft.clone());
    view! {
        <Choice rule=KERNEL options=kernels draft=chosen.clone() />
        <Choice rule=INITRD options=initrds draft=chosen hint="Only if the kernel needs one beside it." />
        {secret_fields(draft)}
    }
    .into_any()
}

fn text(image: &MeasuredBootImage) -> String {
    let name = image.name.clone().unwrap_or_else(|| format!("Image {}", image.id));
    match image.size {
        Some(size) => format!("{name}, {}", sizes::bytes(size.0)),
        None => name,
    }
}
