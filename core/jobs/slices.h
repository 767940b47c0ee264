// slices: the error rates of parts of a protocol.
#pragma once

#include <cstdint>
#include <string>

#include "core/aggregation/aggregate.h"
#include "core/base/field.h"
#include "core/data/lengths.h"

namespace discern::jobs {

struct SlicesOptions {
  std::string column;    // of the table, or what the project itself knows
  std::string metadata;  // CSV with path, sample or identity; empty: the project itself
  std::string protocol;  // empty: the operating point's
  std::string features;  // empty: the newest
  std::string scores;    // empty: the newest where templates have several images
  std::string weights;   // another table that weighs what stays; empty: none
  aggregation::Rescale rescale = aggregation::Rescale::Auto;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that a template is the mean of
  double threshold = 0.15;                      // DDL keeps samples with a score above this
  double far = 1e-3;                            // of all comparisons: it sets the one threshold
  int bootstraps = 200;                         // of the pAUC's interval; 0: none
  std::uint64_t seed = 1;                       // of them
  bool point = false;                           // what is not given comes from the project's operating point
};
const Fields<SlicesOptions>& slicesFields();

}  // namespace discern::jobs
