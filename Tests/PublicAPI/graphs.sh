#!/usr/bin/env bash
# graphs.sh FOLDER: writes symbol graphs of the built libraries.
set -euo pipefail
programs=${PROGRAMS:-$(cd "$(dirname "$0")/../.." && swift build --show-bin-path)}
"$(dirname "$0")/modules.sh" "$programs" > "$1/options"
mapfile -t options < "$1/options"
for module in WireProtocol WireSession WireTransport WireXML MSNP MSNPSession MSNPTransport MSNPTickets SessionLint SampleServer SampleClient; do
    swift symbolgraph-extract -module-name "$module" "${options[@]}" \
        -minimum-access-level public -skip-synthesized-members -output-dir "$1"
done
