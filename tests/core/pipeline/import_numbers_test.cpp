#include "core/pipeline/import_numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <stop_token>

#include "core/base/described.h"
#include "core/base/error.h"
#include "core/data/no_picture.h"
#include "core/pipeline/distil.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/identify.h"
#include "core/pipeline/model_cost.h"
#include "core/pipeline/protocol.h"
#include "core/pipeline/score.h"
#include "core/pipeline/sweep.h"
#include "core/pipeline/train.h"
#include "core/project/contents.h"
#include "core/project/upkeep.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

data::NumberRows rowsOf(data::Matrix matrix, Texts paths = {}, Texts labels = {}) {
  data::NumberRows rows;
  rows.source = "numbers.npy";
  rows.rows = matrix.rows;
  rows.cols = matrix.cols;
  rows.paths = std::move(paths);
  rows.labels = std::move(labels);
  rows.read = [matrix = std::move(matrix)](std::int64_t first, std::int64_t count, float* to) {
    std::copy_n(matrix.values.begin() + first * matrix.cols, count * matrix.cols, to);
  };
  return rows;
}

data::Matrix counting(std::int64_t rows, std::int64_t cols) {
  data::Matrix matrix(rows, cols);
  for (std::size_t i = 0; i < matrix.values.size(); ++i) matrix.values[i] = static_cast<float>(i + 1);
  return matrix;
}

class ImportNumbers : public testing::Test {
 protected:
  ImportFeaturesOptions features(const std::string& name = "own") {
    ImportFeaturesOptions options;
    options.source.file = "numbers.npy";
    options.name = name;
    return options;
  }
  ImportScoresOptions scores(const std::string& name = "quality") {
    ImportScoresOptions options;
    options.source.file = "numbers.npy";
    options.name = name;
    return options;
  }
  std::string refusal(const std::function<void()>& body) {
    try {
      body();
    } catch (const Error& e) {
      EXPECT_EQ(std::string(e.what()).find('\n'), std::string::npos);
      return e.what();
    }
    return "done";
  }
  std::string importing(const data::NumberRows& rows, const ImportFeaturesOptions& options) {
    return refusal([&] { importFeatures(*scratch_.project, rows, options, progress_); });
  }
  std::string importing(const data::NumberRows& rows, const ImportScoresOptions& options) {
    return refusal([&] { importScores(*scratch_.project, rows, options, progress_); });
  }
  std::vector<float> row(const std::string& table, int sample) {
    const auto features = scratch_.project->features(table);
    const auto values = features.view().row(sample);
    return {values.begin(), values.end()};
  }

  ScratchProject scratch_;
  Progress progress_;
};

template <class Options>
const Options& defaults() {
  static const Options options;
  return options;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Two people, /none/s/0/0.ppm and so on; sample 2 p + i.
TEST_F(ImportNumbers, RowsFindTheirImagesByPathAndTheRestIsCounted) {
  scratch_.addPeople("s", project::Role::Train, 2, 2);
  scratch_.addCopies(1);
  data::Matrix matrix = counting(6, 2);
  matrix.row(5)[1] = INFINITY;
  const auto result =
      importFeatures(*scratch_.project,
                     rowsOf(matrix, {"/other/s/1/1.ppm", "/other/s/0/0.ppm", "/other/s/7/0.ppm",
                                     "/other/t/0/0.ppm", "/other/s/0/0.png", "/other/s/0/1.ppm"}),
                     features(), progress_);
  EXPECT_EQ(result.rows.by, "path");
  EXPECT_EQ(result.rows.rows, 6);
  EXPECT_EQ(result.rows.matched, 3);
  EXPECT_EQ(result.rows.unknown, 3);
  EXPECT_EQ(result.rows.unknownExamples, (Texts{"/other/s/7/0.ppm", "/other/t/0/0.ppm", "/other/s/0/0.png"}));
  EXPECT_EQ(result.rows.notFinite, 1);
  EXPECT_EQ(result.rows.without, 1);
  EXPECT_EQ(result.rows.withoutExamples, (Texts{"/none/s/1/0.ppm"}));
  EXPECT_TRUE(result.newSet.empty());
  EXPECT_EQ(row("own", 3), (std::vector<float>{1, 2}));
  EXPECT_EQ(row("own", 0), (std::vector<float>{3, 4}));
  for (const int without : {1, 2, 4, 5, 6, 7}) EXPECT_TRUE(std::isnan(row("own", without)[0])) << without;
  const auto problems = project::featureProblems(*scratch_.project, "own");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].first, 1);
  EXPECT_TRUE(has(problems[0].second, "row 6 of ")) << problems[0].second;
  EXPECT_EQ(problems[1].first, 2);
  EXPECT_TRUE(has(problems[1].second, "no row for it")) << problems[1].second;
  const auto table = scratch_.project->featureTable("own").value();
  EXPECT_TRUE(project::isImported(table));
  EXPECT_TRUE(table.model.ends_with("numbers.npy"));
  EXPECT_EQ(table.macs, 0);
}

TEST_F(ImportNumbers, NothingIsGuessed) {
  scratch_.addPeople("s", project::Role::Train, 2, 2);
  const std::string none = importing(rowsOf(counting(1, 2), {"else/x.jpg"}), features());
  EXPECT_TRUE(has(none, "else/x.jpg") && has(none, "/none/s/0/0.ppm")) << none;
  const std::string several = importing(rowsOf(counting(1, 2), {"0.ppm"}), features());
  EXPECT_TRUE(has(several, "could each be of several images")) << several;
  const std::string count = importing(rowsOf(counting(3, 2)), features());
  EXPECT_TRUE(has(count, "3 rows") && has(count, "4 images")) << count;
  const std::string differ =
      importing(rowsOf(counting(3, 2), {"s/0/0.ppm", "s/0/1.ppm", "/none/s/0/0.ppm"}), features());
  EXPECT_TRUE(has(differ, "rows 1 and 3 are both of /none/s/0/0.ppm")) << differ;
  auto byPath = features();
  byPath.match.by = jobs::Match::Path;
  EXPECT_TRUE(has(importing(rowsOf(counting(4, 2)), byPath), "match path: "));
  data::Matrix nan(4, 2, NAN);
  EXPECT_TRUE(has(importing(rowsOf(nan), features()), "none of its 4 rows holds finite numbers"));
  EXPECT_TRUE(scratch_.project->featureTables().empty());
  EXPECT_FALSE(fs::exists(scratch_.project->featureFile("own")));
  EXPECT_TRUE(fs::is_empty(scratch_.project->folder() / "features"));
  // The same numbers twice are one row.
  data::Matrix same(3, 2, 1.5F);
  const auto result = importFeatures(*scratch_.project, rowsOf(same, {"s/0/0.ppm", "s/0/1.ppm", "s/0/0.ppm"}),
                                     features(), progress_);
  EXPECT_EQ(result.rows.matched, 2);
  EXPECT_EQ(result.rows.duplicates, 1);
}

TEST_F(ImportNumbers, InOrderThereAreAsManyRowsAsImagesOfAllOrOfASet) {
  scratch_.addPeople("s", project::Role::Train, 2, 2);
  scratch_.addPeople("t", project::Role::Test, 1, 3);
  EXPECT_EQ(importFeatures(*scratch_.project, rowsOf(counting(7, 2)), features("all"), progress_).rows.by,
            "row");
  EXPECT_EQ(row("all", 6), (std::vector<float>{13, 14}));
  auto ofSet = features("set");
  ofSet.match.set = "t";
  EXPECT_EQ(importFeatures(*scratch_.project, rowsOf(counting(3, 2)), ofSet, progress_).rows.matched, 3);
  EXPECT_EQ(row("set", 4), (std::vector<float>{1, 2}));
  EXPECT_TRUE(std::isnan(row("set", 3)[0]));
  EXPECT_TRUE(has(importing(rowsOf(counting(4, 2)), ofSet), "set"));
  scratch_.addCopies(1);  // 14 samples, 7 originals: either count says what is meant
  auto order = features("order");
  EXPECT_EQ(importFeatures(*scratch_.project, rowsOf(counting(7, 2)), order, progress_).rows.matched, 7);
  order.name = "copies";
  EXPECT_EQ(importFeatures(*scratch_.project, rowsOf(counting(14, 2)), order, progress_).rows.matched, 14);
  EXPECT_EQ(row("copies", 13), (std::vector<float>{27, 28}));
}

TEST_F(ImportNumbers, ATableIsReplacedOrAddedToOnlyWhenThatIsSaid) {
  scratch_.addPeople("s", project::Role::Train, 2, 2);
  const Texts first{"s/0/0.ppm", "s/0/1.ppm"}, second{"s/0/1.ppm", "s/1/0.ppm"};
  importFeatures(*scratch_.project, rowsOf(counting(2, 2), first), features(), progress_);
  EXPECT_TRUE(has(importing(rowsOf(counting(2, 2), first), features()), "name own: are features"));
  auto adding = features();
  adding.add = true;
  EXPECT_TRUE(has(importing(rowsOf(counting(2, 3), second), adding), "have 2 numbers a row, these have 3"));
  EXPECT_TRUE(has(importing(rowsOf(counting(2, 2), second), adding), "row 1 differs"));
  data::Matrix more = counting(2, 2);
  more.values = {3, 4, 9, 9};  // its first row is what is there
  importFeatures(*scratch_.project, rowsOf(more, second), adding, progress_);
  EXPECT_EQ(row("own", 0), (std::vector<float>{1, 2}));
  EXPECT_EQ(row("own", 1), (std::vector<float>{3, 4}));
  EXPECT_EQ(row("own", 2), (std::vector<float>{9, 9}));
  EXPECT_EQ(project::featureProblems(*scratch_.project, "own").size(), 1U);
  auto replacing = features();
  replacing.replace = true;
  importFeatures(*scratch_.project, rowsOf(counting(2, 3), second), replacing, progress_);
  EXPECT_TRUE(std::isnan(row("own", 0)[0]));
  EXPECT_EQ(row("own", 1), (std::vector<float>{1, 2, 3}));
  scratch_.putFeatures("extracted", 3, 1);
  adding.name = "extracted";
  EXPECT_TRUE(has(importing(rowsOf(counting(2, 3), second), adding), "were extracted by made-up"));
}

TEST_F(ImportNumbers, AStopLeavesNothing) {
  std::stop_source stop;
  stop.request_stop();
  Progress stopped({}, stop.get_token());
  EXPECT_THROW(importFeatures(*scratch_.project, rowsOf(counting(4, 2), {"a/1", "a/2", "b/1", "b/2"}),
                              features(), stopped),
               Cancelled);
  EXPECT_EQ(scratch_.project->sampleCount(), 0);
  EXPECT_TRUE(scratch_.project->featureTables().empty());
  EXPECT_TRUE(fs::is_empty(scratch_.project->folder() / "features"));
}

// Whatever was extracted, its copy by way of a file says the same, number by number.
TEST_F(ImportNumbers, AnImportedTableIsEvaluatedAsTheOneThatItWasCopiedFrom) {
  scratch_.addPeople("s", project::Role::Train, 4, 6);
  scratch_.addPeople("t", project::Role::Test, 6, 8);
  scratch_.putFeatures("extracted", 8, 0.7);
  const auto extracted = scratch_.project->features("extracted");
  const auto view = extracted.view();
  data::Matrix copy(view.rows, view.cols), turned(view.rows, view.cols);
  std::copy_n(view.values, view.rows * view.cols, copy.values.begin());
  Texts paths;
  const auto samples = scratch_.project->samples();
  for (std::int64_t i = 0; i < view.rows; ++i) {  // backwards, under other roots
    const std::int64_t from = view.rows - 1 - i;
    std::ranges::copy(view.row(from), turned.row(i).begin());
    paths.push_back("/elsewhere" + samples[static_cast<std::size_t>(from)].image.file.substr(5));
  }
  importFeatures(*scratch_.project, rowsOf(copy), features("order"), progress_);
  importFeatures(*scratch_.project, rowsOf(turned, paths), features("path"), progress_);
  ProtocolOptions draw;
  draw.size = 2;
  makeProtocol(*scratch_.project, draw, progress_);
  std::set<std::string> told;
  for (const char* name : {"extracted", "order", "path"}) {
    ScoreJobOptions scoring;
    scoring.features = name;
    auto scored = discern::toJson(score(*scratch_.project, scoring, progress_));
    EvaluateOptions evaluating;
    evaluating.features = name;
    evaluating.scores = "dscore";
    evaluating.bootstraps = 0;
    auto json = discern::toJson(evaluate(*scratch_.project, evaluating, progress_));
    for (auto* values : {&scored, &json}) values->erase("features");
    for (auto& row : json["aggregations"])  // no model, no cost
      row.erase("ms_per_template");
    told.insert(scored.dump() + json.dump());
  }
  EXPECT_EQ(told.size(), 1U) << testing::PrintToString(told);
}

TEST_F(ImportNumbers, AProjectWorksWithoutImages) {
  constexpr int kPeople = 8, kImages = 6, kDims = 8;
  data::Matrix matrix(kPeople * kImages, kDims);
  Texts paths;
  for (int i = 0; i < kPeople * kImages; ++i) {
    Rng who(mixSeed(1, static_cast<std::uint64_t>(i / kImages))),
        image(mixSeed(2, static_cast<std::uint64_t>(i)));
    for (float& v : matrix.row(i)) v = static_cast<float>(who.normal() + 0.5 * image.normal());
    paths.push_back("id" + std::to_string(i / kImages) + "/" + std::to_string(i % kImages) + ".jpg");
  }
  auto options = features();
  options.role = project::Role::Test;
  auto& project = *scratch_.project;
  const auto result = importFeatures(project, rowsOf(matrix, paths), options, progress_);
  EXPECT_EQ(result.newSet, "numbers");
  EXPECT_EQ(result.samples, kPeople * kImages);
  EXPECT_EQ(result.identities, kPeople);
  EXPECT_EQ(result.rows.matched, kPeople * kImages);
  const auto samples = project.samples();
  ASSERT_EQ(samples.size(), paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    EXPECT_EQ(samples[i].image.file, paths[i]);
    EXPECT_FALSE(data::hasPicture(samples[i].image));
    EXPECT_TRUE(samples[i].problem.empty());
  }
  EXPECT_EQ(project.identities()[3].name, "id3");
  EXPECT_EQ(project.identities()[3].role, project::Role::Test);

  // What needs features alone.
  EXPECT_EQ(score(project, defaults<ScoreJobOptions>(), progress_).scored, kPeople * kImages);
  ProtocolOptions draw;
  draw.size = 2;
  makeProtocol(project, draw, progress_);
  EvaluateOptions evaluating;
  evaluating.bootstraps = 0;
  EXPECT_FALSE(evaluate(project, evaluating, progress_).aggregations.empty());
  SweepJobOptions sweeping;
  sweeping.thresholds = 5;
  EXPECT_NO_THROW(runSweep(project, sweeping, progress_));
  EXPECT_NO_THROW(identify(project, defaults<IdentifyOptions>(), progress_));
  // Scores by path, of samples that are names alone.
  data::Matrix quality(2, 1);
  quality.values = {1, 2};
  EXPECT_EQ(
      importScores(project, rowsOf(quality, {"/x/id0/0.jpg", "/x/id7/5.jpg"}), scores(), progress_).scored,
      2);

  // What needs pixels says so, and what looks at files finds none missing.
  ScoreJobOptions sharpness;
  sharpness.method = "sharpness";
  for (const std::string& said :
       {refusal([&] { extract(project, defaults<ExtractOptions>(), progress_); }),
        refusal([&] { trainBase(project, defaults<TrainBaseOptions>(), progress_); }),
        refusal([&] { trainDdnet(project, defaults<TrainDdnetOptions>(), progress_); }),
        refusal([&] { distil(project, defaults<DistilOptions>(), progress_); }),
        refusal([&] { score(project, sharpness, progress_); })})
    EXPECT_TRUE(has(said, "needs pixels, but none of the 48 samples has a picture")) << said;
  draw.degraded = 0.5;
  EXPECT_TRUE(has(refusal([&] { makeProtocol(project, draw, progress_); }), "degraded 0.5: id"));
  EXPECT_TRUE(has(refusal([&] { modelCosts(project, defaults<ModelCostOptions>(), progress_); }),
                  "no recogniser yet"));
  const auto check = project::checkFiles(project, "", progress_);
  EXPECT_EQ(check.files, 0);
  EXPECT_TRUE(check.missing.empty());
  EXPECT_TRUE(project::equalFiles(project).empty());
}

TEST_F(ImportNumbers, ASecondSetWithoutPicturesIsAnother) {
  importFeatures(*scratch_.project, rowsOf(counting(2, 2), {"a/1.jpg", "b/1.jpg"}), features(), progress_);
  auto other = features();
  other.newSet = "more";
  other.add = true;
  const auto result = importFeatures(
      *scratch_.project, rowsOf(counting(3, 2), {"a/1.jpg", "c/1.jpg", "c/2.jpg"}), other, progress_);
  EXPECT_EQ(result.samples, 3);
  EXPECT_EQ(scratch_.project->sampleCount(), 5);
  EXPECT_EQ(row("own", 1), (std::vector<float>{3, 4}));
  EXPECT_EQ(row("own", 2), (std::vector<float>{1, 2}));
  EXPECT_EQ(scratch_.project->identities().size(), 4U);
  other.newSet = "more";
  EXPECT_TRUE(has(importing(rowsOf(counting(1, 2), {"a/1.jpg"}), other), "new set more: is a set"));
  // A name that both sets have could be of either; the set says which.
  EXPECT_TRUE(has(importing(rowsOf(counting(1, 1), {"a/1.jpg"}), scores()), "several images"));
  auto ofSet = scores();
  ofSet.match.set = "more";
  importScores(*scratch_.project, rowsOf(counting(2, 1), {"a/1.jpg", "c/2.jpg"}), ofSet, progress_);
  EXPECT_TRUE(std::isfinite(scratch_.project->scores("quality").score[2]));
}

TEST_F(ImportNumbers, WhoseTheRowsAreIsTheirLabelOrTheirFolder) {
  const auto named =
      importFeatures(*scratch_.project, rowsOf(counting(3, 2), {"1.jpg", "2.jpg", "3.jpg"}, {"x", "y", "x"}),
                     features(), progress_);
  EXPECT_EQ(named.identities, 2);
  EXPECT_EQ(scratch_.project->identities()[0].name, "x");
  auto other = features("other");
  other.newSet = "other";
  EXPECT_TRUE(has(importing(rowsOf(counting(1, 2), {"1.jpg"}), other),
                  "labels: numbers.npy: the path 1.jpg has no folder"));
  EXPECT_TRUE(has(importing(rowsOf(counting(1, 2)), other), "paths: numbers.npy: nothing says"));
  importFeatures(*scratch_.project, rowsOf(counting(2, 2), {}, {"p", "q"}), other, progress_);
  EXPECT_EQ(scratch_.project->samples()[4].image.file, "q/0000002");
}

// The pictures turn up later.
TEST_F(ImportNumbers, RepointGivesSamplesTheirPictures) {
  importFeatures(*scratch_.project, rowsOf(counting(3, 2), {"a/1.ppm", "a/2.ppm", "b/1.ppm"}), features(),
                 progress_);
  const auto there = scratch_.project->folder() / "photographs";
  for (const char* name : {"a/1.ppm", "b/1.ppm"}) {
    fs::create_directories((there / name).parent_path());
    std::ofstream(there / name, std::ios::binary) << "P6\n2 1\n255\nabcdef";
  }
  const auto moved = project::repoint(*scratch_.project, "numbers", there);
  EXPECT_EQ(moved.samples, 2);
  EXPECT_EQ(moved.missing, (Texts{"a/2.ppm"}));
  const auto samples = scratch_.project->samples();
  EXPECT_TRUE(data::hasPicture(samples[0].image));
  EXPECT_EQ(samples[0].image.file, (there / "a/1.ppm").string());
  EXPECT_FALSE(data::hasPicture(samples[1].image));
  EXPECT_EQ(project::checkFiles(*scratch_.project, "", progress_).files, 2);
}

TEST_F(ImportNumbers, ScoresAreTurnedSoThatHigherIsBetter) {
  scratch_.addPeople("s", project::Role::Train, 2, 3);
  scratch_.addPeople("p", project::Role::Pool, 1, 1);
  const std::vector<float> values{5, 1, 4, NAN, 3, 2, 9};
  data::Matrix matrix(7, 1);
  matrix.values = values;
  auto options = scores("up");
  const auto result = importScores(*scratch_.project, rowsOf(matrix), options, progress_);
  EXPECT_EQ(result.rows.matched, 7);
  EXPECT_EQ(result.rows.notFinite, 1);
  EXPECT_EQ(result.scored, 5);  // the pool is not asked
  EXPECT_DOUBLE_EQ(result.mean, 3);
  EXPECT_DOUBLE_EQ(result.sigma, std::sqrt(2.0));
  options.name = "down";
  options.lowerIsBetter = true;
  importScores(*scratch_.project, rowsOf(matrix), options, progress_);
  const auto up = scratch_.project->scores("up"), down = scratch_.project->scores("down");
  EXPECT_EQ(up.method, "imported");
  EXPECT_EQ(up.status[3], data::ScoreStatus::NotGiven);
  EXPECT_EQ(up.status[6], data::ScoreStatus::NotAsked);
  for (const std::size_t i : {0, 1, 2, 4, 5}) {
    EXPECT_EQ(up.ratio[i], values[i]);
    EXPECT_FLOAT_EQ(up.score[i], static_cast<float>(1 / (1 + std::exp(-(values[i] - 3) / std::sqrt(2.0)))));
    EXPECT_EQ(down.ratio[i], -values[i]);
    EXPECT_NEAR(down.score[i], 1 - up.score[i], 1e-6);
  }
  EXPECT_TRUE(has(importing(rowsOf(matrix), options), "name down: are scores"));
  options.replace = true;
  EXPECT_EQ(importing(rowsOf(matrix), options), "done");
  data::Matrix none(7, 1, NAN);
  EXPECT_TRUE(has(importing(rowsOf(none), scores("none")), "no finite score"));
}

}  // namespace
}  // namespace discern::pipeline
