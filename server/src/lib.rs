#![doc = include_str!("../README.md")]

mod addresses;
mod config;
mod headers;
mod origin;
mod run;
mod site_files;
mod stack;

pub use config::{Command, Config, LogFormat, PublicUrl, SandboxConfig, ServeConfig};
pub use run::{Exit, run};
pub use site_files::SiteFiles;
pub use stack::stack;
