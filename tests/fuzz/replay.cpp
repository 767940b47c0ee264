// A fuzz target without a fuzzer: files, and folders of them, are given to it one after the other.
#include <cstdio>
#include <filesystem>

#include "core/base/files.h"
#include "tests/fuzz/fuzz_target.h"

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  int inputs = 0;
  const auto replay = [&](const fs::path& file) {
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);  // the last one is to blame
    const std::string bytes = discern::readFile(file);
    // A copy of exactly that length, so that a sanitizer sees any reading beyond it.
    const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
    LLVMFuzzerTestOneInput(input.data(), input.size());
    ++inputs;
  };
  for (int i = 1; i < argc; ++i) {
    if (!fs::is_directory(argv[i])) {
      replay(argv[i]);
      continue;
    }
    for (const auto& entry : fs::directory_iterator(argv[i])) replay(entry.path());
  }
  std::printf("%d inputs\n", inputs);
  return inputs > 0 ? 0 : 1;
}
