#include "core/analysis/what_if.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace discern::analysis {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::vector<int> usableOf(data::MatrixView features, const std::vector<int>& samples) {
  std::vector<int> usable;
  for (const int sample : samples)
    if (sample >= 0 && sample < features.rows && data::isFinite(features.row(sample)) &&
        data::norm(features.row(sample)) > 0)
      usable.push_back(sample);
  return usable;
}

// The point's, the plain average, and what else there is.
std::vector<PlannedAggregation> aggregationsOf(const OperatingPoint& point, Known known) {
  PlanOptions options;
  options.rescales = {point.rescale};
  options.threshold = point.threshold;
  options.weights = point.weights;
  options.lengths = point.lengths;
  auto others = planAggregations(options, known, false);
  std::stable_partition(others.begin(), others.end(), [](const PlannedAggregation& planned) {
    return planned.how.method == aggregation::Method::Average;
  });
  std::vector<PlannedAggregation> list = {aggregationOf(point, known)};
  for (auto& planned : others)
    if (std::ranges::find(list, planned.name, &PlannedAggregation::name) == list.end())
      list.push_back(std::move(planned));
  return list;
}

}  // namespace

Judged judge(double gain) {
  return !(std::abs(gain) >= kEvenBand) ? Judged::Even : gain > 0 ? Judged::Better : Judged::Worse;
}

double WhatIf::gain() const {
  const auto& [name, with, without] = rows.front();
  return std::isfinite(with.margin()) ? without.margin() - with.margin()
         : std::isfinite(with.own)    ? without.own - with.own
                                      : with.rival - without.rival;
}

WhatIf whatIf(const TemplateSources& sources, const OperatingPoint& point, int sample,
              const std::vector<int>& members, const std::vector<int>& reference,
              const std::vector<int>& rival) {
  WhatIf result;
  const std::vector<int> with = usableOf(sources.features, members);
  std::vector<int> without = with;
  std::erase(without, sample);
  const std::vector<int> others = usableOf(sources.features, reference),
                         rivals = usableOf(sources.features, rival);
  result.templateSize = static_cast<int>(with.size());
  result.referenceSize = static_cast<int>(others.size());
  result.rivalSize = static_cast<int>(rivals.size());
  if (without.size() == with.size())
    result.problem = "This image has no usable feature, so its template is the same without it.";
  else if (without.empty())
    result.problem = "It is the only usable image of its template: without it nothing is left to match.";
  else if (others.empty() && rivals.empty())
    result.problem = "There are no other images of this identity to match the template against.";
  if (!result.problem.empty()) return result;

  aggregation::Options mean;
  mean.method = aggregation::Method::Average;
  mean.normaliseFeatures = point.lengths == data::Lengths::Unit;
  const data::Matrix references = aggregation::aggregate(sources.features, {others, rivals}, {}, mean);
  const auto match = [&](std::span<const float> feature) {
    return Match{others.empty() ? kNone : data::dot(feature, references.row(0)),
                 rivals.empty() ? kNone : data::dot(feature, references.row(1))};
  };
  for (const auto& planned : aggregationsOf(point, sources.known())) {
    const data::Matrix both = templateFeatures(sources, {with, without}, planned);
    result.rows.push_back({planned.name, match(both.row(0)), match(both.row(1))});
  }
  return result;
}

void splitIdentity(const std::vector<int>& images, int sample, std::vector<int>& members,
                   std::vector<int>& reference) {
  members = {sample};
  reference.clear();
  bool toReference = true;
  for (const int image : images) {
    if (image == sample) continue;
    (toReference ? reference : members).push_back(image);
    toReference = !toReference;
  }
}

}  // namespace discern::analysis
