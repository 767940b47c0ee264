#include "core/pipeline/score.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/pipeline/inputs.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/core/training/planted_faces.h"

namespace discern::pipeline {
namespace {

TEST(Score, DegradedCopiesAreScoredButSetNoScale) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 4, 6);
  scratch.addCopies(2);
  scratch.putFeatures("f", 16, 1.0);
  Progress progress;
  const Roster roster = readRoster(*scratch.project);
  for (const char* method : {"dscore", "crfiqa", "norm"}) {
    ScoreJobOptions options;
    options.method = method;
    const auto result = score(*scratch.project, options, progress);
    EXPECT_EQ(result.scored, 4 * 6 * 3) << method;
    const auto table = scratch.project->scores(method);
    double sum = 0, squares = 0, withCopies = 0;
    for (std::size_t i = 0; i < table.ratio.size(); ++i) {
      withCopies += table.ratio[i] / 72.0;
      if (!roster.votes[i]) continue;
      sum += table.ratio[i] / 24.0;
      squares += table.ratio[i] * static_cast<double>(table.ratio[i]) / 24.0;
    }
    ASSERT_GT(std::abs(sum - withCopies), 1e-3) << method;  // else this would prove nothing
    EXPECT_NEAR(table.mean, sum, 1e-6) << method;
    EXPECT_NEAR(table.sigma, std::sqrt(squares - sum * sum), 1e-5) << method;
  }
}

TEST(Score, CrFiqaIsARatioOfCosines) {
  ScratchProject scratch;
  scratch.addPeople("train", project::Role::Train, 3, 4);
  scratch.putFeatures("f", 8, 1.0);
  Progress progress;
  ScoreJobOptions options;
  options.method = "crfiqa";
  options.dscore.metric = discriminability::Metric::Euclidean;
  try {
    score(*scratch.project, options, progress);
    FAIL() << "distances were taken for cosines";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("metric euclidean: CR-FIQA's ratio is of cosines"),
              std::string::npos)
        << e.what();
  }
  EXPECT_TRUE(scratch.project->scoreTables().empty());
  options.method = "dscore";
  EXPECT_EQ(score(*scratch.project, options, progress).scored, 12);
  options.method = "crfiqa";
  options.dscore.metric = discriminability::Metric::Cosine;
  EXPECT_EQ(score(*scratch.project, options, progress).scored, 12);
}

TEST(Score, SaysWhyNoImageCanBeScoredAndLeavesTheProjectAsItWas) {
  const auto expectRefused = [](const ScratchProject& scratch, const std::string& why) {
    for (const char* method : {"dscore", "crfiqa"}) {
      training::Listener listener;
      ScoreJobOptions options;
      options.method = method;
      const auto message = training::errorOf([&] { score(*scratch.project, options, listener.progress()); });
      EXPECT_NE(message.find(why), std::string::npos) << method << ": " << message;
      EXPECT_FALSE(listener.noted("channel order")) << method;
    }
    EXPECT_TRUE(scratch.project->scoreTables().empty());
    EXPECT_FALSE(scratch.project->setting("score_options/dscore"));
    EXPECT_FALSE(scratch.project->setting("probably_same"));
  };
  ScratchProject scratch;
  scratch.addPeople("pool", project::Role::Pool, 1, 2);
  scratch.putFeatures("f", 8, 0.5);
  expectRefused(scratch, "no image of a train or test identity");
  scratch.project->setRole({0}, project::Role::Train);
  expectRefused(scratch, "0 are alone in theirs and 2 have no other identity");
  scratch.project->setExcluded({0}, true);
  scratch.addPeople("singles", project::Role::Train, 3, 1);
  scratch.putFeatures("f", 8, 0.5);
  expectRefused(scratch, "3 are alone in theirs and 0 have no other identity");
}

TEST(Score, SaysThatThePoolOrTheFloorDepartsFromThePaper) {
  const auto published = [](bool pool, int dims, double floor) {
    ScratchProject scratch;
    scratch.addPeople("train", project::Role::Train, 3, 6);
    if (pool) scratch.addPeople("pool", project::Role::Pool, 10, 2);
    scratch.putFeatures("f", dims, 0.5);
    ScoreJobOptions options;
    jobs::scoreFields().apply(options, jobs::scoreFields().presets().front());
    options.dscore.floor = floor;
    Progress progress;
    return score(*scratch.project, options, progress).published;
  };
  EXPECT_EQ(published(false, 4, 1e-9).find("pool"), std::string::npos);
  EXPECT_NE(published(true, 4, 1e-9).find("identities of the pool as others, too"), std::string::npos);
  // Nothing lies below a floor that nothing needs; below one near 1 everything does.
  const auto all = published(false, 4, 0.999);
  EXPECT_NE(all.find("floor 0.999, below which the hardest negative of 18 of the images lies"),
            std::string::npos)
      << all;
}

}  // namespace
}  // namespace discern::pipeline
