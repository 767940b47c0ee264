#!/usr/bin/env bash
# Makes the small project that every later version must open (tests/app/golden_project_test.cpp): a bit of everything a
# project can hold but a network's checkpoint. Run once for a schema version, with the program that introduced it:
#   tests/golden/make_project.sh build/release/bin/discern tests/golden/project-v2
set -e
[ $# -eq 2 ] || { echo "usage: tests/golden/make_project.sh DISCERN FOLDER" >&2; exit 1; }
discern=$(realpath "$1"); target=$(realpath -m "$2")
[ ! -e "$target" ] || { echo "$target is there already" >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
p=$work/golden.discern
faces() { "$discern" import "$p" synthetic-faces --label-errors 0 --seed 11 "$@"; }

faces --name people --role train --first-identity 100 --count 5 --images 3
faces --name strangers --role test --first-identity 200 --count 3 --images 4
faces --name crowd --role pool --first-identity 300 --count 2 --images 1
# Two faces that say where they are, what a detector thought, and which medium they came from.
mkdir "$p/images/placed"
cp "$p/images/people/0101/000.jpg" "$p/images/placed/crop.jpg"
cp "$p/images/people/0102/000.jpg" "$p/images/placed/points.jpg"
cat >"$work/placed.csv" <<CSV
template,identity,path,media,detector_score,x,y,width,height,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5
first,kim,$p/images/placed/crop.jpg,video 1,0.75,10,12,90,90,,,,,,,,,,
second,kim,$p/images/placed/points.jpg,video 2,0.5,,,,,38.5,51.5,73.5,51.5,56,71.5,41.5,92.5,70.5,92.5
CSV
"$discern" import "$p" "$work/placed.csv" --format templates --name placed --role test
"$discern" extract "$p" --model demo --no-recipe-check
"$discern" protocol "$p" --name "templates of 2" --size 2 --degraded 0.5 --templates-per-identity 2 --seed 5
"$discern" extract "$p" --model demo --no-recipe-check
"$discern" merge "$p" --from people/0105 --into people/0104
"$discern" exclude "$p" --identity people/0103
"$discern" score "$p"
"$discern" score "$p" --method norm
"$discern" train-head "$p"
"$discern" predict "$p" --model head --name head
"$discern" select "$p"
"$discern" tsne "$p" --iterations 50
"$discern" evaluate "$p" --protocol "templates of 2" --scores head --bootstraps 20 --far 1e-1
# Decisions, the last of them taken back; none that changes a score.
"$discern" mark "$p" --samples 0 --leave-out templates --tag "dark,profile"
"$discern" mark "$p" --samples 16 --verdict wrong --note "not a face"
"$discern" mark "$p" --samples 17 --move-to strangers/0202
"$discern" mark "$p" --undo
"$discern" sweep "$p" --protocol "templates of 2" --scores dscore --thresholds 5 --far 1e-1
# Two frames of a video, which nothing was made of yet.
mkdir -p "$p/images/walks/lee"
cp "$(dirname "$0")/videos/steady.mp4" "$p/images/walks/lee/walk.mp4"
"$discern" import "$p" "$p/images/walks" --format videos --name walks --role pool --option fps=1,most=2

rm -f "$p/project.lock"
/usr/bin/python3 - "$p/project.sqlite" <<'PYTHON'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
# What the window keeps, and nothing of the machine that this ran on.
db.executemany("INSERT OR REPLACE INTO settings VALUES(?,?)", [
    ("threshold", "0.25"), ("score_table", "dscore"), ("feature_table", "demo"), ("protocol", "templates of 2"),
    ("selection/name", "selection"), ("selection/map", "tsne"), ("selection/lambda", "-1.5")])
work = sys.argv[1].rsplit("/", 2)[0]
for inside in (work + "/golden.discern/", work + "/"):
    db.execute("UPDATE runs SET pid = 1, options = replace(options, :p, ''), result = replace(result, :p, '')", {"p": inside})
db.execute("UPDATE feature_tables SET model = 'demo'")
# Curves, which the trainings left out here would have brought; a NaN is NULL.
db.executemany("INSERT INTO metrics VALUES(12, 'train/loss', ?, ?)", [(1, 0.5), (2, 0.25), (3, None)])
db.commit()
for small in ("journal_mode = DELETE", "page_size = 1024"):
    db.execute("PRAGMA " + small)
db.execute("VACUUM")
db.execute("PRAGMA journal_mode = WAL")
db.close()
PYTHON
rm -f "$p"/project.sqlite-*
if grep -rIl -e "$work" -e "$HOME" "$p" || strings "$p/project.sqlite" | grep -e "$work" -e "$HOME/" -e "$(hostname)"; then
  echo "a path of this machine is in it" >&2; exit 1
fi
mkdir -p "$(dirname "$target")"
cp -r "$p" "$target"
find "$target" -type d -empty -delete
du -sh "$target"
