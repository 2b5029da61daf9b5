# shellcheck shell=bash
# What the scripts share. Sourced, never run.

# shellcheck source=scripts/env.sh
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$@"
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# version_at_least 1.96.0 1.95: is the first version the second or later?
version_at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | sed -n 1p)" = "$2" ]
}

# The quoted value of `key = "value"` in a TOML file.
toml_value() {
    sed -n "s/^$2 *= *\"\([^\"]*\)\".*/\1/p" "$VITOSHA_ROOT/$1" | sed -n 1p
}

is_macos() {
    [ "$(uname -s)" = Darwin ]
}

has_apt() {
    have apt-get && have dpkg
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        say "This needs root, and there is no sudo: $*"
        return 1
    fi
}

# Only called when something is missing, so the package lists are always brought up to date first.
apt_install() {
    if [ "$(id -u)" -ne 0 ] && ! have sudo; then
        fail "This needs root, and there is no sudo. As root: apt-get update && apt-get install $*"
    fi
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >&2
}

need_cargo() {
    have cargo || fail "Rust is missing: install it from https://rustup.rs, open a new shell, and start again."
}

need_node() {
    local version
    if ! have node || ! have npm; then
        fail "Node.js is missing: version $NODE_MINIMUM or later, with npm, from https://nodejs.org (or your package manager) is needed."
    fi
    version="$(node --version)"
    version_at_least "${version#v}" "$NODE_MINIMUM" ||
        fail "Node.js $version is too old: $NODE_MINIMUM or later is needed, from https://nodejs.org."
}

# cargo_tool crate version [arguments]: installs a program of crates.io into a directory of its own.
# What was compiled stays when it is interrupted, so that the next attempt goes on from there.
cargo_tool() {
    local crate="$1" version="$2"
    local build="$VITOSHA_TOOLS/build/$crate-$version"
    shift 2
    (
        # Not in the repository, whose cargo settings are not meant for the tools; but with its compiler.
        mkdir -p "$build" && cd "$build" &&
            RUSTUP_TOOLCHAIN="${RUSTUP_TOOLCHAIN:-$(toml_value rust-toolchain.toml channel)}" CARGO_TARGET_DIR="$build" \
                cargo install "$crate" --version "$version" --root "$VITOSHA_TOOLS/$crate-$version" "$@" >&2
    ) || return 1
    rm -rf "$build"
}
