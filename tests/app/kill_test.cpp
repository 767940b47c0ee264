// Every kind of job, ended by SIGKILL at random moments and called again: the project and the result are
// those of a job that nobody disturbed, bit for bit. Minutes long, so it runs nightly (label long).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/base/files.h"
#include "core/base/rng.h"
#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using Words = std::vector<std::string>;

constexpr int kTrials = 4;  // of every job
constexpr int kMostKillsATrial = 3;

fs::path scratch() {
  static const fs::path folder = [] {
    const fs::path path = fs::temp_directory_path() / ("discern_kill_test_" + std::to_string(::getpid()));
    fs::create_directories(path);
    return path;
  }();
  return folder;
}

// All trials stand in one folder: paths are stored and exported.
std::string project() { return scratch() / "trial.discern"; }

// Measured, not computed: how long something took. With the moment it, or an image's file, was stored, all
// that may differ.
bool isMeasured(const std::string& name) {
  static const std::set<std::string> names = {
      "ms",         "seconds",      "images_per_second", "train_images_per_second",
      "teacher_ms", "milliseconds", "created",           "revision",
      "modified",   "time_share"};
  return names.contains(name) || name.ends_with("_seconds");
}

json withoutTimes(const json& value) {
  if (value.is_array()) {
    json list = json::array();
    for (const auto& item : value) list.push_back(withoutTimes(item));
    return list;
  }
  if (!value.is_object()) return value;
  json object = json::object();
  for (const auto& [key, item] : value.items())
    if (!isMeasured(key)) object[key] = withoutTimes(item);
  return object;
}

// A call that comes after the last thing was stored, and before it was told, finds all there and says so:
// what is told as new by `expected` is what `found` tells as there already.
json asToldFirst(json found, const json& expected) {
  for (const auto& [added, there] : {std::pair{"added", "duplicates"}, std::pair{"images", "skipped"}})
    if (found.contains(there) && found[added] == 0 && expected[added] != 0)
      std::swap(found[added], found[there]);
  if (found.contains("copies") && found["copies"] == 0) found["copies"] = expected["copies"];
  // How many of a tree's images an earlier call had placed; that all are there is held by what is in it.
  const auto there = json::json_pointer("/kept/tree/there");
  if (found.contains(there)) found[there] = expected.at(there);
  return found;
}

Words query(const std::string& sql) {
  sqlite3* db = nullptr;
  sqlite3_stmt* statement = nullptr;
  Words rows;
  EXPECT_EQ(sqlite3_open_v2((project() + "/project.sqlite").c_str(), &db, SQLITE_OPEN_READWRITE, nullptr),
            SQLITE_OK);
  EXPECT_EQ(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sql;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    std::string row;
    for (int c = 0; c < sqlite3_column_count(statement); ++c) {
      if (isMeasured(sqlite3_column_name(statement, c))) continue;
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, c));
      const json inside = text && *text == '{' ? json::parse(text, nullptr, false) : json();
      row += (inside.is_object() ? withoutTimes(inside).dump() : text ? text : "NULL") + std::string("|");
    }
    rows.push_back(row);
  }
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return rows;
}

// What there is in the project: its files by what is in them, the rows of its tables.
std::map<std::string, std::string> contents() {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(project())) {
    const std::string name = fs::relative(entry.path(), project());
    if (!entry.is_regular_file() || name.starts_with("project.")) continue;
    // The report lists the runs with their times.
    all[name] = name == "exports/report.json" ? "" : std::to_string(hashOfFile(entry.path()));
  }
  for (const auto& table : query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
    const std::string name = table.substr(0, table.size() - 1);
    if (name == "runs" || name == "metrics") continue;
    std::string rows;
    // What was decided when a run began is kept with the run.
    const std::string where = name == "decided" ? " WHERE kind <> 'run'" : "";
    const std::string columns = name == "decisions" ? "id, what, state" : "*";  // at what time is no matter
    for (const auto& row : query("SELECT " + columns + " FROM " + name + where)) rows += row + "\n";
    all["table " + name] = rows;
  }
  // The curves of a job that was ended and of those that went on with it, as one.
  std::string curves;
  for (const auto& row :
       query("SELECT name, step, value FROM metrics m WHERE run = (SELECT max(run) FROM metrics "
             "WHERE name = m.name AND step = m.step) ORDER BY name, step"))
    curves += row + "\n";
  all["curves"] = curves;
  return all;
}

struct Job {
  Words arguments;
  std::string before;  // the project it begins with, in scratch(); empty: none
  // A call after one that was done finds nothing to do and says so as a mistake.
  bool once = false;
};

void PrintTo(const Job& job, std::ostream* out) { *out << job.arguments.front(); }

Words callOf(const Job& job) {
  Words words = {job.arguments.front(), project(), "--json"};
  words.insert(words.end(), job.arguments.begin() + 1, job.arguments.end());
  return words;
}

void begin(const Job& job) {
  fs::remove_all(project());
  if (!job.before.empty()) fs::copy(scratch() / job.before, project(), fs::copy_options::recursive);
}

void keepAs(const std::string& name) {
  fs::remove_all(scratch() / name);
  fs::copy(project(), scratch() / name, fs::copy_options::recursive);
}

using Kinds = std::vector<std::pair<std::string, Job>>;

// Under the name of its test: one or more of every command that writes.
Kinds kinds() {
  const auto in = [](const std::string& name) { return (scratch() / name).string(); };
  const std::string out = project() + "/exports/";
  return {
      {"Import", {{"import", "synthetic-faces", "--count", "8", "--images", "6", "--seed", "2"}, ""}},
      {"ImportFolder", {{"import", in("imported/images/train"), "--name", "again"}, "imported"}},
      {"ImportFeatures",
       {{"import-features", in("extracted/features/demo.npy"), "--name", "own"}, "extracted"}},
      {"ImportScores",
       {{"import-scores", in("numbers/scores.csv"), "--name", "own", "--column", "dscore.raw"}, "scored"}},
      {"Extract", {{"extract", "--batch", "8"}, "imported"}},
      {"ExtractWhatWasAdded", {{"extract", "--batch", "8", "--model", "demo"}, "extracted"}},
      {"Score", {{"score"}, "extracted"}},
      {"Sharpness", {{"score", "--method", "sharpness"}, "extracted"}},
      {"Select", {{"select"}, "extracted"}},
      {"Map", {{"tsne", "--perplexity", "5"}, "extracted"}},
      {"Protocol", {{"protocol", "--name", "p", "--size", "2", "--degraded", "0.5"}, "scored"}},
      {"Role", {{"role", "--set", "pool", "--role", "test"}, "scored"}},
      {"Exclude", {{"exclude", "--identity", "50001"}, "scored"}},
      {"Merge", {{"merge", "--from", "50001", "--into", "50002"}, "scored", true}},
      {"Mark", {{"mark", "--samples", "0,2-4", "--verdict", "wrong", "--tag", "x"}, "scored", true}},
      {"Align", {{"align", "0", "--landmarks", "38,51,73,51,56,71,41,92,70,92"}, "scored"}},
      {"Rename", {{"rename", "--kind", "scores", "--name", "dscore", "--to", "other"}, "scored", true}},
      {"Remove", {{"remove", "--kind", "set", "--name", "pool"}, "scored", true}},
      {"Repoint", {{"repoint", "--set", "test", "--to", in("imported/images/test")}, "extracted"}},
      {"Refresh", {{"refresh"}, "extracted"}},
      {"Point", {{"point", "--threshold", "0.3", "--far", "0.1", "--out", out + "point.json"}, "trained"}},
      {"TrainBase",
       {{"train-base", "--width", "0.25", "--dims", "32", "--size", "32", "--epochs", "4", "--batch", "16"},
        "scored"}},
      {"TrainDdnet",
       {{"train-ddnet", "--size", "32", "--epochs", "4", "--batch", "16", "--hint-weight", "0.1"}, "scored"}},
      {"TrainHead", {{"train-head"}, "scored"}},
      {"TrainAggregator", {{"train-aggregator", "--architecture", "rnn", "--epochs", "5"}, "scored"}},
      {"Distil",
       {{"distil", "--mode", "sc", "--init-epochs", "10", "--epochs", "10", "--batch", "16"}, "scored"}},
      {"Predict", {{"predict"}, "trained"}},
      {"Explain", {{"explain", "--image", "0,2-4"}, "trained"}},
      {"Evaluate", {{"evaluate", "--protocol", "pairs"}, "trained"}},
      {"Aggregate", {{"aggregate", "--protocol", "pairs", "--model", "demo"}, "trained"}},
      {"Sweep", {{"sweep", "--protocol", "pairs", "--far", "1e-1"}, "trained"}},
      {"Compare",
       {{"compare", "--protocol", "pairs", "--lengths-b", "raw", "--out", out + "flips.csv"}, "trained"}},
      {"Templates", {{"templates", "--protocol", "pairs", "--csv", out + "templates.csv"}, "trained"}},
      {"Slices", {{"slices", "--protocol", "pairs", "--column", "identity"}, "trained"}},
      {"Identify", {{"identify"}, "trained"}},
      {"ExportModel", {{"export-model", "--network", "ddnet", "--out", out + "ddnet.onnx"}, "trained"}},
      {"Export", {{"export", "--numbers-only"}, "trained"}},
      {"ExportKept", {{"export", "--what", "lists,protocol,tree"}, "trained"}},
  };
}

// Commands that change nothing (or print), and those whose kill another test ends or cannot.
const std::map<std::string, std::string>& exceptions() {
  static const std::map<std::string, std::string> all = {
      {"info", "reads"},
      {"table", "reads"},
      {"doubts", "reads"},
      {"reference", "reads"},
      {"devices", "reads"},
      {"cost", "measures times, and writes them at once"},
      {"report", "is written by the window's program"},
      {"run", "its steps are the other commands"},
      {"reproduce", "its steps are the other commands"},
      {"import-weights", "needs published weights; one file, written at once"},
      {"convert-checkpoint", "needs a checkpoint of 2025; one file, written at once"}};
  return all;
}

class Kill : public ::testing::TestWithParam<std::pair<std::string, Job>> {
 protected:
  // Calls the job until it ends by itself, and says how often it did not.
  void survives(const Job& job);

  static int kills_, jobs_;

  static void SetUpTestSuite() {
    const auto done = [](const Words& words) {
      const auto ran = test::run(callOf({words, ""}));
      ASSERT_EQ(ran.exit, 0) << words.front() << ": " << ran.out << ran.err;
    };
    begin({{}, ""});
    done({"import", "synthetic-faces", "--name", "train", "--count", "8", "--images", "10",
          "--first-identity", "50000"});
    done({"import", "synthetic-faces", "--name", "test", "--role", "test", "--count", "4", "--images", "6",
          "--first-identity", "51000"});
    done({"import", "synthetic-faces", "--name", "pool", "--role", "pool", "--count", "6", "--images", "1",
          "--first-identity", "52000"});
    // Images that cannot be read are part of every extraction.
    int damaged = 0;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(project()) / "images" / "train"))
      if (entry.path().extension() == ".jpg" && ++damaged % 20 == 7)
        std::ofstream(entry.path(), std::ios::binary) << "\xFF\xD8\xFF";
    keepAs("imported");
    done({"extract", "--batch", "8"});
    keepAs("extracted");
    done({"score"});
    done({"select"});
    done({"protocol", "--name", "pairs", "--size", "1"});
    keepAs("scored");
    done({"export", "--numbers-only", "--out", (scratch() / "numbers").string()});
    done({"train-ddnet", "--size", "32", "--epochs", "1", "--batch", "16"});
    done({"evaluate", "--protocol", "pairs", "--bootstraps", "20"});
    keepAs("trained");
  }
  static void TearDownTestSuite() {
    fs::remove_all(scratch());
    std::printf("%d kills survived, of %d kinds of jobs\n", kills_, jobs_);
  }
};
int Kill::kills_ = 0;
int Kill::jobs_ = 0;

void Kill::survives(const Job& job) {
  const std::string& name = job.arguments.front();
  const auto call = callOf(job);
  begin(job);
  const auto start = std::chrono::steady_clock::now();
  const auto undisturbed = test::run(call);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  ASSERT_EQ(undisturbed.exit, 0) << undisturbed.out << undisturbed.err;
  const json expectedResult = withoutTimes(undisturbed.event("result"));
  const auto expected = contents();
  int kills = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    Rng rng(mixSeed(mixSeed(11, name), static_cast<std::uint64_t>(trial)));
    begin(job);
    std::string story;
    test::Ran ran;
    int ended = 0;
    do {
      // A third of the trainings are stopped first, so that a training is gone on with in its middle.
      const bool trains = name.starts_with("train") || name == "distil";
      const bool stops = ended == 0 && trains && rng.chance(0.33);
      const double share = rng.uniform(0.02, 1.0);
      ran = ended < kMostKillsATrial ? test::runAndEnd(call, std::chrono::duration<double>(share * seconds),
                                                       stops ? SIGINT : SIGKILL)
                                     : test::run(call);
      if (job.once && ended > 0 && ran.exit == 1) break;
      story += fmt::format("{} at {:.0f} %; ", ran.exit, 100 * share);
      ended += ran.exit == 0 ? 0 : 1;
      // Asked to stop before it listens, it is ended by the signal itself.
      ASSERT_TRUE(ran.exit == 0 || ran.exit == 130 || ran.exit == 1000 + SIGKILL ||
                  (stops && ran.exit == 1000 + SIGINT))
          << ran.exit << ran.out << ran.err;
      // What it says was said.
      if (ran.exit != 0 && !ran.event("result").is_null()) break;
    } while (ran.exit != 0);
    kills += ended;
    if (!(job.once && ran.exit == 1)) {
      EXPECT_EQ(asToldFirst(withoutTimes(ran.event("result")), expectedResult), expectedResult) << story;
    }
    const auto found = contents();
    for (const auto& [what, value] : expected) {
      const auto at = found.find(what);
      EXPECT_TRUE(at != found.end()) << what << " is missing: " << story;
      if (at == found.end()) continue;
      EXPECT_EQ(at->second, value) << what << ": " << story;
    }
    for (const auto& [what, value] : found)
      EXPECT_TRUE(expected.contains(what)) << what << " is left: " << story;
  }
  std::printf("%s: %d kills in %d trials, %.1f s undisturbed\n", name.c_str(), kills, kTrials, seconds);
  std::fflush(stdout);
  kills_ += kills;
  ++jobs_;
}

TEST_P(Kill, LeavesWhatWouldBeThere) { survives(GetParam().second); }

INSTANTIATE_TEST_SUITE_P(Job, Kill, ::testing::ValuesIn(kinds()),
                         [](const auto& kind) { return kind.param.first; });

TEST(KillTest, HasEveryCommand) {
  std::set<std::string> known;
  for (const auto& [name, job] : kinds()) known.insert(job.arguments.front());
  for (const auto& [command, reason] : exceptions()) known.insert(command);
  std::istringstream help(test::run({"--help"}).out);
  std::string line;
  while (std::getline(help, line) && line != "Subcommands:") continue;
  int commands = 0;
  while (std::getline(help, line) && line.starts_with("  ")) {
    const auto command = line.substr(2, line.find(' ', 2) - 2);
    if (command.empty() || command.starts_with(" ")) continue;  // the text goes on
    ++commands;
    EXPECT_TRUE(known.contains(command)) << command << ": add a kind of it, or say why there is none";
  }
  EXPECT_GE(commands, 40);
}

}  // namespace
}  // namespace discern
