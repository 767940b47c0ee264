// From a hand's move on the threshold's slider to the window's answer: 5,000
// templates of 8 to 20 images, 512-D, 100,000 comparisons, through the
// worker's thread and back. The curve fills in between, as in the window.
#include <benchmark/benchmark.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <algorithm>
#include <chrono>
#include <vector>

#include "core/data/npy.h"
#include "core/project/project.h"
#include "tests/core/sweep/planted.h"
#include "ui/models/live/threshold_worker.h"

namespace discern::ui {
namespace {

struct Input {
  QTemporaryDir folder;
  ThresholdInputs inputs;

  Input() {
    sweep::PlantedOptions options;
    options.templates = 5000;
    options.identities = 1000;
    options.dims = 512;
    options.pairs = 100000;
    options.noise = 30;
    const sweep::Planted planted = sweep::planted(options);
    inputs.folder = folder.filePath("p.discern");
    inputs.featureTable = "planted";
    auto project = project::Project::create(inputs.folder.toStdString());
    project.putFeatureTable({"planted", "planted", "{}", options.dims, 4e8, 10, "2024-01-01T00:00:00Z"});
    data::saveNpy(project.featureFile("planted"), planted.features.view());
    auto scores = std::make_shared<data::ScoreTable>();
    scores->resize(planted.scores.size());
    scores->score = planted.scores;
    inputs.scores = scores;
    inputs.protocol = std::make_shared<const data::Protocol>(planted.protocol);
  }
};

void answer(ThresholdWorker& worker, double threshold, const ThresholdWorker::Evaluator::Options& options) {
  QEventLoop loop;
  const auto connection =
      QObject::connect(&worker, &ThresholdWorker::answered, &loop, [&](const auto& point) {
        if (point.threshold == threshold) loop.quit();
      });
  worker.ask(threshold, options);
  loop.exec();
  QObject::disconnect(connection);
}

void drag(benchmark::State& state) {
  static const Input input;
  ThresholdWorker worker;
  ThresholdWorker::Evaluator::Options options;
  options.rescale = static_cast<aggregation::Rescale>(state.range(0));
  options.cost = {4e8, 10, 8e6, 1};
  worker.load(input.inputs);
  answer(worker, 0.05, options);  // the features are read by then
  std::vector<double> milliseconds;
  int i = 0;
  for (auto _ : state) {
    const auto from = std::chrono::steady_clock::now();
    answer(worker, 0.1 + 0.005 * (i++ % 160), options);
    milliseconds.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  state.counters["median_ms"] = milliseconds[milliseconds.size() / 2];
  state.counters["p95_ms"] = milliseconds[milliseconds.size() * 95 / 100];
  state.counters["worst_ms"] = milliseconds.back();
}
BENCHMARK(drag)
    ->ArgName("rescale")
    ->DenseRange(0, 2)
    ->Iterations(160)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace discern::ui

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
