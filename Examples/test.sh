#!/usr/bin/env bash
# Builds each example as a package of its own and runs its check: Examples/test.sh [FOLDERS...]
# The bot needs what this package is built of anyway and shares its build; the others do without traits and share one.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)
examples=$root/.build/examples
log=$(mktemp)
# SwiftPM keeps the plan of a scratch folder, and would build the package that was built there last.
forget() { rm -f "$1/debug.yaml"; }
trap 'rm -f "$log"; forget "$root/.build"; forget "$examples"' EXIT

# Builds a package in a scratch folder.
build() {
    local package=$1 scratch=$2
    shift 2
    forget "$scratch"
    rm -f "$scratch/debug/$package"
    swift build --package-path "$package" --scratch-path "$scratch" "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
    ! grep warning: "$log" || { echo "$package builds with warnings" >&2; exit 1; }
}
# Runs the check of an example with its program.
try() { [ -x "$2" ] || { echo "$2 was not built" >&2; exit 1; }; "$1/test.sh" "${@:2}"; }
# Nobody debugs the examples.
quick=(--disable-index-store -Xswiftc -gnone)
# Fails if other packages were fetched.
alone() { [ -z "$(ls -A "$1/checkouts" 2>/dev/null)" ] || { echo "fetched: $(ls "$1/checkouts")" >&2; exit 1; }; }

check() {
    echo "-- $1"
    case $1 in
    DecodeStream | PinnedClient)
        build "$1" "$examples" "${quick[@]}"
        alone "$examples"
        try "$1" "$examples/debug/$1"
        ;;
    EchoBot)
        build "$1" "$root/.build"
        try "$1" "$root/.build/debug/$1" "$root/.build/debug/msnp"
        ;;
    by-url)
        # The client once more, with the package at a URL: what git has committed.
        local work=$examples/by-url
        rm -rf "$work/package" "$work/client"
        mkdir -p "$work"
        git clone -q --bare "$root" "$work/package/msnp-grammar.git"
        cp -R PinnedClient "$work/client"
        rm -rf "$work/client/.build"
        local url="url: \"file://$work/package/msnp-grammar.git\", revision: \"$(git -C "$root" rev-parse HEAD)\""
        sed -i.path "s|name: \"msnp-grammar\", path: \"../..\"|$url|" "$work/client/Package.swift"
        build "$work/client" "$work/build" "${quick[@]}"
        [ "$(ls "$work/build/checkouts")" = msnp-grammar ] || { ls "$work/build/checkouts" >&2; exit 1; }
        try PinnedClient "$work/build/debug/PinnedClient"
        ;;
    *)
        forget "$examples"
        SCRATCH=$examples OPTIONS="${quick[*]}" "$1/test.sh"
        alone "$examples"
        ;;
    esac
}

names=("$@")
[ ${#names[@]} -gt 0 ] || names=(DecodeStream PinnedClient by-url NATS EchoBot)
for name in "${names[@]}"; do check "$name"; done
