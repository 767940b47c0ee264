// A folder that is there whole or not at all.
#pragma once

#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "core/base/error.h"

namespace discern::rendering {

// The folder under its temporary name, removed with all in it unless it was kept.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(std::filesystem::path target) : target_(std::move(target)), path_(target_) {
    path_ += ".tmp";
    std::error_code error;
    std::filesystem::remove_all(path_, error);  // left by a run that was killed
    std::filesystem::create_directories(path_, error);
    if (error)
      fail("{} cannot be created: {}; choose a folder you may write to.", path_.string(), error.message());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!kept_) std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void keep() {
    std::error_code error;
    std::filesystem::rename(path_, target_, error);
    if (error) fail("{} cannot be renamed to {}: {}.", path_.string(), target_.string(), error.message());
    kept_ = true;
  }

 private:
  std::filesystem::path target_, path_;
  bool kept_ = false;
};

// Without the flush to disk of an atomic file: the whole folder is renamed into place at the end.
inline void writeImage(const std::filesystem::path& file, const std::vector<unsigned char>& bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) fail("{} cannot be written; check that the disk has room.", file.string());
}

}  // namespace discern::rendering
