#include "core/pipeline/model_cost.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <opencv2/core.hpp>

#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/base/parallel.h"
#include "core/features/base_model.h"
#include "core/features/resources.h"
#include "core/jobs/stored.h"
#include "core/pipeline/timing.h"
#include "core/results/stored.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;

struct Candidate {
  ModelCost cost;
  std::string model;  // path, or a name openBaseModel knows
  features::Recipe recipe{};
};

std::vector<Candidate> candidates(const project::Project& project, const std::vector<std::string>& wanted) {
  std::vector<Candidate> all;
  const auto models = project.models();
  const auto add = [&](Candidate candidate) {
    const auto same = [&](const Candidate& c) {
      return c.model == candidate.model && toJson(c.recipe) == toJson(candidate.recipe);
    };
    if (std::ranges::none_of(all, same)) all.push_back(std::move(candidate));
  };
  for (const auto& row : models) {
    if (row.kind == "ddnet" || row.kind == "head" || row.kind == "aggregator") continue;
    Candidate candidate{.cost = {.name = row.name, .kind = row.kind, .parameters = row.parameters},
                        .model = row.file.string()};
    // The network's own size, without opening it here: it is measured in a process of its own.
    const int size = static_cast<int>(jsonNumber(parseJson(row.options), "size", 0));
    if (row.kind == "base" && size > 0) candidate.recipe.size = size;
    add(std::move(candidate));
  }
  for (const auto& row : project.featureTables()) {
    if (project::isImported(row)) continue;  // no model is there to be measured
    const auto known =
        std::ranges::find_if(models, [&](const auto& m) { return m.file.string() == row.model; });
    if (known != models.end()) continue;  // listed under the network's own name
    add({.cost = {.name = row.name, .kind = "base"},
         .model = row.model,
         .recipe = features::recipeFromJson(row.recipe)});
  }
  if (wanted.empty()) return all;
  std::vector<Candidate> chosen;
  for (const auto& name : wanted) {
    const auto found = std::ranges::find_if(all, [&](const auto& c) { return c.cost.name == name; });
    if (found == all.end()) failField("models", name, "this project has no recogniser of that name");
    chosen.push_back(*found);
  }
  return chosen;
}

// A line of /proc/self/status in bytes.
double statusBytes(const char* key) {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line))
    if (line.starts_with(key)) return 1024.0 * std::strtod(line.c_str() + std::strlen(key) + 1, nullptr);
  return 0;
}

struct Measured {
  double milliseconds, peakBytes, macs, parameters;
  features::RunMemory memory;
  std::int64_t dims;
  int size;
  std::array<char, 400> error;  // empty: fine
};

Measured measure(const Candidate& candidate, int batch, const ModelCostOptions& options) {
  Measured result{};
  const double before = statusBytes("VmRSS:");
  setThreadCount(options.threads);
  const auto model = features::openBaseModel(candidate.model, candidate.recipe, options.device);
  result.size = model->recipe().size;
  result.dims = model->dims();
  result.macs = model->macs();
  result.parameters = model->parameters();
  const data::Shape shape = model->recipe().shape();
  cv::Mat face(shape.rows(), shape.width, CV_8UC3);
  cv::randu(face, 0, 256);
  const std::vector<cv::Mat> faces(static_cast<std::size_t>(batch), face);
  result.milliseconds = millisecondsPerFace(*model, faces, options.seconds);
  result.memory = model->memory(batch);
  result.peakBytes = std::max(0.0, statusBytes("VmHWM:") - before) + model->bytesElsewhere();
  return result;
}

// In a child process, so nothing may have been run in this one before: a fork has none of its threads.
Measured measureApart(const Candidate& candidate, int batch, const ModelCostOptions& options) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) fail("no pipe for measuring a model: {}", std::strerror(errno));
  const pid_t child = ::fork();
  if (child < 0) fail("no process for measuring a model: {}", std::strerror(errno));
  if (child == 0) {
    ::close(ends[0]);
    Measured result{};
    try {
      result = measure(candidate, batch, options);
    } catch (const std::exception& e) {
      std::strncpy(result.error.data(), e.what(), result.error.size() - 1);
    }
    const auto written = ::write(ends[1], &result, sizeof result);
    ::_exit(written == static_cast<ssize_t>(sizeof result) ? 0 : 1);
  }
  ::close(ends[1]);
  Measured result{};
  const auto got = ::read(ends[0], &result, sizeof result);  // smaller than a pipe's atomic write
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (got != static_cast<ssize_t>(sizeof result))
    fail("{}: measuring it ended early (status {})", candidate.model, status);
  if (result.error[0] != '\0') fail("{}", result.error.data());
  return result;
}
// What earlier runs measured of the same files on other devices, of each the newest: a result holds all there
// is.
void addOtherDevices(std::vector<ModelCost>& costs, const project::Project& project,
                     const std::string& device) {
  auto runs = project.runs();
  std::ranges::reverse(runs);
  for (const auto& run : runs) {
    const auto earlier = results::resultOf<results::CostResult>(run);
    if (!earlier) continue;
    for (const auto& was : earlier->models) {
      const auto cost = std::ranges::find_if(costs, [&](const ModelCost& now) {
        return now.name == was.name && now.fileBytes == was.fileBytes && now.size == was.size;
      });
      if (cost == costs.end()) continue;
      for (auto at : was.at) {
        if (at.device.empty()) at.device = jobs::storedText(run, "device");
        const bool known = at.device == device || std::ranges::any_of(cost->at, [&](const auto& other) {
                             return other.device == at.device && other.batch == at.batch;
                           });
        if (!known) cost->at.push_back(std::move(at));
      }
    }
  }
}

}  // namespace

std::vector<ModelCost> modelCosts(const project::Project& project, const ModelCostOptions& options,
                                  Progress& progress) {
  jobs::costFields().check(options);
  auto list = candidates(project, options.models);
  if (list.empty()) fail("this project has no recogniser yet; extract features first");
  progress.start("measuring models", static_cast<std::int64_t>(list.size() * options.batches.size()));
  std::vector<ModelCost> costs;
  for (auto& candidate : list) {
    ModelCost cost = candidate.cost;
    std::error_code ignored;
    const auto bytes = fs::file_size(
        candidate.model == "demo" ? features::resource("demo_base.safetensors").string() : candidate.model,
        ignored);
    cost.fileBytes = ignored ? 0 : static_cast<double>(bytes);
    for (const int batch : options.batches) {
      progress.throwIfStopped();
      const auto measured = measureApart(candidate, batch, options);
      cost.size = measured.size;
      cost.dims = measured.dims;
      cost.macs = measured.macs;
      if (measured.parameters > 0) cost.parameters = measured.parameters;
      cost.at.push_back({batch, measured.milliseconds, measured.peakBytes, measured.memory.weights,
                         measured.memory.workspace, nameOf(options.device)});
      progress.advance();
    }
    costs.push_back(std::move(cost));
  }
  progress.finish();
  addOtherDevices(costs, project, nameOf(options.device));
  return costs;
}

}  // namespace discern::pipeline
