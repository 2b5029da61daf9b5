//! Where a request came from: the peer, or what a trusted proxy says of it.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use app::ClientAddress;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};

/// Puts the [`ClientAddress`] into the request.
pub async fn client(State(trusted): State<Arc<[IpAddr]>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if let Some(peer) = peer {
        let forwarded = request.headers().get_all("x-forwarded-for");
        let forwarded: Vec<&str> = forwarded
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        let address = original(peer.to_canonical(), &forwarded, &trusted);
        request.extensions_mut().insert(ClientAddress(address.to_string()));
    }
    next.run(request).await
}

/// The last address in the chain that is no trusted proxy: everything before it may be invented.
fn original(peer: IpAddr, forwarded: &[&str], trusted: &[IpAddr]) -> IpAddr {
    let mut address = peer;
    for hop in forwarded.iter().rev() {
        if !trusted.contains(&address) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(hop) => address = hop.to_canonical(),
            Err(_) => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let (proxy, person) = (ip("10.0.0.1"), ip("203.0.113.9"));
        assert_eq!(original(person, &["198.51.100.1"], &[proxy]), person);
        assert_eq!(original(proxy, &["198.51.100.1", "203.0.113.9"], &[proxy]), person);
        assert_eq!(original(proxy, &["nonsense"], &[proxy]), proxy);
        assert_eq!(original(proxy, &[], &[proxy]), proxy);
    }
}
