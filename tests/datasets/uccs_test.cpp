#include <nlohmann/json.hpp>

#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class Uccs : public DatasetTest {
 protected:
  Uccs() {
    for (const char* file :
         {"gallery_images/0001/0001_0.png", "gallery_images/0001/0001_1.png",
          "gallery_images/0012/0012_0.png", "validation_images/jgsa451150.jpg", "validation_images/kq99.jpg"})
      writeImage(fs::path("data") / file, 30, 20);
    write("data/gallery.csv", gallery_);
    write("data/validation.csv", validation_);
  }
  const std::string gallery_ =
      "FILE,SUBJECT_ID,REYE_X,REYE_Y,LEYE_X,LEYE_Y,NOSE_X,NOSE_Y,RMOUTH_X,RMOUTH_Y,LMOUTH_X,LMOUTH_Y\n"
      "0001_0.png,1,10.5,11,20,11.5,15,16,11,20,19,20.25\n"
      "0001_1.png,1,10,11,20,11,15,16,11,20,19,20\n"
      "0012_0.png,12,10,11,20,11,15,16,11,20,19,20\n";
  const std::string validation_ =
      "FACE_ID,FILE,SUBJECT_ID,FACE_X,FACE_Y,FACE_WIDTH,FACE_HEIGHT\n"
      "501,jgsa451150.jpg,12,3.4,4.6,10.0,12.0\n"
      "502,jgsa451150.jpg,-1,15,4,10,12\n"
      "503,jgsa451150.jpg,1,5,4,10,12\n"
      "504,kq99.jpg,0,5,4,10,12\n";
};

TEST_F(Uccs, GalleryAndValidation) {
  const auto dataset = import("data");
  EXPECT_EQ(dataset.format, "uccs");
  EXPECT_EQ(describe(dataset), (std::vector<std::string>{"0001: 0001_0.png 0001_1.png jgsa451150.jpg",
                                                         "0012: 0012_0.png jgsa451150.jpg"}));
  const auto& first = dataset.samples.at(0);
  EXPECT_EQ(first.image.file, (root_ / "data/gallery_images/0001/0001_0.png").string());
  ASSERT_TRUE(first.image.landmarks.has_value());
  EXPECT_FLOAT_EQ((*first.image.landmarks)[0].x,
                  10.5F);  // the person's right eye is the left one in the image
  EXPECT_FLOAT_EQ((*first.image.landmarks)[1].x, 20);
  EXPECT_FLOAT_EQ((*first.image.landmarks)[3].x, 11);
  EXPECT_FLOAT_EQ((*first.image.landmarks)[4].y, 20.25F);
  EXPECT_FALSE(first.image.crop.has_value());
  EXPECT_EQ(nlohmann::json::parse(first.nuisance).at("set"), "gallery");
  EXPECT_TRUE(first.media.empty());
  const auto& face = dataset.samples.at(3);
  EXPECT_EQ(dataset.identities[static_cast<std::size_t>(face.identity)], "0012");
  EXPECT_EQ(face.media, "jgsa451150");
  EXPECT_EQ(nlohmann::json::parse(face.nuisance).at("set"), "validation");
  ASSERT_TRUE(face.image.crop.has_value());
  EXPECT_EQ(face.image.crop->x, 3);
  EXPECT_EQ(face.image.crop->y, 5);
  EXPECT_EQ(face.image.crop->width, 10);
  EXPECT_EQ(face.image.crop->height, 12);
  EXPECT_TRUE(hasProblem(dataset, "data", "2 faces of unknown people")) << listProblems(dataset);
  EXPECT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);
}

TEST_F(Uccs, EitherTableAloneAndBlanksBehindCommas) {
  fs::remove(root_ / "data/validation.csv");
  EXPECT_EQ(import("data").samples.size(), 3U);
  fs::remove(root_ / "data/gallery.csv");
  EXPECT_TRUE(contains(errorOf("data", "uccs"), "neither gallery.csv nor validation.csv"));
  write("data/validation.csv",
        "\xEF\xBB\xBF"
        "FACE_ID, FILE, SUBJECT_ID, FACE_X, FACE_Y, FACE_WIDTH, FACE_HEIGHT\r\n"
        "501, jgsa451150.jpg, 12.0, 3, 4, 10, 12\r\n\r\n");
  const auto dataset = import("data");
  EXPECT_EQ(dataset.format, "uccs");
  EXPECT_EQ(dataset.identities, std::vector<std::string>{"0012"});
}

TEST_F(Uccs, UnknownPeopleOnRequest) {
  const auto dataset = import("data", "auto", {.extra = {{"unknowns", "import"}}});
  EXPECT_EQ(describe(dataset),
            (std::vector<std::string>{
                "0001: 0001_0.png 0001_1.png jgsa451150.jpg", "0012: 0012_0.png jgsa451150.jpg",
                "unknown-validation-502: jgsa451150.jpg", "unknown-validation-504: kq99.jpg"}));
  EXPECT_TRUE(hasProblem(dataset, "data", "2 faces of unknown people became")) << listProblems(dataset);
  EXPECT_EQ(import("data", "auto", {.extra = {{"unknowns", "leave"}}}).identities.size(), 2U);
  EXPECT_TRUE(contains(errorOf("data", "auto", {.extra = {{"unknowns", "yes"}}}), "option unknowns: 'yes'"));
}

TEST_F(Uccs, FacesTheGalleryWasCutFromAreLeftOut) {
  write("data/exclude_gallery_validation.pickle", "503\n777\n");  // text, whatever its name says
  auto dataset = import("data");
  EXPECT_EQ(dataset.samples.size(), 4U);
  EXPECT_EQ(describe(dataset)[0], "0001: 0001_0.png 0001_1.png");
  EXPECT_TRUE(hasProblem(dataset, "data", "1 faces were left out because the gallery"))
      << listProblems(dataset);
  write("data/exclude_gallery_validation.pickle", std::string("\x80\x04\x95", 3));
  dataset = import("data");
  EXPECT_EQ(dataset.samples.size(), 5U);
  EXPECT_TRUE(hasProblem(dataset, "data/exclude_gallery_validation.pickle", "not one FACE_ID a line"));
}

TEST_F(Uccs, MissingImagesAreCountedAndListed) {
  write("data/validation.csv", validation_ + "505,gone.jpg,1,5,4,10,12\n506,gone.jpg,12,15,4,10,12\n");
  const auto dataset = import("data");
  EXPECT_EQ(dataset.samples.size(), 5U);
  EXPECT_TRUE(hasProblem(dataset, "data/validation.csv:6", "validation_images/gone.jpg: cannot be read"))
      << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "data/validation.csv:7", "gone.jpg")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "data", "of 7 faces 2 were left out")) << listProblems(dataset);
}

TEST_F(Uccs, MalformedTablesAreNamedByLine) {
  const auto expectError = [&](const std::string& file, const std::string& text, const std::string& part) {
    write("data/" + file, text);
    EXPECT_TRUE(contains(errorOf("data", "uccs"), part)) << errorOf("data", "uccs");
  };
  expectError("validation.csv", validation_ + "505,kq99.jpg,1,5,4,10\n",
              "validation.csv:6: 6 columns were found, but the header has 7");
  expectError("validation.csv", validation_ + "505,kq99.jpg,1,5,4,1o,12\n",
              "validation.csv:6: column FACE_WIDTH is '1o'");
  expectError("validation.csv", validation_ + "505,kq99.jpg,one,5,4,10,12\n", "column SUBJECT_ID is 'one'");
  expectError("validation.csv", validation_ + "505,,1,5,4,10,12\n", "validation.csv:6: the FILE is blank");
  expectError("validation.csv", "FILE,SUBJECT_ID\nkq99.jpg,1\n", "neither FACE_X");
  expectError("validation.csv", "FACE_ID,FILE,SUBJECT_ID,FACE_X,FACE_Y,FACE_WIDTH\n",
              "no column named 'FACE_HEIGHT'");
  write("data/validation.csv", validation_);
  expectError("gallery.csv", gallery_ + "0012_0.png,12,10,11,20,11,15,16,11,20,19,-1e39\n",
              "gallery.csv:5: column LMOUTH_Y is '-1e39'");
  expectError("gallery.csv", "FILE,REYE_X\n", "no column named 'SUBJECT_ID'");
}

}  // namespace
}  // namespace discern::datasets
