//! The asynchronous client: sends an operation, corrects its route, decodes what comes back.
//!
//! It sends once. Retries, caching, budgets and permissions belong to the gateway; which of its failures may
//! be repeated safely is told by [`Failure::was_never_sent`].

mod answer;
mod body;
mod failure;
mod json;
mod routes;

pub use answer::{Download, RateLimit, Received};
pub use failure::Failure;
pub use routes::Routes;

use std::{sync::Arc, time::Duration};

use reqwest::{
    Response,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{
    decode::{Decode, Notes},
    files::File,
    operation::{Effects, Operation, Spelling, fill},
};

/// Largest answer that is read, in bytes; longer ones are a clear failure instead of a full memory.
pub const ANSWER_LIMIT: usize = 8 * 1024 * 1024;

/// How long a file may take, whatever its size: a person's own line may be slow.
const LONGEST_DOWNLOAD: Duration = Duration::from_secs(15 * 60);

/// Sends operations to one provider with one token.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    token: SecretString,
    routes: Arc<Routes>,
    /// How long a whole answer may take, where that is not what the HTTP client says.
    whole: Option<Duration>,
}

impl Client {
    /// A client that sends through `http` to `base` (`https://api.vpsbg.eu/v1`) with `token`. `routes` is what
    /// is known about spellings: shared by all clients of a provider.
    pub fn new(http: reqwest::Client, base: Url, token: SecretString, routes: Arc<Routes>) -> Self {
        Self { http, base, token, routes, whole: None }
    }

    /// Sends an operation and decodes its answer.
    ///
    /// # Errors
    /// [`Failure`] tells whether it may have reached the provider, and what it said.
    pub async fn send<O: Operation>(&self, operation: &O) -> Result<Received<O::Answer>, Failure> {
        let (response, spelling) = self.exchange(operation).await?;
        let (status, rate) = (response.status().as_u16(), RateLimit::of(response.headers()));
        let body = answer::read(response, ANSWER_LIMIT).await?;
        let mut notes = Notes::default();
        // A page of a proxy must not pass for a purchase: what costs money is only confirmed by what was bought.
        let spends = operation.effects().contain(Effects::SPENDS);
        let nothing = || O::Answer::missing().filter(|_| O::Answer::expects_nothing());
        let value = if body.is_empty() {
            nothing()
                .filter(|_| !spends || status != 200)
                .ok_or(Failure::Nonsense { status, why: "an empty answer".to_owned() })?
        } else {
            match json::parse(&body) {
                Ok(json) if spends && !answer::names_something(&json) => {
                    return Err(Failure::Nonsense { status, why: "no sign of what was bought".to_owned() });
                }
                // What is missing within an answer may be an empty list; a whole answer of nothing is none.
                Ok(json) if json.is_null() && !O::Answer::expects_nothing() => {
                    return Err(Failure::Nonsense { status, why: "null in place of an answer".to_owned() });
                }
                Ok(json) => O::Answer::decode(&json, &mut notes)
                    .map_err(|misfit| Failure::Nonsense { status, why: misfit.to_string() })?,
                // Operations without an answer may say anything, also something that is not JSON.
                Err(why) => nothing().filter(|_| !spends).ok_or(Failure::Nonsense { status, why })?,
            }
        };
        Ok(Received { value, notes, spelling, status, rate })
    }

    /// Sends an operation that answers with a file, and hands its bytes on as they come.
    ///
    /// # Errors
    /// As [`Client::send`]; beyond `limit` bytes the stream ends with an error.
    pub async fn download<O: Operation<Answer = File>>(
        &self,
        operation: &O,
        limit: u64,
    ) -> Result<Download, Failure> {
        let (response, _) = self.patient().exchange(operation).await?;
        Download::of(response, limit)
    }

    /// The same for files: they may take long as a whole, as long as something keeps coming.
    fn patient(&self) -> Self {
        Self { whole: Some(LONGEST_DOWNLOAD), ..self.clone() }
    }

    /// Sends by the spelling that is known to work, else by one after the other until a route exists.
    async fn exchange<O: Operation>(&self, operation: &O) -> Result<(Response, Spelling), Failure> {
        let info = O::INFO;
        if self.routes.is_not_offered(info.id) {
            return Err(Failure::NotOffered);
        }
        let arguments = operation.arguments();
        let order = self.routes.order(&info);
        for spelling in order.iter().copied().filter(|spelling| spelling.can_be_filled(&arguments)) {
            // A file that is read as it goes may have gone with the first spelling.
            if !operation.body().can_be_sent() {
                return Err(Failure::FileUsedUp);
            }
            let response = self.once(operation, spelling).await?;
            if response.status().is_success() {
                self.routes.worked(info.id, spelling);
                return Ok((response, spelling));
            }
            let refusal = answer::refusal(response).await;
            if !routes::is_no_such_route(
                &info,
                operation.effects(),
                &refusal,
                self.routes.working(info.id) == Some(spelling),
            ) {
                if refusal.proves_the_route() {
                    self.routes.worked(info.id, spelling);
                }
                return Err(refusal);
            }
            self.routes.does_not_exist(info.id, spelling);
        }
        // Routes that this value cannot use say nothing about what is offered to others.
        if order.iter().all(|spelling| spelling.can_be_filled(&arguments)) {
            self.routes.not_offered(info.id);
        }
        Err(Failure::NotOffered)
    }

    async fn once<O: Operation>(&self, operation: &O, spelling: Spelling) -> Result<Response, Failure> {
        let mut url = self.base.clone();
        let path =
            format!("{}{}", url.path().trim_end_matches('/'), fill(spelling.path, &operation.arguments()));
        url.set_path(&path);
        let query = operation.query();
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let method = reqwest::Method::from_bytes(spelling.method.as_str().as_bytes())
            .map_err(|_| Failure::NotConnected("no such verb".to_owned()))?;
        let mut authorization = HeaderValue::from_str(&format!("Bearer {}", self.token.expose_secret()))
            .map_err(|_| Failure::NotConnected("the token has characters no header may have".to_owned()))?;
        authorization.set_sensitive(true);
        let request = self
            .http
            .request(method, url)
            .header(AUTHORIZATION, authorization)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        let request = match self.whole {
            Some(whole) => request.timeout(whole),
            None => request,
        };
        let request = body::add(request, operation.body())?;
        request.send().await.map_err(|error| Failure::of(&error))
    }
}
