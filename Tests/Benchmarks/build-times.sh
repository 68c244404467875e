#!/usr/bin/env bash
# How long builds take and how fast the generator is, as a table: Tests/Benchmarks/build-times.sh
# It works on a copy of what is committed and takes about five minutes. Nothing else should run meanwhile.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=$work/package
plain=$work/plain
mkdir -p "$package" "$plain/Sources"
git archive HEAD | tar -x -C "$package"

# Seconds that a command takes, and seconds of CPU: those hold on a busy machine too.
seconds() {
    local TIMEFORMAT='%R %U %S'
    { time "$@" >"$work/log" 2>&1; } 2>"$work/time" || { cat "$work/log" >&2; exit 1; }
    awk '{ printf "%.2f %.2f", $1, $2 + $3 }' "$work/time"
}

# The least of five.
least() {
    for _ in 1 2 3 4 5; do seconds "$@"; echo; done | sort -n | head -n 1
}

build() { swift build --package-path "$package" --target MSNP; }
row() { printf '| %s | %s | %s |\n' "$1" "${2% *}" "${2#* }"; }
less() {
    awk -v a="$1" -v b="$2" \
        'BEGIN { split(a, x, " "); split(b, y, " "); printf "%.2f %.2f", x[1] - y[1], x[2] - y[2] }'
}

swift package --package-path "$package" resolve >/dev/null 2>&1
whole=$(seconds build)
edited=$work/NLN.yaml
sed 's/^about: "\{0,1\}/&It is so. /' "$package/Grammar/commands/NLN.yaml" >"$edited"
cp "$edited" "$package/Grammar/commands/NLN.yaml"
after_edit=$(seconds build)
after_nothing=$(least build)
swift build --package-path "$package" --product grammar-tool >/dev/null 2>&1
tool=$(swift build --package-path "$package" --show-bin-path)/grammar-tool
check=$(least "$tool" check "$package/Grammar")
generate=$(least "$tool" swift "$package/Grammar" --output "$work/generated")
"$tool" swift "$package/Grammar" --output "$work/pinned" --options "$package"/Tests/PinnedTests/*.yaml >/dev/null

# The same module without generator and plugin.
cp -R "$package/Sources/Wire/WireProtocol" "$plain/Sources/WireProtocol"
cp -R "$work/generated" "$plain/Sources/MSNP"
cp "$package"/Sources/MSNP/MSNP/*.swift "$plain/Sources/MSNP"
cat >"$plain/Package.swift" <<'PACKAGE'
// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "plain",
    targets: [.target(name: "WireProtocol"), .target(name: "MSNP", dependencies: ["WireProtocol"])])
PACKAGE
plainly() { swift build --package-path "$plain" "$@"; }
without=$(seconds plainly --target MSNP)
rm -rf "$plain/.build"
plainly --target WireProtocol >/dev/null 2>&1
module_debug=$(seconds plainly --target MSNP)
plainly -c release --target WireProtocol >/dev/null 2>&1
module_release=$(seconds plainly -c release --target MSNP)
bytes() { cat "$1"/*.swift | wc -c; }
code=$(cat "$work/generated"/*.swift | wc -l)
sizes() { size -t "$plain"/.build/release/MSNP.build/*.o | awk -v column="$1" 'END { print $column }'; }
share=$(awk -v part="$(bytes "$work/pinned")" -v all="$(bytes "$work/generated")" 'BEGIN { print int(100 * part / all + 0.5) }')

echo "| what | seconds | of CPU |"
echo "| --- | ---: | ---: |"
row "reading and proving the whole grammar (\`grammar-tool check\`, debug build)" "$check"
row "all of the generator (\`grammar-tool swift\`, debug build)" "$generate"
row "clean debug build of the module MSNP, with generator and plugin" "$whole"
row "the same of its generated files alone" "$without"
row "what generator and plugin add" "$(less "$whole" "$without")"
row "the generated module, clean debug build" "$module_debug"
row "the generated module, clean release build" "$module_release"
row "one YAML file edited" "$after_edit"
row "nothing edited" "$after_nothing"
echo
echo "$code lines are generated; in release they are $(sizes 1) bytes of code and $(sizes 2) of data."
echo "Pinned to MSNP12 and the role client, the generated code is $share % of all."
