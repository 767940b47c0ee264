#include <nlohmann/json.hpp>

#include "tests/datasets/fixture.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class Scface : public DatasetTest {
 protected:
  // Every image of the release's probes for two people; the size of a head in it grows with nearness.
  Scface() {
    for (const char* person : {"001", "002"}) {
      writeImage(fmt::format("sc/mugshot_frontal_cropped_all/{}_frontal.JPG", person), 16, 12);
      writeImage(fmt::format("sc/mugshot_frontal_original_all/{}_frontal.jpg", person), 30, 20);
      for (int distance = 1; distance <= 3; ++distance)
        for (int camera = 1; camera <= 7; ++camera) writeImage(probe(person, camera, distance), 8, 6);
    }
  }
  static std::string probe(const std::string& person, int camera, int distance) {
    return fmt::format("sc/surveillance_cameras_distance_{2}/cam_{1}/{0}_cam{1}_{2}.jpg", person, camera,
                       distance);
  }
};

TEST_F(Scface, MugshotsAndCameras) {
  const auto dataset = import("sc");
  EXPECT_EQ(dataset.format, "scface");
  EXPECT_EQ(dataset.identities, (std::vector<std::string>{"001", "002"}));
  ASSERT_EQ(dataset.samples.size(), 2U * (1 + 21));
  int mugshots = 0, infrared = 0;
  for (const auto& sample : dataset.samples) {
    const auto file = relative(sample.image.file);
    const auto nuisance = nlohmann::json::parse(sample.nuisance);
    const int camera = nuisance.at("camera"), distance = nuisance.at("distance");
    const std::string& person = dataset.identities[static_cast<std::size_t>(sample.identity)];
    if (camera == 0) {
      EXPECT_EQ(file, fmt::format("sc/mugshot_frontal_cropped_all/{}_frontal.JPG", person));
      EXPECT_EQ(distance, 0);
      EXPECT_EQ(sample.media, "frontal");
      ++mugshots;
    } else {
      EXPECT_EQ(file, probe(person, camera, distance));
      EXPECT_EQ(sample.media, fmt::format("cam{}_{}", camera, distance));
    }
    EXPECT_EQ(nuisance.contains("infrared"), camera >= 6);
    infrared += nuisance.contains("infrared") ? 1 : 0;
    EXPECT_FALSE(sample.image.crop || sample.image.landmarks);
  }
  EXPECT_EQ(mugshots, 2);
  EXPECT_EQ(infrared, 2 * 2 * 3);
  EXPECT_TRUE(hasProblem(dataset, "sc", "44 images are not square and have no landmarks"))
      << listProblems(dataset);
  EXPECT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);
  EXPECT_TRUE(import("sc", "auto", {.crop = data::Rect{1, 1, 4, 4}}).problems.empty());
}

TEST_F(Scface, MugshotsElsewhereAndCamerasInOneFolder) {
  fs::remove_all(root_ / "sc/mugshot_frontal_cropped_all");
  EXPECT_EQ(relative(import("sc").samples.at(0).image.file),
            "sc/mugshot_frontal_original_all/001_frontal.jpg");
  fs::rename(root_ / "sc/mugshot_frontal_original_all/001_frontal.jpg", root_ / "sc/001_frontal.jpg");
  fs::remove_all(root_ / "sc/mugshot_frontal_original_all");
  for (int d = 1; d <= 3; ++d) {
    fs::create_directories(root_ / "sc/surveillance_cameras_all");
    for (const auto& entry :
         fs::recursive_directory_iterator(root_ / fmt::format("sc/surveillance_cameras_distance_{}", d)))
      if (entry.is_regular_file())
        fs::copy(entry.path(), root_ / "sc/surveillance_cameras_all" / entry.path().filename());
    fs::remove_all(root_ / fmt::format("sc/surveillance_cameras_distance_{}", d));
  }
  const auto dataset = import("sc");
  EXPECT_EQ(dataset.format, "scface");
  EXPECT_EQ(dataset.samples.size(), 1U + 2 * 21);
  EXPECT_EQ(relative(dataset.samples.at(0).image.file), "sc/001_frontal.jpg");
  EXPECT_TRUE(hasProblem(dataset, "002", "no usable mugshot")) << listProblems(dataset);
  fs::remove(root_ / "sc/001_frontal.jpg");
  EXPECT_TRUE(hasProblem(import("sc"), "sc", "there is no gallery"));
}

TEST_F(Scface, WhatIsMissingOrMisplacedIsListed) {
  fs::remove(root_ / probe("002", 3, 2));
  fs::remove(root_ / probe("002", 6, 1));  // infrared: not part of the protocol
  write(probe("002", 1, 1), "");
  fs::rename(root_ / probe("001", 5, 3), root_ / "sc/surveillance_cameras_distance_2/cam_5/001_cam5_3.jpg");
  writeImage("sc/surveillance_cameras_distance_1/cam_1/photo.jpg");
  writeImage("sc/surveillance_cameras_distance_1/cam_8/001_cam8_1.jpg");
  const auto dataset = import("sc");
  EXPECT_EQ(dataset.samples.size(), 44U - 4);
  EXPECT_TRUE(hasProblem(dataset, probe("002", 1, 1), "zero bytes")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "002", "has 13 of 15 images of cameras 1-5")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "001", "has 14 of 15")) << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "sc/surveillance_cameras_distance_2/cam_5/001_cam5_3.jpg",
                         "says distance 3, but it lies in the folder of distance 2"))
      << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "sc", "2 images are not named like")) << listProblems(dataset);
}

TEST_F(Scface, LandmarksFromATable) {
  write("points.csv",
        "path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\n"
        "001_cam1_1.jpg,1,2,5,2,3,3,2,5,4,5\n"
        "mugshot_frontal_cropped_all/001_frontal.JPG,4,4,10,4,7,7,5,10,9,10.5\n");
  const LoadOptions options{.extra = {{"landmarks", (root_ / "points.csv").string()}}};
  const auto dataset = import("sc", "auto", options);
  int with = 0;
  for (const auto& sample : dataset.samples)
    if (sample.image.landmarks) {
      ++with;
      EXPECT_EQ((*sample.image.landmarks)[4].y, sample.media == "frontal" ? 10.5F : 5.0F);
      EXPECT_TRUE(sample.media == "frontal" || sample.media == "cam1_1");
    }
  EXPECT_EQ(with, 2);
  EXPECT_TRUE(hasProblem(dataset, "sc", "42 images are not square")) << listProblems(dataset);
  write("points.csv", "path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\n001_cam1_1.jpg,1,2,5,2,3,3,2,5,4\n");
  EXPECT_TRUE(contains(errorOf("sc", "auto", options), "points.csv:2: 10 columns"))
      << errorOf("sc", "auto", options);
  write("points.csv", "path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\n001_cam1_1.jpg,1,2,5,2,3,3,2,5,4,low\n");
  EXPECT_TRUE(contains(errorOf("sc", "auto", options), "points.csv:2: column y5 is 'low'"));
  write("points.csv", "path,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5\n001_cam1_1.jpg,1,2,5,2,3,3,2,5,4,1e300\n");
  EXPECT_TRUE(contains(errorOf("sc", "auto", options), "points.csv:2: column y5 is '1e300'"));
  EXPECT_TRUE(contains(errorOf("sc", "auto", {.extra = {{"landmarks", "/no/such.csv"}}}), "/no/such.csv"));
}

TEST_F(Scface, SquareImagesAreTakenForFacesAlreadyCut) {
  fs::remove_all(root_ / "sc");
  writeImage("sc/001_frontal.jpg", 12, 12);
  for (int distance = 1; distance <= 3; ++distance)
    for (int camera = 1; camera <= 5; ++camera) writeImage(probe("001", camera, distance), 9, 9);
  const auto dataset = import("sc");
  EXPECT_EQ(dataset.samples.size(), 16U);
  EXPECT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);  // there is one identity
  EXPECT_TRUE(hasProblem(dataset, "001", "only identity"));
}

}  // namespace
}  // namespace discern::datasets
