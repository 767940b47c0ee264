// What a hand on the threshold's slider waits for, and a
// whole sweep: 5,000 templates of 8 to 20 images, 512-D.
#include <benchmark/benchmark.h>

#include "core/sweep/sweep.h"
#include "tests/core/sweep/planted.h"

namespace discern::sweep {
namespace {

const Planted& input(int pairs) {
  static const Planted base = [] {
    PlantedOptions options;
    options.templates = 5000;
    options.identities = 1000;
    options.dims = 512;
    options.pairs = 100000;
    options.noise = 30;
    return planted(options);
  }();
  static Planted result = base;
  result.protocol.pairs.assign(base.protocol.pairs.begin(), base.protocol.pairs.begin() + pairs);
  return result;
}

ThresholdEvaluator::Options how(const benchmark::State& state) {
  ThresholdEvaluator::Options options;
  options.rescale = static_cast<aggregation::Rescale>(state.range(1));
  return options;
}

// Every move goes anywhere in (0, 1): most templates change, most pairs are compared again.
void jump(benchmark::State& state) {
  const Planted& p = input(static_cast<int>(state.range(0)));
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  Rng rng(1);
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.at(rng.uniform(), how(state)));
}
BENCHMARK(jump)
    ->ArgsProduct({{20000, 100000}, {0, 1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// The worst single move: from the best image alone to all images.
void fromOneToAll(benchmark::State& state) {
  const Planted& p = input(static_cast<int>(state.range(0)));
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  for (auto _ : state) {
    state.PauseTiming();
    evaluator.at(1, how(state));
    state.ResumeTiming();
    benchmark::DoNotOptimize(evaluator.at(0, how(state)));
  }
}
BENCHMARK(fromOneToAll)
    ->Args({100000, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// One step of the slider: 1/200 of the samples leave.
void step(benchmark::State& state) {
  const Planted& p = input(static_cast<int>(state.range(0)));
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  int i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.at(0.1 + 0.005 * (i++ % 160), how(state)));
}
BENCHMARK(step)
    ->ArgsProduct({{20000, 100000}, {2}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

void stepWithAccuracy(benchmark::State& state) {
  const Planted& p = input(static_cast<int>(state.range(0)));
  ThresholdEvaluator evaluator(p.features.view(), p.scores, p.protocol);
  auto options = how(state);
  options.accuracy = true;
  int i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(evaluator.at(0.1 + 0.005 * (i++ % 160), options));
}
BENCHMARK(stepWithAccuracy)
    ->Args({100000, 2})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

void construct(benchmark::State& state) {
  const Planted& p = input(100000);
  for (auto _ : state) benchmark::DoNotOptimize(ThresholdEvaluator(p.features.view(), p.scores, p.protocol));
}
BENCHMARK(construct)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

// 200 thresholds x 3 rescales and the 10 baselines, construction included.
void wholeSweep(benchmark::State& state) {
  const Planted& p = input(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    Progress progress;
    benchmark::DoNotOptimize(sweep(p.features.view(), p.scores, p.protocol, {}, progress));
  }
}
BENCHMARK(wholeSweep)
    ->Arg(20000)
    ->Arg(100000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace discern::sweep

BENCHMARK_MAIN();
