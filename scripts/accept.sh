#!/usr/bin/env bash
# Takes the built binary and the shared test material, gives a table of checks; exit code 1 if one fails.
#   scripts/accept.sh [--score] SHARED    --score: print the scores and stop
# SHARED holds corpus/, gold/ and eval/score.py. Needs Python 3 with venv; pyoxigraph goes into a venv in the cache folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

only_score=no
if [ "${1:-}" = --score ]; then
  only_score=yes
  shift
fi
shared=${1:-../shared}
if [ ! -d "$shared/corpus" ] || [ ! -d "$shared/gold" ] || [ ! -f "$shared/eval/score.py" ]; then
  echo "accept: no corpus/, gold/ and eval/score.py in $shared; name the folder as SHARED=…" >&2
  exit 2
fi

cache=${XDG_CACHE_HOME:-$HOME/.cache}/fangzhi
fangzhi=${CARGO_TARGET_DIR:-$cache/target}/release/fangzhi
python=$cache/eval-venv/bin/python
if ! "$python" -c 'import pyoxigraph' 2>/dev/null; then
  python3 -m venv "$cache/eval-venv"
  "$cache/eval-venv/bin/pip" --quiet install 'pyoxigraph==0.5.*'
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# build_and_export NAME ARGUMENT… builds $work/NAME and exports $work/NAME.nq
build_and_export() {
  local name=$1
  shift
  "$fangzhi" build -q --kb "$work/$name" "$@"
  "$fangzhi" export --kb "$work/$name" --format nquads -o "$work/$name.nq"
}

build_and_export first --jobs 1 "$shared/corpus"
"$python" "$shared/eval/score.py" "$work/first.nq" "$shared/gold" --texts "$shared/corpus" --json "$work/score.json"
[ "$only_score" = no ] || exit 0
"$fangzhi" eval -q --gold "$shared/gold" --format json "$shared/corpus" >"$work/eval.json" || [ $? = 1 ]

build_and_export second --jobs 2 "$shared/corpus"
mapfile -t reversed < <(find "$shared/corpus" -type f | sort -r)
build_and_export third --jobs 2 "${reversed[@]}"
same=yes
cmp -s "$work/first.nq" "$work/second.nq" && cmp -s "$work/first.nq" "$work/third.nq" || same=no

# regions_with INDICATOR counts the regions of which the graph knows the indicator.
regions_with() {
  "$fangzhi" query --kb "$work/first" --format csv "
    PREFIX fz: <https://w3id.org/fangzhi/ontology#>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    SELECT (COUNT(DISTINCT ?region) AS ?n) WHERE {
      ?observation fz:indicator ?indicator ; prov:wasDerivedFrom ?document . ?document fz:about ?region .
      FILTER(STRENDS(STR(?indicator), \"/$1\"))
    }" | tail -n 1 | tr -d '\r'
}
for indicator in red_sites lectures practical_items; do
  echo "$indicator $(regions_with "$indicator")"
done >"$work/regions"

"$python" - "$work/score.json" "$work/regions" "$same" "$work/eval.json" <<'PYTHON'
import json, sys

score = json.load(open(sys.argv[1], encoding="utf-8"))
regions = dict(line.split() for line in open(sys.argv[2], encoding="utf-8"))


def differences(ours, theirs, path=""):
    """the numbers of the scorer that `fangzhi eval` has otherwise; both are rounded to four digits"""
    if isinstance(theirs, dict):
        return [fault for key, value in theirs.items() for fault in differences((ours or {}).get(key), value, f"{path}/{key}")]
    if theirs is None or theirs != theirs or ours is not None and abs(ours - theirs) < 2e-4:
        return []
    return [f"{path}: {ours} by eval, {theirs} by the scorer"]


different = differences(json.load(open(sys.argv[4], encoding="utf-8")), score)
for fault in different:
    print(fault)
checks = [
    ("spans in their text", score["spans"], 1.0),
    ("main region", score["about"], 0.8),
    ("place linking", score["place_linking"], 0.80),
    ("entities F1", score["entities"]["f1"], 0.55),
    ("relations F1", score["relations"]["f1"], 0.35),
    ("observations found F1", score["observations_found"]["f1"], 0.75),
    *((f"regions with {name}", int(count), 3) for name, count in regions.items()),
    ("eval has the scorer's numbers", int(not different), 1),
    ("jobs 1, jobs 2, reversed: same bytes", int(sys.argv[3] == "yes"), 1),
]
failed = 0
for name, value, least in checks:
    good = value is not None and value >= least
    failed += not good
    print(f"{'ok  ' if good else 'FAIL'} {name:38} {value} (at least {least})")
sys.exit(1 if failed else 0)
PYTHON
