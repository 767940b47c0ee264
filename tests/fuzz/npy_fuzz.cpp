// Feature files.
#include "core/data/npy.h"
#include "core/data/npy_rows.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("x.npy", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    const data::MappedNpy mapped(file);
    const auto view = mapped.view();
    double sum = 0;
    for (std::int64_t r = 0; r < std::min<std::int64_t>(view.rows, 100'000); ++r)
      for (const float value : view.row(r)) sum += value;
    volatile double used = sum;
    (void)used;
  });
  fuzz::readOrRefuse([&] {
    const data::NpyRows rows(file);
    if (rows.rows() == 0 || rows.cols() > 1'000'000) return;
    std::vector<float> row(static_cast<std::size_t>(rows.cols()));
    for (const auto r : {std::int64_t{0}, rows.rows() - 1}) rows.read(r, 1, row.data());
  });
  return 0;
}
