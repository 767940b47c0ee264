#include "core/sweep/sweep.h"

#include <cmath>
#include <utility>

#include "core/aggregation/group_network.h"
#include "core/aggregation/methods.h"
#include "core/base/error.h"

namespace discern::sweep {
std::vector<double> thresholdsOf(std::span<const float> sorted, int count) {
  std::vector<double> thresholds;
  if (sorted.empty()) return thresholds;
  for (int i = 0; i < count; ++i) {
    const double threshold = scoreAtKeptShare(1 - static_cast<double>(i) / count, sorted);
    if (thresholds.empty() || threshold > thresholds.back()) thresholds.push_back(threshold);
  }
  return thresholds;
}

// One chord over all DDL curves together: a curve that bends sharply but lies below another is not proposed.
void proposeKnee(SweepResult& result) {
  std::vector<double> compute, accuracy;
  std::vector<std::pair<int, int>> places;
  for (std::size_t c = 0; c < result.curves.size(); ++c) {
    if (result.curves[c].isBaseline) continue;
    for (std::size_t p = 0; p < result.curves[c].points.size(); ++p) {
      compute.push_back(result.curves[c].points[p].cost.share);
      accuracy.push_back(result.curves[c].points[p].tar);
      places.emplace_back(static_cast<int>(c), static_cast<int>(p));
    }
  }
  const int index = knee(compute, accuracy);
  if (index < 0) return;
  result.kneeCurve = places[static_cast<std::size_t>(index)].first;
  result.kneePoint = places[static_cast<std::size_t>(index)].second;
}

std::vector<aggregation::Method> usualBaselines() {
  using Needs = aggregation::MethodInfo::Needs;
  std::vector<aggregation::Method> list = aggregation::allMethods();
  std::erase_if(list, [](aggregation::Method method) {
    const auto& info = aggregation::infoOf(method);
    return info.takesThreshold || info.needs == Needs::Media || info.needs == Needs::DetectorScores ||
           info.needs == Needs::Network;
  });
  return list;
}

SweepResult sweep(data::MatrixView features, std::span<const float> scores, const data::Protocol& protocol,
                  const SweepOptions& options, Progress& progress) {
  if (options.thresholds < 1) fail("the sweep got {} thresholds; ask for at least 1", options.thresholds);
  ThresholdEvaluator evaluator(features, scores, protocol, options.weights, options.lengths);
  if (evaluator.sortedScores().empty())
    fail("no sample of protocol '{}' has a score; score its images before sweeping thresholds",
         protocol.name);
  const auto thresholds = thresholdsOf(evaluator.sortedScores(), options.thresholds);
  const bool weighed = !options.weights.empty();
  const std::size_t curves = options.rescales.size() + (weighed ? 1 : 0);
  progress.start("sweep", static_cast<std::int64_t>(curves * thresholds.size() + options.baselines.size() +
                                                    options.networks.size()));
  ThresholdEvaluator::Options how;
  how.far = options.far;
  how.accuracy = options.accuracy;
  how.cost = options.cost;
  SweepResult result;
  const auto follow = [&](const std::string& name, const ThresholdEvaluator::Options& by) {
    Curve curve{name, false, {}};
    for (const double threshold : thresholds) {
      progress.throwIfStopped();
      curve.points.push_back(evaluator.at(threshold, by));
      progress.advance();
    }
    result.curves.push_back(std::move(curve));
  };
  for (const auto rescale : options.rescales) {
    how.rescale = rescale;
    follow(std::string("ddl rescale=") + aggregation::toString(rescale), how);
  }
  if (weighed) {
    auto byWeights = how;
    byWeights.byWeights = true;
    byWeights.cost = options.weightsCost;
    follow("ddl weights=" + options.weightsName, byWeights);
  }
  const auto compareOnce = [&](const aggregation::Options& aggregation) {
    progress.throwIfStopped();
    result.curves.push_back(
        {aggregation::toString(aggregation.method), true, {evaluator.baseline(aggregation, how)}});
    progress.advance();
  };
  aggregation::Options aggregation;
  for (const auto method : options.baselines) {
    aggregation.method = method;
    compareOnce(aggregation);
  }
  for (const auto& network : options.networks) {
    aggregation.method = aggregation::methodOf(network->kind);
    aggregation.network = network;
    compareOnce(aggregation);
  }
  proposeKnee(result);
  progress.finish();
  return result;
}

int knee(std::span<const double> compute, std::span<const double> accuracy) {
  if (compute.size() != accuracy.size())
    fail("the knee got {} costs and {} accuracies; give one of each per point", compute.size(),
         accuracy.size());
  const auto usable = [&](int i) { return std::isfinite(compute[i]) && std::isfinite(accuracy[i]); };
  const auto n = static_cast<int>(compute.size());
  int cheapest = -1, best = -1;
  for (int i = 0; i < n; ++i) {
    if (!usable(i)) continue;
    const auto cheaper = [&](int j) {
      return compute[i] < compute[j] || (compute[i] == compute[j] && accuracy[i] > accuracy[j]);
    };
    const auto better = [&](int j) {
      return accuracy[i] > accuracy[j] || (accuracy[i] == accuracy[j] && compute[i] < compute[j]);
    };
    if (cheapest < 0 || cheaper(cheapest)) cheapest = i;
    if (best < 0 || better(best)) best = i;
  }
  if (cheapest < 0 || compute[best] <= compute[cheapest]) return best;
  const double slope = (accuracy[best] - accuracy[cheapest]) / (compute[best] - compute[cheapest]);
  int bend = best;
  double height = 1e-12;  // above rounding
  for (int i = 0; i < n; ++i) {
    if (!usable(i) || compute[i] > compute[best]) continue;
    const double above = accuracy[i] - (accuracy[cheapest] + slope * (compute[i] - compute[cheapest]));
    if (above > height) {
      height = above;
      bend = i;
    }
  }
  return bend;
}

}  // namespace discern::sweep
