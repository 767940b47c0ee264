#include "core/analysis/defaults.h"

namespace discern::analysis {

std::string orNewest(const std::string& given, const std::vector<std::string>& names) {
  return !given.empty() ? given : names.empty() ? std::string() : names.back();
}

std::vector<std::string> namesOf(const std::vector<project::FeatureTableRow>& tables) {
  std::vector<std::string> names;
  for (const auto& table : tables) names.push_back(table.name);
  return names;
}

const data::ScoreTable* newestDscores(const std::vector<data::ScoreTable>& tables,
                                      const std::string& features) {
  const data::ScoreTable* newest = nullptr;
  for (const auto& table : tables)
    if (table.method == "dscore" && table.featureTable == features) newest = &table;
  return newest;
}

}  // namespace discern::analysis
