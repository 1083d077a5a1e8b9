#!/usr/bin/env bash
# Takes the built binary, lets programs that know nothing of us read what it exports: rdflib, networkx, pyshacl.
#   scripts/interchange.sh INPUT…    documents; a knowledge base of them is made in a temporary folder
# Needs Python 3 with venv; the libraries go into a venv in the cache folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/fangzhi
fangzhi=${CARGO_TARGET_DIR:-$cache/target}/release/fangzhi
venv=$cache/interchange-venv
if ! "$venv/bin/python" -c 'import networkx, pyshacl, rdflib' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" --quiet install 'networkx==3.*' 'pyshacl>=0.30,<1' 'rdflib==7.*'
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$fangzhi" build -q --kb "$work/kb" "$@"
for format in nquads trig turtle jsonld graphml gexf geojson; do
  "$fangzhi" export --kb "$work/kb" --format "$format" -o "$work/graph.$format"
done
for format in neo4j csv; do
  "$fangzhi" export --kb "$work/kb" --format "$format" -o "$work/$format"
done
"$fangzhi" check -q --kb "$work/kb"
"$venv/bin/python" scripts/interchange.py "$work" ontology/shapes.ttl
