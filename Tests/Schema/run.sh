#!/usr/bin/env bash
# Validates all grammar files against the schemas that grammar-tool makes, with a validator of somebody else, and shows
# that they catch typical mistakes.
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=.build/schema-validator
if ! "$environment/bin/python" -c "import jsonschema, ruamel.yaml" 2>/dev/null; then
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check jsonschema ruamel.yaml
fi
"${PROGRAMS:-.build/debug}/grammar-tool" schema --output .build/schema
PYTHONDONTWRITEBYTECODE=1 "$environment/bin/python" Tests/Schema/validate.py .build/schema \
    Grammar Tests/SwiftEmitterTests/Reference/Grammar Tests/PinnedTests Examples/NATS/Sources/NATSProtocol/Grammar
