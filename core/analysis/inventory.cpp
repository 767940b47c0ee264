#include "core/analysis/inventory.h"

#include <map>

namespace discern::analysis {

std::vector<SetCounts> setCounts(const std::vector<project::SampleRow>& samples,
                                 const std::vector<project::IdentityRow>& identities) {
  std::map<std::pair<std::string, project::Role>, SetCounts> bySet;
  const auto of = [&](const project::IdentityRow& row) -> SetCounts& {
    SetCounts& counts = bySet[{row.set, row.role}];
    counts.set = row.set;
    counts.role = row.role;
    return counts;
  };
  for (const auto& row : identities) {
    SetCounts& counts = of(row);
    ++counts.identities;
    counts.excluded += row.excluded ? 1 : 0;
    counts.merged += row.mergedInto >= 0 ? 1 : 0;
  }
  for (const auto& sample : samples) {
    if (sample.identity < 0) continue;
    SetCounts& counts = of(identities[static_cast<std::size_t>(sample.identity)]);
    ++(sample.parent < 0 ? counts.images : counts.copies);
    counts.unusable += sample.problem.empty() ? 0 : 1;
  }
  std::vector<SetCounts> list;
  for (auto& [key, counts] : bySet) list.push_back(std::move(counts));
  return list;
}

}  // namespace discern::analysis
