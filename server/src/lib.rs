#![doc = include_str!("../README.md")]

mod addresses;
mod config;
mod headers;
mod metrics;
mod origin;
mod process;
mod run;
mod site_files;
mod speculation;
mod stack;

pub use config::{Command, Config, LogFormat, PublicUrl, SandboxConfig, ServeConfig};
pub use metrics::Metrics;
pub use run::{Exit, run};
pub use site_files::SiteFiles;
pub use stack::stack;
