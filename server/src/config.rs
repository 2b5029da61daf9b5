//! Flags and their environment twins.
#![allow(rustdoc::bare_urls, rustdoc::invalid_html_tags, reason = "these comments are the text of --help")]

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use clap::{Args, Parser, Subcommand, ValueEnum};
use url::Url;

/// A web console for people who rent servers from VPSBG.
#[derive(Debug, Parser)]
#[command(name = "vitosha", version, args_conflicts_with_subcommands = true)]
pub struct Config {
    /// What to do; serves when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Flags of `serve`, which may be left out.
    #[command(flatten)]
    pub serve: ServeConfig,
}

/// What the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the console (the default).
    Serve(Box<ServeConfig>),
    /// Serves only the sandbox: a stand-in of the provider's API with invented servers.
    Sandbox(SandboxConfig),
}

/// Flags of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeConfig {
    /// Where to listen.
    #[arg(long, env = "VITOSHA_ADDR", default_value = "127.0.0.1:3000", value_name = "IP:PORT")]
    pub addr: SocketAddr,
    /// The address that people type, https://console.example.org. Decides cookies, HSTS and which Origin and Host
    /// are allowed. Plain http only for this machine. Default: http:// and the listening address.
    #[arg(long, env = "VITOSHA_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// Address of a proxy whose X-Forwarded-For is believed; may be repeated.
    #[arg(long, env = "VITOSHA_TRUSTED_PROXY", value_name = "IP", value_delimiter = ',')]
    pub trusted_proxy: Vec<std::net::IpAddr>,
    /// Base address of the provider's API.
    #[arg(long, env = "VITOSHA_API_URL", default_value = "https://api.vpsbg.eu/v1", value_name = "URL")]
    pub api_url: Url,
    /// Where the database and the key are. Default: the XDG data directory (~/.local/share/vitosha);
    /// in a demo a directory that ends with the program.
    #[arg(long, env = "VITOSHA_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// File with the sealing key (64 hexadecimal digits). Made at the first start. Default: `key` in the data
    /// directory. The key itself can be given in VITOSHA_KEY instead.
    #[arg(long, env = "VITOSHA_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Runs the sandbox inside and offers its tokens at sign-in. Its state ends with the program.
    #[arg(long, env = "VITOSHA_DEMO")]
    pub demo: bool,
    /// Where to serve numbers for Prometheus, at /metrics: an address of its own on this machine, 127.0.0.1:9464.
    /// Not served unless given.
    #[arg(long, env = "VITOSHA_METRICS_ADDR", value_name = "IP:PORT")]
    pub metrics_addr: Option<SocketAddr>,
    /// Lets --metrics-addr be an address that other machines reach, under any name: whoever reaches it reads the
    /// numbers.
    #[arg(long, env = "VITOSHA_METRICS_ANYWHERE", requires = "metrics_addr")]
    pub metrics_anywhere: bool,
    /// How to write the log.
    #[arg(long, env = "VITOSHA_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: LogFormat,
}

/// Flags of `sandbox`.
#[derive(Debug, Clone, Args)]
pub struct SandboxConfig {
    /// Where to listen. Its controls answer only to this machine.
    #[arg(long, env = "VITOSHA_SANDBOX_ADDR", default_value = "127.0.0.1:8080", value_name = "IP:PORT")]
    pub addr: SocketAddr,
    /// Its controls answer to whoever can reach it: they change and break everything in it.
    #[arg(long, env = "VITOSHA_SANDBOX_OPEN_CONTROLS")]
    pub open_controls: bool,
    /// How to write the log.
    #[arg(long, env = "VITOSHA_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub log_format: LogFormat,
}

/// How to write the log. What is written is decided by RUST_LOG (default: info).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The address that people type: https, or http on this machine; no path, query or credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("not an address: {error}"))?;
        let local = match url.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => return Err("it has no host".to_owned()),
        };
        match url.scheme() {
            "https" => {}
            "http" if local => {}
            "http" => {
                return Err(
                    "plain http is only for this machine: cookies would travel unprotected".to_owned()
                );
            }
            _ => return Err("only https, or http on this machine".to_owned()),
        }
        if url.path() != "/"
            || url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
        {
            return Err("only scheme, host and port".to_owned());
        }
        Ok(Self(url))
    }
}

impl PublicUrl {
    /// `https://console.example.org`, as browsers write it in `Origin`.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// `console.example.org`, with the port if it is not the usual one, as browsers write it in `Host`.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// True behind TLS.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_urls_are_https_or_local() {
        for good in
            ["https://console.example.org", "http://127.0.0.1:3000", "http://localhost", "http://[::1]:3000"]
        {
            assert!(good.parse::<PublicUrl>().is_ok(), "{good}");
        }
        for bad in ["http://console.example.org", "ftp://x", "https://x.org/path", "https://me@x.org", "x"] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
        let url: PublicUrl = "https://x.example:8443".parse().unwrap();
        assert_eq!(
            (url.origin().as_str(), url.host().as_str()),
            ("https://x.example:8443", "x.example:8443")
        );
    }
}
