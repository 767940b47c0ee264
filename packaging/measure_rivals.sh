#!/usr/bin/env bash
# The path against other ways to select, at the same number of faces kept, by the student that each trains: the table
# of docs/benchmarks.md. By default on the built-in faces (rendered, some badly, some under a wrong name) with the
# built-in recogniser. Steps resume. DISCERN_BIN, KEEP (share), SEEDS, SIZE, MODE, EPOCHS, INIT_EPOCHS ask for others.
#   packaging/measure_rivals.sh PROJECT [MODEL FEATURES]   # a prepared project: train and test identities, their features
set -e
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# -eq 1 ] || [ $# -eq 3 ] || die "usage: packaging/measure_rivals.sh PROJECT [MODEL FEATURES]"
project=$1 model=${2:-demo} features=${3:-demo}
bin=${DISCERN_BIN:-build/release/bin}
keep=${KEEP:-0.6} size=${SIZE:-16} mode=${MODE:-sc}
log="$project/exports/rivals"
once() {  # once NAME COMMAND...: skipped when a former call finished it; what it says is kept
  local said="$log/$1"; shift
  [ -e "$said" ] && return
  printf '$ discern %s\n' "$*"
  mkdir -p "$log"
  "$bin/discern" "$@" > "$said.part" || die "discern $1 failed: $said.part"
  mv "$said.part" "$said"
}

if [ $# -eq 1 ]; then
  "$bin/discern" info "$project" > /dev/null 2>&1 || {
    "$bin/discern" import "$project" synthetic-faces --name train --role train --count 80 --images 20 --seed 3
    "$bin/discern" import "$project" synthetic-faces --name test --role test --count 40 --images 10 --bad-share 0 --label-errors 0 --seed 4
  }
  once extract extract "$project" --model "$model" --name "$features"
fi
once score score "$project" --features "$features"
once pairs protocol "$project" --name rivals --role test --size 1 --impostors 20000
once path select "$project" --features "$features" --name path
methods=$("$bin/discern" reference | awk -F'|' '/^## /{on = /Selections/} on && $3 ~ /an order/ {gsub(/[` ]/, "", $2); print $2}')
for method in $methods; do once "$method" select "$project" --features "$features" --method "$method" --name "$method"; done

train() {  # train SELECTION SHARE SEED, or train all - SEED
  local how=(--mode "$mode" --selection "$1" --keep "$2")
  [ "$1" = all ] && how=(--mode dc)
  once "$1-$3" distil "$project" --size "$size" "${how[@]}" --seed "$3" --name "rival-$1-$3" --teacher "$features" \
    --init-epochs "${INIT_EPOCHS:-8}" --epochs "${EPOCHS:-12}" --protocols rivals
}
keepable=$(awk '/^ .*100\.0%/ {print $1; exit}' "$log/random")
for seed in ${SEEDS:-1 2 3}; do
  train all - "$seed"
  train path "$keep" "$seed"
  kept=$(sed -n "s/.*(selection 'path' keeps \([0-9]*\).*/\1/p" "$log/path-$seed")
  share=$(awk -v k="$kept" -v n="$keepable" 'BEGIN {printf "%.9g", k / n}')  # faces that enter together may be more
  for method in $methods; do train "$method" "$share" "$seed"; done
done

printf '| selection | faces | AUC, identity layer | AUC, mimic layer | accuracy on held-out images |\n| --- | --- | --- | --- | --- |\n'
for name in all path $methods; do
  cat "$log/$name"-[0-9]* | awk -v name="$name" '
    function told(sum, square, digits) {
      m = sum / n; return sprintf("%." digits "f +- %." digits "f", m, n > 1 ? sqrt((square - n * m * m) / (n - 1) + 1e-18) : 0) }
    /^student/ { n++; if (match($0, /keeps [0-9]+/)) faces = substr($0, RSTART + 6, RLENGTH - 6)
      if (match($0, /accuracy [0-9.]+/)) { a = substr($0, RSTART + 9, RLENGTH - 9); held += a; held2 += a * a } }
    /identity layer/ { match($0, /AUC [0-9.]+/); x = substr($0, RSTART + 4, RLENGTH - 4); i += x; i2 += x * x }
    /mimic layer/ { match($0, /AUC [0-9.]+/); x = substr($0, RSTART + 4, RLENGTH - 4); m1 += x; m2 += x * x }
    END { printf "| %s | %s | %s | %s | %s %% |\n", name, faces == "" ? "all" : faces, told(i, i2, 4), told(m1, m2, 4), told(held, held2, 1) }'
done
