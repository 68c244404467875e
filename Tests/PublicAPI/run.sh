#!/usr/bin/env bash
# Compares the public API of the built libraries with that of the last release; see public_api.py. `--release` writes it.
set -euo pipefail
cd "$(dirname "$0")"
GRAPHS=$(mktemp -d)
export GRAPHS
trap 'rm -rf "$GRAPHS"' EXIT
./graphs.sh "$GRAPHS"
PYTHONDONTWRITEBYTECODE=1 python3 -m unittest --quiet test_public_api
PYTHONDONTWRITEBYTECODE=1 python3 public_api.py "$GRAPHS" "$@"
