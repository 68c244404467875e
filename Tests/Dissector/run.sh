#!/usr/bin/env bash
# Compares the dissector for Wireshark with `msnp decode`: all vectors, recordings and conversations, as captures.
# Also compares what `msnp` reads from captures with the recordings that they were made of.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
command -v tshark > /dev/null || missing+=(tshark)
command -v python3 > /dev/null || missing+=(python3)
if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq "${missing[@]}" > /dev/null
fi

programs=${PROGRAMS:-}
if [ -z "$programs" ]; then
    swift build --product grammar-tool
    swift build --product msnp
    programs=$(swift build --show-bin-path)
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Nobody's own settings count.
export WIRESHARK_CONFIG_DIR="$folder/settings"
mkdir "$WIRESHARK_CONFIG_DIR"
"$programs/grammar-tool" dissector Grammar --output "$folder/msnp.lua"
"$programs/grammar-tool" dissector Examples/NATS/Sources/NATSProtocol/Grammar --output "$folder/nats.lua"
"$programs/grammar-tool" recordings Grammar --output "$folder/conversations"
export PYTHONDONTWRITEBYTECODE=1
python3 Tests/Dissector/capture_reading.py "$programs/msnp" .
python3 Tests/Dissector/other_protocol.py "$folder/nats.lua"
python3 Tests/Dissector/run.py "$programs/msnp" "$folder/msnp.lua" . "$folder/conversations"
