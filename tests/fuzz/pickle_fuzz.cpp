// Python pickles, of which data alone is read.
#include "datasets/pickle.h"
#include "tests/fuzz/fuzz_target.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace discern;
  const auto bytes = fuzz::textOf(data, size);
  fuzz::readOrRefuse([&] {
    const auto document = datasets::pickle::parse(bytes, "x");
    for (std::size_t v = 0; v < document.values.size(); ++v) {
      for (const int item : document.values[v].items)
        if (item < 0 || item >= std::ssize(document.values)) __builtin_trap();
      const auto* value = document.bytesOf(static_cast<int>(v));
      if (!value) continue;
      if (value->offset < 0 || value->length < 0 || value->offset + value->length > std::ssize(bytes))
        __builtin_trap();
      fuzz::readOrRefuse([&] {
        const auto part =
            bytes.substr(static_cast<std::size_t>(value->offset), static_cast<std::size_t>(value->length));
        datasets::pickle::decodeLatin1(part, "x");
      });
    }
  });
  // As features are read: with dictionaries, and lists of numbers alone.
  fuzz::readOrRefuse([&] {
    const auto document =
        datasets::pickle::parse(bytes, "x", {.expected = "", .dictionaries = true, .numbers = true});
    if (document.root < 0 || document.root >= std::ssize(document.values)) __builtin_trap();
    for (std::size_t v = 0; v < document.values.size(); ++v) {
      for (const int item : document.values[v].items)
        if (item < 0 || item >= std::ssize(document.values)) __builtin_trap();
      datasets::pickle::numbersOf(bytes, document, static_cast<int>(v));
    }
  });
  return 0;
}
