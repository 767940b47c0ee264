#include "core/base/found_lines.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/files.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

class FoundLinesTest : public ::testing::Test {
 protected:
  FoundLinesTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~FoundLinesTest() override { fs::remove_all(folder_); }

  const fs::path folder_ = fs::path(::testing::TempDir()) / ("discern_found_" + std::to_string(::getpid()));
  const fs::path file_ = folder_ / "found.jsonl";
};

TEST_F(FoundLinesTest, WhatWasFoundIsThereAtTheNextStart) {
  {
    FoundLines lines(file_, "one");
    EXPECT_TRUE(lines.isEmpty());
    lines.add("a", {1.5, 2});
    lines.add("b", "text");
  }
  {
    FoundLines lines(file_, "one");
    EXPECT_FALSE(lines.isEmpty());
    EXPECT_EQ(lines.find("a"), json({1.5, 2}));
    lines.add("c", 3);
  }
  const FoundLines lines(file_, "one");
  EXPECT_EQ(lines.find("b"), json("text"));
  EXPECT_EQ(lines.find("c"), json(3));
  EXPECT_TRUE(lines.find("d").is_discarded());
}

TEST_F(FoundLinesTest, WhatWasFoundInAnotherWayIsForgotten) {
  FoundLines(file_, "one").add("a", 1);
  EXPECT_TRUE(FoundLines(file_, "two").isEmpty());
  EXPECT_TRUE(FoundLines(file_, "one").isEmpty());
}

TEST_F(FoundLinesTest, DamagedLinesArePassedOver) {
  FoundLines(file_, "one").add("a", 1);
  std::ofstream(file_, std::ios::app) << "no line\n[]\n"
                                      << R"({"of":"b"})"
                                      << "\n"
                                      << R"({"of":"c","fou)";
  {
    FoundLines lines(file_, "one");
    EXPECT_EQ(lines.find("a"), json(1));
    EXPECT_TRUE(lines.find("b").is_discarded()) << "it says nothing";
    EXPECT_TRUE(lines.find("c").is_discarded());
    lines.add("c", 2);
  }
  EXPECT_EQ(FoundLines(file_, "one").find("c"), json(2)) << "it does not follow half a line";
}

TEST_F(FoundLinesTest, KeepsNothingWithoutAFileAndNoKeyThatIsNoText) {
  FoundLines nowhere({}, "one");
  nowhere.add("a", 1);
  EXPECT_TRUE(fs::is_empty(folder_));
  {
    FoundLines lines(file_, "one");
    lines.add("\xff", 1);
    lines.add("b", 2);
  }
  const FoundLines lines(file_, "one");
  EXPECT_TRUE(lines.find("\xff").is_discarded());
  EXPECT_EQ(lines.find("b"), json(2));
}

TEST_F(FoundLinesTest, AFileThatIsWrittenAnewHasAnotherStamp) {
  writeFileAtomically(file_, "four");
  const std::string before = sizeAndTime(file_);
  EXPECT_EQ(sizeAndTime(file_), before);
  fs::last_write_time(file_, fs::last_write_time(file_) + std::chrono::seconds(1));
  EXPECT_NE(sizeAndTime(file_), before) << "as long, but later";
  EXPECT_NE(sizeAndTime(folder_ / "gone"), before);
}

}  // namespace
}  // namespace discern
