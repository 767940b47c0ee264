#include "ui/models/images/uses.h"

#include <limits>
#include <utility>

#include "core/analysis/protocol_today.h"

namespace discern::ui {

std::vector<analysis::Use> usesToday(const SampleTable& table, const data::Protocol* protocol) {
  const auto size = static_cast<std::size_t>(table.size());
  if (table.scores() == nullptr) return std::vector<analysis::Use>(size);
  std::vector<float> scores = table.scores()->score;
  scores.resize(size, std::numeric_limits<float>::quiet_NaN());
  if (protocol == nullptr) return analysis::usesOf(nullptr, scores, table.threshold());
  data::Protocol templates;  // its pairs are many, and change nothing here
  templates.name = protocol->name;
  templates.folds = protocol->folds;
  templates.templates = protocol->templates;
  const Snapshot& snapshot = table.snapshot();
  analysis::PairCounts counts;
  data::Protocol today =
      analysis::protocolToday(std::move(templates), snapshot.identities, snapshot.who, counts);
  for (auto& group : today.templates)  // what came after the table
    std::erase_if(group.samples, [size](int sample) { return static_cast<std::size_t>(sample) >= size; });
  return analysis::usesOf(&today, scores, table.threshold());
}

}  // namespace discern::ui
