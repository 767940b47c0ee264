// MATLAB files: texts and whole numbers of them, or an Error.
#include "datasets/mat_file.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("x.mat", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] { datasets::MatFile(file).texts("probe_set"); });
  fuzz::readOrRefuse([&] { datasets::MatFile(file).wholes("probe_ids"); });
  return 0;
}
