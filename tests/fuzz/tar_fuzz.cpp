// A shard of a WebDataset, read in place.
#include "tests/fuzz/dataset_fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  folder.write("shard.tar", fuzz::textOf(data, size));
  fuzz::loadDataset(folder.path() / "shard.tar", "webdataset");
  return 0;
}
