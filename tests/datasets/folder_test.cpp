#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

class Folder : public DatasetTest {};

TEST_F(Folder, IdentitiesAndImagesInOrderWithAnyExtension) {
  for (const char* file : {"set/ben/2.png", "set/ben/1.JPG", "set/anna/x.bmp", "set/anna/y.Jpeg",
                           "set/anna/z.webp", "set/anna/w.tif", "set/ben/3.pgm"}) {
    const fs::path lower = fs::path(file).replace_extension(".png");
    writeImage(lower);
    if (lower != file) fs::rename(root_ / lower, root_ / file);
  }
  const auto dataset = import("set");
  EXPECT_EQ(dataset.format, "folder");
  EXPECT_EQ(dataset.name, "set");
  EXPECT_EQ(describe(dataset), (Lines{"anna: w.tif x.bmp y.Jpeg z.webp", "ben: 1.JPG 2.png 3.pgm"}));
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  EXPECT_TRUE(dataset.protocols.empty());
  for (const auto& sample : dataset.samples) {
    EXPECT_TRUE(fs::path(sample.image.file).is_absolute());
    EXPECT_FALSE(sample.image.crop.has_value());
  }
  EXPECT_EQ(import("set/").name, "set");  // a trailing slash
}

TEST_F(Folder, UnusableImagesAreLeftOutAndNamed) {
  writeImage("set/a/1.png");
  writeImage("set/a/2.png");
  writeImage("set/b/1.png");
  write("set/a/empty.jpg", "");
  write("set/a/page.jpg", "<html>404 not found</html>");
  write("set/a/head.png", readFile(root_ / "set/a/1.png").substr(0, 18));
  write("set/b/moving.png", std::string("GIF89a").append(30, '\1'));
  write("set/b/notes.txt", "x");
  write("set/b/Thumbs.db", "x");
  write("set/b/.DS_Store", "x");
  writeImage("set/loose.png");
  writeImage("set/b/deeper/1.png");
  fs::create_directories(root_ / "set/nobody");
  const auto dataset = import("set");
  EXPECT_EQ(describe(dataset), (Lines{"a: 1.png 2.png", "b: 1.png"}));
  EXPECT_TRUE(hasProblem(dataset, "set/a/empty.jpg", "zero bytes"));
  EXPECT_TRUE(hasProblem(dataset, "set/a/page.jpg", "no known image"));
  EXPECT_TRUE(hasProblem(dataset, "set/a/head.png", "header"));
  EXPECT_TRUE(hasProblem(dataset, "set/b/moving.png", "GIF"));
  EXPECT_TRUE(hasProblem(dataset, "set", "2 files"));
  EXPECT_TRUE(hasProblem(dataset, "set", "ignored: b/Thumbs.db, b/notes.txt")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "set", "1 images outside"));
  EXPECT_TRUE(hasProblem(dataset, "set/b", "1 folders inside"));
  EXPECT_TRUE(hasProblem(dataset, "nobody", "no usable image"));
  EXPECT_EQ(dataset.problems.size(), 8U) << listProblems(dataset);
}

TEST_F(Folder, FoldersOfTheSystemAreNobody) {
  writeImage("set/anna/1.png");
  writeImage("set/ben/1.png");
  for (const char* system : {"@eaDir", "#recycle", "__MACOSX", "lost+found", "System Volume Information",
                             "$RECYCLE.BIN", ".thumbs"})
    writeImage(fs::path("set") / system / "1.png");
  writeImage("set/anna/@eaDir/1.png");
  const auto dataset = import("set");
  EXPECT_EQ(describe(dataset), (Lines{"anna: 1.png", "ben: 1.png"}));
  EXPECT_TRUE(hasProblem(dataset, "set/@eaDir", "of the system's")) << listProblems(dataset);
  EXPECT_EQ(dataset.problems.size(), 6U) << listProblems(dataset);  // what is hidden is not spoken of
}

TEST_F(Folder, OfManyFilesThatAreNoImagesTheFirstAreNamed) {
  writeImage("set/a/1.png");
  for (const char* file : {"set/a/2.gif", "set/a/3.gif", "set/b/4.gif", "set/b/5.gif"}) write(file, "GIF89a");
  const auto dataset = import("set");
  EXPECT_TRUE(hasProblem(dataset, "set", "4 files")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "set", "ignored: a/2.gif, a/3.gif, b/4.gif, ...")) << listProblems(dataset);
}

TEST_F(Folder, AHeaderBeyondTheFirst64KilobytesIsFound) {
  writeImage("set/a/1.jpg");
  writeImage("set/b/1.jpg");
  const std::string jpeg = readFile(root_ / "set/a/1.jpg");
  const std::string profile = std::string("\xFF\xE2\xFF\xFF", 4) + std::string(65533, 'p');
  write("set/a/long.jpg", jpeg.substr(0, 2) + profile + profile + jpeg.substr(2));
  EXPECT_EQ(describe(import("set")), (Lines{"a: 1.jpg long.jpg", "b: 1.jpg"}));
}

TEST_F(Folder, OtherLayoutsAreExplained) {
  writeImage("flat/1.png");
  writeImage("flat/2.png");
  EXPECT_TRUE(contains(errorOf("flat"), "2 images lie directly in it")) << errorOf("flat");
  writeImage("deep/train/anna/1.png");
  EXPECT_TRUE(contains(errorOf("deep"), "one level deeper")) << errorOf("deep");
  EXPECT_TRUE(contains(errorOf("deep"), "deep/train instead")) << errorOf("deep");
  fs::create_directories(root_ / "empty/anna");
  EXPECT_TRUE(contains(errorOf("empty"), "holds no images")) << errorOf("empty");
  write("bad/anna/1.jpg", "");
  EXPECT_TRUE(contains(errorOf("bad"), "no usable image")) << errorOf("bad");
  EXPECT_TRUE(contains(errorOf("bad"), "zero bytes")) << errorOf("bad");
  EXPECT_TRUE(contains(errorOf("bad/anna/1.jpg", "folder"), "not a folder"));
}

TEST_F(Folder, OneIdentityIsImportedButListed) {
  writeImage("set/anna/1.png");
  EXPECT_TRUE(hasProblem(import("set"), "anna", "only identity"));
}

TEST_F(Folder, OptionsSelectNameAndCrop) {
  for (const char* file :
       {"set/id01/1.png", "set/id01/2.png", "set/id02/1.png", "set/x/1.png", "set/x/2.png"})
    writeImage(file);
  auto dataset = import("set", "folder", {.identities = {"id0*"}});
  EXPECT_EQ(describe(dataset), (Lines{"id01: 1.png 2.png", "id02: 1.png"}));
  EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  dataset = import("set", "folder", {.minImages = 2, .crop = data::Rect{1, 2, 3, 4}, .name = "mine"});
  EXPECT_EQ(describe(dataset), (Lines{"id01: 1.png 2.png", "x: 1.png 2.png"}));
  EXPECT_EQ(dataset.name, "mine");
  ASSERT_TRUE(dataset.samples[0].image.crop.has_value());
  EXPECT_EQ(dataset.samples[0].image.crop->height, 4);
  EXPECT_TRUE(hasProblem(dataset, "identities", "1 identities with fewer than 2"));
  EXPECT_TRUE(contains(errorOf("set", "folder", {.identities = {"y*"}}), "id01, id02, x"));
  dataset = import("set", "folder", {.identities = {"y*", "[ix]*"}});
  EXPECT_EQ(dataset.identities.size(), 3U);
  EXPECT_TRUE(hasProblem(dataset, "identities", "'y*'"));
  EXPECT_TRUE(contains(errorOf("set", "folder", {.minImages = 3}), "no usable image"));
}

TEST_F(Folder, ACropOutsideTheImagesIsRefused) {
  writeImage("set/anna/1.png");
  writeImage("set/anna/2.png");
  const auto error = errorOf("set", "folder", {.crop = data::Rect{500, 500, 100, 100}});
  EXPECT_TRUE(contains(error, "crop 500,500,100,100: lies outside the images")) << error;
  EXPECT_TRUE(contains(error, "6 x 5 pixels")) << error;
  EXPECT_TRUE(contains(errorOf("set", "folder", {.crop = data::Rect{-9, 0, 9, 9}}), "lies outside"))
      << "left of them";
  EXPECT_EQ(import("set", "folder", {.crop = data::Rect{5, 4, 9, 9}}).samples.size(),
            2U);  // it may reach outside
  writeImage("set/bert/1.png", 600, 700);
  EXPECT_EQ(import("set", "folder", {.crop = data::Rect{500, 500, 100, 100}}).samples.size(),
            3U);  // fits one of them
}

TEST_F(Folder, GroupsBecomeTemplatesWithoutPairs) {
  for (const char* file : {"set/a/1.png", "set/a/2.png", "set/a/3.png", "set/b/1.png"}) writeImage(file);
  write("set/groups.csv",
        "group,identity,path\n"
        "a track,a,a/1.png\n"
        "a track,a,a/3.png\n"
        "a track,a,a/1.png\n"
        "b track,b,b/1.png\n"
        "b track,b,b/9.png\n"
        "c track,b,a/2.png\n");
  const auto dataset = import("set");
  ASSERT_EQ(dataset.protocols.size(), 1U);
  const auto& protocol = dataset.protocols[0];
  EXPECT_TRUE(protocol.pairs.empty());
  ASSERT_EQ(protocol.templates.size(), 2U);
  EXPECT_EQ(protocol.templates[0].name, "a track");
  EXPECT_EQ(protocol.templates[0].samples, (std::vector<int>{0, 2}));
  EXPECT_EQ(protocol.templates[1].identity, 1);
  EXPECT_TRUE(hasProblem(dataset, "set/groups.csv:4", "listed twice"));
  EXPECT_TRUE(hasProblem(dataset, "set/groups.csv:6", "not among the usable images"));
  EXPECT_TRUE(hasProblem(dataset, "set/groups.csv:7", "lies in the folder of a"));
  EXPECT_EQ(dataset.problems.size(), 3U) << listProblems(dataset);

  write("set/groups.csv", "group,identity,path\nmixed,a,a/1.png\nmixed,b,b/1.png\n");
  EXPECT_TRUE(contains(errorOf("set"), "groups.csv:3")) << errorOf("set");
  write("set/groups.csv", "group,identity,path\nmixed,a\n");
  EXPECT_TRUE(contains(errorOf("set"), "groups.csv:2")) << errorOf("set");
  write("set/groups.csv", "group,person,path\nmixed,a,a/1.png\n");
  EXPECT_TRUE(contains(errorOf("set"), "'identity'")) << errorOf("set");
}

TEST_F(Folder, GroupsFollowTheSelection) {
  for (const char* file : {"set/a/1.png", "set/b/1.png", "set/b/2.png"}) writeImage(file);
  write("set/groups.csv", "group,identity,path\nga,a,a/1.png\ngb,b,b/1.png\ngb,b,b/2.png\n");
  const auto dataset = import("set", "auto", {.identities = {"b"}});
  ASSERT_EQ(dataset.protocols.size(), 1U);
  ASSERT_EQ(dataset.protocols[0].templates.size(), 1U);
  EXPECT_EQ(dataset.protocols[0].templates[0].samples, (std::vector<int>{0, 1}));
  EXPECT_EQ(dataset.protocols[0].templates[0].identity, 0);
}

TEST_F(Folder, StopsWhenAsked) {
  writeImage("set/a/1.png");
  std::stop_source stop;
  stop.request_stop();
  Progress progress({}, stop.get_token());
  EXPECT_THROW(load(root_ / "set", "folder", {}, progress), Cancelled);
}

}  // namespace
}  // namespace discern::datasets
