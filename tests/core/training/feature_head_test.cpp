#include "core/training/feature_head.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/base/files.h"
#include "core/base/rng.h"
#include "core/training/rank.h"
#include "tests/core/training/planted_faces.h"

namespace discern::training {
namespace {

constexpr float kNoNumber = std::numeric_limits<float>::quiet_NaN();

float sigmoidOf(double logit) { return static_cast<float>(1 / (1 + std::exp(-logit))); }

// Features without any pattern, `each` for every identity.
struct Planted {
  data::Matrix features;
  FeatureHeadData data;
  Planted(int identities, int each, int dims, std::uint64_t seed)
      : features(std::int64_t{identities} * each, dims) {
    Rng rng(seed);
    for (float& value : features.values) value = static_cast<float>(rng.normal());
    for (int i = 0; i < identities * each; ++i) data.identity.push_back(i / each);
    data.target.resize(data.identity.size());
    data.features = features.view();
  }
  template <typename Logit>
  void setTargets(Logit logit) {
    for (std::size_t i = 0; i < data.target.size(); ++i)
      data.target[i] = sigmoidOf(logit(features.row(static_cast<std::int64_t>(i))));
  }
};

FeatureHeadFit fit(const FeatureHeadData& data) {
  Progress silent;
  return fitFeatureHead(data, 1, silent);
}

TEST(FeatureHead, FindsAPlantedMapOfDirectionAndLength) {
  Planted planted(12, 20, 6, 3);
  const std::vector<double> weight = {0.3, -0.2, 0, 0.1, 0.05, -0.4};
  planted.setTargets([&](std::span<const float> f) {
    double logit = -0.7 + 0.5 * data::norm(f);
    for (std::size_t k = 0; k < f.size(); ++k) logit += weight[k] * f[k];
    return logit;
  });
  const auto result = fit(planted.data);
  EXPECT_EQ(result.images, 240);
  EXPECT_NEAR(result.head.normWeight, 0.5, 1e-3);
  EXPECT_NEAR(result.head.bias, -0.7, 1e-3);
  ASSERT_EQ(result.head.weight.size(), 6U);
  for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR(result.head.weight[k], weight[k], 1e-4) << k;
  EXPECT_GT(result.spearman, 0.999);
  const auto scores = applyFeatureHead(result.head, planted.data.features);
  for (std::size_t i = 0; i < scores.size(); ++i) EXPECT_NEAR(scores[i], planted.data.target[i], 1e-4);
}

TEST(FeatureHead, WhereThereIsNothingToLearnItSaysSo) {
  Planted planted(10, 8, 60, 4);  // enough directions to tell 80 images by heart
  Rng rng(9);
  planted.setTargets([&](std::span<const float>) { return rng.normal(); });
  const auto result = fit(planted.data);
  EXPECT_GE(result.ridge, 1);
  EXPECT_LT(std::abs(result.spearman), 0.25);
  // What is measured is not how well the images it was fitted on are told.
  const auto told = applyFeatureHead(result.head, planted.data.features);
  EXPECT_GT(meanSpearmanWithin(told, planted.data.target, planted.data.identity, 5), result.spearman + 0.3);
}

TEST(FeatureHead, TheRidgeIsTheBestOnOtherIdentities) {
  // Each identity has its own idea of what is good: what is common to all is told by the first number alone.
  Planted planted(6, 30, 20, 5);
  std::size_t i = 0;
  planted.setTargets([&](std::span<const float> f) {
    const std::size_t own = 1 + static_cast<std::size_t>(planted.data.identity[i++]);
    return f[0] + 4.0 * f[own];
  });
  const auto result = fit(planted.data);
  EXPECT_GE(result.ridge, 0.1);  // 1e-8 would be the best on its own identities
  EXPECT_GT(result.spearman, 0.05);
}

TEST(FeatureHead, FeaturesOfOneLengthAreToldByTheirDirection) {
  Planted planted(8, 20, 5, 6);
  for (std::int64_t r = 0; r < planted.features.rows; ++r) {
    const double length = data::norm(planted.features.row(r));
    for (float& v : planted.features.row(r)) v = static_cast<float>(v / length);
  }
  planted.setTargets([](std::span<const float> f) { return 2.0 * f[1]; });
  const auto result = fit(planted.data);
  EXPECT_EQ(result.head.normWeight, 0);
  EXPECT_NEAR(result.head.weight[1], 2, 1e-3);
}

TEST(FeatureHead, RowsWithoutNumbersOrScoresTakeNoPart) {
  Planted planted(8, 20, 5, 7);
  planted.setTargets([](std::span<const float> f) { return 1.0 * f[0]; });
  const auto clean = fit(planted.data);
  auto more = Planted(8, 21, 5, 8);  // a 21st image of each identity, which says something else
  for (int p = 0; p < 8; ++p)
    for (int k = 0; k < 20; ++k) {
      std::ranges::copy(planted.features.row(p * 20 + k), more.features.row(p * 21 + k).begin());
      more.data.target[static_cast<std::size_t>(p * 21 + k)] =
          planted.data.target[static_cast<std::size_t>(p * 20 + k)];
    }
  for (int p = 0; p < 8; ++p) {
    const auto last = static_cast<std::size_t>(p * 21 + 20);
    more.data.target[last] = p % 2 == 0 ? kNoNumber : 0.99F;
    if (p % 2 == 1)
      more.features.row(static_cast<std::int64_t>(last))[2] =
          p == 1 ? kNoNumber : std::numeric_limits<float>::infinity();
  }
  const auto result = fit(more.data);
  EXPECT_EQ(result.images, 160);
  for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(result.head.weight[k], clean.head.weight[k], 1e-9);
  const auto scores = applyFeatureHead(result.head, more.data.features);
  EXPECT_TRUE(std::isnan(scores[21 + 20]));
  EXPECT_TRUE(std::isnan(scores[3 * 21 + 20]));
  EXPECT_TRUE(std::isfinite(scores[20]));  // no score of its own, yet a feature
}

TEST(FeatureHead, CleanImagesAreMeasuredApart) {
  Planted planted(8, 20, 5, 7);
  planted.setTargets([](std::span<const float> f) { return 1.0 * f[0]; });
  planted.data.clean.assign(160, 1);
  for (std::size_t i = 0; i < 160; i += 2) {
    planted.data.clean[i] = 0;
    planted.data.target[i] = 0.5F;  // copies say nothing: their ranks are ties
  }
  const auto result = fit(planted.data);
  EXPECT_GT(result.spearmanClean, 0.9);
  EXPECT_LT(result.spearman, result.spearmanClean - 0.05);
}

TEST(FeatureHead, SaysWhatIsWrongWithItsData) {
  Planted planted(2, 5, 3, 1);
  planted.setTargets([](std::span<const float> f) { return 1.0 * f[0]; });
  auto one = planted.data;
  std::ranges::fill(one.identity, 4);
  EXPECT_NE(errorOf([&] { fit(one); }).find("at least two identities; there are 1"), std::string::npos);
  auto flat = planted.data;
  std::ranges::fill(flat.target, 0.5F);
  EXPECT_NE(errorOf([&] { fit(flat); }).find("scores that differ; all 10 images have the same"),
            std::string::npos);
  auto fewer = planted.data;
  fewer.target.pop_back();
  EXPECT_NE(errorOf([&] { fit(fewer); }).find("10 features came with 9 scores"), std::string::npos);
  const auto head = fit(planted.data).head;
  const data::Matrix other(1, 4);
  EXPECT_NE(errorOf([&] { applyFeatureHead(head, other.view()); }).find("of 3 dimensions; these have 4"),
            std::string::npos);
  std::stop_source stop;
  stop.request_stop();
  Progress stopped({}, stop.get_token());
  EXPECT_THROW(fitFeatureHead(planted.data, 1, stopped), Cancelled);
}

TEST(FeatureHead, AFileGivesBackWhatWasSaved) {
  const TemporaryFolder folder("discern_head");
  Planted planted(3, 9, 4, 2);
  planted.setTargets([](std::span<const float> f) { return f[0] - 0.1 * f[2]; });
  auto head = fit(planted.data).head;
  head.model = "18446744073709551615";
  head.recipe = R"({"size": 112})";
  saveFeatureHead(folder / "head.json", head, R"({"seed": 1})");
  const auto back = loadFeatureHead(folder / "head.json");
  EXPECT_EQ(back.weight, head.weight);
  EXPECT_EQ(back.normWeight, head.normWeight);
  EXPECT_EQ(back.bias, head.bias);
  EXPECT_EQ(back.model, head.model);
  EXPECT_EQ(back.recipe, head.recipe);
  for (const char* bad :
       {"", "{", "[]", R"({"format": "another"})", R"({"format": "discern feature head 1", "model": 3})"}) {
    writeFileAtomically(folder / "bad.json", bad);
    const auto message = errorOf([&] { loadFeatureHead(folder / "bad.json"); });
    EXPECT_NE(message.find("bad.json: is no feature head"), std::string::npos) << bad << ": " << message;
  }
}

}  // namespace
}  // namespace discern::training
