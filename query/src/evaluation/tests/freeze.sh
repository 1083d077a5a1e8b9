#!/usr/bin/env bash
# Takes a knowledge base, gold files and the acceptance checks' scorer; freezes the records and the scorer's numbers here:
#   query/src/evaluation/tests/freeze.sh KB GOLD_DIR PATH/score.py
# Run it where linking (graph/src/identity) changes what the frozen records make. Needs python3 with pyoxigraph, and zstd.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zstd -q -d -o "$work/graph.nq" "$1/graph.nq.zst"
# Where several bodies are seated at one place the scorer takes one in hash order: it has several results.
for seed in {0..15}; do
  PYTHONHASHSEED=$seed python3 "$3" "$work/graph.nq" "$2" --json "$work/score-$seed.json" >"$work/log"
done
python3 - "$work"/score-*.json >"$here/scores.json" <<'PYTHON'
import json, sys

results = []
for path in sys.argv[1:]:
    # NaN is no JSON.
    result = json.load(open(path, encoding="utf-8"), parse_constant=lambda _: None)
    if result not in results:
        results.append(result)
json.dump(results, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
print()
PYTHON
python3 - "$1/extractions" "$2" >"$work/records.json" <<'PYTHON'
import json, pathlib, sys

def read(folder):
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(pathlib.Path(folder).glob("*.json"))]

json.dump({"records": read(sys.argv[1]), "gold": read(sys.argv[2])}, sys.stdout, ensure_ascii=False)
PYTHON
zstd -q -19 -f -o "$here/records.json.zst" "$work/records.json"
