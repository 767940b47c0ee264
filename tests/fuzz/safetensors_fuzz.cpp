// The header of a network's file.
#include "core/networks/safetensors_header.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("a.safetensors", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    const PlainFile open(file);
    const auto header = networks::readSafetensorsHeader(file, open);
    std::uint64_t bytes = 0;
    for (const auto& entry : header.entries) {
      std::uint64_t values = 1;
      for (const auto side : entry.shape) values *= static_cast<std::uint64_t>(side);
      if (values * networks::kSafetensorsTypes[entry.type].bytes != entry.end - entry.begin) std::abort();
      bytes += entry.end - entry.begin;
    }
    if (header.firstValue + bytes != size) std::abort();
  });
  return 0;
}
