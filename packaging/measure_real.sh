#!/usr/bin/env bash
# The measurements on real photographs of docs/benchmarks.md. DATA holds faces112/, lfw-half/, lfw-half-pairs.txt, same-people.csv and
# MODEL is a 112-pixel ONNX recogniser; neither is part of this project. Every step resumes. Results: PROJECT/exports/real.
set -e
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# -ge 3 ] || die "usage: packaging/measure_real.sh DATA MODEL PROJECT"
data=$(realpath "$1"); model=$(realpath "$2"); project=$3
bin=${DISCERN_BIN:-build/release/bin}
run() { printf '$ discern %s\n' "$*"; "$bin/discern" "$@"; }
once() {  # once NAME COMMAND...: skipped when a former call finished it
  local mark="$project/exports/real/.$1"; shift
  [ -e "$mark" ] && return
  run "$@"; mkdir -p "$(dirname "$mark")"; touch "$mark"
}
out="$project/exports/real"

once import-train   import "$project" "$data/faces112" --role train --identities 'id0*,id10,id11'
once import-test    import "$project" "$data/faces112" --role test --identities 'id12,id13,id14,id15,id16'
once import-pool    import "$project" "$data/lfw-half" --role pool --format lfw --pairs "$data/lfw-half-pairs.txt"
once extract        extract "$project" --model "$model"
say "LFW-style verification"
once lfw            evaluate "$project" --protocol lfw-half/lfw-half-pairs --bootstraps 0
say "People under two names, found by their centroids (before anybody is excluded)"
once score-before   score "$project"
once same           info "$project"
people=$(tail -n +2 "$data/same-people.csv" | cut -d, -f1 | sed 's|^|lfw-half/|' | paste -sd,)
once role           role "$project" --set lfw-half --min-images 2 --role train
once exclude        exclude "$project" --identity "$people"

seen=${SEEN:-downscale,gaussian-blur,darkness,occlusion}
unseen=${UNSEEN:-motion-blur,jpeg,noise}
for size in 3 8 20; do
  for degraded in 0 0.5 0.8; do
    for kinds in seen unseen; do
      [ "$degraded" = 0 ] && [ $kinds = unseen ] && continue
      list=$([ $kinds = seen ] && echo "$seen" || echo "$unseen")
      once "protocol-$size-$degraded-$kinds" protocol "$project" --name "n$size $degraded $kinds" --size $size --degraded $degraded \
        --kinds "$list" --templates-per-identity 30 --seed 11
    done
  done
done
once extract-copies extract "$project" --model "$model" --no-recipe-check
once score          score "$project"
once norm           score "$project" --method norm
once sharpness      score "$project" --method sharpness
once train          train-ddnet "$project" --kinds "$seen" --epochs "${EPOCHS:-12}" ${TRAIN_OPTIONS:-}
once predict        predict "$project"
once head           train-head "$project" --kinds "$seen"
once predict-head   predict "$project" --network head --name head
once train-taught   train-ddnet "$project" --name taught --kinds "$seen" --epochs 8 --copies 2 --min-strength 0.1 --loss ratio --teacher head
once predict-taught predict "$project" --network taught --name taught
for size in 3 8 20; do
  for degraded in 0 0.5 0.8; do
    for kinds in seen unseen; do
      [ "$degraded" = 0 ] && [ $kinds = unseen ] && continue
      once "evaluate-$size-$degraded-$kinds" evaluate "$project" --protocol "n$size $degraded $kinds" --scores predicted --percentile "${PERCENTILE:-20}"
      once "head-$size-$degraded-$kinds" evaluate "$project" --protocol "n$size $degraded $kinds" --scores head --percentile "${PERCENTILE:-20}"
      once "taught-$size-$degraded-$kinds" evaluate "$project" --protocol "n$size $degraded $kinds" --scores taught --weights head --percentile "${PERCENTILE:-20}"
    done
  done
done
run export "$project" --out "$out" --numbers-only
