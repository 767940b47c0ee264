#include "core/selection/methods.h"

#include <cmath>
#include <limits>
#include <utility>

namespace discern::selection {

#define SELECTION(file, function) MethodInfo function();
#include "core/selection/methods.def"
#undef SELECTION

namespace {

Registry<MethodInfo>& all() {
#define SELECTION(file, function) function(),
  static Registry<MethodInfo> registry("way to select", {
#include "core/selection/methods.def"
                                                        });
#undef SELECTION
  return registry;
}

}  // namespace

const Registry<MethodInfo>& methods() { return all(); }

void registerMethod(MethodInfo info) { all().add(std::move(info)); }

bool isOrder(const std::string& method) {
  const MethodInfo* known = methods().seek(method);
  return known != nullptr && known->sets == MethodInfo::Sets::Order;
}

std::vector<std::int64_t> takingPart(const SelectionInput& input) {
  std::vector<std::int64_t> faces;
  for (std::int64_t i = 0; i < input.features.rows; ++i)
    if (input.identity[static_cast<std::size_t>(i)] >= 0 &&
        !std::isnan(input.others[static_cast<std::size_t>(i)]))
      faces.push_back(i);
  return faces;
}

LambdaPath pathOfOrder(std::span<const std::int64_t> order, std::int64_t faces) {
  LambdaPath path;
  path.enters.assign(static_cast<std::size_t>(faces), std::numeric_limits<double>::quiet_NaN());
  double place = 0;
  for (const std::int64_t face : order) path.enters[static_cast<std::size_t>(face)] = place++;
  return path;
}

}  // namespace discern::selection
