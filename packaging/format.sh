#!/usr/bin/env bash
# Formats every C++ file, or with --check only says which are not. The format is that of clang-format 14, Debian 12's:
# other versions break a few lines elsewhere, so where it is missing nothing is said about the format.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
for tool in clang-format-14 clang-format; do
  command -v "$tool" >/dev/null && "$tool" --version | grep -q 'version 14\.' && break
  tool=
done
[ -n "$tool" ] || { say "Format not checked: clang-format 14 is not here"; exit 0; }
mapfile -t files < <(git ls-files '*.cpp' '*.h' 2>/dev/null || find app core datasets tests ui -name '*.cpp' -o -name '*.h')
[ "${1:-}" = --check ] || exec "$tool" -i "${files[@]}"
wrong=$("$tool" --dry-run "${files[@]}" 2>&1 | sed -n 's/^\([^:]*\):.*clang-format-violations.*/\1/p' | sort -u)
[ -z "$wrong" ] || die "not formatted (packaging/format.sh does it): $(echo $wrong)"
say "The format of ${#files[@]} files is right"
