#!/bin/sh
# `fuzz/run.sh TARGET SECONDS`: fuzzes one target from its corpus, with what cargo-fuzz would pass to the compiler and without needing
# it. What was found is in fuzz/target/found/TARGET; a crash is written to fuzz/artifacts/TARGET and shown.
# `fuzz/run.sh TARGET minimise` keeps of both what brings coverage, and puts it into fuzz/corpus/TARGET.
# Address checks are left out: neither we nor what we call from here hold unsafe code worth their cost.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=$1
cd "$here"
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares" \
    cargo +nightly build --release --quiet --target x86_64-unknown-linux-gnu --bin "$target"
fuzzer=target/x86_64-unknown-linux-gnu/release/$target
found=target/found/$target
mkdir -p "$found" "artifacts/$target"
case "$2" in
minimise)
    mkdir -p "target/least/$target"
    "$fuzzer" -merge=1 "target/least/$target" "corpus/$target" "$found"
    cp "target/least/$target"/* "corpus/$target/"
    ;;
*)
    "$fuzzer" -max_total_time="$2" -max_len=4096 -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 \
        -artifact_prefix="artifacts/$target/" "$found" "corpus/$target"
    ;;
esac
