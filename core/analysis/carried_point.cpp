#include "core/analysis/carried_point.h"

#include <cmath>

#include "core/base/described.h"
#include "core/base/error.h"
#include "core/base/json_text.h"

namespace discern::analysis {

std::string toJson(const CarriedPoint& carried) { return textOf(discern::toJson(carried), 2) + "\n"; }

CarriedPoint carriedPointFromJson(const std::string& text, const std::string& where) {
  const auto values = parseJson(text, where);
  for (const char* key : {"operating_point", "accept"})
    if (!values.is_object() || !values.contains(key))
      fail("{}: has no {}; a file that 'point' wrote was expected", where, key);
  auto carried = fromJson<CarriedPoint>(values, where);
  if (!std::isfinite(carried.accept))
    fail("{}: its accept is no number; write the file again where it was chosen", where);
  carried.point = operatingPointFromJson(toJson(carried.point));  // which checks it
  return carried;
}

}  // namespace discern::analysis
