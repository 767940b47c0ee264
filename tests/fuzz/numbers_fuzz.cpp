// Lists and tables of features and scores.
#include "datasets/number_rows.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("x.csv", fuzz::textOf(data, size)).string();
  Progress progress;
  const auto use = [](const data::NumberRows& rows) {
    if (!rows.paths.empty() && std::ssize(rows.paths) != rows.rows) __builtin_trap();
    if (!rows.labels.empty() && std::ssize(rows.labels) != rows.rows) __builtin_trap();
    std::vector<float> values(static_cast<std::size_t>(rows.rows * rows.cols));
    rows.read(0, rows.rows, values.data());
  };
  fuzz::readOrRefuse([&] { use(datasets::readFeatureRows({.file = file}, progress)); });
  fuzz::readOrRefuse([&] { use(datasets::readScoreRows({.file = file}, progress)); });
  fuzz::readOrRefuse([&] { datasets::readPathList(file); });
  return 0;
}
