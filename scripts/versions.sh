# shellcheck shell=bash disable=SC2034
# The versions of the tools that are installed for the project, in one place. The Rust toolchain is
# pinned in rust-toolchain.toml, what comes from npm in package.json and package-lock.json.

# Must be the version of the crate `wasm-bindgen` in Cargo.toml.
WASM_BINDGEN_VERSION=0.2.130
CARGO_LEPTOS_VERSION=0.3.10
# Taken (without --locked) when the one above cannot be built.
CARGO_LEPTOS_FALLBACK_VERSION=0.3.11
NODE_MINIMUM=20
# What fuzzes the sandbox (scripts/fuzz), and the generator of its test data.
SCHEMATHESIS_VERSION=4.32.5
HYPOTHESIS_VERSION=6.170.17
PYTHON_MINIMUM=3.10
