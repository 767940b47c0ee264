#!/usr/bin/env bash
# Builds engine, command line and, where Qt 6 is, the window against a LibTorch 2.x with CUDA and runs the gpu tests. See gpu.md.
set -e
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# -eq 1 ] || die "usage: packaging/gpu.sh FOLDER, where FOLDER is an unpacked LibTorch or torch.utils.cmake_prefix_path"
[ -d "$1" ] || die "$1: there is no such folder"
pkg-config --exists Qt6Widgets Qt6Svg Qt6Charts Qt6Test && window=ON || window=OFF
window=${DISCERN_UI:-$window}
# A PyTorch package's CMake files stand two folders below its libraries; without those on the path Debian's own LibTorch
# would be linked under its headers.
prefix=$1
[ -e "$1/../../lib/libtorch.so" ] && prefix="$(realpath "$1/../..");$1"
say "Configuring against the LibTorch in $1, window $window"
cmake -S . -B build/gpu -G Ninja -DCMAKE_BUILD_TYPE=Release -DDISCERN_UI="$window" -DDISCERN_BENCHMARKS=OFF \
      -DCMAKE_PREFIX_PATH="$prefix;${CMAKE_PREFIX_PATH:-}"
say "Building with $(nproc) jobs"
set -o pipefail
cmake --build build/gpu -j "$(nproc)" 2>&1 | show_steps
say "Testing on the GPU (skipped where there is none)"
ctest --test-dir build/gpu -L gpu --output-on-failure
say "Try: build/gpu/bin/discern extract PROJECT --model MODEL.pt --device cuda"
