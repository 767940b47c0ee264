#include "core/data/empty_templates.h"

#include <utility>

namespace discern::data {

LeftTemplates leaveOutEmpty(Protocol& protocol) {
  std::vector<int> to(protocol.templates.size(), -1);
  std::vector<Template> templates;
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (protocol.templates[i].samples.empty()) continue;
    to[i] = static_cast<int>(templates.size());
    templates.push_back(std::move(protocol.templates[i]));
  }
  std::vector<Pair> pairs;
  for (Pair pair : protocol.pairs) {
    pair.a = to[static_cast<std::size_t>(pair.a)];
    pair.b = to[static_cast<std::size_t>(pair.b)];
    if (pair.a >= 0 && pair.b >= 0) pairs.push_back(pair);
  }
  const LeftTemplates left{std::ssize(protocol.templates) - std::ssize(templates),
                           std::ssize(protocol.pairs) - std::ssize(pairs)};
  protocol.templates = std::move(templates);
  protocol.pairs = std::move(pairs);
  closeFoldGaps(protocol);
  return left;
}

}  // namespace discern::data
