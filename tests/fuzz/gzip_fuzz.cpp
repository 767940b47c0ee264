// A packed shard of a WebDataset, unpacked and read.
#include "tests/fuzz/dataset_fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  folder.write("shard.tar.gz", fuzz::textOf(data, size));
  std::filesystem::remove_all(folder.path() / "unpacked");
  datasets::LoadOptions options;
  options.unpackTo = folder.path() / "unpacked";
  fuzz::loadDataset(folder.path() / "shard.tar.gz", "webdataset", options);
  return 0;
}
