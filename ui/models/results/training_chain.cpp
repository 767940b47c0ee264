#include "ui/models/results/training_chain.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/jobs/jobs.h"
#include "core/jobs/stored.h"

namespace discern::ui {
namespace {

bool askedForAlike(const project::RunRow& a, const project::RunRow& b) {
  if (a.job != b.job) return false;
  const auto known = std::ranges::find(jobs::allJobs(), a.job, &jobs::Job::name);
  if (known == jobs::allJobs().end()) return a.options == b.options;  // of another version
  const auto& fields = known->fields;
  return std::ranges::all_of(fields, [&](const Field& field) {
    return !field.matters || jobs::storedText(a, field.name) == jobs::storedText(b, field.name);
  });
}

}  // namespace

bool isStopped(const project::RunRow& run) {
  return run.status == "cancelled" || run.status == "interrupted";
}

std::vector<TrainingChain> trainingChains(const std::vector<const project::RunRow*>& runs) {
  std::vector<TrainingChain> chains;
  for (const project::RunRow* run : runs) {
    const auto before = std::find_if(chains.rbegin(), chains.rend(), [&](const TrainingChain& chain) {
      return chain.back()->job == run->job &&
             jobs::storedText(*chain.back(), "name") == jobs::storedText(*run, "name");
    });
    TrainingChain chain;
    if (before != chains.rend() && isStopped(*before->back()) && askedForAlike(*before->back(), *run)) {
      chain = std::move(*before);
      chains.erase(std::next(before).base());
    }
    chain.push_back(run);
    chains.push_back(std::move(chain));
  }
  return chains;
}

std::vector<project::MetricRow> continued(const std::vector<std::vector<project::MetricRow>>& runs) {
  std::vector<project::MetricRow> all;
  for (const auto& metrics : runs) {
    std::map<std::string, std::int64_t> first;
    for (const auto& row : metrics) {
      const auto [at, isNew] = first.emplace(row.name, row.step);
      if (!isNew) at->second = std::min(at->second, row.step);
    }
    std::erase_if(all, [&](const project::MetricRow& row) {
      const auto at = first.find(row.name);
      return at != first.end() && row.step >= at->second;
    });
    all.insert(all.end(), metrics.begin(), metrics.end());
  }
  return all;
}

TrainingCurves continued(TrainingCurves before, const TrainingCurves& after) {
  for (const TrainingCurve& curve : after) {
    const auto known = std::find_if(before.begin(), before.end(),
                                    [&](const TrainingCurve& other) { return other.name == curve.name; });
    if (known == before.end()) {
      before.push_back(curve);
    } else if (!curve.points.isEmpty()) {
      const double first = curve.points.front().x();
      known->points.removeIf([&](const QPointF& point) { return point.x() >= first; });
      known->points += curve.points;
    }
  }
  return before;
}

std::optional<double> lossEnd(std::vector<double> values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.size() < 20) return {};
  std::ranges::sort(values);
  const double usual = values[values.size() * 9 / 10], most = values.back();
  if (usual <= 0 || most <= 5 * usual) return {};
  return 1.5 * usual;
}

}  // namespace discern::ui
