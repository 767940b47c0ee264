// InsightFace's .bin: a pickle of encoded images and of what is a pair.
#include "tests/fuzz/dataset_fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  fuzz::loadDataset(folder.write("x.bin", fuzz::textOf(data, size)), "bin");
  return 0;
}
