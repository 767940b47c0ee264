#include "core/pipeline/compare.h"

#include "core/aggregation/aggregate.h"
#include "core/analysis/kept.h"
#include "core/evaluation/protocols.h"

namespace discern::pipeline {

ComparedPairs comparePairs(const data::Protocol& protocol, const data::Matrix& templates) {
  ComparedPairs compared;
  for (const auto& pair : protocol.pairs) {
    const auto value = static_cast<float>(data::dot(templates.row(pair.a), templates.row(pair.b)));
    compared.values.push_back(value);
    compared.genuine.push_back(pair.genuine);
    compared.fold.push_back(pair.fold);
    (pair.genuine ? compared.comparisons.genuine : compared.comparisons.impostor).push_back(value);
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
