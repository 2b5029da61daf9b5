//! Saved views: the state of a list, as it stands in its address, under a name. They belong to the account, so that
//! colleagues share them; one of a list may be its default, to which the sidebar leads.
//!
//! Names and queries may hold what people search for: they are sealed.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{Account, Error, seal::random};

/// Views of a list at most.
const MOST: usize = 50;
/// Longest name in characters.
const LONGEST_NAME: usize = 60;
/// Longest query in bytes.
const LONGEST_QUERY: usize = 2_000;
/// Longest name of a list in bytes.
const LONGEST_LIST: usize = 40;

/// The id of a saved view: 128 random bits, in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ViewId([u8; 16]);

impl fmt::Display for ViewId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

/// Text that is no id of a saved view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a saved view")]
pub struct NotAView;

impl FromStr for ViewId {
    type Err = NotAView;
    fn from_str(text: &str) -> Result<Self, NotAView> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NotAView)?;
        Ok(Self(bytes))
    }
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// The list: `servers`.
    pub list: String,
    /// Its name, 1 to 60 characters.
    pub name: String,
    /// The query part of the list's address, without the question mark; empty for the plain list.
    pub query: String,
    /// Whether the sidebar leads to it.
    pub is_default: bool,
}

/// What is sealed of a view.
#[derive(Serialize, Deserialize)]
struct Content {
    name: String,
    query: String,
}

/// The default views of a user, once they were read. Held while they are read or views are changed, so that what is
/// remembered is never older than what is written.
pub(crate) type Views = tokio::sync::Mutex<Option<Arc<[SavedView]>>>;

/// Id, list, keyed hash of the name, whether it is the default, the sealed part.
type Row = (String, String, Vec<u8>, bool, Vec<u8>);

impl Account {
    /// The saved views of a list, by name.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database fails.
    pub async fn views(&self, list: &str) -> Result<Vec<SavedView>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, list, name_hash, is_default, sealed FROM saved_views WHERE account = $1 AND list = $2",
        )
        .bind(&self.owner().0[..])
        .bind(list)
        .fetch_all(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        Ok(self.opened_views(rows))
    }

    /// The default views of all lists, by list, for the sidebar. Kept in memory.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database fails.
    pub async fn default_views(&self) -> Result<Vec<SavedView>, Error> {
        let owner = self.owner_state();
        let mut kept = owner.views.lock().await;
        if let Some(kept) = &*kept {
            return Ok(kept.to_vec());
        }
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, list, name_hash, is_default, sealed FROM saved_views WHERE account = $1 AND is_default",
        )
        .bind(&self.owner().0[..])
        .fetch_all(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        let mut views = self.opened_views(rows);
        views.sort_by(|one, other| one.list.cmp(&other.list));
        *kept = Some(views.clone().into());
        Ok(views)
    }

    /// Saves the state of a list under a name; one that is there by this name gets the new state. Space around the
    /// name and a leading question mark are dropped.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `name`: empty, longer than 60 characters, or the fifty-first of its list; at `query`:
    /// longer than 2,000 bytes; at `list`: no name of a list. [`Error::Internal`] when the database fails.
    pub async fn save_view(&self, list: &str, name: &str, query: &str) -> Result<SavedView, Error> {
        let (name, query) = (name.trim(), query.strip_prefix('?').unwrap_or(query));
        check(list, name, query)?;
        let content = Content { name: name.to_owned(), query: query.to_owned() };
        let text = serde_json::to_vec(&content).map_err(|_| Error::Internal)?;
        let name_hash: [u8; 16] =
            self.gateway.0.key.fingerprint(&[b"view ", list.as_bytes(), b" ", name.as_bytes()].concat());
        let owner = self.owner_state();
        let mut kept = owner.views.lock().await;
        let mut transaction = self.gateway.0.pool.begin().await.map_err(internal)?;
        let id = ViewId(random().map_err(|_| Error::Internal)?);
        let (id, is_default): (String, bool) = sqlx::query_as(
            "INSERT INTO saved_views (id, account, list, name_hash, is_default, sealed) \
             VALUES ($1, $2, $3, $4, FALSE, $5) \
             ON CONFLICT (account, list, name_hash) DO UPDATE SET sealed = excluded.sealed \
             RETURNING id, is_default",
        )
        .bind(id.to_string())
        .bind(&self.owner().0[..])
        .bind(list)
        .bind(&name_hash[..])
        .bind(self.gateway.0.key.seal(&text, &Self::view_place(list, &name_hash)))
        .fetch_one(&mut *transaction)
        .await
        .map_err(internal)?;
        let id = id.parse().map_err(|_| Error::Internal)?;
        let number: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM saved_views WHERE account = $1 AND list = $2")
                .bind(&self.owner().0[..])
                .bind(list)
                .fetch_one(&mut *transaction)
                .await
                .map_err(internal)?;
        if usize::try_from(number).unwrap_or_default() > MOST {
            let full = format!("There are {MOST} views of this list already. Remove one, or take its name.");
            return Err(invalid("name", full));
        }
        transaction.commit().await.map_err(internal)?;
        *kept = None;
        Ok(SavedView { id, list: list.to_owned(), name: content.name, query: content.query, is_default })
    }

    /// Removes a view.
    ///
    /// # Errors
    /// [`Error::NotFound`] when this account has no such view; [`Error::Internal`] when the database fails.
    pub async fn forget_view(&self, id: ViewId) -> Result<(), Error> {
        let owner = self.owner_state();
        let mut kept = owner.views.lock().await;
        let forgotten = sqlx::query("DELETE FROM saved_views WHERE account = $1 AND id = $2")
            .bind(&self.owner().0[..])
            .bind(id.to_string())
            .execute(&self.gateway.0.pool)
            .await
            .map_err(internal)?;
        *kept = None;
        if forgotten.rows_affected() == 1 { Ok(()) } else { Err(Error::NotFound) }
    }

    /// Makes a view the default of its list, instead of another; with `None` the list has no default any more.
    ///
    /// # Errors
    /// [`Error::NotFound`] when this list has no such view in this account: then nothing is changed;
    /// [`Error::Internal`] when the database fails.
    pub async fn choose_default_view(&self, list: &str, id: Option<ViewId>) -> Result<(), Error> {
        let owner = self.owner_state();
        let mut kept = owner.views.lock().await;
        let mut transaction = self.gateway.0.pool.begin().await.map_err(internal)?;
        sqlx::query(
            "UPDATE saved_views SET is_default = FALSE WHERE account = $1 AND list = $2 AND is_default",
        )
        .bind(&self.owner().0[..])
        .bind(list)
        .execute(&mut *transaction)
        .await
        .map_err(internal)?;
        if let Some(id) = id {
            let chosen = sqlx::query(
                "UPDATE saved_views SET is_default = TRUE WHERE account = $1 AND list = $2 AND id = $3",
            )
            .bind(&self.owner().0[..])
            .bind(list)
            .bind(id.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(internal)?;
            if chosen.rows_affected() != 1 {
                return Err(Error::NotFound);
            }
        }
        transaction.commit().await.map_err(internal)?;
        *kept = None;
        Ok(())
    }

    /// What a sealed view is bound to. Not to the owner: a token's views move to its user when that is learned.
    fn view_place(list: &str, name_hash: &[u8]) -> Vec<u8> {
        [b"view ", list.as_bytes(), b" ", name_hash].concat()
    }

    /// By name, capitals or not. One that does not open is for the log, not for a person.
    fn opened_views(&self, rows: Vec<Row>) -> Vec<SavedView> {
        let opened = |(id, list, name_hash, is_default, sealed): Row| {
            let id: ViewId = id.parse().ok()?;
            let content = self.gateway.0.key.open(&sealed, &Self::view_place(&list, &name_hash));
            let content = content.and_then(|text| serde_json::from_slice(&text).ok());
            let Some(Content { name, query }) = content else {
                tracing::error!(view = %id, "a saved view does not open");
                return None;
            };
            Some(SavedView { id, list, name, query, is_default })
        };
        let mut views: Vec<SavedView> = rows.into_iter().filter_map(opened).collect();
        views.sort_by_cached_key(|view| (view.name.to_lowercase(), view.name.clone()));
        views
    }
}

fn check(list: &str, name: &str, query: &str) -> Result<(), Error> {
    let is_list = (1..=LONGEST_LIST).contains(&list.len())
        && list.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    match () {
        () if !is_list => Err(invalid("list", "There is no such list.".to_owned())),
        () if name.is_empty() => Err(invalid("name", "Give it a name.".to_owned())),
        () if name.chars().count() > LONGEST_NAME => {
            Err(invalid("name", format!("Use at most {LONGEST_NAME} characters.")))
        }
        () if name.chars().any(char::is_control) => {
            Err(invalid("name", "Use one line of plain text.".to_owned()))
        }
        () if query.chars().any(char::is_control) => Err(invalid(
            "query",
            "This is no address of a list. Open the list and save its view from there.".to_owned(),
        )),
        () if query.len() > LONGEST_QUERY => Err(invalid(
            "query",
            "This state of the list is too long to be saved. Use fewer filters.".to_owned(),
        )),
        () => Ok(()),
    }
}

fn invalid(field: &str, sentence: String) -> Error {
    Error::Invalid(vec![(field.to_owned(), vec![sentence])])
}

fn internal(error: sqlx::Error) -> Error {
    tracing::error!(%error, "saved views cannot be read or written");
    Error::Internal
}
