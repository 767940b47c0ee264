#include "core/analysis/agreement.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/defaults.h"
#include "core/evaluation/correlation.h"

namespace discern::analysis {
namespace {

struct Columns {
  std::vector<float> told, truth;
  std::vector<int> identity;

  double within(int* identities = nullptr) const {
    const auto result = evaluation::spearmanWithin(told, truth, identity);
    if (identities != nullptr) *identities = result.identities;
    return result.mean;
  }
  double global() const { return evaluation::spearman(told, truth); }
};

}  // namespace

std::vector<Agreement> agreements(const std::vector<data::ScoreTable>& tables, const Who& who,
                                  const std::string& features) {
  std::vector<Agreement> list;
  const data::ScoreTable* truth = newestDscores(tables, features);
  if (truth == nullptr) return list;
  for (const auto& table : tables) {
    if (&table == truth) continue;
    Columns all, clean, degraded;
    const std::size_t n = std::min({who.identity.size(), table.score.size(), truth->score.size()});
    for (std::size_t i = 0; i < n; ++i) {
      if (!who.isPart(static_cast<int>(i), data::Part::Test)) continue;
      if (!std::isfinite(truth->ratio[i]) || !std::isfinite(table.score[i])) continue;
      for (Columns* columns : {&all, who.votes[i] ? &clean : &degraded}) {
        columns->told.push_back(table.ratio[i]);
        columns->truth.push_back(truth->ratio[i]);
        columns->identity.push_back(who.identity[i]);
      }
    }
    if (all.told.size() < 10) continue;
    Agreement g;
    g.scores = table.name;
    g.truth = truth->name;
    g.within = all.within(&g.identities);
    g.global = all.global();
    g.withinClean = clean.within();
    g.globalClean = clean.global();
    g.withinDegraded = degraded.within();
    g.globalDegraded = degraded.global();
    g.images = static_cast<std::int64_t>(all.told.size());
    g.clean = static_cast<std::int64_t>(clean.told.size());
    list.push_back(std::move(g));
  }
  return list;
}

}  // namespace discern::analysis
