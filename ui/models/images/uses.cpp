#include "ui/models/images/uses.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "core/analysis/protocol_today.h"

namespace discern::ui {

data::Protocol templatesToday(const data::Protocol& protocol, const Snapshot& snapshot,
                              const analysis::Who& who,
                              const std::function<bool(const data::Template&)>& wanted) {
  data::Protocol templates;
  templates.name = protocol.name;
  templates.folds = protocol.folds;
  std::ranges::copy_if(protocol.templates, std::back_inserter(templates.templates),
                       [&](const data::Template& group) { return !wanted || wanted(group); });
  analysis::PairCounts counts;
  return analysis::protocolToday(std::move(templates), snapshot.identities, who, counts);
}

std::vector<analysis::Use> usesToday(const SampleTable& table, const data::Protocol* protocol,
                                     const std::vector<int>& of) {
  const auto size = static_cast<std::size_t>(table.size());
  if (table.scores() == nullptr) return std::vector<analysis::Use>(size);
  std::vector<float> scores = table.scores()->score;
  scores.resize(size, std::numeric_limits<float>::quiet_NaN());
  if (protocol == nullptr) return analysis::usesOf(nullptr, scores, table.threshold());
  std::vector<char> asked(size, of.empty() ? 1 : 0);
  for (const int sample : of) asked[static_cast<std::size_t>(sample)] = 1;
  const auto isAsked = [&](int sample) {
    return static_cast<std::size_t>(sample) < size && asked[static_cast<std::size_t>(sample)] != 0;
  };
  const Snapshot& snapshot = table.snapshot();
  data::Protocol today = templatesToday(*protocol, snapshot, snapshot.who, [&](const data::Template& group) {
    return std::ranges::any_of(group.samples, isAsked);
  });
  for (auto& group : today.templates)  // what came after the table
    std::erase_if(group.samples, [size](int sample) { return static_cast<std::size_t>(sample) >= size; });
  return analysis::usesOf(&today, scores, table.threshold());
}

}  // namespace discern::ui
