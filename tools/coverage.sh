#!/bin/sh
# Which lines of src/ the tests come by: `tools/coverage.sh [CARGO TEST ARGUMENT]...`, for instance `--test rules`.
#
# Prints the covered lines of every module and in all, and writes target/coverage/uncovered.txt: the lines no test comes by, by file.
# Wants llvm-cov and llvm-profdata of the LLVM that rustc was built with (`rustc -vV`; Debian: llvm-22), named by LLVM_COV and
# LLVM_PROFDATA where they have other names.
set -eu
cd "$(dirname "$0")/.."

llvm=$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
cov=${LLVM_COV:-llvm-cov-$llvm}
profdata=${LLVM_PROFDATA:-llvm-profdata-$llvm}
for tool in "$cov" "$profdata"; do
    command -v "$tool" >/dev/null || { echo "coverage: there is no $tool" >&2; exit 2; }
done

target=${CARGO_TARGET_DIR:-$PWD/target/coverage}
out=$PWD/target/coverage
mkdir -p "$out" "$target"
rm -rf "$out/raw"

# Only our own crate is instrumented; what we depend on is somebody else's to cover.
cat >"$out/rustc" <<'SH'
#!/bin/sh
exec "$@" -C instrument-coverage
SH
chmod +x "$out/rustc"
export RUSTC_WORKSPACE_WRAPPER="$out/rustc" CARGO_TARGET_DIR="$target" LLVM_PROFILE_FILE="$out/raw/%p-%4m.profraw"

# A test that fails still says which lines it came by.
[ $# -gt 0 ] || set -- --lib --bins --tests
cargo test --locked --no-run --message-format=json "$@" >"$out/built.json"
cargo test --locked --no-fail-fast "$@" || echo "coverage: a test failed" >&2

find "$out/raw" -name '*.profraw' >"$out/raw.list"
"$profdata" merge --sparse --input-files="$out/raw.list" -o "$out/all.profdata"
python3 - "$out" "$cov" <<'PY'
import collections, json, pathlib, subprocess, sys

out, cov = pathlib.Path(sys.argv[1]), sys.argv[2]
built = [json.loads(line) for line in (out / "built.json").read_text().splitlines() if line.startswith("{")]
programs = [it["executable"] for it in built if it.get("executable") and it["target"]["kind"] != ["custom-build"]]
objects = [word for program in programs for word in ("-object", program)][1:]
root = pathlib.Path.cwd()
text = subprocess.run(
    [cov, "export", "--format=lcov", "--instr-profile", out / "all.profdata", *objects],
    check=True, capture_output=True, text=True,
).stdout

# A line counts as covered when any instance of it ran: generic functions have several.
lines = collections.defaultdict(dict)
name = None
for entry in text.splitlines():
    if entry.startswith("SF:"):
        path = pathlib.Path(entry[3:])
        name = str(path.relative_to(root)) if path.is_relative_to(root / "src") else None
    elif name and entry.startswith("DA:"):
        number, count = entry[3:].split(",")[:2]
        lines[name][int(number)] = max(lines[name].get(int(number), 0), int(count))

sums = collections.Counter(), collections.Counter()
with open(out / "uncovered.txt", "w") as report:
    for name, found in sorted(lines.items()):
        # Test modules in src/ are no code of ours to cover.
        source = (root / name).read_text().splitlines()
        tests = next((at for at, it in enumerate(source, 1) if it == "#[cfg(test)]"), len(source) + 1)
        found = {number: count for number, count in found.items() if number < tests}
        parts = name.split("/")
        for module in {"src", parts[0] + "/" + parts[1] if len(parts) > 2 else "src/*.rs"}:
            sums[0][module] += len(found)
            sums[1][module] += sum(1 for count in found.values() if count)
        for number in sorted(number for number, count in found.items() if not count):
            report.write(f"{name}:{number}: {source[number - 1].strip()}\n")
for module in sorted(sums[0]):
    total, covered = sums[0][module], sums[1][module]
    print(f"{module:<24} {covered:>6} of {total:>6} lines {100 * covered / max(total, 1):6.2f}%")
PY
