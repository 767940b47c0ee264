#include "core/evaluation/all_pairs.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern::evaluation {
namespace {

struct Planted {
  data::Matrix rows;
  std::vector<int> identity;
};

// Unit rows around a direction of each identity; `levels` above 0: of so few values that many pairs tie.
Planted planted(std::uint64_t seed, int people, int each, int levels) {
  Rng rng(seed);
  Planted p{data::Matrix(static_cast<std::int64_t>(people) * each, 6), {}};
  data::Matrix centres(people, 6);
  for (float& v : centres.values) v = static_cast<float>(rng.normal());
  for (std::int64_t i = 0; i < p.rows.rows; ++i) {
    p.identity.push_back(static_cast<int>(i % people));
    const auto row = p.rows.row(i);
    for (std::size_t j = 0; j < row.size(); ++j) {
      const double v = centres.row(i % people)[j] + 0.8 * rng.normal();
      row[j] = static_cast<float>(levels > 0 ? std::round(v * levels) / levels : v);
    }
    if (!(data::normalise(row) > 0)) row[0] = 1;
  }
  return p;
}

// The same pairs, listed.
Comparisons listed(const Planted& p) {
  Comparisons all;
  for (std::int64_t a = 0; a < p.rows.rows; ++a)
    for (std::int64_t b = a + 1; b < p.rows.rows; ++b) {
      const int x = p.identity[static_cast<std::size_t>(a)], y = p.identity[static_cast<std::size_t>(b)];
      if (x < 0 || y < 0) continue;
      (x == y ? all.genuine : all.impostor)
          .push_back(static_cast<float>(data::dot(p.rows.row(a), p.rows.row(b))));
    }
  return all;
}

TEST(AllPairs, AgreesWithTheListOfThem) {
  Progress progress;
  for (const int levels : {0, 1, 3})
    for (const FarRule rule : {FarRule::AtMost, FarRule::Nearest}) {
      Planted p = planted(7 + static_cast<std::uint64_t>(levels), 30, 5, levels);
      p.identity[3] = p.identity[77] = -1;  // nobody's
      VerificationOptions options;
      options.fars = {1e-4, 3e-4, 1e-3, 1e-2, 0.1, 0.5, 1};
      options.rule = rule;
      const auto expected = verify(listed(p), options);
      const auto found = verifyAllPairs(p.rows.view(), p.identity, options, progress);
      EXPECT_EQ(found.genuine, expected.genuine);
      EXPECT_EQ(found.impostor, expected.impostor);
      for (std::size_t i = 0; i < options.fars.size(); ++i) {
        const auto &a = found.tarAtFar[i], &b = expected.tarAtFar[i];
        EXPECT_EQ(a.tar, b.tar) << a.far << " " << levels;
        EXPECT_EQ(a.threshold, b.threshold) << a.far << " " << levels;
        EXPECT_EQ(a.actualFar, b.actualFar) << a.far << " " << levels;
        EXPECT_EQ(a.supported, b.supported) << a.far;
      }
      EXPECT_NEAR(found.auc, expected.auc, 1e-4);  // similarities that agree in 12 digits count as equal
      EXPECT_NEAR(found.eer, expected.eer, 1e-3);
      EXPECT_EQ(found.roc.front().tar, 0);
      EXPECT_EQ(found.roc.back().far, 1);
    }
}

TEST(AllPairs, ByHand) {
  // Similarities: (0, 1) genuine 0.8; impostors 0.6 and 0 with template 2.
  data::Matrix rows(3, 2);
  rows.values = {1, 0, 0.8F, 0.6F, 0, 1};
  Progress progress;
  VerificationOptions options;
  options.fars = {0.4, 0.5};
  const auto found = verifyAllPairs(rows.view(), std::vector{4, 4, 9}, options, progress);
  EXPECT_EQ(found.genuine, 1);
  EXPECT_EQ(found.impostor, 2);
  EXPECT_EQ(found.tarAtFar[0].tar, 1);
  EXPECT_EQ(found.tarAtFar[0].actualFar, 0);
  EXPECT_EQ(found.tarAtFar[0].threshold, std::nextafter(0.6F, 1.0F));
  EXPECT_EQ(found.tarAtFar[1].actualFar, 0.5);
  EXPECT_EQ(found.tarAtFar[1].threshold, std::nextafter(0.0F, 1.0F));
  EXPECT_EQ(found.auc, 1);
}

TEST(AllPairs, WhatCannotBeToldIsSaid) {
  Progress progress;
  const Planted p = planted(1, 3, 2, 0);
  EXPECT_THROW(verifyAllPairs(p.rows.view(), std::vector(6, 0), {}, progress), Error);  // no impostor
  EXPECT_THROW(verifyAllPairs(p.rows.view(), std::vector{0, 1, 2, 3, 4, 5}, {}, progress),
               Error);  // no genuine
  EXPECT_THROW(verifyAllPairs(p.rows.view(), std::vector(5, 0), {}, progress), Error);
}

TEST(AllPairs, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  Progress progress({}, stop.get_token());
  const Planted p = planted(1, 3, 2, 0);
  EXPECT_THROW(verifyAllPairs(p.rows.view(), p.identity, {}, progress), Cancelled);
}

}  // namespace
}  // namespace discern::evaluation
