#include "core/analysis/aggregation_plan.h"

#include "core/aggregation/group_network.h"

namespace discern::analysis {
namespace {
using aggregation::Rescale;
using Needs = aggregation::MethodInfo::Needs;
using Weights = PlannedAggregation::Weights;

void addMethod(std::vector<PlannedAggregation>& list, aggregation::Method method,
               const PlanOptions& options) {
  const auto& info = aggregation::infoOf(method);
  auto rescales = options.rescales.empty() ? PlanOptions().rescales : options.rescales;
  if (!info.takesThreshold) rescales = {Rescale::Off};
  for (const Rescale rescale : rescales) {
    aggregation::Options o;
    o.method = method;
    o.rescale = rescale;
    o.threshold = options.threshold;
    o.k = options.k;
    o.trim = options.trim;
    o.minCosine = options.minCosine;
    o.seed = options.seed;
    o.normaliseFeatures = options.lengths == data::Lengths::Unit;
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
    case Needs::Network:
      return false;
    default:
      return true;
  }
}

std::vector<PlannedAggregation> planAggregations(const PlanOptions& options, Known known, bool single) {
  std::vector<PlannedAggregation> list;
  for (const bool byScores : {false, true})
    for (const auto method : aggregation::allMethods()) {
      const auto needs = aggregation::infoOf(method).needs;
      if (isMet(needs, known) && byScores == (needs == Needs::Scores)) addMethod(list, method, options);
      for (const auto& network : options.networks)
        if (!byScores && aggregation::methodOf(network->kind) == method) {
          addMethod(list, method, options);
          list.back().how.network = network;
        }
    }
  if (single) {
    list.resize(1);
    list.front().name = kSingleImages;
  } else if (known.weights && known.scores) {
    PlannedAggregation byOthers{aggregationName(Rescale::Off, options.weights), list.back().how,
                                Weights::Others};
    byOthers.how.method = aggregation::Method::Ddl;
    byOthers.how.rescale = Rescale::Off;
    list.push_back(std::move(byOthers));
  }
  return list;
}

PlannedAggregation aggregationOf(const OperatingPoint& point, Known known) {
  PlannedAggregation planned;
  planned.how.threshold = point.threshold;
  planned.how.normaliseFeatures = point.lengths == data::Lengths::Unit;
  if (!known.scores) {
    planned.how.method = aggregation::Method::Average;
    planned.name = aggregation::labelOf(planned.how);
    return planned;
  }
  planned.how.method = aggregation::Method::Ddl;
  const bool weighed = known.weights && !point.weights.empty();
  planned.how.rescale = weighed ? Rescale::Off : point.rescale;
  if (weighed) planned.weights = Weights::Others;
  planned.name = aggregationName(point.rescale, weighed ? point.weights : "");
  return planned;
}

}  // namespace discern::analysis
