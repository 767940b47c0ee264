#include "ui/models/images/neighbours.h"

#include <algorithm>
#include <limits>

#include "core/aggregation/methods.h"
#include "ui/language/words.h"

namespace discern::ui {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool usable(data::MatrixView features, int sample) {
  return sample >= 0 && sample < features.rows && data::isFinite(features.row(sample)) &&
         data::norm(features.row(sample)) > 0;
}

std::vector<int> usableOf(data::MatrixView features, const std::vector<int>& samples) {
  std::vector<int> result;
  for (int sample : samples)
    if (usable(features, sample)) result.push_back(sample);
  return result;
}

}  // namespace

std::vector<Neighbour> nearestOf(data::MatrixView features, int sample, const std::vector<int>& candidates,
                                 int k) {
  std::vector<Neighbour> found;
  if (!usable(features, sample)) return found;
  for (int candidate : candidates)
    if (candidate != sample && usable(features, candidate))
      found.push_back({candidate, data::cosine(features.row(sample), features.row(candidate))});
  const auto count = std::min(found.size(), static_cast<std::size_t>(std::max(0, k)));
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(),
                    [](const Neighbour& a, const Neighbour& b) {
                      return a.cosine != b.cosine ? a.cosine > b.cosine : a.sample < b.sample;
                    });
  found.resize(count);
  return found;
}

WhatIf whatIf(data::MatrixView features, int sample, const std::vector<int>& members,
              const std::vector<int>& reference, const std::vector<int>& rival, std::span<const float> scores,
              double atThreshold) {
  WhatIf result;
  const std::vector<int> with = usableOf(features, members);
  std::vector<int> without = with;
  std::erase(without, sample);
  const std::vector<int> others = usableOf(features, reference), rivals = usableOf(features, rival);
  result.templateSize = static_cast<int>(with.size());
  result.referenceSize = static_cast<int>(others.size());
  result.rivalSize = static_cast<int>(rivals.size());
  if (without.size() == with.size())
    result.problem =
        Words::tr("This image has no usable feature, so its template is the same without it.").toStdString();
  else if (without.empty())
    result.problem =
        Words::tr("It is the only usable image of its template: without it nothing is left to match.")
            .toStdString();
  else if (others.empty() && rivals.empty())
    result.problem =
        Words::tr("There are no other images of this identity to match the template against.").toStdString();
  if (!result.problem.empty()) return result;

  aggregation::Options mean;
  mean.method = aggregation::Method::Average;
  const data::Matrix references = aggregation::aggregate(features, {others, rivals}, {}, mean);
  const auto match = [&](std::span<const float> feature) {
    return Match{others.empty() ? kNone : data::dot(feature, references.row(0)),
                 rivals.empty() ? kNone : data::dot(feature, references.row(1))};
  };
  const auto add = [&](const aggregation::Options& options, std::span<const float> weights) {
    const data::Matrix both = aggregation::aggregate(features, {with, without}, weights, options);
    result.rows.push_back({aggregation::labelOf(options), match(both.row(0)), match(both.row(1))});
  };
  add(mean, {});
  // What drops by the threshold before the others.
  for (const bool threshold : {true, false})
    for (const auto method : aggregation::allMethods()) {
      using Needs = aggregation::MethodInfo::Needs;
      const auto& info = aggregation::infoOf(method);
      if (method == mean.method || info.takesThreshold != threshold || info.needs == Needs::Media ||
          info.needs == Needs::DetectorScores || (info.needs == Needs::Scores && scores.empty()))
        continue;
      aggregation::Options options;
      options.method = method;
      options.threshold = atThreshold;
      add(options, info.needs == Needs::Scores ? scores : std::span<const float>{});
    }
  return result;
}

void splitIdentity(const std::vector<int>& images, int sample, std::vector<int>& members,
                   std::vector<int>& reference) {
  members = {sample};
  reference.clear();
  bool toReference = true;
  for (int image : images) {
    if (image == sample) continue;
    (toReference ? reference : members).push_back(image);
    toReference = !toReference;
  }
}

}  // namespace discern::ui
