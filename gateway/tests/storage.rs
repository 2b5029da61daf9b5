//! The database: brought up to date, refused when it is newer, kept clean, plain SQL.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

#[path = "support/sandbox.rs"]
mod sandbox;

use std::{fs, path::Path, time::Duration};

use gateway::{Gateway, Settings, StartError, StorageError, Timings};
use sandbox::{Stage, quick, until};
use vpsbg_api::CreateIso;
use vpsbg_sandbox::Seed;

fn settings(stage: &Stage) -> Settings {
    Settings {
        api_url: format!("{}/v1", stage.base).parse().unwrap(),
        directory: stage.directory.path().to_owned(),
        key: sandbox::key(),
        timings: quick(),
    }
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_as_it_is() {
    let stage = Stage::set(Seed::Empty).await;
    stage.gateway(quick()).await.close().await;
    let pool = stage.database().await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9000, 'from the future', TRUE, X'00', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    let refused = Gateway::start(settings(&stage)).await.unwrap_err();
    assert!(matches!(refused, StartError::Storage(StorageError::Newer(9000))), "{refused}");
    assert!(refused.to_string().contains("newer version of Vitosha"), "{refused}");
    let pool = stage.database().await;
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version = 9000").execute(&pool).await.unwrap();
    pool.close().await;
    assert!(Gateway::start(settings(&stage)).await.is_ok(), "nothing was spoiled");
}

#[tokio::test]
async fn what_is_older_than_stated_is_removed_every_hour() {
    let stated = Timings::default();
    assert_eq!(stated.housekeeping, Duration::from_secs(60 * 60));
    assert_eq!(stated.audit, Duration::from_secs(400 * 24 * 60 * 60));
    let stage = Stage::set(Seed::Small).await;
    let gateway = stage.gateway(quick()).await;
    let (account, _) = stage.signed_in(&gateway, &stage.write).await;
    for name in ["old", "new"] {
        account.act(&CreateIso { url: format!("https://mirror.example.org/{name}.iso") }).await.unwrap();
    }
    let pool = stage.database().await;
    let aged = i64::try_from(stated.audit.as_millis()).unwrap() + 60_000;
    let oldest = "UPDATE audit SET at = at - $1 WHERE id = (SELECT id FROM audit ORDER BY at LIMIT 1)";
    sqlx::query(oldest).bind(aged).execute(&pool).await.unwrap();
    for (id, age) in [("old", aged), ("new", aged - 120_000)] {
        sqlx::query(
            "INSERT INTO purchases (id, account, operation, state, created_at, changed_at, sealed) \
             VALUES ($1, X'00', 'depositFunds', 'unknown', $2, $2, X'00')",
        )
        .bind(id)
        .bind(jiff::Timestamp::now().as_millisecond() - age)
        .execute(&pool)
        .await
        .unwrap();
    }
    assert_eq!(stage.rows("audit").await, 2);
    let house = tokio::spawn(gateway.keep_house());
    until("the removal", || async { (stage.rows("audit").await == 1).then_some(()) }).await;
    house.abort();
    let left: Vec<String> = sqlx::query_scalar("SELECT id FROM purchases").fetch_all(&pool).await.unwrap();
    pool.close().await;
    assert_eq!(left, ["new"]);
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                return files(&path);
            }
            vec![(path.display().to_string(), fs::read_to_string(&path).unwrap())]
        })
        .collect()
}

#[test]
fn the_sql_is_plain() {
    // Several instances on one PostgreSQL will follow: nothing that only SQLite understands.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = [files(&root.join("src")), files(&root.join("migrations"))].concat();
    assert!(sources.iter().any(|(_, text)| text.contains("INSERT INTO audit")), "the walk finds nothing");
    for (path, text) in sources {
        let said: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        let said = said.join("\n");
        for word in [
            "AUTOINCREMENT",
            "INSERT OR ",
            "REPLACE INTO",
            "datetime(",
            "strftime",
            "julianday",
            "rowid",
            "ROWID",
            "WITHOUT ROWID",
            "IFNULL",
            "GLOB ",
            " = ?",
            "(?",
            "?1",
            "last_insert_rowid",
            "PRAGMA ",
        ] {
            assert!(!said.contains(word), "{path} says {word}");
        }
    }
}
