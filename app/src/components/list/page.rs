//! The page of a list.

use gateway::{Error, SavedView};
use leptos::prelude::*;

use super::{
    Contents, List, ListQuery, Listing, Shown, bulk_bar, download, looks, rows,
    toolbar::{Extent, toolbar},
    view_menu::SavedViews,
};
use crate::{
    components::{
        frame::Frame,
        notice::{broken_rows, staleness},
        paging::{Paging, bad_page, beyond_the_end},
    },
    forms::said_of_form,
    live::Sources,
    visitor::Visitor,
};

/// The page of a list, whole.
#[component]
pub fn ListPage<L: Listing>(
    /// Which one.
    listing: L,
) -> impl IntoView {
    let _ = listing;
    let address = Visitor::here().address;
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let list = L::list(&account).await;
        let said = said_of_form(&account, draft_of(&address)).await;
        let query = match ListQuery::read(&list, &address) {
            Ok(query) => query,
            Err(problem) => {
                let body = bad_page(&problem, list.path);
                return Some(framed::<L>(&list, said, Sources::default(), None, body));
            }
        };
        if let Err(problem) = (list.check)(&query) {
            let views = super::view_menu::saved(&account, &list).await;
            let tools = toolbar(&list, &query, None, None, views, false);
            let body = view! { {L::about(&account)} {tools} {looks::nonsense(&problem)} };
            return Some(framed::<L>(&list, said, Sources::default(), None, body.into_any()));
        }
        let contents = L::contents(&account, &list, &query).await;
        let extent = Extent::of(&contents);
        let dialog = download::question::<L>(&account, &list, &query, extent);
        let views = super::view_menu::saved(&account, &list).await;
        let live = contents.live.clone();
        let refreshes = live.refreshes(&address);
        let tools = toolbar(&list, &query, extent, contents.fixed.as_deref(), views, refreshes);
        // What is asked of a list that is still coming can only be asked when it is there: by the page as a whole.
        let coming = matches!(contents.read, Err(Error::StillWaiting));
        let region = if coming && query.asks_for_file { "pending" } else { list.name };
        let body = view! {
            {L::about(&account)}
            {tools}
            <div data-region=region>{body::<L>(&list, &query, contents)}</div>
        };
        Some(framed::<L>(&list, said, live, dialog, body.into_any()))
    })
}

fn framed<L: Listing>(
    list: &List<L::Row>,
    said: Option<AnyView>,
    live: Sources,
    dialog: Option<AnyView>,
    body: AnyView,
) -> AnyView {
    view! {
        <Frame title=list.title section=list.section live=live actions=L::actions
            dialog=dialog.unwrap_or_else(|| ().into_any())>
            {said}
            {body}
        </Frame>
    }
    .into_any()
}

/// The rows, or what stands in their place.
fn body<L: Listing>(list: &List<L::Row>, query: &ListQuery, contents: Contents<L::Row>) -> AnyView {
    let Contents { read, above, fixed, .. } = contents;
    let reading = match read {
        Ok(Shown::Rows(reading)) => reading,
        Ok(Shown::NotOffered(why)) => return looks::not_offered(&why, query),
        Err(Error::StillWaiting) => return looks::waiting(list, query),
        Err(error) => return looks::failed(&error, list),
    };
    let shown = reading.value.as_ref();
    if shown.rows.is_empty() && shown.broken == 0 {
        let nothing = if query.page > 1 {
            let address = query.clone();
            beyond_the_end(query.page, shown.place.last, move |page| address.at_page(page))
        } else if query.narrows() {
            looks::no_match(list, query)
        } else {
            L::empty()
        };
        return view! { {staleness(&reading)} {above} {nothing} }.into_any();
    }
    let table = rows::table(list, query, fixed.is_some(), &shown.rows);
    let (place, remark) = (shown.place, shown.remark.clone());
    let address = query.clone();
    view! {
        {staleness(&reading)}
        {above}
        {broken_rows(shown.broken)}
        {bulk_bar::around(list, query, place, table)}
        <Paging place=place unit=list.unit remark=remark address=move |page| address.at_page(page) />
    }
    .into_any()
}

/// Tools and rows as a page has them, with views that nobody saved: for the gallery.
pub fn tools_and_rows<L: Listing>(
    list: &List<L::Row>,
    query: &ListQuery,
    contents: Contents<L::Row>,
    views: Vec<SavedView>,
) -> AnyView {
    let extent = Extent::of(&contents);
    let views = SavedViews(views);
    let tools = toolbar(list, query, extent, contents.fixed.as_deref(), views, false);
    view! { {tools} {body::<L>(list, query, contents)} }.into_any()
}

/// The draft that the address names.
fn draft_of(address: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    pairs.into_iter().find(|(name, _)| name == "draft").map(|(_, id)| id)
}
