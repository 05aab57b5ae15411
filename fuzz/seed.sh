#!/bin/sh
# `fuzz/seed.sh`: lays out what a run begins with beside the corpus, made from the project itself and never committed:
# `target/seeds/TARGET`, whole guides, rules, countries and settings; and `target/words/TARGET`, the words that mean something there,
# in libFuzzer's form.
set -eu

cd "$(dirname "$0")"
out=target
rm -rf "$out/seeds" "$out/words"
mkdir -p "$out/words"
for target in check config country fix render rule suppression; do
    mkdir -p "$out/seeds/$target"
done

# Guides: a format or a number of edits stands before them where the target wants it.
count=0
find ../fixtures ../docs ../rules -name '*.md' -size -5k | LC_ALL=C sort | while read -r guide; do
    count=$((count + 1))
    cp "$guide" "$out/seeds/check/$count.md"
    { printf "\\$(printf %03o $((count % 32)))"; cat "$guide"; } >"$out/seeds/render/$count"
    { printf '\0'; cat "$guide"; } >"$out/seeds/fix/$count"
done

cp ../rules/countries/*.toml "$out/seeds/country/"
cp ../rules/editorial/*.toml "$out/seeds/rule/"

# The TOML that the documentation shows: a rule or a configuration, and each is something to refuse for the other.
find .. -name '*.md' -not -path '*/target/*' -not -path '../fixtures/*' | LC_ALL=C sort | while read -r page; do
    awk -v to="$out/seeds" -v page="$(echo "$page" | tr -c 'a-zA-Z0-9\n' _)" '
        /^```toml/ { within = 1; block++; next }
        /^```/ { within = 0 }
        within { print > (to "/rule/" page block); print > (to "/config/" page block) }' "$page"
done

# What comments say to guidelint, without their frame.
grep -rhoE --include='*.md' '<!-- guidelint: .* -->' ../fixtures ../docs ../README.md | LC_ALL=C sort -u |
    sed 's/^<!-- guidelint: //; s/ -->.*//' | awk -v to="$out/seeds/suppression" '{ print > (to "/" NR) }'

# Lines of text as the words of a dictionary; what is not plain ASCII is escaped, and long ones are left out.
words() {
    LC_ALL=C sort -u | LC_ALL=C awk '
        BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i }
        length($0) > 0 && length($0) <= 40 {
            escaped = ""
            for (i = 1; i <= length($0); i++) {
                c = substr($0, i, 1)
                plain = code[c] >= 32 && code[c] < 127 && c != "\\" && c != "\""
                escaped = escaped (plain ? c : sprintf("\\x%02X", code[c]))
            }
            print "\"" escaped "\""
        }'
}
quoted() { grep -ohE '"[^"\\]+"' "$@" | tr -d '"'; }
keys() { sed -nE 's/^\[*([a-z][a-z._-]*)\]*( = .*)?$/\1/p' "$@"; }
rules() { (cd ../docs/rules && find . -name '*.md') | sed 's/^\.\///; s/\.md$//'; }

{ rules; quoted ../schemas/guidelint.schema.json; cat words/toml.txt; } | words >"$out/words/config"
{ quoted ../schemas/rule.schema.json; cat words/toml.txt; } | words >"$out/words/rule"
{ keys ../rules/countries/??.toml; cat words/toml.txt; } | words >"$out/words/country"
{ rules; cat words/comments.txt; } | words >"$out/words/suppression"
# The fuzzer takes some 16,000 words; a quarter of ours is enough.
{ quoted ../rules/vocabulary/*.toml ../rules/promo/c*.toml ../rules/guides/*.toml ../rules/links/*.toml | awk 'NR % 4 == 0'
  cat words/markdown.txt words/comments.txt; } | words >"$out/words/check"
cp "$out/words/check" "$out/words/render"
cp "$out/words/check" "$out/words/fix"
wc -l "$out"/words/*
for target in "$out"/seeds/*; do
    echo "$target: $(find "$target" -type f | wc -l)"
done
