// 1:N identification on a project's features: a plain search,
// SCface's protocol, and UCCS's classifier (SKD, section 4).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/evaluation/identification.h"
#include "core/project/project.h"

namespace discern::pipeline {

struct IdentifyOptions {
  // All of test identities.
  // search: the first `gallery` images of each are enrolled (their mean), the rest are probes; images of pool
  //   identities are strangers.
  // scface: one mugshot of each of 80 subjects, 15 probes each, rates per distance.
  // uccs: the 180 subjects with most images, 4:1; a linear reduction and a softmax are trained on the
  //   features, which should be a student's mimic layer (discern extract --layer mimic).
  std::string benchmark = "search";
  std::string features;  // feature table; empty: the newest
  std::string set;       // imported set; empty: all sets
  int gallery = 1;
  // scface: tested (0: 80, and 50 are left for training unless identities of the set are for training
  // already); uccs: classes (0: 180).
  int subjects = 0;
  int maxRank = 10;
  int reduction = 128;  // uccs: columns of the trained reduction
  int epochs = 60;      // uccs
  std::uint64_t seed = 1;
};

struct IdentifyResult {
  std::string benchmark, features;
  int identities = 0;
  std::int64_t gallery = 0, probes = 0, strangers = 0;
  std::vector<double> cmc;                        // search, scface
  std::vector<evaluation::GroupRate> byDistance;  // scface: rank 1
  std::vector<evaluation::TpirAtFpir> tpir;       // search with strangers
  double top1Error = 0, top5Error = 0;            // uccs
  int missingProbes = 0;                          // scface
};

IdentifyResult identify(const project::Project& project, const IdentifyOptions& options, Progress& progress);
std::string toJson(const IdentifyResult& result);

}  // namespace discern::pipeline
