// A feature head's file, which may come with somebody else's project.
#include "core/training/feature_head.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("head.json", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    const auto head = training::loadFeatureHead(file);
    training::saveFeatureHead(folder.path() / "again.json", head, "{}");
    if (training::loadFeatureHead(folder.path() / "again.json").weight.size() != head.weight.size())
      __builtin_trap();
  });
  return 0;
}
