// Weights from Python.
#include "core/data/npz.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  static const fuzz::Folder folder;
  const auto file = folder.write("x.npz", fuzz::textOf(data, size));
  fuzz::readOrRefuse([&] {
    for (const auto& [name, array] : data::readNpz(file)) {
      std::int64_t count = 1;
      for (const auto side : array.shape) count *= side;
      if (count * array.elementBytes() != std::ssize(array.bytes)) __builtin_trap();
    }
  });
  fuzz::readOrRefuse([&] {
    for (const auto& [name, header] : data::listNpz(file))
      if (data::isTextType(header.type)) data::textsOf(data::readNpzArray(file, name));
  });
  return 0;
}
