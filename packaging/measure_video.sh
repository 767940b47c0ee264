#!/usr/bin/env bash
# A video of half an hour: how fast it is decoded beside FFmpeg itself, and what importing, scoring and looking at it
# take. docs/benchmarks.md has the figures.
#
#   packaging/measure_video.sh FACES MODEL DETECTOR [LANDMARKS]
#
# FACES: a folder a person. Of the first one a video of 30 minutes is made in build/video, of four more one of a minute
# each: their pictures wander over FFmpeg's test picture. It is made once. Needs ffmpeg and /usr/bin/time.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# -ge 3 ] || { sed -n '2,10s/^# \?//p' "${BASH_SOURCE[0]}"; exit 2; }
faces=$1 model=$2 detector=$3 landmarks=${4:-}
bin=${BIN:-build/release/bin}
set=build/video/set
mkdir -p build/video

make_video() { # FOLDER SECONDS FILE
  local list=build/video/list.txt picture
  [ -e "$3" ] && return
  mkdir -p "$(dirname "$3")"
  for picture in "$1"/*; do printf "file '%s'\nduration 1.5\n" "$(realpath "$picture")"; done >"$list"
  ffmpeg -v error -y -f lavfi -i "testsrc=size=640x360:rate=25" -stream_loop -1 -f concat -safe 0 -i "$list" \
    -filter_complex "[1:v]scale=200:200,fps=25[f];[0:v][f]overlay=x='220+180*sin(t*0.7)':y='80+70*cos(t*0.9)'" \
    -t "$2" -c:v libx264 -preset ultrafast -pix_fmt yuv420p "$3.part.mp4"
  mv "$3.part.mp4" "$3"
}
people=("$faces"/*/)
make_video "${people[0]}" 1800 "$set/$(basename "${people[0]}")/long.mp4"
for person in "${people[@]:1:4}"; do make_video "$person" 60 "$set/$(basename "$person")/short.mp4"; done
long=$(echo "$set"/*/long.mp4)

say "Decoding"
ffmpeg -nostdin -v info -benchmark -i "$long" -f null - 2>&1 | tr '\r' '\n' | grep -E '^(frame=|bench: u)' | tail -n 2
echo "to BGR:"
ffmpeg -nostdin -v info -benchmark -i "$long" -pix_fmt bgr24 -f null - 2>&1 | tr '\r' '\n' | grep -E '^(frame=|bench: u)' | tail -n 2
/usr/bin/time -f "%e s, %U s of processor time" "$bin/video_benchmark" "$long"

say "Import, features, scores"
rm -rf build/video/project.discern
timed() { /usr/bin/time -f "  %e s, %U s of processor time, %M KB at most" "$@" 2>&1 | tail -n 2; }
timed "$bin/discern" import build/video/project.discern "$set" --role test --detect "$detector" ${landmarks:+--landmarks "$landmarks"}
timed "$bin/discern" extract build/video/project.discern --model "$model"
timed "$bin/discern" score build/video/project.discern
say "The window, every page"
QT_QPA_PLATFORM=offscreen timed "$bin/discern-workbench" build/video/project.discern --screenshots build/video/pages
