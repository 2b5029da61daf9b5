//! The sandbox as a whole: worlds behind one router, and a listener that can drop connections on order.

use crate::control;
use crate::door;
use crate::door::connection::{Peer, SeveringListener};
use crate::options::{Account, NewAccount, Options};
use crate::world::registry::Registry;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A stand-in of the provider's API. Clones share the same worlds.
#[derive(Debug, Clone)]
pub struct Sandbox {
    house: Arc<House>,
}

/// What every request needs to know.
#[derive(Debug)]
pub(crate) struct House {
    pub registry: Registry,
    pub options: Options,
    /// True once the sandbox is to stop: ends answers that would otherwise hang for ever.
    pub closing: watch::Sender<bool>,
}

impl Sandbox {
    /// Makes a sandbox with its default world.
    pub fn new(options: Options) -> Self {
        let registry = Registry::new(&options);
        Self { house: Arc::new(House { registry, options, closing: watch::Sender::new(false) }) }
    }

    /// `/v1` and `/_sandbox`. Forced resets need [`serve`](Self::serve), which owns the connections;
    /// under another listener they become an answer that breaks off.
    pub fn router(&self) -> Router {
        Router::new()
            .nest("/_sandbox", control::router(Arc::clone(&self.house)))
            .fallback(door::answer)
            // The door has limits of its own, per operation.
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&self.house))
    }

    /// Makes a world without going over the network, as `POST /_sandbox/accounts` does.
    ///
    /// # Errors
    /// A sentence, if the wish makes no sense or there are too many worlds.
    pub fn open_account(&self, wish: NewAccount) -> Result<Account, String> {
        self.house.registry.open(wish)
    }

    /// Serves until `shutdown` is done; hanging answers end then.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn serve(
        &self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let closing = self.house.closing.clone();
        let service = self.router().into_make_service_with_connect_info::<Peer>();
        axum::serve(SeveringListener::new(listener), service)
            .with_graceful_shutdown(async move {
                shutdown.await;
                closing.send_replace(true);
            })
            .await
    }
}
