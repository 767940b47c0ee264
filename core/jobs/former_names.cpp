#include "core/jobs/former_names.h"

namespace discern::jobs {

std::span<const FormerName> formerNames() {
  static constexpr FormerName kNames[] = {
      {"predict", "model", "network"},      {"predict", "ddnet", "network"},
      {"explain", "ddnet", "network"},      {"explain", "model", "network"},
      {"aggregate", "ddnet", "network"},  // its model is the base model
      {"export-model", "ddnet", "network"}, {"export-model", "model", "network"}};
  return kNames;
}

}  // namespace discern::jobs
