#!/usr/bin/env bash
# Selection and students on real photographs, docs/benchmarks.md. Arguments and data as for measure_real.sh; steps resume.
# SIZES, MODES and SEEDS ask for others than the table's, such as SIZES="64 96" MODES="c dc" SEEDS=1.
set -e
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# -ge 3 ] || die "usage: packaging/measure_students.sh DATA MODEL PROJECT"
data=$(realpath "$1"); model=$(realpath "$2"); project=$3
bin=${DISCERN_BIN:-build/release/bin}
once() {  # once NAME COMMAND...: skipped when a former call finished it
  local mark="$project/exports/students/.$1"; shift
  [ -e "$mark" ] && return
  printf '$ discern %s\n' "$*"
  "$bin/discern" "$@"; mkdir -p "$(dirname "$mark")"; touch "$mark"
}

once import-train import "$project" "$data/faces112" --role train --identities 'id0*,id10,id11'
once import-test  import "$project" "$data/faces112" --role test --identities 'id12,id13,id14,id15,id16'
once import-pool  import "$project" "$data/lfw-half" --role pool --format lfw --pairs "$data/lfw-half-pairs.txt"
once extract      extract "$project" --model "$model"
once role         role "$project" --set lfw-half --min-images 2 --role train
people=$(tail -n +2 "$data/same-people.csv" | cut -d, -f1 | sed 's|^|lfw-half/|' | paste -sd,)
once exclude      exclude "$project" --identity "$people"
once score        score "$project"
once f112         protocol "$project" --name f112 --role test --size 1 --impostors 60000
once lfw45        protocol "$project" --name lfw45 --from lfw-half/lfw-half-pairs --folds 4,5
once test45       role "$project" --protocol lfw45 --role test
once select       select "$project"
once swapped      select "$project" --name swapped --swap-labels 0.05
for size in ${SIZES:-16 32}; do
  case $size in 16) first=20 rest=25;; 32) first=12 rest=12;; *) first=6 rest=6;; esac
  for seed in ${SEEDS:-1 2 3}; do
    for mode in ${MODES:-c s sc dc}; do
      once "S-$size-$mode-$seed" distil "$project" --size $size --mode $mode --seed $seed --name "S-$size-$mode-$seed" \
        --teacher "$(basename "$model" .onnx)" --init-epochs $first --epochs $rest --protocols lfw45,f112
    done
  done
done
once cost cost "$project"
