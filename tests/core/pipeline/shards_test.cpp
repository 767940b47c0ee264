// extract, score and select in shards: what merges them is one run's, bit for bit.
#include "core/pipeline/shards.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/networks/checkpoint.h"
#include "core/pipeline/extract.h"
#include "core/pipeline/score.h"
#include "core/pipeline/select.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/message_of.h"

namespace discern::pipeline {
namespace {

namespace fs = std::filesystem;
using testing::messageOf;

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

// Makes all shards, the last first, by a reader of the project.
template <class Options, class Make>
void inShards(const project::Project& project, Options options, int shards, Make make) {
  const auto reader = project::Project::open(project.folder(), project::Project::Mode::Read);
  Progress silent;
  for (int k = shards; k >= 1; --k) {
    options.shards.shard = std::to_string(k) + "/" + std::to_string(shards);
    const auto made = make(reader, options, silent);
    EXPECT_EQ(made.shard, k);
    EXPECT_EQ(made.shards, shards);
  }
}

class Shards : public ::testing::Test {
 protected:
  project::Project& project() { return *scratch_.project; }
  ScratchProject scratch_;
  Progress silent_;
};

TEST_F(Shards, ShareItemsSideBySide) {
  std::int64_t next = 0;
  for (int k = 1; k <= 3; ++k) {
    const Portion share = portionOf(7, {k, 3});
    EXPECT_EQ(share.begin, next);
    next = share.end;
  }
  EXPECT_EQ(next, 7);
}

TEST_F(Shards, OfAnExtractionAreOneRunsRows) {
  scratch_.addPictures("people", project::Role::Train, 5, 5);
  std::ofstream(project().samples()[7].image.file) << "no picture";
  ExtractOptions options;
  options.model = "demo";
  options.checkRecipe = false;
  options.batch = 4;
  options.name = "one";
  const auto one = extract(project(), options, silent_);
  EXPECT_EQ(one.failed, 1);
  project().setProblem(7, "");  // as if nobody had tried
  options.name = "parts";
  const auto runsBefore = project().featureTables().size();
  inShards(project(), options, 3, extractShard);
  EXPECT_EQ(project().featureTables().size(), runsBefore);
  options.shards.merge = true;
  const auto merged = extract(project(), options, silent_);
  EXPECT_EQ(merged.images, one.images);
  EXPECT_EQ(merged.failed, 1);
  EXPECT_EQ(readFile(project().featureFile("one")), readFile(project().featureFile("parts")));
  EXPECT_NE(project().samples()[7].problem, "");
  EXPECT_FALSE(fs::exists(project().folder() / "shards"));  // nothing is left of them
}

TEST_F(Shards, OfAnExtractionThatAreMissingOrOfAnotherAreNamed) {
  scratch_.addPictures("people", project::Role::Train, 5, 5);
  ExtractOptions options;
  options.model = "demo";
  options.checkRecipe = false;
  options.batch = 4;
  options.name = "f";
  const auto make = [&](const std::string& shard, int batch = 4) {
    ExtractOptions one = options;
    one.shards.shard = shard;
    one.batch = batch;
    extractShard(project(), one, silent_);
  };
  ExtractOptions merge = options;
  merge.shards.merge = true;
  const auto complaint = [&] { return messageOf([&] { extract(project(), merge, silent_); }); };
  const std::string folder = project().folder() / "shards";
  EXPECT_EQ(complaint(), "there is no shard of extract 'f' in " + folder +
                             " to merge; make them first, each by its own call");
  make("1/3");
  make("3/3");
  EXPECT_EQ(complaint(), "shard 2 of 3 of extract 'f' is missing; make it, then merge");
  EXPECT_TRUE(project().featureTables().empty());
  make("2/3", 8);
  EXPECT_EQ(
      complaint(),
      "shard 2 of 3 of extract 'f' was made with other options, or the project has changed since; make it "
      "again, then merge");
  make("2/3");
  make("1/2");
  EXPECT_EQ(complaint(),
            folder +
                ": shards of 2 and of 3 of extract 'f' lie side by side; remove those of all but "
                "one division");
  fs::remove(fs::path(folder) / "extract-f.1-of-2.json");
  std::ofstream(fs::path(folder) / "extract-f.2-of-3.json") << "{\"print\": 3}";
  EXPECT_NE(complaint().find("shard 2 of 3"), std::string::npos);
  make("2/3");
  EXPECT_EQ(complaint(), "done");
  EXPECT_EQ(project().featureTables().size(), 1U);
}

TEST_F(Shards, OfAPictureThatWasReplacedAreRefused) {
  scratch_.addPictures("people", project::Role::Train, 5, 5);
  ExtractOptions options;
  options.model = "demo";
  options.checkRecipe = false;
  options.name = "f";
  inShards(project(), options, 3, extractShard);
  const auto samples = project().samples();
  fs::copy_file(samples[3].image.file, samples[7].image.file, fs::copy_options::overwrite_existing);
  ExtractOptions merge = options;
  merge.shards.merge = true;
  EXPECT_EQ(
      messageOf([&] { extract(project(), merge, silent_); }),
      "shard 1 of 3 of extract 'f' was made with other options, or the project has changed since; make it "
      "again, then merge");
  EXPECT_TRUE(project().featureTables().empty());
  inShards(project(), options, 3, extractShard);
  EXPECT_EQ(extract(project(), merge, silent_).images, 25);
  const auto values = project().features("f");
  EXPECT_TRUE(std::ranges::equal(values.view().row(3), values.view().row(7)));
}

TEST_F(Shards, OfScoresAreOneRunsTable) {
  scratch_.addPictures("train", project::Role::Train, 7, 6);
  scratch_.addPeople("test", project::Role::Test, 3, 5);
  scratch_.addPeople("pool", project::Role::Pool, 9, 2);
  scratch_.putFeatures("f", 32, 0.7);
  for (const char* method : {"dscore", "crfiqa", "sharpness", "norm"}) {
    ScoreJobOptions options;
    options.method = method;
    options.name = "one";
    options.dscore.tileRows = 8;  // several tiles, which shards cut through
    const auto told = score(project(), options, silent_);
    const auto same1 = project().setting("probably_same");
    options.name = "parts";
    inShards(project(), options, 4, scoreShard);
    options.shards.merge = true;
    const auto merged = score(project(), options, silent_);
    const auto a = project().scores("one"), b = project().scores("parts");
    EXPECT_TRUE(same(a.score, b.score) && same(a.ratio, b.ratio) && same(a.own, b.own)) << method;
    EXPECT_TRUE(same(a.hardest, b.hardest) && same(a.hardestIdentity, b.hardestIdentity)) << method;
    EXPECT_TRUE(same(a.status, b.status)) << method;
    EXPECT_EQ(a.mean, b.mean);
    EXPECT_EQ(a.sigma, b.sigma);
    EXPECT_GE(told.scored, 42) << method;
    EXPECT_EQ(merged.scored, told.scored);
    EXPECT_EQ(project().setting("probably_same"), same1);
  }
}

TEST_F(Shards, OfScoresKnowWhatTheyWereMadeFrom) {
  scratch_.addPeople("train", project::Role::Train, 4, 4);
  scratch_.putFeatures("f", 16, 0.7);
  ScoreJobOptions options;
  inShards(project(), options, 2, scoreShard);
  options.dscore.floor = 0.1;
  options.shards.merge = true;
  EXPECT_EQ(
      messageOf([&] { score(project(), options, silent_); }),
      "shard 1 of 2 of score 'dscore' was made with other options, or the project has changed since; make it "
      "again, then merge");
  options.dscore.floor = 0.05;
  project().setExcluded({2}, true);
  EXPECT_NE(messageOf([&] { score(project(), options, silent_); }).find("the project has changed"),
            std::string::npos);
  project().setExcluded({2}, false);
  project().setProblem(3, "cannot be read");
  EXPECT_NE(messageOf([&] { score(project(), options, silent_); }).find("the project has changed"),
            std::string::npos);
  project().setProblem(3, "");
  fs::resize_file(project().folder() / "shards/score-dscore.2-of-2.numbers", 100);
  EXPECT_NE(messageOf([&] { score(project(), options, silent_); }).find("score-dscore.2-of-2.numbers"),
            std::string::npos);
  EXPECT_TRUE(project().scoreTables().empty());
}

TEST_F(Shards, NumbersThatNoShardLeavesAreRefused) {
  scratch_.addPeople("train", project::Role::Train, 4, 4);
  scratch_.putFeatures("f", 16, 0.7);
  ScoreJobOptions options;
  inShards(project(), options, 2, scoreShard);
  options.shards.merge = true;
  const fs::path folder = project().folder() / "shards", file = folder / "score-dscore.2-of-2.numbers";
  const auto good = networks::loadTensors(file, "discern_state");
  const auto after = [&](const std::function<void(std::map<std::string, torch::Tensor>&)>& change) {
    networks::TensorFile changed{good.text, {}};
    for (const auto& [name, tensor] : good.tensors) changed.tensors[name] = tensor.clone();
    change(changed.tensors);
    networks::saveTensors(file, "discern_state", changed);
    return messageOf([&] { score(project(), options, silent_); });
  };
  const std::string named =
      file.string() + ": names an image of another shard, or one twice; make this shard again, then merge";
  const std::string damaged =
      folder.string() + ": the shards of score 'dscore' are damaged; make them again, then merge";
  EXPECT_EQ(after([](auto& tensors) { tensors["samples"][0] = 0; }), named);
  EXPECT_EQ(after([](auto& tensors) { tensors["samples"][1] = 8; }), named);
  EXPECT_EQ(after([](auto& tensors) { tensors["samples"][7] = 16; }), named);
  EXPECT_EQ(after([](auto& tensors) {
              for (auto& [name, tensor] : tensors) tensor = tensor.slice(0, 1).clone();
            }),
            damaged);
  for (const double identity : {std::nan(""), 1e300, 4.0, -2.0})
    EXPECT_EQ(after([&](auto& tensors) { tensors["column/hardest identity"][0] = identity; }), damaged);
  EXPECT_TRUE(project().scoreTables().empty());
  EXPECT_EQ(after([](auto&) {}), "done");
}

TEST_F(Shards, OfASelectionAreOneRunsPath) {
  scratch_.addPeople("train", project::Role::Train, 9, 7);
  scratch_.addPeople("alone", project::Role::Train, 1, 1);
  scratch_.addPeople("pool", project::Role::Pool, 9, 2);
  scratch_.putFeatures("f", 32, 0.7);
  for (const char* method : {"path", "cut"}) {
    SelectOptions options;
    options.method = method;
    if (options.method == "cut") options.lambda = -1;
    options.name = "one";
    const auto told = select(project(), options, silent_);
    options.name = "parts";
    inShards(project(), options, 3, selectShard);
    options.shards.merge = true;
    const auto merged = select(project(), options, silent_);
    const auto a = project().selection("one"), b = project().selection("parts");
    EXPECT_TRUE(same(a.enters, b.enters) && same(a.others, b.others)) << method;
    EXPECT_EQ(a.centers, b.centers);
    EXPECT_GT(told.pairs, 100);
    EXPECT_EQ(merged.pairs, told.pairs);
    EXPECT_EQ(merged.clampedPairs, told.clampedPairs);
    EXPECT_EQ(merged.neverKept, told.neverKept);
    EXPECT_EQ(merged.faces, told.faces);
  }
  SelectOptions order;
  order.method = "random";
  order.shards.shard = "1/2";
  EXPECT_NE(messageOf([&] { selectShard(project(), order, silent_); }).find("in one order"),
            std::string::npos);
}

TEST_F(Shards, TextsThatAreNoneAreSaid) {
  scratch_.addPeople("train", project::Role::Train, 4, 4);
  scratch_.putFeatures("f", 16, 0.7);
  ScoreJobOptions options;
  for (const char* text : {"0/2", "3/2", "2", "a/b", "1/2/3", "1/", "/2", "1/20000"}) {
    options.shards.shard = text;
    EXPECT_EQ(messageOf([&] { jobs::shardOf(options.shards); }),
              "shard " + std::string(text) + ": is no part of a whole; 2/4 is the second of four");
  }
  options.shards = {"1/2", true};
  EXPECT_NE(messageOf([&] { jobs::shardOf(options.shards); }).find("all shards are made"), std::string::npos);
}

TEST_F(Shards, OneProcessMakesAShard) {
  const ShardFolder folder(project(), "score", "dscore");
  const auto held = folder.lock({2, 3});
  EXPECT_NE(messageOf([&] {
              folder.lock({2, 3});
            }).find("is writing to shard 2 of 3 of score 'dscore'"),
            std::string::npos);
  EXPECT_EQ(messageOf([&] { folder.lock({1, 3}); }), "done");
  for (const char* made : {"1", "2", "3"})
    std::ofstream(fs::path(project().folder()) / "shards" /
                  ("score-dscore." + std::string(made) + "-of-3" + kShardNumbers))
        << "rows";
  EXPECT_NE(messageOf([&] { folder.lockAll(kShardNumbers); }).find("is writing to shard 2 of 3"),
            std::string::npos)
      << "it is not merged meanwhile";
}

}  // namespace
}  // namespace discern::pipeline
