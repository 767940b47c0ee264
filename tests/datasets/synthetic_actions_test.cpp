#include "datasets/synthetic_actions.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <set>

#include "core/base/parallel.h"
#include "core/data/csv.h"
#include "core/imaging/video.h"
#include "datasets/rendering/mover.h"
#include "tests/datasets/fixture.h"
#include "tests/message_of.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;

class SyntheticActions : public DatasetTest {
 protected:
  static constexpr ActionOptions kSmall{
      .actions = 3, .trainVideos = 1, .testVideos = 1, .seconds = 10, .actionShare = 0.4, .seed = 5};

  void generate(const char* name, const ActionOptions& options = kSmall) const {
    Progress progress;
    generateActions(options, root_ / name, progress);
  }
  struct Stretch {
    double begin, end;
    std::string action, shows;
  };
  std::map<std::string, std::vector<Stretch>> truthOf(const char* name) const {
    std::map<std::string, std::vector<Stretch>> truth;
    const auto rows = data::readCsv(root_ / name / "truth.csv");
    for (std::size_t r = 1; r < rows.size(); ++r) {
      const auto& f = rows[r].fields;
      truth[f[0]].push_back({std::stod(f[1]), std::stod(f[2]), f[3], f[4]});
    }
    return truth;
  }
  std::map<std::string, std::string> filesOf(const char* name) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / name))
      if (entry.is_regular_file())
        files[entry.path().lexically_relative(root_ / name).string()] = readFile(entry.path());
    return files;
  }
  // Mean level of a frame, and how much the picture changes in a third of a second.
  struct Look {
    double level, change;
  };
  static Look lookAt(const fs::path& video, double time) {
    const auto frames = imaging::framesAt(video, std::vector{time, time + 0.33});
    const auto pixels = static_cast<double>(frames[0].total()) * 3;
    return {cv::norm(frames[0], cv::NORM_L1) / pixels, cv::norm(frames[0], frames[1], cv::NORM_L1) / pixels};
  }
};

TEST_F(SyntheticActions, IsAnActivityNetSetWhoseTruthIsTheAnnotations) {
  generate("net");
  LoadOptions options;
  options.extra = {{"seconds", "2"}};
  const auto set = import("net", "auto", options);
  EXPECT_EQ(set.format, "activitynet");
  EXPECT_TRUE(set.problems.empty()) << listProblems(set);
  EXPECT_EQ(std::set<std::string>(set.identities.begin(), set.identities.end()),
            (std::set<std::string>{"wave", "walk left", "walk right"}));
  EXPECT_EQ(set.samples.size(), 6U * 5);
  EXPECT_EQ(set.protocols.at(0).templates.size(), 3U) << "one video of each action is tested";
  const auto truth = truthOf("net");
  ASSERT_EQ(truth.size(), 6U);
  for (const auto& [video, stretches] : truth) {
    double action = 0, at = 0;
    for (const Stretch& one : stretches) {
      EXPECT_NEAR(one.begin, at, 0.0011) << video << ": stretches leave no gap";
      at = one.end;
      action += one.shows == "action" ? one.end - one.begin : 0;
    }
    EXPECT_NEAR(at, 10, 0.0011) << video;
    EXPECT_NEAR(action, 0.4 * 10, 0.01) << video;
  }
  // What a clip is said to show is what the truth says of its time.
  for (const auto& sample : set.samples) {
    double share = 0;
    for (const Stretch& one : truth.at(relative(sample.image.file).substr(4)))
      if (one.shows == "action")
        share += std::max(0.0, std::min(one.end, sample.image.moment->time + 2) -
                                   std::max(one.begin, sample.image.moment->time)) /
                 2;
    EXPECT_NEAR(nlohmann::json::parse(sample.nuisance)["action"].get<double>(), share, 0.002);
  }
}

TEST_F(SyntheticActions, IsAKineticsSetToo) {
  auto options = kSmall;
  options.layout = ActionOptions::Layout::Kinetics;
  generate("kin", options);
  const auto set = import("kin");
  EXPECT_EQ(set.format, "kinetics");
  EXPECT_TRUE(set.problems.empty()) << listProblems(set);
  EXPECT_EQ(set.identities.size(), 3U);
  EXPECT_EQ(set.protocols.at(0).templates.size(), 3U);
  EXPECT_TRUE(set.samples[0].nuisance.empty());
}

TEST_F(SyntheticActions, DistractionsAreDarkBlurredOrStill) {
  generate("net");
  std::map<std::string, std::pair<Look, int>> sums;
  for (const auto& [video, stretches] : truthOf("net"))
    for (const Stretch& one : stretches) {
      if (one.end - one.begin < 1) continue;
      const Look look = lookAt(root_ / "net" / video, one.begin + 0.4);
      auto& [sum, count] = sums[one.shows];
      sum.level += look.level;
      sum.change += look.change;
      ++count;
    }
  const auto mean = [&](const char* shows) {
    const auto& [sum, count] = sums.at(shows);
    return Look{sum.level / count, sum.change / count};
  };
  EXPECT_LT(mean("dark").level, 0.25 * mean("action").level);
  EXPECT_GT(mean("action").change, 1.3 * mean("standing").change) << "who stands holds a pose";
  EXPECT_GT(mean("action").change, 1.3 * mean("blurred").change);
}

TEST_F(SyntheticActions, TheSameOptionsGiveTheSameBytes) {
  auto options = kSmall;
  options.actions = 2;
  options.seconds = 4;
  generate("a", options);
  setThreadCount(1);
  generate("b", options);
  setThreadCount(0);
  EXPECT_EQ(filesOf("a"), filesOf("b"));
  EXPECT_TRUE(isMadeWith(root_ / "a", options));
  options.seed = 6;
  EXPECT_FALSE(isMadeWith(root_ / "a", options));
  generate("c", options);
  EXPECT_NE(filesOf("a"), filesOf("c"));
  // A video depends on its number and not on how many others there are.
  options.firstVideo = 1;
  options.trainVideos = 0;
  generate("d", options);
  EXPECT_EQ(filesOf("c").at("val/v_000v0000001.avi"), filesOf("d").at("val/v_000v0000001.avi"));
}

TEST_F(SyntheticActions, WhatCannotBeMadeIsSaidAndLeavesNothing) {
  const auto message = [&](ActionOptions options) {
    return testing::messageOf([&] { generate("x", options); });
  };
  auto options = kSmall;
  options.actions = 13;
  EXPECT_EQ(message(options), "actions is 13, expected 2 to 12.");
  options = kSmall;
  options.trainVideos = options.testVideos = 0;
  EXPECT_EQ(message(options), "videos of an action is 0, expected 1 to 9999999.");
  EXPECT_FALSE(fs::exists(root_ / "x"));
  options = kSmall;
  options.actions = 2;
  options.seconds = 4;
  generate("x", options);
  EXPECT_TRUE(contains(message(options), "exists already"));
}

bool alike(const rendering::Pose& a, const rendering::Pose& b) {
  const auto near = [](float x, float y) { return std::abs(std::remainder(x - y, 2 * CV_PI)) < 1e-3; };
  bool same = near(a.lean, b.lean) && near(a.x, b.x) && near(a.y, b.y) && near(a.turned, b.turned);
  for (const std::size_t side : {0U, 1U})
    same = same && near(a.upperArm[side], b.upperArm[side]) && near(a.forearm[side], b.forearm[side]) &&
           near(a.thigh[side], b.thigh[side]) && near(a.shank[side], b.shank[side]);
  return same;
}

TEST(Mover, ActionsComeAgainAndTwoDifferByTheOrderOfTheirPosesAlone) {
  const auto names = rendering::actionNames();
  const auto find = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  };
  for (std::size_t a = 0; a < names.size(); ++a) {
    bool moves = false;
    for (const double phase : {0.05, 0.3, 0.55, 0.8}) {
      EXPECT_TRUE(alike(rendering::poseOf(a, phase), rendering::poseOf(a, phase + 5))) << names[a];
      moves = moves || !alike(rendering::poseOf(a, phase), rendering::poseOf(a, 0));
    }
    EXPECT_TRUE(moves) << names[a];
  }
  for (const double phase : {0.1, 0.35, 0.6, 0.9})
    EXPECT_TRUE(alike(rendering::poseOf(find("circle arm down"), phase),
                      rendering::poseOf(find("circle arm up"), 1 - phase)));
}

}  // namespace
}  // namespace discern::datasets
