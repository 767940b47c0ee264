// evaluate: verification of a protocol under every aggregation; sweep: thresholds against compute.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/base/field.h"
#include "core/data/lengths.h"
#include "core/evaluation/edc.h"
#include "core/evaluation/verification.h"

namespace discern::jobs {

struct EvaluateOptions {
  std::string protocol;  // empty: the operating point's
  std::string features;  // empty: the newest
  std::string scores;    // empty: none for LFW-style pairs, else the newest
  // Another table (any that covers the protocol), whose scores weigh the samples that a threshold on `scores`
  // keeps: a DDNet drops before the base model runs, a head weighs what it saw. Empty: none.
  std::string weights;
  double threshold = 0.15;  // of the DDL aggregations, as a score
  // The threshold is this percentile of the protocol's scores instead; NaN: it is not.
  double percentile = std::numeric_limits<double>::quiet_NaN();
  std::vector<aggregation::Rescale> rescales = {aggregation::Rescale::Off, aggregation::Rescale::On,
                                                aggregation::Rescale::Auto};
  int k = 3;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that a template is the mean of
  double trim = 0.15;                           // of the trimmed mean
  double minCosine = 0.3;                       // of the two-pass mean
  std::vector<std::string> aggregators;         // empty: the newest that were trained on such features
  std::vector<double> fars = {1e-4, 1e-3, 1e-2, 1e-1};
  evaluation::FarRule rule = evaluation::FarRule::AtMost;
  evaluation::EdcVariant edc = evaluation::EdcVariant::FixedThreshold;
  double fmr = 1e-3;  // of the EDC
  int bootstraps = 200;
  // What is not given comes from the project's operating point: who reads the options fills it in.
  bool point = false;
  // An operating point that was chosen elsewhere: a file of `point`, another project, or a run of one
  // (PROJECT:RUN, or RUN of this one). Its threshold and rescale take the place of those above, its tables
  // that of names which are not given, and its acceptance threshold is tried here. Empty: none.
  std::string operatingPoint;
  std::uint64_t seed = 1;
};
const Fields<EvaluateOptions>& evaluateFields();

struct SweepJobOptions {
  std::string protocol;          // empty: the operating point's
  std::string features, scores;  // empty: the newest
  // Another score table: one more DDL curve, which drops by the scores and weighs by these; empty: none.
  std::string weights;
  int thresholds = 200;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that a template is the mean of
  std::vector<std::string> aggregators;         // as of EvaluateOptions
  double far = 1e-3;
  bool accuracy = false;
  // Percent: the best point is looked for that loses at most so many points of TAR against the plain mean of
  // every image, or takes at most that share of its compute. NaN: not asked for.
  double loseAtMost = std::numeric_limits<double>::quiet_NaN();
  double computeAtMost = std::numeric_limits<double>::quiet_NaN();
  int bootstraps = 1000;  // of the interval of that point's difference
  bool point = false;     // as of EvaluateOptions
};
const Fields<SweepJobOptions>& sweepFields();

}  // namespace discern::jobs
