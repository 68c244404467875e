#!/usr/bin/env bash
# Makes the sites of three grammars and opens every page in a browser, from the folder, without a server: see run.py.
# With -k NAME it runs only the checks whose names contain NAME; with --keep FOLDER the sites stay there.
set -euo pipefail
cd "$(dirname "$0")/../.."

# The browser is Debian's Chromium; the validator of HTML is that of the W3C (the Nu checker), which runs on Java.
missing=()
command -v chromium > /dev/null || missing+=(chromium)
command -v java > /dev/null || missing+=(default-jre-headless)
python3 -c "import ensurepip, venv" 2> /dev/null || missing+=(python3 python3-venv)
if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get update -qq
    $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
fi
environment=.build/site-tests
requirements=Tests/Site/requirements.txt
if ! cmp -s "$requirements" "$environment/installed.txt"; then
    python3 -m venv --clear "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$environment/installed.txt"
fi

programs=${PROGRAMS:-}
if [ -z "$programs" ]; then
    swift build --product reference-tool
    swift build --product grammar-tool
    programs=$(swift build --show-bin-path)
fi
export PYTHONDONTWRITEBYTECODE=1
"$environment/bin/python" Tests/Site/run.py "$programs" "$@"
