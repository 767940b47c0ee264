// The look at the pickles of a TorchScript archive before LibTorch reads them.
#include "core/features/internal/torch_pickle.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  fuzz::readOrRefuse([&] {
    features::checkTorchPickle(fuzz::textOf(data, size), "it", [](const std::string&) { return 4096; });
  });
  return 0;
}
