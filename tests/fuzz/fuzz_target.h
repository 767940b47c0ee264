// What the fuzz targets share. Each is one file with LLVMFuzzerTestOneInput: with Clang's libFuzzer (preset
// fuzz) it is given what the fuzzer thinks of, in every other build what is in its corpus (replay.cpp).
#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace discern::fuzz {

// A folder for the files of a target, in memory where that is possible; gone when the process ends.
class Folder {
 public:
  Folder() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code ignored;
    const bool isThere = std::filesystem::is_directory(memory, ignored) && ::access("/dev/shm", W_OK) == 0;
    path_ = (isThere ? memory : std::filesystem::temp_directory_path()) /
            ("discern_fuzz_" + std::to_string(::getpid()));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, std::string_view bytes) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file;
  }

 private:
  std::filesystem::path path_;
};

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Inputs that stand for several files: they lie one behind the other, with this line between.
inline std::vector<std::string_view> partsOf(std::string_view bytes, std::size_t parts) {
  constexpr std::string_view kBetween = "\n====\n";
  std::vector<std::string_view> found;
  while (found.size() + 1 < parts) {
    const auto at = bytes.find(kBetween);
    if (at == std::string_view::npos) break;
    found.push_back(bytes.substr(0, at));
    bytes.remove_prefix(at + kBetween.size());
  }
  found.push_back(bytes);
  found.resize(parts);
  return found;
}

// The one way in which a parser may say no.
template <typename Action>
void readOrRefuse(const Action& action) {
  try {
    action();
  } catch (const Error&) {
  }
}

}  // namespace discern::fuzz
