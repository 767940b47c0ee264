// t-SNE on the files that tsne_reference.py makes and runs through scikit-learn:
//   tests/benchmarks/tsne_reference.py make FOLDER && DISCERN_TSNE_FOLDER=FOLDER build/bin/tsne_benchmark
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/data/npy.h"
#include "core/embedding/tsne.h"

namespace discern::embedding {
namespace {

// Points and exactLimit; two threads, as the reference.
void map(benchmark::State& state) {
  const char* folder = std::getenv("DISCERN_TSNE_FOLDER");
  const auto file =
      std::filesystem::path(folder ? folder : ".") / ("tsne_" + std::to_string(state.range(0)) + ".npy");
  if (!std::filesystem::exists(file)) {
    state.SkipWithError(
        ("no " + file.string() + ": run tsne_reference.py make, set DISCERN_TSNE_FOLDER").c_str());
    return;
  }
  const data::Matrix points = data::loadNpy(file);
  TsneOptions options;
  options.threads = 2;
  options.exactLimit = static_cast<int>(state.range(1));
  double kl = 0;
  for (auto _ : state) {
    Progress progress;
    kl = tsne(points.view(), options, progress).kl;
  }
  state.counters["KL"] = kl;
}
BENCHMARK(map)
    ->ArgNames({"points", "exactLimit"})
    ->Args({2000, 8000})
    ->Args({10000, 8000})
    ->Args({10000, 10000})
    ->Args({50000, 8000})
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace discern::embedding

BENCHMARK_MAIN();
