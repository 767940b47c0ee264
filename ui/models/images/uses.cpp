#include "ui/models/images/uses.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "core/analysis/protocol_today.h"

namespace discern::ui {

std::vector<analysis::Use> usesToday(const SampleTable& table, const data::Protocol* protocol,
                                     const std::vector<int>& of) {
  const auto size = static_cast<std::size_t>(table.size());
  if (table.scores() == nullptr) return std::vector<analysis::Use>(size);
  std::vector<float> scores = table.scores()->score;
  scores.resize(size, std::numeric_limits<float>::quiet_NaN());
  if (protocol == nullptr) return analysis::usesOf(nullptr, scores, table.threshold());
  data::Protocol templates;  // its pairs are many, and change nothing here
  templates.name = protocol->name;
  templates.folds = protocol->folds;
  std::vector<char> asked(size, of.empty() ? 1 : 0);
  for (const int sample : of) asked[static_cast<std::size_t>(sample)] = 1;
  const auto isAsked = [&](int sample) {
    return static_cast<std::size_t>(sample) < size && asked[static_cast<std::size_t>(sample)] != 0;
  };
  std::ranges::copy_if(
      protocol->templates, std::back_inserter(templates.templates),
      [&](const data::Template& group) { return std::ranges::any_of(group.samples, isAsked); });
  const Snapshot& snapshot = table.snapshot();
  analysis::PairCounts counts;
  data::Protocol today =
      analysis::protocolToday(std::move(templates), snapshot.identities, snapshot.who, counts);
  for (auto& group : today.templates)  // what came after the table
    std::erase_if(group.samples, [size](int sample) { return static_cast<std::size_t>(sample) >= size; });
  return analysis::usesOf(&today, scores, table.threshold());
}

}  // namespace discern::ui
