#!/bin/sh
# What every CI service runs: `ci.sh SERVICE [PATH]...` with SERVICE one of github, gitlab, azure, plain.
#
# Checks the paths (default: the current folder) once and writes what the service reads:
#
#   github   annotations on standard output, guidelint.sarif, the step summary, and the outputs `sarif` and `status`
#   gitlab   gl-code-quality-report.json, guidelint-junit.xml, and the text on standard output
#   azure    logging commands on standard output and guidelint-junit.xml
#   plain    the text
#
# and, for people, guidelint.html. Exits as `guidelint check` does: 0 nothing found, 1 findings, 2 could not do it.
#
#   GUIDELINT_ARGS      further arguments, separated by blanks, such as `--fail-on error --country AL`
#   GUIDELINT_REPORTS   the folder reports go to (default: the current one)
#   GUIDELINT_SOURCE    a checkout to build guidelint from where no `guidelint` is on the PATH
#   GUIDELINT_VERSION   or the published version to install then (default: the newest)
set -u

service=${1:-plain}
[ $# -gt 0 ] && shift
folder=${GUIDELINT_REPORTS:-.}

if ! command -v guidelint >/dev/null; then
    if [ -n "${GUIDELINT_SOURCE:-}" ]; then
        cargo install --quiet --locked --path "$GUIDELINT_SOURCE" || exit 2
    elif [ -n "${GUIDELINT_VERSION:-}" ]; then
        cargo install --quiet --locked --version "$GUIDELINT_VERSION" guidelint || exit 2
    else
        cargo install --quiet --locked guidelint || exit 2
    fi
    PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
fi
mkdir -p "$folder" || exit 2

# The arguments are words, never code: globbing is off while they are split.
set -f
# shellcheck disable=SC2086
case "$service" in
github)
    guidelint check ${GUIDELINT_ARGS:-} --format github --report "sarif=$folder/guidelint.sarif" \
        --report "html=$folder/guidelint.html" -- "$@"
    status=$?
    if [ -n "${GITHUB_OUTPUT:-}" ]; then
        echo "status=$status" >>"$GITHUB_OUTPUT"
        if [ -f "$folder/guidelint.sarif" ]; then
            echo "sarif=$folder/guidelint.sarif" >>"$GITHUB_OUTPUT"
        fi
    fi
    ;;
gitlab)
    guidelint check ${GUIDELINT_ARGS:-} --format text --report "gitlab=$folder/gl-code-quality-report.json" \
        --report "junit=$folder/guidelint-junit.xml" --report "html=$folder/guidelint.html" -- "$@"
    status=$?
    ;;
azure)
    guidelint check ${GUIDELINT_ARGS:-} --format azure --report "junit=$folder/guidelint-junit.xml" \
        --report "html=$folder/guidelint.html" -- "$@"
    status=$?
    ;;
plain)
    guidelint check ${GUIDELINT_ARGS:-} --format text --report "html=$folder/guidelint.html" -- "$@"
    status=$?
    ;;
*)
    echo "ci.sh: no service called \`$service\`; known are github, gitlab, azure, plain" >&2
    status=2
    ;;
esac
exit "$status"
