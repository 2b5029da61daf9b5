//! A sandbox of its own for each test, a gateway in front of it, and people who sign in.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use gateway::{Account, Actor, Gateway, SealingKey, Session, Settings, Timings};
use serde_json::{Value, json};
use sqlx::{SqlitePool, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tokio::net::TcpListener;
use vpsbg_api::{Iso, ListServers, Server, ServerFilter, ServerId};
use vpsbg_sandbox::{NewAccount, Options, Sandbox, Seed};

/// Longest that a condition is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A provider with one account that nobody limits, and a place for the gateway's data.
pub struct Stage {
    pub base: String,
    pub world: String,
    pub write: String,
    pub read: String,
    pub directory: TempDir,
    http: reqwest::Client,
    sandbox: Sandbox,
}

/// Short where a test would wait, long where it would be surprised.
pub fn quick() -> Timings {
    Timings {
        connect: Duration::from_secs(2),
        answer: Duration::from_secs(5),
        whole_read: Duration::from_secs(8),
        retry_pause: Duration::from_millis(1),
        page_wait: Duration::from_secs(5),
        fresh: Duration::ZERO,
        poll_active: Duration::from_millis(20),
        poll_idle: Duration::from_secs(3600),
        breaker_pause: Duration::ZERO,
        breaker_pause_max: Duration::ZERO,
        ..Timings::default()
    }
}

/// As [`quick`], with what was read staying fresh for the whole test.
pub fn remembering() -> Timings {
    Timings { fresh: Duration::from_secs(3600), ..quick() }
}

pub fn key() -> SealingKey {
    SealingKey::from_hex(&"4e".repeat(32)).unwrap()
}

impl Stage {
    /// With the clock standing still.
    pub async fn set(seed: Seed) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Options::default());
        let wish = NewAccount { seed, rate_limit: Some(1_000_000), freeze: true, ..NewAccount::default() };
        let account = sandbox.open_account(wish).unwrap();
        let serving = sandbox.clone();
        tokio::spawn(async move { serving.serve(listener, std::future::pending()).await });
        Self {
            base,
            world: account.id,
            write: account.write_token,
            read: account.read_token,
            directory: tempfile::tempdir().unwrap(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            sandbox,
        }
    }

    /// The tokens of another account of the same provider: write, read.
    pub fn another(&self, seed: Seed) -> (String, String) {
        let wish = NewAccount { seed, rate_limit: Some(1_000_000), ..NewAccount::default() };
        let account = self.sandbox.open_account(wish).unwrap();
        (account.write_token, account.read_token)
    }

    pub async fn gateway(&self, timings: Timings) -> Gateway {
        self.gateway_to(&format!("{}/v1", self.base), timings).await
    }

    pub async fn gateway_to(&self, api_url: &str, timings: Timings) -> Gateway {
        let directory = self.directory.path().to_owned();
        let settings = Settings { api_url: api_url.parse().unwrap(), directory, key: key(), timings };
        Gateway::start(settings).await.unwrap()
    }

    /// Signed in with the write token; the sign-in is not in the journal.
    pub async fn account(&self, timings: Timings) -> Account {
        let gateway = self.gateway(timings).await;
        let (account, _) = self.signed_in(&gateway, &self.write.clone()).await;
        account
    }

    /// Signed in, with the session.
    pub async fn signed_in(&self, gateway: &Gateway, token: &str) -> (Account, Session) {
        let session = sign_in(gateway, token, None).await;
        let account = gateway.enter(&session, actor()).await.unwrap();
        self.forget_journal().await;
        (account, session)
    }

    /// A control call that must be accepted.
    pub async fn order(&self, call: &str, body: Value) -> Value {
        let url = format!("{}/_sandbox/{call}?account={}", self.base, self.world);
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        let (status, told) = (answer.status(), answer.json::<Value>().await.unwrap());
        assert!(status.is_success(), "{call}: {told}");
        told
    }

    pub async fn force(&self, order: Value) {
        self.order("force", order).await;
    }

    /// Always, until [`Stage::calm`].
    pub async fn force_always(&self, operation: &str, status: u16) {
        self.force(json!({ "operation": operation, "status": status, "times": 0 })).await;
    }

    pub async fn calm(&self) {
        let url = format!("{}/_sandbox/force?account={}", self.base, self.world);
        assert!(self.http.delete(url).send().await.unwrap().status().is_success());
    }

    pub async fn advance(&self, seconds: f64) {
        self.order("clock", json!({ "advance_seconds": seconds })).await;
    }

    pub async fn journal(&self) -> Vec<Value> {
        let url = format!("{}/_sandbox/journal?account={}", self.base, self.world);
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// How often an operation was asked.
    pub async fn asked(&self, operation: &str) -> usize {
        self.journal().await.iter().filter(|entry| entry["operation"] == operation).count()
    }

    pub async fn forget_journal(&self) {
        let url = format!("{}/_sandbox/journal?account={}", self.base, self.world);
        assert!(self.http.delete(url).send().await.unwrap().status().is_success());
    }

    /// What the provider says, past the gateway.
    pub async fn tell(&self, path: &str) -> Value {
        let request = self.http.get(format!("{}/v1{path}", self.base)).bearer_auth(&self.write);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// The id of a server by its name.
    pub async fn server_id(&self, name: &str) -> ServerId {
        let list =
            self.tell("/servers?per_page=50&filter[status]=active,suspended,terminated,processing").await;
        let row = list["data"].as_array().unwrap().iter().find(|row| row["hostname"] == name).unwrap();
        row["id"].to_string().parse().unwrap()
    }

    /// The gateway's database.
    pub async fn database(&self) -> SqlitePool {
        let options = SqliteConnectOptions::new().filename(self.directory.path().join("vitosha.sqlite"));
        SqlitePool::connect_with(options).await.unwrap()
    }

    /// How many rows a query finds.
    pub async fn rows(&self, table: &str) -> i64 {
        let query = match table {
            "audit" => "SELECT count(*) FROM audit",
            "sessions" => "SELECT count(*) FROM sessions",
            "sessions signed in" => "SELECT count(*) FROM sessions WHERE account IS NOT NULL",
            "drafts" => "SELECT count(*) FROM drafts",
            other => panic!("no such table here: {other}"),
        };
        let pool = self.database().await;
        let count = sqlx::query_scalar(query).fetch_one(&pool).await.unwrap();
        pool.close().await;
        count
    }

    /// All bytes of the gateway's files.
    pub fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.directory.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

pub fn actor() -> Actor {
    Actor { address: Some("192.0.2.7".to_owned()), request_id: "request-1".to_owned(), ..Actor::default() }
}

/// A new session, signed in and stored, as the middleware does it.
pub async fn sign_in(gateway: &Gateway, token: &str, person: Option<&str>) -> Session {
    let session = new_session(gateway, None);
    gateway.sign_in(&session, token, person.map(str::to_owned)).await.unwrap();
    session.save().await.unwrap();
    session
}

/// The session that a browser with this cookie has.
pub fn new_session(gateway: &Gateway, id: Option<tower_sessions_core::session::Id>) -> Session {
    Session::new(id, std::sync::Arc::new(gateway.sessions()), None)
}

pub fn servers(page: u64) -> ListServers {
    ListServers { page, per_page: None, filter: ServerFilter::default(), sort: None }
}

pub fn named<'list>(servers: &'list [Server], name: &str) -> &'list Server {
    servers.iter().find(|server| server.hostname.as_deref() == Some(name)).unwrap()
}

pub fn iso_named<'list>(isos: &'list [gateway::IsoProgress], name: &str) -> &'list Iso {
    &isos.iter().find(|progress| progress.iso.name.as_deref() == Some(name)).unwrap().iso
}

/// Asks again until there is an answer.
pub async fn until<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(started.elapsed() < PATIENCE, "{what} did not come");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
