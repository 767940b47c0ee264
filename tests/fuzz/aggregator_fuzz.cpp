// A trained aggregator's file, which may come with somebody else's project; what is read can run.
#include "core/training/aggregator.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("a.safetensors", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    aggregation::Options options;
    const auto network = training::loadAggregator(file).network;
    options.method = aggregation::methodOf(network.kind);
    options.network = std::make_shared<aggregation::GroupNetwork>(network);
    const data::Matrix rows(2, network.dims, 1);
    aggregation::aggregate(rows.view(), {{0, 1}}, {}, options);
  });
  return 0;
}
