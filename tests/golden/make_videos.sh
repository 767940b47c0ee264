#!/usr/bin/env bash
# The files in tests/golden/videos, by FFmpeg 5.1: what OpenCV's writer cannot make. Frame n of the source shows n in
# eight columns of 16 pixels, the lowest bit at the left, and is shown at n / 25 s.
set -euo pipefail
cd "$(dirname "$0")/videos"
bits="geq=lum='255*mod(floor(N/pow(2,floor(X/16))),2)':cb=128:cr=128"
make() { # FILE SECONDS OPTIONS
  local file=$1 seconds=$2
  shift 2
  ffmpeg -v error -y -f lavfi -i "nullsrc=size=128x48:rate=25:duration=$seconds" "$@" \
    -pix_fmt yuv420p -fflags +bitexact -flags +bitexact -map_metadata -1 "$file"
}
# Every frame until 2 s, then each tenth: with B-frames, whose time stamps are not in the file's order.
make varying.mp4 8 -vf "$bits,select='lt(n,50)+not(mod(n,10))'" -vsync vfr -c:v libx264 -bf 2 -g 20
# Few frames first: by the mean rate, OpenCV thinks it is at the end long before.
make varying-late.mp4 8 -vf "$bits,select='gte(n,150)+not(mod(n,25))'" -vsync vfr -c:v libx264 -g 20
make steady.mp4 4 -vf "$bits" -c:v libx264 -bf 2 -g 20
ffmpeg -v error -y -i steady.mp4 -c copy -fflags +bitexact -metadata:s:v rotate=90 rotated.mp4
ffmpeg -v error -y -itsoffset 5 -i steady.mp4 -c copy -fflags +bitexact later.mkv
ffmpeg -v error -y -i steady.mp4 -c copy -fflags +bitexact stream.ts
ffmpeg -v error -y -f lavfi -i sine=duration=1 -c:a aac -b:a 16k -fflags +bitexact -flags +bitexact sound.mp4
ls -l
