//! What may be done with saved views. They are ours alone: the provider hears nothing of them.

use gateway::ViewId;
use leptos::prelude::*;

use super::page::{NAME, list_of};
use crate::{
    forms::{Refusal, Typed, refused, refused_here, submit},
    routes,
};

/// Saves what an address of a list shows under a name, and leads there.
#[server(prefix = "/do", endpoint = "views/save")]
pub async fn save(
    #[server(default)] list: String,
    #[server(default)] name: String,
    #[server(default)] query: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&list, &query);
    submit(&page, async move |account, _: Typed| {
        let Some(place) = list_of(&list) else { return Err(Refusal::whole("There is no such list.")) };
        let name = NAME.check(&name).map_err(|problem| Refusal::field(NAME.name, problem))?;
        let query = routes::of_list(&query);
        match account.save_view(&list, name, &query).await {
            Ok(view) => Ok(routes::with_query(
                &routes::view_of(place.address, &view.query),
                &[("done", "view-saved")],
            )),
            Err(error) => Err(refused_here(&error, &[NAME.name])),
        }
    })
    .await
}

/// Makes a view the default one of its list; without an id the plain list is it again.
#[server(prefix = "/do", endpoint = "views/default")]
pub async fn choose_default(
    #[server(default)] list: String,
    #[server(default)] id: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&list, "");
    submit(&page.clone(), async move |account, _: Typed| {
        let id = if id.is_empty() { None } else { Some(id_of(&id)?) };
        let chosen = account.choose_default_view(&list, id).await;
        chosen.map(|()| page).map_err(|error| refused(&error, &[]))
    })
    .await
}

/// Removes a view.
#[server(prefix = "/do", endpoint = "views/forget")]
pub async fn forget(
    #[server(default)] list: String,
    #[server(default)] id: String,
) -> Result<(), ServerFnError> {
    let page = page_of(&list, "");
    submit(&page.clone(), async move |account, _: Typed| {
        let forgotten = account.forget_view(id_of(&id)?).await;
        forgotten.map(|()| page).map_err(|error| refused(&error, &[]))
    })
    .await
}

fn id_of(text: &str) -> Result<ViewId, Refusal> {
    text.parse().map_err(|_| Refusal::whole("Which view? Choose it below."))
}

/// The page of a list's views.
pub fn page_of(list: &str, query: &str) -> String {
    if list_of(list).is_some() { routes::views(list, query) } else { routes::OVERVIEW.to_owned() }
}
