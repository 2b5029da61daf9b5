//! `/boot-images`: the images of the account, and the form to upload one.

use gateway::{Account, AuditFilter, Draft, Error, Reading};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use vpsbg_api::{
    BootImageId, Content, DeleteMeasuredBootImage, LARGEST_BOOT_IMAGE, ListMeasuredBootImages,
    MeasuredBootImage, UploadMeasuredBootImage,
};

use super::words::{LIMIT, Removal, deletion, kind, name, not_deletable, removal};
use crate::{
    components::{
        badge::{Badge, Tone},
        curl::Curl,
        dialog::Dialog,
        form::Hidden,
        frame::{Frame, Section},
        notice::{Empty, main_trouble, notice, staleness},
        table::{Column, Table},
        time::{Ago, Countdown},
        upload::{FileField, UploadForm},
    },
    forms::{Kind, Rule, draft_here, said_of_form},
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, or_dash, sizes},
};

/// The file.
pub const FILE: Rule = Rule::new(Kind::Line, "file", "Image").required("Choose a file.");
const FIELDS: &[Rule] = &[FILE];

/// A lost upload is news for this long, in seconds.
const NEWS: i64 = 10 * 60;

/// The page.
#[component]
pub fn BootImagesPage() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let (confirm, asked, draft) = (query.get("confirm"), query.get("image"), query.get("draft"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let read = account.read(&ListMeasuredBootImages).await;
        let live = Sources::default().waiting_for(read.as_ref());
        let kept = draft.clone();
        let draft = draft_here(&account, draft).await;
        let asked = asked.filter(|_| confirm.as_deref() == Some("delete")).and_then(|id| id.parse().ok());
        let images = read.as_ref().map_or(&[][..], |reading| reading.value.as_slice());
        let (dialog, draft) = match asked {
            Some(id) => (delete_dialog(&account, images, id, draft), None),
            None => (None, draft),
        };
        // What was refused is said, also when there is nothing to ask any more.
        let said = match (asked, &dialog) {
            (Some(_), None) => said_of_form(&account, kept).await,
            _ => None,
        };
        let lost = lost_upload(&account).await;
        let upload = upload(&account, images, draft);
        Some(view! {
            <Frame title="Boot images" section=Section::BootImages live=live
                dialog=dialog.unwrap_or_else(|| ().into_any())>
                <p class="lead">
                    "A server with measured boot boots one of these instead of its disk. Which one, is chosen on the page of the server, under Boot."
                </p>
                {said}
                <div data-region="boot-images">
                    {lost}
                    {listed(&read)}
                </div>
                {upload}
            </Frame>
        })
    })
}

fn listed(read: &Result<Reading<Vec<MeasuredBootImage>>, Error>) -> AnyView {
    let reading = match read {
        Ok(reading) => reading,
        Err(error) => return main_trouble(error, "the boot images"),
    };
    if reading.value.is_empty() {
        return view! {
            {staleness(reading)}
            <Empty title="No boot images yet">
                <p>"Upload the kernel that a server is to boot, or an initial RAM disk for one."</p>
            </Empty>
        }
        .into_any();
    }
    let rows = reading.value.iter().map(row).collect_view();
    let columns = vec![
        Column::text("Name"),
        Column::text("State"),
        Column::text("Kind"),
        Column::number("Size"),
        Column::text("Uploaded"),
        Column::text("Removed by the provider"),
        Column::text("Delete"),
    ];
    view! { {staleness(reading)} <Table caption="Boot images" columns=columns>{rows}</Table> }.into_any()
}

fn row(image: &MeasuredBootImage) -> AnyView {
    let (word, tone) = match image.in_use {
        Some(true) => ("In use", Tone::Good),
        Some(false) => ("Unused", Tone::Quiet),
        None => ("Unknown", Tone::Quiet),
    };
    let removal = match removal(image, Timestamp::now()) {
        Removal::Kept => "Not while it is in use".into_any(),
        Removal::NotBefore(at) => view! { "not before " <Countdown until=at /> }.into_any(),
        Removal::AnyTime => "At any time: two days after a server booted it last".into_any(),
        Removal::Unknown => NOTHING.into_any(),
    };
    let named = name(image);
    let delete = match not_deletable(image) {
        None => {
            let to = routes::boot_image_confirm_delete(image.id);
            view! { <a href=to aria-label=format!("Delete {named}")>"Delete"</a> }.into_any()
        }
        Some(why_not) => view! { <span class="hint">{why_not}</span> }.into_any(),
    };
    view! {
        <tr id=format!("image-{}", image.id)>
            <th scope="row">{named}</th>
            <td><Badge tone=tone word=word /></td>
            <td>{kind(image)}</td>
            <td class="number">{or_dash(image.size.map(|size| sizes::bytes(size.0)))}</td>
            <td><Ago at=image.created_at.map(|at| at.0) /></td>
            <td>{removal}</td>
            <td class="wide">{delete}</td>
        </tr>
    }
    .into_any()
}

fn upload(account: &Account, images: &[MeasuredBootImage], draft: Option<Draft>) -> AnyView {
    let example =
        UploadMeasuredBootImage { name: "kernel.efi".to_owned(), content: Content::from(Vec::new()) };
    let curl = account.as_curl(&example);
    // What was refused is said, whatever the list tells now.
    let full = MeasuredBootImage::can_upload_beside(images).err().filter(|_| draft.is_none());
    let form = if let Some(reason) = full {
        notice("info", view! { <p>{reason.to_string()} " Delete one to upload another."</p> })
    } else {
        let hint = format!(
            "Smaller than {LIMIT}. The image gets the name of the file, of which the provider keeps about 20 \
                 characters. Five images are kept at most, and those that no server boots only for two days."
        );
        view! {
            <UploadForm action=routes::BOOT_IMAGES fields=FIELDS draft=draft.clone().unwrap_or_default()
                cancelled=routes::with_query(routes::BOOT_IMAGES, &[("done", "boot-image-cancelled")])>
                <FileField rule=FILE hint=hint draft=draft largest=LARGEST_BOOT_IMAGE.0 - 1
                    too_large=format!("An image must be smaller than {LIMIT}.") />
                <div class="actions">
                    <button class="button" data-tone="accent" type="submit">"Upload"</button>
                </div>
            </UploadForm>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="upload">
            <h2 id="upload">"Upload an image"</h2>
            {form}
            <Curl command=curl of_form=true />
        </section>
    }
    .into_any()
}

/// An upload that broke off lately: its own page may never have been seen.
async fn lost_upload(account: &Account) -> Option<AnyView> {
    let operations = vec!["uploadMeasuredBootImage".to_owned()];
    let page = account.audit(&AuditFilter { operations, ..AuditFilter::default() }, 1).await.ok()?;
    let last = page.rows.first().filter(|record| record.outcome == Error::OutcomeUnknown.code())?;
    if Timestamp::now().as_second() - last.at.as_second() > NEWS {
        return None;
    }
    let who = last.person.clone().map(|person| format!(" of {person}")).unwrap_or_default();
    Some(notice(
        "warning",
        view! { <p>
            {format!("An upload{who} broke off ")} <Ago at=Some(last.at) />
            ". An image is only kept when all of it has arrived: unless it stands below, there is none of it. It is not sent again by itself."
        </p> },
    ))
}

fn delete_dialog(
    account: &Account,
    images: &[MeasuredBootImage],
    id: BootImageId,
    draft: Option<Draft>,
) -> Option<AnyView> {
    let image = images.iter().find(|image| image.id == id)?;
    let title = format!("Delete {}?", name(image));
    Some(
        view! {
            <Dialog title=title asks=deletion(image) verb="Delete" action=routes::DO_DELETE_BOOT_IMAGE
                close=routes::BOOT_IMAGES draft=draft curl=account.as_curl(&DeleteMeasuredBootImage { id })>
                <Hidden name="id" value=id.to_string() />
            </Dialog>
        }
        .into_any(),
    )
}
