// cost: what recognising one face costs each model; identify: 1:N identification.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/aggregation/names.h"
#include "core/base/device.h"
#include "core/base/field.h"
#include "core/data/lengths.h"
#include "core/evaluation/cost.h"

namespace discern::jobs {

struct ModelCostOptions {
  std::vector<std::string> models;  // networks or feature tables of the project; empty: all recognisers
  std::vector<int> batches = {1, 64};
  int threads = 1;  // of the CPU
  Device device = Device::Cpu;
  evaluation::ComputeCount count = evaluation::ComputeCount::Macs;  // how compute is told
  double seconds = 0.5;  // measured for so long a batch size, after a warm-up; the median counts
};
const Fields<ModelCostOptions>& costFields();

// Search: the first `gallery` images of each test identity are enrolled (their mean), the rest are probes;
// images of pool identities are strangers. Scface: one mugshot of each of 80 subjects, 15 probes each, rates
// per distance. Uccs: the 180 subjects with most images, 4:1; a linear reduction and a softmax are trained on
// the features, which should be a student's mimic layer. Templates: templates of protocols are the galleries
// and the probes (IJB's and TinyFace's). Tracklets: the same of persons that cameras saw, one protocol each,
// by MARS's rules (evaluation/tracklets.h) and under every aggregation. Actions: videos of a protocol put
// into the classes of the training identities, which are known by their names, under every aggregation
// (evaluation/classes.h).
enum class Benchmark { Search, Scface, Uccs, Templates, Tracklets, Actions };
inline const auto& namesOf(Benchmark) {
  static constexpr std::array<Named<Benchmark>, 6> kNames{
      {{Benchmark::Search, "search", "Enrolled images of each test identity against the rest"},
       {Benchmark::Scface, "scface", "SCface's mugshots against its cameras, by distance"},
       {Benchmark::Uccs, "uccs", "UCCS's classifier on the features of most photographed subjects"},
       {Benchmark::Templates, "templates", "Templates of some protocols searched for among those of others"},
       {Benchmark::Tracklets, "tracklets",
        "Tracklets searched for among those of other cameras, as MARS does: mAP and CMC"},
       {Benchmark::Actions, "actions",
        "Videos put into the classes that were trained on, by their clips: top-1 and top-5"}}};
  return kNames;
}

// Where UCCS's reduction starts: the identity layer of the student whose mimic layer the features are, or
// Xavier's random weights, the baseline.
enum class ReductionStart { Own, Random };
inline const auto& namesOf(ReductionStart) {
  static constexpr std::array<Named<ReductionStart>, 2> kNames{
      {{ReductionStart::Own, "own",
        "The student's own identity layer, where the features are its mimic layer"},
       {ReductionStart::Random, "random", "Xavier's random weights"}}};
  return kNames;
}

struct IdentifyOptions {
  Benchmark benchmark = Benchmark::Search;  // of test identities but for templates, tracklets and actions
  std::string features;                     // feature table; empty: the newest
  std::string set;                          // imported set; empty: all sets
  int gallery = 1;
  // scface: tested (0: 80, and 50 are left for training unless identities of the set are for training
  // already); uccs: classes (0: 180).
  int subjects = 0;
  // templates: protocols; of the probes as many as there are galleries, or one for all of them. tracklets:
  // one of each; none: gallery and query of the newest set that has them. actions: no gallery, for the
  // classes are the training identities; the probes one protocol, none: videos of the newest set that has it.
  std::vector<std::string> galleries, probes;
  // templates: how images become one feature, as of EvaluateOptions.
  std::string aggregation = "average", scores;  // one of the registry; empty scores: the newest
  std::string weights;  // another score table: DDL drops by the scores and weighs by this; empty: none
  aggregation::Rescale rescale = aggregation::Rescale::Auto;
  data::Lengths lengths = data::Lengths::Unit;
  double threshold = 0.15;  // of DDL
  int k = 3;
  std::vector<int> clips = {9, 5};  // actions: its k, one after the other
  double trim = 0.15, minCosine = 0.3;
  std::vector<std::string> aggregators;  // empty: the newest that were trained on such features
  int maxRank = 0;                       // 0: see ranksOf
  ReductionStart reductionStart = ReductionStart::Own;  // uccs
  int reduction = 128;                                  // uccs: columns of a reduction that starts at random
  int epochs = 60;                                      // uccs
  std::uint64_t seed = 1;
};
const Fields<IdentifyOptions>& identifyFields();
// Length of the CMC: the options', else 10, and 20 of templates and tracklets, as TinyFace tells it.
int ranksOf(const IdentifyOptions& options);

}  // namespace discern::jobs
