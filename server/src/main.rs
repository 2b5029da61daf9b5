//! The program. Everything is in the library, so that tests can reach it.

use clap::Parser;

fn main() -> std::process::ExitCode {
    server::run(server::Config::parse())
}
