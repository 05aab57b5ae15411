#!/bin/sh
# Installs other people's readers of the formats guidelint writes, with the schemas they bring, into
# target/validators (or the folder named by the first argument). Everything comes from pinned packages:
#
#   npm   Microsoft's sarif-multitool with the SARIF schema, GitHub's and Azure's command libraries, reviewdog's
#         formatter, the Nu HTML checker (needs Java), axe, playwright-core (drives a browser that is already here)
#   PyPI  jsonschema, lxml, GitHub's Markdown (cmark-gfm), check-jsonschema, pre-commit
#   PyPI  pytest's source distribution, for the JUnit schema in it
#
# A browser is not installed unless `--browser` is given, which asks Debian's package manager for Chromium.
# The tests in tests/formats.rs find all of it by themselves; set GUIDELINT_DEMAND_VALIDATORS=1 to make them fail
# instead of printing SKIPPED where something is absent.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
browser=no
if [ "${1:-}" = "--browser" ]; then
    browser=yes
    shift
fi
into=${1:-"$here/../target/validators"}
mkdir -p "$into"
into=$(cd "$into" && pwd)

stamp=$(cat "$here/install-validators.sh" "$here"/validators/* | cksum)
if [ "$(cat "$into/stamp" 2>/dev/null || true)" = "$stamp" ]; then
    echo "validators are already in $into"
else
    rm -f "$into/stamp"
    python3 -m venv "$into/python"
    "$into/python/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/validators/requirements.txt"

    cp "$here/validators/package.json" "$here/validators/package-lock.json" "$into/"
    (cd "$into" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error)
    chmod u+x "$into/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"

    mkdir -p "$into/schemas"
    cp "$into/node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json" "$into/schemas/"
    "$into/python/bin/python" -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
        --dest "$into/download" pytest==8.4.2
    tar -xzf "$into/download/pytest-8.4.2.tar.gz" -C "$into/download"
    cp "$into/download/pytest-8.4.2/testing/example_scripts/junit-10.xsd" "$into/schemas/"
    rm -rf "$into/download"

    echo "$stamp" >"$into/stamp"
    echo "validators installed in $into"
fi

if [ "$browser" = yes ] && ! command -v chromium >/dev/null; then
    apt-get update --quiet --quiet
    apt-get install --yes --no-install-recommends chromium fonts-noto-cjk fonts-noto-core fonts-noto-color-emoji
fi
