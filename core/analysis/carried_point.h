// An operating point that travels: what was chosen, and the comparison threshold at which it accepts, so that
// both can be tried on other people.
#pragma once

#include <cstdint>
#include <string>

#include "core/analysis/operating_point.h"

namespace discern::analysis {

struct CarriedPoint {
  OperatingPoint point;
  std::string aggregation = {};  // aggregationName of it, or what templates were where there are no scores
  std::string model = {};        // that made the features: its hash (settings::featureModel); empty: unknown
  // Accepted is a comparison of at least `accept`: what gives point.far on the point's protocol.
  double accept = 0;
  double tar = 0, actualFar = 0;
  std::int64_t genuine = 0, impostor = 0;  // comparisons there
};
template <class V>
void describe(V& v, CarriedPoint& carried) {
  v("operating_point", carried.point);
  v("aggregation", carried.aggregation);
  v("model", carried.model);
  v("accept", carried.accept);
  v("tar", carried.tar);
  v("actual_far", carried.actualFar);
  v("genuine", carried.genuine);
  v("impostor", carried.impostor);
}

std::string toJson(const CarriedPoint& carried);  // indented, for a file
// Throws Error that begins with `where` and names a field that is missing or cannot be one.
CarriedPoint carriedPointFromJson(const std::string& text, const std::string& where);

}  // namespace discern::analysis
