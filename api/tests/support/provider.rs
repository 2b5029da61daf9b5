//! A provider of a few lines on loopback: answers what it is told to and remembers what it was asked.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use url::Url;
use vpsbg_api::client::{Client, Routes};

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Verb and path with query.
    pub line: String,
    /// Header lines in small letters.
    pub headers: Vec<String>,
    /// Length of the body as announced.
    pub announced: usize,
    /// Bytes of the body that came.
    pub came: usize,
    /// The first kilobytes of the body.
    pub body: String,
}

/// How it answers: verb and path give the whole answer with its head.
type Answers = fn(&str) -> Vec<u8>;

pub struct Provider {
    pub base: Url,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Provider {
    pub async fn start(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap()).parse().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answers, Arc::clone(&heard)));
            }
        });
        Self { base, asked }
    }

    /// Answers with `pieces` times 64 KiB of blanks, made as they go.
    pub async fn blanks(pieces: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap()).parse().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut piece = vec![b' '; 64 * 1024];
                let _ = stream.read(&mut piece[..16 * 1024]).await;
                piece.fill(b' ');
                let _ = stream.write_all(&endless(b"")).await;
                for _ in 0..pieces {
                    if stream.write_all(&piece).await.is_err() {
                        break;
                    }
                }
            }
        });
        Self { base, asked: Arc::default() }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// What was asked for, without the rest.
    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }

    pub fn client(&self) -> Client {
        client(self.base.clone())
    }
}

pub fn client(base: Url) -> Client {
    let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
    Client::new(http.unwrap(), base, "canary-token".to_owned().into(), Arc::new(Routes::default()))
}

/// An answer with its head.
pub fn answer(status: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{more}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// An answer of unknown length: it ends with the connection.
pub fn endless(body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", body].concat()
}

async fn serve(stream: TcpStream, answers: Answers, heard: Arc<Mutex<Vec<Asked>>>) {
    let mut stream = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let line = head.remove(0).rsplit_once(' ').unwrap().0.to_owned();
    let headers: Vec<String> = head.iter().map(|line| line.to_lowercase()).collect();
    let length = headers.iter().find_map(|line| line.strip_prefix("content-length: "));
    let announced: usize = length.map_or(0, |digits| digits.parse().unwrap());
    let (mut came, mut body, mut piece) = (0, Vec::new(), vec![0; 64 * 1024]);
    while came < announced {
        match stream.read(&mut piece).await {
            Ok(count) if count > 0 => {
                came += count;
                body.extend(piece[..count].iter().take(4096_usize.saturating_sub(body.len())));
            }
            _ => break,
        }
    }
    let body = String::from_utf8_lossy(&body).into_owned();
    heard.lock().unwrap().push(Asked { line: line.clone(), headers, announced, came, body });
    // Whoever hung up need not be answered.
    let _ = stream.write_all(&answers(&line)).await;
    let _ = stream.shutdown().await;
}
