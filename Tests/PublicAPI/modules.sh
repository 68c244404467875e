#!/usr/bin/env bash
# modules.sh PROGRAMS: prints the options, one a line, with which a compiler finds the modules that were built there.
set -euo pipefail
echo -target
swift -print-target-info | python3 -c 'import json, sys; print(json.load(sys.stdin)["target"]["unversionedTriple"])'
printf '%s\n' -I "$1/Modules"
# Modules of C, on which the libraries below MSNPTransport depend.
for map in "$1"/*.build/module.modulemap "$1"/../../checkouts/*/Sources/*/include/module.modulemap; do
    [ ! -e "$map" ] || printf '%s\n' -Xcc "-fmodule-map-file=$map"
done
