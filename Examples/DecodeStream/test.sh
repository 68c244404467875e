#!/usr/bin/env bash
# Decodes a stream in pieces of several sizes: test.sh PROGRAM
set -euo pipefail
program=$1
wanted="bob@example.com (Bob B) is busy
24 bytes from the server
bob@example.com is offline
refused: unknownUser
wrong: NLN: parameter 'status' is missing (form 'changed', version 12) at byte 3
carol@example.com is offline
cut: 3 bytes of a command"
for size in 1 7 4096; do
    found=$({
        printf '%s\r\n' 'NLN BSY bob@example.com Bob%20B 0' 'MSG Hotmail Hotmail 24' 'Content-Type: text/x' '' \
            'FLN bob@example.com' '205 7' 'NLN' 'FLN carol@example.com'
        printf FLN
    } | "$program" MSNP12 "$size")
    [ "$found" = "$wanted" ] || { diff <(echo "$wanted") <(echo "$found") >&2; exit 1; }
done
