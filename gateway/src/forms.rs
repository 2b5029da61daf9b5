//! Forms that survive: a one-time id makes a form sent twice act once, a draft keeps what was typed when it is
//! refused. They belong to the account's owner: who comes back with another token of the account finds the filled
//! form.

use serde::{Deserialize, Serialize};

use crate::{
    Account, AccountKey, Error, Gateway,
    seal::random_id,
    storage::{millis, now},
};

/// Drafts of an account that are kept at most: the newest ones.
const MOST_DRAFTS: i64 = 100;
/// Largest draft in bytes. What is longer is refused with its text still in the browser's form.
const LARGEST_DRAFT: usize = 64 * 1024;
/// How long a second sending waits for the first to end, in steps.
const STEPS: u32 = 600;
const STEP: std::time::Duration = std::time::Duration::from_millis(100);

/// What was typed, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Fields with their values, in order; repeated for lists. Never secrets or files.
    pub values: Vec<(String, String)>,
    /// Errors by field; the empty name is the form as a whole.
    pub errors: Vec<(String, String)>,
}

impl Draft {
    /// The (first) value of a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// The errors of a field.
    pub fn errors_of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.errors.iter().filter(move |(name, _)| name == field).map(|(_, error)| error.as_str())
    }
}

/// The place of a form that was sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Submission {
    /// Sent for the first time: act, then say where it led with [`Account::finish`].
    First,
    /// Sent before with the same content: it led here.
    Again(String),
    /// Sent before with other content: nothing may be done.
    Different,
}

impl Account {
    /// Whether a form was made for this account: for its owner, or for this token before its owner was known.
    pub fn is_meant(&self, made_for: AccountKey) -> bool {
        made_for == self.owner() || made_for == self.key
    }

    /// A new one-time id for a form, and the seal that shows that we made it for this account.
    pub fn new_form(&self) -> (String, String) {
        let once = random_id();
        let seal = self.gateway.form_seal(self.owner(), &once);
        (once, seal)
    }

    /// Registers a form that was sent. `content` is all that it says.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database fails; [`Error::OutcomeUnknown`] when the first sending has not
    /// ended (or was cut off) and so nobody knows where it led.
    pub async fn submit(&self, form: &str, content: &[u8]) -> Result<Submission, Error> {
        // Keyed: what was typed, perhaps a password, must not be guessed from the database alone.
        let hash: [u8; 16] = self.gateway.0.key.fingerprint(content);
        let inserted = sqlx::query(
            "INSERT INTO submissions (id, account, content, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (account, id) DO NOTHING",
        )
        .bind(form)
        .bind(&self.owner().0[..])
        .bind(&hash[..])
        .bind(now())
        .execute(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        if inserted.rows_affected() == 1 {
            return Ok(Submission::First);
        }
        for _ in 0..STEPS {
            let row: Option<(Vec<u8>, Option<String>)> =
                sqlx::query_as("SELECT content, led_to FROM submissions WHERE account = $1 AND id = $2")
                    .bind(&self.owner().0[..])
                    .bind(form)
                    .fetch_optional(&self.gateway.0.pool)
                    .await
                    .map_err(internal)?;
            match row {
                Some((content, _)) if content != hash => return Ok(Submission::Different),
                Some((_, Some(led_to))) => return Ok(Submission::Again(led_to)),
                // The first sending is still under way.
                Some((_, None)) => tokio::time::sleep(STEP).await,
                None => return Err(Error::Internal),
            }
        }
        Err(Error::OutcomeUnknown)
    }

    /// Notes where a form led, for when it is sent again.
    pub async fn finish(&self, form: &str, led_to: &str) {
        let updated = sqlx::query("UPDATE submissions SET led_to = $3 WHERE account = $1 AND id = $2")
            .bind(&self.owner().0[..])
            .bind(form)
            .bind(led_to)
            .execute(&self.gateway.0.pool)
            .await;
        if let Err(error) = updated {
            tracing::error!(%error, "the outcome of a form could not be noted");
        }
    }

    /// Keeps a draft; gives its id for the address.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database fails or the draft is larger than 64 kB.
    pub async fn keep_draft(&self, draft: &Draft) -> Result<String, Error> {
        self.gateway.keep_draft(self.owner(), draft).await
    }

    /// A draft of this account.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database fails.
    pub async fn draft(&self, id: &str) -> Result<Option<Draft>, Error> {
        self.at_work()?;
        let sealed: Option<Vec<u8>> = sqlx::query_scalar(
            "SELECT sealed FROM drafts WHERE id = $1 AND account = $2 AND expires_at >= $3",
        )
        .bind(id)
        .bind(&self.owner().0[..])
        .bind(now())
        .fetch_optional(&self.gateway.0.pool)
        .await
        .map_err(internal)?;
        let opened = sealed.and_then(|sealed| self.gateway.0.key.open(&sealed, id.as_bytes()));
        Ok(opened.and_then(|text| serde_json::from_slice(&text).ok()))
    }
}

impl Gateway {
    /// The seal of a form: without the key nobody can make one, so that only forms of ours are kept for people
    /// who are not signed in.
    fn form_seal(&self, account: AccountKey, once: &str) -> String {
        let said = [b"form ", account.0.as_slice(), once.as_bytes()].concat();
        hex::encode(self.0.key.fingerprint(&said))
    }

    /// Keeps what was typed into a form of ours whose session has ended. One draft for each form that was made,
    /// however often it is sent. None: not a form of ours, nothing was kept.
    pub async fn keep_ended_form(
        &self,
        account: AccountKey,
        once: &str,
        seal: &str,
        draft: &Draft,
    ) -> Option<String> {
        if seal != self.form_seal(account, once) {
            return None;
        }
        let id = hex::encode(self.0.key.fingerprint(format!("draft of {once}").as_bytes()));
        // Made for a token whose owner has become known since: the draft is the owner's.
        let owner = self.find_owner(account).await.ok()?;
        self.write_draft(&id, owner, draft).await.ok().map(|()| id)
    }

    async fn keep_draft(&self, account: AccountKey, draft: &Draft) -> Result<String, Error> {
        let id = random_id();
        self.write_draft(&id, account, draft).await?;
        Ok(id)
    }

    async fn write_draft(&self, id: &str, account: AccountKey, draft: &Draft) -> Result<(), Error> {
        let text = serde_json::to_vec(draft).map_err(|_| Error::Internal)?;
        if text.len() > LARGEST_DRAFT {
            return Err(Error::Internal);
        }
        sqlx::query(
            "INSERT INTO drafts (id, account, sealed, expires_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO UPDATE SET account = excluded.account, sealed = excluded.sealed, \
             expires_at = excluded.expires_at",
        )
        .bind(id)
        .bind(&account.0[..])
        .bind(self.0.key.seal(&text, id.as_bytes()))
        .bind(now() + millis(self.0.timings.draft))
        .execute(&self.0.pool)
        .await
        .map_err(internal)?;
        // Whoever sends nonsense again and again must not fill the disk.
        sqlx::query(
            "DELETE FROM drafts WHERE account = $1 AND id NOT IN \
             (SELECT id FROM drafts WHERE account = $1 ORDER BY expires_at DESC, id LIMIT $2)",
        )
        .bind(&account.0[..])
        .bind(MOST_DRAFTS)
        .execute(&self.0.pool)
        .await
        .map_err(internal)?;
        Ok(())
    }
}

fn internal(error: sqlx::Error) -> Error {
    tracing::error!(%error, "the database failed");
    Error::Internal
}
