// What is in a project, what hangs on it and how it is made again, without a window.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <optional>

#include "tests/ui/planted_project.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/project/contents_list.h"

namespace discern::ui {
namespace {

using project::Entry;
using project::Made;

class ContentsListTest : public ::testing::Test {
 protected:
  ContentsListTest() {
    testing::PlantedOptions options;
    options.pictures = true;
    testing::makePlantedProject(path().toStdString(), options);
    open();
  }
  QString path() const { return folder_.filePath("p.discern"); }
  void open() {
    reader_.emplace(project::Project::open(path().toStdString(), project::Project::Mode::Read));
    snapshot_ = readProject(*reader_, {}, {}).snapshot;
  }
  template <typename Change>
  void write(Change change) {
    {
      auto writer = project::Project::open(path().toStdString(), project::Project::Mode::Write);
      change(writer);
    }
    open();
  }
  static void addSelectionAndMap(project::Project& p) {
    project::SelectionRow selection;
    selection.name = "chosen";
    selection.features = "demo";
    selection.options = R"({"features":"demo","name":"chosen","seed":7,"scores":"dscore"})";
    selection.enters.assign(144, -1);
    selection.others.assign(144, 0);
    p.putSelection(selection);
    p.putMap({.name = "tsne", .features = "demo", .points = data::Matrix(144, 2)});
    p.finishRun(p.startRun("tsne", R"({"name":"tsne","limit":"500","perplexity":"12"})"), "done",
                R"({"map":"tsne","features":"demo"})");
  }
  QStringList lines() const {
    QStringList lines;
    for (const ContentsEntry& entry : contentsOf(*reader_, *snapshot_, {}))
      lines << QString("%1 %2: %3")
                   .arg(nameOf(entry.what.entry), QString::fromStdString(entry.what.name), entry.about);
    return lines;
  }
  static QStringList words(const std::vector<JobRequest>& requests) {
    QStringList all;
    for (const JobRequest& request : requests) all << (QStringList{request.job} + request.options).join(' ');
    return all;
  }

  QTemporaryDir folder_;
  std::optional<project::Project> reader_;
  std::shared_ptr<const Snapshot> snapshot_;
};

TEST_F(ContentsListTest, EveryKindIsListedWithWhatItIs) {
  write(addSelectionAndMap);
  const QStringList all = lines();
  EXPECT_TRUE(all.contains("set people: 72 images of 6 identities")) << all.join('\n').toStdString();
  EXPECT_TRUE(all.contains("set strangers: 72 images of 6 identities"));
  EXPECT_TRUE(all.contains("features demo: 32 numbers each, by demo"));
  EXPECT_TRUE(all.contains("protocol templates: "));
  EXPECT_TRUE(all.contains("selection chosen: "));
  EXPECT_TRUE(all.contains("map tsne: of the features demo"));
  const auto runs = all.filter(QRegularExpression("^run "));
  ASSERT_EQ(runs.size(), 4);
  EXPECT_TRUE(runs.front().contains("tsne")) << "the newest first";
  for (const auto& kind : namesOf(Entry{})) EXPECT_FALSE(titleOf(kind.value).isEmpty());
}

TEST_F(ContentsListTest, WhatIsOldSaysWhy) {
  const auto entries =
      contentsOf(*reader_, *snapshot_, {{"scores", "dscore", "3 images were replaced since", {}}});
  for (const ContentsEntry& entry : entries)
    EXPECT_EQ(entry.old, entry.what.entry == Entry::Scores ? "3 images were replaced since" : "")
        << entry.what.name;
}

TEST_F(ContentsListTest, WhatWasMadeOfItGoesFirstAndIsSaid) {
  write([](project::Project& p) {
    addSelectionAndMap(p);
    p.putModel({"net", "base", "mobilefacenet", p.folder() / "checkpoints/net.safetensors", 1, 1, 1, "{}"});
    p.putFeatureTable({"by-net", (p.folder() / "checkpoints/net.safetensors").string(), "{}", 4, 0, 0, ""});
    data::ScoreTable scores;
    scores.name = "by-net-scores";
    scores.method = "dscore";
    scores.featureTable = "by-net";
    scores.resize(144);
    p.putScores(scores);
  });
  const Made net{Entry::Network, "net"};
  const auto removed = removalOf(*reader_, net);
  EXPECT_EQ(removed, (std::vector<Made>{{Entry::Scores, "by-net-scores"}, {Entry::Features, "by-net"}, net}));
  const QString said = consequencesOf(*reader_, *snapshot_, {net}, removed).join('\n');
  EXPECT_TRUE(said.contains("score table “by-net-scores”, feature table “by-net”")) << said.toStdString();
  EXPECT_TRUE(said.contains("files in the project's folder are deleted"));
  const Made scores{Entry::Scores, "dscore"};
  EXPECT_EQ(removalOf(*reader_, scores), std::vector<Made>{scores});
  EXPECT_FALSE(consequencesOf(*reader_, *snapshot_, {scores}, {scores}).join('\n').contains("goes, too"));
}

TEST_F(ContentsListTest, ASetTakesItsProtocolsWithItAndLeavesItsFiles) {
  const Made strangers{Entry::Set, "strangers"};
  const QString said = consequencesOf(*reader_, *snapshot_, {strangers}, {strangers}).join('\n');
  EXPECT_TRUE(said.contains("72 images of 6 identities leave the project")) << said.toStdString();
  EXPECT_TRUE(said.contains("stay on the disk"));
  EXPECT_TRUE(said.contains("A protocol compared nothing else and goes, too: templates."));
  EXPECT_TRUE(said.contains("score again"));
  const Made people{Entry::Set, "people"};
  EXPECT_FALSE(consequencesOf(*reader_, *snapshot_, {people}, {people}).join('\n').contains("templates"));
}

TEST_F(ContentsListTest, SetsWhoseFolderWasMovedAreNoticed) {
  EXPECT_TRUE(missingSets(*snapshot_).empty());
  EXPECT_EQ(folderOf(*snapshot_, "people"), path() + "/faces");
  EXPECT_EQ(folderOf(*snapshot_, "nobody"), "");
  QFile::remove(path() + "/faces/0_0.png");
  EXPECT_TRUE(missingSets(*snapshot_).empty()) << "one image alone is no folder";
  ASSERT_TRUE(QDir().rename(path() + "/faces", folder_.filePath("moved")));
  const auto missing = missingSets(*snapshot_);
  ASSERT_EQ(missing.size(), 2U);
  EXPECT_EQ(missing[0].first, "people");
  EXPECT_EQ(missing[0].second, path() + "/faces");
}

TEST_F(ContentsListTest, WhatIsOldIsMadeAgainAsItWasMade) {
  write([](project::Project& p) {
    addSelectionAndMap(p);
    p.putSetting("score_options/dscore", R"({"metric":"cosine","leave_one_out":true,"floor":0.2})");
    data::ScoreTable told;
    told.name = "told";
    told.method = "ddnet";
    told.featureTable = "net";
    told.resize(144);
    p.putScores(told);
  });
  const std::vector<project::Stale> stale = {{"map", "tsne", "", {}},      {"scores", "dscore", "", {}},
                                             {"scores", "told", "", {}},   {"selection", "chosen", "", {}},
                                             {"features", "demo", "", {}}, {"features", "gone", "", {}}};
  EXPECT_EQ(words(againRequests(*reader_, *snapshot_, stale)),
            (QStringList{"extract --model demo --name demo --recipe insightface",
                         "score --features demo --method dscore --name dscore --leave-one-out --floor 0.2",
                         "predict --model net --name told",
                         "select --features demo --name chosen --scores dscore --seed 7",
                         "tsne --features demo --name tsne --limit 500 --perplexity 12"}));
}

// Not at today's operating point, and of the tables that it took.
TEST_F(ContentsListTest, ARunIsRepeatedAsItWasMade) {
  std::vector<project::Stale> stale;
  write([&](project::Project& p) {
    p.putSetting("operating_point",
                 R"({"threshold":0.9,"far":0.5,"scores":"dscore","protocol":"templates"})");
    const auto done = [&](const char* job, const char* options, const char* result) {
      const int run = p.startRun(job, options);
      p.finishRun(run, "done", result);
      stale.push_back({"run", std::to_string(run), "", {}});
    };
    done("evaluate", R"({"threshold":"0.4","rescale":"off","bootstraps":"50","version":"0.1.0"})",
         R"({"protocol":"templates","features":"demo","scores":"dscore","threshold":0.4})");
    done("evaluate",
         R"({"point":"true","threshold":"0.15"})",  // as versions stored it that told the point nowhere
         R"({"protocol":"templates","features":"demo","scores":"dscore","threshold":0.3,"lengths":"raw"})");
    done("sweep", R"({"thresholds":"40"})",
         R"({"protocol":"templates","features":"demo","scores":"dscore","weights":"dscore","far":0.001})");
    done("slices", R"({"column":"set","point":"true","threshold":"0.4","far":"0.01"})",
         R"({"protocol":"templates","features":"demo","threshold":0.4,"far":0.01})");
    done("compare", R"({"aggregation-a":"average","aggregation-b":"ddl"})",
         R"({"protocol":"templates","a":{"features":"demo"},"b":{"features":"demo","scores":"dscore"}})");
    done("identify", R"({"features":"demo"})", R"({"features":"demo"})");
    done("templates", R"({"limit":"5"})", R"({"protocol":"templates","features":"demo","scores":"dscore"})");
  });
  EXPECT_EQ(words(againRequests(*reader_, *snapshot_, stale)),
            (QStringList{
                "evaluate --threshold 0.4 --bootstraps 50 --rescale off --protocol templates --features demo "
                "--scores dscore",
                "evaluate --protocol templates --features demo --scores dscore --threshold 0.3 --lengths raw",
                "sweep --thresholds 40 --protocol templates --features demo --scores dscore",
                "slices --column set --threshold 0.4 --far 0.01 --protocol templates --features demo",
                "compare --aggregation-a average --aggregation-b ddl --protocol templates --features-a demo",
                "identify --features demo",
                "templates --limit 5 --protocol templates --features demo --scores dscore"}));
}

}  // namespace
}  // namespace discern::ui
