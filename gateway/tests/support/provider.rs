//! A provider of raw bytes, for what a proper server never does: answers cut anywhere, resets, bombs, lies.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
};

use gateway::{Account, Gateway, Settings, Timings};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// What came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// With the query.
    pub path: String,
    pub body: String,
    pub authorization: Option<String>,
}

/// What happens then.
pub enum Act {
    /// A proper answer with a JSON body.
    Json(u16, String),
    /// These bytes, and the end.
    Bytes(Vec<u8>),
    /// Nothing, until the client goes.
    Hang,
    /// A proper answer, once that is allowed.
    Held(watch::Receiver<bool>, u16, String),
    /// The connection is thrown away.
    Reset,
}

/// The e-mails of users, by their tokens.
type Users = Arc<Mutex<HashMap<String, String>>>;

pub struct Provider {
    pub base: String,
    log: Arc<Mutex<Vec<Request>>>,
    users: Users,
}

/// The bytes of a proper answer.
pub fn answer(status: u16, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Words\r\ncontent-type: application/json\r\nx-ratelimit-limit: 1000000\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

impl Provider {
    /// Sign-in is answered; everything else is the handler's.
    pub async fn open(handler: impl Fn(&Request) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        let (handler, log) = (Arc::new(handler), Arc::new(Mutex::new(Vec::new())));
        let (kept, users) = (Arc::clone(&log), Users::default());
        let known = Arc::clone(&users);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&handler), Arc::clone(&kept), Arc::clone(&known)));
            }
        });
        Self { base, log, users }
    }

    /// From now on `GET /user` tells whose token this is. Of others it tells nothing by which a user is known.
    pub fn tells(&self, token: &str, email: &str) {
        self.users.lock().unwrap().insert(format!("Bearer {token}"), email.to_owned());
    }

    /// From now on it tells of nobody.
    pub fn tells_nothing(&self) {
        self.users.lock().unwrap().clear();
    }

    /// Requests so far, without those of sign-in.
    pub fn requests(&self) -> Vec<Request> {
        self.log.lock().unwrap().clone()
    }

    /// How often something was asked that begins so: `POST /balance`.
    pub fn asked(&self, what: &str) -> usize {
        let log = self.log.lock().unwrap();
        log.iter().filter(|request| format!("{} {}", request.method, request.path).starts_with(what)).count()
    }

    pub async fn gateway(&self, directory: &Path, timings: Timings) -> Gateway {
        let settings = Settings {
            api_url: self.base.parse().unwrap(),
            directory: directory.to_owned(),
            key: crate::sandbox::key(),
            timings,
        };
        Gateway::start(settings).await.unwrap()
    }

    pub async fn account(&self, directory: &Path, timings: Timings) -> Account {
        let gateway = self.gateway(directory, timings).await;
        sign_in(&gateway, "token-one").await
    }
}

pub async fn sign_in(gateway: &Gateway, token: &str) -> Account {
    let session = crate::sandbox::sign_in(gateway, token, Some("Ada")).await;
    gateway.enter(&session, crate::sandbox::actor()).await.unwrap()
}

async fn serve(
    mut stream: TcpStream,
    handler: Arc<impl Fn(&Request) -> Act>,
    log: Arc<Mutex<Vec<Request>>>,
    users: Users,
) -> Option<()> {
    let request = read(&mut stream).await?;
    let act = match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/user") => {
            let token = request.authorization.as_deref().unwrap_or_default();
            let email = users.lock().unwrap().get(token).cloned();
            Act::Json(200, serde_json::json!({ "id": 1, "email": email }).to_string())
        }
        ("POST", "/servers/renew/calculate") => Act::Json(422, "{}".to_owned()),
        _ => {
            log.lock().unwrap().push(request.clone());
            handler(&request)
        }
    };
    let bytes = match act {
        Act::Json(status, body) => answer(status, &body),
        Act::Bytes(bytes) => bytes,
        Act::Held(mut allowed, status, body) => {
            allowed.wait_for(|allowed| *allowed).await.ok()?;
            answer(status, &body)
        }
        Act::Hang => {
            // Ends when the other side goes.
            let _ = stream.read(&mut [0; 1]).await;
            return None;
        }
        Act::Reset => {
            stream.set_zero_linger().ok()?;
            return None;
        }
    };
    stream.write_all(&bytes).await.ok()?;
    stream.shutdown().await.ok()?;
    // Until the other side has read it.
    let _ = stream.read(&mut [0; 1]).await;
    Some(())
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let length: usize = header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    while bytes.len() < end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let mut words = head.split_whitespace();
    Some(Request {
        method: words.next()?.to_owned(),
        path: words.next()?.trim_start_matches("/v1").to_owned(),
        body: String::from_utf8_lossy(&bytes[end..]).into_owned(),
        authorization: header("authorization"),
    })
}
