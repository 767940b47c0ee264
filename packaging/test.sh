#!/usr/bin/env bash
# Installs, builds and passes every test. Works in an empty checkout, and again.
set -e
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
bash packaging/setup.sh
bash packaging/format.sh --check
build release -DCMAKE_COMPILE_WARNING_AS_ERROR=ON
say "Testing"
ctest --preset release -j 2 --output-on-failure "$@"
