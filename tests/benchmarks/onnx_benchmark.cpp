// Faces a second of an ONNX recogniser in both engines, in one run: DISCERN_MODEL names the file, 112 pixels.
// Arguments: faces a call, threads. Rates are by the clock; cpu_ms is all threads' computing for a face,
// which a busy machine changes less. The engines are called as the process that runs foreign models calls
// them.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <ctime>
#include <opencv2/core/utility.hpp>

#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/features/internal/onnx_torch_model.h"
#include "core/features/internal/opencv_model.h"
#include "core/onnx/read_graph.h"

namespace discern::features {
namespace {

double computed() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void extract(benchmark::State& state, bool opencv) {
  const char* file = std::getenv("DISCERN_MODEL");
  if (file == nullptr) {
    state.SkipWithError("DISCERN_MODEL is not set");
    return;
  }
  const std::string bytes = readFile(file);
  auto graph = onnx::readGraph(bytes);
  if (!graph) {
    state.SkipWithError("DISCERN_MODEL is no ONNX model");
    return;
  }
  cv::setNumThreads(1);
  setThreadCount(static_cast<int>(state.range(1)));
  const Recipe recipe = findRecipe("insightface");
  const OpenCvOutput output = openCvOutput(*graph, graph->outputs[0].name);
  const auto model = opencv ? openOnnxInOpenCv(file, bytes, output, recipe)
                            : openOnnxInTorch(file, std::move(*graph), recipe, Device::Cpu).model;
  const std::int64_t n = state.range(0);
  std::vector<float> blob(static_cast<std::size_t>(n * 3 * recipe.size * recipe.size));
  for (std::size_t i = 0; i < blob.size(); ++i) blob[i] = static_cast<float>(i * 7919 % 255) / 127.5F - 1;
  model->forward(blob, n);
  const double before = computed();
  for (auto _ : state) benchmark::DoNotOptimize(model->forward(blob, n).values.data());
  state.counters["faces/s"] =
      benchmark::Counter(static_cast<double>(n), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["cpu_ms"] =
      1000 * (computed() - before) / static_cast<double>(static_cast<std::int64_t>(state.iterations()) * n);
  setThreadCount(0);
}

void arguments(benchmark::internal::Benchmark* benchmark) {
  for (const int threads : {1, 2})
    for (const int faces : {1, 8, 32}) benchmark->Args({faces, threads});
  benchmark->ArgNames({"faces", "threads"})->UseRealTime()->Unit(benchmark::kMillisecond)->MinTime(1);
}

BENCHMARK_CAPTURE(extract, opencv, true)->Apply(arguments);
BENCHMARK_CAPTURE(extract, libtorch, false)->Apply(arguments);

}  // namespace
}  // namespace discern::features

BENCHMARK_MAIN();
