// What is deployed: templates by DDNet first, features of kept images alone, points that travel, exported
// networks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
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
#include "core/project/upkeep.h"
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

// What stands in a template's place for its best image when the base model makes nothing of that one.
TEST_F(Deploy, ATemplateTakesItsNextBestImageWhenTheBestHasNoFeature) {
  predictAll();
  const auto scores = project().scores("told").score;
  const auto protocol = project().protocol("p");
  const auto samples = project().samples();
  auto best = protocol.templates[0].samples;
  std::ranges::sort(best, std::greater<>(), [&](int s) { return scores[static_cast<std::size_t>(s)]; });
  const fs::path unreadable = samples[static_cast<std::size_t>(best[0])].image.file;
  // DDNet has seen it by then, the base model not yet.
  Progress progress([&](const ProgressEvent& event) {
    if (event.kind == ProgressEvent::Kind::StageDone && event.stage == "predict")
      std::ofstream(unreadable) << "no picture";
  });
  const auto result = aggregate(project(), aggregating(1), progress);
  EXPECT_EQ(result.failed, 1);
  EXPECT_EQ(result.empty, 0);
  std::map<std::string, std::string> kept;
  for (const auto& row : data::readCsv(result.imagesCsv))
    if (row.fields[0] == "0") kept[row.fields[2]] = row.fields[4];
  for (const int s : best)
    EXPECT_EQ(kept.at(samples[static_cast<std::size_t>(s)].image.file), s == best[1] ? "1" : "0") << s;
  extract(project(), extracting("all"), silent_);
  const auto all = project().features("all");
  const auto next = all.view().row(best[1]);
  const auto templates = data::loadNpy(result.file);
  for (std::size_t d = 0; d < next.size(); ++d)
    EXPECT_NEAR(templates.row(0)[d], next[d] / data::norm(next), 1e-6);
}

TEST_F(Deploy, AHeadIsNoDdnet) {
  auto options = aggregating(0.5);
  options.ddnet = "nobody";
  EXPECT_NE(errorOf([&] { aggregate(project(), options, silent_); }).find("neither a DDNet"),
            std::string::npos);
  const networks::NetworkOptions recogniser{.size = 32, .width = 0.25, .dims = 8, .seed = 5};
  const auto file = project().folder() / "checkpoints" / "recogniser.safetensors";
  networks::saveCheckpoint(file, *networks::makeNetwork("mobilefacenet", recogniser), "mobilefacenet",
                           recogniser);
  options.ddnet = file.string();
  EXPECT_NE(errorOf([&] { aggregate(project(), options, silent_); }).find("a DDNet was expected"),
            std::string::npos);
  project().putModel({"head", "head", "ridge", file, 1, 1, 0, "{}"});
  options.ddnet = "head";
  EXPECT_NE(errorOf([&] { aggregate(project(), options, silent_); }).find("is a head"), std::string::npos);
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

TEST_F(Deploy, OnlyKeptFeaturesWithoutScoresAreRefusedHoweverFewAreLeftOut) {
  predictAll();
  auto sorted = project().scores("told").score;
  std::ranges::sort(sorted);
  auto options = extracting("some");
  options.onlyKept = true;
  options.scores = "told";
  options.threshold = (static_cast<double>(sorted[2]) + sorted[3]) / 2;
  const auto left = extract(project(), options, silent_).leftOut;
  ASSERT_TRUE(left && *left > 0 && *left <= 4);  // of 40: no more than a comparison does without otherwise
  EvaluateOptions how;
  const analysis::OperatingPoint point{
      "some", "", "", "p", aggregation::Rescale::Off, data::Lengths::Unit, options.threshold, 0.2};
  const auto file = (project().folder() / "point.json").string();
  writeFileAtomically(file,
                      analysis::toJson(analysis::CarriedPoint{.point = point, .aggregation = "average"}));
  how.operatingPoint = file;
  EXPECT_NE(errorOf([&] { evaluate(project(), how, silent_); }).find("'average' takes every image"),
            std::string::npos);
  how.operatingPoint.clear();
  project::removeEntry(project(), project::Entry::Scores, "told");
  EXPECT_NE(
      errorOf([&] { evaluate(project(), how, silent_); }).find("without scores every image is asked for"),
      std::string::npos);
  EXPECT_NE(errorOf([&] { carriedPoint(project(), point, silent_); }).find("'average' takes every image"),
            std::string::npos);
}

TEST_F(Deploy, AKeptImageWithoutAFeatureIsToldEvenWhereItIsOne) {
  predictAll();
  const double at = threshold();
  auto options = extracting("some");
  options.onlyKept = true;
  options.scores = "told";
  options.threshold = at;
  extract(project(), options, silent_);
  const auto scores = project().scores("told").score;
  const auto keptAt = [&](double threshold) {
    std::set<int> all;
    for (const auto& group : analysis::keptOf(analysis::groupsOf(project().protocol("p")), scores, threshold))
      all.insert(group.begin(), group.end());
    return all;
  };
  std::vector<float> below = scores;
  std::erase_if(below, [&](float score) { return score > at; });
  std::ranges::sort(below, std::greater<>());
  EvaluateOptions how;
  how.scores = "told";
  std::size_t k = 0;  // down to the first threshold that keeps another image, of 40
  do how.threshold = (static_cast<double>(below[k]) + below[k + 1]) / 2;
  while (keptAt(how.threshold).size() == keptAt(at).size() && ++k + 1 < below.size());
  ASSERT_EQ(keptAt(how.threshold).size(), keptAt(at).size() + 1);
  training::Listener heard;
  evaluate(project(), how, heard.progress());
  EXPECT_TRUE(
      heard.noted(fmt::format("1 of the {} that are kept here by scores 'told' above {:g} lack one "
                              "and take no part",
                              keptAt(how.threshold).size(), how.threshold)));
  how.threshold = at;
  training::Listener silence;
  evaluate(project(), how, silence.progress());
  EXPECT_FALSE(silence.noted("lack one"));
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

// Templates by hand: unit features, weighted by `weightOf`, and the share of pairs of at least `accept`.
class TriedByHand : public Deploy {
 protected:
  TriedByHand() {
    scratch_.putFeatures("f", 8, 1.5);
    data::ScoreTable scores;
    scores.name = "other";
    scores.method = "dscore";
    scores.featureTable = "f";
    scores.resize(40);
    for (std::size_t s = 0; s < 40; ++s) scores.score[s] = static_cast<float>(0.1 + 0.02 * ((s * 7) % 40));
    scores.ratio = scores.score;
    project().putScores(scores);
    how_.protocol = "p";
    how_.features = "f";
    how_.bootstraps = 0;
    how_.operatingPoint = (project().folder() / "point.json").string();
  }
  void write(const analysis::CarriedPoint& carried) {
    writeFileAtomically(how_.operatingPoint, analysis::toJson(carried));
  }
  evaluation::Rate rateOf(bool genuine, double accept, const std::function<double(int)>& weightOf) {
    const auto protocol = project().protocol("p");
    const auto features = data::loadNpy(project().featureFile("f"));
    std::vector<std::vector<double>> rows;
    for (const auto& one : protocol.templates) {
      std::vector<double> sum(8);
      for (const int s : one.samples)
        for (std::size_t d = 0; d < 8; ++d)
          sum[d] += weightOf(s) * features.row(s)[d] / data::norm(features.row(s));
      rows.push_back(sum);
    }
    evaluation::Rate rate;
    for (const auto& pair : protocol.pairs) {
      if (pair.genuine != genuine) continue;
      double ab = 0, aa = 0, bb = 0;
      for (std::size_t d = 0; d < 8; ++d) {
        const double a = rows[static_cast<std::size_t>(pair.a)][d],
                     b = rows[static_cast<std::size_t>(pair.b)][d];
        ab += a * b, aa += a * a, bb += b * b;
      }
      ++rate.total;
      rate.accepted += ab / std::sqrt(aa * bb) >= accept ? 1 : 0;
    }
    return rate;
  }
  EvaluateOptions how_;
};

TEST_F(TriedByHand, APointWithoutScoresIsThePlainMeanWhereThereAreScores) {
  for (const double accept : {0.1, 0.3, 0.5}) {
    write({.point = {"elsewhere", "", "", "there", aggregation::Rescale::Auto, data::Lengths::Unit, 0.5, 0.2},
           .aggregation = "average",
           .accept = accept});
    const auto tried = evaluate(project(), how_, silent_).tried;
    ASSERT_TRUE(tried);
    const auto all = [](int) { return 1.0; };
    EXPECT_EQ(tried->aggregation, "average");
    EXPECT_DOUBLE_EQ(tried->kept, 1);
    EXPECT_DOUBLE_EQ(tried->tar, rateOf(true, accept, all).share());
    EXPECT_DOUBLE_EQ(tried->farHere, rateOf(false, accept, all).share());
  }
}

TEST_F(TriedByHand, APointDropsByScoresThatAreThereOrNamed) {
  const auto scores = project().scores("other").score;
  analysis::CarriedPoint carried{
      .point = {"f", "dscore", "", "there", aggregation::Rescale::Off, data::Lengths::Unit, 0.3, 0.2},
      .aggregation = "ddl rescale=off",
      .accept = 0.4};
  write(carried);
  EXPECT_NE(errorOf([&] { evaluate(project(), how_, silent_); }).find("drops by 'dscore'"),
            std::string::npos);
  how_.scores = "other";
  const auto tried = evaluate(project(), how_, silent_).tried;
  ASSERT_TRUE(tried);
  std::set<int> kept;
  for (const auto& one : project().protocol("p").templates) {
    int best = one.samples[0];
    for (const int s : one.samples) {
      if (scores[static_cast<std::size_t>(s)] > scores[static_cast<std::size_t>(best)]) best = s;
      if (scores[static_cast<std::size_t>(s)] > 0.3) kept.insert(s);
    }
    kept.insert(best);
  }
  const auto byScore = [&](int s) {
    return kept.contains(s) ? static_cast<double>(scores[static_cast<std::size_t>(s)]) : 0;
  };
  ASSERT_LT(kept.size(), 40u);
  EXPECT_DOUBLE_EQ(tried->kept, static_cast<double>(kept.size()) / 40);
  EXPECT_DOUBLE_EQ(tried->tar, rateOf(true, 0.4, byScore).share());
  EXPECT_DOUBLE_EQ(tried->farHere, rateOf(false, 0.4, byScore).share());
  EXPECT_NE(rateOf(false, 0.4, byScore).accepted, rateOf(false, 0.4, [](int) { return 1.0; }).accepted);

  carried.point.weights = "head";
  carried.aggregation = "ddl weights=head";
  write(carried);
  EXPECT_NE(errorOf([&] { evaluate(project(), how_, silent_); }).find("weighs by 'head'"), std::string::npos);
  how_.weights = "other";
  EXPECT_EQ(evaluate(project(), how_, silent_).tried->aggregation, "ddl weights=other");
  carried.aggregation = "ddl rescale=on";  // not what its fields say
  write(carried);
  EXPECT_NE(errorOf([&] { evaluate(project(), how_, silent_); }).find("is of 'ddl rescale=on'"),
            std::string::npos);

  how_.scores = how_.weights = "";
  project::removeEntry(project(), project::Entry::Scores, "other");
  EXPECT_NE(errorOf([&] { evaluate(project(), how_, silent_); }).find("drops by 'dscore'"), std::string::npos)
      << "without any scores";
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

TEST_F(Deploy, ARunThatWasEvaluatedAsPublishedTravelsByItsOwnOptions) {
  predictAll();
  extract(project(), extracting("all"), silent_);
  // The project's point of today says otherwise: no rescaling, unit features, another FAR.
  analysis::storePoint(project(),
                       {"all", "told", "", "p", aggregation::Rescale::Off, data::Lengths::Unit, 0.9, 1e-3});
  EvaluateOptions published;
  published.protocol = "p";
  published.threshold = threshold();
  published.lengths = data::Lengths::Raw;
  published.rescales = {aggregation::Rescale::On};
  published.fars = {0.2, 0.3};
  published.bootstraps = 0;
  const int run = project().startRun("evaluate", "{}");
  const auto evaluated = evaluate(project(), published, silent_);
  project().finishRun(run, "done",
                      discern::toJson(static_cast<const results::EvaluateResult&>(evaluated)).dump());
  const auto carried = readCarriedPoint(project(), std::to_string(run), silent_);
  EXPECT_EQ(carried.point, (analysis::OperatingPoint{"all", "told", "", "p", aggregation::Rescale::On,
                                                     data::Lengths::Raw, threshold(), 0.2}));
  EXPECT_EQ(carried.aggregation, "ddl rescale=on");
  EXPECT_EQ(carried.accept, carriedPoint(project(), carried.point, silent_).accept);
  EvaluateOptions there;
  there.protocol = "p";
  there.operatingPoint = std::to_string(run);
  const auto tried = evaluate(project(), there, silent_).tried;
  ASSERT_TRUE(tried);
  EXPECT_EQ(tried->far, 0.2);
  EXPECT_DOUBLE_EQ(tried->farHere, carried.actualFar);  // the same comparisons
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
