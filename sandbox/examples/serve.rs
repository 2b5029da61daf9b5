//! A sandbox on its own: `cargo run -p vpsbg-sandbox --example serve [address]`.
//! Prints where it listens, which matters when the port was left open (`127.0.0.1:0`, the default), and serves
//! until it is stopped. It counts no requests against a limit: `scripts/fuzz` works with it.

use std::io::{self, Write as _};
use vpsbg_sandbox::{Options, Sandbox};

#[tokio::main]
async fn main() -> io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    let options = Options { rate_limit: u32::MAX, ..Options::default() };
    let interrupted = async { drop(tokio::signal::ctrl_c().await) };
    Sandbox::new(options).serve(listener, interrupted).await
}
