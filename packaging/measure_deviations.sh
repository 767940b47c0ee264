#!/usr/bin/env bash
# What each deviation from the papers is worth on real photographs: the column "measured" of docs/papers.md. DATA as for
# measure_real.sh; MODELS holds face512.onnx, detect320.onnx and landmark68.onnx. faces112's identities 1 to 8 and lfw-half learn;
# 9 to 11 and LFW's folds 4 and 5 are what is measured on, and 12 to 16 are not even imported. Steps resume. SEEDS and PARTS
# (scores ddnet students paper 32) ask for less, FIRST and REST for other epochs at 16 px. What each step said: PROJECT/exports/deviations.
set -eo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# -ge 3 ] || die "usage: packaging/measure_deviations.sh DATA MODELS PROJECT"
data=$(realpath "$1"); models=$(realpath "$2"); project=$3
bin=${DISCERN_BIN:-build/release/bin}
out="$project/exports/deviations"
said="$(mktemp)"
trap 'rm -f "$said"' EXIT
once() {  # once NAME COMMAND...: skipped when a former call finished it; what it said stays in $out/NAME.txt
  local name=$1; shift
  [ -e "$out/$name.txt" ] && return
  printf '$ discern %s\n' "$*"
  "$bin/discern" "$@" | tee "$said"
  mkdir -p "$out"
  mv "$said" "$out/$name.txt"
}
part() { [[ " ${PARTS:-scores ddnet students paper 32} " == *" $1 "* ]]; }

once import-train import "$project" "$data/faces112" --role train --identities 'id01,id02,id03,id04,id05,id06,id07,id08'
once import-test  import "$project" "$data/faces112" --role test --identities 'id09,id10,id11'
once import-pool  import "$project" "$data/lfw-half" --role pool --format lfw --pairs "$data/lfw-half-pairs.txt" \
  --detect "$models/detect320.onnx" --landmarks "$models/landmark68.onnx" --face central
once extract      extract "$project" --model "$models/face512.onnx" --no-recipe-check
once role         role "$project" --set lfw-half --min-images 2 --role train
people=$(tail -n +2 "$data/same-people.csv" | cut -d, -f1 | sed 's|^|lfw-half/|' | paste -sd,)
once exclude      exclude "$project" --identity "$people"
once f112         protocol "$project" --name f112 --role test --size 1 --impostors 60000
once lfw45        protocol "$project" --name lfw45 --from lfw-half/lfw-half-pairs --folds 4,5
once test45       role "$project" --protocol lfw45 --role test
once score        score "$project"
once select       select "$project"

# DDL: centroids, the floor and templates, by what a head learns of the scores and how well templates of people that nobody saw match.
seen=downscale,gaussian-blur,darkness,occlusion unseen=motion-blur,jpeg,noise
compared() {  # compared NAME OPTIONS...: on each protocol, paired, at FAR 1e-3
  local name=$1 protocol; shift
  for protocol in clean seen unseen; do
    once "$name-$protocol" compare "$project" --protocol $protocol --far 0.001 --flips-far 0.001 --features-a face512 "$@"
  done
}
if part scores; then
  once clean     protocol "$project" --name clean --role test --size 3 --templates-per-identity 10 --seed 11
  for kinds in seen unseen; do
    once "$kinds" protocol "$project" --name $kinds --role test --size 3 --degraded 0.5 --kinds ${!kinds} --templates-per-identity 10 --seed 11
  done
  once extract-copies extract "$project" --model "$models/face512.onnx" --no-recipe-check
  once score-again    score "$project"
  once score-raw      score "$project" --name raw --lengths raw
  once score-low      score "$project" --name low --floor 0.0001
  once select-raw     select "$project" --name raw --lengths raw
  once head           train-head "$project" --kinds $seen
  once head-raw       train-head "$project" --kinds $seen --name head-raw --scores raw
  once predict-head     predict "$project" --model head --name head
  once predict-head-raw predict "$project" --model head-raw --name head-raw
  compared score-lengths   --scores-a head --scores-b head-raw --threshold-a 0.3
  compared average-lengths --scores-a head --aggregation-a average --lengths-a unit --lengths-b raw
  compared ddl-lengths     --scores-a head --threshold-a 0.3 --lengths-a unit --lengths-b raw
fi
# SKD: from the recommended student, one switch at a time; seed after seed, so that what is there is always paired.
student() {  # student NAME OPTIONS...
  local name=$1-$seed; shift
  once "$name" distil "$project" --name "$name" --seed "$seed" --teacher face512 --protocols lfw45,f112 "$@"
}
for seed in ${SEEDS:-1 2 3}; do
  s16="--size 16 --init-epochs ${FIRST:-20} --epochs ${REST:-25}" s32="--size 32 --init-epochs 12 --epochs 12"
  if part students; then
    student sc              --mode sc $s16
    student sc-published    --mode sc $s16 --target as-is --regression-weight 1
    student sc-no-fit       --mode sc $s16 --no-fit-mimic
    student sc-no-pool      --mode sc $s16 --no-pool
  fi
  if part paper; then student sc-paper --preset paper --mode sc $s16; fi
  if part students; then
    student s               --mode s  $s16
    student s-start-mode    --mode s  $s16 --start mode
    student sc-no-flip      --mode sc $s16 --no-flip
    student sc-regression-1 --mode sc $s16 --regression-weight 1
    student sc-validation-0 --mode sc $s16 --validation 0
    student sc-own-points   --mode sc $s16 --perturbed-points own
  fi
  if part 32; then
    student sc-32           --mode sc $s32
    student sc-32-paper     --preset paper --mode sc $s32
  fi
done

# DDNet, in a copy of the project where LFW's identities of four images and more learn, too: a small input and few epochs, since
# differences are asked for. Last, learners join the pool, so that only the images that are measured on are predicted.
if part ddnet; then
  [ -d "$project-ddnet" ] || cp -r "$project" "$project-ddnet"
  project=$project-ddnet out=$project-ddnet/exports/deviations
  once pool-again role "$project" --set lfw-half --role pool
  once role-4     role "$project" --set lfw-half --min-images 4 --role train
  once one        protocol "$project" --name one --role test --size 1 --degraded 1 --kinds $seen --impostors 10 --seed 31
  once extract-one extract "$project" --model "$models/face512.onnx" --no-recipe-check
  once score-4    score "$project"
  ddnet() {  # ddnet NAME OPTIONS...
    local name=$1-$seed; shift
    once "train-$name" train-ddnet "$project" --name "$name" --seed "$seed" --kinds $seen --size 32 "$@"
  }
  for seed in ${SEEDS:-1 2 3}; do
    ddnet copies-0        --epochs 4 --copies 0  # as many steps
    ddnet recommended     --epochs 2
    ddnet scale-originals --epochs 2 --target-scale originals
    ddnet validation-0    --epochs 2 --validation 0
  done
  once lfw-learned   role "$project" --set lfw-half --role pool
  once faces-learned role "$project" --identity id01,id02,id03,id04,id05,id06,id07,id08 --role pool
  for seed in ${SEEDS:-1 2 3}; do
    for name in copies-0 recommended scale-originals validation-0; do
      once "predict-$name-$seed" predict "$project" --model "$name-$seed" --name "$name-$seed"
    done
  done
  once agreement evaluate "$project" --protocol one --scores recommended-1 --bootstraps 0
fi
