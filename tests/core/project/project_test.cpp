#include "core/project/project.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <latch>
#include <map>
#include <thread>

#include "core/base/error.h"
#include "core/project/contents.h"
#include "tests/core/base/full_disk.h"

namespace discern::project {
namespace {
namespace fs = std::filesystem;

class ProjectTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("discern_project_test_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = folder_ / "p.discern";
  }
  void TearDown() override { fs::remove_all(folder_); }

  static data::Dataset twoPeople(int images = 3) {
    data::Dataset set;
    set.name = "faces";
    set.identities = {"ann", "bob"};
    for (int i = 0; i < 2 * images; ++i) {
      data::Sample sample;
      sample.image.file = "/pictures/" + std::to_string(i) + ".jpg";
      sample.identity = i / images;
      sample.nuisance = R"({"yaw":12})";
      set.samples.push_back(sample);
    }
    set.samples[0].image.landmarks = data::Landmarks{{{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10.5F}}};
    set.samples[1].image.crop = data::Rect{60, -2, 130, 131};
    if (images == 1) return set;
    set.samples[2].image.offset = 77;
    set.samples[2].image.length = 5;
    data::Protocol protocol;
    protocol.name = "pairs";
    protocol.folds = 1;
    protocol.templates = {{"a", 0, {0, 1}}, {"b", 1, {images}}};
    protocol.pairs = {{0, 1, false, 0}, {0, 0, true, -1}};
    set.protocols = {protocol};
    return set;
  }
  static std::string messageOf(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& e) {
      return e.what();
    }
    return "";
  }

  // With a connection of its own.
  void execute(const char* sql) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((path_ / "project.sqlite").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }

  fs::path folder_, path_;
};

TEST_F(ProjectTest, GivesBackWhatWasAdded) {
  {
    Project project = Project::create(path_);
    const AddResult added = project.addDataset(twoPeople(), Role::Test);
    EXPECT_EQ(added.added, 6);
    EXPECT_EQ(added.duplicates, 0);
  }
  const Project project = Project::open(path_, Project::Mode::Read);
  const auto samples = project.samples();
  ASSERT_EQ(samples.size(), 6U);
  ASSERT_TRUE(samples[0].image.landmarks);
  EXPECT_FLOAT_EQ((*samples[0].image.landmarks)[4].y, 10.5F);
  ASSERT_TRUE(samples[1].image.crop);
  EXPECT_EQ(samples[1].image.crop->y, -2);
  EXPECT_EQ(samples[2].image.offset, 77);
  EXPECT_EQ(samples[5].identity, 1);
  EXPECT_EQ(samples[5].image.file, "/pictures/5.jpg");
  EXPECT_EQ(samples[5].nuisance, R"({"yaw":12})");
  const auto identities = project.identities();
  ASSERT_EQ(identities.size(), 2U);
  EXPECT_EQ(identities[1].name, "bob");
  EXPECT_EQ(identities[1].role, Role::Test);
  const auto protocol = project.protocol("faces/pairs");
  ASSERT_EQ(protocol.templates.size(), 2U);
  EXPECT_EQ(protocol.templates[0].samples, (std::vector<int>{0, 1}));
  EXPECT_EQ(protocol.templates[1].samples, (std::vector<int>{3}));
  ASSERT_EQ(protocol.pairs.size(), 2U);
  EXPECT_TRUE(protocol.pairs[1].genuine);
  EXPECT_EQ(protocol.pairs[0].fold, 0);
}

TEST_F(ProjectTest, ASecondImportAddsOnlyWhatIsNewAndMapsItsProtocol) {
  Project project = Project::create(path_);
  project.addDataset(twoPeople(3), Role::Train);
  data::Dataset again = twoPeople(3);
  data::Sample extra;
  extra.image.file = "/pictures/new.jpg";
  extra.identity = 1;
  again.samples.insert(again.samples.begin(), extra);
  again.protocols[0].templates[1].samples = {0};
  const AddResult added = project.addDataset(again, Role::Train);
  EXPECT_EQ(added.added, 1);
  EXPECT_EQ(added.duplicates, 6);
  EXPECT_EQ(project.sampleCount(), 7);
  EXPECT_EQ(project.identities().size(), 2U);
  EXPECT_EQ(project.protocol("faces/pairs").templates[1].samples, (std::vector<int>{6}));
}

// One sample a face of the same photograph, told apart by where it is.
data::Dataset facesOfOnePhotograph(const std::vector<data::Rect>& crops) {
  data::Dataset set;
  set.name = "group";
  for (const auto& crop : crops) {
    data::Sample sample;
    sample.image.file = "/pictures/group.jpg";
    sample.image.crop = crop;
    sample.identity = static_cast<int>(set.identities.size());
    set.identities.push_back("at " + std::to_string(crop.x));
    set.samples.push_back(sample);
  }
  return set;
}

TEST_F(ProjectTest, FacesOfOnePhotographAreAddedAndFoundAgain) {
  Project project = Project::create(path_);
  data::Dataset set = facesOfOnePhotograph({{0, 0, 50, 50}, {60, 0, 50, 50}, {120, 5, 40, 40}});
  set.samples[2].image.crop.reset();
  set.samples[2].image.landmarks =
      data::Landmarks{{{120.1F, 7.3F}, {130.7F, 7.9F}, {125.2F, 1e-3F}, {121, 20}, {129, 1.0F / 3}}};
  const AddResult first = project.addDataset(set, Role::Test);
  EXPECT_EQ(first.added, 3);
  EXPECT_EQ(first.duplicates, 0);

  // The same again in another order, one of them twice, and a new one: each is mapped to itself.
  data::Dataset again = set;
  std::swap(again.samples[0], again.samples[2]);
  again.samples.push_back(again.samples[1]);
  again.identities.push_back("at 200");
  data::Sample extra = set.samples[0];
  extra.image.crop->x = 200;
  extra.identity = 3;
  again.samples.push_back(extra);
  data::Protocol protocol;
  protocol.name = "all";
  protocol.templates = {{"a", 0, {0, 1, 2, 3, 4}}};
  again.protocols = {protocol};
  const AddResult second = project.addDataset(again, Role::Test);
  EXPECT_EQ(second.added, 1);
  EXPECT_EQ(second.duplicates, 4);
  EXPECT_EQ(project.protocol("group/all").templates[0].samples, (std::vector<int>{2, 1, 0, 1, 3}));
  EXPECT_EQ(project.samples()[3].identity, 3);
}

TEST_F(ProjectTest, MomentsOfOneVideoAreSamplesOfTheirOwnAndFoundAgain) {
  Project project = Project::create(path_);
  data::Dataset set;
  set.name = "walks";
  set.identities = {"kim"};
  const std::vector<data::Moment> moments = {{0, 0}, {1.0 / 30, 0}, {1.0 / 30, 2.5}, {60.25, 2.5}};
  for (const auto& moment : moments) {
    auto& sample = set.samples.emplace_back();
    sample.image.file = "/videos/walk.mp4";
    sample.image.moment = moment;
    sample.identity = 0;
  }
  EXPECT_EQ(project.addDataset(set, Role::Test).added, 4);
  const auto again = project.addDataset(set, Role::Test);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.duplicates, 4);

  SampleRow copy = project.samples()[3];
  copy.parent = 3;
  copy.image.degradation = {data::DegradationKind::Noise, 0.5F, 7};
  project.addCopies({copy});
  const auto rows = Project::open(path_, Project::Mode::Read).samples();
  ASSERT_EQ(rows.size(), 5U);
  for (std::size_t i = 0; i < moments.size(); ++i) EXPECT_EQ(rows[i].image.moment, moments[i]) << i;
  EXPECT_EQ(rows[4].image.moment, moments[3]);
}

TEST_F(ProjectTest, AFaceAloneInItsPhotographIsKnownHoweverItIsCropped) {
  Project project = Project::create(path_);
  EXPECT_EQ(project.addDataset(facesOfOnePhotograph({{0, 0, 50, 50}}), Role::Train).added, 1);
  auto recropped = facesOfOnePhotograph({{2, 3, 48, 48}});
  recropped.identities[0] = "at 0";
  EXPECT_EQ(project.addDataset(recropped, Role::Train).added, 0);
  // Of several, only the one that is where it was is the one that is known.
  const AddResult several =
      project.addDataset(facesOfOnePhotograph({{60, 0, 50, 50}, {0, 0, 50, 50}}), Role::Train);
  EXPECT_EQ(several.added, 1);
  EXPECT_EQ(several.duplicates, 1);
  EXPECT_EQ(project.samples()[1].image.crop->x, 60);
  // Now there are two in it: a third place is a third face.
  EXPECT_EQ(project.addDataset(facesOfOnePhotograph({{120, 0, 50, 50}}), Role::Train).added, 1);
}

TEST_F(ProjectTest, TwoPeopleOfOnePhotographAreTwoFacesAlsoOneAtATime) {
  Project project = Project::create(path_);
  auto dataset = facesOfOnePhotograph({{0, 0, 50, 50}});
  EXPECT_EQ(project.addDataset(dataset, Role::Train).added, 1);
  dataset.identities[0] = "somebody else";
  dataset.samples[0].image.crop->x = 60;
  EXPECT_EQ(project.addDataset(dataset, Role::Train).added, 1);
}

TEST_F(ProjectTest, ScoresKeepNaNAsAbsentAndGrowWithTheProject) {
  Project project = Project::create(path_);
  project.addDataset(twoPeople(), Role::Train);
  data::ScoreTable table;
  table.name = "dscore";
  table.method = "dscore";
  table.featureTable = "f";
  table.mean = 2.5;
  table.sigma = 0.5;
  table.resize(6);
  table.score[1] = 0.25F;
  table.ratio[1] = 1.75F;
  table.hardestIdentity[1] = 1;
  table.status[1] = data::ScoreStatus::Scored;
  table.status[2] = data::ScoreStatus::SingleSample;
  project.putScores(table);
  project.addDataset(
      [] {
        auto d = twoPeople(1);
        d.name = "more";
        d.samples[0].image.file = "/x.jpg";
        d.samples[1].image.file = "/y.jpg";
        d.protocols.clear();
        d.samples.resize(2);
        return d;
      }(),
      Role::Pool);
  const auto read = project.scores("dscore");
  ASSERT_EQ(read.size(), 8);
  EXPECT_FLOAT_EQ(read.score[1], 0.25F);
  EXPECT_FLOAT_EQ(read.ratio[1], 1.75F);
  EXPECT_EQ(read.hardestIdentity[1], 1);
  EXPECT_EQ(read.status[2], data::ScoreStatus::SingleSample);
  EXPECT_TRUE(std::isnan(read.score[0]));
  EXPECT_EQ(read.status[7], data::ScoreStatus::NotAsked);
  EXPECT_DOUBLE_EQ(read.mean, 2.5);
  EXPECT_NE(messageOf([&] { project.scores("nothing"); }).find("dscore"), std::string::npos);
}

TEST_F(ProjectTest, MergesFlattenChainsAndCanBeTakenBack) {
  Project project = Project::create(path_);
  data::Dataset set = twoPeople();
  set.identities.push_back("cas");
  project.addDataset(set, Role::Train);
  project.mergeIdentities(0, 1);
  project.mergeIdentities(1, 2);
  EXPECT_EQ(project.identities()[0].mergedInto, 2);
  EXPECT_EQ(project.identities()[1].mergedInto, 2);
  EXPECT_THROW(project.mergeIdentities(2, 0), Error);
  project.mergeIdentities(0, -1);
  EXPECT_EQ(project.identities()[0].mergedInto, -1);
}

TEST_F(ProjectTest, OneWriterManyReadersAcrossProcesses) {
  { Project::create(path_).addDataset(twoPeople(), Role::Train); }
  int ready[2];
  int done[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(done), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    char c = 1;
    Project project = Project::open(path_, Project::Mode::Write);
    (void)!::write(ready[1], &c, 1);
    (void)!::read(done[0], &c, 1);
    ::_exit(0);
  }
  char c = 0;
  ASSERT_EQ(::read(ready[0], &c, 1), 1);
  const std::string message = messageOf([&] { Project::open(path_, Project::Mode::Write); });
  EXPECT_NE(message.find(std::to_string(child)), std::string::npos) << message;
  EXPECT_EQ(Project::open(path_, Project::Mode::Read).sampleCount(), 6);
  (void)!::write(done[1], &c, 1);
  ::waitpid(child, nullptr, 0);
  EXPECT_NO_THROW(Project::open(path_, Project::Mode::Write));
}

TEST_F(ProjectTest, AnInterruptedRunIsNoticedByTheNextWriter) {
  { Project::create(path_).startRun("extract", "{}"); }
  EXPECT_EQ(Project::open(path_, Project::Mode::Write).runs().at(0).status, "interrupted");
}

TEST_F(ProjectTest, RefusesWhatItCannotOpen) {
  EXPECT_NE(messageOf([&] { Project::open(path_, Project::Mode::Read); }).find("not a Discern project"),
            std::string::npos);
  { Project::create(path_); }
  EXPECT_NE(messageOf([&] { Project::create(path_); }).find("already exists"), std::string::npos);
  execute("PRAGMA user_version = 99");
  EXPECT_NE(messageOf([&] { Project::open(path_, Project::Mode::Read); }).find("newer"), std::string::npos);
  std::ofstream(path_ / "project.sqlite", std::ios::trunc)
      << "this is not a database, it is a sentence of some length";
  EXPECT_NE(messageOf([&] { Project::open(path_, Project::Mode::Read); }).find("cannot be read"),
            std::string::npos);
}

TEST_F(ProjectTest, AProjectOfVersionOneIsReadAsItIsAndGetsTheNewTablesFromAWriter) {
  { Project::create(path_).addDataset(twoPeople(), Role::Train); }
  execute(
      "DROP TABLE selections; DROP TABLE selection_samples; DROP TABLE maps; DROP TABLE files; "
      "DROP TABLE feature_problems; DROP TABLE stale_parts; DROP TABLE marks; DROP TABLE decisions; "
      "DROP TABLE decision_marks; DROP TABLE decision_identities; DROP TABLE decided; DROP TABLE moments; "
      "PRAGMA user_version = 1");
  MapRow map;
  map.name = "tsne";
  map.points = data::Matrix(6, 2, 1.0F);
  Project reader = Project::open(path_, Project::Mode::Read);
  EXPECT_EQ(reader.identities().size(), 2U);
  EXPECT_TRUE(reader.selections().empty());
  EXPECT_TRUE(reader.maps().empty());
  EXPECT_NE(messageOf([&] { reader.selection("s"); }).find("select faces first"), std::string::npos);
  EXPECT_NE(messageOf([&] { reader.map("tsne"); }).find("make one first"), std::string::npos);
  EXPECT_NE(messageOf([&] { reader.putMap(map); }).find("older Discern"), std::string::npos);

  Project writer = Project::open(path_, Project::Mode::Write);
  writer.putMap(map);
  EXPECT_EQ(reader.maps(), std::vector<std::string>{"tsne"});
  EXPECT_EQ(reader.identities().size(), 2U);
}

TEST_F(ProjectTest, AReaderMakesNothingOfAnEmptyDatabase) {
  fs::create_directories(path_);
  std::ofstream(path_ / "project.sqlite").close();
  EXPECT_NE(messageOf([&] { Project::open(path_, Project::Mode::Read); }).find("project.sqlite is empty"),
            std::string::npos);
  EXPECT_EQ(fs::file_size(path_ / "project.sqlite"), 0U);
}

TEST_F(ProjectTest, OnAFullDiskItIsReadAndAWriterIsToldSo) {
  { Project::create(path_).addDataset(twoPeople(), Role::Train); }
  std::string writing;
  int samples = 0;
  {
    const test::FullDisk full(1000);  // SQLite's shared memory has 32 KiB
    samples = Project::open(path_, Project::Mode::Read).sampleCount();
    writing = messageOf([&] { Project::open(path_, Project::Mode::Write); });
  }
  EXPECT_EQ(samples, 6);
  EXPECT_NE(writing.find("cannot be written"), std::string::npos) << writing;
}

TEST_F(ProjectTest, AFullDiskDuringAJobIsOneSentence) {
  Project project = Project::create(path_);
  project.addDataset(twoPeople(), Role::Train);
  std::string message;
  {
    const test::FullDisk full(4096);
    message = messageOf([&] { project.putSetting("threshold", std::string(100'000, '0')); });
  }
  EXPECT_TRUE(message.starts_with(path_.string() + ": ")) << message;
  project.putSetting("threshold", "0.3");
  EXPECT_EQ(project.setting("threshold"), "0.3");
}

TEST_F(ProjectTest, ATrailingSlashIsTheSameProject) {
  { EXPECT_EQ(Project::create(path_ / "").folder(), path_); }
  EXPECT_EQ(Project::open(path_.string() + "/", Project::Mode::Read).folder(), path_);
  EXPECT_EQ(Project::open(path_ / "images" / "..", Project::Mode::Read).folder(), path_);
}

TEST_F(ProjectTest, AnImportAndTheWindowsSettingsDoNotDisturbEachOther) {
  Project project = Project::create(path_);
  project.addDataset(twoPeople(5000), Role::Train);
  int added = -1;
  {
    std::latch writing(1);
    const std::jthread window([&](const std::stop_token& stop) {
      Project reader = Project::open(path_, Project::Mode::Read);
      for (int i = 0; !stop.stop_requested(); ++i) {
        EXPECT_EQ(messageOf([&] { reader.putSetting("threshold", std::to_string(i)); }), "");
        if (i == 0) writing.count_down();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    });
    writing.wait();
    for (int i = 0; i < 3; ++i)  // each reads all samples before it writes
      EXPECT_EQ(messageOf([&] { added = project.addDataset(twoPeople(5000), Role::Train).added; }), "");
  }
  EXPECT_EQ(added, 0);
}

TEST_F(ProjectTest, AFaceThatIsNowhereIsRefusedAndAnOldOneIsAProblem) {
  Project project = Project::create(path_);
  data::Dataset set = twoPeople();
  (*set.samples[0].image.landmarks)[3].y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NE(messageOf([&] { project.addDataset(set, Role::Train); }).find("/pictures/0.jpg"),
            std::string::npos);
  EXPECT_EQ(project.sampleCount(), 0);
  (*set.samples[0].image.landmarks)[3].y = std::numeric_limits<float>::infinity();
  EXPECT_THROW(project.addDataset(set, Role::Train), Error);

  project.addDataset(twoPeople(), Role::Train);
  execute(
      "UPDATE samples SET landmarks = '[[null,1],[1,1],[1,1],[1,1],[1,1]]' WHERE id = 0; "
      "UPDATE samples SET crop = '[1,2' WHERE id = 1");
  const auto samples = project.samples();
  ASSERT_EQ(samples.size(), 6U);
  EXPECT_NE(samples[0].problem.find("/pictures/0.jpg"), std::string::npos);
  EXPECT_FALSE(samples[0].image.landmarks);
  EXPECT_FALSE(samples[1].problem.empty());
  EXPECT_TRUE(samples[2].problem.empty());
}

TEST_F(ProjectTest, NamesThatAreNoFileNamesAreRefusedWhereverTheyAreKept) {
  Project project = Project::create(path_);
  data::Dataset set = twoPeople();
  data::ScoreTable scores;
  SelectionRow selection;
  MapRow map;
  for (const std::string& name : {std::string(), std::string("a/b"), std::string("../x"),
                                  std::string(".hidden"), std::string("two\nlines"), std::string(101, 'n')}) {
    set.name = scores.name = selection.name = map.name = name;
    EXPECT_THROW(project.addDataset(set, Role::Train), Error) << name;
    EXPECT_THROW(project.putScores(scores), Error) << name;
    EXPECT_THROW(project.putSelection(selection), Error) << name;
    EXPECT_THROW(project.putMap(map), Error) << name;
    EXPECT_THROW(project.putFeatureTable({name, "demo", "{}", 4, 0, 0, ""}), Error) << name;
    EXPECT_THROW(project.featureFile(name), Error) << name;
    EXPECT_THROW(project.putModel({name, "ddnet", "ddnet-r18", "d.pt", 1, 2, 3, "{}"}), Error) << name;
  }
  EXPECT_EQ(project.sampleCount(), 0);
  EXPECT_NE(messageOf([] { requireFileName("name", "a/b"); }).find("name a/b"), std::string::npos);
  EXPECT_NO_THROW(requireFileName("name", "S-16 sc.v2 \xC3\xA4"));
}

TEST_F(ProjectTest, FeaturesOfItsOwnNetworksSurviveAMove) {
  {
    Project project = Project::create(path_);
    project.putFeatureTable({"own", (path_ / "checkpoints" / "s.pt").string(), "{}", 4, 0, 0, ""});
    project.putFeatureTable({"built-in", "demo", "{}", 4, 0, 0, ""});
    project.putFeatureTable({"other", "/models/r.onnx", "{}", 4, 0, 0, ""});
  }
  const fs::path moved = folder_ / "moved.discern";
  fs::rename(path_, moved);
  const Project project = Project::open(moved, Project::Mode::Read);
  EXPECT_EQ(project.featureTable("own")->model, (moved / "checkpoints" / "s.pt").string());
  EXPECT_EQ(project.featureTable("built-in")->model, "demo");
  EXPECT_EQ(project.featureTable("other")->model, "/models/r.onnx");
}

TEST_F(ProjectTest, SelectionsAndMapsComeBack) {
  Project project = Project::create(path_);
  project.addDataset(twoPeople(), Role::Train);
  const auto count = static_cast<std::size_t>(project.sampleCount());
  constexpr double inf = std::numeric_limits<double>::infinity(),
                   nan = std::numeric_limits<double>::quiet_NaN();
  SelectionRow row;
  row.name = "selection";
  row.features = "f";
  row.centers = 7;
  row.options = "{}";
  row.enters.assign(count, nan);
  row.others.assign(count, static_cast<float>(nan));
  row.enters[0] = 0.1 + 0.2;  // every bit of a breakpoint counts
  row.others[0] = 1.5F;
  row.enters[1] = inf;
  row.others[1] = 0;
  project.putSelection(row);
  project.putSelection(row);  // again: replaced, not doubled
  EXPECT_EQ(project.selections(), std::vector<std::string>{"selection"});
  const auto back = project.selection("selection");
  EXPECT_EQ(back.centers, 7);
  EXPECT_EQ(back.enters[0], 0.1 + 0.2);
  EXPECT_EQ(back.enters[1], inf);
  EXPECT_TRUE(std::isnan(back.enters[2]));
  EXPECT_EQ(back.others[0], 1.5F);
  EXPECT_NE(messageOf([&] { project.selection("none"); }).find("there is: selection"), std::string::npos);

  MapRow map;
  map.name = "tsne";
  map.features = "f";
  map.options = "{}";
  map.kl = 0.5;
  map.points = data::Matrix(2, 2, 1.0F);
  project.putMap(map);
  const auto points = project.map("tsne").points;
  EXPECT_EQ(points.rows, static_cast<std::int64_t>(count));  // images that came later are not on the map
  EXPECT_EQ(points.row(1)[1], 1.0F);
  EXPECT_TRUE(std::isnan(points.row(2)[0]));
  EXPECT_NE(messageOf([&] { project.map("none"); }).find("there is: tsne"), std::string::npos);
}

TEST_F(ProjectTest, DataVersionMovesWithAnotherConnectionsCommit) {
  Project writer = Project::create(path_);
  const Project reader = Project::open(path_, Project::Mode::Read);
  const auto before = reader.dataVersion();
  EXPECT_EQ(reader.dataVersion(), before);
  writer.addDataset(twoPeople(), Role::Train);
  EXPECT_NE(reader.dataVersion(), before);
}

TEST_F(ProjectTest, CopiesRunsModelsAndSettingsComeBack) {
  Project project = Project::create(path_);
  project.addDataset(twoPeople(), Role::Train);
  SampleRow copy = project.samples()[1];
  copy.parent = 1;
  copy.image.degradation = {data::DegradationKind::MotionBlur, 0.5F, 0xffffffffffffffffULL};
  EXPECT_EQ(project.addCopies({copy}), 6);
  const SampleRow read = project.samples()[6];
  EXPECT_EQ(read.parent, 1);
  EXPECT_EQ(read.image.degradation.kind, data::DegradationKind::MotionBlur);
  EXPECT_EQ(read.image.degradation.seed, 0xffffffffffffffffULL);
  EXPECT_EQ(project.addDataset(twoPeople(), Role::Train).added, 0);  // a copy is not its original

  const int run = project.startRun("score", R"({"seed":1})");
  project.addMetric(run, {"train/loss", 3, 0.5});
  EXPECT_THROW(project.finishRun(run, "done", std::string(100, '[') + std::string(100, ']')),
               Error);  // no reader takes it
  project.finishRun(run, "done", R"({"scored":6})");
  EXPECT_EQ(project.runs()[0].result, R"({"scored":6})");
  EXPECT_EQ(project.metrics(run)[0].step, 3);
  project.addMetric(run, {"train/loss", 4, std::numeric_limits<double>::quiet_NaN()});
  EXPECT_TRUE(std::isnan(project.metrics(run)[1].value));
  project.putModel({"d", "ddnet", "ddnet-r18", project.folder() / "checkpoints/d.pt", 1, 2, 3, "{}"});
  EXPECT_EQ(project.model("d")->file, project.folder() / "checkpoints/d.pt");
  EXPECT_FALSE(project.setting("threshold"));
  project.putSetting("threshold", "0.3");
  EXPECT_EQ(project.setting("threshold"), "0.3");
}

TEST_F(ProjectTest, WhatAKilledProcessMadeOfAProjectIsNotInTheWay) {
  for (const char* folder : {"features", "checkpoints"}) std::filesystem::create_directories(path_ / folder);
  std::ofstream(path_ / "project.lock") << 12;
  std::ofstream(path_ / "features" / "own.npy") << "somebody's own";
  EXPECT_NE(messageOf([&] { Project::create(path_); }).find("already exists"), std::string::npos);
  std::filesystem::remove(path_ / "features" / "own.npy");
  EXPECT_EQ(Project::create(path_).sampleCount(), 0);
}

TEST_F(ProjectTest, AFaceThatIsPlacedAnewLeavesNothingStaleInSilence) {
  Project project = Project::create(path_);
  project.addDataset(twoPeople(), Role::Train);
  SampleRow copy = project.samples()[3];
  copy.parent = 3;
  copy.image.degradation = {data::DegradationKind::Noise, 0.5F, 1};
  ASSERT_EQ(project.addCopies({copy}), 6);
  data::Matrix features(7, 2);
  for (std::size_t k = 0; k < features.values.size(); ++k) features.values[k] = static_cast<float>(k);
  data::saveNpy(project.featureFile("f"), features.view());
  project.putFeatureTable({"f", "m", "{}", 2, 0, 0, ""});
  data::ScoreTable scores;
  scores.name = "s";
  scores.method = "norm";
  scores.resize(7);
  scores.status.assign(7, data::ScoreStatus::Scored);
  project.putScores(scores);
  const auto stale = [&] {
    std::map<std::string, std::vector<int>> samples;
    for (const auto& part : staleParts(project)) samples[part.kind + " " + part.name] = part.samples;
    return samples;
  };

  FacePlace place{3, project.samples()[3].image, R"({"placed":"by hand"})"};
  place.image.landmarks = data::Landmarks{{{1, 1}, {5, 1}, {3, 3}, {1, 6}, {5, 6}}};
  project.placeFaces({place});
  const auto rows = project.samples();
  for (const std::size_t i : {3U, 6U}) {
    ASSERT_TRUE(rows[i].image.landmarks);
    EXPECT_EQ(rows[i].image.landmarks->at(3).y, 6);
  }
  EXPECT_FALSE(rows[4].image.landmarks);
  const auto view = project.features("f");
  for (std::int64_t r = 0; r < 7; ++r) EXPECT_EQ(std::isnan(view.view().row(r)[0]), r == 3 || r == 6) << r;
  using Samples = std::map<std::string, std::vector<int>>;
  EXPECT_EQ(stale(), (Samples{{"features f", {3, 6}}, {"scores s", {3, 6}}}));
  place.sample = 0;
  project.placeFaces({place});
  EXPECT_EQ(stale(), (Samples{{"features f", {0, 3, 6}}, {"scores s", {0, 3, 6}}}));
  EXPECT_EQ(staleParts(project).front().why, "3 faces were placed anew since (the first is sample 0)");
  // Made again, they are no longer.
  project.putFeatureTable({"f", "m", "{}", 2, 0, 0, ""});
  project.putScores(scores);
  EXPECT_TRUE(stale().empty());
}

TEST_F(ProjectTest, APhotographWithoutAFaceStaysOne) {
  data::Dataset set = twoPeople();
  set.samples[5].image.crop = data::Rect{0, 0, 0, 0};
  {
    Project project = Project::create(path_);
    project.addDataset(set, Role::Train);
    project.setProblem(5, "");  // as an extraction does that finds nothing wrong
  }
  const auto rows = Project::open(path_, Project::Mode::Read).samples();
  EXPECT_EQ(rows[5].image.crop, (data::Rect{0, 0, 0, 0}));
  EXPECT_NE(rows[5].problem.find("no face was found"), std::string::npos);
  EXPECT_EQ(rows[4].problem, "");
}

TEST_F(ProjectTest, ADetectorPlacesFacesThatAreThereAlready) {
  Project project = Project::create(path_);
  data::Dataset set = twoPeople();
  project.addDataset(set, Role::Train);
  const data::Landmarks found{{{1, 1}, {5, 1}, {3, 3}, {1, 6}, {5, 6}}};
  for (auto& sample : set.samples) sample.image.landmarks = found;
  EXPECT_EQ(project.addDataset(set, Role::Train).placed, 0);  // not asked for
  EXPECT_FALSE(project.samples()[4].image.landmarks);
  project.placeFaces({{4, twoPeople().samples[4].image, R"({"placed":"by hand"})"}});
  const auto again = project.addDataset(set, Role::Train, true);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.placed, 5);  // all but the one that a person placed
  EXPECT_TRUE(project.samples()[5].image.landmarks);
  EXPECT_FALSE(project.samples()[4].image.landmarks);
  EXPECT_EQ(project.addDataset(set, Role::Train, true).placed, 0);  // where they are already
}

TEST_F(ProjectTest, APhotographThatHoldsSeveralFacesBecomesTheFirstOfThem) {
  Project project = Project::create(path_);
  data::Dataset set = twoPeople(1);
  set.samples[0].image.landmarks.reset();
  set.samples[1].image.crop.reset();
  project.addDataset(set, Role::Train);
  auto second = set.samples[0];
  set.samples[0].image.crop = data::Rect{0, 0, 10, 10};
  second.image.crop = data::Rect{20, 0, 10, 10};
  set.samples.push_back(second);
  const auto again = project.addDataset(set, Role::Train, true);
  EXPECT_EQ(again.added, 1);
  EXPECT_EQ(again.placed, 1);
  EXPECT_EQ(project.samples()[0].image.crop, (data::Rect{0, 0, 10, 10}));
  EXPECT_EQ(project.samples()[2].image.crop, (data::Rect{20, 0, 10, 10}));
}

}  // namespace
}  // namespace discern::project
