// Projects as somebody else may send them: whatever stands in a row, it is one sentence that names the row.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/project/project.h"
#include "tests/core/base/full_disk.h"
#include "tests/core/base/special_files.h"

namespace discern::project {
namespace {
namespace fs = std::filesystem;

const std::string kRemedy = "restore project.sqlite from a copy or make it anew";

// A view of `table` whose rows never end.
std::string endless(const std::string& table, const std::string& columns) {
  return "ALTER TABLE " + table + " RENAME TO kept; CREATE VIEW " + table +
         " AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT " + columns + " FROM n";
}

class HostileProject : public ::testing::Test {
 protected:
  HostileProject() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    Project project = Project::create(made_);
    data::Dataset set;
    set.name = "faces";
    set.identities = {"ann", "bob", "cyd", "dan"};
    for (int i = 0; i < 8; ++i) {
      data::Sample sample;
      sample.image.file = "/pictures/" + std::to_string(i) + ".jpg";
      sample.image.crop = data::Rect{1, 2, 3, 4};
      sample.identity = i / 2;
      sample.nuisance = R"({"yaw":12})";
      set.samples.push_back(sample);
    }
    data::Protocol protocol;
    protocol.folds = 2;
    protocol.templates = {{"a", 0, {0, 1}}, {"b", 1, {2}}, {"c", -1, {4, 5}}};
    protocol.pairs = {{0, 1, false, 0}, {0, 2, true, 1}};
    set.protocols = {protocol};
    project.addDataset(set, Role::Test);
    SampleRow copy = project.samples()[1];
    copy.parent = 1;
    copy.image.degradation = {data::DegradationKind::MotionBlur, 0.5F, 1};
    project.addCopies({copy, copy});
    project.mergeIdentities(3, 2);
    const auto count = static_cast<std::size_t>(project.sampleCount());
    data::saveNpy(project.featureFile("f"), data::Matrix(static_cast<std::int64_t>(count), 4, 1.0F).view());
    project.putFeatureTable({"f", "demo", "{}", 4, 1, 2, ""});
    data::ScoreTable scores;
    scores.name = "s";
    scores.method = "dscore";
    scores.featureTable = "f";
    scores.resize(count);
    project.putScores(scores);
    project.putSelection(
        {"l", "f", 4, "{}", "", std::vector<double>(count, 0.5), std::vector<float>(count, 1.0F)});
    project.putMap({.name = "m", .features = "f", .options = "{}", .points = data::Matrix(8, 2, 1.0F)});
    project.putModel({"d", "ddnet", "ddnet-r18", made_ / "checkpoints/d.pt", 1, 2, 3, "{}"});
    const int run = project.startRun("score", R"({"seed":1})");
    project.addMetric(run, {"loss", 1, 0.5});
    project.finishRun(run, "done", R"({"scored":6})");
    project.putSetting("threshold", "0.3");
  }
  ~HostileProject() override { fs::remove_all(folder_); }

  void execute(const std::string& sql) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((path_ / "project.sqlite").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(db) << sql;
    sqlite3_close(db);
  }
  // A fresh copy to spoil.
  void restore() const {
    fs::remove_all(path_);
    fs::copy(made_, path_, fs::copy_options::recursive);
  }
  static void readAll(const Project& project) {
    project.sampleCount();
    project.identities();
    project.samples();
    project.sets();
    project.featureTables();
    project.features("f");
    project.scoreTables();
    project.scores("s");
    project.selections();
    project.selection("l");
    project.maps();
    project.map("m");
    project.protocols();
    project.protocol("faces");
    project.models();
    for (const auto& run : project.runs()) project.metrics(run.id);
    project.setting("threshold");
  }
  std::string messageOf(Project::Mode mode = Project::Mode::Read) const {
    const test::Alarm alarm;
    try {
      readAll(Project::open(path_, mode));
    } catch (const Error& e) {
      return e.what();
    }
    return "read";
  }
  // After `sql`, the sentence that says so holds all of `parts`.
  void expectRefusal(const std::string& sql, const std::vector<std::string>& parts) {
    restore();
    execute(sql);
    for (const auto mode : {Project::Mode::Read, Project::Mode::Write}) {
      const std::string message = messageOf(mode);
      for (const auto& part : parts)
        EXPECT_NE(message.find(part), std::string::npos)
            << sql << "\n  gave: " << message << "\n  without: " << part;
      EXPECT_NE(message.find((path_ / "project.sqlite").string()), std::string::npos) << message;
    }
  }

  const fs::path folder_ = fs::temp_directory_path() / ("discern_hostile_" + std::to_string(::getpid()));
  const fs::path made_ = folder_ / "made.discern", path_ = folder_ / "p.discern";
};

TEST_F(HostileProject, AsItWasMadeItIsRead) {
  restore();
  EXPECT_EQ(messageOf(), "read");
  execute("CREATE TABLE notes(text); CREATE INDEX mine ON notes(text); ANALYZE");  // somebody's own
  execute("DROP INDEX mine");
  EXPECT_EQ(messageOf(), "read");
  EXPECT_EQ(messageOf(Project::Mode::Write), "read");
}

TEST_F(HostileProject, AnIndexThatLeadsNowhereIsNamedWithItsRow) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> rows = {
      {"UPDATE samples SET identity = 9999 WHERE id = 3",
       {"table samples, id 3", "identity is 9999", "-1 to 3", kRemedy}},
      {"UPDATE samples SET identity = -2 WHERE id = 3", {"table samples, id 3", "identity is -2"}},
      {"UPDATE samples SET id = 2000000000 WHERE id = 9", {"table samples", "2000000000", "0 to 9"}},
      {"UPDATE samples SET id = 2000000000 WHERE id = 3", {"table samples", "not numbered from 0"}},
      {"UPDATE samples SET id = -1 WHERE id = 3", {"table samples", "not numbered from 0"}},
      {"UPDATE samples SET id = 9223372036854775807 WHERE id = 9", {"table samples", "not numbered from 0"}},
      {"DELETE FROM samples WHERE id = 3", {"table samples", "not numbered from 0"}},
      {"UPDATE samples SET id = id - 1", {"table samples", "not numbered from 0"}},
      {"UPDATE samples SET id = -1 WHERE id = 3; UPDATE samples SET id = 3 WHERE id = 8; UPDATE samples SET "
       "id = 8 "
       "WHERE id = 0",
       {"table samples", "not numbered from 0"}},
      {"UPDATE identities SET id = 2000000000 WHERE id = 3", {"table identities", "not numbered from 0"}},
      {"UPDATE identities SET merged_into = 9999 WHERE id = 1",
       {"table identities, id 1", "merged_into is 9999"}},
      {"UPDATE identities SET merged_into = 1 WHERE id = 1",
       {"table identities, id 1", "merged into another"}},
      {"UPDATE identities SET merged_into = 3 WHERE id = 2",
       {"table identities", "merged into another"}},  // a circle
      {"UPDATE identities SET merged_into = 3 WHERE id = 0",
       {"table identities, id 0", "merged into another"}},
      {"UPDATE samples SET parent = 9999 WHERE id = 8", {"table samples, id 8", "parent is 9999"}},
      {"UPDATE samples SET parent = 8 WHERE id = 9", {"table samples, id 9", "parent is 8", "copy"}},
      {"INSERT INTO moments VALUES(10, 0, 0)", {"table moments", "sample is 10"}},
      {"INSERT INTO moments VALUES(3, -0.5, 0)", {"table moments, sample 3", "negative"}},
      {"INSERT INTO moments VALUES(3, 0, 9e999)", {"table moments, sample 3", "seconds is"}},
      {"INSERT INTO moments VALUES(3, 'now', 0)", {"table moments, sample 3", "time is 'now'"}},
      {"UPDATE samples SET parent = 9 WHERE id = 9", {"table samples, id 9", "parent is 9"}},
      {"UPDATE samples SET parent = 6 WHERE id = 5; UPDATE samples SET parent = 5 WHERE id = 6",
       {"table samples, id 5", "parent is 6"}},
      {"UPDATE templates SET identity = 4 WHERE idx = 1",
       {"table templates of 'faces', idx 1", "identity is 4"}},
      {"UPDATE templates SET idx = 70 WHERE idx = 2",
       {"table templates of 'faces', idx 70", "2 was expected"}},
      {"UPDATE template_samples SET idx = 3 WHERE idx = 2", {"table template_samples of 'faces', idx 3"}},
      {"UPDATE template_samples SET idx = -1 WHERE idx = 2", {"table template_samples of 'faces', idx -1"}},
      {"UPDATE template_samples SET sample = 10 WHERE idx = 1", {"table template_samples", "sample is 10"}},
      {"UPDATE template_samples SET sample = -1 WHERE idx = 1", {"table template_samples", "sample is -1"}},
      {"UPDATE pairs SET a = 3 WHERE idx = 1", {"table pairs of 'faces', idx 1", "a is 3", "0 to 2"}},
      {"UPDATE pairs SET b = -1 WHERE idx = 1", {"table pairs of 'faces', idx 1", "b is -1"}},
      {"UPDATE pairs SET fold = 2 WHERE idx = 1", {"table pairs of 'faces', idx 1", "fold is 2"}},
      {"DELETE FROM templates", {"table template_samples of 'faces', idx 0", "no row was expected"}},
      {"UPDATE scores SET sample = 2000000000 WHERE sample = 9", {"table scores of 's', sample 2000000000"}},
      {"UPDATE scores SET sample = -1 WHERE sample = 9", {"table scores of 's', sample -1"}},
      {"UPDATE scores SET sample = 4294967296 WHERE sample = 0", {"table scores of 's', sample 4294967296"}},
      {"UPDATE scores SET hardest_identity = 4 WHERE sample = 2", {"table scores of 's', sample 2", "is 4"}},
      {"UPDATE selection_samples SET sample = 10 WHERE sample = 9",
       {"table selection_samples of 'l', sample 10"}},
      {"UPDATE selection_samples SET sample = -1 WHERE sample = 9",
       {"table selection_samples of 'l', sample -1"}}};
  for (const auto& [sql, parts] : rows) expectRefusal(sql, parts);
}

TEST_F(HostileProject, AValueThatIsNoneOfItsKindIsNamedWithItsRow) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> rows = {
      {"UPDATE identities SET role = 3 WHERE id = 1", {"table identities, id 1", "role is 3", "0 to 2"}},
      {"UPDATE identities SET role = 'boss' WHERE id = 1", {"table identities, id 1", "role is 'boss'"}},
      {"UPDATE identities SET excluded = 'no' WHERE id = 1", {"table identities, id 1", "excluded is 'no'"}},
      {"UPDATE identities SET name = x'00ff' WHERE id = 1",
       {"table identities, id 1", "name is 2 bytes of no type"}},
      {"UPDATE samples SET degradation = 8 WHERE id = 8",
       {"table samples, id 8", "degradation is 8", "0 to 7"}},
      {"UPDATE samples SET degradation = -1 WHERE id = 8", {"table samples, id 8", "degradation is -1"}},
      {"UPDATE samples SET strength = 1e30 WHERE id = 8", {"table samples, id 8", "strength"}},
      {"UPDATE samples SET strength = 'x' WHERE id = 8", {"table samples, id 8", "strength is 'x'"}},
      {"UPDATE samples SET seed = 'x' WHERE id = 8", {"table samples, id 8", "seed is 'x'"}},
      {"UPDATE samples SET identity = 'bob' WHERE id = 8", {"table samples, id 8", "identity is 'bob'"}},
      {"UPDATE samples SET identity = 1.5 WHERE id = 8", {"table samples, id 8", "identity is 1.5"}},
      {"UPDATE samples SET offset = -1 WHERE id = 8", {"table samples, id 8", "offset is -1", "at least 0"}},
      {"UPDATE samples SET length = -2 WHERE id = 8", {"table samples, id 8", "length is -2"}},
      {"UPDATE samples SET file = CAST(x'2f0041' AS TEXT) WHERE id = 8",
       {"table samples, id 8", "zero byte"}},
      {"UPDATE samples SET file = zeroblob(9) WHERE id = 8", {"table samples, id 8", "9 bytes of no type"}},
      {"UPDATE scores SET status = 8 WHERE sample = 2",
       {"table scores of 's', sample 2", "status is 8", "0 to 7"}},
      {"UPDATE scores SET score = 'high' WHERE sample = 2",
       {"table scores of 's', sample 2", "score is 'high'"}},
      {"UPDATE scores SET score = 9e999 WHERE sample = 2", {"table scores of 's', sample 2", "score is Inf"}},
      {"UPDATE scores SET ratio = 1e300 WHERE sample = 2",
       {"table scores of 's', sample 2", "ratio is 1.0e+300"}},
      {"UPDATE scores SET own = x'0102' WHERE sample = 2",
       {"table scores of 's', sample 2", "own is 2 bytes"}},
      {"UPDATE scores SET hardest_identity = NULL", {"table scores of 's'", "hardest_identity is NULL"}},
      {"UPDATE score_tables SET sigma = 'x'", {"table score_tables, name 's'", "sigma is 'x'"}},
      {"UPDATE score_tables SET name = '../../s'", {"table score_tables, name '../../s'", "name of a file"}},
      {"UPDATE feature_tables SET dims = -4", {"table feature_tables, name 'f'", "dims is -4"}},
      {"UPDATE feature_tables SET dims = 4000000000",
       {"table feature_tables, name 'f'", "dims is 4000000000"}},
      {"UPDATE feature_tables SET macs = -1", {"table feature_tables, name 'f'", "macs is -1"}},
      {"UPDATE feature_tables SET model = NULL", {"table feature_tables, name 'f'", "model is NULL"}},
      {"UPDATE feature_tables SET name = NULL", {"table feature_tables, name NULL"}},
      {"UPDATE feature_tables SET name = '../../etc/x'",
       {"table feature_tables", "'../../etc/x'", "name of a file"}},
      {"UPDATE selections SET name = '.hidden'", {"table selections", "name of a file"}},
      {"UPDATE selections SET centers = -1", {"table selections, name 'l'", "centers is -1"}},
      {"UPDATE selection_samples SET enters = 'x' WHERE sample = 1",
       {"table selection_samples of 'l', sample 1"}},
      {"UPDATE maps SET name = '../features/f'", {"table maps", "name of a file"}},
      {"UPDATE maps SET kl = 'x'", {"table maps, name 'm'", "kl is 'x'"}},
      {"UPDATE protocols SET folds = 2000000000", {"table protocols, name 'faces'", "folds is 2000000000"}},
      {"UPDATE protocols SET folds = -7", {"table protocols, name 'faces'", "folds is -7"}},
      {"UPDATE pairs SET genuine = 'yes'", {"table pairs of 'faces', idx 0", "genuine is 'yes'"}},
      {"UPDATE models SET file = NULL", {"table models, name 'd'", "file is NULL"}},
      {"UPDATE models SET parameters = 'many'", {"table models, name 'd'", "parameters is 'many'"}},
      {"UPDATE runs SET status = 'dancing'", {"table runs, id 1", "status"}},
      {"UPDATE runs SET id = 9223372036854775807", {"table runs, id 9223372036854775807"}},
      {"UPDATE runs SET result = NULL", {"table runs, id 1", "result is NULL"}},
      {"UPDATE metrics SET step = 'x'", {"table metrics of run 1, name 'loss'", "step is 'x'"}},
      {"UPDATE metrics SET value = 'x'", {"table metrics of run 1, name 'loss'", "value is 'x'"}},
      {"UPDATE settings SET value = zeroblob(5)", {"table settings, key 'threshold'", "5 bytes of no type"}}};
  for (const auto& [sql, parts] : rows) expectRefusal(sql, parts);
}

TEST_F(HostileProject, JsonIsLimitedInDepth) {
  const std::string deep = "'" + std::string(100'000, '[') + std::string(100'000, ']') + "'";
  for (const auto& [table, column, row] :
       std::vector<std::array<std::string, 3>>{{"runs", "result", "id 1"},
                                               {"runs", "options", "id 1"},
                                               {"models", "options", "name 'd'"},
                                               {"maps", "options", "name 'm'"},
                                               {"selections", "options", "name 'l'"},
                                               {"feature_tables", "recipe", "name 'f'"},
                                               {"samples", "nuisance", "id 0"}})
    expectRefusal("UPDATE " + table + " SET " + column + " = " + deep,
                  {"table " + table + ", " + row, column, "nested 100000 deep"});
}

TEST_F(HostileProject, APlaceThatIsNoneIsAProblemOfThatFaceAlone) {
  restore();
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  execute(
      "UPDATE samples SET crop = '[1e300,0,1,1]' WHERE id = 0;"
      "UPDATE samples SET crop = '[2147483647,2147483647,2147483647,2147483647]' WHERE id = 1;"
      "UPDATE samples SET crop = '[0,0,-5,5]' WHERE id = 2;"
      "UPDATE samples SET crop = '" +
      deep +
      "' WHERE id = 3;"
      "UPDATE samples SET landmarks = '[[1,2]]' WHERE id = 4;"
      "UPDATE samples SET landmarks = x'00' WHERE id = 5");
  const auto samples = Project::open(path_, Project::Mode::Read).samples();
  for (std::size_t i = 0; i < samples.size(); ++i)
    EXPECT_EQ(samples[i].problem.find("no usable place of the face") != std::string::npos, i < 6) << i;
}

TEST_F(HostileProject, AViewATriggerOrAnotherTableInPlaceOfOursIsRefusedAtOpening) {
  expectRefusal(
      endless("samples",
              "i id, 0 identity, 'f' file, 0 offset, 0 length, NULL landmarks, NULL crop, 0 degradation, "
              "0.0 strength, 0 seed, -1 parent, '' media, '' nuisance, '' problem"),
      {"table samples is missing or not as Discern makes it"});
  expectRefusal(endless("settings", "i key, i value"), {"table settings is missing"});
  expectRefusal("CREATE VIEW mine AS SELECT 1", {"the view mine, which Discern did not make"});
  expectRefusal("CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM samples; END", {"the trigger t"});
  expectRefusal("CREATE INDEX i ON runs(job || job)", {"the index i"});
  expectRefusal("DROP TABLE settings", {"table settings is missing"});
  expectRefusal("DROP INDEX samples_file", {"index samples_file is missing"});
  expectRefusal("ALTER TABLE scores DROP COLUMN ratio", {"table scores is missing or not"});
  expectRefusal("ALTER TABLE runs ADD COLUMN more AS (id + 1)", {"table runs is missing or not"});
  expectRefusal("PRAGMA user_version = -1", {});
  expectRefusal("PRAGMA user_version = 0", {});
  expectRefusal("PRAGMA user_version = 1",
                {});  // what version 2 brings is there already, and must not be trusted
}

TEST_F(HostileProject, ADamagedDatabaseIsNamedWithWhatToDo) {
  restore();
  const fs::path database = path_ / "project.sqlite";
  const std::string whole = readFile(database);
  const auto expectNamed = [&](const std::string& bytes) {
    for (const char* name : {"project.sqlite-wal", "project.sqlite-shm"}) fs::remove(path_ / name);
    writeFileAtomically(database, bytes);
    const std::string message = messageOf();
    EXPECT_NE(message.find(database.string()), std::string::npos) << message;
    EXPECT_NE(message.find("copy"), std::string::npos) << message;
  };
  expectNamed(whole.substr(0, whole.size() / 2));
  expectNamed(std::string(5000, 'x'));
  std::string spoiled = whole;  // every page but the first, which holds the schema
  for (std::size_t i = 4096; i < spoiled.size(); i += 7) spoiled[i] = static_cast<char>(spoiled[i] ^ 0x5a);
  expectNamed(spoiled);
}

TEST_F(HostileProject, AnIndexThatDoesNotFindItsRowIsNamed) {
  restore();
  execute(
      "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master "
      "WHERE "
      "name = 'sqlite_autoindex_maps_1') WHERE name = 'sqlite_autoindex_selections_1'");
  const Project project = Project::open(path_, Project::Mode::Read);
  ASSERT_EQ(project.selections().size(), 1U);
  try {
    project.selection("l");
    FAIL() << "an Error was expected";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("table selections: its index does not find 'l'"),
              std::string::npos)
        << error.what();
  }
}

TEST_F(HostileProject, FeaturesAndMapsAreAsLargeAsTheProjectSays) {
  const auto expect = [&](const fs::path& file, std::int64_t rows, std::int64_t cols, bool good) {
    restore();
    data::saveNpy(path_ / file, data::Matrix(rows, cols).view());
    const std::string message = messageOf();
    EXPECT_EQ(message == "read", good) << message;
    EXPECT_EQ(message.find((path_ / file).string()) != std::string::npos, !good) << message;
  };
  expect("features/f.npy", 10, 4, true);
  expect("features/f.npy", 3, 4, true);  // the rest is not extracted yet
  expect("features/f.npy", 11, 4, false);
  expect("features/f.npy", 10, 5, false);
  expect("features/f.npy", 0, 0, false);
  expect("maps/m.npy", 10, 2, true);
  expect("maps/m.npy", 11, 2, false);
  expect("maps/m.npy", 10, 3, false);
}

TEST_F(HostileProject, OnlyPlainFilesAreOpenedAndNoLinkIsWrittenThrough) {
  for (const char* name : {"project.sqlite", "project.sqlite-wal", "project.sqlite-shm",
                           "project.sqlite-journal", "features/f.npy", "maps/m.npy"}) {
    restore();
    test::makePipe(path_ / name);
    const std::string message = messageOf();
    EXPECT_NE(message.find((path_ / name).string()), std::string::npos) << message;
    EXPECT_NE(message.find("plain file"), std::string::npos) << message;
  }
  const fs::path other = folder_ / "somebody's";
  for (const char* name : {"project.sqlite-wal", "project.sqlite-journal", "project.lock"}) {
    restore();
    writeFileAtomically(other, "precious");
    fs::remove(path_ / name);
    fs::create_symlink(other, path_ / name);
    EXPECT_NE(messageOf(Project::Mode::Write).find(name), std::string::npos);
    EXPECT_EQ(readFile(other), "precious") << name;
  }
  // SQLite would remove the file that such a journal names.
  restore();
  const std::string target = other.string();
  std::string journal(512, '\0');
  journal.replace(0, 8, std::string("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8));
  journal += std::string("\0\0\0\2", 4) + target;
  std::uint32_t sum = 0;
  for (const char c : target) sum += static_cast<std::uint32_t>(static_cast<int>(c));
  for (const auto number : {static_cast<std::uint32_t>(target.size()), sum})
    for (int shift = 24; shift >= 0; shift -= 8) journal += static_cast<char>(number >> shift);
  journal += std::string("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
  writeFileAtomically(path_ / "project.sqlite-journal", journal);
  EXPECT_NE(messageOf().find("project.sqlite-journal: names a file outside"), std::string::npos);
  EXPECT_EQ(readFile(other), "precious");
}

// --- a disk that is full while a project is made

// What there is in `folder`, sorted.
std::vector<std::string> contentsOf(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

TEST_F(HostileProject, AProjectThatCouldNotBeMadeLeavesNothingInTheWay) {
  const fs::path fresh = folder_ / "fresh.discern", given = folder_ / "given.discern";
  fs::create_directories(given);
  int failures = 0;
  for (const rlim_t bytes : {0, 1000, 4096, 10'000, 30'000, 60'000, 100'000}) {
    for (const fs::path& path : {fresh, given}) {
      std::string message;
      {
        const test::FullDisk full(bytes);
        try {
          Project::create(path);
        } catch (const Error& e) {
          message = e.what();
        }
      }
      if (message.empty()) {  // large enough after all
        fs::remove_all(path);
        if (path == given) fs::create_directories(given);
        continue;
      }
      ++failures;
      EXPECT_NE(message.find(path.string()), std::string::npos) << message;
      EXPECT_EQ(fs::exists(fresh), false) << bytes;
      EXPECT_EQ(contentsOf(given), std::vector<std::string>{}) << bytes;
    }
  }
  EXPECT_GE(failures, 4);
  EXPECT_NO_THROW(Project::create(fresh));
  EXPECT_NO_THROW(Project::create(given));
}

TEST_F(HostileProject, ASecondTryOnADiskThatWasFullSucceeds) {
  const fs::path disk = folder_ / "disk";
  fs::create_directories(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=400k") != 0)
    GTEST_SKIP() << "needs the right to mount a small file system (root)";
  const fs::path path = disk / "p.discern", ballast = disk / "ballast";
  std::string first;
  {
    std::ofstream out(ballast);
    while (out << std::string(4096, 'x') << std::flush) {
    }
  }
  fs::resize_file(ballast, fs::file_size(ballast) - 20'000);
  try {
    Project::create(path);
  } catch (const Error& e) {
    first = e.what();
  }
  const bool left = fs::exists(path);
  fs::remove(ballast);
  std::string second;
  try {
    Project::create(path).putSetting("threshold", "0.5");
  } catch (const Error& e) {
    second = e.what();
  }
  EXPECT_EQ(::umount2(disk.c_str(), MNT_DETACH), 0);
  EXPECT_NE(first.find("disk"), std::string::npos) << first;
  EXPECT_FALSE(left);
  EXPECT_EQ(second, "");
}

// Whoever was ended while the project was made has left a database without tables.
TEST_F(HostileProject, AnEmptyDatabaseIsFinishedByTheNextWriter) {
  restore();
  fs::remove(path_ / "project.sqlite");
  for (const char* name : {"project.sqlite-wal", "project.sqlite-shm"}) fs::remove(path_ / name);
  std::ofstream(path_ / "project.sqlite").flush();
  EXPECT_NO_THROW(Project::open(path_, Project::Mode::Write).putSetting("threshold", "0.5"));
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((path_ / "project.sqlite").c_str(), &db), SQLITE_OK);
  std::string mode;
  sqlite3_exec(
      db, "PRAGMA journal_mode",
      [](void* to, int, char** values, char**) {
        *static_cast<std::string*>(to) = values[0];
        return 0;
      },
      &mode, nullptr);
  sqlite3_close(db);
  EXPECT_EQ(mode, "wal");
}

}  // namespace
}  // namespace discern::project
