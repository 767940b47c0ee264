// The headers of images, which are read before anything is decoded.
#include "core/imaging/image.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = discern::fuzz::textOf(data, size);
  const auto found = discern::imaging::probeSize(bytes);
  if (found.width < 0 || found.height < 0) __builtin_trap();
  discern::imaging::isSupported(discern::imaging::formatName(bytes));
  return 0;
}
