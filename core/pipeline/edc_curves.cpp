#include "core/pipeline/edc_curves.h"

#include <algorithm>
#include <cmath>

#include "core/evaluation/names.h"
#include "core/evaluation/protocols.h"

namespace discern::pipeline {

std::vector<float> pairQuality(const data::Protocol& protocol, const data::ScoreTable& table) {
  std::vector<float> ofTemplate;
  for (const auto& t : protocol.templates) {
    float sum = 0;
    for (const int s : t.samples)
      sum += std::isfinite(table.score[static_cast<std::size_t>(s)])
                 ? table.score[static_cast<std::size_t>(s)]
                 : 0.0F;
    ofTemplate.push_back(t.samples.empty() ? 0.0F : sum / static_cast<float>(t.samples.size()));
  }
  std::vector<float> quality;
  for (const auto& pair : protocol.pairs)
    quality.push_back(
        std::min(ofTemplate[static_cast<std::size_t>(pair.a)], ofTemplate[static_cast<std::size_t>(pair.b)]));
  return quality;
}

std::vector<results::EdcCurve> edcCurves(const std::vector<data::ScoreTable>& tables,
                                         const data::Protocol& protocol, const ComparedPairs& pairs,
                                         const evaluation::EdcOptions& options) {
  std::vector<results::EdcCurve> curves;
  for (const auto& table : tables) {
    if (evaluation::laterThan(table, protocol) > 0) continue;
    auto edc =
        evaluation::errorVersusDiscard(pairs.values, pairs.genuine, pairQuality(protocol, table), options);
    curves.push_back({table.name, nameOf(options.variant), std::move(edc.curve), edc.pauc});
  }
  return curves;
}

}  // namespace discern::pipeline
