#include "core/evaluation/protocols.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/rng.h"

namespace discern::evaluation {
namespace {

struct Scface {
  std::vector<int> identity;
  std::vector<Condition> condition;
  void add(int who, int camera, int distance) {
    identity.push_back(who);
    condition.push_back({camera, distance});
  }
};

// The whole set, shuffled: a mugshot and 7 cameras x 3 distances each.
Scface wholeSet(int subjects) {
  std::vector<std::array<int, 3>> rows;
  for (int who = 0; who < subjects; ++who) {
    rows.push_back({who, 0, 0});
    for (int camera = 1; camera <= 7; ++camera)
      for (int distance = 1; distance <= 3; ++distance) rows.push_back({who, camera, distance});
  }
  Rng rng(5);
  rng.shuffle(rows);
  Scface set;
  for (const auto& [who, camera, distance] : rows) set.add(who, camera, distance);
  return set;
}

TEST(Conditions, AreReadFromJson) {
  const auto expect = [](const char* json, int camera, int distance) {
    const Condition c = parseCondition(json);
    EXPECT_EQ(c.camera, camera) << json;
    EXPECT_EQ(c.distance, distance) << json;
  };
  expect(R"({"camera":3,"distance":2})", 3, 2);
  expect(R"({"camera":6,"distance":1,"infrared":true})", 6, 1);
  expect(R"({"camera":0,"distance":0})", 0, 0);
  expect(R"({"yaw":0.5})", -1, -1);
  expect(R"({"camera":"front","distance":1})", -1, 1);
  expect("", -1, -1);
  expect("{", -1, -1);
  expect("[1]", -1, -1);
}

TEST(ScfaceProtocol, FiftyToTrainEightyToTest) {
  const Scface set = wholeSet(130);
  const auto protocol = scfaceProtocol(set.identity, set.condition);
  EXPECT_EQ(protocol.trainIdentities.size(), 50U);
  EXPECT_EQ(protocol.testIdentities.size(), 80U);
  std::set<int> everybody(protocol.trainIdentities.begin(), protocol.trainIdentities.end());
  everybody.insert(protocol.testIdentities.begin(), protocol.testIdentities.end());
  EXPECT_EQ(everybody.size(), 130U);  // disjoint
  EXPECT_EQ(protocol.train.size(), 50U * 16);
  EXPECT_EQ(protocol.gallery.size(), 80U);
  EXPECT_EQ(protocol.probes.size(), 80U * 15);
  EXPECT_EQ(protocol.missingProbes, 0);
  const std::set<int> tested(protocol.testIdentities.begin(), protocol.testIdentities.end());
  std::set<int> inGallery;
  for (const int s : protocol.gallery) {
    EXPECT_EQ(set.condition[static_cast<std::size_t>(s)].camera, 0);
    EXPECT_TRUE(inGallery.insert(set.identity[static_cast<std::size_t>(s)]).second);
  }
  EXPECT_EQ(inGallery, tested);
  std::map<int, int> atDistance;
  std::set<std::tuple<int, int, int>> seen;
  for (std::size_t i = 0; i < protocol.probes.size(); ++i) {
    const auto s = static_cast<std::size_t>(protocol.probes[i]);
    const Condition c = set.condition[s];
    EXPECT_TRUE(tested.contains(set.identity[s]));
    EXPECT_TRUE(c.camera >= 1 && c.camera <= 5);
    EXPECT_EQ(protocol.probeDistance[i], c.distance);
    ++atDistance[c.distance];
    EXPECT_TRUE(seen.insert({set.identity[s], c.camera, c.distance}).second);
  }
  EXPECT_EQ(atDistance, (std::map<int, int>{{1, 400}, {2, 400}, {3, 400}}));
  for (const int s : protocol.train) {
    EXPECT_FALSE(tested.contains(set.identity[static_cast<std::size_t>(s)]));
    EXPECT_LE(set.condition[static_cast<std::size_t>(s)].camera, 5);
  }
  EXPECT_TRUE(std::is_sorted(protocol.train.begin(), protocol.train.end()));
  EXPECT_TRUE(std::is_sorted(protocol.probes.begin(), protocol.probes.end()));
}

TEST(ScfaceProtocol, TheSeedDecidesAndOnlyIt) {
  const Scface set = wholeSet(130);
  const auto a = scfaceProtocol(set.identity, set.condition),
             again = scfaceProtocol(set.identity, set.condition);
  EXPECT_EQ(a.testIdentities, again.testIdentities);
  EXPECT_EQ(a.probes, again.probes);
  const auto other = scfaceProtocol(set.identity, set.condition, {.seed = 2});
  EXPECT_NE(a.testIdentities, other.testIdentities);
  EXPECT_EQ(other.testIdentities.size(), 80U);
}

TEST(ScfaceProtocol, IncompleteSubjects) {
  Scface set;
  set.add(4, 0, 0);                                                   // nothing but a mugshot: no subject
  for (int camera = 1; camera <= 5; ++camera) set.add(9, camera, 1);  // no mugshot: no subject
  set.add(-1, 0, 0);
  set.add(-1, 1, 1);
  set.add(2, 1, 3);
  set.add(2, 0, 0);
  set.add(2, 0, 0);    // a second mugshot
  set.add(2, 1, 3);    // a second image of one condition is a probe too, but fills no gap
  set.add(2, 6, 1);    // infrared
  set.add(2, -1, -1);  // not known
  const auto protocol = scfaceProtocol(set.identity, set.condition, {.trainSubjects = 0, .testSubjects = 1});
  EXPECT_EQ(protocol.testIdentities, std::vector<int>{2});
  EXPECT_EQ(protocol.gallery, std::vector<int>{9});
  EXPECT_EQ(protocol.probes, (std::vector<int>{8, 11}));
  EXPECT_EQ(protocol.missingProbes, 14);
  EXPECT_TRUE(protocol.train.empty());
  try {
    scfaceProtocol(set.identity, set.condition);
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("SCface: 1 subjects have a mugshot"), std::string::npos) << e.what();
  }
  set.identity.pop_back();
  EXPECT_THROW(scfaceProtocol(set.identity, set.condition), Error);
  EXPECT_THROW(scfaceProtocol({}, {}, {.trainSubjects = 0, .testSubjects = 0}), Error);
}

// Identity i has counts[i] samples, in shuffled order.
std::vector<int> labelsWith(const std::vector<int>& counts) {
  std::vector<int> labels;
  for (std::size_t i = 0; i < counts.size(); ++i)
    labels.insert(labels.end(), static_cast<std::size_t>(counts[i]), static_cast<int>(i));
  Rng rng(8);
  rng.shuffle(labels);
  return labels;
}

TEST(UccsProtocol, MostImagesFirstAndFourToOneEach) {
  const std::vector<int> counts = {10, 3, 25, 1, 10, 2, 7, 12, 5};
  auto labels = labelsWith(counts);
  labels.push_back(-1);  // an unknown person
  const auto split = uccsProtocol(labels, {.subjects = 7});
  EXPECT_EQ(split.identities, (std::vector<int>{2, 7, 0, 4, 6, 8, 1}));  // 25 12 10 10 7 5 3
  std::map<int, int> trained, tested;
  std::set<int> once;
  const auto count = [&](const std::vector<int>& samples, const std::vector<int>& classes,
                         std::map<int, int>& into) {
    ASSERT_EQ(samples.size(), classes.size());
    EXPECT_TRUE(std::is_sorted(samples.begin(), samples.end()));
    for (std::size_t i = 0; i < samples.size(); ++i) {
      EXPECT_TRUE(once.insert(samples[i]).second);
      EXPECT_EQ(split.identities[static_cast<std::size_t>(classes[i])],
                labels[static_cast<std::size_t>(samples[i])]);
      ++into[classes[i]];
    }
  };
  count(split.train, split.trainClass, trained);
  count(split.test, split.testClass, tested);
  const int images[] = {25, 12, 10, 10, 7, 5, 3}, expected[] = {5, 2, 2, 2, 1, 1, 1};
  for (int c = 0; c < 7; ++c) {
    EXPECT_EQ(tested[c], expected[c]) << c;
    EXPECT_EQ(trained[c], images[c] - expected[c]) << c;
  }
  EXPECT_EQ(uccsProtocol(labels, {.subjects = 8}).testClass.size(),
            split.test.size() + 1);  // two images: one each
}

TEST(UccsProtocol, TheSeedDecidesAndSubjectsAreSplitOnTheirOwn) {
  const auto labels = labelsWith({20, 30, 40, 50});
  const auto a = uccsProtocol(labels, {.subjects = 4}), again = uccsProtocol(labels, {.subjects = 4});
  EXPECT_EQ(a.test, again.test);
  EXPECT_NE(a.test, uccsProtocol(labels, {.subjects = 4, .seed = 2}).test);
  const auto fewer = uccsProtocol(labels, {.subjects = 2});
  for (const int s : fewer.test) EXPECT_TRUE(std::binary_search(a.test.begin(), a.test.end(), s));
  const auto halves = uccsProtocol(labels, {.subjects = 4, .trainParts = 1});
  EXPECT_EQ(halves.test.size(), 70U);
  EXPECT_EQ(halves.train.size(), 70U);
}

TEST(UccsProtocol, TooFewSubjectsAreExplained) {
  const auto labels = labelsWith({5, 1, 4});
  try {
    uccsProtocol(labels);
    FAIL() << "an Error was expected";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("UCCS: 2 subjects have two images or more, but 180"),
              std::string::npos)
        << e.what();
  }
  EXPECT_THROW(uccsProtocol(labels, {.subjects = 0}), Error);
  EXPECT_THROW(uccsProtocol(labels, {.subjects = 1, .trainParts = 0}), Error);
}

// Three people with two templates of one image each, as makeProtocol calls them.
data::Protocol drawn() {
  data::Protocol protocol;
  for (int t = 0; t < 6; ++t)
    protocol.templates.push_back({std::string(1, "abc"[t / 2]) + "/" + std::to_string(t), t / 2, {t}});
  for (int a = 0; a < 6; ++a)
    for (int b = a + 1; b < 6; ++b) protocol.pairs.push_back({a, b, a / 2 == b / 2, -1});
  return protocol;
}

TEST(Truth, OfADrawnProtocolFollowsMergesAndExclusions) {
  auto protocol = drawn();
  const auto same = followIdentities(protocol, std::vector{0, 0, 1, 1, 2, 2});
  EXPECT_EQ(same.relabelled + same.leftOut, 0);
  EXPECT_EQ(protocol.pairs.size(), 15U);
  const auto merged = followIdentities(protocol, std::vector{1, 1, 1, 1, -1, -1});  // a is b, c is out
  EXPECT_EQ(merged.relabelled, 4);
  EXPECT_EQ(merged.leftOut, 9);  // c's own pair and 2 x 4 with the others
  EXPECT_EQ(protocol.templates.size(), 4U);
  EXPECT_EQ(std::ranges::count_if(protocol.pairs, &data::Pair::genuine), 6);
  // Drawn while a was merged into b: a template of both is nobody's once they are apart.
  protocol = drawn();
  protocol.templates[0].samples = {0, 2};
  EXPECT_EQ(followIdentities(protocol, std::vector{0, 0, 1, 1, 2, 2}).leftOut, 5);
  EXPECT_EQ(protocol.templates[0].samples, std::vector{1});
  EXPECT_EQ(protocol.pairs[0].a, 0);  // template 1's place now
}

TEST(Truth, OfAnImportedProtocolStaysAndContradictionsAreCounted) {
  const std::vector<std::string> names = {"a", "b", "c"};
  auto protocol = drawn();
  EXPECT_TRUE(isDrawn(protocol, names));
  EXPECT_EQ(impostorsOfOnePerson(protocol, std::vector{1, 1, 1, 1, -1, -1}), 4);
  protocol.folds = 2;
  EXPECT_FALSE(isDrawn(protocol, names));
  protocol = drawn();
  protocol.templates[3].name = "t3";
  EXPECT_FALSE(isDrawn(protocol, names));
}

TEST(Folds, AreNumberedAnewWithoutTheEmptyOnes) {
  data::Protocol protocol;
  protocol.folds = 5;
  protocol.pairs = {{0, 1, true, 4}, {0, 2, false, 1}, {1, 2, true, 4}};
  data::closeFoldGaps(protocol);
  EXPECT_EQ(protocol.folds, 2);
  EXPECT_EQ(protocol.pairs[0].fold, 1);
  EXPECT_EQ(protocol.pairs[1].fold, 0);
  EXPECT_EQ(protocol.pairs[2].fold, 1);
  protocol.folds = 0;
  for (auto& pair : protocol.pairs) pair.fold = -1;
  data::closeFoldGaps(protocol);
  EXPECT_EQ(protocol.folds, 0);
  EXPECT_EQ(protocol.pairs[0].fold, -1);
}

}  // namespace
}  // namespace discern::evaluation
