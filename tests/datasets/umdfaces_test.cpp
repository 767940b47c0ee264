#include <nlohmann/json.hpp>

#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

// One row of the release: 76 columns. Point i (1-based) lies at (100 + i, 200 + i) and is visible.
struct Row {
  std::string subject, file;
  std::string face = "90.4,180.6,59.5,70.2";
  int hidden = 0;  // a point that is not visible
  std::string line() const {
    std::string text = subject + "," + file + ",3.652360,0.998470," + face + ",12.000000,-21.500000,1.000000";
    for (int i = 1; i <= 21; ++i)
      text += fmt::format(",{}.000000,{}.500000,{}", 100 + i, 200 + i, i == hidden ? "0.120000" : "0.980000");
    return text + ",0.874067,0.125933\n";
  }
};

std::string header() {
  std::string text = "SUBJECT_ID,FILE,FD_SCORE,UF_SCORE,FACE_X,FACE_Y,FACE_WIDTH,FACE_HEIGHT,YAW,PITCH,ROLL";
  for (int i = 1; i <= 21; ++i) text += fmt::format(",P{0}X,P{0}Y,VIS{0}", i);
  return text + ",PR_MALE,PR_FEMALE\n";
}

class UmdFaces : public DatasetTest {
 protected:
  UmdFaces() {
    for (const char* file :
         {"anna_arc/anna_arc_0001.jpg", "anna_arc/anna_arc_0002.jpg", "ben_bow/ben_bow_0007.jpg"})
      writeImage(fs::path("umd/umdfaces_batch1") / file, 240, 260);
  }
  const std::string table_ = "umd/umdfaces_batch1/umdfaces_batch1_ultraface.csv";
  const std::string rows_ = Row{"313", "anna_arc/anna_arc_0001.jpg"}.line() +
                            Row{"313", "anna_arc/anna_arc_0002.jpg"}.line() +
                            Row{"7", "ben_bow/ben_bow_0007.jpg"}.line();
};

TEST_F(UmdFaces, FacesWithLandmarksAndPose) {
  write(table_, header() + rows_);
  for (const char* path :
       {"umd", "umd/umdfaces_batch1", "umd/umdfaces_batch1/umdfaces_batch1_ultraface.csv"}) {
    const auto dataset = import(path);
    EXPECT_EQ(dataset.format, "umdfaces") << path;
    EXPECT_EQ(describe(dataset), (std::vector<std::string>{"anna_arc: anna_arc_0001.jpg anna_arc_0002.jpg",
                                                           "ben_bow: ben_bow_0007.jpg"}));
    EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  }
  const auto dataset = import("umd");
  const auto& image = dataset.samples.at(2).image;
  EXPECT_EQ(image.file, (root_ / "umd/umdfaces_batch1/ben_bow/ben_bow_0007.jpg").string());
  ASSERT_TRUE(image.crop && image.landmarks);
  EXPECT_EQ(image.crop->x, 90);
  EXPECT_EQ(image.crop->y, 181);
  EXPECT_EQ(image.crop->width, 60);
  EXPECT_EQ(image.crop->height, 70);
  const std::pair<float, float> expected[] = {{108, 208.5F},
                                              {111, 211.5F},
                                              {115, 215.5F},
                                              {118, 218.5F},
                                              {120, 220.5F}};  // between 7|9, 10|12; 15; 18; 20
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_FLOAT_EQ((*image.landmarks)[i].x, expected[i].first) << i;
    EXPECT_FLOAT_EQ((*image.landmarks)[i].y, expected[i].second) << i;
  }
  const auto nuisance = nlohmann::json::parse(dataset.samples[2].nuisance);
  EXPECT_EQ(nuisance.at("yaw"), 12);
  EXPECT_EQ(nuisance.at("pitch"), -21.5);
  EXPECT_EQ(nuisance.at("roll"), 1);
}

TEST_F(UmdFaces, HiddenPointsFallBackToTheRectangle) {
  for (const int hidden : {7, 9, 10, 12, 15, 18, 20}) {
    write(table_, header() + rows_ + Row{"7", "ben_bow/ben_bow_0007.jpg", "1,2,3,4", hidden}.line());
    const auto dataset = import("umd");
    EXPECT_FALSE(dataset.samples.at(3).image.landmarks.has_value()) << hidden;
    EXPECT_EQ(dataset.samples[3].image.crop->height, 4);
    EXPECT_TRUE(dataset.samples[0].image.landmarks.has_value());
    EXPECT_TRUE(hasProblem(dataset, "umd", "1 of 4 faces have a hidden")) << listProblems(dataset);
  }
  for (const int hidden : {1, 8, 11, 13, 14, 17, 19, 21}) {  // points that alignment does not use
    write(table_, header() + rows_ + Row{"7", "ben_bow/ben_bow_0007.jpg", "1,2,3,4", hidden}.line());
    EXPECT_TRUE(import("umd").samples.at(3).image.landmarks.has_value()) << hidden;
  }
}

TEST_F(UmdFaces, ColumnsByPositionWhereTheHeaderHasOtherNames) {
  std::string names;
  for (int i = 0; i < 76; ++i) names += fmt::format("{}c{}", i > 0 ? "," : "", i);
  write(table_, names + "\r\n" + rows_);
  const auto dataset = import("umd");
  ASSERT_EQ(dataset.samples.size(), 3U);
  EXPECT_EQ(dataset.samples[0].image.crop->x, 90);
  EXPECT_FLOAT_EQ((*dataset.samples[0].image.landmarks)[4].x, 120);
  EXPECT_TRUE(dataset.samples[0].nuisance.empty());
}

TEST_F(UmdFaces, BatchesJoinByNameAndSubjectsInOneFolderStayApart) {
  write(table_, header() + rows_ + Row{"8", "ben_bow/ben_bow_0007.jpg", "5,5,9,9"}.line());
  writeImage("umd/umdfaces_batch2/anna_arc/anna_arc_0900.jpg");
  writeImage("umd/umdfaces_batch2/cleo/cleo_1.jpg");
  write("umd/umdfaces_batch2/umdfaces_batch2_ultraface.csv",
        header() + Row{"7", "anna_arc/anna_arc_0900.jpg"}.line() + Row{"313", "cleo/cleo_1.jpg"}.line());
  EXPECT_EQ(describe(import("umd")),
            (std::vector<std::string>{"anna_arc: anna_arc_0001.jpg anna_arc_0002.jpg anna_arc_0900.jpg",
                                      "ben_bow: ben_bow_0007.jpg", "ben_bow#8: ben_bow_0007.jpg",
                                      "cleo: cleo_1.jpg"}));
  EXPECT_EQ(import("umd", "auto", {.identities = {"c*"}}).samples.size(), 1U);
}

TEST_F(UmdFaces, UnusableFacesAreCountedAndListed) {
  write("umd/umdfaces_batch1/ben_bow/broken.jpg", "no image");
  write(table_, header() + rows_ + Row{"7", "ben_bow/gone.jpg"}.line() +
                    Row{"7", "ben_bow/broken.jpg"}.line() +
                    Row{"7", "ben_bow/ben_bow_0007.jpg", "1,1,0,5"}.line());
  const auto dataset = import("umd");
  EXPECT_EQ(dataset.samples.size(), 3U);
  EXPECT_TRUE(hasProblem(dataset, table_ + ":5", "gone.jpg: cannot be read")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, table_ + ":6", "no known image")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, table_ + ":7", "0 x 5 pixels")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "umd",
                         "of 6 faces 2 were left out because their image is missing or damaged, and 1"))
      << listProblems(dataset);
}

TEST_F(UmdFaces, MalformedTablesAreNamedByLine) {
  const auto expectError = [&](const std::string& text, const std::string& part) {
    write(table_, text);
    EXPECT_TRUE(contains(errorOf("umd", "umdfaces"), part)) << errorOf("umd", "umdfaces");
  };
  expectError(header() + rows_ + "313,anna_arc/anna_arc_0001.jpg,1\n",
              "umdfaces_batch1_ultraface.csv:5: 3 columns were found, but the header has 76");
  expectError(header() + Row{"313", "anna_arc/anna_arc_0001.jpg", "1,wide,3,4"}.line(),
              "ultraface.csv:2: column FACE_Y is 'wide'");
  expectError(header() + Row{"3.5", "anna_arc/anna_arc_0001.jpg"}.line(), "column SUBJECT_ID is '3.5'");
  expectError(header() + Row{"nan", "anna_arc/anna_arc_0001.jpg"}.line(), "column SUBJECT_ID is 'nan'");
  std::string huge = Row{"3", "anna_arc/anna_arc_0001.jpg"}.line();
  huge.replace(huge.find("107.000000"), 10, "1e300");
  expectError(header() + huge, "csv:2: column P7X is '1e300'");
  expectError(header() + Row{"3", ""}.line(), "csv:2: the FILE is blank");
  expectError("SUBJECT_ID,FILE\n1,a.jpg\n", "the header has 2 columns, but at least 76");
  expectError("", "is empty");
  fs::remove(root_ / table_);
  EXPECT_TRUE(contains(errorOf("umd", "umdfaces"), "holds no table"));
}

}  // namespace
}  // namespace discern::datasets
