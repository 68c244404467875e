#!/bin/sh
# Instructions a command, counted by callgrind: the same on every run, however busy the machine is.
# usage: Tests/Benchmarks/instructions.sh [PATH OF THE BENCHMARKS PROGRAM]
# The program is stripped first, because valgrind does not read the debug information of Swift.
set -eu
here=$(dirname "$0")
program=${1:-$here/.build/release/benchmarks}
stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
strip -g -o "$stripped" "$program"
chmod +x "$stripped"

count() {
    SWIFT_BACKTRACE=enable=no valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$stripped" --once "$1" --version "$2" 2>&1 | awk '/Collected/ { print $4 }'
}

for version in 2 8 12 18; do
    nothing=$(count nothing "$version")
    for mode in memchr split duplicate duplicate-texts framing decode fast next texts; do
        echo "MSNP$version $mode $((($(count "$mode" "$version") - nothing) / 10000))"
    done
done
for mode in print encode print-payload encode-payload; do
    echo "$mode $((($(count "$mode" 12) - $(count write-nothing 12)) / 100000))"
done
