// A folder that a test fills with tiny images and tables, and that is gone afterwards.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/registry.h"

namespace discern::datasets {

class DatasetTest : public ::testing::Test {
 protected:
  DatasetTest() {
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
  }
  ~DatasetTest() override { std::filesystem::remove_all(root_); }

  void write(const std::filesystem::path& file, const std::string& bytes) const {
    std::filesystem::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << bytes;
  }
  void writeImage(const std::filesystem::path& file, int width = 6, int height = 5) const {
    std::filesystem::create_directories((root_ / file).parent_path());
    ASSERT_TRUE(
        cv::imwrite((root_ / file).string(), cv::Mat(height, width, CV_8UC3, cv::Scalar(10, 20, 30))));
  }

  data::Dataset import(const std::filesystem::path& path, const std::string& format = "auto",
                       const LoadOptions& options = {}) const {
    Progress progress;
    return load(root_ / path, format, options, progress);
  }
  std::string errorOf(const std::filesystem::path& path, const std::string& format = "auto",
                      const LoadOptions& options = {}) const {
    try {
      import(path, format, options);
    } catch (const Error& e) {
      return e.what();
    }
    return "loaded";
  }

  // root/... of a sample, and of a problem's place
  std::string relative(const std::string& path) const {
    const std::string prefix = root_.string() + "/";
    return path.starts_with(prefix) ? path.substr(prefix.size()) : path;
  }
  // "identity: a.jpg b.jpg" for each identity
  std::vector<std::string> describe(const data::Dataset& dataset) const {
    std::vector<std::string> lines(dataset.identities.begin(), dataset.identities.end());
    for (auto& line : lines) line += ":";
    for (const auto& s : dataset.samples)
      lines.at(static_cast<std::size_t>(s.identity))
          .append(" ")
          .append(std::filesystem::path(s.image.file).filename().string());
    return lines;
  }
  // Whether a problem names that place and speaks of that.
  bool hasProblem(const data::Dataset& dataset, const std::string& where, const std::string& what) const {
    for (const auto& problem : dataset.problems)
      if (relative(problem.where).starts_with(where) && problem.what.find(what) != std::string::npos)
        return true;
    return false;
  }
  static std::string listProblems(const data::Dataset& dataset) {
    std::string text;
    for (const auto& problem : dataset.problems) text += problem.where + ": " + problem.what + "\n";
    return text;
  }

  const std::filesystem::path root_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string("discern_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace discern::datasets
