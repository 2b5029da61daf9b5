//! `/metrics` for Prometheus, on an address of its own that people's browsers never reach: requests, the gateway's
//! numbers, the build and the process. Labels are routes and words of our own: no address as typed, no id of an object,
//! nobody's name.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use gateway::Gateway;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use tokio::net::TcpListener;

use crate::process;

/// Bounds of the time an answer takes, in seconds. A page waits at most three for the provider.
const SECONDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 5.0];

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabel {
    route: String,
}

/// The numbers of this program. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(Arc<Numbers>);

struct Numbers {
    gateway: Gateway,
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    request_seconds: Family<RouteLabel, Histogram>,
    memory: Gauge,
    files: Gauge,
    threads: Gauge,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Metrics")
    }
}

impl Metrics {
    /// All numbers at their beginning. `build` is the id of the site's files.
    pub fn new(gateway: Gateway, build: &str) -> Self {
        let mut registry = Registry::default();
        let requests = Family::default();
        let request_seconds: Family<RouteLabel, Histogram> =
            Family::new_with_constructor(|| Histogram::new(SECONDS));
        let (memory, files, threads, started) =
            (Gauge::default(), Gauge::default(), Gauge::default(), Gauge::<i64>::default());
        started.set(process::now());
        let ours = registry.sub_registry_with_prefix("vitosha");
        ours.register("http_requests", "Requests answered, by route", Family::clone(&requests));
        ours.register_with_unit(
            "http_request",
            "Time until an answer begins, by route",
            Unit::Seconds,
            Family::clone(&request_seconds),
        );
        let version = [("version", env!("CARGO_PKG_VERSION").to_owned()), ("build", build.to_owned())];
        ours.register("build", "What runs", Info::new(version.to_vec()));
        gateway.register(ours);
        registry.register("process_resident_memory_bytes", "Memory in use", Gauge::clone(&memory));
        registry.register("process_open_fds", "Open files and connections", Gauge::clone(&files));
        registry.register("process_threads", "Threads", Gauge::clone(&threads));
        registry.register("process_start_time_seconds", "When it was started", started);
        Self(Arc::new(Numbers { gateway, registry, requests, request_seconds, memory, files, threads }))
    }

    /// Serves `/metrics` and nothing else until `stop`: unless `anywhere`, only to who names this machine by an IP
    /// address or `localhost`. Any other name is one that a stranger's page was given to reach us in a browser.
    ///
    /// # Errors
    /// When the listener breaks.
    pub async fn serve(
        self,
        listener: TcpListener,
        anywhere: bool,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let router = Router::new().route("/metrics", get(page)).with_state(self);
        let router = if anywhere { router } else { router.layer(middleware::from_fn(named_as_here)) };
        axum::serve(listener, router).with_graceful_shutdown(stop).await
    }

    fn answered(&self, method: &Method, route: String, status: StatusCode, took: Duration) {
        let label = RequestLabels { method: verb(method), route: route.clone(), status: status.as_u16() };
        self.0.requests.get_or_create(&label).inc();
        self.0.request_seconds.get_or_create(&RouteLabel { route }).observe(took.as_secs_f64());
    }
}

/// Middleware: counts a request and its answer.
pub async fn count(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let (method, route) = (request.method().clone(), route(&request));
    let begun = std::time::Instant::now();
    let response = next.run(request).await;
    metrics.answered(&method, route, response.status(), begun.elapsed());
    response
}

async fn named_as_here(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if host.is_some_and(is_here) {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "Only by IP address, or as localhost.\n").into_response()
}

/// An IP address or `localhost`, with a port or without.
fn is_here(host: &str) -> bool {
    let Ok(host) = host.parse::<axum::http::uri::Authority>() else { return false };
    let name = host.host().trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok()
}

/// The pattern of the route, so that there are as many as we have routes and no id is in any.
fn route(request: &Request) -> String {
    // Files of the site are one route, whose pattern is not told.
    if request.uri().path().starts_with("/pkg/") {
        return "/pkg".to_owned();
    }
    request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned()
}

/// A verb of HTTP; strangers may invent others.
fn verb(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

async fn page(State(metrics): State<Metrics>) -> Response {
    let numbers = &metrics.0;
    if let Err(error) = numbers.gateway.measure().await {
        tracing::warn!(%error, "the sessions could not be counted");
    }
    let own = process::look();
    numbers.memory.set(own.memory);
    numbers.files.set(own.files);
    numbers.threads.set(own.threads);
    let mut text = String::new();
    if encode(&mut text, &numbers.registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    ([(header::CONTENT_TYPE, HeaderValue::from_static(OPEN_METRICS))], text).into_response()
}
