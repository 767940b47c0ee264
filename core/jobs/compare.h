// compare: two sides of one protocol, pair by pair.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/aggregation/aggregate.h"
#include "core/base/field.h"
#include "core/data/lengths.h"

namespace discern::jobs {

// Side B takes from side A what it is not given.
struct CompareOptions {
  std::string protocol;                    // empty: the operating point's
  std::string featuresA, featuresB;        // empty: the newest, as A
  std::string scoresA, scoresB;            // empty: the newest where templates have several images, as A
  std::string weightsA, weightsB;          // of DDL: another table that weighs what stays; empty: none, as A
  std::string aggregationA, aggregationB;  // empty: DDL with scores, else average; as A
  aggregation::Rescale rescaleA = aggregation::Rescale::Auto, rescaleB = aggregation::Rescale::Auto;
  data::Lengths lengthsA = data::Lengths::Unit;
  std::string lengthsB;  // data::Lengths; empty: as A
  double thresholdA = 0.15;
  double thresholdB = std::numeric_limits<double>::quiet_NaN();  // NaN: as A
  std::vector<double> fars = {1e-4, 1e-3, 1e-2, 1e-1};
  double flipsFar = 1e-3;  // at which the pairs that flip are listed
  int bootstraps = 1000;
  std::uint64_t seed = 1;
  // Protocol, side A, both rescale modes and flipsFar, where not given, are the project's operating point's,
  // whose FAR is one of those told: who reads the options fills it in.
  bool point = false;
  std::string out;  // CSV of all pairs that flip; empty: none
};
const Fields<CompareOptions>& compareFields();

}  // namespace discern::jobs
