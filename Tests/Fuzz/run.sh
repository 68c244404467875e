#!/bin/bash
# Runs every fuzzer for a time: Tests/Fuzz/run.sh [seconds each] [names...]. Findings stay in .build/findings.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(FuzzDecode FuzzSplit FuzzMatcher FuzzPayload FuzzGrammar FuzzLint)
sanitizers=(--sanitize=fuzzer)
# With ADDRESS=1 the address sanitizer watches as well.
[ -z "${ADDRESS:-}" ] || sanitizers=(--sanitize=address --sanitize=fuzzer -Xswiftc -sanitize=fuzzer,address)
scratch=.build/fuzz${ADDRESS:+-address}
grammar=../../Grammar

# A crash must end the program at once instead of printing a trace.
export SWIFT_BACKTRACE=enable=no

make_wire_seeds() {
    local folder=$1 row=0 versions server direction validity wire source
    while IFS=$'\t' read -r versions server direction validity wire source; do
        row=$((row + 1))
        local first=${versions%%[-,]*}
        [[ $first =~ ^[0-9]+$ ]] || first=0
        local service=0
        case $server in NS) service=1 ;; SB) service=2 ;; FT) service=3 ;; esac
        [ "$direction" = "C>S" ] || service=$((service + 128))
        printf '%b' "$(printf '\\x%02x\\x%02x\\x07' "$first" "$service")" >"$folder/$row"
        printf '%b' "$wire" >>"$folder/$row"
    done < <(cat $grammar/vectors/vectors-[ls]*.tsv)
}

make_grammar_seeds() {
    local folder=$1 file
    for file in $grammar/commands/*.yaml; do { printf '\x00'; cat "$file"; } >"$folder/$(basename "$file")"; done
    for file in $grammar/payloads/*.yaml; do { printf '\x05'; cat "$file"; } >"$folder/$(basename "$file")"; done
    for file in $grammar/sessions/*.yaml; do { printf '\x06'; cat "$file"; } >"$folder/$(basename "$file")"; done
}

make_dictionary() {
    {
        grep -ho '^command: .*' $grammar/commands/*.yaml | sed 's/command: //'
        grep -hoE 'literal: "?[A-Za-z0-9=:]+' $grammar/commands/*.yaml | sed -E 's/literal: "?//'
        grep -hoE 'value: "?[A-Za-z0-9]+' $grammar/*.yaml $grammar/types/*.yaml | sed -E 's/value: "?//'
    } | sort -u | sed 's/.*/"&"/'
    printf '"%s"\n' '\x0d\x0a' ' ' '\x0d\x0a\x0d\x0a' '%20' '{00000000-0000-0000-0000-000000000000}'
}

for name in "${names[@]}"; do
    swift build -c release --scratch-path "$scratch" "${sanitizers[@]}" --product "$name" >&2
    corpus=.build/corpus/$name
    mkdir -p "$corpus" .build/findings
    seeds=$(mktemp -d)
    case $name in
        FuzzGrammar) make_grammar_seeds "$seeds" ;;
        *) make_wire_seeds "$seeds" ;;
    esac
    make_dictionary >"$seeds.words"
    echo "== $name"
    "$scratch/release/$name" "$corpus" "$seeds" -dict="$seeds.words" -max_total_time="$seconds" -max_len=8192 \
        -timeout=10 -rss_limit_mb=2048 -artifact_prefix=.build/findings/"$name"- -print_final_stats=1 2>&1 |
        grep -E 'ERROR|Fatal|SUMMARY|Test unit|number_of_executed|peak_rss' || true
    rm -rf "$seeds" "$seeds.words"
done
[ -z "$(ls -A .build/findings 2>/dev/null)" ] || { echo "findings in Tests/Fuzz/.build/findings" >&2; exit 1; }
