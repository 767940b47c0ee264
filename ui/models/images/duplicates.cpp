#include "ui/models/images/duplicates.h"

#include <algorithm>

#include "core/results/doubts.h"

namespace discern::ui {
QString jobName(const Snapshot& snapshot, int identity) {
  const project::IdentityRow& row = snapshot.identities[static_cast<std::size_t>(identity)];
  const auto namesakes =
      std::count_if(snapshot.identities.begin(), snapshot.identities.end(),
                    [&](const project::IdentityRow& other) { return other.name == row.name; });
  return QString::fromStdString(namesakes > 1 ? row.set + "/" + row.name : row.name);
}

std::vector<Duplicate> openDuplicates(const std::string& json, const Snapshot& snapshot,
                                      const project::PairVerdicts& pairs) {
  std::vector<Duplicate> found;
  for (const auto& pair :
       analysis::doubtfulPairs(results::notedPairs(json, snapshot.identities), snapshot.who, snapshot.samples,
                               snapshot.identities, {.marks = {}, .pairs = pairs}))
    found.push_back(
        {pair.from, pair.into, jobName(snapshot, pair.from), jobName(snapshot, pair.into), pair.cosine});
  return found;
}

}  // namespace discern::ui
