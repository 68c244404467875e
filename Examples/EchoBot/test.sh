#!/usr/bin/env bash
# Another client says something to the bot, in three versions: test.sh PROGRAM MSNP
set -euo pipefail
program=$1
msnp=$2
work=$(mktemp -d)
started=()
stop() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    rm -rf "$work"
}
trap stop EXIT

# Reads what a program says until a line has a text, and sets `line`.
expect() {
    local said=""
    while read -r -t 30 -u "$1" line; do
        [[ $line != *"$2"* ]] || return 0
        said+="$line"$'\n'
    done
    printf "nobody says '%s', but:\n%s" "$2" "$said" >&2
    exit 1
}

exec 5< <(exec "$msnp" serve --port 0 2>&1)
started+=($!)
expect 5 "clients connect to"
port=${line##*:}
expect 5 "single sign-on"
login=${line##* }
login=${login%/*}
expect 5 "bob@example.com"
password=${line##* }
expect 5 "dave@example.com"
other=${line##* }

mkfifo "$work/lines"
for version in MSNP7 MSNP12 MSNP18; do
    exec 6< <(MSN_PASSWORD=$password exec "$program" bob@example.com 127.0.0.1 "$port" "$login" "$version" 2>&1)
    bot=$!
    started+=("$bot")
    expect 6 "online with $version"
    exec 7< <(exec "$msnp" chat dave@example.com --port "$port" --login-url "$login" --password-fd 3 \
        3<<<"$other" <"$work/lines" 2>&1)
    started+=($!)
    exec 8>"$work/lines"
    printf '/chat bob@example.com\nhello from dave\n' >&8
    expect 7 "Echo: hello from dave"
    exec 8>&-
    expect 7 "Signed out."
    kill "$bot"
done
