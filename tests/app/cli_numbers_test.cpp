// import-features and import-scores as a person calls them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/data/npy.h"
#include "core/project/project.h"
#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using project::Project;

class CliNumbers : public testing::Test {
 protected:
  CliNumbers() { fs::create_directories(scratch_); }
  ~CliNumbers() override { fs::remove_all(scratch_); }

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
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(scratch_ / name) << text;
    return scratch_ / name;
  }

  const fs::path scratch_ = fs::temp_directory_path() / ("discern_cli_numbers_" + std::to_string(::getpid()));
  const std::string project_ = scratch_ / "p.discern";
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// What was exported comes back the same: features by the project's own file, scores by the table of them all.
TEST_F(CliNumbers, ExportedNumbersComeBackAsTheyWere) {
  call({"import", project_, "synthetic-faces", "--name", "people", "--count", "4", "--images", "4", "--seed",
        "3"});
  call({"extract", project_, "--no-recipe-check"});
  call({"score", project_});
  call({"export", project_, "--numbers-only", "--out", scratch_ / "out"});
  const std::string table = scratch_ / "out/scores.csv";
  ASSERT_TRUE(fs::exists(table));
  const std::string which = refusal({"import-scores", project_, table, "--name", "back"});
  EXPECT_TRUE(has(which, "--column: ") && has(which, "dscore.raw")) << which;
  const json result = call({"import-scores", project_, table, "--name", "back", "--column", "dscore.raw"});
  EXPECT_EQ(result["rows"]["matched"], 16);
  EXPECT_EQ(result["rows"]["without"], 0);
  EXPECT_EQ(result["scored"], 16);
  const auto features = scratch_ / "p.discern/features/demo.npy";
  call({"import-features", project_, features, "--name", "back"});
  const auto project = Project::open(project_, Project::Mode::Read);
  const auto before = project.scores("dscore"), after = project.scores("back");
  for (std::size_t i = 0; i < 16; ++i) {
    EXPECT_FLOAT_EQ(after.ratio[i], before.ratio[i]);
    EXPECT_NEAR(after.score[i], before.score[i], 1e-6);
  }
  const auto one = project.features("demo"), other = project.features("back");
  const auto a = one.view(), b = other.view();
  ASSERT_EQ(a.rows * a.cols, b.rows * b.cols);
  EXPECT_TRUE(std::equal(a.values, a.values + a.rows * a.cols, b.values));
  const std::string again = refusal({"extract", project_, "--name", "back"});
  EXPECT_TRUE(has(again, "--name back: are features that were imported")) << again;
  call({"extract", project_});  // the newest that have a model, not the newest
}

TEST_F(CliNumbers, AProjectOfNumbersAlone) {
  data::Matrix matrix(12, 3);
  std::string paths, quality = "Filename;UnifiedQualityScore.scalar;\n";
  for (int i = 0; i < 12; ++i) {
    const std::string name = "id" + std::to_string(i / 4) + "/" + std::to_string(i % 4) + ".jpg";
    paths += "/data/" + name + "\n";
    quality += name + ";" + (i == 5 ? "-1" : std::to_string(50 + i)) + ";\n";
    matrix.row(i)[static_cast<std::size_t>(i / 4)] = 1;
    matrix.row(i)[static_cast<std::size_t>((i + i / 4) % 3)] += 0.25F;
  }
  data::saveNpy(scratch_ / "f.npy", matrix.view());
  const json made = call({"import-features", project_, scratch_ / "f.npy", "--paths", write("f.txt", paths),
                          "--name", "own", "--role", "test"});
  EXPECT_EQ(made["new_set"], "f");
  EXPECT_EQ(made["identities"], 3);
  EXPECT_EQ(made["rows"]["matched"], 12);
  const json scores = call({"import-scores", project_, write("q.csv", quality), "--name", "ofiq"});
  EXPECT_EQ(scores["column"], "UnifiedQualityScore.scalar");
  EXPECT_EQ(scores["failures"], 1);
  EXPECT_EQ(scores["scored"], 11);
  call({"protocol", project_, "--size", "2"});
  call({"evaluate", project_, "--scores", "ofiq", "--bootstraps", "0"});
  call({"sweep", project_, "--scores", "ofiq", "--thresholds", "3"});
  call({"point", project_, "--scores", "ofiq"});
  const json info = call({"info", project_});
  EXPECT_EQ(info["without_picture"], 12);
  EXPECT_TRUE(info["unreadable"].empty());
  const json fresh = call({"refresh", project_});
  EXPECT_TRUE(fresh["missing"].empty());
  EXPECT_TRUE(has(refusal({"extract", project_}), "none of the 12 samples has a picture"));
  EXPECT_TRUE(has(refusal({"align", project_, "0", "--landmarks", "38,51,73,51,56,71,41,92,70,92"}),
                  "has no picture"));
  EXPECT_TRUE(
      has(refusal({"import-features", project_, scratch_ / "f.npy", "--name", "own"}), "--name own: are"));
  // Nothing comes of what fails, also not a project.
  const std::string other = scratch_ / "other.discern";
  EXPECT_TRUE(has(refusal({"import-features", other, scratch_ / "f.npy", "--name", "x"}), "--paths: "));
  EXPECT_FALSE(fs::exists(other));
}

// Templates of one's own first, then the numbers by path.
TEST_F(CliNumbers, TemplatesAndPairsOfOnesOwn) {
  const auto table =
      write("t.csv", "template,identity,path\n1,a,1.jpg\n1,a,2.jpg\n2,a,3.jpg\n3,b,4.jpg\n3,b,5.jpg\n");
  const auto pairs = write("pairs.csv", "a,b,genuine\n1,2,1\n1,3,0\n");
  call({"import", project_, table, "--role", "test", "--option", "pictures=none,pairs=" + pairs});
  const auto list = write("mag.list",
                          "/x/loose/5.jpg 0 1 0\n/x/loose/4.jpg 0.1 1 0\n/x/loose/3.jpg 1 0 0\n"
                          "/x/loose/2.jpg 1 0.1 0\n/x/loose/1.jpg 1 0 0.1\n");
  const json result = call({"import-features", project_, list, "--name", "mag"});
  EXPECT_EQ(result["rows"]["matched"], 5);
  EXPECT_EQ(result["dims"], 3);
  const json evaluated = call({"evaluate", project_, "--bootstraps", "0"});
  EXPECT_EQ(evaluated["protocol"], "t");
  EXPECT_EQ(call({"score", project_, "--method", "norm"})["scored"], 5);
}

}  // namespace
}  // namespace discern
