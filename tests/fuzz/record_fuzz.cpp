// InsightFace's train.rec and train.idx, in one input.
#include "tests/fuzz/dataset_fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto parts = fuzz::partsOf(fuzz::textOf(data, size), 2);
  folder.write("train.idx", parts[0]);
  folder.write("train.rec", parts[1]);
  fuzz::loadDataset(folder.path(), "rec");
  return 0;
}
