#include "core/pipeline/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "core/analysis/kept.h"
#include "core/analysis/settings.h"
#include "core/base/described.h"
#include "core/base/error.h"
#include "core/pipeline/compare.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/protocol.h"
#include "core/pipeline/score.h"
#include "core/pipeline/sweep.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {

// People with features and D-scores, and a protocol "p" of their templates.
ProtocolOptions addScoredProtocol(ScratchProject& scratch, Progress& progress, int people = 6,
                                  int images = 12, int dims = 16, double noise = 1.5, int size = 3) {
  scratch.addPeople("test", project::Role::Test, people, images);
  scratch.putFeatures("f", dims, noise);
  score(*scratch.project, {}, progress);
  ProtocolOptions options;
  options.name = "p";
  options.size = size;
  makeProtocol(*scratch.project, options, progress);
  return options;
}

// Keeps what a job says beside its result.
Progress noting(std::vector<std::string>& notes) {
  return Progress([&notes](const ProgressEvent& event) {
    if (event.kind == ProgressEvent::Kind::Note) notes.push_back(event.text);
  });
}

TEST(Evaluate, NumbersEqualAPlainComputationOfTheAverage) {
  ScratchProject scratch;
  scratch.addPeople("test", project::Role::Test, 6, 12);
  scratch.putFeatures("f", 16, 1.5);
  Progress progress;
  ProtocolOptions options;
  options.name = "p";
  options.size = 3;
  makeProtocol(*scratch.project, options, progress);
  EvaluateOptions evaluateOptions;
  evaluateOptions.bootstraps = 0;
  const auto result = evaluate(*scratch.project, evaluateOptions, progress);
  ASSERT_FALSE(result.aggregations.empty());
  EXPECT_EQ(result.aggregations[0].name, "average");

  // By hand: unit features, their mean, its cosine; AUC as the share of ordered (genuine, impostor) couples.
  const auto protocol = scratch.project->protocol("p");
  const auto features = data::loadNpy(scratch.project->featureFile("f"));
  std::vector<std::vector<double>> mean;
  for (const auto& t : protocol.templates) {
    std::vector<double> sum(16, 0.0);
    for (const int s : t.samples)
      for (int d = 0; d < 16; ++d)
        sum[static_cast<std::size_t>(d)] +=
            features.row(s)[static_cast<std::size_t>(d)] / data::norm(features.row(s));
    mean.push_back(sum);
  }
  std::vector<double> genuine, impostor;
  for (const auto& pair : protocol.pairs) {
    double ab = 0, aa = 0, bb = 0;
    const auto& a = mean[static_cast<std::size_t>(pair.a)];
    const auto& b = mean[static_cast<std::size_t>(pair.b)];
    for (std::size_t d = 0; d < 16; ++d) ab += a[d] * b[d], aa += a[d] * a[d], bb += b[d] * b[d];
    (pair.genuine ? genuine : impostor).push_back(ab / std::sqrt(aa * bb));
  }
  double ordered = 0;
  for (const double g : genuine)
    for (const double i : impostor) ordered += g > i;
  EXPECT_NEAR(result.aggregations[0].auc, ordered / static_cast<double>(genuine.size() * impostor.size()),
              1e-6);
}

TEST(Evaluate, OneTableDropsAndAnotherWeighs) {
  ScratchProject scratch;
  Progress progress;
  addScoredProtocol(scratch, progress);
  ScoreJobOptions norm;
  norm.method = "norm";
  score(*scratch.project, norm, progress);
  EvaluateOptions options;
  options.bootstraps = 0;
  const auto rows = [&](const std::string& scores, const std::string& weights, double percentile) {
    options.scores = scores;
    options.weights = weights;
    options.percentile = percentile;
    std::map<std::string, AggregationResult> byName;
    for (auto& row : evaluate(*scratch.project, options, progress).aggregations) byName[row.name] = row;
    return byName;
  };
  const auto sameRoc = [](const AggregationResult& a, const AggregationResult& b) {
    ASSERT_EQ(a.roc.size(), b.roc.size());
    for (std::size_t i = 0; i < a.roc.size(); ++i) {
      EXPECT_EQ(a.roc[i].far, b.roc[i].far);
      EXPECT_EQ(a.roc[i].tar, b.roc[i].tar);
    }
  };
  // By itself it is DDL without rescaling; at 80 % dropped,
  // templates of which none passes keep their best one.
  for (const double percentile : {30.0, 80.0}) {
    const auto self = rows("dscore", "dscore", percentile);
    sameRoc(self.at("ddl weights=dscore"), self.at("ddl rescale=off"));
    EXPECT_EQ(self.at("ddl weights=dscore").kept, self.at("ddl rescale=off").kept);
  }
  // With nothing dropped it is the other table's weighting; with some dropped it is neither.
  const auto all = rows("dscore", "norm", 0), plain = rows("norm", "", 0), some = rows("dscore", "norm", 40);
  sameRoc(all.at("ddl weights=norm"), plain.at("score-weighted"));
  EXPECT_FALSE(plain.contains("ddl weights=norm"));
  EXPECT_NE(some.at("ddl weights=norm").auc, some.at("ddl rescale=off").auc);
  EXPECT_NEAR(some.at("ddl weights=norm").kept, 0.6, 0.05);
  EXPECT_THROW(rows("dscore", "nobody", 0), Error);
}

TEST(Evaluate, TrueScoresAreToldWhereverTheyTakePart) {
  ScratchProject scratch;
  Progress progress;
  addScoredProtocol(scratch, progress);
  ScoreJobOptions norm;
  norm.method = "norm";
  score(*scratch.project, norm, progress);
  const auto told = [&](const char* scores, const char* weights) {
    EvaluateOptions options;
    options.bootstraps = 0;
    options.scores = scores;
    options.weights = weights;
    SweepJobOptions sweeping;
    sweeping.thresholds = 5;
    sweeping.scores = scores;
    sweeping.weights = weights;
    const auto evaluated = evaluate(*scratch.project, options, progress);
    const auto swept = runSweep(*scratch.project, sweeping, progress);
    EXPECT_EQ(swept.trueScores, evaluated.trueScores);
    EXPECT_EQ(swept.trueWeights, evaluated.trueWeights);
    return std::pair(evaluated.trueScores, evaluated.trueWeights);
  };
  EXPECT_EQ(told("norm", ""), std::pair(false, false));
  EXPECT_EQ(told("norm", "dscore"), std::pair(false, true));
  EXPECT_EQ(told("dscore", "norm"), std::pair(true, false));
}

TEST(Evaluate, WhatHasNoFeatureIsNoTemplatesBestImage) {
  ScratchProject scratch;
  Progress progress;
  addScoredProtocol(scratch, progress);
  const auto table = scratch.project->scores("dscore");
  {  // of every fourth template the image with the best score
    data::MappedNpy features(scratch.project->featureFile("f"), data::MappedNpy::Mode::ReadWrite);
    const auto protocol = scratch.project->protocol("p");
    for (std::size_t t = 0; t < protocol.templates.size(); t += 4) {
      const auto& samples = protocol.templates[t].samples;
      const int best = *std::ranges::max_element(
          samples, {}, [&](int s) { return table.score[static_cast<std::size_t>(s)]; });
      std::ranges::fill(features.row(best), 0.0F);
    }
    features.flush();
  }
  EvaluateOptions options;
  options.bootstraps = 0;
  options.scores = options.weights = "dscore";
  options.percentile = 90;
  const auto result = evaluate(*scratch.project, options, progress);
  const auto& ddl = *std::ranges::find(result.aggregations, "ddl rescale=off", &AggregationResult::name);
  const auto& weighed =
      *std::ranges::find(result.aggregations, "ddl weights=dscore", &AggregationResult::name);
  EXPECT_EQ(weighed.auc, ddl.auc);
  EXPECT_GT(weighed.auc, 0.6);
}

TEST(Evaluate, ScoresThatAreOlderThanTheCopiesAreRefused) {
  ScratchProject scratch;
  Progress progress;
  scratch.addPeople("test", project::Role::Test, 6, 12);
  scratch.putFeatures("f", 16, 1.5);
  ScoreJobOptions norm;
  norm.method = "norm";
  score(*scratch.project, norm, progress);  // before the copies
  ProtocolOptions protocol;
  protocol.name = "p";
  protocol.size = 4;
  protocol.degraded = 0.5;
  makeProtocol(*scratch.project, protocol, progress);
  scratch.putFeatures("f", 16, 1.5);
  score(*scratch.project, {}, progress);
  EvaluateOptions options;
  options.bootstraps = 0;
  options.scores = "dscore";
  const auto result = evaluate(*scratch.project, options, progress);
  ASSERT_EQ(result.edc.size(), 1U) << "a table that knows no copy would drop them all first";
  EXPECT_EQ(result.edc[0].name, "dscore");
  const auto refusal = [&](const char* scores, const char* weights) {
    options.scores = scores;
    options.weights = weights;
    try {
      evaluate(*scratch.project, options, progress);
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  for (const auto& message : {refusal("norm", ""), refusal("dscore", "norm")})
    EXPECT_NE(message.find("scores 'norm': 36 images of protocol 'p' were not there yet"), std::string::npos)
        << message;
  score(*scratch.project, norm, progress);
  EXPECT_EQ(refusal("dscore", "norm"), "");
}

TEST(Evaluate, AnOracleScoreBeatsTheAverageAndKeepsWhatTheThresholdSays) {
  ScratchProject scratch;
  Progress progress;
  addScoredProtocol(scratch, progress, 8, 24, 24, 1.2, 6);
  EvaluateOptions evaluateOptions;
  evaluateOptions.percentile = 50;
  evaluateOptions.bootstraps = 0;
  const auto result = evaluate(*scratch.project, evaluateOptions, progress);
  const auto find = [&](const std::string& name) -> const AggregationResult& {
    for (const auto& row : result.aggregations)
      if (row.name == name) return row;
    throw std::logic_error(name);
  };
  EXPECT_GT(find("ddl rescale=on").auc, find("average").auc);
  EXPECT_NEAR(find("ddl rescale=off").kept, 0.5, 0.06);
  EXPECT_NEAR(find("top-1").kept, 1.0 / 6, 1e-9);
  EXPECT_DOUBLE_EQ(find("average").kept, 1.0);
  EXPECT_TRUE(result.trueScores);  // told from the labels that are evaluated
  EXPECT_EQ(result.lengths, data::Lengths::Unit);
  EXPECT_NE(result.published.find("lengths unit (published: raw)"), std::string::npos) << result.published;
}

TEST(Evaluate, RawFeaturesAreAveragedAsTheyAre) {
  ScratchProject scratch;
  Progress progress;
  addScoredProtocol(scratch, progress, 8, 24, 24, 1.2, 6);
  jobs::EvaluateOptions options;
  jobs::evaluateFields().apply(options, jobs::evaluateFields().presets().front());
  options.bootstraps = 0;
  const auto result = evaluate(*scratch.project, options, progress);
  EXPECT_EQ(result.lengths, data::Lengths::Raw);
  EXPECT_EQ(result.published, "as published");
  const auto in = readComparison(*scratch.project, {}, false, progress);
  aggregation::Options mean;
  mean.method = aggregation::Method::Average;
  mean.normaliseFeatures = false;
  const auto raw = comparePairs(
      in.protocol, aggregation::aggregate(in.features.view(), analysis::groupsOf(in.protocol), {}, mean));
  for (const auto& row : result.aggregations) {
    if (row.name != "average") continue;
    EXPECT_DOUBLE_EQ(row.auc, evaluation::verify(raw.comparisons).auc);
    mean.normaliseFeatures = true;
    const auto unit = comparePairs(
        in.protocol, aggregation::aggregate(in.features.view(), analysis::groupsOf(in.protocol), {}, mean));
    EXPECT_NE(row.auc, evaluation::verify(unit.comparisons).auc) << "raw features change nothing here";
  }
  options.percentile = 30;
  const auto dropping = evaluate(*scratch.project, options, progress).published;
  EXPECT_EQ(dropping.find("as published but for: percentile 30"), 0U) << dropping;
  options.percentile = std::nan("");
  jobs::SweepJobOptions sweeping;
  sweeping.thresholds = 10;
  sweeping.lengths = data::Lengths::Raw;
  sweeping.far = options.fars.back();
  const auto swept = runSweep(*scratch.project, sweeping, progress);
  EXPECT_TRUE(swept.trueScores);
  for (const auto& curve : swept.curves)
    for (const auto& row : result.aggregations) {
      if (curve.name != "average" || row.name != "average") continue;
      EXPECT_NEAR(curve.points.front().tar, row.tar.back().tar, 0.02);
    }
}

TEST(Evaluate, SaysWhatIsMissing) {
  ScratchProject scratch;
  scratch.addPeople("test", project::Role::Test, 4, 8);
  Progress progress;
  EXPECT_THROW(evaluate(*scratch.project, {}, progress), Error);  // no protocol
  ProtocolOptions options;
  options.size = 4;
  makeProtocol(*scratch.project, options, progress);
  EXPECT_THROW(evaluate(*scratch.project, {}, progress), Error);  // no features
  scratch.putFeatures("f", 8, 1.0);
  options.name = "damaged";
  options.degraded = 0.5;
  makeProtocol(*scratch.project, options, progress);
  EvaluateOptions evaluateOptions;
  evaluateOptions.protocol = "damaged";
  try {
    evaluate(*scratch.project, evaluateOptions, progress);
    FAIL() << "copies without features were accepted";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("extract features again"), std::string::npos);
  }
}

// A protocol whose images all have features is not disturbed by another's copies that have none yet.
TEST(Evaluate, LaterCopiesWithoutFeaturesTakeNoPart) {
  ScratchProject scratch;
  Progress progress;
  auto options = addScoredProtocol(scratch, progress);
  EvaluateOptions evaluateOptions;
  evaluateOptions.protocol = "p";
  evaluateOptions.bootstraps = 0;
  SweepJobOptions sweepOptions;
  sweepOptions.protocol = "p";
  sweepOptions.far = 0.1;
  sweepOptions.thresholds = 10;
  const auto evaluated = [&] { return toJson(evaluate(*scratch.project, evaluateOptions, progress)); };
  const auto swept = [&] { return toJson(runSweep(*scratch.project, sweepOptions, progress))["curves"]; };
  const auto before = evaluated();
  const auto curves = swept();

  options.name = "damaged";
  options.degraded = 0.5;
  ASSERT_GT(makeProtocol(*scratch.project, options, progress).copies, 0);
  EXPECT_EQ(evaluated(), before);
  EXPECT_EQ(swept(), curves);
}

TEST(Evaluate, OneImageWithoutARowOfFeaturesIsEnoughToAskForThem) {
  ScratchProject scratch;
  Progress progress;
  addScoredProtocol(scratch, progress);
  auto protocol = scratch.project->protocol("p");
  scratch.addPeople("late", project::Role::Test, 1, 1);
  protocol.templates[0].name = "given";  // not one that Discern drew, which would have one person only
  protocol.templates[0].samples.push_back(6 * 12);
  scratch.project->putProtocol(protocol);
  const auto saysSo = [](const auto& job) {
    try {
      job();
      ADD_FAILURE() << "an image without a feature was accepted";
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("1 of its 73 images have no feature"), std::string::npos)
          << e.what();
    }
  };
  saysSo([&] { evaluate(*scratch.project, {}, progress); });
  saysSo([&] { runSweep(*scratch.project, {}, progress); });
}

TEST(Evaluate, FollowsMergesAndExclusionsMadeAfterTheProtocol) {
  ScratchProject scratch;
  Progress silent;
  addScoredProtocol(scratch, silent, 4, 6);  // two templates a person: 4 genuine pairs, 24 impostor ones
  std::vector<std::string> notes;
  Progress progress = noting(notes);
  EvaluateOptions options;
  options.bootstraps = 0;
  options.protocol = "p";
  const auto before = evaluate(*scratch.project, options, progress);
  EXPECT_EQ(before.genuine, 4);
  EXPECT_EQ(before.impostor, 24);
  EXPECT_TRUE(notes.empty());
  scratch.project->mergeIdentities(0, 1);
  scratch.project->setExcluded({2}, true);
  score(*scratch.project, {}, silent);
  const auto after = evaluate(*scratch.project, options, progress);
  EXPECT_EQ(after.templates, 6);
  EXPECT_EQ(after.genuine, 6 + 1);  // of four templates that are one person's now, and of the last one's two
  EXPECT_EQ(after.impostor, 4 * 2);
  EXPECT_EQ(after.pairs.relabelled, 4);
  EXPECT_EQ(after.pairs.excluded, 13);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("4 of its pairs have another truth, 13 are left out"), std::string::npos)
      << notes[0];
  SweepJobOptions sweep;
  sweep.protocol = "p";
  sweep.thresholds = 5;
  EXPECT_EQ(runSweep(*scratch.project, sweep, progress).pairs.relabelled, 4);

  auto imported = scratch.project->protocol("p");
  imported.name = "imported";
  for (auto& t : imported.templates) t.name = "t" + t.name;
  scratch.project->putProtocol(imported);
  options.protocol = "imported";
  const auto kept = evaluate(*scratch.project, options, progress);
  EXPECT_EQ(kept.genuine, 4);
  EXPECT_EQ(kept.pairs.contradicted, 4);
  EXPECT_NE(notes.back().find("4 of its impostor pairs are of one person"), std::string::npos)
      << notes.back();
}

TEST(Evaluate, SaysThatTrainingIdentitiesAreCompared) {
  ScratchProject scratch;
  Progress silent;
  addScoredProtocol(scratch, silent, 4, 6);  // two templates a person
  scratch.project->setRole({0, 1}, project::Role::Train);
  std::vector<std::string> notes;
  Progress progress = noting(notes);
  EvaluateOptions options;
  options.bootstraps = 0;
  options.protocol = "p";
  const auto result = evaluate(*scratch.project, options, progress);
  EXPECT_EQ(result.pairs.trained, 4);
  EXPECT_EQ(result.templates, 8);
  EXPECT_EQ(result.genuine, 4) << "told, not left out";
  const auto says = [](const std::string& note) {
    return note.find("4 of its 8 templates are of training identities") != std::string::npos;
  };
  EXPECT_EQ(std::ranges::count_if(notes, says), 1);
  SweepJobOptions sweep;
  sweep.protocol = "p";
  sweep.thresholds = 5;
  EXPECT_EQ(runSweep(*scratch.project, sweep, progress).pairs.trained, 4);
  EXPECT_EQ(std::ranges::count_if(notes, says), 2);
}

TEST(Evaluate, ScoresOfUnknownCostAreNotFree) {
  ScratchProject scratch;
  Progress silent;
  addScoredProtocol(scratch, silent);
  auto table = scratch.project->scores("dscore");
  table.name = "told";
  table.method = "ddnet";
  table.featureTable = "/gone/network.pt";
  scratch.project->putScores(table);
  std::vector<std::string> notes;
  Progress progress = noting(notes);
  EvaluateOptions options;
  options.bootstraps = 0;
  options.scores = "told";
  const auto result = evaluate(*scratch.project, options, progress);
  for (const auto& row : result.aggregations) {
    const bool asks =
        row.name == "score-weighted" || row.name.starts_with("top-") || row.name.starts_with("ddl");
    EXPECT_EQ(std::isnan(row.macsShare), asks) << row.name;
  }
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("scores 'told': what they cost an image is unknown"), std::string::npos)
      << notes[0];
  scratch.project->putSetting(analysis::settings::scoreCost("told"),
                              R"({"macs":10,"ms":0})");  // the base model takes 100
  for (const auto& row : evaluate(*scratch.project, options, progress).aggregations)
    if (row.name == "score-weighted") {
      EXPECT_DOUBLE_EQ(row.macsShare, 1.1);
    }
  EXPECT_EQ(notes.size(), 1U);
}

TEST(Evaluate, ATemplateWithoutAnyScoreKeepsEverything) {
  ScratchProject scratch;
  Progress progress;
  addScoredProtocol(scratch, progress, 4, 6);  // 8 templates of 3
  auto table = scratch.project->scores("dscore");
  const data::Protocol protocol = scratch.project->protocol("p");
  for (const int s : protocol.templates[0].samples) table.score[static_cast<std::size_t>(s)] = NAN;
  scratch.project->putScores(table);
  EvaluateOptions options;
  options.bootstraps = 0;
  options.threshold = 1;  // nothing passes: the best one stays
  SweepJobOptions sweepOptions;
  sweepOptions.thresholds = 400;  // more than scores
  for (const auto& row : evaluate(*scratch.project, options, progress).aggregations)
    if (row.name.starts_with("ddl")) {
      EXPECT_DOUBLE_EQ(row.kept, (3 + 7) / 24.0) << row.name;
    }
  const auto swept = runSweep(*scratch.project, sweepOptions, progress);
  EXPECT_DOUBLE_EQ(swept.curves[0].points.back().keptShare,
                   (3 + 7) / 24.0);  // the best score of all as threshold
}

// Four people of two images each, features along the axes:
// 0 and 1 are told apart at once. Pairs of single images.
data::Protocol addPairs(ScratchProject& scratch) {
  scratch.addPeople("lfw", project::Role::Test, 4, 2);
  scratch.putFeatures("f", 4, 0);
  data::MappedNpy features(scratch.project->featureFile("f"), data::MappedNpy::Mode::ReadWrite);
  for (int s = 0; s < 8; ++s) {
    std::ranges::fill(features.row(s), 0.0F);
    features.row(s)[static_cast<std::size_t>(s / 2)] = 1;
  }
  features.flush();
  data::Protocol protocol;
  protocol.name = "pairs";
  protocol.folds = 3;
  for (int s = 0; s < 8; ++s) protocol.templates.push_back({fmt::format("image {}", s), s / 2, {s}});
  protocol.pairs = {{0, 1, true, 0}, {0, 2, false, 0}, {2, 3, true, 1}, {2, 4, false, 1},
                    {4, 5, true, 2}, {4, 6, false, 2}, {6, 7, true, 2}};
  scratch.project->putProtocol(protocol);
  return protocol;
}

TEST(Evaluate, FoldsWithoutPairsDoNotCountAndOneFoldHasNoAccuracy) {
  ScratchProject scratch;
  auto protocol = addPairs(scratch);
  std::vector<std::string> notes;
  Progress progress = noting(notes);
  EvaluateOptions options;
  options.bootstraps = 0;
  options.protocol = "pairs";
  const auto three = evaluate(*scratch.project, options, progress);
  EXPECT_EQ(three.folds, 3);
  EXPECT_EQ(three.aggregations[0].accuracy, 1);
  std::erase_if(protocol.pairs, [](const data::Pair& pair) { return pair.fold == 1; });
  scratch.project->putProtocol(protocol);
  EXPECT_EQ(evaluate(*scratch.project, options, progress).folds, 2);
  EXPECT_EQ(verifyAverage(protocol, scratch.project->features("f").view()).folds.folds.size(), 2U);
  EXPECT_TRUE(notes.empty());
  scratch.project->putProtocol(someFolds(protocol, {3}, "pairs"));
  const auto one = evaluate(*scratch.project, options, progress);
  EXPECT_EQ(one.folds, 0);
  EXPECT_TRUE(std::isnan(one.aggregations[0].accuracy));
  EXPECT_EQ(one.genuine, 2);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("fold accuracy needs two"), std::string::npos) << notes[0];
}

TEST(Evaluate, PairsOfTemplatesWithoutAFeatureAreLeftOutAndCounted) {
  ScratchProject scratch;
  const auto protocol = addPairs(scratch);
  {
    data::MappedNpy features(scratch.project->featureFile("f"), data::MappedNpy::Mode::ReadWrite);
    std::ranges::fill(features.row(7), 0.0F);  // as a damaged image: its genuine pair would compare as 0
    features.flush();
  }
  std::vector<std::string> notes;
  Progress progress = noting(notes);
  EvaluateOptions options;
  options.bootstraps = 0;
  options.protocol = "pairs";
  const auto result = evaluate(*scratch.project, options, progress);
  EXPECT_EQ(result.templates, 8);
  EXPECT_EQ(result.pairs.emptyTemplates, 1);
  EXPECT_EQ(result.pairs.empty, 1);
  EXPECT_EQ(result.genuine, 3);
  EXPECT_EQ(result.aggregations[0].auc, 1);
  EXPECT_EQ(result.aggregations[0].accuracy, 1);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(
      notes[0].find(
          "1 of its 8 templates have no image with a usable feature in 'f'; their 1 pairs are left out"),
      std::string::npos)
      << notes[0];
  EXPECT_EQ(verifyAverage(protocol, scratch.project->features("f").view()).verification.genuine, 3);
}

TEST(Evaluate, AndTheSweepCountTheSameImages) {
  ScratchProject scratch;
  Progress progress;
  addScoredProtocol(scratch, progress, 4, 6);  // 8 templates of 3
  {
    data::MappedNpy features(scratch.project->featureFile("f"), data::MappedNpy::Mode::ReadWrite);
    std::ranges::fill(features.row(scratch.project->protocol("p").templates[0].samples[0]), 0.0F);
    features.flush();
  }
  EvaluateOptions options;
  options.bootstraps = 0;
  options.threshold = 1;
  SweepJobOptions sweepOptions;
  sweepOptions.thresholds = 400;
  const auto result = evaluate(*scratch.project, options, progress);
  const auto swept = runSweep(*scratch.project, sweepOptions, progress);
  const auto& ddl = *std::ranges::find(result.aggregations, "ddl rescale=off", &AggregationResult::name);
  EXPECT_DOUBLE_EQ(ddl.kept, 8 / 23.0);
  EXPECT_DOUBLE_EQ(swept.curves[0].points.back().keptShare, 8 / 23.0);
  EXPECT_DOUBLE_EQ(swept.curves[0].points.back().cost.share, ddl.macsShare);
  EXPECT_EQ(result.pairs.emptyTemplates, 0);
}

// Two people with two templates of two images: in each the image that its detector trusts is the person's,
// the other a third face.
TEST(Evaluate, TheDetectorsOwnScoreIsABaseline) {
  ScratchProject scratch;
  data::Dataset set;
  set.name = "set";
  set.identities = {"a", "b"};
  data::Protocol protocol;
  protocol.name = "templates";
  for (int i = 0; i < 8; ++i) {
    data::Sample sample;
    sample.image.file = fmt::format("/none/{}.ppm", i);
    sample.identity = i / 4;
    if (i % 2 == 0) sample.nuisance = R"({"detector_score":3.5})";
    if (i == 1) sample.nuisance = R"({"detector_score":-2})";  // as little as one that is missing
    set.samples.push_back(sample);
    if (i % 2 == 1) protocol.templates.push_back({fmt::format("t{}", i / 2), i / 4, {i - 1, i}});
  }
  protocol.pairs = {{0, 1, true, -1}, {2, 3, true, -1}, {0, 2, false, -1}, {1, 3, false, -1}};
  set.protocols.push_back(protocol);
  scratch.project->addDataset(set, project::Role::Test);
  scratch.putFeatures("f", 6, 0);
  {
    data::MappedNpy features(scratch.project->featureFile("f"), data::MappedNpy::Mode::ReadWrite);
    for (int i = 0; i < 8; ++i) {
      std::ranges::fill(features.row(i), 0.0F);
      // Trusted: axis 0 or 1, the person's. Else axis 2 or 3, which templates of two people share.
      features.row(i)[static_cast<std::size_t>(i % 2 == 0 ? i / 4 : 2 + i / 2 % 2)] =
          i % 2 == 0 ? 1.0F : 5.0F;
    }
    features.flush();
  }
  Progress progress;
  EvaluateOptions options;
  options.bootstraps = 0;
  const auto rows = evaluate(*scratch.project, options, progress).aggregations;
  const auto row = [&](const char* name) { return std::ranges::find(rows, name, &AggregationResult::name); };
  ASSERT_NE(row("detector-weighted"), rows.end());
  EXPECT_EQ(row("detector-weighted") - row("norm-weighted"), 1);
  EXPECT_EQ(row("detector-weighted")->auc, 1);  // cosines 1 and 0
  EXPECT_EQ(row("average")->auc, 0.5);          // all 0.5
  EXPECT_DOUBLE_EQ(row("detector-weighted")->macsShare, 1);
  EXPECT_DOUBLE_EQ(row("detector-weighted")->kept, 1);
}

TEST(Evaluate, NotesScoresOfFeaturesThatAnotherModelMadeAgain) {
  ScratchProject scratch;
  Progress silent;
  addScoredProtocol(scratch, silent);
  std::vector<std::string> notes;
  Progress progress = noting(notes);
  EvaluateOptions options;
  options.bootstraps = 0;
  SweepJobOptions sweepOptions;
  sweepOptions.thresholds = 5;
  scratch.project->putSetting("feature_model/f", "1");
  scratch.project->putSetting("score_model/dscore", "1");
  evaluate(*scratch.project, options, progress);
  EXPECT_TRUE(notes.empty());
  scratch.project->putSetting("feature_model/f", "2");
  evaluate(*scratch.project, options, progress);
  runSweep(*scratch.project, sweepOptions, progress);
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_NE(notes[0].find(
                "score table 'dscore' is older than the features 'f', which another model has made since"),
            std::string::npos)
      << notes[0];
}

}  // namespace
}  // namespace discern::pipeline
