//! `/isos/{id}`: one ISO, its bar, and its end.

use gateway::{Account, Draft, Feed, IsoProgress, Phase};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use vpsbg_api::{DeleteIso, IsoId};

use super::{
    servers::asked,
    shape,
    words::{can_delete, deletion, how_far, name},
};
use crate::{
    activity::of_object,
    components::{
        dialog::Dialog,
        form::Hidden,
        frame::{Frame, Section},
        notice::{main_trouble, notice, staleness},
        progress::Progress,
        properties::{Copyable, copy_link, property},
        time::{Ago, Countdown},
    },
    forms::draft_here,
    live::Sources,
    routes,
    visitor::Visitor,
    words::{NOTHING, or_dash, sizes},
};

/// The page.
#[component]
pub fn IsoPage() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").and_then(|id| id.parse::<IsoId>().ok());
    let query = use_query_map().get_untracked();
    let (confirm, draft) = (query.get("confirm"), query.get("draft"));
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let above = vec![(routes::ISOS.to_owned(), "ISOs".to_owned())];
        let read = match id {
            Some(id) => account.iso(id).await,
            None => Err(gateway::Error::NotFound),
        };
        let reading = match read {
            Ok(reading) => reading,
            Err(error) => {
                let live = Sources::default().waiting_after(&error);
                let title = id.map_or("ISO".to_owned(), |id| format!("ISO {id}"));
                return Some(
                    view! {
                        <Frame title=title section=Section::Isos above=above live=live>
                            <div data-region="pending">{main_trouble(&error, "ISO")}</div>
                        </Frame>
                    }
                    .into_any(),
                );
            }
        };
        let progress = reading.value.as_ref().clone();
        let wanted = asked();
        let (all, servers) = futures::join!(account.isos(), account.read(&wanted));
        let live = Sources::default()
            .follow(Feed::Isos, shape(all.as_ref()))
            .waiting_for(servers.as_ref())
            .moving(progress.iso.is_in_progress());
        let servers = super::servers::servers(&progress, servers.as_ref());
        let draft = draft_here(&account, draft).await;
        let dialog =
            (confirm.as_deref() == Some("delete")).then(|| delete_dialog(&account, &progress, draft));
        let activity = of_object(&account, &format!("iso {}", progress.iso.id)).await;
        let actions = {
            let progress = progress.clone();
            move || actions(&progress)
        };
        Some(
            view! {
                <Frame title=name(&progress) section=Section::Isos above=above live=live dialog=dialog.unwrap_or_else(|| ().into_any())
                    actions=actions>
                    <div data-region="iso">
                        {staleness(&reading)}
                        {ready(&progress)}
                        <Detail progress=progress />
                    </div>
                    {servers}
                    {activity}
                </Frame>
            }
            .into_any(),
        )
    })
}

fn actions(progress: &IsoProgress) -> AnyView {
    let delete = match can_delete(progress) {
        Ok(()) => view! {
            <a class="button" href=routes::iso_confirm_delete(progress.iso.id)>"Delete"</a>
        }
        .into_any(),
        Err(reason) => crate::components::frame::disabled("Delete", &reason.to_string()),
    };
    view! {
        {copy_link(routes::iso(progress.iso.id))}
        {delete}
    }
    .into_any()
}

#[component]
fn Detail(progress: IsoProgress) -> impl IntoView {
    let iso = &progress.iso;
    let removal = match iso.deletion_at {
        Some(at) if iso.can_delete().is_ok() => view! { "in " <Countdown until=at.0 /> }.into_any(),
        Some(at) => view! { <Ago at=Some(at.0) /> }.into_any(),
        None => NOTHING.into_any(),
    };
    view! {
        <Progress how_far=how_far(&progress) large=true />
        <dl class="properties">
            {property("Size", view! { {or_dash(iso.size.filter(|size| size.0 > 0).map(|size| sizes::bytes(size.0)))} })}
            {property("Added", view! { <Ago at=iso.created_at.map(|at| at.0) /> })}
            {property("Removed by the provider", view! { {removal} })}
            {property("Id", view! { <Copyable text=iso.id.to_string() what="id" /> })}
        </dl>
    }
}

/// What can be done with one that has come.
fn ready(progress: &IsoProgress) -> Option<AnyView> {
    let offered = progress.phase == Phase::Finished && progress.iso.can_mount().is_ok();
    offered.then(|| {
        let to = routes::iso_servers(progress.iso.id);
        notice("good", view! { <p>"It is ready. " <a href=to>"Mount it on a server"</a> "."</p> })
    })
}

fn delete_dialog(account: &Account, progress: &IsoProgress, draft: Option<Draft>) -> AnyView {
    let (id, name) = (progress.iso.id, name(progress));
    view! {
        <Dialog title=format!("Delete {name}?")
            asks=deletion(progress) verb="Delete" action=routes::DO_DELETE_ISO close=routes::iso(id) draft=draft
            curl=account.as_curl(&DeleteIso { id })>
            <Hidden name="id" value=id.to_string() />
        </Dialog>
    }
    .into_any()
}
