// Sets of action recognition, each in its own layout.
#include <chrono>
#include <stop_token>
#include <thread>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/imaging/video.h"
#include "datasets/labelled_videos.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/tiny_video.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;
using data::Moment;

class ActionSets : public DatasetTest {
 protected:
  void video(const fs::path& file, double seconds) const { test::writeVideo(root_ / file, seconds); }
  static LoadOptions with(const std::map<std::string, std::string>& extra) {
    LoadOptions options;
    options.extra = extra;
    return options;
  }
  // "wave v1 0+2" of each clip: action, video, beginning and length.
  static std::vector<std::string> clips(const data::Dataset& dataset) {
    std::vector<std::string> lines;
    for (const auto& s : dataset.samples)
      lines.push_back(fmt::format("{} {} {:.3g}+{:.3g}",
                                  dataset.identities[static_cast<std::size_t>(s.identity)], s.media,
                                  s.image.moment.value().time, s.image.moment->seconds));
    return lines;
  }
  // "name: 0 1 2" of each template.
  static std::vector<std::string> templates(const data::Dataset& dataset, const std::string& protocol) {
    std::vector<std::string> lines;
    for (const auto& p : dataset.protocols)
      for (const auto& t : p.templates) {
        if (p.name != protocol) break;
        std::string line = t.name + ":";
        for (const int s : t.samples) line += fmt::format(" {}", s);
        lines.push_back(line);
      }
    return lines;
  }
  void expectError(const char* path, const std::string& part, const LoadOptions& options = {}) const {
    const std::string error = errorOf(path, "auto", options);
    EXPECT_TRUE(contains(error, part)) << error;
  }
};
using Lines = std::vector<std::string>;

TEST(ClipsOf, AreConsecutiveAndLeaveARestOut) {
  EXPECT_EQ(clipsOf(6.5, 2, 2), (std::vector<Moment>{{0, 2}, {2, 2}, {4, 2}}));
  EXPECT_EQ(clipsOf(6, 2, 2), (std::vector<Moment>{{0, 2}, {2, 2}, {4, 2}}))
      << "the last ends with the video";
  EXPECT_EQ(clipsOf(5, 2, 1), (std::vector<Moment>{{0, 2}, {1, 2}, {2, 2}, {3, 2}}));
  EXPECT_EQ(clipsOf(9, 2, 3), (std::vector<Moment>{{0, 2}, {3, 2}, {6, 2}}));
  EXPECT_EQ(clipsOf(1.2, 2, 2), (std::vector<Moment>{{0, 1.2}})) << "a short video is one clip";
  EXPECT_THROW(clipsOf(1e9, 2, 2), Error);
}

class ActivityNet : public ActionSets {
 protected:
  ActivityNet() {
    video("net/train/v_aaaaaaaaaaa.avi", 6);
    video("net/val/v_bbbbbbbbbbb.mp4", 4);
    video("net/val/ccccccccccc.avi", 2);
    annotate(kWhole);
  }
  void annotate(const std::string& database) const {
    write("net/activity_net.v1-2.min.json",
          R"({"version":"VERSION 1.2","taxonomy":[],"database":{)" + database + "}}");
  }
  static LoadOptions two() { return with({{"seconds", "2"}}); }
  const std::string kWhole =
      R"("aaaaaaaaaaa":{"duration":6.0,"subset":"training","annotations":[
           {"segment":[1.0,2.0],"label":"Archery"},{"segment":[1.5,3.0],"label":"Archery"}]},
         "bbbbbbbbbbb":{"duration":4.0,"subset":"validation","annotations":[
           {"segment":[0.0,1.0],"label":"Swimming"},{"segment":[2.0,4.0],"label":"Archery"}]},
         "ccccccccccc":{"subset":"validation","annotations":[{"segment":[0.5,1.5],"label":"Swimming"}]},
         "ddddddddddd":{"subset":"testing","annotations":[]})";
};

TEST_F(ActivityNet, VideosBecomeClipsWithTheShareThatShowsTheAction) {
  const auto set = import("net", "auto", two());
  EXPECT_EQ(set.format, "activitynet");
  EXPECT_EQ(set.kind, "clip");
  EXPECT_EQ(clips(set),
            (Lines{"Archery aaaaaaaaaaa 0+2", "Archery aaaaaaaaaaa 2+2", "Archery aaaaaaaaaaa 4+2",
                   "Archery bbbbbbbbbbb 0+2", "Archery bbbbbbbbbbb 2+2", "Swimming ccccccccccc 0+2"}));
  // Overlapping segments count once: 1 to 3 of the first video.
  const Lines shares = {R"({"action":0.5})", R"({"action":0.5})", R"({"action":0})",
                        R"({"action":0})",   R"({"action":1})",   R"({"action":0.5})"};
  for (std::size_t i = 0; i < shares.size(); ++i) EXPECT_EQ(set.samples[i].nuisance, shares[i]) << i;
  EXPECT_EQ(templates(set, "videos"), (Lines{"bbbbbbbbbbb: 3 4", "ccccccccccc: 5"}))
      << "those that are tested";
  ASSERT_EQ(set.protocols.size(), 2U);
  ASSERT_EQ(set.protocols[1].pairs.size(), 1U);
  EXPECT_FALSE(set.protocols[1].pairs[0].genuine);
  const std::string json = "net/activity_net.v1-2.min.json";
  EXPECT_TRUE(hasProblem(set, json, "1 videos have no annotation")) << listProblems(set);
  EXPECT_TRUE(hasProblem(set, json, "1 videos show several actions"));
  EXPECT_EQ(set.problems.size(), 2U) << listProblems(set);
}

TEST_F(ActivityNet, OnePartAlone) {
  EXPECT_EQ(import("net", "auto", with({{"seconds", "2"}, {"part", "train"}})).samples.size(), 3U);
  const auto test = import("net", "auto", with({{"seconds", "2"}, {"part", "validation"}, {"every", "1"}}));
  EXPECT_EQ(clips(test), (Lines{"Archery bbbbbbbbbbb 0+2", "Archery bbbbbbbbbbb 1+2",
                                "Archery bbbbbbbbbbb 2+2", "Swimming ccccccccccc 0+2"}));
  expectError("net", "option part: 'val' was given; train or validation or test was expected",
              with({{"part", "val"}}));
  expectError("net", "option seconds: 'long' was given; 0.05 to 3600 seconds", with({{"seconds", "long"}}));
  expectError("net", "option every: '0' was given", with({{"every", "0"}}));
}

TEST_F(ActivityNet, AbsentAndDamagedVideosAreCountedAndNothingElseIsLost) {
  fs::remove(root_ / "net/val/ccccccccccc.avi");
  write("net/val/v_bbbbbbbbbbb.mp4", "no video");
  const auto set = import("net", "auto", two());
  EXPECT_EQ(set.samples.size(), 3U);
  EXPECT_TRUE(
      hasProblem(set, "net/activity_net.v1-2.min.json",
                 "1 of the 3 videos it names are not there and were left out, the first: ccccccccccc"))
      << listProblems(set);
  EXPECT_TRUE(hasProblem(set, "net/val/v_bbbbbbbbbbb.mp4", "the video was left out")) << listProblems(set);
  EXPECT_TRUE(hasProblem(set, "net", "of 2 videos 1 were left out because they cannot be read"));
}

TEST_F(ActivityNet, AVideoThatEndsEarlyGivesTheClipsThatItHas) {
  std::string bytes = readFile(root_ / "net/train/v_aaaaaaaaaaa.avi");
  write("net/train/v_aaaaaaaaaaa.avi", bytes.substr(0, bytes.size() * 6 / 10));
  const auto set = import("net", "auto", two());
  EXPECT_EQ(clips(set)[0], "Archery aaaaaaaaaaa 0+2");
  EXPECT_EQ(clips(set)[1], "Archery bbbbbbbbbbb 0+2") << "3.5 of 6 seconds are there";
  EXPECT_TRUE(hasProblem(set, "net/train/v_aaaaaaaaaaa.avi", "ends early")) << listProblems(set);
}

TEST_F(ActivityNet, WhatIsMalformedIsSaidInOneSentence) {
  const std::string video = R"("aaaaaaaaaaa":{"subset":"training","annotations":[)";
  annotate(video + R"({"label":"Archery","segment":[1]}]})");
  expectError("net", "video 'aaaaaaaaaaa': the segment [1] was found; two numbers");
  annotate(video + R"({"segment":[1,2]}]})");
  expectError("net", "video 'aaaaaaaaaaa': an annotation has no label");
  annotate(R"("aaaaaaaaaaa":{"subset":"trainig"})");
  expectError("net", "its subset is 'trainig'; training, validation or testing was expected");
  annotate(R"("aaaaaaaaaaa":{"subset":"training","annotations":7})");
  expectError("net", "a list 'annotations' was expected");
  annotate(R"("aaaaaaaaaaa":[1])");
  expectError("net", "its subset is ''");
  write("net/activity_net.v1-2.min.json", R"({"database":{"a":)");
  expectError("net", "activity_net.v1-2.min.json: ");
  write("net/activity_net.v1-2.min.json", R"({"database":[]})");
  expectError("net", "an object 'database'");
  // Segments that end before they begin happen in the releases.
  annotate(video + R"({"label":"Archery","segment":[2,1]},{"label":"Archery","segment":[0,2]}]})");
  const auto set = import("net", "auto", two());
  EXPECT_EQ(set.samples[0].nuisance, R"({"action":1})");
  EXPECT_TRUE(hasProblem(set, "net/activity_net", "1 segments end before they begin"));
}

class Kinetics : public ActionSets {
 protected:
  Kinetics() {
    video("kin/train/abseiling/AbCdEfGhIjK_000084_000086.mp4", 2);
    video("kin/train/zumba/-zzzzzzzzzz_000000_000002.mp4", 2);
    video("kin/validate/abseiling/0123456789a_000010_000013.avi", 3);
    write("kin/train.csv", kHeader + "abseiling,AbCdEfGhIjK,84,86,train\nzumba,-zzzzzzzzzz,0,2,train\n");
    write("kin/validate.csv",
          kHeader + "abseiling,0123456789a,10,13,validate\nzumba,gone0000000,0,10,validate\n");
    write("kin/test.csv", "youtube_id,time_start,time_end,split\nAbCdEfGhIjK,84,86,test\n");
  }
  const std::string kHeader = "label,youtube_id,time_start,time_end,split\n";
};

TEST_F(Kinetics, TablesNameVideosByIdentifierAndTime) {
  const auto set = import("kin", "auto", with({{"seconds", "1"}}));
  EXPECT_EQ(set.format, "kinetics");
  EXPECT_EQ(clips(set),
            (Lines{"abseiling AbCdEfGhIjK_000084_000086 0+1", "abseiling AbCdEfGhIjK_000084_000086 1+1",
                   "zumba -zzzzzzzzzz_000000_000002 0+1", "zumba -zzzzzzzzzz_000000_000002 1+1",
                   "abseiling 0123456789a_000010_000013 0+1", "abseiling 0123456789a_000010_000013 1+1",
                   "abseiling 0123456789a_000010_000013 2+1"}));
  EXPECT_TRUE(set.samples[0].nuisance.empty()) << "nobody says where in it the action is";
  EXPECT_EQ(templates(set, "videos"), (Lines{"0123456789a_000010_000013: 4 5 6"}));
  EXPECT_TRUE(hasProblem(set, "kin/test.csv", "1 of its rows have no label")) << listProblems(set);
  EXPECT_TRUE(hasProblem(set, "kin/validate.csv", "1 of the 2 videos it names are not there"));
  EXPECT_EQ(set.problems.size(), 2U) << listProblems(set);
  EXPECT_EQ(import("kin", "auto", with({{"part", "validation"}})).samples.size(), 1U);
  // Where a release tells the labels of the test, too, it does not mix with the validation.
  write("kin/test.csv", kHeader + "zumba,-zzzzzzzzzz,0,2,test\n");
  write("kin/train.csv", kHeader + "abseiling,AbCdEfGhIjK,84,86,train\n");
  const auto media = [&](const char* part) {
    return import("kin", "auto", with({{"part", part}, {"seconds", "2"}})).samples.at(0).media;
  };
  EXPECT_EQ(media("test"), "-zzzzzzzzzz_000000_000002");
  EXPECT_EQ(media("validation"), "0123456789a_000010_000013");
  EXPECT_EQ(media("train"), "AbCdEfGhIjK_000084_000086");
}

TEST_F(Kinetics, ATreeOfLinksIsRead) {
  fs::rename(root_ / "kin/train", root_ / "elsewhere");
  fs::create_directory_symlink(root_ / "elsewhere", root_ / "kin/train");
  EXPECT_EQ(import("kin", "auto", with({{"part", "train"}, {"seconds", "2"}})).samples.size(), 2U);
}

TEST_F(Kinetics, ARowTwiceCountsOnce) {
  write("kin/train.csv", kHeader +
                             "abseiling,AbCdEfGhIjK,84,86,train\nabseiling,AbCdEfGhIjK,84,86,train\n"
                             "zumba,AbCdEfGhIjK,84,86,train\nzumba,-zzzzzzzzzz,0,2,train\n");
  const auto set = import("kin", "auto", with({{"part", "train"}}));
  EXPECT_EQ(set.samples.size(), 2U);
  EXPECT_TRUE(hasProblem(set, "kin/train.csv:3", "listed more than once")) << listProblems(set);
  EXPECT_TRUE(hasProblem(set, "kin/train.csv:4", "listed under abseiling and under zumba; the first counts"));
}

TEST_F(Kinetics, WhatIsMalformedIsSaidInOneSentence) {
  const auto says = [&](const std::string& row, const char* part) {
    write("kin/train.csv", kHeader + row + "\n");
    expectError("kin", part);
  };
  says("abseiling,AbCdEfGhIjK,86,84,train", "train.csv:2: video 'AbCdEfGhIjK' from 86 to 84 was found");
  says("abseiling,AbCdEfGhIjK,x,86,train", "train.csv:2: column time_start is 'x'");
  says("abseiling,,84,86,train", "video '' from 84 to 86");
  says("abseiling,AbCdEfGhIjK,84,86,both", "the part is 'both'; train, validate or test");
  says("abseiling,AbCdEfGhIjK,84", "train.csv:2: 3 columns were found");
}

class Ucf101 : public ActionSets {
 protected:
  Ucf101() {
    video("ucf/UCF-101/Archery/v_Archery_g08_c01.avi", 2);
    video("ucf/UCF-101/Archery/v_Archery_g01_c01.avi", 2);
    video("ucf/UCF-101/Diving/v_Diving_g09_c02.avi", 1);
    write("ucf/ucfTrainTestlist/classInd.txt", "1 Archery\n2 Diving\n");
    write("ucf/ucfTrainTestlist/trainlist01.txt",
          "Archery/v_Archery_g08_c01.avi 1\r\nDiving/v_Diving_g09_c02.avi 2\r\n");
    write("ucf/ucfTrainTestlist/testlist01.txt", "Archery/v_Archery_g01_c01.avi\n");
    write("ucf/ucfTrainTestlist/trainlist02.txt", "Archery/v_Archery_g01_c01.avi 1\n");
    write("ucf/ucfTrainTestlist/testlist02.txt",
          "Archery/v_Archery_g08_c01.avi\nDiving/v_Diving_g09_c02.avi\n");
  }
};

TEST_F(Ucf101, ListsSayWhichPartAVideoIsOf) {
  const auto set = import("ucf");
  EXPECT_EQ(set.format, "ucf-101");
  EXPECT_EQ(clips(set), (Lines{"Archery v_Archery_g08_c01 0+2", "Diving v_Diving_g09_c02 0+1",
                               "Archery v_Archery_g01_c01 0+2"}));
  EXPECT_EQ(templates(set, "videos"), (Lines{"v_Archery_g01_c01: 2"}));
  EXPECT_TRUE(set.problems.empty()) << listProblems(set);
  const auto second = import("ucf", "auto", with({{"split", "2"}, {"part", "test"}}));
  EXPECT_EQ(templates(second, "videos"), (Lines{"v_Archery_g08_c01: 0", "v_Diving_g09_c02: 1"}));
  expectError("ucf", "option split: '4' was given; 1, 2 or 3", with({{"split", "4"}}));
  expectError("ucf", "trainlist03.txt: is missing", with({{"split", "3"}}));
}

TEST_F(Ucf101, WhatIsMalformedIsSaidInOneSentence) {
  const auto says = [&](const char* line, const char* part) {
    write("ucf/ucfTrainTestlist/trainlist01.txt", line);
    expectError("ucf", part);
  };
  says("\nArchery/v_Archery_g08_c01.avi one\n",
       "trainlist01.txt:2: 'Archery/v_Archery_g08_c01.avi one' was found");
  says("v_Archery_g08_c01.avi 1\n",
       "trainlist01.txt:1: 'v_Archery_g08_c01.avi 1' was found; Action/video.avi");
  says("../../v_Archery_g08_c01.avi 1\n", "Action/video.avi was expected");
}

// Of six equal videos, looked at one after the other.
class StoppedImport : public ActionSets {
 protected:
  static constexpr int kVideos = 6;

  StoppedImport() {
    std::string list;
    for (int i = 0; i < kVideos; ++i) {
      const std::string name = fmt::format("Archery/v_Archery_g0{}_c01.avi", i);
      video("ucf/UCF-101/" + name, 2);
      list += name + " 1\n";
    }
    write("ucf/ucfTrainTestlist/trainlist01.txt", list);
    options_.extra = {{"part", "train"}};
    options_.foundSoFar = root_ / "project/found.jsonl";
    setThreadCount(1);
  }
  ~StoppedImport() override { setThreadCount(0); }

  // How many frames an import decodes that is stopped after so many videos; 0: it is not stopped.
  std::int64_t decoded(int videos = 0) {
    const auto before = imaging::decodedFrames();
    notes_.clear();
    std::stop_source stop;
    Progress progress(
        [&](const ProgressEvent& event) {
          if (event.kind == ProgressEvent::Kind::Note) notes_.push_back(event.text);
          if (videos == 0) return;
          if (event.done == videos) stop.request_stop();
          // Every video is told of when so much time is between them.
          std::this_thread::sleep_for(std::chrono::milliseconds(120));
        },
        stop.get_token());
    stopped_ = false;
    try {
      clips_ = clips(load(root_ / "ucf", "ucf-101", options_, progress));
    } catch (const Cancelled&) {
      stopped_ = true;
    }
    return imaging::decodedFrames() - before;
  }

  LoadOptions options_;
  bool stopped_ = false;
  Lines clips_, notes_;
};

TEST_F(StoppedImport, GoesOnWithTheRest) {
  const auto two = decoded(2);
  ASSERT_TRUE(stopped_);
  ASSERT_GT(two, 0);
  EXPECT_EQ(decoded(), 2 * two) << "of the other four";
  EXPECT_FALSE(stopped_);
  EXPECT_EQ(notes_, Lines{"Going on after 2 of 6 videos."});
  Lines expected;
  for (int i = 0; i < kVideos; ++i) expected.push_back(fmt::format("Archery v_Archery_g0{}_c01 0+2", i));
  EXPECT_EQ(clips_, expected);
  EXPECT_EQ(decoded(), 0) << "all is known";
  EXPECT_EQ(clips_, expected);
  video("ucf/UCF-101/Archery/v_Archery_g03_c01.avi", 1);
  const auto again = decoded();
  EXPECT_GT(again, 0) << "it is another one";
  EXPECT_LT(again, two);
  expected[3] = "Archery v_Archery_g03_c01 0+1";
  EXPECT_EQ(clips_, expected);
}

TEST_F(StoppedImport, WhatCannotBeOfAVideoIsLookedForAgain) {
  const auto all = decoded();
  ASSERT_GT(all, 0);
  std::string kept = readFile(options_.foundSoFar);
  for (std::size_t at = 0; (at = kept.find("\"found\":[", at)) != std::string::npos; ++at)
    kept.insert(at + 9, "-");
  write("project/found.jsonl", kept);
  EXPECT_EQ(decoded(), all);
}

TEST_F(StoppedImport, KeepsNothingUnlessAFileIsNamed) {
  options_.foundSoFar.clear();
  const auto all = decoded();
  EXPECT_GT(all, 0);
  EXPECT_EQ(decoded(), all);
  EXPECT_FALSE(fs::exists(root_ / "project"));
}

class Hmdb51 : public ActionSets {
 protected:
  Hmdb51() {
    video("hmdb/wave/a_wave (1)_f.avi", 1);
    video("hmdb/wave/b_wave_f.avi", 1);
    video("hmdb/brush_hair/c_brush_hair_u.avi", 1);
    write("hmdb/testTrainMulti_7030_splits/wave_test_split1.txt",
          "a_wave (1)_f.avi 1 \nb_wave_f.avi 2 \nunused.avi 0 \n");
    write("hmdb/testTrainMulti_7030_splits/brush_hair_test_split1.txt", "c_brush_hair_u.avi 1 \n");
    write("hmdb/testTrainMulti_7030_splits/wave_test_split2.txt", "a_wave (1)_f.avi 2 \n");
  }
};

TEST_F(Hmdb51, EachActionsListSaysWhatAVideoIsFor) {
  const auto set = import("hmdb");
  EXPECT_EQ(set.format, "hmdb-51");
  EXPECT_EQ(clips(set),
            (Lines{"brush_hair c_brush_hair_u 0+1", "wave a_wave (1)_f 0+1", "wave b_wave_f 0+1"}));
  EXPECT_EQ(templates(set, "videos"), (Lines{"b_wave_f: 2"}));
  EXPECT_TRUE(set.problems.empty()) << listProblems(set);
  EXPECT_EQ(templates(import("hmdb", "auto", with({{"split", "2"}})), "videos"), (Lines{"a_wave (1)_f: 0"}));
  expectError("hmdb", "holds no file like wave_test_split3.txt", with({{"split", "3"}}));
  write("hmdb/testTrainMulti_7030_splits/wave_test_split1.txt", "a_wave (1)_f.avi 3\n");
  expectError("hmdb", "wave_test_split1.txt:1: 'a_wave (1)_f.avi 3' was found; video.avi and 0, 1");
}

}  // namespace
}  // namespace discern::datasets
