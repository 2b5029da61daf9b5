# shellcheck shell=bash
# The environment of every command of the project. The scripts source it; source it yourself
# (`. scripts/env.sh`) to call cargo-leptos, wasm-bindgen, wasm-opt or playwright by hand.

VITOSHA_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/versions.sh
. "$VITOSHA_ROOT/scripts/versions.sh"

# Tools live outside of the repository, one directory per version: clones share them, and nothing
# that belongs to the person's machine (~/.cargo/bin, npm's global packages) is changed.
VITOSHA_TOOLS="${VITOSHA_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/vitosha/tools}"
export VITOSHA_ROOT VITOSHA_TOOLS

# The tools of the project come first: cargo-leptos takes wasm-bindgen and wasm-opt from PATH and
# then downloads nothing.
for vitosha_directory in \
    "$VITOSHA_TOOLS/cargo-leptos-$CARGO_LEPTOS_FALLBACK_VERSION/bin" \
    "$VITOSHA_TOOLS/cargo-leptos-$CARGO_LEPTOS_VERSION/bin" \
    "$VITOSHA_TOOLS/wasm-bindgen-cli-$WASM_BINDGEN_VERSION/bin" \
    "$VITOSHA_ROOT/node_modules/.bin"; do
    case ":$PATH:" in
        *":$vitosha_directory:"*) ;;
        *) PATH="$vitosha_directory:$PATH" ;;
    esac
done
unset vitosha_directory
# rustup's own place comes last, for a shell that has not been told of it yet.
export PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

# The program and its site have one place, whatever the person's own cargo settings say.
export CARGO_TARGET_DIR="$VITOSHA_ROOT/target"

# Another toolchain than the pinned one, if a script had to fall back to it.
if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && [ -s "$VITOSHA_ROOT/target/.toolchain" ]; then
    RUSTUP_TOOLCHAIN="$(cat "$VITOSHA_ROOT/target/.toolchain")"
    export RUSTUP_TOOLCHAIN
fi

# Browsers are installed by scripts/install-chromium only, never by the way.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
