// mark as a person calls it: what it decides, every job follows.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/data/csv.h"
#include "core/project/decisions.h"
#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

class CliMark : public testing::Test {
 protected:
  CliMark() {
    fs::create_directories(scratch_);
    call({"import", project_, "synthetic-faces", "--name", "people", "--count", "6", "--images", "4",
          "--seed", "3", "--role", "test"});
    call({"extract", project_, "--no-recipe-check"});
    call({"protocol", project_, "--name", "t", "--size", "2"});
  }
  ~CliMark() override { fs::remove_all(scratch_); }

  json call(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    const auto ran = test::run(arguments);
    EXPECT_EQ(ran.exit, 0) << arguments[0] << ": " << ran.out << ran.err;
    return ran.event("result");
  }
  std::string refusal(const std::vector<std::string>& arguments) {
    const auto ran = test::run(arguments);
    EXPECT_EQ(ran.exit, 1) << ran.out << ran.err;
    return ran.err;
  }
  static std::string textOf(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }

  const fs::path scratch_ = fs::temp_directory_path() / ("discern_cli_mark_" + std::to_string(::getpid()));
  const std::string project_ = scratch_ / "p.discern";
};

TEST_F(CliMark, WhatIsDecidedIsFollowedByEveryJobAndTakenBack) {
  call({"score", project_, "--method", "norm"});
  const json before = call({"evaluate", project_});
  const json made = call({"mark", project_, "--samples", "0-1", "--leave-out", "templates", "--tag", "dark"});
  EXPECT_EQ(made["what"], "leave out of templates, tag dark: 2 images");
  EXPECT_EQ(made["images"], 2);
  const json info = call({"info", project_});
  std::string old;
  for (const auto& part : info["stale"]) old += part["kind"].get<std::string>() + ";";
  EXPECT_EQ(old, "run;scores;") << info["stale"].dump();
  const auto ran = test::run({"evaluate", project_});
  EXPECT_NE((ran.out + ran.err).find("images were left out by a person"), std::string::npos)
      << ran.out << ran.err;
  call({"export", project_, "--what", "lists,marks", "--out", scratch_ / "out"});
  EXPECT_NE(textOf(scratch_ / "out/decisions.csv").find("a person left it out of templates"),
            std::string::npos);
  const std::string marks = textOf(scratch_ / "out/marks.csv");
  EXPECT_EQ(std::ranges::count(marks, '\n'), 3);

  EXPECT_EQ(call({"mark", project_, "--undo"})["what"], "leave out of templates, tag dark: 2 images");
  const json after = call({"evaluate", project_});
  EXPECT_EQ(before["aggregations"], after["aggregations"]) << "as if nothing had been";
  EXPECT_EQ(call({"mark", project_, "--from", scratch_ / "out/marks.csv"})["images"], 2);
  const json history = call({"mark", project_, "--history"})["history"];
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0]["undone"], true);
  EXPECT_EQ(history[1]["what"], "marks of marks.csv: 2 images");
}

TEST_F(CliMark, AMovedImageIsScoredForItsNewIdentity) {
  const auto identity = [&](int sample) {
    const auto project = project::Project::open(project_, project::Project::Mode::Read);
    return project.samples()[static_cast<std::size_t>(sample)].movedTo;
  };
  const std::string other = [&] {
    return project::Project::open(project_, project::Project::Mode::Read).identities()[3].name;
  }();
  call({"mark", project_, "--samples", "1", "--move-to", other, "--verdict", "wrong", "--note", "not her"});
  EXPECT_EQ(identity(1), 3);
  call({"export", project_, "--what", "tree", "--kept", "all", "--out", scratch_ / "out"});
  std::size_t images = 0;
  for (const auto& file : fs::recursive_directory_iterator(scratch_ / "out/tree"))
    images += file.is_regular_file() && file.path().parent_path().filename() == other ? 1 : 0;
  EXPECT_EQ(images, 5U);
  call({"mark", project_, "--samples", "1", "--move-back"});
  EXPECT_EQ(identity(1), -1);
}

// Of single images, which no score drops.
TEST_F(CliMark, PartsOfAProtocolAreToldByWhatIsKnownOfItsImages) {
  call({"protocol", project_, "--name", "one", "--size", "1"});
  std::ofstream(scratch_ / "meta.csv") << "sample,side\n0,left\n1,left\n2,right\n3,right\n4,left\n5,right\n";
  const json told = call({"slices", project_, "--protocol", "one", "--metadata", scratch_ / "meta.csv",
                          "--column", "side", "--far", "0.1"});
  ASSERT_EQ(told["slices"].size(), 2U);
  EXPECT_EQ(told["slices"][0]["name"], "left");
  EXPECT_EQ(told["slices"][0]["images"], 3);
  EXPECT_EQ(told["slices"][0]["genuine"], 1) << "images 0 and 1";
  EXPECT_EQ(told["slices"][0]["impostor"], 2) << "each of them and image 4";
  EXPECT_EQ(told["slices"][0]["supported"], false);
  EXPECT_FALSE(told.contains("worst"));
  EXPECT_NE(
      refusal({"slices", project_, "--column", "age"}).find("--column age: no image of this project has it"),
      std::string::npos);
}

TEST_F(CliMark, DoubtsAreListedUntilTheyAreDecided) {
  EXPECT_EQ(call({"doubts", project_})["scores"], "") << "nothing says who is near to whom";
  {
    auto writer = project::Project::open(project_, project::Project::Mode::Write);
    data::ScoreTable table;
    table.name = "told";
    table.method = "dscore";
    const auto samples = writer.samples();
    table.resize(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      table.ratio[i] = i == 2 ? 0.5F : i == 4 ? 0.25F : 2.0F;
      table.own[i] = 0.2F;
      table.hardest[i] = i == 2 ? 0.4F : 0.8F;
      table.hardestIdentity[i] = samples[i].identity == 0 ? 1 : 0;
    }
    writer.putScores(table);
  }
  const std::string file = scratch_ / "doubts.csv";
  const json told = call({"doubts", project_, "--limit", "1", "--out", file});
  EXPECT_EQ(told["images"], 2);
  ASSERT_EQ(told["image_rows"].size(), 1U);
  EXPECT_EQ(told["image_rows"][0]["sample"], 4) << "the farthest one first";
  EXPECT_EQ(data::readCsv(file).size(), 3U) << "all, and a header";
  call({"mark", project_, "--samples", "4", "--verdict", "right"});
  EXPECT_EQ(call({"doubts", project_})["images"], 1);
  EXPECT_NE(refusal({"doubts", project_, "--scores", "gone"}).find("gone"), std::string::npos);
}

TEST_F(CliMark, WhatCannotBeIsOneSentence) {
  const auto says = [&](std::vector<std::string> arguments, const char* part) {
    arguments.insert(arguments.begin(), {"mark", project_});
    const std::string said = refusal(arguments);
    EXPECT_NE(said.find(part), std::string::npos) << said;
  };
  says({}, "no images are given");
  says({"--samples", "1"}, "nothing is decided");
  says({"--samples", "1", "--undo"}, "or one of from, undo, redo and history");
  says({"--samples", "99", "--verdict", "right"}, "there is no image number 99");
  says({"--samples", "1", "--move-to", "nobody"}, "nobody: no identity of that name");
  EXPECT_EQ(call({"mark", project_, "--undo"})["what"], "");
}

}  // namespace
}  // namespace discern
