//! Connections that can be dropped on order. axum answers every request; a real network does not always.

use axum::extract::ConnectInfo;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use http::Extensions;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Who is at the other end, and the switch that cuts the line.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    address: Option<SocketAddr>,
    severed: Option<Arc<AtomicBool>>,
}

impl Peer {
    /// The peer of a request, as well as it is known.
    pub fn of(extensions: &Extensions) -> Self {
        if let Some(ConnectInfo(peer)) = extensions.get::<ConnectInfo<Self>>() {
            return peer.clone();
        }
        let address = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
        Self { address, severed: None }
    }

    /// Whether the peer sits on this machine; none if the peer is unknown.
    pub fn is_loopback(&self) -> Option<bool> {
        self.address.map(|address| match address.ip() {
            IpAddr::V4(ip) => ip.is_loopback(),
            IpAddr::V6(ip) => ip.is_loopback() || ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback()),
        })
    }

    /// Cuts the line: nothing more is written. False if the line is not ours.
    pub fn sever(&self) -> bool {
        self.severed.as_ref().is_some_and(|severed| {
            severed.store(true, Ordering::SeqCst);
            true
        })
    }
}

impl Connected<IncomingStream<'_, SeveringListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, SeveringListener>) -> Self {
        Self { address: Some(*stream.remote_addr()), severed: Some(Arc::clone(&stream.io().severed)) }
    }
}

/// A TCP listener whose connections can be cut.
#[derive(Debug)]
pub(crate) struct SeveringListener(TcpListener);

impl SeveringListener {
    pub fn new(listener: TcpListener) -> Self {
        Self(listener)
    }
}

impl Listener for SeveringListener {
    type Io = Severable;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Severable, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
        (Severable { stream, severed: Arc::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection with a switch: once thrown, every write fails and the connection ends.
#[derive(Debug)]
pub(crate) struct Severable {
    stream: TcpStream,
    severed: Arc<AtomicBool>,
}

impl Severable {
    fn check(&self) -> io::Result<()> {
        if self.severed.load(Ordering::SeqCst) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for Severable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Severable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
