#!/bin/sh
# Runs fuzz targets one after another: `run.sh SECONDS [TARGET…]`, all of them where none is named.
# Each must end by itself; what breaks one is kept in artifacts/TARGET.
set -eu
cd "$(dirname "$0")"
seconds=${1:?how many seconds for each target}
shift
[ $# -gt 0 ] || set -- csv decode docx epub html json markdown pdf repair tar xlsx zip
[ -d corpus ] || python3 seeds.py
for target; do
    mkdir -p "artifacts/$target" "corpus/$target"
    echo "== $target"
    nice -n 19 cargo +nightly fuzz run --fuzz-dir . --sanitizer none "$target" "corpus/$target" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1
done
