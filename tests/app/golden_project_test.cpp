// Projects of schema versions 2 and 3, made by tests/golden/make_project.sh, open in this version with
// everything that is in them: by the library, by the program, and where nothing may be written. The numbers
// were read from the database by Python's sqlite3 when they were made.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/project/decisions.h"
#include "core/project/project.h"
#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using project::Project;
using project::Role;

class GoldenProject : public testing::TestWithParam<const char*> {
 protected:
  GoldenProject() {
    fs::create_directories(scratch_);
    fs::copy(fs::path(DISCERN_SOURCE_DIR) / "tests/golden" / GetParam(), folder_,
             fs::copy_options::recursive);
  }
  ~GoldenProject() override {
    setWritable(true);
    fs::remove_all(scratch_);
  }
  void setWritable(bool writable) const {
    const auto how = writable ? fs::perm_options::add : fs::perm_options::remove;
    const auto write = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    fs::permissions(folder_, writable ? fs::perms::owner_write : write, how);
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      fs::permissions(entry.path(), writable ? fs::perms::owner_write : write, how);
  }

  const fs::path scratch_ = fs::temp_directory_path() / ("discern_golden_" + std::to_string(::getpid()));
  const fs::path folder_ = scratch_ / "moved here.discern";
};

// What may differ between the programs that made them, in the last digits; of the map, which 50 iterations
// leave in the middle of its way, more.
struct Numbers {
  double mean, sigma, enters, kl;
};
Numbers numbers() {
  const std::string version = GoldenProject::GetParam();
  if (version == "project-v2")
    return {5.032535950342814, 2.6219930514599126, 0.5373772138073665, 1.6647372014776463};
  if (version == "project-v4")
    return {5.032535950342814, 2.6219930514599126, 0.53737715593451485, 1.7329006094039709};
  return {5.032535284757614, 2.6219915637601767, 0.5373772156742328, 1.5034781847130105};
}

// Of schema 6 on the last two samples are frames of a video.
bool hasVideo() { return std::string(GoldenProject::GetParam()) >= "project-v6"; }

void expectVideo(const std::vector<project::SampleRow>& samples) {
  for (std::size_t i = 0; i < samples.size(); ++i)
    EXPECT_EQ(samples[i].image.moment.has_value(), i >= 39) << i;
  if (!hasVideo()) return;
  EXPECT_EQ(samples[39].image.moment, (data::Moment{0, 0}));
  EXPECT_GT(samples[40].image.moment->time, 0.5);
  EXPECT_EQ(samples[40].image.moment->seconds, 0);
}

void expectPeopleAndImages(const Project& project, const fs::path& folder) {
  const auto identities = project.identities();
  std::vector<std::string> sets{"people", "strangers", "crowd", "placed"};
  if (hasVideo()) sets.emplace_back("walks");
  EXPECT_EQ(project.sets(), sets);
  ASSERT_EQ(identities.size(), hasVideo() ? 12U : 11U);
  EXPECT_EQ(identities[2].name, "0103");
  EXPECT_TRUE(identities[2].excluded);
  EXPECT_EQ(identities[4].mergedInto, 3);
  EXPECT_EQ(identities[7].role, Role::Test);
  EXPECT_EQ(identities[9].role, Role::Pool);
  EXPECT_EQ(identities[10].name, "kim");

  const auto samples = project.samples();
  ASSERT_EQ(samples.size(), hasVideo() ? 41U : 39U);
  expectVideo(samples);
  EXPECT_EQ(std::ranges::count_if(samples, [](const auto& s) { return s.parent >= 0; }), 8);
  for (const auto& sample : samples) {
    EXPECT_TRUE(fs::exists(sample.image.file)) << sample.image.file;
    EXPECT_TRUE(sample.image.file.starts_with(folder.string())) << sample.image.file;
    EXPECT_EQ(sample.problem, "");
  }
  EXPECT_EQ(samples[29].image.crop, (data::Rect{10, 12, 90, 90}));
  EXPECT_EQ(samples[29].media, "video 1");
  EXPECT_EQ(samples[29].nuisance, R"({"detector_score":0.75})");
  ASSERT_TRUE(samples[30].image.landmarks);
  EXPECT_FLOAT_EQ(samples[30].image.landmarks->at(4).x, 70.5F);
  EXPECT_EQ(samples[31].parent, 16);
  EXPECT_EQ(samples[31].image.degradation.kind, data::DegradationKind::GaussianBlur);
  EXPECT_FLOAT_EQ(samples[31].image.degradation.strength, 0.68605822F);
  EXPECT_EQ(samples[31].image.degradation.seed, 7176342755512121592U);
}

void expectNumbers(const Project& project) {
  const auto tables = project.featureTables();
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].model, "demo");
  const auto features = project.features("demo");
  ASSERT_EQ(features.view().rows, 39);
  ASSERT_EQ(features.view().cols, 256);
  // The norm's table holds the features' lengths: each row stands where it belongs.
  const auto norm = project.scores("norm");
  for (const int sample : {0, 12, 15, 31})
    EXPECT_NEAR(norm.ratio[static_cast<std::size_t>(sample)], data::norm(features.view().row(sample)), 1e-4);

  EXPECT_EQ(project.scoreTables(), (std::vector<std::string>{"dscore", "norm", "head"}));
  const auto dscore = project.scores("dscore");
  EXPECT_EQ(dscore.featureTable, "demo");
  EXPECT_EQ(dscore.covered, 39);
  EXPECT_NEAR(dscore.mean, numbers().mean, 1e-12);
  EXPECT_NEAR(dscore.sigma, numbers().sigma, 1e-12);
  EXPECT_FLOAT_EQ(dscore.ratio[12], 1.3056149F);
  EXPECT_FLOAT_EQ(dscore.own[12], 0.5306403F);
  EXPECT_FLOAT_EQ(dscore.hardest[12], 0.40642941F);
  EXPECT_EQ(dscore.hardestIdentity[12], 9);
  EXPECT_EQ(dscore.status[6], data::ScoreStatus::NotAsked);
  EXPECT_TRUE(std::isnan(dscore.score[6]));
  EXPECT_EQ(std::ranges::count(dscore.status, data::ScoreStatus::Scored), 34);
  for (std::size_t i = 0; i < dscore.score.size(); ++i)
    if (dscore.status[i] == data::ScoreStatus::Scored) {
      EXPECT_NEAR(dscore.score[i], 1 / (1 + std::exp((dscore.mean - dscore.ratio[i]) / dscore.sigma)), 1e-6);
    }
  EXPECT_FLOAT_EQ(project.scores("head").score[15], 0.56696874F);
}

void expectAnalyses(const Project& project, const fs::path& folder) {
  std::vector<std::string> protocols{"placed", "templates of 2"};
  if (hasVideo()) protocols.emplace_back("walks/videos");
  EXPECT_EQ(project.protocols(), protocols);
  const auto protocol = project.protocol("templates of 2");
  ASSERT_EQ(protocol.templates.size(), 8U);
  EXPECT_EQ(protocol.templates[1].name, "0201/1");
  EXPECT_EQ(protocol.templates[0].samples, (std::vector<int>{31, 17}));
  EXPECT_EQ(protocol.pairs.size(), 27U);
  EXPECT_EQ(std::ranges::count_if(protocol.pairs, &data::Pair::genuine), 3);

  const auto selection = project.selection("selection");
  EXPECT_EQ(selection.centers, 4);
  EXPECT_DOUBLE_EQ(selection.enters[12], numbers().enters);
  EXPECT_FLOAT_EQ(selection.others[12], 0.57624263F);
  EXPECT_TRUE(std::isnan(selection.enters[6]));  // excluded
  const auto map = project.map("tsne");
  EXPECT_NEAR(map.kl, numbers().kl, 1e-12);
  EXPECT_TRUE(data::isFinite(map.points.row(0)));
  EXPECT_FALSE(data::isFinite(map.points.row(15)));  // a test image

  const auto models = project.models();
  ASSERT_EQ(models.size(), 1U);
  EXPECT_EQ(models[0].kind, "head");
  EXPECT_EQ(models[0].file, folder / "checkpoints/head.json");
  EXPECT_EQ(nlohmann::json::parse(std::ifstream(models[0].file)).at("weight").size(), 256U);

  const auto runs = project.runs();
  ASSERT_EQ(runs.size(), hasVideo() ? 18U : 17U);
  EXPECT_EQ(runs[15].job, "evaluate");
  EXPECT_EQ(runs[15].status, "done");
  EXPECT_DOUBLE_EQ(nlohmann::json::parse(runs[15].result).at("aggregations")[0].at("auc"),
                   0.7777777777777778);
  EXPECT_EQ(nlohmann::json::parse(runs[16].options).at("thresholds"), "5");
  const auto curve = project.metrics(12);
  ASSERT_EQ(curve.size(), 3U);
  EXPECT_DOUBLE_EQ(curve[1].value, 0.25);
  EXPECT_TRUE(std::isnan(curve[2].value));
  EXPECT_EQ(project.setting("feature_model/demo"), "2642515357953101511");
  EXPECT_EQ(project.setting("threshold"), "0.25");
}

void expectDecisions(const Project& project) {
  const auto marks = project::marks(project);
  const auto history = project::history(project);
  if (std::string(GoldenProject::GetParam()) < "project-v5") {
    EXPECT_TRUE(marks.empty());
    return;
  }
  ASSERT_EQ(marks.size(), 2U);
  EXPECT_EQ(marks[0].first, 0);
  EXPECT_EQ(marks[0].second.leftOut, project::LeftOut::Templates);
  EXPECT_EQ(marks[0].second.tags, (std::vector<std::string>{"dark", "profile"}));
  EXPECT_EQ(marks[1].second.verdict, project::Verdict::Wrong);
  EXPECT_EQ(marks[1].second.note, "not a face");
  ASSERT_GE(history.size(), 5U);
  EXPECT_EQ(history[0].what, "merge 0105 into 0104");
  EXPECT_EQ(history[1].what, "exclude: 1 identity");
  EXPECT_EQ(history[4].what, "move to 0202: 1 image");
  EXPECT_TRUE(history[4].undone);
}

void expectAll(const Project& project, const fs::path& folder) {
  expectPeopleAndImages(project, folder);
  expectNumbers(project);
  expectAnalyses(project, folder);
  expectDecisions(project);
}

TEST_P(GoldenProject, IsReadWithEverythingInIt) {
  expectAll(Project::open(folder_, Project::Mode::Read), folder_);
}

TEST_P(GoldenProject, IsBroughtUpToDateByAWriterAndKeepsEverything) {
  auto project = Project::open(folder_, Project::Mode::Write);
  expectAll(project, folder_);
  project.setExcluded({2}, false);
  EXPECT_FALSE(project.identities()[2].excluded);
}

// In a process of its own, which is nobody where this one is root: root may write anywhere.
TEST_P(GoldenProject, IsReadWhereNothingMayBeWritten) {
  setWritable(false);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && ::seteuid(65534) != 0) ::_exit(2);
    try {
      const auto project = Project::open(folder_, Project::Mode::Read);
      expectAll(project, folder_);
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
    if (std::ofstream(folder_ / "project.lock")) ADD_FAILURE() << "the folder can be written to";
    ::_exit(HasFailure() ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST_P(GoldenProject, IsDescribedByTheProgram) {
  const auto ran = test::run({"info", folder_, "--json"});
  ASSERT_EQ(ran.exit, 0) << ran.err;
  const auto result = ran.event("result");
  EXPECT_EQ(result["sets"]["people (train)"]["identities"], 5);
  EXPECT_EQ(result["sets"]["people (train)"]["excluded"], 1);
  EXPECT_EQ(result["sets"]["strangers (test)"]["copies"], 6);
  EXPECT_EQ(result["features"][0]["dims"], 256);
  EXPECT_EQ(result["selections"][0]["faces"], 12);
  EXPECT_EQ(result["evaluations"][0]["protocol"], "templates of 2");
  EXPECT_EQ(result["operating_point"]["threshold"], 0.25);   // as version 0.1 kept it
  EXPECT_EQ(result["operating_point"]["scores"], "dscore");  // chosen, not the newest
  if (hasVideo()) return;                                    // its frames have no features yet
  // And worked with: the scores come out as they were.
  ASSERT_EQ(test::run({"score", folder_, "--name", "again"}).exit, 0);
  const auto project = Project::open(folder_, Project::Mode::Read);
  const auto before = project.scores("dscore"), after = project.scores("again");
  for (std::size_t i = 0; i < before.score.size(); ++i)
    if (before.status[i] == data::ScoreStatus::Scored) {
      EXPECT_NEAR(after.score[i], before.score[i], 1e-5);
    }
}

INSTANTIATE_TEST_SUITE_P(Schema, GoldenProject,
                         testing::Values("project-v2", "project-v3", "project-v4", "project-v5",
                                         "project-v6"));

}  // namespace
}  // namespace discern
