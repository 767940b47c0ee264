#!/usr/bin/env bash
# Makes a bare Debian in a folder and runs packaging/test.sh, or another command, in a copy of this checkout there:
#   packaging/fresh.sh SUITE [FOLDER] [-- COMMAND...]     for example: packaging/fresh.sh trixie -- packaging/demo.sh
# SUITE is bookworm (Debian 12) or trixie (13). FOLDER is build/fresh/SUITE unless given; a system that is in it is used
# again, so delete it for a bare one. Packages come from the mirror that this machine's apt uses and are kept beside it.
# With CCACHE_DIR set, that cache is shared. Needs root, on a Debian.
set -e
start=$PWD
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
set -o pipefail
usage="usage: packaging/fresh.sh bookworm|trixie [FOLDER] [-- COMMAND...]"

suite=${1:-}
[[ "$suite" =~ ^[a-z]+$ ]] || die "$usage"
shift
folder=$root/build/fresh/$suite
if [ $# -gt 0 ] && [ "$1" != -- ]; then
  folder=$(cd "$start" && realpath -m "$1")
  shift
fi
[ $# -eq 0 ] || [ "$1" = -- ] || die "$usage"
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- packaging/test.sh
[ "$(id -u)" = 0 ] || die "a system of its own needs root: run this with sudo"
debs=$folder.debs

make_system() {
  command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
  local mirror
  mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' | awk '$1 == "Debian" && !found { print $2; found = 1 }')
  [ -n "$mirror" ] || die "this machine's apt knows no Debian mirror: run apt-get update, on a Debian"
  say "Making a bare $suite in $folder"
  mkdir -p "$debs/partial"
  debootstrap --variant=minbase --cache-dir="$debs" "$suite" "$folder.part" "$mirror" >"$folder.log" 2>&1 ||
    { tail -n 20 "$folder.log"; rm -rf "$folder.part"; die "debootstrap failed; the whole output is in $folder.log"; }
  echo force-unsafe-io >"$folder.part/etc/dpkg/dpkg.cfg.d/90fresh"  # nobody misses it after a power cut
  apt-config dump | grep -E '^Acquire::(https?|ftp)::(Proxy|Verify)' >"$folder.part/etc/apt/apt.conf.d/90host" || true
  mv "$folder.part" "$folder"
}

copy_checkout() {
  local there=$folder/discern
  mkdir -p "$there"
  find "$there" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
  comm -z -23 <(git ls-files -z | sort -zu) <(git ls-files -zd | sort -zu) | tar -c --null -T - | tar -x -C "$there" --no-same-owner
  cp -L /etc/resolv.conf /etc/hosts "$folder/etc/"
}

run_inside() {  # the mounts are in a namespace of their own and end with it
  local kept
  mapfile -t kept < <(env | grep -E '^(OPENBLAS_[A-Z0-9]*|https?_proxy|no_proxy|TERM)=')
  mkdir -p "$folder/ccache" "$debs/partial"
  # shellcheck disable=SC2016
  unshare --mount --pid --fork --kill-child bash -ec '
    folder=$1 debs=$2 ccache=$3; shift 3
    mount --bind "$folder" "$folder"
    mount -t proc proc "$folder/proc"
    mount --rbind /dev "$folder/dev"
    mount --bind "$debs" "$folder/var/cache/apt/archives"
    [ -z "$ccache" ] || mount --bind "$ccache" "$folder/ccache"
    exec chroot "$folder" env -i "$@"' - "$folder" "$debs" "${CCACHE_DIR:-}" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 CCACHE_DIR=/ccache "${kept[@]}" \
    bash -c 'cd /discern && exec "$@"' - "$@"
}

main() {
  [ -e "$folder/etc/debian_version" ] && say "Using the system in $folder; delete it for a bare one" || make_system
  copy_checkout
  say "In $suite: $*"
  run_inside "$@" </dev/null
}

# Passes everything on and says at the end how long each heading took.
with_times() {
  local line heading= since=0 times=()
  take() { [ -z "$heading" ] || times+=("$(printf '%4d min %02d s  %s' $(((SECONDS - since) / 60)) $(((SECONDS - since) % 60)) "${heading:0:90}")"); }
  while IFS= read -r line; do
    [[ "$line" != "== "* ]] || { take; heading=${line#== } since=$SECONDS; }
    printf '%s\n' "$line"
  done
  take
  printf '\n'
  printf '%s\n' "${times[@]}"
}

mkdir -p "$(dirname "$folder")"
main "$@" 2>&1 | with_times
