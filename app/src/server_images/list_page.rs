//! `/images`: what can be installed on a server.

use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use gateway::{Account, Error, Reading};
use leptos::prelude::*;
use vpsbg_api::{ListServerImages, ServerImage};

use super::words::{family, is_app, kind, name};
use crate::{
    components::{
        frame::Section,
        list::{
            Batches, Contents, Filter, List, ListColumn, ListPage, ListQuery, Listing, Search, Shown, in_one,
            narrowed, page_of, whole,
        },
        menu::{MenuItem, RowMenu},
        notice::Empty,
    },
    live::Sources,
    routes,
    words::or_dash,
};

/// Which kinds are shown.
const KINDS: [(&str, &str); 3] = [("", "All"), ("os", "Systems"), ("app", "Apps")];

/// The page.
#[component]
pub fn ImagesPage() -> impl IntoView {
    view! { <ListPage listing=Images /> }
}

/// The list of images: the provider gives all of them at once.
pub struct Images;

impl Listing for Images {
    type Row = ServerImage;

    fn list(account: &Account) -> BoxFuture<'_, List<ServerImage>> {
        async move {
            List {
                name: "images",
                path: routes::IMAGES,
                section: Section::Images,
                title: "Images",
                unit: "image",
                search: Some(Search::Ours("Name")),
                columns: columns(),
                filters: vec![
                    Filter::<ServerImage>::chips("kind", "Kind", &KINDS)
                        .by(|image, kind| is_app(image) == (kind == "app")),
                    Filter::<ServerImage>::choice("family", "Family", families(account).await)
                        .of_found()
                        .by(|image, wanted| family(image).as_deref() == Some(wanted)),
                ],
                sizes: &[],
                selection: None,
                menu: Some(menu),
                id_of_row: |image| format!("image-{}", or_dash(image.id)),
                check: |_| Ok(()),
            }
        }
        .boxed()
    }

    fn contents<'a>(
        account: &'a Account,
        list: &'a List<ServerImage>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Contents<ServerImage>> {
        async move {
            let read = account.read(&ListServerImages).await;
            let live = Sources::default().waiting_for(read.as_ref());
            let read = read.map(|reading| page_of(passing(list, query, &reading), query));
            Contents { read, live, above: None, fixed: None }
        }
        .boxed()
    }

    fn every(account: &Account, list: List<ServerImage>, query: ListQuery) -> Batches<ServerImage> {
        let account = account.clone();
        let all = async move { in_one(&Self::all(&account, &list, &query).await?) };
        stream::once(all).boxed()
    }

    fn all<'a>(
        account: &'a Account,
        list: &'a List<ServerImage>,
        query: &'a ListQuery,
    ) -> BoxFuture<'a, Result<Shown<ServerImage>, Error>> {
        async move { account.read(&ListServerImages).await.map(|reading| passing(list, query, &reading)) }
            .boxed()
    }

    fn actions() -> Option<AnyView> {
        Some(
            view! { <a class="button" data-tone="accent" href=routes::NEW_SERVER>"New server"</a> }
                .into_any(),
        )
    }

    fn empty() -> AnyView {
        view! {
            <Empty title="No images yet">
                <p>"The provider offers nothing to install at the moment. A server can be installed from an ISO."</p>
            </Empty>
        }
        .into_any()
    }
}

/// The families that there are; none where they cannot be read, which the page says.
async fn families(account: &Account) -> Vec<(String, String)> {
    let read = account.read(&ListServerImages).await;
    let mut names: Vec<String> =
        read.map(|images| images.value.iter().filter_map(family).collect()).unwrap_or_default();
    names.sort();
    names.dedup();
    let all = std::iter::once((String::new(), "All".to_owned()));
    all.chain(names.into_iter().map(|name| (name.clone(), name))).collect()
}

fn passing(
    list: &List<ServerImage>,
    query: &ListQuery,
    reading: &Reading<Vec<ServerImage>>,
) -> Shown<ServerImage> {
    Shown::Rows(reading.with(whole(narrowed(list, query, reading.value.as_ref().clone()), 0)))
}

fn columns() -> Vec<ListColumn<ServerImage>> {
    vec![
        ListColumn::<ServerImage>::new("name", "Name", |image| name(image).into_any(), name)
            .naming()
            .ordered(|one, other| name(one).to_lowercase().cmp(&name(other).to_lowercase())),
        ListColumn::<ServerImage>::new(
            "family",
            "Family",
            |image| or_dash(family(image)).into_any(),
            |image| family(image).unwrap_or_default(),
        )
        .ordered(|one, other| family(one).cmp(&family(other))),
        ListColumn::<ServerImage>::new("kind", "Kind", |image| kind(image).into_any(), kind),
        ListColumn::<ServerImage>::new(
            "id",
            "Id",
            |image| or_dash(image.id).into_any(),
            |image| image.id.map(|id| id.to_string()).unwrap_or_default(),
        )
        .numbers()
        .on_demand(),
    ]
}

fn menu(image: &ServerImage) -> RowMenu {
    let to = image.id.map(|id| routes::with_query(routes::NEW_SERVER, &[("image", &id.to_string())]));
    let to = to.ok_or_else(|| "The provider tells no number to install it by.".to_owned());
    (name(image), vec![MenuItem::new("Install on a new server", to)])
}
