#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/pipeline/identify.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/message_of.h"

namespace discern::pipeline {
namespace {

// A frame: whose (-1: nobody's), by which camera (0: it is not said), the feature's angle in degrees, a
// score.
struct Frame {
  int person, camera;
  double degrees;
  float score = 0.5F;
};

class IdentifyTracklets : public ::testing::Test {
 protected:
  // Tracklets of frames; those of `queries` are searched for, and stay in the gallery.
  void put(const std::vector<std::vector<Frame>>& tracklets, const std::vector<std::size_t>& queries) {
    data::Dataset set;
    set.name = "mars";
    data::Protocol gallery{"gallery", {}, {}, 0}, query{"query", {}, {}, 0};
    std::vector<Frame> frames;
    for (std::size_t t = 0; t < tracklets.size(); ++t) {
      data::Template one{fmt::format("t{}", t), tracklets[t][0].person, {}};
      for (const Frame& frame : tracklets[t]) {
        while (std::ssize(set.identities) <= frame.person)
          set.identities.push_back(fmt::format("person {}", set.identities.size()));
        one.samples.push_back(static_cast<int>(set.samples.size()));
        data::Sample sample;
        sample.image.file = fmt::format("/none/{}.ppm", frames.size());
        sample.identity = frame.person;
        if (frame.camera > 0) sample.nuisance = fmt::format(R"({{"camera":{}}})", frame.camera);
        set.samples.push_back(sample);
        frames.push_back(frame);
      }
      gallery.templates.push_back(one);
      if (std::ranges::find(queries, t) != queries.end()) query.templates.push_back(one);
    }
    set.protocols = {gallery, query};
    scratch_.project->addDataset(set, project::Role::Test);
    data::Matrix features(std::ssize(frames), 2);
    data::ScoreTable scores;
    scores.name = "told";
    scores.method = "ddnet";
    scores.resize(frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
      features.values[2 * i] = static_cast<float>(std::cos(frames[i].degrees * M_PI / 180));
      features.values[2 * i + 1] = static_cast<float>(std::sin(frames[i].degrees * M_PI / 180));
      scores.score[i] = scores.ratio[i] = frames[i].score;
      scores.status[i] = data::ScoreStatus::Scored;
    }
    data::saveNpy(scratch_.project->featureFile("f"), features.view());
    scratch_.project->putFeatureTable({"f", "made-up", "{}", 2, 100, 2.0, ""});
    scratch_.project->putScores(scores);
  }
  IdentifyResult run(const IdentifyOptions& given = {}) {
    IdentifyOptions options = given;
    options.benchmark = jobs::Benchmark::Tracklets;
    return identify(*scratch_.project, options, progress_);
  }
  static const results::TrackletSearch& row(const IdentifyResult& r, const std::string& name) {
    for (const auto& one : r.tracklets)
      if (one.aggregation == name) return one;
    throw std::runtime_error("no row " + name);
  }

  ScratchProject scratch_;
  Progress progress_;
};

TEST_F(IdentifyTracklets, EveryAggregationByMarsRules) {
  // Person 0 by cameras 1 and 2; the second frame of the query shows somebody else, which its score says.
  put({{{0, 1, 0, 0.9F}, {0, 1, 80, 0.1F}},
       {{0, 2, 5, 0.9F}, {0, 2, 5, 0.9F}},
       {{1, 2, 50}, {1, 2, 52}},
       {{1, 3, 60}, {1, 3, 60}},
       {{2, 2, 41}, {2, 2, 41}},    // whom no query shows: a distractor
       {{-1, 2, 40}, {-1, 2, 40}},  // junk, though it is nearest to the query's mean
       {{0, 1, 39}, {0, 1, 39}}},   // the query's own camera
      {0, 2});
  const auto r = run();
  EXPECT_EQ(r.benchmark, "tracklets");
  EXPECT_EQ(r.gallery, 7);
  EXPECT_EQ(r.probes, 2);
  EXPECT_EQ(r.identities, 2);
  EXPECT_EQ(r.junk, 1);
  EXPECT_EQ(r.distractors, 1);
  EXPECT_EQ(r.queriesInGallery, 2);
  // The query of person 0 means 40 degrees: the distractor (41), person 1 (51, a query), 60, then its own
  // (5). That of person 1 means 51: its other camera (60) at 9, the distractor at 10: right at once.
  const auto average = row(r, "average");
  EXPECT_EQ(average.queries, 2);
  EXPECT_NEAR(average.meanPrecision, ((0.0 / 3 + 1.0 / 4) / 2 + 1) / 2, 1e-9);
  EXPECT_DOUBLE_EQ(average.cmc[0], 0.5);
  EXPECT_DOUBLE_EQ(average.cmc[2], 0.5);
  EXPECT_DOUBLE_EQ(average.cmc[3], 1);
  EXPECT_EQ(average.cmc.size(), 20U);
  EXPECT_NEAR(average.stepMeanPrecision, (1.0 / 3 + 1) / 2, 1e-9) << "without the query of person 1";
  EXPECT_DOUBLE_EQ(average.stepCmc[2], 1);
  // DDL drops the frame that the score calls bad: 0 degrees, whose nearest is its own at 5.
  const auto ddl = row(r, "ddl rescale=off");
  EXPECT_DOUBLE_EQ(ddl.meanPrecision, 1);
  EXPECT_DOUBLE_EQ(ddl.kept, 13.0 / 14);
  EXPECT_EQ(r.scores, "told");
  EXPECT_EQ(r.aggregation, "average");
  EXPECT_EQ(r.cmc, average.cmc);
  EXPECT_EQ(r.meanPrecision, average.meanPrecision);

  IdentifyOptions byDdl;
  byDdl.aggregation = "ddl";
  byDdl.galleries = {"mars/gallery"};
  byDdl.probes = {"mars/query"};
  const auto chosen = run(byDdl);
  EXPECT_EQ(chosen.aggregation, "ddl rescale=auto");
  EXPECT_DOUBLE_EQ(*chosen.meanPrecision, 1);
}

TEST_F(IdentifyTracklets, WhoeverIsExcludedIsJunkAndNotSearchedFor) {
  put({{{0, 1, 0}}, {{0, 2, 30}}, {{1, 1, 10}}, {{1, 2, 10}}, {{2, 1, 90}}, {{2, 2, 90}}}, {0, 2, 4});
  EXPECT_DOUBLE_EQ(run().cmc[0], 2.0 / 3) << "one image a tracklet: one row says it all";
  scratch_.project->setExcluded({1}, true);
  const auto r = run();
  EXPECT_EQ(r.probes, 2);
  EXPECT_EQ(r.junk, 2);
  EXPECT_DOUBLE_EQ(r.cmc[0], 1);
}

TEST_F(IdentifyTracklets, WhatIsMissingIsSaid) {
  put({{{0, 1, 0}}, {{0, 0, 30}}, {{1, 0, 10}}}, {0});
  IdentifyOptions options;
  const auto message = [&] { return testing::messageOf([&] { run(options); }); };
  EXPECT_EQ(message(), "done") << "a gallery's tracklet of no camera is one of another";
  options.galleries = {"mars/gallery"};
  EXPECT_NE(message().find("one gallery, or leave both out"), std::string::npos) << message();
  options.probes = {"mars/gallery"};
  EXPECT_NE(message().find("does not say which camera saw 't1'"), std::string::npos) << message();
}

TEST_F(IdentifyTracklets, AProjectWithoutSuchASetSaysSo) {
  scratch_.addPeople("set", project::Role::Test, 3, 3);
  scratch_.putFeatures("f", 8, 0.1);
  const auto message = testing::messageOf([&] { run(); });
  EXPECT_NE(message.find("no imported set brought the protocols gallery and query"), std::string::npos)
      << message;
}

}  // namespace
}  // namespace discern::pipeline
