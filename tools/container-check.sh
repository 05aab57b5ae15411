#!/bin/sh
# Checks that what the first stage of ci/Containerfile copies is enough to build from: copies the same into an empty folder
# and compiles there, with the crates this checkout has compiled already. An engine for containers is not needed.
set -eu

cd "$(dirname "$0")/.."
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT INT TERM
sed -n '/^FROM .* AS build$/,/^FROM [^ ]*$/p' ci/Containerfile | sed -n 's/^COPY //p' | grep -v -e '^--from' >"$stage.list"
while read -r line; do
    to=${line##* }
    mkdir -p "$stage/$to"
    for from in ${line% *}; do
        if [ -d "$from" ]; then cp -R "$from/." "$stage/$to"; else cp "$from" "$stage/$to"; fi
    done
done <"$stage.list"
rm -f "$stage.list"
cargo check --quiet --locked --bin guidelint --manifest-path "$stage/Cargo.toml" --target-dir target
echo "the container's first stage compiles"
