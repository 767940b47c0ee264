// What is deployed: templates by DDNet first, features of kept images alone, points that travel, exported
// networks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/analysis/kept.h"
#include "core/analysis/only_kept.h"
#include "core/base/described.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/evaluation/slices.h"
#include "core/networks/checkpoint.h"
#include "core/pipeline/aggregate.h"
#include "core/pipeline/carried_point.h"
#include "core/pipeline/compare.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/evaluate.h"
#include "core/pipeline/export_model.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/protocol.h"
#include "core/pipeline/score.h"
#include "core/pipeline/sweep.h"
#include "core/pipeline/template_features.h"
#include "core/pipeline/train.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/core/training/planted_faces.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
using training::errorOf;

// 5 people with 8 pictures each, templates of 4, and a DDNet as it is before any training.
class Deploy : public ::testing::Test {
 protected:
  Deploy() {
    scratch_.addPictures("people", project::Role::Test, 5, 8);
    const networks::NetworkOptions options{.size = 16, .seed = 3};
    const auto network = networks::makeNetwork("ddnet-r18", options);
    torch::NoGradGuard guard;
    for (auto& item : network->named_parameters())  // scores that are neither 0 nor 1
      if (item.key().ends_with("fc.weight")) item.value().mul_(0.02);
    const auto file = project().folder() / "checkpoints" / "ddnet.safetensors";
    fs::create_directories(file.parent_path());
    networks::saveCheckpoint(file, *network, "ddnet-r18", options);
    project().putModel({"ddnet", "ddnet", "ddnet-r18", file, 1000, 10, 0, "{}"});
    ProtocolOptions drawn;
    drawn.name = "p";
    drawn.size = 4;
    makeProtocol(project(), drawn, silent_);
  }

  project::Project& project() { return *scratch_.project; }
  void predictAll() {
    PredictOptions options;
    options.name = "told";
    predict(project(), options, silent_);
  }
  ExtractOptions extracting(const std::string& name) const {
    ExtractOptions options;
    options.model = model_;
    options.recipe = recipe_;
    options.name = name;
    options.checkRecipe = false;
    return options;
  }
  // A third of the scores is above it.
  double threshold() {
    auto scores = project().scores("told").score;
    std::ranges::sort(scores);
    const std::size_t at = scores.size() * 2 / 3;
    return (static_cast<double>(scores[at]) + scores[at + 1]) / 2;
  }
  AggregateOptions aggregating(double threshold) const {
    AggregateOptions options;
    options.model = model_;
    options.recipe = recipe_;
    options.threshold = threshold;
    options.out = (scratch_.project->folder() / "out" / "t.npy").string();
    return options;
  }
  data::Matrix templatesOf(const std::string& features, double threshold, aggregation::Rescale rescale,
                           data::Lengths lengths = data::Lengths::Unit) {
    const auto in = readComparison(project(), {"p", features, "told", ""}, true, silent_);
    const TemplateFeatures templates(in);
    analysis::OperatingPoint point;
    point.threshold = threshold;
    point.rescale = rescale;
    point.lengths = lengths;
    return templates.of(analysis::aggregationOf(point, templates.known()));
  }

  ScratchProject scratch_;
  Progress silent_;
  std::string model_ = scratch_.putTinyModel(0), recipe_ = scratch_.putTinyRecipe();
};

TEST_F(Deploy, TemplatesAreThoseThatExtractPredictAndEvaluateLeadTo) {
  predictAll();
  extract(project(), extracting("all"), silent_);
  const double at = threshold();
  for (const auto rescale :
       {aggregation::Rescale::Off, aggregation::Rescale::On, aggregation::Rescale::Auto}) {
    auto options = aggregating(at);
    options.rescale = rescale;
    options.measure = -1;
    const auto result = aggregate(project(), options, silent_);
    const auto expected = templatesOf("all", at, rescale);
    const auto got = data::loadNpy(result.file);
    ASSERT_EQ(got.rows, expected.rows);
    ASSERT_EQ(got.cols, expected.cols);
    for (std::size_t i = 0; i < got.values.size(); ++i)
      ASSERT_NEAR(got.values[i], expected.values[i], 1e-6) << toString(rescale);
    // By hand: above the threshold, or the best one.
    const auto protocol = project().protocol("p");
    const auto scores = project().scores("told").score;
    std::set<int> kept;
    for (const auto& group : protocol.templates) {
      int best = group.samples[0];
      std::size_t above = 0;
      for (const int s : group.samples) {
        if (scores[static_cast<std::size_t>(s)] > scores[static_cast<std::size_t>(best)]) best = s;
        if (scores[static_cast<std::size_t>(s)] > at) kept.insert(s), ++above;
      }
      if (above == 0) kept.insert(best);
    }
    EXPECT_EQ(result.images, 40);
    EXPECT_EQ(result.kept, std::ssize(kept));
    EXPECT_LT(result.kept, 40);
    EXPECT_EQ(result.measured, result.images - result.kept);
    EXPECT_EQ(result.failed, 0);
    EXPECT_GT(result.timeShare, 0);
    EXPECT_NEAR(result.macsShare,
                (40 * 1000 + static_cast<double>(result.kept) * result.baseMacs) / (40 * result.baseMacs),
                1e-9);
  }
}

TEST_F(Deploy, FeaturesAreAveragedAsTheyAreWhereThatIsAskedFor) {
  predictAll();
  extract(project(), extracting("all"), silent_);
  auto options = aggregating(threshold());
  const auto unit = data::loadNpy(aggregate(project(), options, silent_).file);
  options.lengths = data::Lengths::Raw;
  const auto result = aggregate(project(), options, silent_);
  EXPECT_EQ(result.lengths, data::Lengths::Raw);
  const auto got = data::loadNpy(result.file);
  const auto expected = templatesOf("all", threshold(), options.rescale, data::Lengths::Raw);
  double apart = 0;
  for (std::size_t i = 0; i < got.values.size(); ++i) {
    ASSERT_NEAR(got.values[i], expected.values[i], 1e-6);
    apart = std::max(apart, std::abs(static_cast<double>(got.values[i] - unit.values[i])));
  }
  EXPECT_GT(apart, 1e-4) << "the two are not the same thing";
}

TEST_F(Deploy, TheTablesSayWhatBecameOfEachImage) {
  predictAll();
  const auto result = aggregate(project(), aggregating(threshold()), silent_);
  const auto templates = data::readCsv(result.templatesCsv), images = data::readCsv(result.imagesCsv);
  ASSERT_EQ(std::ssize(templates), 1 + result.templates);
  ASSERT_EQ(std::ssize(images), 1 + 40);
  std::vector<double> sum(static_cast<std::size_t>(result.templates));
  std::vector<int> kept(sum.size());
  for (std::size_t i = 1; i < images.size(); ++i) {
    const auto& fields = images[i].fields;
    const auto t = static_cast<std::size_t>(std::stoi(fields[0]));
    kept[t] += std::stoi(fields[4]);
    sum[t] += std::stod(fields[5]);
    EXPECT_TRUE(fields[4] == "1" || fields[5] == "0");
  }
  for (std::size_t t = 0; t < sum.size(); ++t) {
    EXPECT_NEAR(sum[t], 1, 1e-4);
    EXPECT_EQ(std::stoi(templates[t + 1].fields[4]), kept[t]);
    EXPECT_EQ(templates[t + 1].fields[3], "4");
  }
}

TEST_F(Deploy, AnUnreadableImageIsNobodysFeature) {
  const auto samples = project().samples();
  std::ofstream(samples[0].image.file) << "no picture";
  const auto result = aggregate(project(), aggregating(0), silent_);
  EXPECT_EQ(result.failed, 1);
  EXPECT_EQ(result.kept, 39);
  EXPECT_EQ(result.empty, 0);
  for (const auto& row : data::readCsv(result.imagesCsv))
    EXPECT_TRUE(row.fields[2] != samples[0].image.file || row.fields[3] + "," + row.fields[4] == ",0");
}

TEST_F(Deploy, AHeadIsNoDdnet) {
  auto options = aggregating(0.5);
  options.ddnet = "nobody";
  EXPECT_NE(errorOf([&] { aggregate(project(), options, silent_); }).find("neither a DDNet"),
            std::string::npos);
}

TEST_F(Deploy, OnlyKeptImagesHaveFeaturesAndTheyAreComparedAsBefore) {
  predictAll();
  const double at = threshold();
  auto options = extracting("some");
  options.onlyKept = true;
  options.scores = "told";
  options.threshold = at;
  const auto result = extract(project(), options, silent_);
  const auto kept =
      analysis::keptOf(analysis::groupsOf(project().protocol("p")), project().scores("told").score, at);
  std::set<int> expected;
  for (const auto& group : kept) expected.insert(group.begin(), group.end());
  {
    const auto some = project().features("some");
    for (int s = 0; s < 40; ++s) EXPECT_EQ(data::isFinite(some.view().row(s)), expected.contains(s)) << s;
  }
  EXPECT_EQ(result.images, std::ssize(expected));
  EXPECT_EQ(result.failed, 0);
  ASSERT_TRUE(result.leftOut);
  EXPECT_EQ(*result.leftOut, 40 - std::ssize(expected));
  const auto said = analysis::onlyKeptOf(project(), "some");
  ASSERT_TRUE(said);
  EXPECT_EQ(said->scores, "told");
  EXPECT_EQ(said->leftOut, *result.leftOut);

  extract(project(), extracting("all"), silent_);
  EvaluateOptions how;
  how.protocol = "p";
  how.scores = "told";
  how.threshold = at;
  how.fars = {0.1};
  how.features = "all";
  const auto whole = evaluate(project(), how, silent_);
  how.features = "some";
  const auto part = evaluate(project(), how, silent_);
  EXPECT_EQ(part.aggregations.size(), 3u);  // DDL, rescaled or not
  for (const auto& row : part.aggregations) {
    const auto same = std::ranges::find(whole.aggregations, row.name, &results::AggregationResult::name);
    ASSERT_NE(same, whole.aggregations.end()) << row.name;
    EXPECT_NEAR(row.auc, same->auc, 1e-12);
    EXPECT_EQ(row.kept, same->kept);
  }
  how.threshold = 0;
  EXPECT_NE(errorOf([&] { evaluate(project(), how, silent_); }).find("hold only the images"),
            std::string::npos);
  SweepJobOptions sweep;
  sweep.features = "some";
  EXPECT_NE(errorOf([&] { runSweep(project(), sweep, silent_); }).find("hold only the images"),
            std::string::npos);
  training::Listener heard;
  ScoreJobOptions scoring;
  scoring.features = "some";
  score(project(), scoring, heard.progress());
  EXPECT_TRUE(heard.noted(analysis::sentence("some", *said) + " and take no part"));

  const auto rest = extract(project(), extracting("some"), silent_);
  EXPECT_EQ(rest.images, *result.leftOut);
  EXPECT_FALSE(rest.leftOut);
  EXPECT_FALSE(analysis::onlyKeptOf(project(), "some"));
}

TEST_F(Deploy, APointTravelsWithTheThresholdAtWhichItAccepts) {
  predictAll();
  extract(project(), extracting("all"), silent_);
  analysis::OperatingPoint point{"all",       "told", "", "p", aggregation::Rescale::Off, data::Lengths::Unit,
                                 threshold(), 0.2};
  const auto carried = carriedPoint(project(), point, silent_);
  EXPECT_LE(carried.actualFar, 0.2);
  const auto file = project().folder() / "point.json";
  writeFileAtomically(file, analysis::toJson(carried));
  const auto read = analysis::carriedPointFromJson(readFile(file), file.string());
  EXPECT_EQ(read.point, carried.point);
  EXPECT_EQ(read.accept, carried.accept);
  EXPECT_EQ(read.model, carried.model);

  // Other people: their comparisons, one by one.
  ProtocolOptions drawn;
  drawn.name = "q";
  drawn.size = 2;
  drawn.seed = 9;
  makeProtocol(project(), drawn, silent_);
  EvaluateOptions how;
  how.protocol = "q";
  how.operatingPoint = file.string();
  const auto result = evaluate(project(), how, silent_);
  ASSERT_TRUE(result.tried);
  const auto in = readComparison(project(), {"q", "all", "told", ""}, true, silent_);
  const TemplateFeatures templates(in);
  const auto pairs =
      comparePairs(in.protocol, templates.of(analysis::aggregationOf(point, templates.known())));
  evaluation::Rate genuine, impostor;
  for (const float value : pairs.comparisons.genuine)
    ++genuine.total, genuine.accepted += value >= carried.accept ? 1 : 0;
  for (const float value : pairs.comparisons.impostor)
    ++impostor.total, impostor.accepted += value >= carried.accept ? 1 : 0;
  EXPECT_EQ(result.threshold, point.threshold);
  EXPECT_EQ(result.tried->protocol, "p");
  EXPECT_EQ(result.tried->accept, carried.accept);
  EXPECT_DOUBLE_EQ(result.tried->tar, genuine.share());
  EXPECT_DOUBLE_EQ(result.tried->farHere, impostor.share());
  EXPECT_DOUBLE_EQ(result.tried->farLow, impostor.low());
  EXPECT_EQ(result.tried->travels, impostor.low() <= 0.2 && 0.2 <= impostor.high());
}

TEST_F(Deploy, APointComesFromAProjectOrARunToo) {
  predictAll();
  extract(project(), extracting("all"), silent_);
  const analysis::OperatingPoint point{
      "all", "told", "", "p", aggregation::Rescale::Off, data::Lengths::Unit, threshold(), 0.2};
  analysis::storePoint(project(), point);
  EvaluateOptions first;
  first.protocol = "p";
  first.threshold = point.threshold;
  first.fars = {0.2};
  const int run = project().startRun("evaluate", "{}");
  const auto evaluated = evaluate(project(), first, silent_);
  project().finishRun(run, "done",
                      discern::toJson(static_cast<const results::EvaluateResult&>(evaluated)).dump());
  const auto carried = carriedPoint(project(), point, silent_);
  const std::string folder = project().folder().string();
  for (const auto& named : {folder, folder + ":" + std::to_string(run), std::to_string(run)}) {
    const auto read = readCarriedPoint(project(), named, silent_);
    EXPECT_EQ(read.accept, carried.accept) << named;
    EXPECT_EQ(read.point, carried.point) << named;
  }
  for (const auto& named : {std::string("nowhere"), folder + ":999"})
    EXPECT_NE(errorOf([&] { readCarriedPoint(project(), named, silent_); }).find("operating point"),
              std::string::npos);
  EXPECT_THROW(analysis::carriedPointFromJson(R"({"operating_point": {}})", "f.json"), Error);
  EXPECT_THROW(analysis::carriedPointFromJson("[]", "f.json"), Error);
}

TEST_F(Deploy, AnExportedRecogniserIsFedAsItsFileSays) {
  const networks::NetworkOptions options{.size = 32, .width = 0.25, .dims = 8, .seed = 5};
  const auto file = project().folder() / "checkpoints" / "small.safetensors";
  networks::saveCheckpoint(file, *networks::makeNetwork("mobilefacenet", options), "mobilefacenet", options);
  project().putModel({"small", "base", "mobilefacenet", file, 1, 1, 0, "{}"});
  const auto out = project().folder() / "small.onnx";
  const auto exported = exportModel(project(), {"small", "", out.string()}, silent_);
  EXPECT_EQ(exported.kind, "base");
  EXPECT_GT(exported.compared, 1);
  ExtractOptions byFile;
  byFile.model = out.string();
  byFile.name = "by-file";
  byFile.checkRecipe = false;
  training::Listener heard;
  extract(project(), byFile, heard.progress());  // the default recipe has 112 pixels, which it does not take
  EXPECT_EQ(project().features("by-file").view().cols, 8);

  const auto ddnet = project().folder() / "ddnet.onnx";
  exportModel(project(), {"ddnet", "", ddnet.string()}, silent_);
  byFile.model = ddnet.string();
  byFile.name = "";
  EXPECT_NE(errorOf([&] { extract(project(), byFile, silent_); }).find("which tells scores"),
            std::string::npos);
  EXPECT_NE(errorOf([&] {
              exportModel(project(), {"nobody", "", "x"}, silent_);
            }).find("neither a network"),
            std::string::npos);
}

}  // namespace
}  // namespace discern::pipeline
