#!/usr/bin/env bash
# Builds the example, checks it, and then publishes and subscribes through a real server on loopback.
# SCRATCH names another folder to build in, OPTIONS has options for swift build.
set -euo pipefail
cd "$(dirname "$0")"
read -ra options <<< "${OPTIONS:-}"
options+=(--scratch-path "${SCRATCH:-.build}")

if ! command -v nats-server > /dev/null && ! [ -x /usr/sbin/nats-server ]; then
    echo "installing nats-server"
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq nats-server > /dev/null
fi
server=$(command -v nats-server || echo /usr/sbin/nats-server)

swift build "${options[@]}"
programs=$(swift build "${options[@]}" --show-bin-path)
"$programs/stream-check"

# The server chooses a free port and writes it into a file.
folder=$(mktemp -d)
"$server" --addr 127.0.0.1 --port -1 --ports_file_dir "$folder" --log "$folder/log" &
process=$!
trap 'kill "$process" 2> /dev/null || true; wait "$process" 2> /dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do
    port=$(sed -nE 's/.*127\.0\.0\.1:([0-9]+).*/\1/p' "$folder"/*.ports 2> /dev/null || true)
    [ -n "$port" ] && break
    sleep 0.1
done
[ -n "$port" ] || { cat "$folder/log" >&2; echo "nats-server did not start" >&2; exit 1; }

output=$(timeout 60 "$programs/nats" 127.0.0.1 "$port")
diff <(echo "$output") expected.txt || { cat "$folder/log" >&2; exit 1; }
echo "the example said what it should through $("$server" --version)"
