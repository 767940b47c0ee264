#include "core/pipeline/comparison_inputs.h"

#include <gtest/gtest.h>

#include "core/analysis/operating_point.h"
#include "core/base/error.h"
#include "core/pipeline/protocol.h"
#include "core/pipeline/score.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {

TEST(ComparisonInputs, TakeTheNewestAndLeaveOutWhatHasNoFeature) {
  ScratchProject scratch;
  Progress progress;
  scratch.addPeople("test", project::Role::Test, 3, 6);
  scratch.putFeatures("old", 8, 1);
  scratch.putFeatures("new", 8, 1);
  ProtocolOptions options;
  options.size = 3;
  for (const char* name : {"first", "second"}) {
    options.name = name;
    makeProtocol(*scratch.project, options, progress);
  }
  const auto bare = readComparison(*scratch.project, {}, false, progress);
  EXPECT_EQ(bare.names.protocol, "second");
  EXPECT_EQ(bare.names.features, "new");
  EXPECT_EQ(bare.names.scores, "");
  EXPECT_TRUE(bare.scores.score.empty());
  EXPECT_FALSE(bare.single);
  EXPECT_THROW(readComparison(*scratch.project, {}, true, progress), Error) << "a sweep needs scores";

  score(*scratch.project, {}, progress);
  const auto samples = scratch.project->protocol("first").templates.at(0).samples;
  {
    data::MappedNpy features(scratch.project->featureFile("old"), data::MappedNpy::Mode::ReadWrite);
    for (const int s : samples) std::ranges::fill(features.row(s), 0.0F);
    features.flush();
  }
  const auto in = readComparison(*scratch.project, {"first", "old", "", "dscore"}, false, progress);
  EXPECT_EQ(in.names.scores, "dscore");
  EXPECT_EQ(std::ssize(in.scores.score), in.features.view().rows);
  EXPECT_EQ(in.weights.name, "dscore");
  EXPECT_EQ(in.templates, 6);
  EXPECT_EQ(in.pairs.emptyTemplates, 1);
  EXPECT_EQ(in.pairs.empty, 5);  // with each of the others
  EXPECT_EQ(std::ssize(in.protocol.pairs), 10);
}

TEST(ComparisonInputs, AProtocolThatIsNotNamedIsTheOperatingPoints) {
  ScratchProject scratch;
  std::string notes;
  Progress progress([&](const ProgressEvent& event) {
    if (event.kind == ProgressEvent::Kind::Note) notes += event.text + "\n";
  });
  scratch.addPeople("test", project::Role::Test, 3, 6);
  scratch.putFeatures("f", 8, 1);
  ProtocolOptions options;
  options.size = 3;
  for (const char* name : {"first", "second"}) {
    options.name = name;
    makeProtocol(*scratch.project, options, progress);
  }
  auto point = analysis::currentPoint(*scratch.project);
  point.protocol = "first";
  analysis::storePoint(*scratch.project, point);
  EXPECT_EQ(readComparison(*scratch.project, {}, false, progress).names.protocol, "first");
  EXPECT_NE(notes.find("protocol 'first', the operating point's, of 2"), std::string::npos) << notes;
  EXPECT_EQ(readComparison(*scratch.project, {"second", "", "", ""}, false, progress).names.protocol,
            "second");
  point.protocol = "gone";
  analysis::storePoint(*scratch.project, point);
  EXPECT_EQ(readComparison(*scratch.project, {}, false, progress).names.protocol, "second") << "the newest";
}

TEST(ComparisonInputs, SingleImagesAskForNoScores) {
  ScratchProject scratch;
  Progress progress;
  scratch.addPeople("test", project::Role::Test, 3, 6);
  scratch.putFeatures("f", 8, 1);
  score(*scratch.project, {}, progress);
  ProtocolOptions options;
  options.name = "pairs";
  options.size = 1;
  makeProtocol(*scratch.project, options, progress);
  const auto in = readComparison(*scratch.project, {}, false, progress);
  EXPECT_TRUE(in.single);
  EXPECT_EQ(in.names.scores, "");
  EXPECT_EQ(readComparison(*scratch.project, {"", "", "dscore", ""}, false, progress).names.scores, "dscore");
}

}  // namespace
}  // namespace discern::pipeline
