// Which faces a recipe is checked on.
#include "core/pipeline/probe_faces.h"

#include <gtest/gtest.h>

#include <map>

#include "core/pipeline/extract.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/core/training/planted_faces.h"

namespace discern::pipeline {
namespace {

class ProbeFacesTest : public ::testing::Test {
 protected:
  // How many faces each label has.
  std::vector<int> sizes(std::size_t wanted = 90) {
    const auto probe = probeFaces(*scratch_.project, readRoster(*scratch_.project), {16, 16, 1}, wanted);
    EXPECT_EQ(probe.faces.size(), probe.identity.size());
    std::map<int, int> count;
    for (const int label : probe.identity) ++count[label];
    std::vector<int> result;
    for (const auto& [label, faces] : count) result.push_back(faces);
    return result;
  }
  // Notes of an extraction with the check.
  std::vector<std::string> notes() {
    training::Listener listener;
    ExtractOptions options;
    options.model = scratch_.putTinyModel(1);
    options.recipe = scratch_.putTinyRecipe();
    options.name = "f";
    extract(*scratch_.project, options, listener.progress());
    return listener.notes;
  }
  bool saysUnchecked(const std::vector<std::string>& notes) {
    return std::ranges::any_of(
        notes, [](const std::string& note) { return note.find("could not be checked") != note.npos; });
  }

  ScratchProject scratch_;
};

TEST_F(ProbeFacesTest, TwoImagesAPersonAreEnoughAndThreeAreTaken) {
  scratch_.addPictures("pairs", project::Role::Test, 2, 2);
  EXPECT_EQ(sizes(), (std::vector<int>{2, 2}));
  scratch_.addPictures("people", project::Role::Train, 1, 8);
  scratch_.addPictures("alone", project::Role::Train, 5, 1);
  EXPECT_EQ(sizes(), (std::vector<int>{2, 2, 3}));
  EXPECT_EQ(sizes(4), std::vector<int>{2});
  EXPECT_FALSE(saysUnchecked(notes()));
}

TEST_F(ProbeFacesTest, WhereNobodyHasTwoImagesGenuinePairsAreTaken) {
  scratch_.addPictures("alone", project::Role::Test, 7, 1);
  EXPECT_TRUE(sizes().empty());
  EXPECT_TRUE(saysUnchecked(notes()));

  data::Protocol protocol;
  protocol.name = "pairs";
  for (int i = 0; i < 7; ++i) protocol.templates.push_back({std::to_string(i), -1, {i}});
  // The pair 1-2 takes an image that 0-1 has, 5-6 is no genuine one.
  protocol.pairs = {{0, 1, true, -1}, {1, 2, true, -1}, {3, 4, true, -1}, {5, 6, false, -1}};
  scratch_.project->putProtocol(protocol);
  EXPECT_EQ(sizes(), (std::vector<int>{2, 2}));
}

}  // namespace
}  // namespace discern::pipeline
