//! A sandbox of its own for each test, and one frozen world in it.

use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use std::time::Duration;
use vpsbg_sandbox::{Options, Sandbox};

pub struct Stage {
    pub base: String,
    pub account: String,
    pub write: String,
    pub read: String,
    pub client: Client,
}

/// Status and body of an answer.
pub type Told = (u16, Value);

impl Stage {
    /// A sandbox with a frozen world of that seed and no rate limit worth the name.
    pub async fn set(seed: &str) -> Self {
        Self::with(json!({"seed": seed, "freeze": true, "rate_limit": 1_000_000})).await
    }

    pub async fn with(wish: Value) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Options::default());
        tokio::spawn(async move { sandbox.serve(listener, std::future::pending()).await });
        let mut stage = Self {
            base,
            account: String::new(),
            write: String::new(),
            read: String::new(),
            client: Client::builder().timeout(Duration::from_secs(30)).build().unwrap(),
        };
        stage.join(wish).await;
        stage
    }

    /// Another world of the same sandbox.
    pub async fn another(&self, wish: Value) -> Self {
        let mut other = Self {
            base: self.base.clone(),
            account: String::new(),
            write: String::new(),
            read: String::new(),
            client: self.client.clone(),
        };
        other.join(wish).await;
        other
    }

    async fn join(&mut self, wish: Value) {
        let (status, account) = self.control("accounts", wish).await;
        assert_eq!(status, 201, "{account}");
        let text = |name: &str| account[name].as_str().unwrap().to_owned();
        (self.account, self.write, self.read) = (text("id"), text("write_token"), text("read_token"));
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/v1{path}", self.base)).bearer_auth(&self.write)
    }

    pub async fn get(&self, path: &str) -> Told {
        told(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub async fn send(&self, method: Method, path: &str) -> Told {
        told(self.request(method, path).send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Told {
        told(self.request(Method::POST, path).json(&body).send().await.unwrap()).await
    }

    pub async fn control(&self, call: &str, body: Value) -> Told {
        let url = format!("{}/_sandbox/{call}", self.base);
        let request = self.client.post(url).json(&body);
        let request = if self.account.is_empty() {
            request
        } else {
            request.header("x-sandbox-account", &self.account)
        };
        told(request.send().await.unwrap()).await
    }

    /// A control call that must be accepted.
    pub async fn order(&self, call: &str, body: Value) -> Value {
        let (status, answer) = self.control(call, body).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    pub async fn advance(&self, seconds: f64) {
        self.order("clock", json!({"advance_seconds": seconds})).await;
    }

    /// The world's moment, Unix seconds.
    pub async fn now(&self) -> i64 {
        let url = format!("{}/_sandbox/state?account={}", self.base, self.account);
        let state = told(self.client.get(url).send().await.unwrap()).await.1;
        state["now"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second()
    }

    pub async fn patch(&self, path: &str, body: Value) -> Told {
        told(self.request(Method::PATCH, path).json(&body).send().await.unwrap()).await
    }

    pub async fn journal(&self) -> Vec<Value> {
        let url = format!("{}/_sandbox/journal?account={}", self.base, self.account);
        told(self.client.get(url).send().await.unwrap()).await.1.as_array().unwrap().clone()
    }

    /// The id of a server by its name, whatever its state.
    pub async fn server(&self, hostname: &str) -> i64 {
        let path = "/servers?per_page=50&filter[status]=active,suspended,terminated,processing";
        let (_, list) = self.get(path).await;
        let rows = list["data"].as_array().unwrap();
        rows.iter().find(|row| row["hostname"] == hostname).unwrap()["id"].as_i64().unwrap()
    }

    pub async fn running(&self, id: i64) -> bool {
        self.get(&format!("/servers/{id}/status")).await.1["running"].as_bool().unwrap()
    }
}

pub async fn told(response: Response) -> Told {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}
