// What is looked at and decided on: which scores drop images at which threshold, how those that stay are
// weighed, by whose features, and on what it is measured. One object, stored with the project: every page,
// every job and the report take it as a whole.
#pragma once

#include <string>
#include <vector>

#include "core/aggregation/names.h"
#include "core/data/lengths.h"
#include "core/project/project.h"

namespace discern::analysis {

struct OperatingPoint {
  std::string features;  // feature table
  std::string scores;    // score table whose threshold drops images; empty: none
  // Another score table (a head's) that weighs the images which stay; `rescale` has no part then.
  // Empty: `scores` weigh them.
  std::string weights;
  std::string protocol;
  aggregation::Rescale rescale = aggregation::Rescale::Auto;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that a template is the mean of
  double threshold = 0.15;                      // a score: what is not above it is dropped (DDL)
  double far = 1e-3;                            // at which true accept rates are told

  bool operator==(const OperatingPoint&) const = default;
};

template <class V>
void describe(V& v, OperatingPoint& point) {
  v("features", point.features);
  v("scores", point.scores);
  v("weights", point.weights);
  v("protocol", point.protocol);
  v("rescale", point.rescale);
  v("lengths", point.lengths);
  v("threshold", point.threshold);
  v("far", point.far);
}
std::string toJson(const OperatingPoint& point);
// A field that is absent has its default. Throws Error that names a field that cannot be one.
OperatingPoint operatingPointFromJson(const std::string& text);

// As the project stores it; where it does not, the defaults, with what version 0.1 stored of it. Fields may
// be empty or name what is gone: see resolved().
OperatingPoint storedPoint(const project::Project& project);
void storePoint(project::Project& project, const OperatingPoint& point);  // works without the job lock

// The names that can be chosen, each list oldest first.
struct Choices {
  std::vector<std::string> features, scores, protocols;
};
Choices choicesOf(const project::Project& project);
// The point with names that are there: what is empty or gone is the newest (weights: none), or empty
// where there is none.
OperatingPoint resolved(OperatingPoint point, const Choices& choices);
// The stored one, resolved by what there is.
OperatingPoint currentPoint(const project::Project& project);

// How the images that stay are combined, as evaluations and sweeps name it: "ddl rescale=auto", "ddl
// weights=head".
std::string aggregationName(const OperatingPoint& point);
std::string aggregationName(aggregation::Rescale rescale, const std::string& weights);
// Sets rescale and weights by such a name; false: it is no DDL aggregation, and nothing changes.
bool setAggregation(OperatingPoint& point, const std::string& name);

// "scores dscore > 0.4560, ddl rescale=off, features demo, protocol templates, FAR 0.001"
std::string describe(const OperatingPoint& point);

}  // namespace discern::analysis
