#!/usr/bin/env bash
# Runs every fuzzer for a time: Tests/Fuzz/run.sh [seconds each] [names...]. What it finds stays in .build/findings.
#   ADDRESS=1        the address sanitizer watches as well (about half as fast)
#   BUILD=FOLDER     where to build, instead of .build
#   GRAMMAR_TOOL=X   a grammar-tool that is built already
# The corpora are kept between runs, and each run ends with a table of executions.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(FuzzDecode FuzzSplit FuzzMatcher FuzzPayload FuzzGrammar FuzzLint
    FuzzServices FuzzTickets)
build=${BUILD:-.build}
scratch=$build/fuzz${ADDRESS:+-address}
sanitizers=(--sanitize=fuzzer)
[ -z "${ADDRESS:-}" ] || sanitizers=(--sanitize=address --sanitize=fuzzer -Xswiftc -sanitize=fuzzer,address)

# A crash must end the program at once instead of printing a trace.
export SWIFT_BACKTRACE=enable=no
# Memory that BoringSSL keeps is no leak of ours.
export ASAN_OPTIONS=detect_leaks=0

# shellcheck source=Tests/Fuzz/seeds.sh
source ./seeds.sh

# The generated module; only what changed is written, so that little is built again.
generate() {
    local fresh=$build/generated
    rm -rf "$fresh"
    mkdir -p .generated/MSNP
    if [ -n "${GRAMMAR_TOOL:-}" ]; then
        "$GRAMMAR_TOOL" swift ../../Grammar --output "$fresh"
    else
        swift run --package-path ../.. grammar-tool swift ../../Grammar --output "$fresh" >&2
    fi
    # What is written by hand beside it.
    cp ../../Sources/MSNP/MSNP/*.swift "$fresh"
    local file
    for file in .generated/MSNP/*.swift; do [ -e "$fresh/${file##*/}" ] || rm -f "$file"; done
    for file in "$fresh"/*.swift; do
        cmp -s "$file" ".generated/MSNP/${file##*/}" || cp "$file" .generated/MSNP/
    done
    mkdir -p .generated/FormProperties
    awk -f properties.awk .generated/MSNP/*.swift >"$fresh/Properties"
    cmp -s "$fresh/Properties" .generated/FormProperties/Properties.swift ||
        cp "$fresh/Properties" .generated/FormProperties/Properties.swift
}

run() {
    local name=$1 corpus=$build/corpus/$1 log=$build/$1.log seeds
    mkdir -p "$corpus"
    seeds=$(mktemp -d)
    make_seeds "$name" "$seeds"
    make_dictionary >"$seeds.words"
    local status=0 length=2048
    [ "$name" != FuzzGrammar ] || length=4096
    # Lines of one form at a time, as many as can be.
    [ "$name" != FuzzMatcher ] || length=256
    "$scratch/release/$name" "$corpus" "$seeds" -dict="$seeds.words" -max_total_time="$seconds" -max_len=$length \
        -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$build/findings/$name-" -print_final_stats=1 >"$log" 2>&1 ||
        status=$?
    rm -rf "$seeds" "$seeds.words"
    local count rate compared
    count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
    compared=$(sed -n 's/^compared/, compared/p' "$log" | tail -n 1)
    printf '%-12s %12s executions %9s a second%s%s\n' "$name" "${count:-?}" "${rate:-?}" "$compared" \
        "$([ $status = 0 ] || echo "  FOUND SOMETHING, see $log")"
    [ $status = 0 ] || grep -aE 'Fatal error|ERROR|SUMMARY|Test unit written' "$log" >&2 || true
}

mkdir -p "$build/findings"
generate
for name in "${names[@]}"; do
    swift build -c release --scratch-path "$scratch" "${sanitizers[@]}" --product "$name" >&2
done
for name in "${names[@]}"; do run "$name"; done
[ -z "$(ls -A "$build/findings")" ] || { echo "findings in $(realpath "$build/findings")" >&2; exit 1; }
