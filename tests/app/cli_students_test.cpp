// Selection and students through the real program, on rendered faces.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "core/project/project.h"
#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using test::run;

fs::path scratch() {
  static const fs::path folder = [] {
    const fs::path path = fs::temp_directory_path() / ("discern_students_test_" + std::to_string(::getpid()));
    fs::create_directories(path);
    return path;
  }();
  return folder;
}

// Ten identities of six images to learn from, four to test on, features by the built-in recogniser, a path
// and a protocol.
const std::string& preparedProject() {
  static const std::string path = [] {
    const std::string project = scratch() / "students.discern";
    const auto done = [](const std::vector<std::string>& arguments) {
      const auto ran = run(arguments);
      EXPECT_EQ(ran.exit, 0) << arguments.front() << ": " << ran.out << ran.err;
    };
    done({"import", project, "synthetic-faces", "--name", "train", "--count", "10", "--images", "6",
          "--first-identity", "40000", "--seed", "3"});
    done({"import", project, "synthetic-faces", "--name", "test", "--role", "test", "--count", "4",
          "--images", "4", "--first-identity", "41000", "--seed", "3"});
    done({"import", project, "synthetic-faces", "--name", "pool", "--role", "pool", "--count", "6",
          "--images", "1", "--first-identity", "42000", "--seed", "3"});
    done({"extract", project, "--no-recipe-check"});
    done({"score", project});
    done({"select", project});
    done({"protocol", project, "--name", "pairs", "--size", "1"});
    return project;
  }();
  return path;
}

const std::vector<std::string> kShort = {"--init-epochs", "2", "--epochs", "2", "--batch", "16", "--json"};

test::Ran distil(const std::string& mode, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"distil", preparedProject(), "--mode", mode};
  arguments.insert(arguments.end(), kShort.begin(), kShort.end());
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments);
}

TEST(CliStudents, EveryModeTrainsFromOneStartAndIsMeasured) {
  const std::string& project = preparedProject();
  for (const char* mode : {"c", "s", "sc", "dc"}) {
    const auto ran = distil(mode);
    ASSERT_EQ(ran.exit, 0) << mode << ": " << ran.out << ran.err;
    const auto result = ran.event("result");
    EXPECT_EQ(result["name"], std::string("S-16-") + mode);
    EXPECT_EQ(result["classes"], 10);
    ASSERT_EQ(result["checks"].size(), 1U);
    const auto& check = result["checks"][0];
    for (const char* key : {"auc_identity", "auc_mimic", "auc_teacher"}) {
      EXPECT_GE(check[key], 0.0) << key;
      EXPECT_LE(check[key], 1.0) << key;
    }
    EXPECT_GT(check["auc_teacher"], 0.8);
    EXPECT_GT(result["ms"], 0.0);
    const bool selects = std::string(mode) == "s" || std::string(mode) == "sc";
    EXPECT_EQ(result["selected"].get<int>() > 0, selects) << mode;
  }
  {  // both stages leave their curves, the first under names of its own
    const auto opened = project::Project::open(project, project::Project::Mode::Read);
    std::set<std::string> names;
    for (const auto& row : opened.runs())
      if (row.job == "distil")
        for (const auto& metric : opened.metrics(row.id)) names.insert(metric.name);
    for (const char* name :
         {"init/train/loss", "init/validation/accuracy", "train/regression", "validation/accuracy"})
      EXPECT_TRUE(names.contains(name)) << name;
  }
  int starts = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(project) / "checkpoints"))
    starts += entry.path().filename().string().starts_with("S-16-init-") ? 1 : 0;
  EXPECT_EQ(starts, 1);  // one first stage for four modes

  // A student is a recogniser like any other, by either layer.
  const auto extracted =
      run({"extract", project, "--model", "S-16-dc", "--layer", "mimic", "--no-recipe-check", "--json"});
  ASSERT_EQ(extracted.exit, 0) << extracted.err;
  EXPECT_EQ(extracted.event("result")["features"], "S-16-dc-mimic");
  EXPECT_EQ(extracted.event("result")["dims"], 256);  // the demo recogniser's
  const auto evaluated = run({"evaluate", project, "--protocol", "pairs", "--features", "S-16-dc-mimic",
                              "--bootstraps", "0", "--json"});
  ASSERT_EQ(evaluated.exit, 0) << evaluated.err;
  for (const auto& row : project::Project::open(project, project::Project::Mode::Read).runs()) {
    if (row.job != "distil" || row.status != "done") continue;
    const auto result = json::parse(row.result);
    if (result["name"] == "S-16-dc") {
      EXPECT_NEAR(evaluated.event("result")["aggregations"][0]["auc"].get<double>(),
                  result["checks"][0]["auc_mimic"].get<double>(), 1e-9);
    }
  }
  const auto cost = run({"cost", project, "--batches", "1,8", "--seconds", "0.05", "--json"});
  ASSERT_EQ(cost.exit, 0) << cost.err;
  const auto models = cost.event("result")["models"];
  ASSERT_EQ(models.size(), 5U);  // four students and the teacher
  for (const auto& model : models) {
    EXPECT_GT(model["at"][0]["ms"], 0.0) << model;
    EXPECT_GT(model["parameters"], 1e5) << model;
    EXPECT_GT(model["file_bytes"], 1e5) << model;
    EXPECT_GT(model["at"][1]["peak_bytes"], 0.0) << model;
    // A student's identity feature needs neither its mimic layer nor its classifier.
    const double all = 4 * model["parameters"].get<double>();
    EXPECT_GT(model["at"][0]["weight_bytes"], 0.75 * all) << model;
    if (model["kind"] == "student") {
      EXPECT_LT(model["at"][0]["weight_bytes"], all) << model;
    }
    EXPECT_GT(model["at"][0]["workspace_bytes"], 0.0) << model;
    EXPECT_GE(model["at"][1]["workspace_bytes"], model["at"][0]["workspace_bytes"]) << model;
    EXPECT_EQ(model["at"][0]["device"], "cpu") << model;
  }
}

TEST(CliStudents, ACancelledTrainingGoesOnWhereItWas) {
  const std::vector<std::string> call = {
      "distil", preparedProject(), "--mode", "dc",      "--name", "stopped", "--init-epochs",
      "1",      "--epochs",        "4000",   "--batch", "16",     "--json"};
  const std::string whenTuning = R"("stage":"fine-tune")";
  const auto stopped = run(call, whenTuning);
  EXPECT_EQ(stopped.exit, 130) << stopped.err;
  const fs::path folder = fs::path(preparedProject()) / "checkpoints";
  EXPECT_FALSE(fs::exists(folder / "stopped.safetensors"));
  EXPECT_TRUE(fs::exists(folder / "stopped.safetensors.state"));
  const auto again = run(call, whenTuning);
  EXPECT_EQ(again.exit, 130) << again.err;
  EXPECT_NE(again.out.find("Going on from epoch"), std::string::npos) << again.out;
  const auto project = project::Project::open(preparedProject(), project::Project::Mode::Read);
  EXPECT_FALSE(project.model("stopped"));
  const auto runs = project.runs();
  const auto steps = [&](const project::RunRow& row) {
    EXPECT_EQ(row.status, "cancelled");
    std::vector<std::int64_t> list;
    for (const auto& metric : project.metrics(row.id))
      if (metric.name == "train/loss") list.push_back(metric.step);
    return list;
  };
  const auto before = steps(runs.at(runs.size() - 2)), after = steps(runs.back());
  ASSERT_FALSE(before.empty());
  ASSERT_FALSE(after.empty());
  EXPECT_EQ(before.front(), 0);
  EXPECT_EQ(after.front(), before.back() + 1);  // no step is made twice
}

TEST(CliStudents, AStudentIsFineTunedOnSomeOfASetAndStandsInTheTable) {
  const std::string project = scratch() / "tuned.discern";
  fs::copy(preparedProject(), project, fs::copy_options::recursive);
  const auto done = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, project);
    arguments.emplace_back("--json");
    const auto ran = run(arguments);
    EXPECT_EQ(ran.exit, 0) << arguments.front() << ": " << ran.out << ran.err;
    return ran.event("result");
  };
  done({"distil", "--mode", "dc", "--init-epochs", "1", "--epochs", "1", "--batch", "16", "--name", "base"});
  EXPECT_EQ(done({"role", "--set", "test", "--count", "2", "--role", "train"})["identities"], 2);
  const auto tuned = done({"distil", "--mode", "c", "--init-from", "base", "--set", "test", "--identity-dims",
                           "64", "--epochs", "1", "--batch", "4"});
  EXPECT_EQ(tuned["name"], "S-16-c-tuned");
  EXPECT_EQ(tuned["started_from"], "base");
  EXPECT_EQ(tuned["classes"], 2);
  EXPECT_EQ(tuned["faces"], 8);
  const fs::path csv = scratch() / "table.csv";
  const auto table = done({"table", "--runs", "distil", "--out", csv});
  ASSERT_GE(table["rows"].size(), 2U);
  const auto last = table["rows"].back();
  EXPECT_EQ(last["name"], "S-16-c-tuned");
  std::map<std::string, std::string> cells;
  for (std::size_t c = 0; c < table["columns"].size(); ++c) cells[table["columns"][c]] = last["cells"][c];
  EXPECT_EQ(cells["distil: Mode"], "c");
  EXPECT_EQ(cells["distil: Identity layer"], "64");
  EXPECT_FALSE(cells.contains("distil: Momentum")) << "it is the same in all";
  EXPECT_FALSE(cells["MMACs"].empty());
  EXPECT_TRUE(fs::exists(csv));
  for (const auto& [arguments, says] :
       {std::pair<std::vector<std::string>, std::string>{
            {"role", project, "--set", "test", "--count", "9", "--role", "train"},
            "--count 9: is more than there are"},
        {{"table", project, "--runs", "9999"}, "--runs 9999: there is no run of this number"},
        {{"table", project, "--runs", "align"}, "--runs align: is neither"},
        {{"table", project, "--protocols", "none"}, "none"}}) {
    const auto ran = run(arguments);
    EXPECT_EQ(ran.exit, 1) << says;
    EXPECT_NE(ran.err.find(says), std::string::npos) << ran.err;
  }
}

TEST(CliStudents, TheMapAndTheSearchSeeTheirRoles) {
  const auto map =
      run({"tsne", preparedProject(), "--iterations", "50", "--perplexity", "5", "--limit", "30", "--json"});
  ASSERT_EQ(map.exit, 0) << map.err;
  EXPECT_EQ(map.event("result")["faces"], 30);
  EXPECT_EQ(map.event("result")["of"], 60);
  const auto search = run({"identify", preparedProject(), "--features", "demo", "--json"});
  ASSERT_EQ(search.exit, 0) << search.err;
  EXPECT_EQ(search.event("result")["probes"], 12);
  EXPECT_EQ(search.event("result")["strangers"], 6);
}

TEST(CliStudents, BadInputGetsASentence) {
  const std::string& project = preparedProject();
  struct Call {
    std::vector<std::string> arguments;
    std::string says;
    int exit = 1;
  };
  const std::vector<Call> calls = {
      {{"select", project, "--lambdas", "3"}, "--lambdas 3", 2},
      {{"select", project, "--lambdas", "-1,few"}, "few", 2},
      {{"select", project, "--features", "none"}, "none"},
      {{"distil", project, "--lambda", "0"}, "keeps no face"},
      {{"distil", project, "--lambda", "5"}, "at most 0", 2},
      {{"distil", project, "--keep", "2"}, "--keep 2: is above 0 and at most 1", 2},
      {{"distil", project, "--selection", "none"}, "selection"},
      {{"distil", project, "--teacher", "none"}, "none"},
      {{"distil", project, "--size", "20"}, "16, 32, 64", 2},
      {{"distil", project, "--mode", "cs"}, "cs", 2},
      {{"distil", project, "--protocols", "none"}, "protocol"},
      {{"distil", project, "--init-from", "nobody"}, "--init-from nobody: is neither a student"},
      {{"identify", project, "--benchmark", "magic"}, "magic", 2},
      {{"identify", project, "--benchmark", "scface"}, "subjects"},
      {{"protocol", project, "--from", "pairs", "--folds", "1"}, "no folds"},
      {{"cost", project, "--models", "none"}, "none"},
      {{"tsne", project, "--role", "teacher"}, "train, test or pool", 2},
  };
  for (const auto& call : calls) {
    const auto ran = run(call.arguments);
    std::string line;
    for (const auto& a : call.arguments) line += a + " ";
    EXPECT_EQ(ran.exit, call.exit) << line << ran.err;
    EXPECT_NE((ran.err + ran.out).find(call.says), std::string::npos) << line << ran.err;
  }
}

TEST(CliStudents, ATeacherWhoseFileDisagreesIsRefused) {
  const std::string copy = scratch() / "copy.discern";
  fs::copy(preparedProject(), copy, fs::copy_options::recursive);
  {  // features of another width under the same name: extracted by hand, or a truncated file
    const auto project = project::Project::open(copy, project::Project::Mode::Read);
    data::saveNpy(project.featureFile("demo"), data::Matrix(project.sampleCount(), 7, 1.0F).view());
  }
  auto ran = run({"distil", copy, "--mode", "dc", "--epochs", "1", "--init-epochs", "0"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("rows of 7 floats"), std::string::npos) << ran.err;
  fs::resize_file(fs::path(copy) / "features" / "demo.npy", 1000);
  ran = run({"distil", copy, "--mode", "dc", "--epochs", "1", "--init-epochs", "0"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("demo.npy"), std::string::npos) << ran.err;
}

class RemoveScratch : public ::testing::Environment {
 public:
  void TearDown() override { fs::remove_all(scratch()); }
};
const auto* const kRemove = ::testing::AddGlobalTestEnvironment(new RemoveScratch);

}  // namespace
}  // namespace discern
