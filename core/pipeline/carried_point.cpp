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

// What an evaluation found at the project's FAR, by the project's way to combine.
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
    carried.aggregation = analysis::aggregationOf(carried.point, {.scores = !result->scores.empty(),
                                                                  .weights = !result->weights.empty()})
                              .name;
    carried.model = project.setting(settings::featureModel(result->features)).value_or("");
    carried.genuine = result->genuine;
    carried.impostor = result->impostor;
    const bool single = result->aggregations.front().name == analysis::kSingleImages;
    const auto told =
        std::ranges::find(result->aggregations, single ? analysis::kSingleImages : carried.aggregation,
                          &results::AggregationResult::name);
    if (told == result->aggregations.end())
      failField(kField, named, "has no row '{}', as the project combines now; evaluate there again",
                carried.aggregation);
    const auto at = std::ranges::find(told->tar, carried.point.far, &evaluation::TarAtFar::far);
    if (at == told->tar.end() || !at->supported)
      failField(kField, named,
                "does not tell a threshold at FAR {:g}, the project's; evaluate there again at it",
                carried.point.far);
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
