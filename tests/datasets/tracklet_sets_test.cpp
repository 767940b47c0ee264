// Re-identification sets, each in its own layout.
#include <cmath>
#include <map>
#include <set>

#include "tests/datasets/fixture.h"
#include "tests/datasets/mat_writer.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class TrackletSets : public DatasetTest {
 protected:
  // "name: a.jpg b.jpg" of each template
  static std::vector<std::string> templatesOf(const data::Dataset& dataset, const std::string& protocol) {
    std::vector<std::string> lines;
    for (const auto& p : dataset.protocols) {
      if (p.name != protocol) continue;
      for (const auto& t : p.templates) {
        std::string line = t.name + ":";
        for (const int s : t.samples)
          line += " " + fs::path(dataset.samples[static_cast<std::size_t>(s)].image.file).filename().string();
        lines.push_back(line);
      }
    }
    return lines;
  }
  // "a b genuine" of each pair
  static std::set<std::string> pairsOf(const data::Dataset& dataset) {
    std::set<std::string> lines;
    for (const auto& p : dataset.protocols)
      for (const auto& pair : p.pairs)
        lines.insert(p.templates[static_cast<std::size_t>(pair.a)].name + " " +
                     p.templates[static_cast<std::size_t>(pair.b)].name + (pair.genuine ? " same" : ""));
    return lines;
  }
  static std::map<std::string, std::string> camerasOf(const data::Dataset& dataset) {
    std::map<std::string, std::string> cameras;
    for (const auto& s : dataset.samples) cameras[s.media] = s.nuisance;
    return cameras;
  }
  static std::vector<std::string> namesOf(const data::Dataset& dataset) { return dataset.identities; }
  void expectError(const fs::path& path, const std::string& part, const LoadOptions& options = {}) const {
    EXPECT_TRUE(contains(errorOf(path, "auto", options), part)) << errorOf(path, "auto", options);
  }
  static LoadOptions with(const std::map<std::string, std::string>& extra) {
    LoadOptions options;
    options.extra = extra;
    return options;
  }
};

// Two persons to train on; junk, a distractor and two persons to test, of whom camera 1 and 2 saw both.
class Mars : public TrackletSets {
 protected:
  struct Row {
    double first, last, person, camera;
  };
  const std::vector<std::string> train_ = {"0001C1T0001F001.jpg", "0001C1T0001F002.jpg",
                                           "0001C2T0001F001.jpg", "0005C1T0001F001.jpg"};
  const std::vector<std::string> test_ = {"00-1C1T0001F001.jpg", "0000C2T0001F001.jpg", "0002C1T0001F001.jpg",
                                          "0002C1T0001F002.jpg", "0002C2T0001F001.jpg", "0002C2T0002F001.jpg",
                                          "0004C1T0001F001.jpg", "0004C2T0001F001.jpg"};
  const std::vector<Row> trainRows_ = {{1, 2, 1, 1}, {3, 3, 1, 2}, {4, 4, 5, 1}};
  const std::vector<Row> testRows_ = {{1, 1, -1, 1}, {2, 2, 0, 2}, {3, 4, 2, 1}, {5, 5, 2, 2},
                                      {6, 6, 2, 2},  {7, 7, 4, 1}, {8, 8, 4, 2}};

  Mars() {
    for (const auto& name : train_) writeImage(fs::path("mars/bbox_train") / name.substr(0, 4) / name, 8, 16);
    for (const auto& name : test_) writeImage(fs::path("mars/bbox_test") / name.substr(0, 4) / name, 8, 16);
    names("train_name.txt", train_);
    names("test_name.txt", test_);
    tracks("tracks_train_info.mat", "track_train_info", trainRows_);
    tracks("tracks_test_info.mat", "track_test_info", testRows_);
    queries({3, 4, 6, 7});
  }
  void names(const char* file, const std::vector<std::string>& list) const {
    std::string text;
    for (const auto& name : list) text += name + "\r\n";
    write(fs::path("mars/info") / file, text);
  }
  void tracks(const char* file, const char* variable, const std::vector<Row>& rows) const {
    std::vector<double> columns;
    for (const auto member : {&Row::first, &Row::last, &Row::person, &Row::camera})
      for (const Row& row : rows) columns.push_back(row.*member);
    MatWriter mat;
    mat.numbers(variable, columns, 4);
    write(fs::path("mars/info") / file, mat.file());
  }
  void queries(const std::vector<double>& list) const {
    MatWriter mat;
    mat.numbers("query_IDX", list, list.size());  // a row, as MARS has it
    write("mars/info/query_IDX.mat", mat.file());
  }
};

TEST_F(Mars, TrackletsCamerasDistractorsAndJunk) {
  for (const char* path : {"mars", "."}) {
    const auto dataset = import(path);
    EXPECT_EQ(dataset.format, "mars");
    EXPECT_EQ(dataset.kind, "tracklet");
    EXPECT_EQ(dataset.problems.size(), 1U) << listProblems(dataset);
    EXPECT_TRUE(hasProblem(dataset, "mars", "1 junk tracklets of 1 frames"));
    EXPECT_EQ(namesOf(dataset),
              (std::vector<std::string>{"0001", "0005", "distractor 0000C2T0001", "0002", "0004"}));
    EXPECT_EQ(dataset.samples.size(), 11U);
    EXPECT_EQ(camerasOf(dataset).at("0002C2T0002"), R"({"camera":2})");
    EXPECT_EQ(templatesOf(dataset, "gallery"),
              (std::vector<std::string>{
                  "0000C2T0001: 0000C2T0001F001.jpg", "0002C1T0001: 0002C1T0001F001.jpg 0002C1T0001F002.jpg",
                  "0002C2T0001: 0002C2T0001F001.jpg", "0002C2T0002: 0002C2T0002F001.jpg",
                  "0004C1T0001: 0004C1T0001F001.jpg", "0004C2T0001: 0004C2T0001F001.jpg"}))
        << "queries stay in it";
    EXPECT_EQ(templatesOf(dataset, "query"),
              (std::vector<std::string>{
                  "0002C1T0001: 0002C1T0001F001.jpg 0002C1T0001F002.jpg", "0002C2T0001: 0002C2T0001F001.jpg",
                  "0004C1T0001: 0004C1T0001F001.jpg", "0004C2T0001: 0004C2T0001F001.jpg"}));
  }
}

TEST_F(Mars, PairsAreOfOtherCamerasAndWithoutJunk) {
  const auto pairs = pairsOf(import("mars"));
  for (const char* same :
       {"0002C1T0001 0002C2T0001 same", "0002C1T0001 0002C2T0002 same", "0004C1T0001 0004C2T0001 same"})
    EXPECT_TRUE(pairs.contains(same)) << same;
  int genuine = 0;
  for (const auto& pair : pairs) {
    genuine += pair.ends_with("same") ? 1 : 0;
    EXPECT_FALSE(contains(pair, "00-1")) << pair;
    EXPECT_FALSE(contains(pair, "0002C2T0001 0002C2T0002")) << "one camera";
  }
  EXPECT_EQ(genuine, 3);
  EXPECT_TRUE(pairs.contains("0002C1T0001 0000C2T0001")) << "a distractor is wrong";
}

TEST_F(Mars, OneHalfAlone) {
  EXPECT_EQ(namesOf(import("mars", "auto", with({{"part", "train"}}))),
            (std::vector<std::string>{"0001", "0005"}));
  EXPECT_TRUE(import("mars", "auto", with({{"part", "train"}})).protocols.empty());
  EXPECT_EQ(import("mars", "auto", with({{"part", "test"}})).samples.size(), 7U);
  expectError("mars", "option part: 'both' was given; train or test was expected", with({{"part", "both"}}));
  fs::remove_all(root_ / "mars/bbox_train");
  const auto half = import("mars");
  EXPECT_EQ(half.samples.size(), 7U);
  EXPECT_TRUE(hasProblem(half, "mars/bbox_train", "is missing, so the train half was not read"));
}

TEST_F(Mars, AMissingFrameLeavesItsTrackletAndNothingElse) {
  fs::remove(root_ / "mars/bbox_test/0002/0002C1T0001F002.jpg");
  write("mars/bbox_test/0004/0004C1T0001F001.jpg", "no picture");
  const auto dataset = import("mars");
  EXPECT_EQ(dataset.samples.size(), 9U);
  EXPECT_TRUE(hasProblem(dataset, "mars/info/tracks_test_info.mat:3", "0002C1T0001F002.jpg"))
      << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "mars/info/tracks_test_info.mat:6", "0004C1T0001F001.jpg"));
  EXPECT_EQ(templatesOf(dataset, "gallery")[1], "0002C1T0001: 0002C1T0001F001.jpg");
  EXPECT_TRUE(hasProblem(dataset, "protocol query", "1 of 4 templates have no usable image"))
      << listProblems(dataset);
}

TEST_F(Mars, MalformedListsAreNamed) {
  const auto rows = [&](std::size_t at, Row row) {
    auto changed = testRows_;
    changed[at] = row;
    tracks("tracks_test_info.mat", "track_test_info", changed);
  };
  rows(2, {3, 9, 2, 1});
  expectError("mars", "tracks_test_info.mat:3: frames 3 to 9 were found; places 1 to 8 in");
  rows(2, {4, 3, 2, 1});
  expectError("mars", "tracks_test_info.mat:3: frames 4 to 3 were found");
  rows(2, {3, 4, 3, 1});
  expectError("mars", "is '0002C1T0001F001.jpg'; a name like 0003C1T0001F001.jpg was expected");
  rows(2, {3, 4, -2, 1});
  expectError("mars", "person -2 and camera 1 were found");
  rows(2, {3, 4, 2, 0});
  expectError("mars", "person 2 and camera 0 were found");
  MatWriter narrow;
  narrow.numbers("track_test_info", {1, 1, 2, 1}, 1);
  write("mars/info/tracks_test_info.mat", narrow.file());
  expectError("mars", "tracks_test_info.mat: 'track_test_info' is 4 x 1; 4 columns were expected");
  write("mars/info/tracks_test_info.mat", "1 16 1 1\n");
  expectError("mars", "tracks_test_info.mat: is no MATLAB file of version 5 to 7");
  tracks("tracks_test_info.mat", "tracks", testRows_);
  expectError("mars", "has no variable 'track_test_info'");
  fs::remove(root_ / "mars/info/tracks_test_info.mat");
  expectError("mars", "tracks_test_info.mat: is missing; it says which frames are a tracklet, and whose");
}

TEST_F(Mars, ADamagedMatFileIsOneSentenceWhereverItIsCut) {
  const auto file = root_ / "mars/info/tracks_test_info.mat";
  const std::string whole = readFile(file);
  int refused = 0;
  for (std::size_t length = 0; length < whole.size(); length += 9) {
    write("mars/info/tracks_test_info.mat", whole.substr(0, length));
    const std::string said = errorOf("mars");
    EXPECT_TRUE(contains(said, "tracks_test_info.mat")) << length << ": " << said;
    EXPECT_FALSE(contains(said, "\n")) << said;
    ++refused;
  }
  EXPECT_GT(refused, 30);
  MatWriter fractions;
  fractions.numbers("track_test_info", {1, 1.5, 2, 1}, 4);
  write("mars/info/tracks_test_info.mat", fractions.file());
  expectError("mars", "'track_test_info': number 2 is 1.5; a whole number was expected");
  fractions = {};
  fractions.numbers("track_test_info", {1, 1, std::nan(""), 1}, 4);
  write("mars/info/tracks_test_info.mat", fractions.file());
  expectError("mars", "'track_test_info': number 3 is nan; a whole number was expected");
  MatWriter words;
  words.texts("track_test_info", {"1", "1", "2", "1"});
  write("mars/info/tracks_test_info.mat", words.file());
  expectError("mars", "tracks_test_info.mat: 'track_test_info' is no list of numbers");
  write("mars/info/tracks_test_info.mat", whole);
  EXPECT_EQ(import("mars").samples.size(), 11U) << "the set itself is whole";
}

TEST_F(Mars, NamesAndTrackletsThatDisagreeAreTold) {
  auto more = test_;
  more.push_back("0004C2T0001F002.jpg");
  more.push_back("0004C3T0001F001.jpg");
  names("test_name.txt", more);
  const auto dataset = import("mars");
  EXPECT_EQ(dataset.samples.size(), 11U);
  EXPECT_TRUE(hasProblem(dataset, "mars/info/test_name.txt",
                         "2 of its frames, '0004C2T0001F002.jpg' first, are in no tracklet of "
                         "tracks_test_info.mat and were left out"))
      << listProblems(dataset);
  names("test_name.txt", test_);
  auto rows = testRows_;
  rows.push_back({4, 4, 2, 1});
  tracks("tracks_test_info.mat", "track_test_info", rows);
  EXPECT_TRUE(hasProblem(import("mars"), "mars/info/tracks_test_info.mat",
                         "1 frames are in more than one tracklet and count in each"));
  names("test_name.txt", {test_.begin(), test_.begin() + 6});
  expectError("mars", "tracks_test_info.mat:6: frames 7 to 7 were found; places 1 to 6 in");
}

TEST_F(Mars, ATrackletOfWhichNothingIsLeftIsCountedAndTheSearchGoesOn) {
  fs::remove(root_ / "mars/bbox_test/0004/0004C1T0001F001.jpg");
  const auto dataset = import("mars");
  EXPECT_TRUE(hasProblem(dataset, "mars/info/tracks_test_info.mat:6", "0004C1T0001F001.jpg"))
      << listProblems(dataset);
  EXPECT_EQ(templatesOf(dataset, "gallery").size(), 5U);
  EXPECT_EQ(templatesOf(dataset, "query").size(), 3U);
  EXPECT_TRUE(hasProblem(dataset, "protocol gallery", "1 of 6 templates have no usable image"))
      << listProblems(dataset);
}

TEST_F(Mars, QueriesThatAreNoneAreNamed) {
  queries({3, 8});
  expectError("mars", "query_IDX.mat: query 2 is tracklet 8; 1 to 7 were expected");
  queries({1});
  expectError("mars", "query_IDX.mat: query 1 is 00-1C1T0001, which is junk; a person was expected");
  queries({2});
  expectError("mars", "query 1 is 0000C2T0001, a distractor; a person was expected");
  fs::remove(root_ / "mars/info/query_IDX.mat");
  expectError("mars", "query_IDX.mat: is missing; it says which tracklets are searched for");
  fs::remove(root_ / "mars/info/test_name.txt");
  expectError("mars", "test_name.txt: is missing; it says which frames there are");
}

TEST_F(Mars, NamesThatLeaveTheFolderAreRefused) {
  auto list = test_;
  list[2] = "0002C1T/../../x.jpg";
  names("test_name.txt", list);
  expectError("mars", "is '0002C1T/../../x.jpg'; a name like");
}

TEST_F(TrackletSets, Market1501) {
  for (const char* file :
       {"bounding_box_train/0002_c1s1_000451_03.jpg", "bounding_box_train/0002_c2s1_000051_01.jpg",
        "bounding_box_test/-1_c1s1_000401_03.jpg", "bounding_box_test/0000_c3s1_000401_02.jpg",
        "bounding_box_test/0001_c1s1_001051_03.jpg", "bounding_box_test/0001_c2s1_000301_00.jpg",
        "bounding_box_test/cover.jpg", "query/0001_c1s1_001051_00.jpg"})
    writeImage(fs::path("market/Market-1501-v15.09.15") / file, 8, 16);
  for (const char* path : {"market", "market/Market-1501-v15.09.15"}) {
    const auto dataset = import(path);
    EXPECT_EQ(dataset.format, "market-1501");
    EXPECT_EQ(namesOf(dataset), (std::vector<std::string>{"0002", "distractor 0000_c3s1_000401_02", "0001"}));
    EXPECT_EQ(templatesOf(dataset, "gallery").size(), 3U) << "without junk";
    EXPECT_EQ(templatesOf(dataset, "query"),
              (std::vector<std::string>{"query 0001_c1s1_001051_00: 0001_c1s1_001051_00.jpg"}));
    EXPECT_EQ(camerasOf(dataset).at("0001_c2s1_000301_00"), R"({"camera":2})");
    EXPECT_TRUE(hasProblem(dataset, "market/Market-1501-v15.09.15/bounding_box_test/cover.jpg",
                           "is no name like 0002_c1s1_000451_03.jpg; 1 images"));
    EXPECT_EQ(pairsOf(dataset), (std::set<std::string>{"query 0001_c1s1_001051_00 0001_c2s1_000301_00 same",
                                                       "query 0001_c1s1_001051_00 0000_c3s1_000401_02"}));
  }
  fs::remove_all(root_ / "market/Market-1501-v15.09.15/query");
  EXPECT_TRUE(hasProblem(import("market"), "market/Market-1501-v15.09.15/query", "is missing"));
  fs::remove(root_ / "market/Market-1501-v15.09.15/bounding_box_test/0001_c1s1_001051_03.jpg");
  EXPECT_EQ(import("market").samples.size(), 4U);
}

TEST_F(TrackletSets, DukeMtmcVideoReid) {
  for (const char* file :
       {"train/0001/0001/0001_C6_F0001_X30823.jpg", "train/0001/0001/0001_C6_F0002_X30831.jpg",
        "train/0005/0002/0005C1F0001X30823.jpg", "query/0002/0003/0002_C1_F0001_X00001.jpg",
        "gallery/0002/0004/0002_C2_F0001_X00001.jpg", "gallery/0002/0004/0002_C2_F0003_X00017.jpg",
        "gallery/7001/0005/7001_C2_F0001_X00001.jpg"})
    writeImage(fs::path("DukeMTMC-VideoReID") / file, 8, 16);
  write("DukeMTMC-VideoReID/gallery/0002/0006/readme.txt", "nothing");
  const auto dataset = import("DukeMTMC-VideoReID");
  EXPECT_EQ(dataset.format, "duke-video");
  EXPECT_EQ(namesOf(dataset), (std::vector<std::string>{"0001", "0005", "0002", "7001"}));
  EXPECT_EQ(camerasOf(dataset).at("0005 0002"), R"({"camera":1})") << "of the older names, too";
  EXPECT_EQ(camerasOf(dataset).at("0001 0001"), R"({"camera":6})");
  EXPECT_EQ(templatesOf(dataset, "gallery"),
            (std::vector<std::string>{"0002 0004: 0002_C2_F0001_X00001.jpg 0002_C2_F0003_X00017.jpg",
                                      "7001 0005: 7001_C2_F0001_X00001.jpg"}));
  EXPECT_EQ(templatesOf(dataset, "query"),
            (std::vector<std::string>{"query 0002 0003: 0002_C1_F0001_X00001.jpg"}));
  EXPECT_TRUE(
      hasProblem(dataset, "DukeMTMC-VideoReID/gallery/0002/0004", "1 frames between its first and its last"))
      << listProblems(dataset);
  EXPECT_TRUE(hasProblem(dataset, "DukeMTMC-VideoReID/gallery/0002/0006", "which says the camera"));
  EXPECT_EQ(namesOf(import("DukeMTMC-VideoReID", "auto", with({{"part", "train"}}))),
            (std::vector<std::string>{"0001", "0005"}));
  fs::remove_all(root_ / "DukeMTMC-VideoReID/query");
  EXPECT_TRUE(hasProblem(import("DukeMTMC-VideoReID"), "DukeMTMC-VideoReID/query", "is missing"));
}

TEST_F(TrackletSets, IlidsVidAndItsSplits) {
  for (int person = 1; person <= 4; ++person)
    for (int camera = 1; camera <= 2; ++camera)
      for (int frame = 1; frame <= 2; ++frame) {
        char name[120];
        std::snprintf(name, sizeof name,
                      "ilids/i-LIDS-VID/sequences/cam%d/person%03d/cam%d_person%03d_%05d.png", camera,
                      10 * person, camera, 10 * person, 300 + frame);
        writeImage(name, 8, 16);
      }
  const auto dataset = import("ilids");
  EXPECT_EQ(dataset.format, "ilids-vid");
  EXPECT_EQ(namesOf(dataset), (std::vector<std::string>{"person010", "person020", "person030", "person040"}));
  EXPECT_EQ(templatesOf(dataset, "query")[0],
            "person010 cam1: cam1_person010_00301.png cam1_person010_00302.png");
  EXPECT_EQ(templatesOf(dataset, "gallery").size(), 4U);
  EXPECT_EQ(camerasOf(dataset).at("person010 cam2"), R"({"camera":2})");

  expectError("ilids", "train_test_splits_ilidsvid.mat: is missing; it says who is tested in a split",
              with({{"split", "1"}, {"part", "test"}}));
  MatWriter mat;  // two splits: 3 1 | 2 4, and 4 2 | 1 3
  mat.numbers("ls_set", {3, 4, 1, 2, 2, 1, 4, 3}, 4);
  write("ilids/train-test people splits/train_test_splits_ilidsvid.mat", mat.file());
  const auto half = [&](const char* split, const char* part) {
    return namesOf(import("ilids", "auto", with({{"split", split}, {"part", part}})));
  };
  EXPECT_EQ(half("1", "test"), (std::vector<std::string>{"person010", "person030"}));
  EXPECT_EQ(half("1", "train"), (std::vector<std::string>{"person020", "person040"}));
  EXPECT_EQ(half("2", "test"), (std::vector<std::string>{"person020", "person040"}));
  expectError("ilids", "option split: 3 was given;", with({{"split", "3"}, {"part", "test"}}));
  expectError("ilids", "option split: 'x' was given", with({{"split", "x"}, {"part", "test"}}));
  expectError("ilids", "options split and part belong together", with({{"split", "1"}}));
  fs::remove_all(root_ / "ilids/i-LIDS-VID/sequences/cam2/person020");
  EXPECT_TRUE(hasProblem(import("ilids"), "ilids/i-LIDS-VID/sequences/cam2/person020", "holds no frame"));
}

TEST_F(TrackletSets, Prid2011) {
  const auto walk = [&](char camera, int person, int frames) {
    for (int f = 1; f <= frames; ++f) {
      char name[120];
      std::snprintf(name, sizeof name, "prid/multi_shot/cam_%c/person_%04d/%04d.png", camera, person, f);
      writeImage(name, 8, 16);
    }
  };
  walk('a', 1, 3);
  walk('b', 1, 3);
  walk('a', 2, 1);
  walk('b', 2, 3);
  walk('a', 201, 3);
  walk('b', 201, 3);
  const auto dataset = import("prid");
  EXPECT_EQ(dataset.format, "prid-2011");
  EXPECT_EQ(namesOf(dataset), (std::vector<std::string>{"person_0001", "person_0002", "person_0201 of cam_a",
                                                        "person_0201 of cam_b"}))
      << "beyond 200 equal numbers are different persons";
  EXPECT_EQ(templatesOf(dataset, "query").size(), 2U) << "201 of a has nobody in b";
  EXPECT_EQ(templatesOf(dataset, "gallery").size(), 3U);
  EXPECT_EQ(templatesOf(dataset, "query")[0], "person_0001 cam_a: 0001.png 0002.png 0003.png");
  const auto longOnes = import("prid", "auto", with({{"frames", "2"}}));
  EXPECT_EQ(namesOf(longOnes), (std::vector<std::string>{"person_0001"}));
  EXPECT_TRUE(hasProblem(longOnes, "prid/multi_shot", "4 walks were left out"));
  expectError("prid", "option frames: 'many' was given", with({{"frames", "many"}}));
  fs::create_directories(root_ / "prid/multi_shot/cam_a/persons");
  EXPECT_TRUE(hasProblem(import("prid"), "prid/multi_shot/cam_a/persons", "is no name like person_0001"));
}

}  // namespace
}  // namespace discern::datasets
