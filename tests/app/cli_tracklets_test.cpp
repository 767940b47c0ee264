// Persons in tracklets through the real program: 224 x 112 samples go the whole way, and no job asks what
// they are.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <span>
#include <string>

#include "core/base/rng.h"
#include "core/data/npy.h"
#include "core/project/project.h"
#include "datasets/mat_file.h"
#include "tests/app/in_project.h"
#include "tests/core/evaluation/second_mars.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

class Tracklets : public test::InProject {
 protected:
  Tracklets() : InProject("discern_tracklets") {}
};

TEST_F(Tracklets, FromImportToMarsTable) {
  const json train =
      done({"import", "synthetic-tracklets", "--name", "train", "--count", "4", "--images", "4"});
  EXPECT_EQ(train["format"], "mars");
  EXPECT_EQ(train["identities"], 4);
  EXPECT_TRUE(train.value("unaligned", "").empty()) << "an upright person is no unaligned face";
  const json test = done({"import", "synthetic-tracklets", "--name", "mars", "--role", "test", "--count", "3",
                          "--images", "3", "--first-identity", "100"});
  EXPECT_EQ(test["protocols"].size(), 3U);
  EXPECT_EQ(test["problems"].size(), 1U) << test["problems"].dump() << ": only junk was left out";
  const auto samples = [&] {
    return project::Project::open(project_, project::Project::Mode::Read).samples();
  }();
  EXPECT_EQ(project::Project::open(project_, project::Project::Mode::Read).groupKind(), "tracklet");
  const json base =
      done({"train-base", "--name", "base", "--architecture", "resnet50", "--width", "0.125", "--size", "32",
            "--dims", "16", "--head", "softmax", "--triplet-weight", "1", "--epochs", "1", "--batch", "16"});
  EXPECT_EQ(base["classes"], 4);
  const json features = done({"extract", "--model", "base"});
  EXPECT_EQ(features["images"], samples.size());
  EXPECT_EQ(features["dims"], 16);
  const json scored = done({"score", "--metric", "euclidean"});
  EXPECT_GT(scored["scored"].get<int>(), 0);
  done({"score", "--method", "sharpness"});
  done({"train-ddnet", "--size", "32", "--epochs", "1", "--copies", "1", "--batch", "16"});
  const json predicted = done({"predict"});
  EXPECT_EQ(predicted["images"], samples.size()) << "distractors, too";
  EXPECT_EQ(done({"explain", "--image", "0"})["images"], 1);
  for (const char* architecture : {"attention", "rnn"}) {
    const json learned = done({"train-aggregator", "--architecture", architecture, "--hidden", "8",
                               "--epochs", "1", "--group-size", "3"});
    EXPECT_EQ(learned["groups"], "media") << "of a tracklet, in its order";
    EXPECT_EQ(learned["copies"], learned["originals"]);
  }
  const json evaluated = done({"evaluate", "--protocol", "mars/pairs", "--scores", "predicted"});
  EXPECT_GT(evaluated["genuine"].get<int>(), 0);
  EXPECT_FALSE(done({"sweep", "--protocol", "mars/pairs", "--scores", "predicted"})["curves"].empty());
  const json found = done({"identify", "--benchmark", "tracklets", "--scores", "predicted"});
  EXPECT_EQ(found["distractors"], 15);
  EXPECT_EQ(found["aggregators"], json({"rnn", "attention"}));
  std::set<std::string> rows;
  for (const auto& row : found["tracklets"]) {
    rows.insert(row["aggregation"].get<std::string>());
    EXPECT_TRUE(row["macs_share"].is_number());
    EXPECT_GE(row["map"].get<double>(), 0);
    EXPECT_LE(row["map"].get<double>(), 1);
    EXPECT_EQ(row["cmc"].size(), 20U);
  }
  for (const char* row : {"average", "max", "attention", "rnn", "ddl rescale=off"})
    EXPECT_TRUE(rows.contains(row)) << row;

  EXPECT_NE(error({"distil", "--mode", "c"}).find("squares"), std::string::npos);
  EXPECT_NE(error({"import", "synthetic-faces", "--count", "2", "--images", "2"}).find("tracklet"),
            std::string::npos)
      << "a project holds one kind";
  EXPECT_NE(error({"import", (fs::path(project_) / "images/mars").string(), "--detect", "cascade"})
                .find("finds faces, and persons are not aligned by theirs"),
            std::string::npos);
}

// The number of a person in a MARS name such as 0012C3T0001F002.jpg; 0: a distractor, -1: junk.
int personIn(const std::string& name) { return name.starts_with("00-1") ? -1 : std::stoi(name.substr(0, 4)); }

// A row for each frame: persons lie apart, a frame strays from its person.
data::Matrix drawnFeatures(const std::vector<std::string>& frames) {
  constexpr int kDims = 6;
  data::Matrix features(std::ssize(frames), kDims);
  Rng rng(5);
  std::map<int, std::vector<double>> centres;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    auto& centre = centres[personIn(frames[i])];
    while (centre.size() < kDims) centre.push_back(rng.normal());
    for (std::size_t c = 0; c < kDims; ++c)
      features.row(static_cast<std::int64_t>(i))[c] = static_cast<float>(centre[c] + 1.6 * rng.normal());
  }
  return features;
}

// The benchmark's lists as its own script reads them, of features by frame: a tracklet is its frames' mean,
// all of unit length.
evaluation::second::Search fromLists(const fs::path& info,
                                     const std::map<std::string, std::span<const float>>& features) {
  std::vector<std::string> names;
  std::ifstream in(info / "test_name.txt");
  for (std::string line; std::getline(in, line);) names.push_back(line);
  const auto tracks = datasets::MatFile(info / "tracks_test_info.mat").columns("track_test_info", 4);
  const auto queries = datasets::MatFile(info / "query_IDX.mat").wholes("query_IDX");
  const auto dims = static_cast<std::int64_t>(features.begin()->second.size());
  evaluation::second::Search s{
      data::Matrix(std::ssize(tracks[0]), dims), data::Matrix(std::ssize(queries), dims), {}, {}, {}};
  const auto normalise = [](auto&& row) {
    double sum = 0;
    for (const double v : row) sum += v * v;
    for (auto& v : row) v /= std::sqrt(sum);
  };
  for (std::size_t t = 0; t < tracks[0].size(); ++t) {
    std::vector<double> mean(static_cast<std::size_t>(dims));
    for (auto f = tracks[0][t]; f <= tracks[1][t]; ++f) {
      const std::string& name = names[static_cast<std::size_t>(f - 1)];
      std::vector<double> unit(static_cast<std::size_t>(dims), 1);  // of junk, which nobody ranks
      if (personIn(name) != -1) std::ranges::copy(features.at(name), unit.begin());
      normalise(unit);
      for (std::size_t c = 0; c < unit.size(); ++c) mean[c] += unit[c];
    }
    normalise(mean);
    std::ranges::transform(mean, s.gallery.row(static_cast<std::int64_t>(t)).begin(),
                           [](double v) { return static_cast<float>(v); });
    s.gallerySeen.push_back({static_cast<int>(tracks[2][t]), static_cast<int>(tracks[3][t])});
  }
  s.isQuery.assign(s.gallerySeen.size(), 0);
  for (std::size_t q = 0; q < queries.size(); ++q) {
    const auto track = static_cast<std::size_t>(queries[q] - 1);
    std::ranges::copy(s.gallery.row(static_cast<std::int64_t>(track)),
                      s.queries.row(static_cast<std::int64_t>(q)).begin());
    s.querySeen.push_back(s.gallerySeen[track]);
    s.isQuery[track] = 1;
  }
  return s;
}

TEST_F(Tracklets, BothConventionsOnTheStandInsFilesAreThoseOfASecondImplementation) {
  done({"import", "synthetic-tracklets", "--name", "mars", "--role", "test", "--count", "10", "--images",
        "3"});
  std::vector<std::string> frames;
  for (const auto& sample : project::Project::open(project_, project::Project::Mode::Read).samples())
    frames.push_back(fs::path(sample.image.file).filename().string());
  const auto drawn = drawnFeatures(frames);
  data::saveNpy(folder_ / "drawn.npy", drawn.view());
  done({"import-features", (folder_ / "drawn.npy").string(), "--name", "drawn"});
  const json found = done({"identify", "--benchmark", "tracklets", "--features", "drawn"});
  std::map<std::string, std::span<const float>> features;
  for (std::size_t i = 0; i < frames.size(); ++i)
    features[frames[i]] = drawn.row(static_cast<std::int64_t>(i));
  const auto search = fromLists(fs::path(project_) / "images/mars/info", features);
  const auto& average = *std::ranges::find_if(
      found["tracklets"], [](const json& row) { return row["aggregation"] == "average"; });
  const auto compare = [&](const evaluation::second::Told& told, const std::string& convention) {
    EXPECT_NEAR(average[convention + "map"].get<double>(), told.meanPrecision, 1e-6) << convention;
    EXPECT_GT(told.meanPrecision, 0.2) << convention;
    EXPECT_LT(told.meanPrecision, 0.95) << convention << ": too easy to tell anything";
    for (std::size_t k = 0; k < told.cmc.size(); ++k)
      EXPECT_NEAR(average[convention + "cmc"][k].get<double>(), told.cmc[k], 1e-6) << convention << k + 1;
  };
  compare(evaluation::second::benchmarkWalk(search, 20), "");
  compare(evaluation::second::listOfHits(search, 20), "step_");
}

}  // namespace
}  // namespace discern
