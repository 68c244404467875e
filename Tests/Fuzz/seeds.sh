# What the fuzzers begin with: real wire lines, the files of the grammar, and its words. Sourced by run.sh.
grammar=../../Grammar

# make_seeds FUZZER FOLDER
make_seeds() {
    case $1 in
        FuzzGrammar) make_grammar_seeds "$2" ;;
        FuzzPayload) make_payload_seeds "$2" ;;
        FuzzLint) make_lint_seeds "$2" ;;
        FuzzServices) make_service_seeds "$2" ;;
        FuzzTickets) make_ticket_seeds "$2" ;;
        *) make_wire_seeds "$2" ;;
    esac
}

vectors() { grep -hv '^#' $grammar/vectors/vectors-[ls]*.tsv; }

# Version, service and sender, where to cut, and the bytes of a row.
make_wire_seeds() {
    local folder=$1 row=0 versions server direction validity wire source
    while IFS=$'\t' read -r versions server direction validity wire source; do
        row=$((row + 1))
        local first=${versions%%[-,]*} service=0
        [[ $first =~ ^[0-9]+$ ]] || first=0
        case $server in NS) service=1 ;; SB) service=2 ;; FT) service=3 ;; esac
        [ "$direction" = "C>S" ] || service=$((service + 128))
        printf '%b' "$(printf '\\x%02x\\x%02x\\x07' "$first" "$service")$wire" >"$folder/$row"
    done < <(vectors)
}

# What follows the line of a row, in each way that it may be read.
make_payload_seeds() {
    local folder=$1 row=0 versions server direction validity wire source
    while IFS=$'\t' read -r versions server direction validity wire source; do
        local payload=${wire#*\\r\\n} kind
        { [ "$payload" != "$wire" ] && [ -n "$payload" ]; } || continue
        row=$((row + 1))
        local kinds=(00 02 03 04 05 06)
        [[ $payload != \<* ]] || kinds=(01)
        for kind in "${kinds[@]}"; do printf '%b' "\\x$kind$payload" >"$folder/$row-$kind"; done
    done < <(vectors)
}

# The place of a file in the small grammar of the fuzzer, or that in the reference grammar of the emitter's tests with the
# highest bit, and the file.
make_grammar_seeds() {
    local folder=$1 reference=../SwiftEmitterTests/Reference/Grammar place=0 path file
    for file in Seeds/grammar/*.yaml; do
        path=${file##*/}
        { printf '%b' "\\x0${path%%-*}" && cat "$file"; } >"$folder/$path"
    done
    while read -r path; do
        { printf '%b' "\\x$(printf %02x $((place + 128)))" && cat "$reference/$path"; } >"$folder/reference-$place"
        place=$((place + 1))
    done < <(cd "$reference" && find . -name '*.yaml' | sed 's|^\./||' | LC_ALL=C sort)
    for file in $grammar/commands/*.yaml; do { printf '\x00' && cat "$file"; } >"$folder/c-${file##*/}"; done
    for file in $grammar/types/*.yaml; do { printf '\x04' && cat "$file"; } >"$folder/t-${file##*/}"; done
    while read -r file; do
        { printf '\x05' && cat "$file"; } >"$folder/p-${file##*/}"
    done < <(find $grammar/payloads -name '*.yaml' | LC_ALL=C sort)
    for file in $grammar/sessions/*.yaml; do { printf '\x06' && cat "$file"; } >"$folder/s-${file##*/}"; done
    for file in $grammar/conversations/*.yaml; do { printf '\x07' && cat "$file"; } >"$folder/d-${file##*/}"; done
    { printf '\x08' && cat $grammar/questions.yaml; } >"$folder/questions"
    { printf '\x02' && cat $grammar/versions.yaml; } >"$folder/versions"
    { printf '\x03' && head -c 1500 $grammar/errors.yaml; } >"$folder/errors"
}

# A version and the sender to report on, and recordings of a few rows.
make_lint_seeds() {
    local folder=$1 file
    vectors | awk -F '\t' -v folder="$folder" '
        NR % 6 == 1 {
            if (file) close(file)
            file = folder "/" NR
            printf "%c%s", 9, "connection\tdirection\twire\n" > file
        }
        { print $2 "1\t" $3 "\t" $5 > file }'
    for file in ../SessionLintTests/Recordings/*.tsv; do
        { printf '\x00' && cat "$file"; } >"$folder/${file##*/}"
    done
}

# Where to cut, whether to go on for ever, and a request; its body gets a length, or is in chunks.
make_service_seeds() {
    local folder=$1 file head body endless
    for file in Seeds/services/*; do
        head=$(sed '/^$/,$d' "$file")
        body=$(sed '1,/^$/d' "$file")
        for endless in 00 f0; do
            {
                printf '%b' "\\x1f\\x$endless"
                sed 's/$/\r/' <<<"$head"
                if [[ $head == *chunked* ]]; then
                    printf '\r\n' && sed 's/$/\r/' <<<"$body" && printf '\r\n'
                else
                    [ -z "$body" ] || printf 'Content-Length: %05d\r\n' "${#body}"
                    printf '\r\n%s' "$body"
                fi
            } >"$folder/${file##*/}-$endless"
        done
    done
}

# Where to cut, which service, the challenge of the server, and answers of services, each up to the end of its connection.
make_ticket_seeds() {
    local folder=$1 file
    for file in Seeds/tickets/*; do
        awk 'NR == 1 { printf "\037%s", ($1 == "tokens" ? "\001" : "\002"); sub(/^[^ ]+ /, ""); printf "%s", $0; next }
             $0 == "====" { printf "\036"; next }
             { printf "%s\r\n", $0 }' "$file" >"$folder/${file##*/}"
    done
}

make_dictionary() {
    {
        grep -ho '^command: .*' $grammar/commands/*.yaml | sed 's/command: //'
        grep -hoE 'literal: "?[A-Za-z0-9=:]+' $grammar/commands/*.yaml | sed -E 's/literal: "?//'
        grep -hoE 'value: "?[A-Za-z0-9]+' $grammar/*.yaml $grammar/types/*.yaml | sed -E 's/value: "?//'
        grep -rhoE '(header|element|attribute|content-type): "?[A-Za-z0-9/_-]+' $grammar/payloads |
            sed -E 's/.*: "?//'
    } | sort -u | sed 's/.*/"&"/'
    printf '"%s"\n' '\x0d\x0a' ' ' '\x0d\x0a\x0d\x0a' ': ' '%20' '\x09' '\\r\\n' 'S>C' 'C>S' '<![CDATA[' ']]>' '&#' \
        '{00000000-0000-0000-0000-000000000000}' 'HTTP/1.1 200 OK' 'HTTP/1.0' 'Transfer-Encoding: chunked' 'Location: ' \
        'Content-Length: ' 'Host: ' 'Authorization: Passport1.4 ' 'sign-in=' 'pwd=' '0\x0d\x0a' 'https://' 'http://' \
        '\x1eHTTP/1.1 ' '\x5cn' '\x5c\x22' '\x5c(' '*/' '\x22\x22\x22' 'Password>' 'Username>' \
        'Address>' 'RequestSecurityToken>' '.srf'
}
