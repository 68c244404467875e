#!/usr/bin/env bash
# Runs the tests of the client with the built `msnp`, and with a `cryptography` of their own.
set -euo pipefail
cd "$(dirname "$0")"
environment=../../.build/python-client
if ! "$environment/bin/python" -c "import cryptography" 2>/dev/null; then
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check cryptography
fi
PYTHONDONTWRITEBYTECODE=1 "$environment/bin/python" -m unittest test_client
