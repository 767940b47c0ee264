// The real program on projects and files that somebody spoiled: one sentence and exit code 1, never a signal
// or a hang.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "core/project/project.h"
#include "tests/app/command_runner.h"
#include "tests/core/base/special_files.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using test::run;

class CliHostile : public ::testing::Test {
 protected:
  // Ten people of six images around a direction of their own each.
  static void plant() {
    auto project = project::Project::create(made_);
    data::Dataset set;
    set.name = "faces";
    data::Protocol protocol;
    constexpr int kPeople = 10, kImages = 6;
    for (int who = 0; who < kPeople; ++who) {
      set.identities.push_back("person " + std::to_string(who));
      for (int i = 0; i < kImages; ++i) {
        set.samples.emplace_back();
        set.samples.back().image.file = "/pictures/" + std::to_string(who) + "-" + std::to_string(i) + ".jpg";
        set.samples.back().identity = who;
      }
      for (int half = 0; half < 2; ++half) {
        const int first = kImages * who + 3 * half;
        protocol.templates.push_back({"t" + std::to_string(first), who, {first, first + 1, first + 2}});
      }
      protocol.pairs.push_back({2 * who, 2 * who + 1, true, -1});
      if (who > 0) protocol.pairs.push_back({2 * who, 0, false, -1});
    }
    set.protocols = {protocol};
    project.addDataset(set, project::Role::Test);
    project.setRole({6, 7, 8, 9}, project::Role::Train);
    data::Matrix features(kPeople * kImages, kPeople, 0.05F);
    for (int i = 0; i < kPeople * kImages; ++i)
      features.row(i)[static_cast<std::size_t>(i / kImages)] = 1 + 0.01F * i;
    data::saveNpy(project.featureFile("f"), features.view());
    project.putFeatureTable({"f", "demo", R"({"name": "insightface"})", kPeople, 1e6, 2, ""});
  }
  // With everything that an analysis leaves.
  static void SetUpTestSuite() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    plant();
    for (const auto& command : commands())
      if (command[0] != "info" && command[0] != "export") {
        const auto ran = run(filled(command, made_));
        ASSERT_EQ(ran.exit, 0) << command[0] << ran.err;
      }
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }

  static std::vector<std::vector<std::string>> commands() {
    return {{"info", "P"},
            {"score", "P"},
            {"export", "P", "--numbers-only", "--out", (folder_ / "out").string()},
            {"evaluate", "P"},
            {"select", "P"},
            {"tsne", "P"},
            {"protocol", "P", "--name", "again", "--size", "2"}};
  }
  static std::vector<std::string> filled(std::vector<std::string> command, const fs::path& project) {
    for (auto& word : command)
      if (word == "P") word = project.string();
    return command;
  }
  void restore() const {
    fs::remove_all(path_);
    fs::copy(made_, path_, fs::copy_options::recursive);
  }
  void execute(const std::string& sql) const {
    restore();
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((path_ / "project.sqlite").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }
  // `info` and `export` read everything, so they say `part`; the others end, well or with a sentence.
  void expectSentences(const std::string& part) const {
    for (const auto& command : commands()) {
      const auto ran = run(filled(command, path_));
      EXPECT_LE(ran.exit, 1) << command[0] << " " << ran.err;  // 1011: signal 11
      EXPECT_EQ(ran.err.find("exception"), std::string::npos) << command[0] << " " << ran.err;
      if (command[0] != "info" && command[0] != "export") continue;
      EXPECT_EQ(ran.exit, 1) << command[0];
      EXPECT_NE(ran.err.find(part), std::string::npos) << command[0] << ": " << ran.err;
    }
  }
  void expectSentence(const std::vector<std::string>& command, const std::string& part) const {
    const auto ran = run(filled(command, path_));
    EXPECT_EQ(ran.exit, 1) << command[0];
    EXPECT_NE(ran.err.find(part), std::string::npos) << command[0] << ": " << ran.err;
  }

  static inline const fs::path folder_ =
      fs::temp_directory_path() / ("discern_cli_hostile_" + std::to_string(::getpid()));
  static inline const fs::path made_ = folder_ / "made.discern", path_ = folder_ / "p.discern";
  const test::Alarm alarm_{800};
};

TEST_F(CliHostile, RowsThatLeadNowhere) {
  execute("UPDATE samples SET identity = 9999 WHERE id = 3");
  expectSentences("table samples, id 3: identity is 9999");
  for (const auto& [sql, command, part] : std::vector<std::array<std::string, 3>>{
           {"UPDATE samples SET id = 2000000000 WHERE id = 59", "info", "table samples, id 2000000000"},
           {"UPDATE identities SET merged_into = 9999 WHERE id = 1", "info", "table identities, id 1"},
           {"UPDATE samples SET parent = 9999 WHERE id = 5", "info", "table samples, id 5"},
           {"UPDATE scores SET sample = 2000000000 WHERE sample = 3", "info", "table scores of 'dscore'"},
           {"UPDATE selection_samples SET sample = -1 WHERE sample = 40", "info", "table selection_samples"},
           {"UPDATE template_samples SET idx = 1000000 WHERE idx = 1", "evaluate", "table template_samples"},
           {"UPDATE template_samples SET sample = 9999 WHERE idx = 1", "evaluate", "table template_samples"},
           {"UPDATE pairs SET a = 9999", "evaluate", "table pairs"}}) {
    execute(sql);
    expectSentence({command, "P"}, part);
  }
}

TEST_F(CliHostile, AViewWithoutEndAndJsonWithoutGround) {
  execute(
      "ALTER TABLE runs RENAME TO kept; CREATE VIEW runs AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
      "SELECT i + 1 FROM n) SELECT i id, 'j' job, '{}' options, '' started, '' finished, 'done' status, '{}' "
      "result, 1 pid FROM n");
  expectSentence({"info", "P"}, "table runs is missing or not as Discern makes it");
  execute("UPDATE runs SET result = '" + std::string(50'000, '[') + std::string(50'000, ']') + "'");
  for (const auto& command : {commands()[0], commands()[2]}) expectSentence(command, "nested 50000 deep");
}

// JSON that is valid and shallow, but says something else than a job writes.
TEST_F(CliHostile, ResultsOfAnotherKindAreLeftOut) {
  const auto expectDone = [&](std::size_t command) {
    const auto ran = run(filled(commands()[command], path_));
    EXPECT_EQ(ran.exit, 0) << commands()[command][0] << " " << ran.err;
  };
  constexpr std::size_t kInfo = 0, kExport = 2, kEvaluate = 3;
  for (const std::string result :
       {"{}", "junk", R"({"aggregations":[{},5,{"auc":1}],"curves":[{"points":[{}]},3],"protocol":7})",
        R"({"aggregations":7,"curves":[{"name":3,"points":[{"threshold":"x"}]}]})"}) {
    execute("UPDATE runs SET result = '" + result + "', options = '" + result + "'");
    for (const auto command : {kInfo, kExport}) expectDone(command);
  }
  execute(
      R"(INSERT OR REPLACE INTO settings VALUES('probably_same', '[{},3,{"a":1}]'), ('score_table', 'gone'),
             ('threshold', 'nan'), ('recipe_steps', '{"a":1}'), ('score_cost/dscore', '{"macs":"x"}'))");
  for (const auto command : {kInfo, kEvaluate}) expectDone(command);
}

TEST_F(CliHostile, ANamedPipeInPlaceOfAFile) {
  const fs::path pipe = folder_ / "pipe.toml";
  test::makePipe(pipe);
  for (const std::vector<std::string>& command : {std::vector<std::string>{"run", pipe.string(), "P"},
                                                  {"extract", "P", "--recipe", pipe.string()},
                                                  {"extract", "P", "--model", pipe.string(), "--name", "x"},
                                                  {"predict", "P", "--model", pipe.string()},
                                                  {"import", "P", pipe.string()},
                                                  {"import", "P", pipe.string(), "--format", "templates"}}) {
    restore();
    const auto ran = run(filled(command, path_));
    EXPECT_EQ(ran.exit, 1) << command[0];
    EXPECT_NE(ran.err.find("pipe.toml"), std::string::npos) << command[0] << ran.err;
  }
  const std::pair<std::string, std::vector<std::string>> readers[] = {
      {"project.sqlite", {"info", "score", "evaluate"}},
      {"features/f.npy", {"score", "evaluate", "select", "tsne"}}};
  for (const auto& [file, names] : readers) {
    restore();
    test::makePipe(path_ / file);
    for (const auto& name : names) expectSentence({name, "P"}, file + ": is a named pipe");
  }
  restore();
  test::makePipe(path_ / "maps/tsne.npy");
  EXPECT_NE(run({"info", path_.string()}).out.find("maps/tsne.npy: is a named pipe"), std::string::npos);
}

}  // namespace
}  // namespace discern
