// Delimited text, and that a field written is the field read.
#include "core/data/csv.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("x.csv", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    std::string again;
    const auto rows = data::readCsv(file);
    for (const auto& row : rows) {
      for (std::size_t i = 0; i < row.fields.size(); ++i)
        again += (i > 0 ? "," : "") + data::csvField(row.fields[i]);
      again += "\n";
    }
    const auto read = data::readCsv(folder.write("again.csv", again));
    if (read.size() > rows.size()) __builtin_trap();
  });
  return 0;
}
