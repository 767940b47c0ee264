// The whole of score(), without and with the selection's u_i (others), against nothing but matrix products of
// the same size, split over threads in the same way. All report GFLOP/s; score's divided by the products' is
// the share of the machine that the score uses. OpenBLAS chooses its kernel when it loads: set
// OPENBLAS_CORETYPE (Haswell, SkylakeX) as `discern` does for its jobs.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <benchmark/benchmark.h>

#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/discriminability/dscore.h"

namespace discern::discriminability {
namespace {

constexpr std::int64_t kDims = 512, kTile = 1024;

struct Set {
  data::Matrix features;
  std::vector<int> identity;
  std::vector<Part> part;
};

Set makeSet(std::int64_t samples, int identities) {
  Set set{
      data::Matrix(samples, kDims), {}, std::vector<Part>(static_cast<std::size_t>(identities), Part::Train)};
  parallelFor(samples, 256, [&](std::int64_t begin, std::int64_t end) {
    Rng rng(mixSeed(1, static_cast<std::uint64_t>(begin)));
    for (std::int64_t i = begin; i < end; ++i)
      for (float& v : set.features.row(i)) v = static_cast<float>(rng.uniform(-1, 1));
  });
  for (std::int64_t i = 0; i < samples; ++i) set.identity.push_back(static_cast<int>(i % identities));
  return set;
}

void score(benchmark::State& state) {
  const auto samples = state.range(0);
  const auto identities = static_cast<int>(state.range(1));
  const Set set = makeSet(samples, identities);
  ScoreOptions options;
  options.others = state.range(2) != 0;
  for (auto _ : state) {
    Progress progress;
    ScoreInput input{set.features.view(), set.identity, set.part, identities, {}, {}};
    benchmark::DoNotOptimize(discriminability::score(input, options, progress));
  }
  // Every sample and, for people under two names, every centroid with every centroid.
  const double products = (static_cast<double>(samples) + identities) * identities;
  state.counters["GFLOP/s"] =
      benchmark::Counter(2e-9 * products * kDims, benchmark::Counter::kIsIterationInvariantRate);
}

void pureProducts(benchmark::State& state) {
  const auto samples = state.range(0), identities = state.range(1);
  const Set set = makeSet(2 * kTile, 2);
  for (auto _ : state) {
    parallelFor(samples, kTile, [&](std::int64_t begin, std::int64_t end) {
      at::set_num_threads(1);
      float* values = const_cast<float*>(set.features.values.data());
      const at::Tensor left = at::from_blob(values, {end - begin, kDims}, at::kFloat);
      at::Tensor out = at::empty({kTile, kTile}, at::kFloat);
      for (std::int64_t first = 0; first < identities; first += kTile) {
        const std::int64_t width = std::min(kTile, identities - first);
        const at::Tensor right = at::from_blob(values + kTile * kDims, {width, kDims}, at::kFloat);
        at::Tensor tile = at::from_blob(out.data_ptr<float>(), {end - begin, width}, at::kFloat);
        at::mm_out(tile, left, right.t());
      }
    });
  }
  const double products = static_cast<double>(samples) * static_cast<double>(identities);
  state.counters["GFLOP/s"] =
      benchmark::Counter(2e-9 * products * kDims, benchmark::Counter::kIsIterationInvariantRate);
}

BENCHMARK(pureProducts)
    ->Args({65'536, 8'419})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(score)
    ->ArgNames({"samples", "identities", "others"})
    ->Args({65'536, 8'419, 0})
    ->Args({65'536, 8'419, 1})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace discern::discriminability

BENCHMARK_MAIN();
