// What a decision says: written as one sentence, and read back from it.
#include "core/project/decision_parts.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace discern::project {
namespace {

using Parts = std::vector<DecisionPart>;
using Names = std::vector<std::string>;

struct Case {
  std::string text;
  DecisionParts said;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"take back in: 1 image", {{{Deed::TakeImagesIn}}, 1}},
      {"leave out of templates: 2 images", {{{Deed::LeaveOutOfTemplates}}, 2}},
      {"leave out of everything: 0 images", {{{Deed::LeaveOutOfEverything}}, 0}},
      {"move to bob: 1 image", {{{Deed::MoveTo, Names{"bob"}}}, 1}},
      {"move back: 3 images", {{{Deed::MoveBack}}, 3}},
      {"mark right: 1 image", {{{Deed::MarkRight}}, 1}},
      {"mark wrong: 1 image", {{{Deed::MarkWrong}}, 1}},
      {"mark unsure: 1 image", {{{Deed::MarkUnsure}}, 1}},
      {"no verdict: 12345 images", {{{Deed::NoVerdict}}, 12345}},
      {"tag a, b: 1 image", {{{Deed::Tag, Names{"a, b"}}}, 1}},
      {"untag c: 1 image", {{{Deed::Untag, Names{"c"}}}, 1}},
      {"note: 1 image", {{{Deed::Note}}, 1}},
      {"clear note: 1 image", {{{Deed::ClearNote}}, 1}},
      {"marks of a, mark right: b.csv: 2 images", {{{Deed::MarksOf, Names{"a, mark right: b.csv"}}}, 2}},
      {"role train: 1 identity", {{{Deed::RoleTrain}}, 1}},
      {"role test: 2 identities", {{{Deed::RoleTest}}, 2}},
      {"role pool: 2 identities", {{{Deed::RolePool}}, 2}},
      {"exclude: 1 identity", {{{Deed::Exclude}}, 1}},
      {"take back in: 2 identities", {{{Deed::TakeIdentitiesIn}}, 2}},
      {"merge bob into ann lee", {{{Deed::Merge, Names{"bob", "ann lee"}}}, 0}},
      {"take the merge of bob back back", {{{Deed::TakeMergeBack, Names{"bob back"}}}, 0}},
      {"different: cat and ann", {{{Deed::Different, Names{"cat", "ann"}}}, 0}},
      {"unsure: cat: 2 images and ann", {{{Deed::UnsurePair, Names{"cat: 2 images", "ann"}}}, 0}},
      {"no verdict: cat and ann", {{{Deed::NoPairVerdict, Names{"cat", "ann"}}}, 0}},
      {"leave out of templates, move to lee, ann, mark wrong, tag a, b, untag c, note: 1 image",
       {{{Deed::LeaveOutOfTemplates},
         {Deed::MoveTo, Names{"lee, ann"}},
         {Deed::MarkWrong},
         {Deed::Tag, Names{"a, b"}},
         {Deed::Untag, Names{"c"}},
         {Deed::Note}},
        1}}};
  return kCases;
}

TEST(DecisionParts, AreWrittenAndReadBack) {
  std::set<Deed> tried;
  for (const auto& [text, said] : cases()) {
    EXPECT_EQ(textOf(said), text);
    const auto read = partsOf(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(*read, said) << text;
    for (const auto& part : said.parts) tried.insert(part.deed);
  }
  EXPECT_EQ(tried.size(), static_cast<std::size_t>(kDeeds)) << "a deed is in no sentence here";
}

TEST(DecisionParts, AnyOtherSentenceHasNone) {
  for (const char* text : {"",
                           ":",
                           ": 1 image",
                           "leave out",
                           "mark right",
                           "mark right: image",
                           "mark right: 1 images",
                           "mark right: 2 image",
                           "mark right: -1 images",
                           "mark right: 02 images",
                           "mark right: 99999999999999999999 images",
                           "mark right: 1 identity",
                           "mark left: 1 image",
                           "mark right, mark wrong: 1 image",
                           "note, mark right: 1 image",
                           "mark right, : 1 image",
                           "tag : 1 image",
                           "exclude: 1 image",
                           "exclude, role pool: 1 identity",
                           "merge bob",
                           "take the merge of",
                           "different: cat",
                           "aus Templates auslassen: 1 Bild"})
    EXPECT_FALSE(partsOf(text)) << text;
}

// As a project from elsewhere may hold it.
TEST(DecisionParts, AnEndlessSentenceIsReadAtOnce) {
  std::string commas, marks = "move to a";
  for (int i = 0; i < 200'000; ++i) {
    commas += ", ";
    marks += ", mark right";
  }
  EXPECT_EQ(textOf(partsOf("tag x" + commas + ": 1 image").value()), "tag x" + commas + ": 1 image");
  EXPECT_EQ(textOf(partsOf(marks + ": 1 image").value()), marks + ": 1 image");
}

// Whatever a name holds, nothing of it is lost.
TEST(DecisionParts, ANameThatLooksLikeAPartStaysWhole) {
  for (const auto& part : Parts{{Deed::Tag, Names{"a, note"}}, {Deed::MoveTo, Names{"tag x, untag y"}}}) {
    const std::string text = textOf(DecisionParts{{part}, 1});
    const auto read = partsOf(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(textOf(*read), text);
  }
}

}  // namespace
}  // namespace discern::project
