// 1:N identification on a project's features: a plain search,
// SCface's protocol, and UCCS's classifier (SKD, section 4).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/evaluation/identification.h"
#include "core/jobs/student_jobs.h"
#include "core/project/project.h"

namespace discern::pipeline {

using jobs::IdentifyOptions;

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
