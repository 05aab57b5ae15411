#!/bin/sh
# `fuzz/run.sh TARGET SECONDS [FLAG]...`: fuzzes one target from its corpus and from what `seed.sh` lays out, with what cargo-fuzz would
# pass to the compiler and without needing it. What was found is in fuzz/target/found/TARGET; a crash or a timeout is written to
# fuzz/artifacts/TARGET and shown. `fuzz/run.sh TARGET 0 FLAG...` only starts the fuzzer: `0 -runs=1 FILE` repeats a crash.
# `fuzz/run.sh TARGET minimise` puts into fuzz/corpus/TARGET the fewest files that reach as many branches as all of them do.
# Address checks are left out: neither we nor what we call from here hold unsafe code worth their cost. So is libFuzzer's choice by
# entropy, which takes half of the time once thousands of files are known.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=$1
limit=$2
shift 2
cd "$here"
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares" \
    cargo +nightly build --locked --release --quiet --target x86_64-unknown-linux-gnu --bins
fuzzer=target/x86_64-unknown-linux-gnu/release/$target
# A country is longer than a guide needs to be.
longest=4096
if [ "$target" = country ]; then
    longest=16384
fi
mkdir -p "target/found/$target" "artifacts/$target"
[ -d target/seeds ] || ./seed.sh >/dev/null
case "$limit" in
minimise)
    rm -rf "target/least/$target"
    mkdir -p "target/least/$target"
    "$fuzzer" -set_cover_merge=1 -use_counters=0 -max_len="$longest" -timeout=20 "target/least/$target" \
        "corpus/$target" "target/found/$target" "target/seeds/$target"
    cp "target/least/$target"/* "corpus/$target/"
    ;;
0)
    (cd .. && "fuzz/$fuzzer" -timeout=20 "$@")
    ;;
*)
    "$fuzzer" -max_total_time="$limit" -max_len="$longest" -timeout=20 -report_slow_units=2 -rss_limit_mb=3000 -print_final_stats=1 -entropic=0 \
        -dict="target/words/$target" -artifact_prefix="artifacts/$target/" "$@" \
        "target/found/$target" "corpus/$target" "target/seeds/$target"
    ;;
esac
