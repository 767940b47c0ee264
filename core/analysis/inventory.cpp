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
  for (auto& [key, counts] : bySet)
    if (counts.images + counts.copies > 0) list.push_back(std::move(counts));
  return list;
}

Totals totals(const Who& who, const std::vector<project::SampleRow>& samples) {
  Totals totals;
  std::vector<std::int64_t> originals(who.part.size(), 0), images(who.part.size(), 0);
  for (std::size_t i = 0; i < who.identity.size(); ++i) {
    if (samples[i].removed()) continue;
    ++(who.votes[i] ? totals.originals : totals.copies);
    if (who.identity[i] < 0) continue;
    const auto owner = static_cast<std::size_t>(who.identity[i]);
    ++images[owner];
    originals[owner] += who.votes[i] ? 1 : 0;
  }
  for (std::size_t i = 0; i < who.part.size(); ++i) {
    if (who.part[i] == data::Part::Out || images[i] == 0) continue;
    People& part = who.part[i] == data::Part::Train  ? totals.train
                   : who.part[i] == data::Part::Test ? totals.test
                                                     : totals.pool;
    for (People* people : {&totals.all, &part}) {
      ++people->identities;
      people->withSeveral += originals[i] > 1 ? 1 : 0;
    }
  }
  return totals;
}

}  // namespace discern::analysis
