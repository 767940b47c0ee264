#include "core/analysis/roster.h"

#include <gtest/gtest.h>

#include "core/analysis/inventory.h"
#include "core/analysis/protocol_today.h"

namespace discern::analysis {
namespace {
using data::Part;
using project::Role;

std::vector<project::IdentityRow> people() {
  return {{0, "anna", "set", Role::Train, false, -1}, {1, "ben", "set", Role::Test, true, -1},
          {2, "carl", "set", Role::Pool, false, -1},  {3, "Anna", "more", Role::Train, false, 0},  // is anna
          {4, "Ben", "more", Role::Train, false, 1},  // is ben, who is excluded
          {5, "dora", "more", Role::Test, false, -1}};
}

std::vector<project::SampleRow> images() {
  std::vector<project::SampleRow> rows;
  for (const int identity : {0, 1, 2, 3, 4, 5, -1, 0}) {
    project::SampleRow row;
    row.id = static_cast<int>(rows.size());
    row.identity = identity;
    row.image.file = std::to_string(row.id) + ".jpg";
    rows.push_back(row);
  }
  rows[7].parent = 0;
  rows[5].problem = "gone";
  return rows;
}

TEST(WhoIs, FollowsMergesAndLeavesOutExclusions) {
  const Who who = whoIs(images(), people());
  EXPECT_EQ(who.identity, (std::vector<int>{0, -1, 2, 0, -1, 5, -1, 0}));
  EXPECT_EQ(who.part,
            (std::vector<Part>{Part::Train, Part::Out, Part::Pool, Part::Out, Part::Out, Part::Test}));
  EXPECT_EQ(who.votes, (std::vector<unsigned char>{1, 1, 1, 1, 1, 1, 1, 0}));
  EXPECT_TRUE(who.isPart(3, Part::Train));
  EXPECT_FALSE(who.isPart(4, Part::Train));
  EXPECT_FALSE(who.isPart(6, Part::Train));
}

TEST(SetCounts, CountBySetAndRole) {
  const auto counts = setCounts(images(), people());
  ASSERT_EQ(counts.size(), 5U);
  EXPECT_EQ(counts[0].set, "more");
  EXPECT_EQ(counts[0].role, Role::Train);
  EXPECT_EQ(counts[0].identities, 2);
  EXPECT_EQ(counts[0].merged, 2);
  EXPECT_EQ(counts[0].images, 2);
  EXPECT_EQ(counts[1].unusable, 1);  // more, test
  EXPECT_EQ(counts[2].set, "set");
  EXPECT_EQ(counts[2].images, 1);
  EXPECT_EQ(counts[2].copies, 1);
  EXPECT_EQ(counts[3].excluded, 1);
}

TEST(Totals, CountPeopleOnceAndTheExcludedNever) {
  const Totals counted = totals(whoIs(images(), people()), images());
  EXPECT_EQ(counted.originals, 7);
  EXPECT_EQ(counted.copies, 1);
  EXPECT_EQ(counted.all.identities, 3) << "anna under both names, carl, dora";
  EXPECT_EQ(counted.train.identities, 1);
  EXPECT_EQ(counted.test.identities, 1);
  EXPECT_EQ(counted.pool.identities, 1);
  EXPECT_EQ(counted.train.withSeveral, 1) << "anna has an image under each name; the copy does not count";
  EXPECT_EQ(counted.all.withSeveral, 1);
}

TEST(Totals, DoNotCountWhatWasRemoved) {
  auto rows = images();
  rows[2].identity = -1;  // carl's only image, as removeEntry() leaves it
  rows[2].image.file.clear();
  const Totals counted = totals(whoIs(rows, people()), rows);
  EXPECT_EQ(counted.originals, 6);
  EXPECT_EQ(counted.copies, 1);
  EXPECT_EQ(counted.all.identities, 2);
  EXPECT_EQ(counted.pool.identities, 0);
  const auto sets = setCounts(rows, people());
  ASSERT_EQ(sets.size(), 4U);
  for (const auto& set : sets) EXPECT_NE(set.role, Role::Pool);
}

TEST(ProtocolToday, FollowsADrawnOneAndKeepsAnImportedOnesTruth) {
  data::Protocol drawn;
  drawn.name = "drawn";
  drawn.templates = {{"anna/0", 0, {0}}, {"Anna/1", 3, {3}}, {"dora/2", 5, {5}}, {"ben/3", 1, {1}}};
  drawn.pairs = {{0, 1, false, -1}, {0, 2, false, -1}, {0, 3, false, -1}};
  const Who who = whoIs(images(), people());
  PairCounts counts;
  const auto today = protocolToday(drawn, people(), who, counts);
  EXPECT_EQ(counts.relabelled, 1);
  EXPECT_EQ(counts.excluded, 1);
  ASSERT_EQ(today.pairs.size(), 2U);
  EXPECT_TRUE(today.pairs[0].genuine);

  data::Protocol imported = drawn;
  imported.templates[0].name = "pair 1";
  counts = {};
  const auto same = protocolToday(imported, people(), who, counts);
  EXPECT_EQ(counts.contradicted, 1);
  EXPECT_EQ(same.pairs.size(), 3U);
  EXPECT_FALSE(same.pairs[0].genuine);
  ASSERT_EQ(sentences(counts, "p", 4, "f").size(), 1U);
  EXPECT_NE(sentences(counts, "p", 4, "f")[0].find("1 of its impostor pairs"), std::string::npos);
}

TEST(ProtocolToday, CountsTemplatesOfTrainingIdentities) {
  data::Protocol protocol;
  protocol.templates = {{"anna/0", 0, {0}}, {"Anna/1", 3, {3}}, {"dora/2", 5, {5}}, {"ben/3", 1, {1}},
                        {"carl", 2, {2}},   {"empty", 0, {}},   {"late", 0, {99}}};
  const Who who = whoIs(images(), people());
  EXPECT_EQ(ownersOf(protocol, who), (std::vector<int>{0, 0, 5, -1, 2, -1, -1}));
  PairCounts counts;
  counts.trained = trainingTemplates(protocol, who);
  EXPECT_EQ(counts.trained, 2) << "anna's, under either name";
  const auto told = sentences(counts, "p", 7, "f");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(
      told[0],
      "protocol 'p': 2 of its 7 templates are of training identities: a network that was trained on them "
      "is flattered");
}

TEST(ProtocolToday, AnImageThatCameLaterIsNobodys) {
  data::Protocol drawn;
  drawn.templates = {{"anna/0", 0, {0}}, {"anna/1", 0, {99}}};
  drawn.pairs = {{0, 1, true, -1}};
  PairCounts counts;
  EXPECT_TRUE(protocolToday(drawn, people(), whoIs(images(), people()), counts).pairs.empty());
  EXPECT_EQ(counts.excluded, 1);
}

}  // namespace
}  // namespace discern::analysis
