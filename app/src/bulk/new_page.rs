//! `/bulk/new`: asks before something is done to the rows that were chosen in a list. Names every one of them, what
//! will happen, and which cannot be done now. Nothing is done by coming here.

use gateway::{Account, BulkAction, BulkItem, Error};
use leptos::prelude::*;

use super::{row::list_of, words};
use crate::{
    components::{
        dialog::ConfirmForm,
        form::Hidden,
        frame::{Frame, Section},
        list::{ListQuery, Listing, Shown},
        notice::{main_trouble, notice, status},
        table::{Column, Table},
    },
    forms::draft_here,
    isos::Isos,
    live::Sources,
    routes,
    servers::Servers,
    tickets::Tickets,
    visitor::Visitor,
    words::count,
};

/// Longest name in the form, in characters.
const LONGEST_NAME: usize = 80;

/// A row that was chosen.
struct Chosen {
    item: BulkItem,
    /// Why it cannot be done now, if so.
    not_now: Option<String>,
}

/// All rows that were chosen.
struct Choice {
    rows: Vec<Chosen>,
    /// What is to be known of "all that match", in sentences: what is not among them.
    but: Vec<String>,
}

/// What the address asks.
struct Asked {
    action: Option<BulkAction>,
    /// The list's address, from which the rows were chosen.
    from: String,
    rows: Vec<u64>,
    /// All that match instead.
    all: bool,
    draft: Option<String>,
}

impl Asked {
    fn read(address: &str) -> Self {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
        // Boxes of a list come each by itself; our own links have them all in one.
        let rows = pairs.iter().filter(|(name, _)| name == "row");
        Self {
            action: get("action").and_then(|word| BulkAction::from_word(&word)),
            from: get("from").unwrap_or_default(),
            rows: rows.flat_map(|(_, ids)| routes::apart(ids)).collect(),
            all: get("all").is_some(),
            draft: get("draft"),
        }
    }
}

/// Why there is nothing to ask.
enum Nothing {
    /// It could not be read.
    Failed(Error),
    /// A sentence for a person.
    Said(String),
}

impl From<Error> for Nothing {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// The page.
#[component]
pub fn NewJobPage() -> impl IntoView {
    let address = Visitor::here().address;
    Suspend::new(async move {
        let account = Visitor::here().account?;
        let asked = Asked::read(&address);
        let Some(action) = asked.action else {
            return Some(framed(
                "Bulk job",
                Sources::default(),
                None,
                said("What should be done? Choose an action in the list.", None),
            ));
        };
        let above = above(action, &asked.from);
        Some(match chosen(&account, action, &asked).await {
            Ok(choice) => {
                let draft = draft_here(&account, asked.draft.clone()).await;
                let title = format!("{}?", words::title(action, choice.rows.len() as u64));
                framed(&title, Sources::default(), Some(above), ask(&account, action, &asked, &choice, draft))
            }
            Err(Nothing::Failed(error)) => {
                let live = Sources::default().waiting_after(&error);
                let body = main_trouble(&error, "what was chosen");
                framed(
                    words::verb(action),
                    live,
                    Some(above),
                    view! { <div data-region="pending">{body}</div> }.into_any(),
                )
            }
            Err(Nothing::Said(words)) => {
                let back = back(action, &asked.from);
                framed(words::verb(action), Sources::default(), Some(above), said(&words, Some(back)))
            }
        })
    })
}

fn framed(title: &str, live: Sources, above: Option<(String, String)>, body: AnyView) -> AnyView {
    let above: Vec<_> = above.into_iter().collect();
    view! {
        <Frame title=title section=Section::Elsewhere above=above live=live>
            {body}
        </Frame>
    }
    .into_any()
}

fn said(words: &str, back: Option<String>) -> AnyView {
    status(http::StatusCode::UNPROCESSABLE_ENTITY);
    let back = back.unwrap_or_else(|| routes::SERVERS.to_owned());
    view! {
        <div class="empty">
            <p class="empty-title">{words.to_owned()}</p>
            <p>"Choose rows in a list: what may be done with them appears below it. Nothing was done yet."</p>
            <p><a class="button" href=back>"Back to the list"</a></p>
        </div>
    }
    .into_any()
}

/// The list that was chosen in, as it was.
fn back(action: BulkAction, from: &str) -> String {
    let (_, list) = list_of(action);
    let same = from.split('?').next() == Some(list);
    if same { routes::safe_next(from).to_owned() } else { list.to_owned() }
}

fn above(action: BulkAction, from: &str) -> (String, String) {
    let text = match list_of(action).0 {
        "servers" => "Servers",
        "isos" => "ISOs",
        _ => "Tickets",
    };
    (back(action, from), text.to_owned())
}

async fn chosen(account: &Account, action: BulkAction, asked: &Asked) -> Result<Choice, Nothing> {
    match list_of(action).0 {
        "servers" => chosen_of::<Servers>(account, action, asked).await,
        "isos" => chosen_of::<Isos>(account, action, asked).await,
        _ => chosen_of::<Tickets>(account, action, asked).await,
    }
}

async fn chosen_of<L: Listing>(
    account: &Account,
    action: BulkAction,
    asked: &Asked,
) -> Result<Choice, Nothing> {
    let list = L::list(account).await;
    let Some(selection) = list.selection else {
        return Err(Nothing::Said("Nothing can be chosen there.".to_owned()));
    };
    let query = ListQuery::read(&list, &asked.from).map_err(Nothing::Said)?;
    (list.check)(&query).map_err(Nothing::Said)?;
    let of_row = |row: &L::Row| {
        let (id, name) = (selection.of)(row);
        Chosen {
            item: BulkItem { id, name: in_a_line(&name) },
            not_now: (selection.allows)(row, action).err(),
        }
    };
    let of_rows = |shown| match shown {
        Shown::Rows(reading) => Ok(reading.value.rows.iter().map(of_row).collect::<Vec<_>>()),
        Shown::NotOffered(why) => Err(Nothing::Said(why)),
    };
    let mut but = Vec::new();
    let here = if asked.all {
        let all = L::all(account, &list, &query).await?;
        but = left_out(&all);
        of_rows(all)?
    } else {
        let mut here = of_rows(L::contents(account, &list, &query).await.read?)?;
        here.retain(|chosen| asked.rows.contains(&chosen.item.id));
        let missing = |here: &[Chosen]| {
            let there = |id: &&u64| !here.iter().any(|chosen| chosen.item.id == **id);
            asked.rows.iter().filter(there).copied().collect::<Vec<_>>()
        };
        // From other pages of the list, or of one that has moved on: their names are worth a look at all rows.
        let elsewhere = missing(&here);
        if !elsewhere.is_empty() {
            let plain = ListQuery::read(&list, list.path).map_err(Nothing::Said)?;
            if let Ok(all) = L::all(account, &list, &plain).await.map_err(Nothing::Failed).and_then(of_rows) {
                here.extend(all.into_iter().filter(|chosen| elsewhere.contains(&chosen.item.id)));
            }
        }
        // Each is looked at again when its turn comes.
        let nameless = missing(&here).into_iter().map(|id| {
            let name = format!("{} {id}", list.unit);
            Chosen { item: BulkItem { id, name }, not_now: None }
        });
        here.extend(nameless.collect::<Vec<_>>());
        here
    };
    if here.is_empty() {
        return Err(Nothing::Said(format!("Choose at least one {} in the list.", list.unit)));
    }
    Ok(Choice { rows: here, but })
}

/// What "all that match" does not say by itself.
fn left_out<R>(all: &Shown<R>) -> Vec<String> {
    let Shown::Rows(reading) = all else { return Vec::new() };
    let rows = reading.value.as_ref();
    let broken = (rows.broken > 0)
        .then(|| format!("{} could not be understood: not among these.", count(rows.broken as u64, "row")));
    let more = rows.remark.as_ref().map(|remark| format!("These are not all: {remark}."));
    let old = reading.stale().map(|why| format!("The list may have changed meanwhile. {why}"));
    [broken, more, old].into_iter().flatten().collect()
}

/// A name as it stands in the form: a line is a row, and a form has its limits.
fn in_a_line(name: &str) -> String {
    let words: Vec<&str> = name.split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect()
}

/// The question: everything that was chosen, and the form.
fn ask(
    account: &Account,
    action: BulkAction,
    asked: &Asked,
    choice: &Choice,
    draft: Option<gateway::Draft>,
) -> AnyView {
    let chosen = &choice.rows;
    let number = chosen.len() as u64;
    let Some(asks) = words::confirmation(action, number, chosen[0].item.id) else {
        return said("One of them has no usable number.", Some(back(action, &asked.from)));
    };
    // Each is looked at before it is sent.
    let minutes = (2 * number).div_ceil(u64::from(account.background_per_minute())).max(1);
    let takes = format!(
        "It is worked off by the server within half of the provider's rate limit, which takes about {}. You can \
         leave the page; the job goes on, also when some of them fail.",
        count(minutes, "minute")
    );
    let not_now = chosen.iter().filter(|chosen| chosen.not_now.is_some()).count() as u64;
    let not_now = (not_now > 0).then(|| {
        let words = format!(
            "{} cannot be done as things are now. Each is looked at again when its turn comes.",
            count(not_now, words::unit(action))
        );
        notice("warning", view! { <p>{words}</p> })
    });
    let any_not_now = not_now.is_some();
    let but = choice.but.iter().map(|words| notice("warning", view! { <p>{words.clone()}</p> }));
    let rows = chosen
        .iter()
        .map(|chosen| {
            let words = chosen.not_now.clone().unwrap_or_default();
            let words = any_not_now.then(|| view! { <td class="wide">{words}</td> });
            view! { <tr><th scope="row">{chosen.item.name.clone()}</th>{words}</tr> }
        })
        .collect_view();
    let lines: Vec<String> =
        chosen.iter().map(|chosen| format!("{} {}", chosen.item.id, chosen.item.name)).collect();
    let mut columns = vec![Column::text("Name")];
    columns.extend(any_not_now.then(|| Column::text("Not possible now")));
    let (close, from) = (back(action, &asked.from), asked.from.clone());
    let curl = account.bulk_as_curl(action, chosen.iter().map(|chosen| chosen.item.id));
    view! {
        <ConfirmForm asks=asks verb=words::verb(action) action=routes::DO_START_BULK close=close draft=draft
            curl=curl>
            <Hidden name="action" value=action.word() />
            <Hidden name="from" value=from />
            <Hidden name="rows" value=lines.join("\n") />
        </ConfirmForm>
        <p class="hint lead after-form">{takes}</p>
        {but.collect_view()}
        {not_now}
        <Table caption="What was chosen" columns=columns>{rows}</Table>
    }
    .into_any()
}
