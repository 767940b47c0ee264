// How 5,000 templates of 20 images match, 512-D: all of them at another threshold, and one of them when an
// image is switched off.
#include <benchmark/benchmark.h>

#include "core/analysis/template_match.h"
#include "tests/core/sweep/planted.h"

namespace discern::analysis {
namespace {

struct Input {
  sweep::Planted planted;
  std::unique_ptr<TemplateMatcher> matcher;

  Input() {
    planted = sweep::planted({.templates = 5000,
                              .identities = 1000,
                              .dims = 512,
                              .smallest = 20,
                              .largest = 20,
                              .pairs = 100000,
                              .noise = 30});
    std::vector<int> identity(planted.scores.size());
    std::vector<project::SampleRow> rows(planted.scores.size());
    for (std::size_t s = 0; s < rows.size(); ++s) rows[s].id = static_cast<int>(s);
    for (const auto& group : planted.protocol.templates)
      for (const int s : group.samples) identity[static_cast<std::size_t>(s)] = group.identity;
    data::ScoreTable scores;
    scores.score = planted.scores;
    matcher = std::make_unique<TemplateMatcher>(
        templateSources(planted.features.view(), &scores, nullptr, rows, planted.protocol), planted.protocol,
        templateOwners(planted.protocol, identity));
  }
};

const Input& input() {
  static const Input made;
  return made;
}

OperatingPoint at(double threshold) {
  OperatingPoint point;
  point.threshold = threshold;
  return point;
}

void report(benchmark::State& state) {
  Progress silent;
  benchmark::DoNotOptimize(input().matcher->report(at(0.1), silent));
  int i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(input().matcher->report(at(0.2 + 0.01 * (i++ % 60)), silent));
}
BENCHMARK(report)->Unit(benchmark::kMillisecond)->UseRealTime();

void switchOne(benchmark::State& state) {
  Progress silent;
  std::vector<bool> on(20, true);
  std::size_t i = 0;
  benchmark::DoNotOptimize(input().matcher->tried(0, on, at(0.3), silent));
  for (auto _ : state) {
    on[i % 20] = !on[i % 20];
    ++i;
    benchmark::DoNotOptimize(input().matcher->tried(7, on, at(0.3), silent));
  }
}
BENCHMARK(switchOne)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace discern::analysis

BENCHMARK_MAIN();
