#include "core/pipeline/edc_curves.h"

#include <gtest/gtest.h>

#include <cmath>

namespace discern::pipeline {
namespace {

// Four templates of two images, of which the first and the last pair are genuine.
data::Protocol protocol() {
  data::Protocol p;
  p.name.assign(1, 'p');
  for (int t = 0; t < 4; ++t) p.templates.push_back({"t", t / 2, {2 * t, 2 * t + 1}});
  p.pairs = {{0, 1, true, -1}, {0, 2, false, -1}, {1, 3, false, -1}, {2, 3, true, -1}};
  return p;
}

data::ScoreTable tableOf(const std::string& name, const std::vector<float>& scores) {
  data::ScoreTable table;
  table.name = name;
  table.resize(scores.size());
  table.score = scores;
  table.covered = static_cast<std::int64_t>(scores.size());
  return table;
}

TEST(EdcCurves, APairIsAsGoodAsItsWorseTemplate) {
  const float none = std::nanf("");
  // Template means: 0.3, 0.8, 0.25 (one of its two without a score), 0.6.
  const auto table = tableOf("s", {0.2F, 0.4F, 0.9F, 0.7F, none, 0.5F, 0.6F, 0.6F});
  const auto quality = pairQuality(protocol(), table);
  const std::vector<float> byHand = {0.3F, 0.25F, 0.6F, 0.25F};
  ASSERT_EQ(quality.size(), byHand.size());
  for (std::size_t i = 0; i < quality.size(); ++i) EXPECT_FLOAT_EQ(quality[i], byHand[i]) << i;
}

// One of two genuine pairs is rejected: FNMR 1/2, and 0 once the worse one has left.
TEST(EdcCurves, AreOneForEachTableThatKnowsTheImages) {
  ComparedPairs pairs;
  pairs.values = {0.9F, 0.5F, 0.4F, 0.1F};
  pairs.genuine = {true, false, false, true};
  evaluation::EdcOptions options;
  options.fmr = 0;
  auto older = tableOf("older", {1, 1, 1, 1, 1, 1, 1, 1});
  older.covered = 6;  // template 3 came later
  const auto good = tableOf("good", {1, 1, 1, 1, 0, 0, 1, 1}), bad = tableOf("bad", {0, 0, 1, 1, 1, 1, 1, 1});
  const auto curves = edcCurves({older, good, bad}, protocol(), pairs, options);
  ASSERT_EQ(curves.size(), 2U);
  EXPECT_EQ(curves[0].name, "good");
  EXPECT_EQ(curves[0].variant, "fixed");
  EXPECT_EQ(curves[1].name, "bad");
  for (const auto& curve : curves) EXPECT_EQ(curve.curve.front().fnmr, 0.5) << curve.name;
  const auto after = [](const results::EdcCurve& curve) {
    return std::ranges::find(curve.curve, 0.5, &evaluation::EdcPoint::discarded)->fnmr;
  };
  EXPECT_EQ(after(curves[0]), 0);  // the rejected pair left
  EXPECT_EQ(after(curves[1]), 1);  // the accepted one did
}

}  // namespace
}  // namespace discern::pipeline
