#!/usr/bin/env bash
# Builds engine, command line and, where Qt 6 is, the window against a LibTorch 2.x with CUDA and runs the gpu tests. See gpu.md.
set -e
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
[ $# -eq 1 ] || die "usage: packaging/gpu.sh FOLDER, where FOLDER is an unpacked LibTorch or torch.utils.cmake_prefix_path"
[ -d "$1" ] || die "$1: there is no such folder"
pkg-config --exists Qt6Widgets Qt6Svg Qt6Charts Qt6Test && window=ON || window=OFF
window=${DISCERN_UI:-$window}
# Its own folder alone: on the search path stand headers of other libraries (protobuf) that a LibTorch brings, and
# behind Debian's own libtorch.so, which would be linked under the other's headers.
config=$(find -L "$1" -maxdepth 4 -name TorchConfig.cmake -print -quit)
[ -n "$config" ] || die "$1: holds no TorchConfig.cmake; an unpacked LibTorch or torch.utils.cmake_prefix_path was expected"
torch=$(realpath "$(dirname "$config")/../../..")
say "Configuring against the LibTorch in $torch, window $window"
cmake -S . -B build/gpu -G Ninja -DCMAKE_BUILD_TYPE=Release -DDISCERN_UI="$window" -DDISCERN_BENCHMARKS=OFF \
      -DTorch_DIR="$(dirname "$config")" -DCaffe2_DIR="$(dirname "$config")/../Caffe2" \
      -DTORCH_LIBRARY="$torch/lib/libtorch.so" -Dc10_LIBRARY="$torch/lib/libc10.so"
say "Building with $(nproc) jobs"
set -o pipefail
cmake --build build/gpu -j "$(nproc)" 2>&1 | show_steps
say "Testing on the GPU (skipped where there is none)"
ctest --test-dir build/gpu -L gpu --output-on-failure
say "Try: build/gpu/bin/discern extract PROJECT --model MODEL.pt --device cuda"
