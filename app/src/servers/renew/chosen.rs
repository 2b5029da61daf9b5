//! The servers of a renewal: what each is called, and which of them certainly cannot be renewed. What cannot be read
//! is left to the provider's word.

use futures::future::join_all;
use gateway::{Account, Error};
use vpsbg_api::{Server, ServerId};

use super::wish::{MOST, Wish};
use crate::{
    components::list::{ListQuery, Listing, Shown},
    servers::{Servers, lock_words::lock, words::name},
};

/// Servers that are asked for one by one, at most: more come from the list or stay numbers.
const ASKED: usize = 10;

/// A server that was chosen.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Which one.
    pub id: ServerId,
    /// What the provider tells of it, if it could be read.
    pub server: Option<Server>,
    /// Why it cannot be renewed, if that is certain.
    pub not: Option<String>,
}

/// Why there is nothing to ask.
#[derive(Debug)]
pub enum Nothing {
    /// The list could not be read.
    Failed(Error),
    /// A sentence for a person.
    Said(String),
}

impl From<Error> for Nothing {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Chosen {
    fn of(id: ServerId, read: Result<Server, Error>) -> Self {
        match read {
            Ok(server) => {
                let not = server.can_renew().err().map(|reason| reason.to_string());
                Self { id, server: Some(server), not }
            }
            Err(Error::NotFound) => {
                let not = Some("There is no such server in this account.".to_owned());
                Self { id, server: None, not }
            }
            Err(_) => Self { id, server: None, not: None },
        }
    }

    /// What it is called.
    pub fn name(&self) -> String {
        self.server.as_ref().map_or_else(|| format!("Server {}", self.id), name)
    }

    /// Whether a renewal of it is ordered and not paid.
    pub fn is_ordered(&self) -> bool {
        self.server.as_ref().is_some_and(|server| server.pending_renew_order == Some(true))
    }

    /// What holds it, if it is locked: then the provider may refuse.
    pub fn lock(&self) -> Option<String> {
        self.server.as_ref().and_then(lock).map(|lock| format!("{lock}."))
    }
}

/// All servers that were chosen; with `all`, those that match the list from which they come.
pub async fn chosen(account: &Account, wish: &Wish, all: bool) -> Result<Vec<Chosen>, Nothing> {
    if all {
        let list = Servers::list(account).await;
        let query = ListQuery::read(&list, &wish.from).map_err(Nothing::Said)?;
        let rows = match Servers::all(account, &list, &query).await? {
            Shown::Rows(reading) => reading.value.rows.clone(),
            Shown::NotOffered(why) => return Err(Nothing::Said(why)),
        };
        let of_row = |server: Server| Chosen::of(server.id, Ok(server));
        return enough(rows.into_iter().map(|row| of_row(row.server)).collect());
    }
    if wish.servers.len() > MOST {
        return Err(Nothing::Said(format!("At most {MOST} servers can be renewed at once.")));
    }
    let mut listed = listed(account, wish).await;
    let is_unknown = |listed: &[Server], id: &ServerId| !listed.iter().any(|server| server.id == *id);
    if wish.servers.iter().filter(|id| is_unknown(&listed, id)).count() > ASKED {
        listed.extend(all_listed(account).await);
    }
    let unknown = wish.servers.iter().filter(|id| is_unknown(&listed, id));
    let read = unknown.take(ASKED).map(async |id| {
        let seen = account.server(*id).await;
        Chosen::of(*id, seen.map(|seen| seen.value.server.clone()))
    });
    let read = join_all(read).await;
    let one = |id: &ServerId| {
        let of_list = listed.iter().find(|server| server.id == *id).cloned();
        let of_list = of_list.map(|server| Chosen::of(*id, Ok(server)));
        let of_call = || read.iter().find(|chosen| chosen.id == *id).cloned();
        of_list.or_else(of_call).unwrap_or(Chosen { id: *id, server: None, not: None })
    };
    enough(wish.servers.iter().map(one).collect())
}

fn enough(chosen: Vec<Chosen>) -> Result<Vec<Chosen>, Nothing> {
    if chosen.is_empty() {
        return Err(Nothing::Said("Choose at least one server to renew.".to_owned()));
    }
    Ok(chosen)
}

/// All servers of the list, where they are few enough.
async fn all_listed(account: &Account) -> Vec<Server> {
    let list = Servers::list(account).await;
    let Ok(query) = ListQuery::read(&list, list.path) else { return Vec::new() };
    match Servers::all(account, &list, &query).await {
        Ok(Shown::Rows(reading)) => reading.value.rows.iter().map(|row| row.server.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The page of the list from which they were chosen: usually all of them are on it, and it was just read.
async fn listed(account: &Account, wish: &Wish) -> Vec<Server> {
    if wish.from.is_empty() {
        return Vec::new();
    }
    let list = Servers::list(account).await;
    let Ok(query) = ListQuery::read(&list, &wish.from) else { return Vec::new() };
    match Servers::contents(account, &list, &query).await.read {
        Ok(Shown::Rows(reading)) => reading.value.rows.iter().map(|row| row.server.clone()).collect(),
        _ => Vec::new(),
    }
}
