// An operating point that travels as a file.
#include "core/analysis/carried_point.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  const std::string text(fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    // What was understood is understood again when it was written.
    const auto once = analysis::toJson(analysis::carriedPointFromJson(text, "it"));
    if (analysis::toJson(analysis::carriedPointFromJson(once, "it")) != once) __builtin_trap();
  });
  fuzz::readOrRefuse([&] { analysis::operatingPointFromJson(text); });
  return 0;
}
