#!/usr/bin/env bash
# What a second process is worth to a training on CPUs: pairs of one process on one core and two on one core each, in
# turn, and the median of the pairs' ratios; the numbers of docs/benchmarks.md. DISCERN_BIN, ARCHITECTURE, PIXELS,
# BATCH, EPOCHS, PAIRS ask for others.
#   packaging/measure_ranks.sh [PROJECT]   # made of rendered faces where it is not there
set -e
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
project=${1:-build/ranks.discern}
bin=${DISCERN_BIN:-build/release/bin}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ "$(nproc)" -ge 2 ] || die "this compares one core with two, and there is one"
"$bin/discern" info "$project" > /dev/null 2>&1 ||
  "$bin/discern" import "$project" synthetic-faces --name train --role train --count 40 --images 8 --seed 3 > /dev/null
train() {  # train CORE: one process on it; its times go to $work/CORE
  /usr/bin/env time -f '%e %U %S' -o "$work/$1" taskset -c "$1" "$bin/discern" train-base "$project" --name ranks --replace \
    --architecture "${ARCHITECTURE:-mobilefacenet}" --size "${PIXELS:-112}" --batch "${BATCH:-64}" --epochs "${EPOCHS:-2}" --json
}
rate() { grep -o '"images_per_second":[0-9.]*' "$1" | tail -n 1 | cut -d: -f2; }

printf '%-6s %14s %14s %8s %16s %16s\n' pair "1: images/s" "2: images/s" ratio "1: processor s" "2: processor s"
for pair in $(seq "${PAIRS:-5}"); do
  train 0 > "$work/alone"
  one=$(awk '{ print $2 + $3 }' "$work/0")
  export WORLD_SIZE=2 MASTER_ADDR=127.0.0.1 MASTER_PORT=$((29600 + pair))
  RANK=1 train 1 > /dev/null &
  RANK=0 train 0 > "$work/two"
  wait
  unset WORLD_SIZE MASTER_ADDR MASTER_PORT
  two=$(awk '{ sum += $2 + $3 } END { print sum }' "$work/0" "$work/1")
  a=$(rate "$work/alone") b=$(rate "$work/two")
  ratio=$(awk "BEGIN { printf \"%.3f\", $b / $a }")
  echo "$ratio" >> "$work/ratios"
  printf '%-6s %14.1f %14.1f %8s %16.1f %16.1f\n' "$pair" "$a" "$b" "$ratio" "$one" "$two"
done
sort -n "$work/ratios" | awk '{ r[NR] = $1 } END { printf "median ratio %s; ", r[int((NR + 1) / 2)] }'
echo "load average $(cut -d' ' -f1-3 /proc/loadavg)"
