#!/usr/bin/env bash
# Fuzzes the parsers one after the other, each for so many seconds: packaging/fuzz.sh [SECONDS [TARGET...]]
# Builds them with Clang first (clang and libclang-rt-14-dev, on Debian 13 libclang-rt-19-dev). What the fuzzer found to
# be worth keeping stays in build/fuzz/corpus, an input that fails is in build/fuzz/findings: put it into
# tests/fuzz/corpus/TARGET, where every build's tests replay it, and mend the parser.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
seconds=${1:-600}
shift
command -v clang++ >/dev/null || die "clang++ is not here; install clang and libclang-rt-14-dev (Debian 13: libclang-rt-19-dev)"
build fuzz
cd build/fuzz || exit 1
bin/fuzz_seeds seeds || die "the seeds could not be made"
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cd bin && ls -- *_fuzz | sed 's/_fuzz$//')
failed=()
for target in "${targets[@]}"; do
  mkdir -p "corpus/$target" "findings/$target"
  known=(); [ -d "$root/tests/fuzz/corpus/$target" ] && known=("$root/tests/fuzz/corpus/$target")
  say "$target, $seconds s (the log is build/fuzz/$target.log)"
  ASAN_OPTIONS=allocator_may_return_null=1:detect_odr_violation=0 \
    "bin/${target}_fuzz" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -print_final_stats=1 \
    -artifact_prefix="findings/$target/" "corpus/$target" "seeds/$target" "${known[@]}" >"$target.log" 2>&1 ||
    failed+=("$target")
  grep -E 'number_of_executed_units|SUMMARY|ERROR: |cov: ' "$target.log" | tail -n 3
done
[ ${#failed[@]} -eq 0 ] || die "an input fails: ${failed[*]}; see build/fuzz/findings"
