// The exact lambda path against minimum cuts at the paper's fourteen lambdas (-1, -2, -4 .. -8192), in one
// process and on the same faces: 8,419 identities of 43.7 images on average (log-normal, 5 to 400), 512-D.
//   cuts_of_the_whole_graph    the paper's way: Boost.Graph's Boykov-Kolmogorov on one sparse graph
//   cuts_of_each_class         the same code on a graph built anew for each class and lambda, as Boost's
//   manual does it exact_path                 all lambdas at once
// Argument `pairs`: 1 when the time includes the weights of the pairs (products of the features), 0 when they
// are there already (for the whole graph: 1 includes building it, 0 is the cuts alone). The path's counters
// are its gain over the slower ways in the same run, on the processor's clock. DISCERN_BENCH_IDENTITIES:
// another number of them.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/base/simd.h"
#include "core/selection/class_path.h"
#include "core/selection/class_weights.h"
#include "core/selection/selection.h"
#include "core/selection/whole_graph.h"

namespace discern::selection {
namespace {

constexpr std::int64_t kDims = 512;
constexpr int kSampledCentres = 64;

int identityCount() {
  const char* wanted = std::getenv("DISCERN_BENCH_IDENTITIES");
  return wanted != nullptr ? std::max(2, std::atoi(wanted)) : 8419;
}

std::vector<double> paperLambdas() {
  std::vector<double> lambdas;
  for (int k = 0; k < 14; ++k) lambdas.push_back(-std::ldexp(1.0, k));
  return lambdas;
}

// Entries of a random direction of unit length on average.
void direct(Rng& rng, std::span<float> out, float length) {
  const float scale = length * std::sqrt(3.0F / static_cast<float>(kDims)) / 2147483648.0F;
  for (std::size_t k = 0; k < out.size(); k += 2) {
    const std::uint64_t bits = rng.next();
    out[k] = scale * static_cast<float>(static_cast<std::int32_t>(bits));
    out[k + 1] = scale * static_cast<float>(static_cast<std::int32_t>(bits >> 32));
  }
}

// Faces scatter about their identity's centre, a fifth of the identities about several; hard images are less
// like their own and more like everybody. u is summed over 64 of the other centres and scaled to all.
struct Faces {
  AlignedVector<float> values;  // as in a mapped .npy, whose rows start at a multiple of 64 bytes
  std::vector<int> identity;
  std::vector<std::int64_t> begin;
  std::vector<float> others;
  int identities = 0;

  explicit Faces(int count) : identities(count) {
    Rng rng(7);
    begin = {0};
    const double sigma = 0.8, mean = std::log(43.7) - sigma * sigma / 2 + 0.01;
    for (int c = 0; c < count; ++c) {
      const double size = std::clamp(std::exp(mean + sigma * rng.normal()), 5.0, 400.0);
      begin.push_back(begin.back() + std::llround(size));
      identity.insert(identity.end(), static_cast<std::size_t>(begin[c + 1] - begin[c]), c);
    }
    values.resize(static_cast<std::size_t>(begin.back() * kDims));
    others.resize(identity.size());
    data::Matrix everybody(1, kDims), centres(count, kDims);
    direct(rng, everybody.row(0), 0.4F);
    for (int c = 0; c < count; ++c) direct(rng, centres.row(c), 0.9F);
    parallelFor(count, 16, [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t c = first; c < last; ++c) fill(c, centres, everybody.row(0));
    });
  }

  void fill(std::int64_t c, const data::Matrix& centres, std::span<const float> everybody) {
    Rng rng(mixSeed(11, static_cast<std::uint64_t>(c)));
    const int clusters = rng.chance(0.2) ? 2 + static_cast<int>(rng.below(2)) : 1;
    data::Matrix offset(clusters, kDims), noise(1, kDims);
    for (int k = 0; k < clusters; ++k) direct(rng, offset.row(k), clusters > 1 ? 0.7F : 0.0F);
    for (std::int64_t i = begin[c]; i < begin[c + 1]; ++i) {
      const auto quality = static_cast<float>(1 - 0.8 * std::pow(rng.uniform(), 3));
      const auto side = offset.row(rng.below(clusters));
      direct(rng, noise.row(0), 0.7F);
      const std::span<float> row(values.data() + i * kDims, kDims);
      for (std::size_t k = 0; k < row.size(); ++k)
        row[k] = quality * (centres.row(c)[k] + side[k]) + everybody[k] * (1.3F - quality) + noise.values[k];
      double sum = 0;
      for (int s = 0; s < kSampledCentres; ++s) {
        auto other = rng.below(identities);
        if (other == c) other = (other + 1) % identities;
        sum += std::max(0.0, data::dot(row, centres.row(other)) + 0.3 * data::dot(row, everybody));
      }
      others[i] = static_cast<float>(sum / data::norm(row) / kSampledCentres * (identities - 1));
    }
  }

  SelectionInput input(int count) const {
    return {{values.data(), begin[count], kDims},
            {identity.data(), static_cast<std::size_t>(begin[count])},
            count,
            {others.data(), static_cast<std::size_t>(begin[count])}};
  }
};

const Faces& faces() {
  static const Faces made(identityCount());
  return made;
}

// Of every class, made once: what the path and the cuts of each class start from when the time excludes them.
struct Pairs {
  std::vector<std::vector<double>> others;
  std::vector<AlignedVector<float>> pairs;
};
const Pairs& pairsOf(const Faces& faces) {
  static const Pairs made = [&] {
    Pairs all;
    const SelectionInput input = faces.input(faces.identities);
    const Classes classes = classesOf(input);
    ClassWeights weights;
    for (int c = 0; c < faces.identities; ++c) {
      weights.load(input, classes.members(c));
      all.others.emplace_back(weights.others().begin(), weights.others().end());
      all.pairs.emplace_back(weights.pairs(),
                             weights.pairs() + padded(weights.size()) * padded(weights.size()));
    }
    return all;
  }();
  return made;
}

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Of the slower ways, by name and argument `pairs`: what the path is compared with.
std::map<std::pair<std::string, std::int64_t>, double>& seconds() {
  static std::map<std::pair<std::string, std::int64_t>, double> all;
  return all;
}

using Kept = std::vector<std::vector<unsigned char>>;  // per lambda, per sample
Kept& keptByCut() {
  static Kept kept;
  return kept;
}

void cutsOfTheWholeGraph(benchmark::State& state) {
  const SelectionInput input = faces().input(faces().identities);
  for (auto _ : state) {
    double start = processorSeconds();
    const WholeGraph graph(input);
    const double built = processorSeconds() - start;
    start = processorSeconds();
    keptByCut().clear();
    for (const double lambda : paperLambdas()) keptByCut().push_back(graph.cut(lambda));
    const double cuts = processorSeconds() - start;
    seconds()[{"whole", 0}] = cuts;
    seconds()[{"whole", 1}] = built + cuts;
    state.SetIterationTime(built + cuts);
    state.counters["cuts_alone_s"] = cuts;
  }
  state.counters["faces"] = static_cast<double>(faces().begin.back());
}

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Graph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS,
    boost::property<boost::vertex_index_t, long,
                    boost::property<boost::vertex_color_t, boost::default_color_type,
                                    boost::property<boost::vertex_distance_t, long,
                                                    boost::property<boost::vertex_predecessor_t,
                                                                    Traits::edge_descriptor>>>>,
    boost::property<boost::edge_capacity_t, double,
                    boost::property<boost::edge_residual_capacity_t, double,
                                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

void cutOfOneClass(std::span<const double> u, const float* pairs, double lambda, unsigned char* kept) {
  const std::size_t n = u.size(), width = padded(n);
  Graph graph(n + 2);
  const auto add = [&](std::size_t a, std::size_t b, double there, double back) {
    const auto edge = boost::add_edge(a, b, graph).first, reverse = boost::add_edge(b, a, graph).first;
    put(boost::edge_capacity, graph, edge, there);
    put(boost::edge_capacity, graph, reverse, back);
    put(boost::edge_reverse, graph, edge, reverse);
    put(boost::edge_reverse, graph, reverse, edge);
  };
  for (std::size_t i = 0; i < n; ++i) {
    double degree = 0;
    for (std::size_t j = 0; j < n; ++j) degree += pairs[i * width + j];
    const double cost = u[i] + lambda * degree / 2;
    if (cost < 0) add(n, i, -cost, 0);
    if (cost > 0) add(i, n + 1, cost, 0);
    for (std::size_t j = i + 1; j < n; ++j)
      if (const double w = -lambda / 2 * pairs[i * width + j]; w > 0) add(i, j, w, w);
  }
  boost::boykov_kolmogorov_max_flow(graph, n, n + 1);
  for (std::size_t i = 0; i < n; ++i)
    kept[i] = get(boost::vertex_color, graph, i) == boost::black_color ? 1 : 0;
}

void cutsOfEachClass(benchmark::State& state) {
  const Pairs& all = pairsOf(faces());
  Kept kept(14, std::vector<unsigned char>(faces().identity.size()));
  for (auto _ : state) {
    double start = processorSeconds();
    const std::vector<double> lambdas = paperLambdas();
    for (std::size_t k = 0; k < lambdas.size(); ++k)
      for (int c = 0; c < faces().identities; ++c)
        cutOfOneClass(all.others[c], all.pairs[c].data(), lambdas[k], kept[k].data() + faces().begin[c]);
    const double cuts = processorSeconds() - start;
    const SelectionInput input = faces().input(faces().identities);
    start = processorSeconds();
    const Classes classes = classesOf(input);
    ClassWeights weights;
    for (int c = 0; c < faces().identities; ++c) weights.load(input, classes.members(c));
    const double products = processorSeconds() - start;
    seconds()[{"class", 0}] = cuts;
    seconds()[{"class", 1}] = cuts + products;
    state.SetIterationTime(cuts + products);
    state.counters["cuts_alone_s"] = cuts;
    state.counters["products_s"] = products;
  }
  if (!keptByCut().empty() && kept != keptByCut()) state.SkipWithError("the two ways to cut disagree");
}

// Faces for which a cut and the path disagree, but those within 1e-9 of their breakpoint.
void compare(benchmark::State& state, std::span<const double> enters) {
  if (keptByCut().empty()) return;
  const std::vector<double> lambdas = paperLambdas();
  std::int64_t differing = 0, ties = 0;
  for (std::size_t k = 0; k < lambdas.size(); ++k)
    for (std::size_t i = 0; i < enters.size(); ++i) {
      if (isKept(enters[i], lambdas[k]) == (keptByCut()[k][i] != 0)) continue;
      ++(std::isfinite(enters[i]) && std::abs(enters[i] + lambdas[k]) <= 1e-9 * enters[i] ? ties : differing);
    }
  state.counters["ties"] = static_cast<double>(ties);
  state.counters["differing"] = static_cast<double>(differing);
  if (differing > 0) state.SkipWithError("the path's sets are not the cut's");
}

void report(benchmark::State& state, double perRun) {
  for (const auto& [key, value] : seconds())
    if (key.second == state.range(0)) state.counters["x_" + key.first] = value / perRun;
}

void exactPath(benchmark::State& state) {
  const bool withPairs = state.range(0) != 0;
  const SelectionInput input = faces().input(faces().identities);
  const Pairs* all = withPairs ? nullptr : &pairsOf(faces());
  std::vector<double> enters(faces().identity.size());
  AtomicSplit::Counts counts;
  double spent = 0;
  for (auto _ : state) {
    const double start = processorSeconds();
    if (withPairs) {
      Progress progress;
      enters = lambdaPath(input, {1}, progress).enters;
    } else {
      ClassPath path;
      for (int c = 0; c < faces().identities; ++c)
        path.compute(all->others[c], all->pairs[c].data(),
                     {enters.data() + faces().begin[c], all->others[c].size()});
      counts = path.counts();
    }
    const double now = processorSeconds() - start;
    spent += now;
    state.SetIterationTime(now);
  }
  compare(state, enters);
  report(state, spent / static_cast<double>(state.iterations()));
  if (withPairs) return;
  state.counters["by_laplacian"] = static_cast<double>(counts.byLaplacian);
  state.counters["by_clipping"] = static_cast<double>(counts.byClipping);
  state.counters["split_by_sweep"] = static_cast<double>(counts.bySweep);
  state.counters["flows"] = static_cast<double>(counts.flows);
  state.counters["split_by_flow"] = static_cast<double>(counts.splitByFlow);
}

// Linear in the number of identities: us_each stays the same.
void pathOfSome(benchmark::State& state) {
  const int count = static_cast<int>(faces().identities * state.range(0) / 8);
  const SelectionInput input = faces().input(count);
  for (auto _ : state) {
    Progress progress;
    benchmark::DoNotOptimize(lambdaPath(input, {1}, progress));
  }
  state.counters["identities"] = count;
  state.counters["us_face"] =
      benchmark::Counter(1e-6 * static_cast<double>(input.features.rows),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void pathOnThreads(benchmark::State& state) {
  const SelectionInput input = faces().input(faces().identities);
  for (auto _ : state) {
    Progress progress;
    benchmark::DoNotOptimize(lambdaPath(input, {static_cast<int>(state.range(0))}, progress));
  }
}

double statusMiB(const char* key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(key)) return std::atof(line.c_str() + std::string(key).size() + 1) / 1024;
  return 0;
}

// Peak resident memory of a run above what is resident before it, the features among that.
void pathMemory(benchmark::State& state) {
  const SelectionInput input = faces().input(faces().identities);
  double above = 0;
  for (auto _ : state) {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";
    const double before = statusMiB("VmRSS");
    Progress progress;
    benchmark::DoNotOptimize(lambdaPath(input, {static_cast<int>(state.range(0))}, progress));
    above = std::max(above, statusMiB("VmHWM") - before);
  }
  state.counters["MiB_above_features"] = above;
}

BENCHMARK(pathMemory)->Name("exact_path_memory")->ArgName("threads")->Arg(2)->Iterations(1);
BENCHMARK(cutsOfTheWholeGraph)->Name("cuts_of_the_whole_graph")->UseManualTime()->Iterations(1);
BENCHMARK(cutsOfEachClass)->Name("cuts_of_each_class")->UseManualTime()->Iterations(1);
BENCHMARK(exactPath)->Name("exact_path")->ArgName("pairs")->Arg(1)->Arg(0)->UseManualTime();
BENCHMARK(pathOfSome)->Name("exact_path_of_eighths")->Arg(1)->Arg(2)->Arg(4)->Arg(8);
BENCHMARK(pathOnThreads)
    ->Name("exact_path_on_threads")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace discern::selection

BENCHMARK_MAIN();
