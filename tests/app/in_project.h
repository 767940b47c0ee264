// The real `discern` on one project, in a folder that goes with the test.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/app/command_runner.h"

namespace discern::test {

class InProject : public ::testing::Test {
 protected:
  // name: of the folder, beside this process's number.
  explicit InProject(const std::string& name)
      : folder_(std::filesystem::temp_directory_path() / (name + "_" + std::to_string(::getpid()))),
        project_(folder_ / "p.discern") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~InProject() override { std::filesystem::remove_all(folder_); }

  // The job's result; its name comes first, the project behind it.
  nlohmann::json done(const std::vector<std::string>& arguments) {
    auto words = withProject(arguments);
    words.emplace_back("--json");
    const auto ran = run(words);
    EXPECT_EQ(ran.exit, 0) << arguments.front() << ": " << ran.out << ran.err;
    return ran.event("result");
  }
  std::string error(const std::vector<std::string>& arguments) { return run(withProject(arguments)).err; }

  const std::filesystem::path folder_;
  const std::string project_;

 private:
  std::vector<std::string> withProject(std::vector<std::string> words) const {
    words.insert(words.begin() + 1, project_);
    return words;
  }
};

}  // namespace discern::test
