#include "core/pipeline/compare.h"

#include <algorithm>

#include "core/aggregation/aggregate.h"
#include "core/analysis/kept.h"
#include "core/evaluation/protocols.h"

namespace discern::pipeline {

ComparedPairs comparePairs(const data::Protocol& protocol, const data::Matrix& templates) {
  return comparePairs(protocol, templates, {protocol.pairs, templates.rows, templates.cols});
}

ComparedPairs comparePairs(const data::Protocol& protocol, const data::Matrix& templates,
                           const analysis::PairOrder& order) {
  ComparedPairs compared;
  const auto& pairs = protocol.pairs;
  compared.values = order.products(templates.view(), pairs);
  const auto genuine = std::ranges::count(pairs, true, &data::Pair::genuine);
  compared.comparisons.genuine.reserve(static_cast<std::size_t>(genuine));
  compared.comparisons.impostor.reserve(pairs.size() - static_cast<std::size_t>(genuine));
  compared.genuine.reserve(pairs.size());
  if (protocol.folds > 0) compared.fold.reserve(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    compared.genuine.push_back(pairs[i].genuine);
    if (protocol.folds > 0) compared.fold.push_back(pairs[i].fold);
    (pairs[i].genuine ? compared.comparisons.genuine : compared.comparisons.impostor)
        .push_back(compared.values[i]);
  }
  return compared;
}

PlainVerification verifyAverage(const data::Protocol& protocol, data::MatrixView features) {
  data::Protocol usable = protocol;
  evaluation::leaveOutUnusable(usable, features);
  aggregation::Options average;
  average.method = aggregation::Method::Average;
  const auto compared =
      comparePairs(usable, aggregation::aggregate(features, analysis::groupsOf(usable), {}, average));
  PlainVerification result;
  result.verification = evaluation::verify(compared.comparisons);
  if (usable.folds > 0)
    result.folds = evaluation::foldAccuracy(compared.values, compared.genuine, compared.fold);
  return result;
}

}  // namespace discern::pipeline
