#include "core/pipeline/protocol.h"

#include <gtest/gtest.h>

#include <set>

#include "core/base/error.h"
#include "core/pipeline/inputs.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {

ProtocolOptions options(int size, double degraded, int perIdentity = 0) {
  ProtocolOptions o;
  o.name = "p";
  o.size = size;
  o.degraded = degraded;
  o.templatesPerIdentity = perIdentity;
  return o;
}

// The originals behind a template's samples.
std::set<int> originals(const data::Template& t, const std::vector<project::SampleRow>& samples) {
  std::set<int> ids;
  for (const int s : t.samples) {
    const auto& row = samples[static_cast<std::size_t>(s)];
    ids.insert(row.parent >= 0 ? row.parent : row.id);
  }
  return ids;
}

TEST(Protocol, TemplatesAreOfTestIdentitiesOnlyAndNoPairSharesAnImage) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 3, 30);
  scratch.addPeople("test", project::Role::Test, 4, 21);
  Progress progress;
  const auto result = makeProtocol(*scratch.project, options(5, 0.4, 10), progress);
  EXPECT_EQ(result.templates, 40);
  EXPECT_EQ(result.copies, 40 * 2);
  const auto samples = scratch.project->samples();
  const auto protocol = scratch.project->protocol("p");
  std::int64_t genuine = 0;
  for (const auto& t : protocol.templates) {
    EXPECT_EQ(t.samples.size(), 5U);
    EXPECT_EQ(originals(t, samples).size(), 5U);  // nobody twice
    int copies = 0;
    for (const int s : t.samples) {
      copies += samples[static_cast<std::size_t>(s)].parent >= 0;
      EXPECT_EQ(samples[static_cast<std::size_t>(s)].identity, t.identity);
    }
    EXPECT_EQ(copies, 2);
    EXPECT_GE(t.identity, 3);
  }
  for (const auto& pair : protocol.pairs) {
    const auto& a = protocol.templates[static_cast<std::size_t>(pair.a)];
    const auto& b = protocol.templates[static_cast<std::size_t>(pair.b)];
    EXPECT_EQ(pair.genuine, a.identity == b.identity);
    genuine += pair.genuine;
    const auto first = originals(a, samples);
    for (const int id : originals(b, samples)) EXPECT_FALSE(first.contains(id));
  }
  EXPECT_EQ(genuine, result.genuine);
  EXPECT_GT(genuine, 4 * 6);  // at least the pairs inside one round of four disjoint templates
}

TEST(Protocol, TheSameSeedDrawsTheSameAndImpostorsAreCapped) {
  ScratchProject scratch;
  scratch.addPeople("test", project::Role::Test, 5, 24);
  Progress progress;
  auto o = options(4, 0);
  o.impostors = 37;
  EXPECT_EQ(makeProtocol(*scratch.project, o, progress).impostor, 37);
  const auto first = scratch.project->protocol("p");
  o.name = "q";
  makeProtocol(*scratch.project, o, progress);
  const auto second = scratch.project->protocol("q");
  for (std::size_t i = 0; i < first.templates.size(); ++i)
    EXPECT_EQ(first.templates[i].samples, second.templates[i].samples);
  o.seed = 2;
  makeProtocol(*scratch.project, o, progress);
  EXPECT_NE(scratch.project->protocol("q").templates[0].samples, first.templates[0].samples);
}

TEST(Protocol, MadeAgainItUsesItsCopiesAgain) {
  ScratchProject scratch;
  scratch.addPeople("test", project::Role::Test, 3, 8);
  Progress progress;
  auto o = options(4, 0.5);
  EXPECT_EQ(makeProtocol(*scratch.project, o, progress).copies, 12);  // six templates, two copies each
  const auto first = scratch.project->protocol("p");
  EXPECT_EQ(makeProtocol(*scratch.project, o, progress).copies, 0);
  EXPECT_EQ(scratch.project->sampleCount(), 24 + 12);
  const auto again = scratch.project->protocol("p");
  for (std::size_t t = 0; t < first.templates.size(); ++t)
    EXPECT_EQ(first.templates[t].samples, again.templates[t].samples);
  o.maxStrength = 0.9;  // other copies
  EXPECT_EQ(makeProtocol(*scratch.project, o, progress).copies, 12);
  EXPECT_EQ(scratch.project->sampleCount(), 24 + 24);
}

TEST(Protocol, RefusesWhatCannotBeMade) {
  ScratchProject scratch;
  scratch.addPeople("test", project::Role::Test, 3, 4);
  Progress progress;
  EXPECT_THROW(makeProtocol(*scratch.project, options(5, 0), progress), Error);
  EXPECT_THROW(makeProtocol(*scratch.project, options(2, 1.5), progress), Error);
  EXPECT_THROW(makeProtocol(*scratch.project, options(0, 0), progress), Error);
  EXPECT_TRUE(scratch.project->protocols().empty());
}

TEST(Protocol, SomeFoldsKeepTheirPairsAndTheirOwnTemplates) {
  data::Protocol whole;
  whole.name = "pairs";
  whole.folds = 3;
  for (int i = 0; i < 6; ++i) whole.templates.push_back({std::to_string(i), i, {10 + i}});
  whole.pairs = {{0, 1, true, 0}, {2, 3, false, 1}, {4, 5, true, 2}, {0, 5, false, 2}};
  const auto part = someFolds(whole, {3, 2, 3}, "part");
  EXPECT_EQ(part.folds, 2);
  ASSERT_EQ(part.pairs.size(), 3U);
  ASSERT_EQ(part.templates.size(), 5U);  // template 1 is in fold 1 alone
  const auto sample = [&](int t) { return part.templates[static_cast<std::size_t>(t)].samples.at(0); };
  EXPECT_EQ(sample(part.pairs[0].a), 12);
  EXPECT_EQ(part.pairs[0].fold, 1);  // in the order asked for
  EXPECT_EQ(sample(part.pairs[2].a), 10);
  EXPECT_EQ(sample(part.pairs[2].b), 15);
  EXPECT_EQ(part.pairs[2].fold, 0);
  whole.pairs[1].fold = 0;  // fold 2 is empty
  const auto gap = someFolds(whole, {1, 2, 3}, "gap");
  EXPECT_EQ(gap.folds, 2);
  EXPECT_EQ(gap.pairs[2].fold, 1);
  EXPECT_THROW(someFolds(whole, {2}, "part"), Error);
  EXPECT_THROW(someFolds(whole, {4}, "part"), Error);
  EXPECT_THROW(someFolds(whole, {}, "part"), Error);
  whole.folds = 0;
  EXPECT_THROW(someFolds(whole, {1}, "part"), Error);
}

TEST(Roster, MergedImagesCountForTheOtherAndExcludedOnesForNobody) {
  ScratchProject scratch;
  scratch.addPeople("test", project::Role::Test, 3, 2);
  scratch.project->mergeIdentities(0, 2);
  scratch.project->setExcluded({1}, true);
  const Roster roster = readRoster(*scratch.project);
  EXPECT_EQ(roster.identity, (std::vector<int>{2, 2, -1, -1, 2, 2}));
  // Excluding the one they were merged into takes them all out.
  scratch.project->setExcluded({2}, true);
  EXPECT_EQ(readRoster(*scratch.project).identity, (std::vector<int>(6, -1)));
}

}  // namespace
}  // namespace discern::pipeline
