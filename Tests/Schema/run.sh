#!/usr/bin/env bash
# Validates all grammar files against the schemas that grammar-tool makes, and the models that it exports against theirs,
# with a validator of somebody else, and shows that they catch typical mistakes.
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=.build/schema-validator
if ! "$environment/bin/python" -c "import jsonschema, ruamel.yaml" 2>/dev/null; then
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check jsonschema ruamel.yaml
fi
"${PROGRAMS:-.build/debug}/grammar-tool" schema --output .build/schema
export PYTHONDONTWRITEBYTECODE=1
"$environment/bin/python" Tests/Schema/validate.py .build/schema \
    Grammar Tests/SwiftEmitterTests/Reference/Grammar Tests/PinnedTests Examples/NATS/Sources/NATSProtocol/Grammar
models=()
for folder in Grammar Tests/SwiftEmitterTests/Reference/Grammar Examples/NATS/Sources/NATSProtocol/Grammar; do
    models+=(".build/schema/models/${folder//\//-}.json")
    "${PROGRAMS:-.build/debug}/grammar-tool" export json "$folder" --output "${models[-1]}"
done
"$environment/bin/python" Tests/Schema/model.py docs/model.schema.json "${models[@]}"
