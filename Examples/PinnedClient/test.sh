#!/usr/bin/env bash
# Plays the server of a sign-in: test.sh PROGRAM
set -euo pipefail
wanted=$(printf '%s\n' 'VER 1 MSNP12 CVR0' \
    'CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 7.5.0324 MSNMSGR alice@example.com' 'USR 3 TWN I alice@example.com' \
    'USR 4 TWN S t=1&p=2' 'SYN 5 0 0' 'CHG 6 NLN 32')
coproc client { TICKET='t=1&p=2' "$1" alice@example.com 2>/dev/null; }
exec {input}<&"${client[0]}" {output}>&"${client[1]}"
answer() { printf '%s\r\n' "$1" >&"$output"; }
found=
while IFS= read -r -t 60 -u "$input" line; do
    line=${line%$'\r'}
    found+=${found:+$'\n'}$line
    case $line in
    'VER 1 '*) answer 'VER 1 MSNP12 CVR0' ;;
    'CVR 2 '*) answer 'CVR 2 1.0.0 1.0.0 1.0.0 http://example.com http://example.com' ;;
    'USR 3 '*) answer 'USR 3 TWN S lc=1033,id=507' ;;
    'USR 4 '*) answer 'USR 4 OK alice@example.com 1 0' ;;
    'SYN 5 '*) answer 'SYN 5 2004-07-01T00:00:00.0000000-07:00 2004-07-01T00:00:00.0000000-07:00 0 0' ;;
    esac
done
[ "$found" = "$wanted" ] || { diff <(echo "$wanted") <(echo "$found") >&2; exit 1; }
