#include "ui/models/images/score_overview.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace discern::ui {
ScoreOverview scoreOverview(const SampleTable& table, int extremes) {
  ScoreOverview result;
  if (table.scores() == nullptr) return result;
  std::array<std::vector<float>, 3> byRole;
  std::map<data::ScoreStatus, int> unscored;
  std::vector<int> scored;
  for (int sample = 0; sample < table.size(); ++sample) {
    if (!table.shows(sample)) continue;
    const double score = table.number(sample, Field::Score);
    if (std::isnan(score)) {
      ++unscored[table.status(sample)];
      continue;
    }
    scored.push_back(sample);
    result.scoredCopies += table.snapshot().samples[static_cast<std::size_t>(sample)].parent >= 0 ? 1 : 0;
    const int identity = table.identityOf(sample);
    const auto role = identity < 0 ? project::Role::Train
                                   : table.snapshot().identities[static_cast<std::size_t>(identity)].role;
    byRole[static_cast<std::size_t>(role)].push_back(static_cast<float>(score));
  }
  result.scored = static_cast<int>(scored.size());
  result.unscored.assign(unscored.begin(), unscored.end());
  const auto roles =
      std::count_if(byRole.begin(), byRole.end(), [](const auto& values) { return !values.empty(); });
  for (std::size_t role = 0; role < byRole.size(); ++role)
    if (!byRole[role].empty())
      result.distributions.push_back(
          {roles > 1 ? QString::fromLatin1(project::toString(static_cast<project::Role>(role))) : QString(),
           std::move(byRole[role])});

  const auto lower = [&](int a, int b) { return table.compare(a, b, Field::Score) < 0; };
  const auto n = std::min(scored.size(), static_cast<std::size_t>(extremes));
  result.worst.resize(n);
  std::partial_sort_copy(scored.begin(), scored.end(), result.worst.begin(), result.worst.end(), lower);
  result.best.resize(n);
  std::partial_sort_copy(scored.begin(), scored.end(), result.best.begin(), result.best.end(),
                         [&](int a, int b) { return lower(b, a); });
  return result;
}

}  // namespace discern::ui
