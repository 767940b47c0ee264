#include "core/pipeline/identify_templates.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/aggregation/methods.h"
#include "core/base/field_error.h"
#include "core/evaluation/folds.h"
#include "core/evaluation/identification.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/template_features.h"

namespace discern::pipeline {
namespace {
using results::SearchedGallery;

struct Side {
  data::Matrix rows;
  std::vector<int> identity;
};

// The row of evaluate's plan that was asked for.
PlannedAggregation plannedOf(const IdentifyOptions& options, const ComparisonInputs& in,
                             const Aggregators& aggregators, Known known) {
  const auto method = aggregation::parseMethod(options.aggregation);
  const auto& info = aggregation::infoOf(method);
  const bool weighed = !options.weights.empty();
  if (weighed && !info.takesThreshold)
    failField("weights", options.weights,
              "weighs what DDL keeps, and '{}' keeps otherwise; choose ddl, or no weights",
              options.aggregation);
  networkFor(method, aggregators, "aggregation");  // or says that there is none
  const auto plan = analysis::planAggregations({.rescales = {options.rescale},
                                                .threshold = options.threshold,
                                                .k = options.k,
                                                .trim = options.trim,
                                                .minCosine = options.minCosine,
                                                .seed = options.seed,
                                                .weights = in.names.weights,
                                                .lengths = options.lengths,
                                                .networks = aggregators.networks},
                                               known, false);
  const auto found = std::ranges::find_if(plan, [&](const PlannedAggregation& row) {
    return row.how.method == method && (row.weights == PlannedAggregation::Weights::Others) == weighed;
  });
  if (found == plan.end())
    failField("aggregation", options.aggregation, "needs {}, which are not known of '{}'; choose another",
              aggregation::toString(info.needs), in.names.protocol);
  return *found;
}

// The protocol's templates that somebody owns and that have a usable image.
Side readSide(const project::Project& project, const std::string& protocol, const IdentifyOptions& options,
              IdentifyResult& result, Progress& progress) {
  const bool needsScores = aggregation::infoOf(aggregation::parseMethod(options.aggregation)).needs ==
                           aggregation::MethodInfo::Needs::Scores;
  const auto in = readComparison(project, {protocol, result.features, options.scores, options.weights},
                                 needsScores, progress);
  const TemplateFeatures templates(in);
  const auto aggregators =
      aggregatorsFor(project, options.aggregators, madeBy(project, in.names.features), progress);
  const auto planned = plannedOf(options, in, aggregators, templates.known());
  if (planned.how.network) result.aggregators = aggregators.names;
  result.aggregation = planned.name;
  if (aggregation::usesScores(planned.how.method)) {
    result.scores = in.names.scores;
    result.trueScores = areTrueScores(in.scores);
  }
  if (planned.weights == PlannedAggregation::Weights::Others) result.weights = in.names.weights;
  const data::Matrix all = templates.of(planned);
  Side side{data::Matrix(0, all.cols), {}};
  const auto owners = ownersOf(in);
  for (std::int64_t t = 0; t < all.rows; ++t) {
    const int owner = owners[static_cast<std::size_t>(t)];
    if (owner < 0) continue;
    side.identity.push_back(owner);
    side.rows.values.insert(side.rows.values.end(), all.row(t).begin(), all.row(t).end());
    ++side.rows.rows;
  }
  if (side.rows.rows == 0)
    fail("protocol '{}': none of its templates has an image with a usable feature in '{}'", protocol,
         result.features);
  return side;
}

SearchedGallery searchOne(const Side& gallery, const Side& probes, int maxRank) {
  SearchedGallery one;
  const auto ranks =
      evaluation::rankRows(gallery.rows.view(), gallery.identity, probes.rows.view(), probes.identity);
  one.templates = gallery.rows.rows;
  const std::set<int> sought(probes.identity.begin(), probes.identity.end());
  one.distractors =
      std::ranges::count_if(gallery.identity, [&](int owner) { return !sought.contains(owner); });
  const auto found = evaluation::summarise(ranks, maxRank);
  one.known = found.queries;
  one.strangers = std::ssize(ranks) - found.queries;
  one.cmc = found.cmc;
  if (one.known > 0) one.meanPrecision = found.meanPrecision;
  if (one.known > 0 && one.strangers > 0)
    one.tpir = evaluation::tpirAtFpir(
        evaluation::identify(gallery.rows.view(), gallery.identity, probes.rows.view(), probes.identity));
  return one;
}

// Means over galleries, each counted once.
void summarise(IdentifyResult& result) {
  const auto& all = result.galleries;
  std::vector<double> values(all.size());
  const auto mean = [&](auto&& of, std::vector<double>* deviations) {
    std::ranges::transform(all, values.begin(), of);
    const auto told = evaluation::meanOverFolds(values);
    if (deviations && all.size() > 1) deviations->push_back(told.deviation);
    return told.mean;
  };
  for (std::size_t k = 0; k < all.front().cmc.size(); ++k)
    result.cmc.push_back(mean([&](const SearchedGallery& g) { return g.cmc[k]; }, &result.cmcDeviation));
  result.meanPrecision = mean([](const SearchedGallery& g) { return g.meanPrecision; }, nullptr);
  if (std::ranges::any_of(all, [](const SearchedGallery& g) { return g.tpir.empty(); })) return;
  result.tpir = all.front().tpir;
  for (std::size_t i = 0; i < result.tpir.size(); ++i) {
    auto& point = result.tpir[i];
    point.tpir = mean([&](const SearchedGallery& g) { return g.tpir[i].tpir; }, &result.tpirDeviation);
    point.actualFpir = mean([&](const SearchedGallery& g) { return g.tpir[i].actualFpir; }, nullptr);
    point.supported = std::ranges::all_of(all, [&](const SearchedGallery& g) { return g.tpir[i].supported; });
    if (all.size() > 1) point.threshold = results::kUnknown;  // each gallery has its own
  }
}

}  // namespace

void searchTemplates(const project::Project& project, const IdentifyOptions& options, IdentifyResult& result,
                     Progress& progress) {
  if (options.galleries.empty())
    failField("galleries", "", "is empty; name the protocols whose templates are enrolled");
  if (options.probes.size() != 1 && options.probes.size() != options.galleries.size())
    failField("probes", fmt::format("{}", options.probes.size()),
              "is no number of protocols for {} galleries; name one for each, or one for all",
              options.galleries.size());
  progress.start("searching galleries", static_cast<std::int64_t>(options.galleries.size()));
  for (std::size_t g = 0; g < options.galleries.size(); ++g) {
    progress.throwIfStopped();
    const std::string& searched = options.probes.size() == 1 ? options.probes[0] : options.probes[g];
    const Side gallery = readSide(project, options.galleries[g], options, result, progress);
    const Side probes = readSide(project, searched, options, result, progress);
    SearchedGallery one = searchOne(gallery, probes, jobs::ranksOf(options));
    if (one.known == 0)
      fail("none of the people of '{}' is enrolled in '{}'; they are not of one benchmark", searched,
           options.galleries[g]);
    one.gallery = options.galleries[g];
    one.probes = searched;
    result.gallery += one.templates;
    result.probes += one.known;
    result.strangers += one.strangers;
    result.galleries.push_back(std::move(one));
    progress.advance();
  }
  progress.finish();
  summarise(result);
}

}  // namespace discern::pipeline
