#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/evaluation/correlation.h"
#include "core/evaluation/edc.h"
#include "core/evaluation/verification.h"
#include "tests/golden/stream.h"

namespace discern::evaluation {
namespace {

nlohmann::json golden(const char* part) {
  std::ifstream file(DISCERN_SOURCE_DIR "/tests/golden/evaluation.json");
  return nlohmann::json::parse(file).at(part);
}

TEST(EvaluationGolden, VerificationAgreesWithNumPy) {
  const auto expected = golden("verification");
  golden::Stream stream(1);
  Comparisons c;
  for (int i = 0; i < 1500; ++i) c.genuine.push_back(stream.bell(400) + 0.2F);
  for (int i = 0; i < 12000; ++i) c.impostor.push_back(stream.bell(400));
  for (const bool nearest : {false, true}) {
    VerificationOptions options;
    options.rule = nearest ? FarRule::Nearest : FarRule::AtMost;
    options.fars.clear();
    const auto& points = expected.at(nearest ? "nearest" : "at_most");
    for (const auto& point : points) options.fars.push_back(point[0]);
    const auto result = verify(c, options);
    EXPECT_NEAR(result.auc, expected.at("auc").get<double>(), 1e-12);
    EXPECT_NEAR(result.eer, expected.at("eer").get<double>(), 1e-12);
    for (std::size_t i = 0; i < points.size(); ++i)
      EXPECT_NEAR(result.tarAtFar[i].tar, points[i][1].get<double>(), 1e-12) << i;
  }
}

TEST(EvaluationGolden, FoldsAgreeWithNumPy) {
  const auto expected = golden("folds");
  golden::Stream stream(2);
  std::vector<float> scores;
  std::vector<bool> genuine;
  std::vector<int> fold;
  for (int i = 0; i < 3000; ++i) {
    genuine.push_back(i % 2 == 0);
    scores.push_back(stream.bell(300) + (i % 2 == 0 ? 0.25F : 0.0F));
    fold.push_back(i * 10 / 3000);
  }
  const auto result = foldAccuracy(scores, genuine, fold);
  EXPECT_NEAR(result.accuracy, expected.at("accuracy").get<double>(), 1e-12);
  EXPECT_NEAR(result.error, expected.at("error").get<double>(), 1e-12);
  ASSERT_EQ(result.folds.size(), 10U);
  for (std::size_t f = 0; f < 10; ++f) {
    EXPECT_NEAR(result.folds[f], expected.at("folds")[f].get<double>(), 1e-12);
    EXPECT_NEAR(result.thresholds[f], expected.at("thresholds")[f].get<double>(), 1e-12);
  }
}

TEST(EvaluationGolden, ErrorVersusDiscardAgreesWithNumPy) {
  const auto expected = golden("edc");
  golden::Stream stream(3);
  std::vector<float> scores, quality;
  std::vector<bool> genuine;
  for (int i = 0; i < 4000; ++i) {
    genuine.push_back(i % 4 == 0);
    quality.push_back(stream.bell(60));
    scores.push_back(stream.next() * 0.5F + (i % 4 == 0 ? quality.back() : 0.0F));
  }
  for (const bool crFiqa : {false, true}) {
    EdcOptions options;
    options.variant = crFiqa ? EdcVariant::CrFiqa : EdcVariant::FixedThreshold;
    options.fmr = 1e-2;
    const auto result = errorVersusDiscard(scores, genuine, quality, options);
    const auto& curve = expected.at(crFiqa ? "crfiqa" : "fixed");
    EXPECT_NEAR(result.startFnmr, expected.at("start").get<double>(), 1e-12);
    EXPECT_NEAR(result.pauc, expected.at(crFiqa ? "crfiqa_pauc" : "fixed_pauc").get<double>(), 1e-6);
    ASSERT_EQ(result.curve.size(), curve.size());
    for (std::size_t i = 0; i < curve.size(); ++i) {
      EXPECT_NEAR(result.curve[i].discarded, curve[i][0].get<double>(), 1e-12);
      EXPECT_NEAR(result.curve[i].fnmr, curve[i][1].get<double>(), 1e-12);
    }
  }
}

TEST(EvaluationGolden, RankCorrelationAgreesWithNumPy) {
  golden::Stream stream(4);
  std::vector<float> a, b;
  std::vector<int> identity;
  for (int i = 0; i < 1000; ++i) {
    a.push_back(stream.bell(50));
    b.push_back(stream.bell(50) + a.back());
    identity.push_back(i % 37);
  }
  EXPECT_NEAR(spearman(a, b), golden("spearman").get<double>(), 1e-12);
  EXPECT_NEAR(spearmanWithin(a, b, identity).mean, golden("spearman_within").get<double>(), 1e-12);
}

}  // namespace
}  // namespace discern::evaluation
