#!/usr/bin/env bash
# Converts the catalog of documentation, where a warning is an error, and compiles the Swift on its pages. Compiles and
# runs the Swift that the reference offers for its lines.
#
# `--output FOLDER` keeps the converted pages, which any web server can show.
set -euo pipefail
cd "$(dirname "$0")/../.."
programs=${PROGRAMS:-$(swift build --show-bin-path)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/graphs" "$work/snippets"
output=$work/pages
[ "${1:-}" != --output ] || output=$2

PROGRAMS=$programs Tests/PublicAPI/graphs.sh "$work/graphs"
docc=$(dirname "$(readlink -f "$(command -v swift)")")/docc
# The samples are no part of it.
rm "$work/graphs"/Sample*
"$docc" convert docs/Toolkit.docc --additional-symbol-graph-dir "$work/graphs" --output-path "$output" \
    --fallback-display-name "MSNP grammar toolkit" --fallback-bundle-identifier msnp-grammar \
    --transform-for-static-hosting --warnings-as-errors
"$programs/reference-tool" Grammar --output "$work/site"
mkdir "$work/examples"
PYTHONDONTWRITEBYTECODE=1 python3 Tests/Documentation/examples.py "$programs" "$work/graphs/options" "$work/site" \
    "$work/examples"
PYTHONDONTWRITEBYTECODE=1 python3 Tests/Documentation/snippets.py "$programs" "$work/graphs/options" "$work/snippets"
