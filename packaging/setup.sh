#!/usr/bin/env bash
# Installs what building and running needs, from Debian's own packages; does nothing where all of it is there.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

packages=(
  g++ cmake ninja-build ccache pkg-config git ca-certificates dpkg-dev
  libtorch-dev                       # LibTorch, CPU: 1.13 in Debian 12, 2.6 in 13
  libgloo-dev                        # training by several processes
  libopencv-dev                      # images, videos, ONNX
  libjpeg-dev libpng-dev libtiff-dev libwebp-dev  # decoding
  opencv-data                        # the face detector that needs no model
  libopenblas0-pthread               # Debian's libblas3 alone is ten times slower
  libfmt-dev nlohmann-json3-dev libtomlplusplus-dev libcli11-dev libsqlitecpp-dev libsqlite3-dev
  libboost-dev                       # Boost.Graph: the minimum cut
  zlib1g-dev                         # .npz files
  libmatio-dev                       # TinyFace's .mat files
  libhwy-dev                         # the code compiled for each instruction set
  libonnx-dev libonnx-testdata       # reading ONNX files, and ONNX's own tests of its operators
  libprotobuf-dev
  libgtest-dev libbenchmark-dev
  xvfb xauth fonts-dejavu-core
)
if [ "${DISCERN_UI:-ON}" = ON ]; then
  packages+=(qt6-base-dev qt6-svg-dev qt6-charts-dev qt6-l10n-tools libxkbcommon-dev libgl-dev libegl-dev
             qt6-qpa-plugins libqt6svg6
             qt6-translations-l10n   # Qt's own words in German: the buttons of its dialogs
             poppler-utils)          # tests look for the text of a report's PDF
  # Qt Charts asks for it; from Debian 13 on it is part of qt6-base-dev.
  grep -qs '^VERSION_ID="12"' /etc/os-release && packages+=(libqt6opengl6-dev)
fi

grep -qs '^VERSION_ID="12"' /etc/os-release && packages+=(clang-format-14)  # packaging/format.sh wants this very version

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  say "All ${#packages[@]} Debian packages are there"
else
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  mkdir -p build
  as_root apt-get update -qq >build/setup.log 2>&1 || { tail -n 20 build/setup.log; die "the package lists could not be fetched; is the network up?"; }
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >>build/setup.log 2>&1 ||
    { tail -n 20 build/setup.log; die "the packages could not be installed; the whole output is in build/setup.log"; }
fi

blas=$(readlink -f /usr/lib/*/libblas.so.3 2>/dev/null | head -n 1)
case "$blas" in
  *openblas*) ;;
  *) say "Note: libblas.so.3 is $blas, not OpenBLAS; matrix products will be slow (update-alternatives --config libblas.so.3-$(uname -m)-linux-gnu)" ;;
esac
