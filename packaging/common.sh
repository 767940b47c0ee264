# Shared by the scripts beside it: where things are, what to say, how to build. Sourced, not run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

say() { printf '\n== %s\n' "$*"; }
die() { printf 'discern: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "this needs root to install packages: run it as root, or install sudo"; fi
}

# Prints every 20th step of a Ninja build and whatever the compiler complains about; the rest is in the log.
show_steps() {
  awk '/^\[[0-9]+\/[0-9]+\]/ { split(substr($1, 2), n, /[\/\]]/); if (n[1] % 20 == 0 || n[1] == n[2]) { print "  step " n[1] " of " n[2]; fflush() } next }
       /warning:|error:|FAILED/ { print; fflush() }'
}

build() {  # build PRESET [CMAKE OPTIONS]: configures and builds into build/PRESET
  local log="build/$1.log" jobs
  mkdir -p build
  jobs=$(nproc)
  say "Configuring ($1)"
  cmake --preset "$@" >"$log" 2>&1 || { tail -n 40 "$log"; die "configuring failed; the whole output is in $log"; }
  say "Building with $jobs jobs (minutes the first time; the log is $log)"
  set -o pipefail
  cmake --build --preset "$1" -j "$jobs" 2>&1 | tee -a "$log" | show_steps || { tail -n 40 "$log"; die "the build failed; the whole output is in $log"; }
  set +o pipefail
}
