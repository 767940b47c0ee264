#include "core/analysis/operating_point.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/analysis/defaults.h"
#include "core/analysis/settings.h"
#include "core/base/described.h"
#include "core/base/error.h"
#include "core/base/json_text.h"

namespace discern::analysis {
namespace {
constexpr std::string_view kRescale = "ddl rescale=", kWeights = "ddl weights=";

bool isThere(const std::string& name, const std::vector<std::string>& names) {
  return std::ranges::find(names, name) != names.end();
}

std::string newestIfGone(const std::string& name, const std::vector<std::string>& names) {
  return orNewest(isThere(name, names) ? name : "", names);
}

OperatingPoint checked(OperatingPoint point) {
  if (!(point.threshold >= 0 && point.threshold <= 1))
    fail("operating point: its threshold is no number from 0 to 1; choose it again");
  if (!(point.far > 0 && point.far <= 1))
    fail("operating point: its far is no number above 0 and at most 1; choose it again");
  return point;
}

// What version 0.1 kept in settings of their own.
OperatingPoint oldPoint(const project::Project& project) {
  OperatingPoint point;
  const auto text = [&](const char* key) { return project.setting(key).value_or(""); };
  point.features = text(settings::kOldFeatures);
  point.scores = text(settings::kOldScores);
  point.protocol = text(settings::kOldProtocol);
  const std::string threshold = text(settings::kOldThreshold);
  double value = 0;
  const auto [end, error] = std::from_chars(threshold.data(), threshold.data() + threshold.size(), value);
  if (error == std::errc() && value >= 0 && value <= 1) point.threshold = value;
  return point;
}

}  // namespace

std::string toJson(const OperatingPoint& point) { return textOf(discern::toJson(point)); }

OperatingPoint operatingPointFromJson(const std::string& text) {
  return checked(fromJsonText<OperatingPoint>(text, "operating point"));
}

OperatingPoint storedPoint(const project::Project& project) {
  const auto stored = project.setting(settings::kOperatingPoint);
  if (!stored) return oldPoint(project);
  auto point = fromJsonText<OperatingPoint>(*stored, "operating point");
  if (point.far == 0) point.far = OperatingPoint().far;  // version 0.2 let it be chosen
  return checked(std::move(point));
}

void storePoint(project::Project& project, const OperatingPoint& point) {
  project.putSetting(settings::kOperatingPoint, toJson(point));
}

Choices choicesOf(const project::Project& project) {
  return {namesOf(project.featureTables()), project.scoreTables(), project.protocols()};
}

OperatingPoint resolved(OperatingPoint point, const Choices& choices) {
  point.features = newestIfGone(point.features, choices.features);
  point.scores = newestIfGone(point.scores, choices.scores);
  point.protocol = newestIfGone(point.protocol, choices.protocols);
  if (!isThere(point.weights, choices.scores)) point.weights.clear();
  return point;
}

OperatingPoint currentPoint(const project::Project& project) {
  return resolved(storedPoint(project), choicesOf(project));
}

std::string aggregationName(aggregation::Rescale rescale, const std::string& weights) {
  return weights.empty() ? std::string(kRescale) + toString(rescale) : std::string(kWeights) + weights;
}

std::string aggregationName(const OperatingPoint& point) {
  return aggregationName(point.rescale, point.weights);
}

bool setAggregation(OperatingPoint& point, const std::string& name) {
  if (name.starts_with(kWeights)) {
    point.weights = name.substr(kWeights.size());
    return true;
  }
  if (!name.starts_with(kRescale)) return false;
  point.rescale = aggregation::parseRescale(name.substr(kRescale.size()));
  point.weights.clear();
  return true;
}

std::string describe(const OperatingPoint& point) {
  const auto orNone = [](const std::string& name) { return name.empty() ? std::string("none") : name; };
  std::string text = point.scores.empty() ? std::string("no scores")
                                          : fmt::format("scores {} > {:.4f}, {}", point.scores,
                                                        point.threshold, aggregationName(point));
  return text + fmt::format(", features {}{}, protocol {}, FAR {:g}", orNone(point.features),
                            point.lengths == data::Lengths::Raw ? " as they are" : "", orNone(point.protocol),
                            point.far);
}

}  // namespace discern::analysis
