#include "core/pipeline/aggregation_plan.h"

#include <fmt/format.h>

#include "core/aggregation/methods.h"
#include "core/aggregation/names.h"

namespace discern::pipeline {
namespace {
using aggregation::Rescale;
using Needs = aggregation::MethodInfo::Needs;
using Weights = PlannedAggregation::Weights;

void addMethod(std::vector<PlannedAggregation>& list, aggregation::Method method,
               const jobs::EvaluateOptions& options, double threshold) {
  const auto& info = aggregation::infoOf(method);
  auto rescales = options.rescales.empty() ? jobs::EvaluateOptions().rescales : options.rescales;
  if (!info.takesThreshold) rescales = {Rescale::Off};
  for (const Rescale rescale : rescales) {
    aggregation::Options o;
    o.method = method;
    o.rescale = rescale;
    o.threshold = threshold;
    o.k = options.k;
    o.seed = options.seed;
    list.push_back({aggregation::labelOf(o), o,
                    info.needs == Needs::DetectorScores ? Weights::Detector : Weights::Scores});
  }
}

}  // namespace

bool isMet(Needs needs, Known known) {
  switch (needs) {
    case Needs::Scores:
      return known.scores;
    case Needs::Media:
      return known.media;
    case Needs::DetectorScores:
      return known.detector;
    default:
      return true;
  }
}

std::vector<PlannedAggregation> planAggregations(const jobs::EvaluateOptions& options, double threshold,
                                                 Known known, bool single) {
  std::vector<PlannedAggregation> list;
  for (const bool byScores : {false, true})
    for (const auto method : aggregation::allMethods())
      if (const auto needs = aggregation::infoOf(method).needs;
          isMet(needs, known) && byScores == (needs == Needs::Scores))
        addMethod(list, method, options, threshold);
  if (single) {
    list.resize(1);
    list.front().name = "single images";
  } else if (known.weights && known.scores) {
    PlannedAggregation byOthers{fmt::format("ddl weights={}", options.weights), list.back().how,
                                Weights::Others};
    byOthers.how.method = aggregation::Method::Ddl;
    byOthers.how.rescale = Rescale::Off;
    list.push_back(std::move(byOthers));
  }
  return list;
}

}  // namespace discern::pipeline
