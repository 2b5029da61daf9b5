//! A shop that sells deposits and renewals, and loses its answers in every way there is.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use gateway::Timings;
use serde_json::{Value, json};
use vpsbg_api::{Body, Effects, Evidence, Info, Method, Money, Operation, Permission};

use crate::provider::{Act, Provider, Request, answer};

/// As in the contract: an order of type deposit is made.
#[derive(Debug, Clone)]
pub struct Deposit;

impl Operation for Deposit {
    type Answer = Made;
    const INFO: Info = Info::new(
        "depositFunds",
        Method::Post,
        "/balance/deposit",
        Evidence::Inferred,
        Permission::BillingSpend,
    );
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "amount": 50, "payment_method": "card" }))
    }
}

/// An order about these servers is made.
#[derive(Debug, Clone)]
pub struct Renew(pub Vec<u64>);

impl Operation for Renew {
    type Answer = Made;
    const INFO: Info = Info::new(
        "renewServers",
        Method::Post,
        "/servers/renew",
        Evidence::Inferred,
        Permission::BillingSpend,
    );
    fn effects(&self) -> Effects {
        Effects::SPENDS
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "server_ids": self.0, "billing_cycle": 1 }))
    }
}

/// What a deposit costs now.
#[derive(Debug, Clone)]
pub struct Price;

impl Operation for Price {
    type Answer = Money;
    const INFO: Info = Info::new(
        "calculateDeposit",
        Method::Post,
        "/balance/deposit/calculate",
        Evidence::Inferred,
        Permission::BillingRead,
    );
    fn effects(&self) -> Effects {
        Effects::READS
    }
    fn body(&self) -> Body {
        Body::Json(json!({ "amount": 50 }))
    }
}

/// The order that an answer names.
#[derive(Debug, PartialEq, Eq)]
pub struct Made(pub u64);

impl vpsbg_api::Decode for Made {
    fn decode(value: &Value, _: &mut vpsbg_api::Notes) -> Result<Self, vpsbg_api::Misfit> {
        value["id"].as_u64().map(Self).ok_or_else(|| vpsbg_api::Misfit::new("an order", value))
    }
}

/// What the next purchases meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mood {
    Fine,
    /// The answer ends after so many bytes.
    Cut(usize),
    Hang,
    Reset,
    /// Another answer than the real one.
    Says(u16, String),
}

#[derive(Debug)]
pub struct Counter {
    pub orders: Vec<Value>,
    pub mood: Mood,
    /// Whether what is asked for is made.
    pub makes: bool,
    /// What lists answer instead.
    pub lists: Option<u16>,
    /// What a deposit costs, and by how much it becomes dearer with each.
    pub price: u64,
    pub rise: u64,
    /// What the price answers instead.
    pub priced: Option<u16>,
    next: u64,
}

pub struct Shop {
    pub provider: Provider,
    pub counter: Arc<Mutex<Counter>>,
}

/// The state of an order's services, by its type.
fn make(counter: &mut Counter, kind: &str, request: &Request) -> Value {
    counter.next += 1;
    counter.price += counter.rise;
    let asked: Value = serde_json::from_str(&request.body).unwrap_or_default();
    let ids = asked["server_ids"].as_array().cloned().unwrap_or_default();
    let services: Vec<Value> =
        ids.iter().map(|id| json!({ "service_type": "server", "service_id": id })).collect();
    let order =
        json!({ "id": counter.next, "type": kind, "status": "awaiting_payment", "services": services });
    counter.orders.push(order.clone());
    order
}

fn sell(counter: &mut Counter, kind: &str, request: &Request) -> Act {
    let order = if counter.makes { make(counter, kind, request) } else { json!({ "id": counter.next + 1 }) };
    match counter.mood.clone() {
        Mood::Fine => Act::Json(201, order.to_string()),
        Mood::Cut(kept) => {
            let whole = answer(201, &order.to_string());
            Act::Bytes(whole[..kept.min(whole.len())].to_vec())
        }
        Mood::Hang => Act::Hang,
        Mood::Reset => Act::Reset,
        Mood::Says(status, body) => Act::Json(status, body),
    }
}

impl Shop {
    pub async fn open() -> Self {
        let counter = Counter {
            orders: Vec::new(),
            mood: Mood::Fine,
            makes: true,
            lists: None,
            price: 60,
            rise: 0,
            priced: None,
            next: 200_000,
        };
        let counter = Arc::new(Mutex::new(counter));
        let behind = Arc::clone(&counter);
        let provider = Provider::open(move |request| {
            let mut counter = behind.lock().unwrap();
            let path = request.path.split('?').next().unwrap_or_default();
            match (request.method.as_str(), path) {
                ("POST", "/balance/deposit") => sell(&mut counter, "deposit", request),
                ("POST", "/balance/deposit/calculate") => match counter.priced {
                    Some(status) => Act::Json(status, "{}".to_owned()),
                    None => Act::Json(200, json!(format!("{}.00", counter.price)).to_string()),
                },
                ("POST", "/servers/renew") => sell(&mut counter, "renew-service", request),
                ("GET", path) if path.starts_with("/orders") => {
                    match (counter.lists, path.strip_prefix("/orders/")) {
                        (Some(status), _) => Act::Json(status, "{}".to_owned()),
                        (None, None) => {
                            // Lists do not name services; details do.
                            let mut rows: Vec<Value> = counter.orders.iter().rev().cloned().collect();
                            for row in &mut rows {
                                drop(row.as_object_mut().unwrap().remove("services"));
                            }
                            Act::Json(200, json!({ "data": rows }).to_string())
                        }
                        (None, Some(id)) => {
                            let found =
                                counter.orders.iter().find(|order| order["id"].as_u64() == id.parse().ok());
                            found.map_or(Act::Json(404, "{}".to_owned()), |order| {
                                Act::Json(200, order.to_string())
                            })
                        }
                    }
                }
                _ => Act::Json(404, "{\"message\": \"The route could not be found.\"}".to_owned()),
            }
        })
        .await;
        Self { provider, counter }
    }

    pub fn set(&self, mood: Mood, makes: bool) {
        let mut counter = self.counter.lock().unwrap();
        (counter.mood, counter.makes) = (mood, makes);
    }

    pub fn lists(&self, status: Option<u16>) {
        self.counter.lock().unwrap().lists = status;
    }

    /// Somebody else has ordered something.
    pub fn order_of_another(&self, kind: &str, servers: &[u64]) {
        let request = Request {
            method: String::new(),
            path: String::new(),
            body: json!({ "server_ids": servers }).to_string(),
            authorization: None,
        };
        make(&mut self.counter.lock().unwrap(), kind, &request);
    }

    pub fn orders(&self) -> usize {
        self.counter.lock().unwrap().orders.len()
    }

    pub fn newest(&self) -> u64 {
        self.counter.lock().unwrap().next
    }

    /// How often a purchase was sent.
    pub fn sent(&self) -> usize {
        self.provider.asked("POST /") - self.priced()
    }

    /// How often the price was asked.
    pub fn priced(&self) -> usize {
        self.provider.asked("POST /balance/deposit/calculate")
    }

    pub async fn account(&self, directory: &Path) -> gateway::Account {
        self.provider.account(directory, moments()).await
    }
}

/// Answers are waited for half a second; what is not there for twenty milliseconds is not there.
pub fn moments() -> Timings {
    Timings {
        answer: Duration::from_millis(500),
        purchase_look: Duration::from_millis(20),
        purchase_pause: Duration::from_millis(1),
        purchase_give_up: Duration::from_secs(20),
        ..crate::sandbox::quick()
    }
}
