#include "ui/models/images/score_overview.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace discern::ui {
namespace {

ScoreOverview::Row rowOf(const SampleTable& table, int identity) {
  ScoreOverview::Row row;
  row.identity = identity;
  row.name = table.identityName(identity);
  row.samples = table.snapshot().samplesOfIdentity[static_cast<std::size_t>(identity)];
  std::stable_sort(row.samples.begin(), row.samples.end(),
                   [&](int a, int b) { return table.compare(a, b, Field::Score) < 0; });
  double sum = 0;
  int scored = 0;
  for (int sample : row.samples) {
    const double score = table.number(sample, Field::Score);
    row.scores.push_back(static_cast<float>(score));
    if (std::isnan(score)) continue;
    sum += score;
    ++scored;
  }
  row.mean = scored > 0 ? sum / scored : std::numeric_limits<double>::quiet_NaN();
  return row;
}

}  // namespace

ScoreOverview scoreOverview(const SampleTable& table, RowOrder order, int extremes) {
  ScoreOverview result;
  if (table.scores() == nullptr) return result;
  std::array<std::vector<float>, 3> byRole;
  std::map<data::ScoreStatus, int> unscored;
  std::vector<int> scored;
  for (int sample = 0; sample < table.size(); ++sample) {
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

  for (std::size_t identity = 0; identity < table.snapshot().samplesOfIdentity.size(); ++identity) {
    ScoreOverview::Row row = rowOf(table, static_cast<int>(identity));
    if (!std::isnan(row.mean)) result.rows.push_back(std::move(row));
  }
  std::stable_sort(result.rows.begin(), result.rows.end(), [order](const auto& a, const auto& b) {
    switch (order) {
      case RowOrder::WorstFirst:
        return a.mean < b.mean;
      case RowOrder::BestFirst:
        return a.mean > b.mean;
      case RowOrder::MostImages:
        return a.samples.size() > b.samples.size();
      case RowOrder::Name:
        break;
    }
    return QString::compare(a.name, b.name, Qt::CaseInsensitive) < 0;
  });
  return result;
}

}  // namespace discern::ui
