// Image files that are replaced, moved, linked or copied under a project; parts of it that get other names or
// leave.
#include "core/project/contents.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "core/data/npy.h"
#include "core/project/impl.h"
#include "core/project/upkeep.h"
#include "tests/message_of.h"

namespace discern::project {
namespace {
namespace fs = std::filesystem;
using testing::messageOf;
using Names = std::vector<std::string>;

class ContentsTest : public ::testing::Test {
 protected:
  ContentsTest() {
    fs::remove_all(root_);
    for (const char* who : {"ann", "bob"})
      for (int i = 0; i < 2; ++i)
        write(root_ / "faces" / who / (std::to_string(i) + ".jpg"), std::string(who) + char('0' + i));
    project_ = std::make_unique<Project>(Project::create(root_ / "p.discern"));
    project_->addDataset(faces(root_ / "faces"), Role::Train);
    data::Matrix values(4, 3);
    for (std::size_t i = 0; i < values.values.size(); ++i) values.values[i] = static_cast<float>(i + 1);
    data::saveNpy(project_->featureFile("f"), values.view());
    project_->putFeatureTable({"f", "demo", "{}", 3, 0, 0, ""});
    putScores("s", "f");
  }
  ~ContentsTest() override { fs::remove_all(root_); }

  static void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  // Replaces it, and moves its time whatever the clock's steps.
  static void replace(const fs::path& file, const std::string& text) {
    const auto before = fs::last_write_time(file);
    write(file, text);
    fs::last_write_time(file, before + std::chrono::seconds(2));
  }
  static data::Dataset faces(const fs::path& root, const std::string& name = "faces") {
    data::Dataset set;
    set.name = name;
    set.identities = {"ann", "bob"};
    for (int k = 0; k < 2; ++k)
      for (int i = 0; i < 2; ++i) {
        data::Sample sample;
        sample.image.file =
            (root / set.identities[static_cast<std::size_t>(k)] / (std::to_string(i) + ".jpg")).string();
        sample.identity = k;
        set.samples.push_back(sample);
      }
    data::Protocol pairs;
    pairs.name = "pairs";
    pairs.templates = {{"a", 0, {0, 1}}, {"b", 1, {2}}};
    pairs.pairs = {{0, 1, false, -1}};
    set.protocols = {pairs};
    return set;
  }
  void putScores(const std::string& name, const std::string& features, const std::string& method = "dscore") {
    data::ScoreTable table;
    table.name = name;
    table.method = method;
    table.featureTable = features;
    table.resize(static_cast<std::size_t>(project_->sampleCount()));
    for (std::size_t i = 0; i < table.score.size(); ++i) {
      table.score[i] = 0.5F;
      table.status[i] = data::ScoreStatus::Scored;
    }
    table.sigma = 1;
    project_->putScores(table);
  }
  bool hasFeature(int sample) const { return data::isFinite(project_->features("f").view().row(sample)); }
  Names stale() const {
    Names names;
    for (const auto& part : staleParts(*project_)) names.push_back(part.kind + " " + part.name);
    return names;
  }
  FileCheck check(const std::string& set = "") {
    Progress silent;
    return checkFiles(*project_, set, silent);
  }

  const fs::path root_ = fs::temp_directory_path() / ("discern_contents_test_" + std::to_string(::getpid()));
  std::unique_ptr<Project> project_;
};

TEST_F(ContentsTest, AReplacedImageLosesItsFeaturesAndWhatWasMadeOfThemIsOld) {
  SampleRow copy;
  copy.identity = 0;
  copy.image.file = (root_ / "faces/ann/1.jpg").string();
  copy.image.degradation = {data::DegradationKind::GaussianBlur, 0.5F, 1};
  copy.parent = 1;
  project_->addCopies({copy});
  project_->putMap({.name = "m", .features = "f", .points = data::Matrix(4, 2)});
  project_->setProblem(1, "unreadable");
  putFeatureProblems(*project_, "f", {{1, "no feature"}});
  EXPECT_TRUE(check().replaced.empty());
  EXPECT_TRUE(stale().empty());

  replace(root_ / "faces/ann/1.jpg", "xyz1");
  const auto found = check();
  EXPECT_EQ(found.files, 4);
  EXPECT_EQ(found.replaced, Names{(root_ / "faces/ann/1.jpg").string()});
  EXPECT_EQ(found.samples, (std::vector<int>{1, 4}));  // the copy, too
  for (const int sample : {0, 2, 3}) EXPECT_TRUE(hasFeature(sample)) << sample;
  EXPECT_FALSE(hasFeature(1));
  EXPECT_EQ(project_->samples()[1].problem, "");
  EXPECT_TRUE(featureProblems(*project_, "f").empty());
  EXPECT_EQ(stale(), (Names{"features f", "map m", "scores s"}));
  for (const auto& part : staleParts(*project_)) {
    EXPECT_EQ(part.why, "1 image was replaced since (sample 1)");
    EXPECT_EQ(part.samples, std::vector<int>{1});  // the copy had nothing yet
  }
  EXPECT_TRUE(check().replaced.empty());  // once

  putScores("s", "f");  // of features that are not made again yet
  EXPECT_EQ(stale(), (Names{"features f", "map m", "scores s"}));
  project_->putFeatureTable({"f", "demo", "{}", 3, 0, 0, ""});
  putScores("s", "f");
  EXPECT_EQ(stale(), Names{"map m"});
}

TEST_F(ContentsTest, WhatSchemaThreeListedAsOldStaysSo) {
  {
    SQLite::Database& db = Inside::of(*project_).db;
    db.exec(
        "DROP TABLE moments; DROP TABLE stale_parts; DROP TABLE marks; DROP TABLE decisions; DROP TABLE "
        "decision_marks; "
        "DROP TABLE decision_identities; DROP TABLE decided; PRAGMA user_version = 3");
    db.exec(
        "CREATE TABLE stale(kind TEXT NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY(kind, "
        "name)) "
        "WITHOUT ROWID");
    db.exec("INSERT INTO stale VALUES('map', 'm', '3 images were replaced since')");
    db.exec("INSERT INTO settings VALUES('stale_features/f', '[2,0]'), ('stale_scores/s', 'no list')");
  }
  project_.reset();
  const fs::path place = root_ / "p.discern";
  const auto reader = Project::open(place, Project::Mode::Read);
  ASSERT_EQ(staleParts(reader).size(), 1U);
  EXPECT_EQ(staleParts(reader)[0].why, "3 images were replaced since");
  project_ = std::make_unique<Project>(Project::open(place, Project::Mode::Write));
  const auto parts = staleParts(*project_);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].kind + " " + parts[0].name, "features f");
  EXPECT_EQ(parts[0].samples, (std::vector<int>{0, 2}));
  EXPECT_EQ(parts[1].kind + " " + parts[1].name, "map m");
  EXPECT_EQ(parts[1].why, "3 images were replaced since");
  EXPECT_TRUE(parts[1].samples.empty());
  EXPECT_FALSE(project_->setting("stale_features/f"));
}

TEST_F(ContentsTest, ATimeAloneIsNoReplacementAndASizeIs) {
  replace(root_ / "faces/ann/0.jpg", "ann0");  // touched: the same contents
  EXPECT_TRUE(check().replaced.empty());
  const auto time = fs::last_write_time(root_ / "faces/bob/0.jpg");
  write(root_ / "faces/bob/0.jpg", "longer than before");
  fs::last_write_time(root_ / "faces/bob/0.jpg", time);
  EXPECT_EQ(check("faces").samples, std::vector<int>{2});
  fs::remove(root_ / "faces/bob/1.jpg");
  const auto found = check();
  EXPECT_EQ(found.missing, Names{(root_ / "faces/bob/1.jpg").string()});
  EXPECT_TRUE(found.replaced.empty());
  EXPECT_TRUE(hasFeature(3));  // a disk that is away takes nothing with it
}

TEST_F(ContentsTest, AFolderIsTheSameThroughALink) {
  fs::create_directory_symlink(root_ / "faces", root_ / "link");
  const auto added = project_->addDataset(faces(root_ / "link"), Role::Train);
  EXPECT_EQ(added.added, 0);
  EXPECT_EQ(added.duplicates, 4);
}

TEST_F(ContentsTest, AMovedFolderIsRecognisedAndItsImagesAreFoundThere) {
  EXPECT_EQ(findMoved(*project_, faces(root_ / "faces")).images, 0);
  fs::create_directories(root_ / "disk");
  fs::rename(root_ / "faces", root_ / "disk/renamed");
  const auto moved = findMoved(*project_, faces(root_ / "disk/renamed"));
  EXPECT_EQ(moved.images, 4);
  EXPECT_EQ(moved.gone, 4);
  EXPECT_EQ(moved.to, (root_ / "disk/renamed/ann/0.jpg").string());
  EXPECT_NE(
      messageOf([&] { repoint(*project_, "faces", root_ / "disk"); }).find("is there under the same name"),
      std::string::npos);
  const auto done = repoint(*project_, "faces", root_ / "disk/renamed");
  EXPECT_EQ(done.files, 4);
  EXPECT_TRUE(done.missing.empty());
  EXPECT_EQ(project_->samples()[3].image.file, (root_ / "disk/renamed/bob/1.jpg").string());
  EXPECT_EQ(check().missing.size() + check().replaced.size(), 0U);
  EXPECT_TRUE(hasFeature(3));
  EXPECT_EQ(project_->addDataset(faces(root_ / "disk/renamed"), Role::Train).added, 0);
}

TEST_F(ContentsTest, ACopyOfAFolderIsRecognisedByItsContents) {
  fs::copy(root_ / "faces", root_ / "copy", fs::copy_options::recursive);
  EXPECT_EQ(findMoved(*project_, faces(root_ / "copy")).images, 4);
  EXPECT_EQ(findMoved(*project_, faces(root_ / "copy")).gone, 0);
  EXPECT_EQ(findMoved(*project_, faces(root_ / "copy", "others")).images, 0);  // another set may be one
  project_->addDataset(faces(root_ / "copy", "others"), Role::Pool);
  EXPECT_EQ(equalFiles(*project_).size(), 4U);
  for (const char* who : {"ann", "bob"})
    for (const char* file : {"0.jpg", "1.jpg"})
      write(root_ / "new" / who / file, std::string("another ") + who + file);
  EXPECT_EQ(findMoved(*project_, faces(root_ / "new")).images, 0);  // only the names are the same
}

TEST_F(ContentsTest, NamesChangeEverywhere) {
  project_->putSetting("feature_model/f", "17");
  project_->putSetting("operating_point",
                       R"({"features":"f","scores":"s","weights":"","protocol":"faces/pairs"})");
  renameEntry(*project_, Entry::Features, "f", "sface");
  EXPECT_EQ(project_->scores("s").featureTable, "sface");
  EXPECT_EQ(project_->setting("feature_model/sface"), "17");
  EXPECT_FALSE(project_->setting("feature_model/f"));
  EXPECT_EQ(project_->features("sface").view().rows, 4);
  EXPECT_FALSE(fs::exists(project_->featureFile("f")));
  renameEntry(*project_, Entry::Scores, "s", "quality");
  EXPECT_EQ(project_->scores("quality").score.at(3), 0.5F);
  renameEntry(*project_, Entry::Protocol, "faces/pairs", "mine");
  EXPECT_EQ(project_->protocol("mine").pairs.size(), 1U);
  EXPECT_EQ(project_->setting("operating_point"),
            R"({"features":"sface","protocol":"mine","scores":"quality","weights":""})");
  renameEntry(*project_, Entry::Set, "faces", "people");
  EXPECT_EQ(project_->sets(), Names{"people"});
  write(project_->folder() / "checkpoints/net.safetensors", "weights");
  project_->putModel(
      {"net", "ddnet", "r18", project_->folder() / "checkpoints/net.safetensors", 1, 1, 1, "{}"});
  putScores("told", "net", "ddnet");
  renameEntry(*project_, Entry::Network, "net", "small");
  EXPECT_TRUE(fs::exists(project_->model("small").value().file));
  EXPECT_EQ(project_->model("small")->file.filename(), "small.safetensors");
  EXPECT_EQ(project_->scores("told").featureTable, "small");

  putScores("other", "sface");
  EXPECT_NE(
      messageOf([&] { renameEntry(*project_, Entry::Scores, "other", "quality"); }).find("choose a free one"),
      std::string::npos);
  EXPECT_NE(messageOf([&] { renameEntry(*project_, Entry::Scores, "nobody", "x"); }).find("there is: "),
            std::string::npos);
  EXPECT_NE(messageOf([&] { renameEntry(*project_, Entry::Map, "x", "y"); }).find("there is none"),
            std::string::npos);
  EXPECT_NE(messageOf([&] { renameEntry(*project_, Entry::Scores, "other", "../x"); }), "done");
}

TEST_F(ContentsTest, WhatWasMadeOfAnEntryIsKnown) {
  EXPECT_EQ(madeOf(*project_, Entry::Features, "f"), (std::vector<Made>{{Entry::Scores, "s"}}));
  SelectionRow selection;
  selection.name = "chosen";
  selection.features = "f";
  selection.enters.assign(4, -1);
  selection.others.assign(4, 0);
  project_->putSelection(selection);
  project_->putMap({.name = "m", .features = "f", .points = data::Matrix(4, 2)});
  EXPECT_EQ(madeOf(*project_, Entry::Features, "f"),
            (std::vector<Made>{{Entry::Scores, "s"}, {Entry::Selection, "chosen"}, {Entry::Map, "m"}}));
  const fs::path file = project_->folder() / "checkpoints/net.safetensors";
  project_->putModel({"net", "base", "mobilefacenet", file, 1, 1, 1, "{}"});
  project_->putFeatureTable({"by-net", file.string(), "{}", 3, 0, 0, ""});
  putScores("told", "net", "ddnet");
  EXPECT_EQ(madeOf(*project_, Entry::Network, "net"),
            (std::vector<Made>{{Entry::Scores, "told"}, {Entry::Features, "by-net"}}));
  EXPECT_TRUE(madeOf(*project_, Entry::Set, "faces").empty());
}

TEST_F(ContentsTest, WhatNothingWasMadeOfCanLeave) {
  EXPECT_NE(
      messageOf([&] { removeEntry(*project_, Entry::Features, "f"); }).find("scores 's' is made of these"),
      std::string::npos);
  EXPECT_TRUE(fs::exists(project_->featureFile("f")));
  removeEntry(*project_, Entry::Scores, "s");
  EXPECT_TRUE(project_->scoreTables().empty());
  removeEntry(*project_, Entry::Features, "f");
  EXPECT_FALSE(project_->featureTable("f"));
  EXPECT_FALSE(fs::exists(project_->featureFile("f")));
  removeEntry(*project_, Entry::Protocol, "faces/pairs");
  EXPECT_TRUE(project_->protocols().empty());
  const int run = project_->startRun("score", "{}");
  EXPECT_NE(messageOf([&] { removeEntry(*project_, Entry::Run, std::to_string(run)); }).find("is running"),
            std::string::npos);
  project_->addMetric(run, {"loss", 1, 2});
  project_->finishRun(run, "done", "{}");
  removeEntry(*project_, Entry::Run, std::to_string(run));
  EXPECT_TRUE(project_->runs().empty());
  EXPECT_TRUE(project_->metrics(run).empty());
}

TEST_F(ContentsTest, ARemovedSetLeavesTheNumbersOfTheOthers) {
  for (const char* who : {"ann", "bob"})
    for (const char* file : {"0.jpg", "1.jpg"})
      write(root_ / "new" / who / file, std::string("another ") + who + file);
  project_->addDataset(faces(root_ / "new", "others"), Role::Test);
  data::Matrix values(8, 3);
  std::fill(values.values.begin(), values.values.end(), 1.0F);
  data::saveNpy(project_->featureFile("f"), values.view());
  putScores("s", "f");
  removeEntry(*project_, Entry::Set, "faces");
  const auto samples = project_->samples();
  ASSERT_EQ(samples.size(), 8U);
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(samples[static_cast<std::size_t>(i)].removed(), i < 4) << i;
    EXPECT_EQ(hasFeature(i), i >= 4) << i;
    EXPECT_EQ(std::isfinite(project_->scores("s").score[static_cast<std::size_t>(i)]), i >= 4) << i;
  }
  EXPECT_EQ(entriesOf(*project_, Entry::Set), Names{"others"});
  EXPECT_EQ(project_->protocols(), Names{"others/pairs"});
  EXPECT_EQ(project_->protocol("others/pairs").templates.at(0).samples, (std::vector<int>{4, 5}));
  EXPECT_TRUE(fs::exists(root_ / "faces/ann/0.jpg"));  // the photographs are the person's own
  EXPECT_EQ(check().files, 4);
  const auto again = project_->addDataset(faces(root_ / "faces"), Role::Train);
  EXPECT_EQ(again.added, 4);
  EXPECT_EQ(again.first, 8);
  EXPECT_EQ(project_->protocol("faces/pairs").templates.at(0).samples, (std::vector<int>{8, 9}));
}

}  // namespace
}  // namespace discern::project
