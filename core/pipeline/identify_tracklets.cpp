#include "core/pipeline/identify_tracklets.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/analysis/kept.h"
#include "core/base/field_error.h"
#include "core/evaluation/protocols.h"
#include "core/evaluation/tracklets.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/scoring_cost.h"
#include "core/pipeline/template_features.h"

namespace discern::pipeline {
namespace {
using evaluation::Sighting;

constexpr int kRanks = 20;  // that the benchmark tells at least

struct Names {
  std::string gallery, query;
};
// The protocols that were asked for, or the newest set's of these names.
Names namesOf(const project::Project& project, const IdentifyOptions& options) {
  if (options.galleries.size() > 1 || options.probes.size() > 1 ||
      options.galleries.size() != options.probes.size())
    failField(options.galleries.size() > 1 ? "galleries" : "probes",
              fmt::format("{}", std::max(options.galleries.size(), options.probes.size())),
              "protocols were given; tracklets are searched for in one gallery, or leave both out");
  if (!options.galleries.empty()) return {options.galleries[0], options.probes[0]};
  const auto all = project.protocols();
  for (auto name = all.rbegin(); name != all.rend(); ++name) {
    if (!name->ends_with("/query")) continue;
    const std::string gallery = name->substr(0, name->size() - 5) + "gallery";
    if (std::ranges::find(all, gallery) != all.end()) return {gallery, *name};
  }
  failField("galleries", "",
            "is empty, and no imported set brought the protocols gallery and query; name the protocol whose "
            "tracklets are searched in");
}

// A protocol's tracklets that have a usable frame.
struct Side {
  ComparisonInputs in;
  TemplateFeatures templates;
  std::vector<std::int64_t> rows;  // of templates
  std::vector<Sighting> seen;
  std::vector<std::string> names;

  Side(const project::Project& project, const ComparisonNames& asked, Progress& progress)
      : in(readComparison(project, asked, false, progress)), templates(in) {
    for (std::size_t t = 0; t < in.protocol.templates.size(); ++t) {
      const auto& one = in.protocol.templates[t];
      if (one.samples.empty()) continue;
      const auto first = static_cast<std::size_t>(one.samples.front());
      rows.push_back(static_cast<std::int64_t>(t));
      seen.push_back(
          {in.roster.identity[first], evaluation::parseCondition(in.roster.samples[first].nuisance).camera});
      names.push_back(one.name);
    }
    if (rows.empty())
      fail("protocol '{}': none of its tracklets has a frame with a usable feature in '{}'",
           in.names.protocol, in.names.features);
  }

  void keepKnown(Progress& progress) {  // of queries
    std::size_t next = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (seen[i].person < 0) continue;
      if (seen[i].camera < 0)
        failField("probes", in.names.protocol,
                  "does not say which camera saw '{}'; the benchmark searches among the other cameras",
                  names[i]);
      rows[next] = rows[i];
      seen[next] = seen[i];
      names[next++] = names[i];
    }
    if (next < rows.size())
      progress.note(fmt::format("protocol '{}': {} of its tracklets are nobody's and are not searched for",
                                in.names.protocol, rows.size() - next));
    rows.resize(next);
    seen.resize(next);
    names.resize(next);
  }

  data::Matrix features(const PlannedAggregation& planned) const {
    return rowsOf(templates.of(planned), rows);
  }
};

Known both(Known a, Known b) {
  return {a.scores && b.scores, a.media && b.media, a.detector && b.detector, a.weights && b.weights};
}

void putCounts(const Side& gallery, const Side& queries, std::span<const unsigned char> isQuery,
               IdentifyResult& result) {
  std::set<int> searched;
  for (const Sighting& seen : queries.seen) searched.insert(seen.person);
  for (const Sighting& seen : gallery.seen) {
    result.junk += seen.person < 0 ? 1 : 0;
    result.distractors += seen.person >= 0 && !searched.contains(seen.person) ? 1 : 0;
  }
  result.identities = static_cast<int>(searched.size());
  result.gallery = std::ssize(gallery.seen);
  result.probes = std::ssize(queries.seen);
  result.queriesInGallery = std::ranges::count(isQuery, 1);
}

}  // namespace

void searchTracklets(const project::Project& project, const IdentifyOptions& options, IdentifyResult& result,
                     Progress& progress) {
  if (!options.weights.empty())
    failField("weights", options.weights, "weighs templates, not tracklets; leave it out");
  const Names names = namesOf(project, options);
  const Side gallery(project, {names.gallery, result.features, options.scores, ""}, progress);
  Side queries(project, {names.query, result.features, gallery.in.names.scores, ""}, progress);
  queries.keepKnown(progress);
  if (queries.rows.empty())
    fail("protocol '{}': nobody of it is known, so nobody is searched for", names.query);
  const std::set<std::string> searched(queries.names.begin(), queries.names.end());
  std::vector<unsigned char> isQuery;
  for (const std::string& name : gallery.names) isQuery.push_back(searched.contains(name) ? 1 : 0);
  putCounts(gallery, queries, isQuery, result);

  const auto aggregators =
      aggregatorsFor(project, options.aggregators, madeBy(project, result.features), progress);
  result.aggregators = aggregators.names;
  const auto wanted = aggregation::parseMethod(options.aggregation);
  networkFor(wanted, aggregators, "aggregation");  // or says that there is none
  const auto costs = scoringCosts(project, gallery.in.names, progress);
  const auto plan = analysis::planAggregations({.threshold = options.threshold,
                                                .k = options.k,
                                                .trim = options.trim,
                                                .minCosine = options.minCosine,
                                                .seed = options.seed,
                                                .weights = {},
                                                .lengths = options.lengths,
                                                .networks = aggregators.networks},
                                               both(gallery.templates.known(), queries.templates.known()),
                                               gallery.in.single && queries.in.single);
  const int ranks = std::max(kRanks, jobs::ranksOf(options));
  progress.start("searching tracklets", std::ssize(plan));
  for (const PlannedAggregation& planned : plan) {
    progress.throwIfStopped();
    const auto found = evaluation::rankTracklets(gallery.features(planned).view(), gallery.seen, isQuery,
                                                 queries.features(planned).view(), queries.seen);
    const auto mars = evaluation::summarise(found.mars, ranks),
               step = evaluation::summarise(found.step, ranks);
    if (mars.queries == 0)
      fail("no person of '{}' was seen by another camera in '{}'; they are not of one benchmark", names.query,
           names.gallery);
    const double kept = analysis::keptShare(gallery.in.protocol, gallery.in.scores.score, planned.how);
    const auto samples = gallery.templates.samples();
    const auto spent = evaluation::cost(costs.scores, samples, std::llround(kept * double(samples)),
                                        aggregation::usesScores(planned.how.method));
    result.tracklets.push_back({planned.name, kept, spent.share, mars.queries, mars.meanPrecision, mars.cmc,
                                step.queries, step.meanPrecision, step.cmc});
    const bool isRescaled =
        !aggregation::infoOf(wanted).takesThreshold || planned.how.rescale == options.rescale;
    if ((planned.how.method == wanted && isRescaled) || plan.size() == 1) {
      result.aggregation = planned.name;
      result.cmc = mars.cmc;
      result.meanPrecision = mars.meanPrecision;
    }
    progress.advance();
  }
  progress.finish();
  result.scores = gallery.in.names.scores;
  result.trueScores = areTrueScores(gallery.in.scores);
  if (result.aggregation.empty())
    failField("aggregation", options.aggregation, "cannot be made of '{}'; choose another", names.gallery);
}

}  // namespace discern::pipeline
