#include "core/analysis/doubts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace discern::analysis {
namespace {

// Three people of three images each, 0-2, 3-5, 6-8, and a copy of image 1.
struct Planted {
  std::vector<project::IdentityRow> identities = {{.id = 0, .name = "ann", .set = "s"},
                                                  {.id = 1, .name = "bob", .set = "s"},
                                                  {.id = 2, .name = "cy", .set = "s"}};
  std::vector<project::SampleRow> samples;
  data::ScoreTable scores;
  Decided decided;

  Planted() {
    for (int i = 0; i < 10; ++i) {
      project::SampleRow row;
      row.id = i;
      row.identity = i == 9 ? 0 : i / 3;
      row.image.file = "/none/" + std::to_string(i) + ".jpg";
      if (i == 9) row.parent = 1;
      samples.push_back(row);
    }
    scores.method = "dscore";
    scores.resize(10);
    for (std::size_t i = 0; i < 10; ++i) put(i, 0.8F - 0.01F * static_cast<float>(i), 0.3F, 2);
  }
  void put(std::size_t i, float own, float hardest, int who) {
    scores.own[i] = own;
    scores.hardest[i] = hardest;
    scores.ratio[i] = own / hardest;
    scores.hardestIdentity[i] = who;
  }
  std::vector<int> images() const {
    std::vector<int> found;
    for (const auto& one : doubtfulImages(scores, whoIs(samples, identities), samples, identities, decided))
      found.push_back(one.sample);
    return found;
  }
  std::vector<DoubtfulPair> pairs(const std::vector<DoubtfulPair>& noted) const {
    return doubtfulPairs(noted, whoIs(samples, identities), samples, identities, decided);
  }
};

TEST(Doubts, ImagesNearerToAnotherIdentityComeWorstFirst) {
  Planted p;
  p.put(1, 0.2F, 0.4F, 1);
  p.put(9, 0.1F, 0.9F, 1);  // a copy of image 1
  p.put(4, 0.1F, 0.6F, 0);
  p.put(5, 0.5F, 0.5F, 0);  // as near to both
  EXPECT_EQ(p.images(), (std::vector<int>{4, 1}));
  const auto first =
      doubtfulImages(p.scores, whoIs(p.samples, p.identities), p.samples, p.identities, p.decided).front();
  EXPECT_EQ(first.own, 1);
  EXPECT_EQ(first.other, 0);
  EXPECT_FLOAT_EQ(static_cast<float>(first.cosineOwn), 0.1F);
  EXPECT_FLOAT_EQ(static_cast<float>(first.cosineOther), 0.6F);
}

TEST(Doubts, WhatWasDecidedIsNotAskedAgain) {
  Planted p;
  for (const std::size_t i : {0, 1, 3, 4, 6}) p.put(i, 0.2F, 0.4F, i < 3 ? 1 : 0);
  p.decided.marks = {{0, {.verdict = project::Verdict::Right}},
                     {1, {.movedTo = 1}},
                     {3, {.leftOut = project::LeftOut::Templates}},
                     {4, {.tags = {"later"}}},  // says nothing about who it is
                     {6, {.verdict = project::Verdict::Unsure}}};
  EXPECT_EQ(p.images(), (std::vector<int>{4}));
  p.identities[0].mergedInto = 2;  // whom image 4 looks like is somebody else now
  EXPECT_EQ(p.images(), (std::vector<int>{4}));
  EXPECT_EQ(
      doubtfulImages(p.scores, whoIs(p.samples, p.identities), p.samples, p.identities, p.decided)[0].other,
      2);
  p.identities[0].mergedInto = -1;
  p.identities[0].excluded = true;  // counts no more
  EXPECT_TRUE(p.images().empty());
}

TEST(Doubts, PairsAreOpenUntilSomebodyDecides) {
  Planted p;
  const std::vector<DoubtfulPair> noted = {{2, 0, 0.7}, {1, 2, 0.9}, {2, 1, 0.9}};
  p.samples[2].movedTo = 1;  // ann has two images, bob four
  auto pairs = p.pairs(noted);
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[0].from, 2) << "three images into four";
  EXPECT_EQ(pairs[0].into, 1);
  EXPECT_EQ(pairs[1].from, 0) << "two images into three";
  EXPECT_EQ(pairs[1].into, 2);
  p.decided.pairs[{1, 2}] = project::PairVerdict::Different;
  pairs = p.pairs(noted);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].cosine, 0.7);
  p.identities[0].mergedInto = 2;
  EXPECT_TRUE(p.pairs(noted).empty());
}

TEST(Doubts, TypicalImagesAreNearestToTheirOwn) {
  Planted p;
  p.samples[8].movedTo = 0;
  p.put(1, 0.9F, 0.3F, 2);
  p.put(8, 0.5F, 0.3F, 1);
  p.scores.ratio[0] = std::nanf("");
  std::vector<int> all(p.samples.size());
  std::iota(all.begin(), all.end(), 0);
  EXPECT_EQ(typicalImages(0, all, p.scores, whoIs(p.samples, p.identities), p.samples),
            (std::vector<int>{1, 2, 8, 0}));
}

}  // namespace
}  // namespace discern::analysis
