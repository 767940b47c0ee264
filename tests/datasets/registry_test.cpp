#include <set>

#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {

class Registry : public DatasetTest {};

TEST_F(Registry, NamesAreUniqueAndFound) {
  std::set<std::string> names;
  for (const Format& format : formats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_EQ(&findFormat(format.name), &format);
    EXPECT_FALSE(format.help.empty()) << format.name;
    EXPECT_FALSE(format.title.empty()) << format.name;
    EXPECT_FALSE(format.example.empty()) << format.name;
    for (const FormatOption& option : format.options)
      EXPECT_FALSE(option.key.empty() || option.value.empty() || option.help.empty()) << format.name;
  }
  try {
    findFormat("coco");
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    for (const auto& name : names) EXPECT_TRUE(contains(e.what(), name)) << e.what();
  }
}

TEST_F(Registry, WhatIsUnknownIsExplained) {
  write("notes.txt", "x");
  EXPECT_TRUE(contains(errorOf("notes.txt"), "a folder per identity")) << errorOf("notes.txt");
  EXPECT_TRUE(contains(errorOf("gone"), "does not exist"));
  EXPECT_TRUE(contains(errorOf("gone", "folder"), "does not exist"));
  write("random.bin", "no pickle");
  EXPECT_TRUE(contains(errorOf("random.bin"), "no known layout"));
  write("other.csv", "a,b\n1,2\n");
  EXPECT_TRUE(contains(errorOf("other.csv"), "no known layout"));
}

TEST_F(Registry, OptionsThatNobodyReadsAreRefused) {
  writeImage("set/a/1.png");
  EXPECT_TRUE(contains(errorOf("set", "folder", {.extra = {{"pairs", "x"}}}), "option pairs"));
  EXPECT_TRUE(contains(errorOf("set", "lfw", {.extra = {{"paris", "x"}}}), "it knows: pairs"));
  EXPECT_TRUE(contains(errorOf("set", "folder", {.minImages = 0}), "min images 0"));
  EXPECT_TRUE(contains(errorOf("set", "folder", {.crop = data::Rect{0, 0, 0, 3}}), "crop 0 x 3"));
}

TEST_F(Registry, AFolderThatCannotBeLookedIntoIsNamed) {
  writeImage("set/a/1.png");
  std::filesystem::create_symlink("surveillance_cameras_distance_1",
                                  root_ / "set/surveillance_cameras_distance_1");
  EXPECT_TRUE(contains(errorOf("set"), "surveillance_cameras_distance_1: cannot be read")) << errorOf("set");
}

TEST_F(Registry, RelativePathsBecomeAbsolute) {
  writeImage("set/a/1.png");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(root_);
  Progress progress;
  const auto dataset = load("set/../set/.", "auto", {}, progress);
  std::filesystem::current_path(before);
  EXPECT_EQ(dataset.name, "set");
  EXPECT_EQ(dataset.samples.at(0).image.file, (root_ / "set/a/1.png").string());
}

}  // namespace
}  // namespace discern::datasets
