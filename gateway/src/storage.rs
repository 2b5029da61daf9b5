//! The database: one SQLite file in the data directory. All SQL of the gateway is in the files that own the
//! tables; this one opens, checks, and cleans.

use std::{path::Path, time::Duration};

use sqlx::{
    SqlitePool,
    migrate::MigrateError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{SealingKey, Timings};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

const CHECK: &[u8] = b"vitosha: this key fits this database";

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// It cannot be opened or written.
    #[error("the database cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// It was made by a newer Vitosha.
    #[error(
        "the database was made by a newer version of Vitosha (step {0}): start that version, or restore a copy"
    )]
    Newer(i64),
    /// Bringing it up to date failed, or it is damaged.
    #[error("the database does not fit this version: {0}")]
    Migration(#[from] MigrateError),
    /// It was sealed with another key.
    #[error("the key does not fit this database: it was made with another one")]
    WrongKey,
}

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// A period in milliseconds.
pub(crate) fn millis(period: Duration) -> i64 {
    i64::try_from(period.as_millis()).unwrap_or(i64::MAX)
}

/// Opens the database in a directory, brings it up to date, and checks the key.
pub(crate) async fn open(directory: &Path, key: &SealingKey) -> Result<SqlitePool, StorageError> {
    // Full: a purchase that was written down before it was sent must be there after a power cut, too.
    let options = SqliteConnectOptions::new()
        .filename(directory.join("vitosha.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true);
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
    match MIGRATIONS.run(&pool).await {
        Err(MigrateError::VersionMissing(step)) => return Err(StorageError::Newer(step)),
        done => done?,
    }
    let sealed: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT sealed FROM key_check WHERE id = 1").fetch_optional(&pool).await?;
    match sealed {
        Some(sealed) if key.open(&sealed, CHECK).is_none() => return Err(StorageError::WrongKey),
        Some(_) => {}
        None => {
            sqlx::query("INSERT INTO key_check (id, sealed) VALUES (1, $1)")
                .bind(key.seal(CHECK, CHECK))
                .execute(&pool)
                .await?;
        }
    }
    Ok(pool)
}

/// Removes what expired.
pub(crate) async fn clean(pool: &SqlitePool, timings: &Timings) -> Result<(), sqlx::Error> {
    let now = now();
    sqlx::query("DELETE FROM sessions WHERE expires_at < $1").bind(now).execute(pool).await?;
    sqlx::query("DELETE FROM drafts WHERE expires_at < $1").bind(now).execute(pool).await?;
    // As long as the records: a form in a forgotten tab may be sent again much later, and must not act again.
    sqlx::query("DELETE FROM submissions WHERE created_at < $1")
        .bind(now - millis(timings.audit))
        .execute(pool)
        .await?;
    sqlx::query("DELETE FROM power_actions WHERE started_at < $1")
        .bind(now - millis(timings.draft))
        .execute(pool)
        .await?;
    sqlx::query("DELETE FROM purchases WHERE changed_at < $1")
        .bind(now - millis(timings.audit))
        .execute(pool)
        .await?;
    sqlx::query("DELETE FROM bulk_jobs WHERE state <> 'running' AND changed_at < $1")
        .bind(now - millis(timings.bulk))
        .execute(pool)
        .await?;
    sqlx::query("DELETE FROM owners WHERE learned_at < $1")
        .bind(now - millis(timings.audit))
        .execute(pool)
        .await?;
    sqlx::query("DELETE FROM audit WHERE at < $1").bind(now - millis(timings.audit)).execute(pool).await?;
    Ok(())
}
