#include "core/pipeline/carried_point.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "core/analysis/aggregation_plan.h"
#include "core/analysis/settings.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/evaluation/verification.h"
#include "core/pipeline/compare.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/template_features.h"
#include "core/results/evaluate.h"
#include "core/results/stored.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;
constexpr const char* kField = "operating-point";

int runNumber(const std::string& text) {
  int run = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), run);
  return error == std::errc() && end == text.data() + text.size() ? run : -1;
}

// The run's own way to combine: the project's where it is among several, else the first that was told.
const results::AggregationResult* toldBy(const results::EvaluateResult& result,
                                         analysis::OperatingPoint& point, std::string& aggregation) {
  const auto find = [&](const std::string& name) -> const results::AggregationResult* {
    const auto at = std::ranges::find(result.aggregations, name, &results::AggregationResult::name);
    return at == result.aggregations.end() ? nullptr : &*at;
  };
  const auto nameNow = [&] {
    return analysis::aggregationOf(point,
                                   {.scores = !result.scores.empty(), .weights = !result.weights.empty()})
        .name;
  };
  aggregation = nameNow();
  // Nothing was combined, and any way gives the same.
  if (const auto* single = find(analysis::kSingleImages)) return single;
  if (const auto* told = find(aggregation)) return told;
  for (const auto& row : result.aggregations) {
    if (!analysis::setAggregation(point, row.name)) continue;
    aggregation = nameNow();
    return &row;
  }
  return nullptr;
}

// The project's FAR where the run tells a threshold at it, else the strictest that it does tell.
const evaluation::TarAtFar* toldAt(const results::AggregationResult& row, double far) {
  const evaluation::TarAtFar* found = nullptr;
  for (const auto& told : row.tar) {
    if (!told.supported) continue;
    if (told.far == far) return &told;
    if (found == nullptr || told.far < found->far) found = &told;
  }
  return found;
}

// What an evaluation found, by its own options: what it tells several of is chosen by the project's point.
analysis::CarriedPoint ofRun(const project::Project& project, int run, const std::string& named) {
  for (const auto& row : project.runs()) {
    if (row.id != run) continue;
    const auto result = results::resultOf<results::EvaluateResult>(row);
    if (!result || result->aggregations.empty())
      failField(kField, named, "is no evaluation that came to its end");
    analysis::CarriedPoint carried;
    carried.point = analysis::currentPoint(project);
    carried.point.protocol = result->protocol;
    carried.point.features = result->features;
    carried.point.scores = result->scores;
    carried.point.weights = result->weights;
    carried.point.lengths = result->lengths;
    carried.point.threshold = result->threshold;
    carried.model = project.setting(settings::featureModel(result->features)).value_or("");
    carried.genuine = result->genuine;
    carried.impostor = result->impostor;
    const auto* told = toldBy(*result, carried.point, carried.aggregation);
    if (told == nullptr)
      failField(kField, named, "has no row of DDL or '{}'; evaluate there again", carried.aggregation);
    const auto* at = toldAt(*told, carried.point.far);
    if (at == nullptr)
      failField(kField, named,
                "has too few impostors for any of its FARs; evaluate there again at a larger one");
    carried.point.far = at->far;
    carried.accept = at->threshold;
    carried.tar = at->tar;
    carried.actualFar = at->actualFar;
    return carried;
  }
  failField(kField, named, "there is no run of that number");
}

}  // namespace

analysis::CarriedPoint carriedPoint(const project::Project& project, const analysis::OperatingPoint& given,
                                    Progress& progress) {
  auto in = readComparison(project, {given.protocol, given.features, given.scores, given.weights}, false,
                           progress, true);
  leaveOutUnkept(in, given.threshold, progress);
  analysis::CarriedPoint carried;
  carried.point = given;
  carried.point.protocol = in.names.protocol;
  carried.point.features = in.names.features;
  carried.point.scores = in.names.scores;
  carried.point.weights = in.names.weights;
  const TemplateFeatures templates(in);
  const auto planned = analysis::aggregationOf(carried.point, templates.known());
  requireKeptAlone(in, planned.how.method);
  carried.aggregation = planned.name;
  carried.model = project.setting(settings::featureModel(in.names.features)).value_or("");
  const auto pairs = comparePairs(in.protocol, templates.of(planned));
  evaluation::VerificationOptions at;
  at.fars = {given.far};
  const auto verified = evaluation::verify(pairs.comparisons, at);
  const auto& told = verified.tarAtFar.front();
  if (!told.supported)
    fail(
        "protocol '{}': its {} impostor comparisons are too few for a threshold at FAR {:g}; choose a larger "
        "FAR",
        in.names.protocol, verified.impostor, given.far);
  carried.accept = told.threshold;
  carried.tar = told.tar;
  carried.actualFar = told.actualFar;
  carried.genuine = verified.genuine;
  carried.impostor = verified.impostor;
  return carried;
}

analysis::CarriedPoint readCarriedPoint(const project::Project& project, const std::string& named,
                                        Progress& progress) {
  if (fs::is_regular_file(named)) return analysis::carriedPointFromJson(readFile(named), named);
  const auto open = [](const std::string& folder) {
    return project::Project::open(folder, project::Project::Mode::Read);
  };
  if (project::Project::isProject(named)) {
    const auto other = open(named);
    return carriedPoint(other, analysis::currentPoint(other), progress);
  }
  if (const int run = runNumber(named); run >= 0) return ofRun(project, run, named);
  const auto colon = named.rfind(':');
  if (colon != std::string::npos && project::Project::isProject(named.substr(0, colon)))
    return ofRun(open(named.substr(0, colon)), runNumber(named.substr(colon + 1)), named);
  failField(
      kField, named,
      "is no file that 'point' wrote, no project, and no run of one (PROJECT:RUN); expected one of them");
}

}  // namespace discern::pipeline
