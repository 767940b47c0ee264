// A named pipe in the place of every file that an import opens: the import ends, and says which.
#include "tests/core/base/special_files.h"

#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class SpecialFiles : public DatasetTest {
 protected:
  void pipe(const fs::path& file) const {
    fs::create_directories((root_ / file).parent_path());
    test::makePipe(root_ / file);
  }
  const test::Alarm alarm_;
};

TEST_F(SpecialFiles, AnImageThatIsAPipeOrADeviceIsLeftOut) {
  for (const char* file : {"set/a/1.png", "set/a/2.png", "set/b/1.png", "set/b/2.png"}) writeImage(file);
  pipe("set/a/1.png");
  fs::create_symlink("/dev/zero", root_ / "set/b/endless.png");
  const auto dataset = import("set");
  EXPECT_EQ(dataset.samples.size(), 3U);
  EXPECT_TRUE(hasProblem(dataset, "set/a/1.png", "is a named pipe")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "set/b/endless.png", "is a device")) << listProblems(dataset);
}

TEST_F(SpecialFiles, TablesBesideImages) {
  for (const char* file : {"set/a/1.png", "set/b/1.png"}) writeImage(file);
  pipe("set/groups.csv");
  EXPECT_TRUE(contains(errorOf("set"), "groups.csv: is a named pipe")) << errorOf("set");

  writeImage("uccs/gallery_images/0001/0001_0.png", 30, 20);
  pipe("uccs/gallery.csv");
  EXPECT_TRUE(contains(errorOf("uccs", "uccs"), "gallery.csv: is a named pipe")) << errorOf("uccs", "uccs");
  errorOf("uccs");  // ends, whatever it is taken for

  fs::create_symlink("/dev/zero", root_ / "uccs/validation.csv");
  fs::remove(root_ / "uccs/gallery.csv");
  EXPECT_TRUE(contains(errorOf("uccs", "uccs"), "validation.csv: is a device")) << errorOf("uccs", "uccs");

  pipe("umd/umdfaces_batch1_ultraface.csv");
  EXPECT_NE(errorOf("umd", "umdfaces"), "loaded");
  errorOf("umd");
}

TEST_F(SpecialFiles, EveryFormatThatIsOneFile) {
  for (const char* file : {"set.csv", "set.bin", "set.rec", "rec/train.rec", "scface/landmarks.txt"})
    pipe(file);
  for (const char* path : {"set.csv", "set.bin", "set.rec", "rec", "scface", "set.csv"})
    for (const Format& format : formats())
      EXPECT_NE(errorOf(path, format.name), "loaded") << path << format.name;
  for (const char* path : {"set.csv", "set.bin", "set.rec", "rec", "scface"})
    EXPECT_NE(errorOf(path), "loaded") << path;
  write("half/train.rec", std::string(64, 'x'));
  pipe("half/train.idx");
  EXPECT_NE(errorOf("half"), "loaded");
}

TEST_F(SpecialFiles, WhatAnOptionNames) {
  for (const char* file : {"set/a/1.png", "set/b/1.png"}) writeImage(file);
  pipe("pairs.txt");
  LoadOptions options;
  for (const char* key : {"pairs", "landmarks"}) options.extra[key] = (root_ / "pairs.txt").string();
  for (const Format& format : formats()) {
    LoadOptions known = options;
    std::erase_if(known.extra, [&](const auto& option) {
      return std::ranges::find(format.options, option.first, &FormatOption::key) == format.options.end();
    });
    if (known.extra.empty()) continue;
    EXPECT_NE(errorOf("set", format.name, known), "loaded") << format.name;
  }
}

}  // namespace
}  // namespace discern::datasets
