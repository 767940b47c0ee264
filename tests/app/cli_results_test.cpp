// Every job that keeps a run: what the command prints is what the run keeps, and exactly what reading and
// writing the job's struct gives back. A key that somebody writes by hand, beside its struct, would not come
// back.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "core/base/described.h"
#include "core/base/json_text.h"
#include "core/data/npy.h"
#include "core/project/project.h"
#include "core/results/printed.h"
#include "core/results/visit.h"
#include "tests/app/command_runner.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;
using project::Project;

class CliResults : public testing::Test {
 protected:
  CliResults() { fs::create_directories(scratch_); }
  ~CliResults() override { fs::remove_all(scratch_); }

  // The result that is printed, less what is the event's.
  json call(std::vector<std::string> arguments, const std::vector<std::string>& options) {
    arguments.emplace_back("--json");
    arguments.insert(arguments.end(), options.begin(), options.end());
    const auto ran = test::run(arguments);
    EXPECT_EQ(ran.exit, 0) << arguments[0] << ": " << ran.out << ran.err;
    json result = ran.event("result");
    if (!result.is_object()) return {};
    result.erase("event");
    result.erase("job");
    return result;
  }
  template <class R>
  void expectDescribed(const json& printed) {
    EXPECT_EQ(textOf(discern::toJson(fromJson<R>(printed, "it"))), textOf(printed));
  }
  // Calls a job and holds what it printed to what its run keeps, and that to its struct.
  void job(const std::string& name, const std::vector<std::string>& options = {}) {
    SCOPED_TRACE(name);
    const json printed = call({name, project_}, options);
    const auto run = Project::open(project_, Project::Mode::Read).runs().back();
    ASSERT_EQ(run.job, name);
    EXPECT_EQ(run.result, textOf(printed));
    bool known = false;
    results::visitResults([&](const auto& result) {
      if (result.kJob != name) return;
      known = true;
      expectDescribed<std::decay_t<decltype(result)>>(printed);
    });
    EXPECT_TRUE(known);
    seen_.insert(name);
  }

  const fs::path scratch_ = fs::temp_directory_path() / ("discern_cli_results_" + std::to_string(::getpid()));
  const std::string project_ = scratch_ / "p.discern";
  std::set<std::string> seen_;
};

// A row an image, as NumPy would save it.
void putNumbers(const std::string& folder, const std::string& file, std::int64_t cols) {
  const auto rows = Project::open(folder, Project::Mode::Read).sampleCount();
  data::Matrix matrix(rows, cols);
  for (std::size_t i = 0; i < matrix.values.size(); ++i) matrix.values[i] = static_cast<float>(i % 17) + 1;
  data::saveNpy(file, matrix.view());
}

void putFoldedProtocol(const std::string& folder) {
  auto project = Project::open(folder, Project::Mode::Write);
  auto protocol = project.protocol("p");
  protocol.name = "folded";
  protocol.folds = 2;
  int genuine = 0, impostor = 0;
  for (auto& pair : protocol.pairs) pair.fold = (pair.genuine ? genuine : impostor)++ % 2;
  project.putProtocol(protocol);
}

TEST_F(CliResults, AreWhatTheirStructsSay) {
  const std::vector<std::string> faces = {
      "synthetic-faces", "--label-errors", "0", "--seed", "11", "--images", "4"};
  const auto import = [&](const char* name, const char* role, const char* count, const char* first) {
    auto options = faces;
    for (const char* word : {"--name", name, "--role", role, "--count", count, "--first-identity", first})
      options.emplace_back(word);
    job("import", options);
  };
  import("people", "train", "6", "100");
  import("strangers", "test", "4", "200");
  import("crowd", "pool", "2", "300");
  job("extract", {"--no-recipe-check"});
  job("protocol", {"--name", "p", "--size", "2", "--degraded", "0.5", "--seed", "5"});
  job("protocol", {"--name", "single", "--size", "1"});
  job("extract", {"--no-recipe-check"});
  putFoldedProtocol(project_);
  job("protocol", {"--name", "part", "--from", "folded", "--folds", "1"});
  job("merge", {"--from", "people/0105", "--into", "people/0104"});
  job("exclude", {"--identity", "people/0103"});
  job("role", {"--set", "crowd", "--role", "pool"});
  job("score");
  job("score", {"--method", "norm"});
  job("train-head");
  job("train-aggregator", {"--epochs", "1"});
  job("train-ddnet", {"--size", "32", "--epochs", "1", "--copies", "0", "--batch", "8"});
  job("train-base", {"--size", "32", "--epochs", "1", "--width", "0.25", "--dims", "8", "--batch", "4"});
  job("predict", {"--network", "head", "--name", "told"});
  job("explain", {"--image", "0-1", "--out", scratch_ / "looks"});
  job("aggregate", {"--protocol", "p", "--threshold", "0.5", "--measure", "2"});
  job("evaluate", {"--protocol", "folded", "--scores", "dscore", "--weights", "told", "--bootstraps", "20"});
  job("evaluate", {"--protocol", "single", "--bootstraps", "0"});
  job("compare", {"--protocol", "folded", "--scores-a", "dscore", "--aggregation-a", "average",
                  "--aggregation-b", "ddl", "--weights-b", "told", "--bootstraps", "20", "--far", "1e-1"});
  job("templates", {"--protocol", "p", "--scores", "dscore", "--weights", "told", "--limit", "2", "--csv",
                    scratch_ / "templates.csv"});
  job("templates", {"--point", "--sort", "rank"});
  job("slices", {"--column", "set"});
  job("sweep",
      {"--protocol", "p", "--scores", "dscore", "--weights", "told", "--thresholds", "5", "--accuracy"});
  job("sweep", {"--protocol", "p", "--scores", "norm", "--thresholds", "3"});
  job("select");
  job("tsne", {"--iterations", "20"});
  job("distil", {"--mode", "sc", "--size", "16", "--epochs", "1", "--init-epochs", "1", "--min-images", "2",
                 "--selection", "selection", "--keep", "0.8"});
  job("cost", {"--models", "demo", "--batches", "1", "--seconds", "0.01"});
  job("identify");
  putNumbers(project_, scratch_ / "features.npy", 4);
  putNumbers(project_, scratch_ / "scores.npy", 1);
  job("import-features", {scratch_ / "features.npy", "--name", "own"});
  job("import-scores", {scratch_ / "scores.npy", "--name", "quality", "--lower-is-better"});
  job("convert-checkpoint");
  job("align", {"0", "--landmarks", "38.5,51.5,73.5,51.5,56,71.5,41.5,92.5,70.5,92.5"});
  job("refresh");
  job("repoint", {"--set", "people", "--to", project_ + "/images/people"});
  job("rename", {"--kind", "scores", "--name", "norm", "--to", "lengths"});
  job("remove", {"--kind", "scores", "--name", "lengths"});
  std::set<std::string> described;
  results::visitResults([&](const auto& result) { described.insert(result.kJob); });
  EXPECT_EQ(seen_, described) << "a job that keeps a run is not called here";

  expectDescribed<results::ProjectInfo>(call({"info", project_}, {}));
  const std::string point = scratch_ / "point.json";
  call({"point", project_}, {"--protocol", "p", "--far", "0.5", "--out", point});
  job("evaluate", {"--protocol", "single", "--operating-point", point});
  const std::string network = scratch_ / "ddnet.onnx";
  expectDescribed<results::ExportModelResult>(
      call({"export-model", project_}, {"--network", "ddnet", "--out", network}));
  expectDescribed<results::ExportResult>(call({"export", project_}, {"--numbers-only"}));
  expectDescribed<analysis::OperatingPoint>(call({"point", project_}, {"--threshold", "0.3"}));
}

}  // namespace
}  // namespace discern
