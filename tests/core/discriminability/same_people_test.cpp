// People hidden under two names are found, and strangers are not named.
#include "core/discriminability/same_people.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "core/discriminability/centers.h"
#include "tests/core/discriminability/oracle.h"

namespace discern::discriminability {
namespace {

// `people` faces in 256 dimensions (strangers then stay below a cosine of 0.38); identity k < names shows
// face faceOf(k) in imagesOf(k) noisy images.
struct Crowd {
  data::Matrix features;
  std::vector<int> identity;
  std::vector<Part> part;

  Crowd(int names, const std::function<int(int)>& faceOf, const std::function<int(int)>& imagesOf,
        double noise, float common = 0) {
    Rng rng(17);
    data::Matrix faces(names, 256);
    for (float& v : faces.values) v = static_cast<float>(rng.normal()) + common;
    for (int k = 0; k < names; ++k) {
      part.push_back(Part::Pool);
      for (int i = 0; i < imagesOf(k); ++i) {
        identity.push_back(k);
        for (int c = 0; c < 256; ++c)
          features.values.push_back(faces.row(faceOf(k))[c] + static_cast<float>(noise * rng.normal()));
      }
    }
    features.rows = static_cast<std::int64_t>(identity.size());
    features.cols = 256;
  }

  std::vector<SamePerson> find(ScoreOptions options = {}) const {
    Progress progress;
    return score({features.view(), identity, part, static_cast<int>(part.size()), {}, {}}, options, progress)
        .probablySame;
  }
};

std::vector<std::pair<int, int>> names(const std::vector<SamePerson>& people) {
  std::vector<std::pair<int, int>> result;
  for (const SamePerson& p : people) result.emplace_back(p.a, p.b);
  std::ranges::sort(result);
  return result;
}

using Pairs = std::vector<std::pair<int, int>>;

TEST(SamePeople, FindsSingleImagesInThePoolAmongHundreds) {
  // 301 and 302 are single images of the people 4 and 9;
  // the noise leaves a single image a cosine of about 0.7.
  const auto face = [](int k) { return k == 301 ? 4 : k == 302 ? 9 : k; };
  Crowd crowd(
      400, face, [](int k) { return k < 20 ? 30 : 1; }, 1.0);
  for (int k = 0; k < 20; ++k) crowd.part[k] = k % 2 == 0 ? Part::Train : Part::Test;
  for (const int tile : {17, 100, 1024}) {
    ScoreOptions options;
    options.tileRows = tile;
    options.tileCols = tile + 5;
    const std::vector<SamePerson> found = crowd.find(options);
    EXPECT_EQ(names(found), (Pairs{{4, 301}, {9, 302}}));
    for (const SamePerson& p : found) {
      EXPECT_GT(p.cosine, 0.5);
      EXPECT_GT(p.deviations, 4);
    }
  }
}

TEST(SamePeople, DoesNotNeedFeaturesThatAreCentredAtZero) {
  // All faces share a large common part, so strangers have
  // cosines around 0.8: a fixed cosine would list everybody.
  const auto face = [](int k) { return k == 57 ? 3 : k; };
  Crowd crowd(
      120, face, [](int) { return 5; }, 0.5, 2.0F);
  crowd.part[3] = Part::Train;
  crowd.part[8] = Part::Train;
  EXPECT_EQ(names(crowd.find()), (Pairs{{3, 57}}));
}

TEST(SamePeople, LeavesPairsInsideThePoolAlone) {
  const auto face = [](int k) { return k == 57 ? 3 : k; };
  Crowd crowd(
      120, face, [](int) { return 5; }, 0.5);
  crowd.part[8] = Part::Train;
  EXPECT_TRUE(crowd.find().empty());
  crowd.part[57] = Part::Test;
  EXPECT_EQ(names(crowd.find()), (Pairs{{3, 57}}));
}

TEST(SamePeople, FindsAThirdName) {
  const auto face = [](int k) { return k == 57 || k == 80 ? 3 : k; };
  Crowd crowd(
      120, face, [](int) { return 6; }, 0.3);
  for (Part& part : crowd.part) part = Part::Train;
  // Three names of one person: two pairs join them all.
  const Pairs found = names(crowd.find());
  ASSERT_EQ(found.size(), 2U);
  std::vector<int> together;
  for (const auto& [a, b] : found) together.insert(together.end(), {a, b});
  std::ranges::sort(together);
  together.erase(std::unique(together.begin(), together.end()), together.end());
  EXPECT_EQ(together, (std::vector<int>{3, 57, 80}));
}

TEST(SamePeople, RespectsTheLeastCosine) {
  const auto face = [](int k) { return k == 57 ? 3 : k; };
  Crowd crowd(
      120, face, [](int) { return 5; }, 0.5);
  crowd.part[3] = Part::Train;
  const std::vector<SamePerson> found = crowd.find();
  ASSERT_EQ(found.size(), 1U);
  ScoreOptions options;
  options.nearlySame = found[0].cosine + 0.01;
  EXPECT_TRUE(crowd.find(options).empty());
}

TEST(SamePeople, AFewIdentitiesNeedACosineThatStrangersDoNotReach) {
  const auto face = [](int k) { return k == 3 ? 1 : k; };
  Crowd crowd(
      4, face, [](int) { return 5; }, 0.3);
  for (Part& part : crowd.part) part = Part::Train;
  const std::vector<SamePerson> found = crowd.find();
  EXPECT_EQ(names(found), (Pairs{{1, 3}}));
  EXPECT_EQ(found[0].deviations, 0);
}

TEST(SamePeople, DeviationsByTheirDefinition) {
  const auto face = [](int k) { return k == 30 ? 2 : k; };
  Crowd crowd(
      40, face, [](int) { return 3; }, 0.4);
  crowd.part[2] = Part::Train;
  const std::vector<SamePerson> found = crowd.find();
  ASSERT_EQ(found.size(), 1U);
  const data::Matrix unit = centroids(crowd.features.view(), crowd.identity, 40);
  double expected = 0;
  for (const auto& [me, other] : {std::pair(2, 30), std::pair(30, 2)}) {
    double sum = 0, squares = 0;
    for (int k = 0; k < 40; ++k) {
      if (k == me || k == other) continue;
      const double product = data::dot(unit.row(me), unit.row(k));
      sum += product / 38;
      squares += product * product / 38;
    }
    expected += (data::dot(unit.row(2), unit.row(30)) - sum) / std::sqrt(squares - sum * sum) / 2;
  }
  EXPECT_NEAR(found[0].deviations, expected, 1e-4 * expected);
}

TEST(ProductMoments, EqualTheSumsOverAllProducts) {
  Rng rng(5);
  data::Matrix rows(70, 13);
  for (float& v : rows.values) v = static_cast<float>(rng.normal());
  for (int r = 0; r < 70; ++r) data::normalise(rows.row(r));
  const Moments moments = productMoments(rows.view());
  for (int r = 0; r < 70; ++r) {
    double sum = 0, squares = 0;
    for (int c = 0; c < 70; ++c) {
      const double product = data::dot(rows.row(r), rows.row(c));
      sum += product;
      squares += product * product;
    }
    EXPECT_NEAR(moments.sum[r], sum, 1e-5);
    EXPECT_NEAR(moments.squares[r], squares, 1e-5);
  }
}

}  // namespace
}  // namespace discern::discriminability
