#!/usr/bin/env bash
# Takes the built binary and examples/corpus, gives demo/kb, demo/report.html, demo/graph.dot and demo/graph.svg.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/fangzhi/target}
fangzhi=$target/release/fangzhi
# More nodes than this and the labels of the picture get too small to read.
nodes_in_picture=60

mkdir -p demo
"$fangzhi" build --kb demo/kb examples/corpus
"$fangzhi" compare --kb demo/kb -o demo/report.html
"$fangzhi" dot --kb demo/kb --limit "$nodes_in_picture" >demo/graph.dot
picture=demo/graph.dot
if command -v dot >/dev/null 2>&1; then
  dot -Tsvg demo/graph.dot >demo/graph.svg
  picture=demo/graph.svg
else
  echo "demo: Graphviz is missing, so there is no demo/graph.svg; demo/graph.dot is the drawing's source." >&2
fi

echo
"$fangzhi" info --kb demo/kb
cat <<EOF

Made:  demo/kb            the knowledge base
       demo/report.html   the regions side by side; open it in a browser
       $picture     the graph's best connected part

Try next:
  $fangzhi show --kb demo/kb 杨靖宇
  $fangzhi query --kb demo/kb --list
  $fangzhi query --kb demo/kb --file examples/queries/red-sites.rq
EOF
