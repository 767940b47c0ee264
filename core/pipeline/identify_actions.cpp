#include "core/pipeline/identify_actions.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/analysis/kept.h"
#include "core/base/field_error.h"
#include "core/discriminability/dscore.h"
#include "core/evaluation/classes.h"
#include "core/pipeline/aggregators.h"
#include "core/pipeline/classifier_layer.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/scoring_cost.h"
#include "core/pipeline/template_features.h"

namespace discern::pipeline {
namespace {
using data::Part;

constexpr const char *kCentroids = "centroids", *kLayer = "layer";

// The protocol that was asked for, or the newest set's of that name.
std::string protocolOf(const project::Project& project, const IdentifyOptions& options) {
  if (!options.galleries.empty())
    failField("galleries", options.galleries.front(),
              "is not asked for: classes are the training identities; leave it out");
  if (options.probes.size() > 1)
    failField("probes", fmt::format("{}", options.probes.size()), "protocols were given; one was expected");
  if (!options.probes.empty()) return options.probes.front();
  const auto all = project.protocols();
  const auto newest = std::find_if(all.rbegin(), all.rend(), [](const auto& name) {
    return name == "videos" || name.ends_with("/videos");
  });
  if (newest == all.rend())
    failField("probes", "",
              "is empty, and no imported set brought the protocol videos; name the protocol whose videos are "
              "put into classes");
  return *newest;
}

// The classes, by name, and the centroids of their training clips.
struct Classes {
  std::map<std::string, int> of;
  data::Matrix centroids;
  std::int64_t clips = 0;

  explicit Classes(const ComparisonInputs& in) {
    const Roster& roster = in.roster;
    std::vector<int> classOf(roster.identities.size(), -1);
    std::vector<int> clipClass(static_cast<std::size_t>(in.features.view().rows), -1);
    for (std::size_t i = 0; i < clipClass.size(); ++i) {
      if (!roster.votes[i] || !roster.isPart(static_cast<int>(i), Part::Train) ||
          !data::isFinite(in.features.view().row(static_cast<std::int64_t>(i))))
        continue;
      const auto identity = static_cast<std::size_t>(roster.identity[i]);
      clipClass[i] = of.emplace(roster.identities[identity].name, static_cast<int>(of.size())).first->second;
      ++clips;
    }
    if (of.size() < 2)
      fail(
          "videos are put into the classes of training identities, and {} of these have a clip with a "
          "feature; import the part to train on in the role train",
          of.size());
    centroids = discriminability::centroids(in.features.view(), clipClass, static_cast<int>(of.size()));
  }
};

// The videos that are of a known class.
struct Videos {
  std::vector<std::int64_t> rows;  // of templates
  std::vector<int> labels;
  std::int64_t unknown = 0;

  Videos(const ComparisonInputs& in, const std::map<std::string, int>& classes) {
    const auto owners = ownersOf(in);
    for (std::size_t t = 0; t < owners.size(); ++t) {
      if (owners[t] < 0) continue;
      const auto owner = static_cast<std::size_t>(owners[t]);
      if (in.roster.part[owner] == Part::Train)
        failField("probes", in.names.protocol,
                  "has videos of training identities ('{}' of the set '{}'), which would be recognised by "
                  "themselves; import the part to test by itself, under another name and in the role test",
                  in.roster.identities[owner].name, in.roster.identities[owner].set);
      const auto known = classes.find(in.roster.identities[owner].name);
      if (known == classes.end()) {
        ++unknown;
        continue;
      }
      rows.push_back(static_cast<std::int64_t>(t));
      labels.push_back(known->second);
    }
    if (rows.empty())
      fail(
          "protocol '{}': none of its videos is of a class that was trained on; classes are known by their "
          "names",
          in.names.protocol);
  }
};

// Every aggregation once, those of k clips for each k.
std::vector<PlannedAggregation> planOf(const IdentifyOptions& options, Known known, bool single,
                                       const Aggregators& aggregators) {
  std::vector<PlannedAggregation> plan;
  known.media = known.weights = false;  // a video is one medium
  for (const int k : options.clips)
    for (auto& planned : analysis::planAggregations({.threshold = options.threshold,
                         .k = k,
                         .trim = options.trim,
                         .minCosine = options.minCosine,
                         .seed = options.seed,
                         .weights = {},
                         .lengths = options.lengths,
                         .networks = aggregators.networks},
                                                    known, single))
      if (std::ranges::find(plan, planned.name, &PlannedAggregation::name) == plan.end())
        plan.push_back(std::move(planned));
  return plan;
}

// Whether the first numbers are told of it, or of another that takes more or fewer clips and was asked for
// first.
bool isWanted(const PlannedAggregation& planned, const IdentifyOptions& options) {
  const auto wanted = aggregation::parseMethod(options.aggregation);
  return planned.how.method == wanted &&
         (!aggregation::infoOf(wanted).takesThreshold || planned.how.rescale == options.rescale);
}

class Table {
 public:
  Table(const ComparisonInputs& in, const TemplateFeatures& templates, const Videos& videos,
        const Classes& classes, const evaluation::CostModel& cost)
      : in_(in), templates_(templates), videos_(videos), classes_(classes), cost_(cost) {
    for (const auto t : videos.rows) {
      known_.templates.push_back(in.protocol.templates[static_cast<std::size_t>(t)]);
      clips_ += std::ssize(known_.templates.back().samples);
    }
  }

  results::ActionAccuracy byCentroids(const PlannedAggregation& planned) const {
    const auto scores = evaluation::centroidScores(rowsOf(templates_.of(planned), videos_.rows).view(),
                                                   classes_.centroids.view());
    return row(planned, kCentroids, evaluation::classAccuracy(scores.view(), videos_.labels));
  }

  // Nothing where it is no weighted mean.
  std::optional<results::ActionAccuracy> byLayer(const PlannedAggregation& planned,
                                                 const ClassifierLayer& layer) const {
    const data::Matrix means = templates_.asTheyAre(planned);
    if (means.rows == 0) return std::nullopt;
    const auto scores = evaluation::layerScores(rowsOf(means, videos_.rows).view(), layer.weight.view(),
                                                layer.bias, layer.bias.empty());
    return row(planned, kLayer, evaluation::classAccuracy(scores.view(), labelsOf(layer)));
  }

  // Whether the layer knows all of the videos' classes.
  bool covers(const ClassifierLayer& layer) const {
    return layer.weight.cols == in_.features.view().cols &&
           std::ranges::all_of(classes_.of, [&](const auto& one) {
             return std::ranges::find(layer.classes, one.first) != layer.classes.end();
           });
  }

 private:
  std::vector<int> labelsOf(const ClassifierLayer& layer) const {
    std::vector<int> place(classes_.of.size(), -1), labels;
    for (const auto& [name, index] : classes_.of)
      place[static_cast<std::size_t>(index)] =
          static_cast<int>(std::ranges::find(layer.classes, name) - layer.classes.begin());
    for (const int label : videos_.labels) labels.push_back(place[static_cast<std::size_t>(label)]);
    return labels;
  }

  results::ActionAccuracy row(const PlannedAggregation& planned, const char* classifier,
                              const evaluation::ClassAccuracy& accuracy) const {
    const double kept = analysis::keptShare(known_, in_.scores.score, planned.how);
    const bool asks =
        planned.weights == PlannedAggregation::Weights::Scores && aggregation::usesScores(planned.how.method);
    const auto used = std::llround(kept * static_cast<double>(clips_));
    return {planned.name, classifier, kept, evaluation::cost(cost_, clips_, used, asks).share, accuracy};
  }

  const ComparisonInputs& in_;
  const TemplateFeatures& templates_;
  const Videos& videos_;
  const Classes& classes_;
  const evaluation::CostModel cost_;
  data::Protocol known_;  // the videos that are classified, whose clips are counted
  std::int64_t clips_ = 0;
};

}  // namespace

void classifyActions(const project::Project& project, const IdentifyOptions& options, IdentifyResult& result,
                     Progress& progress) {
  if (!options.weights.empty())
    failField("weights", options.weights, "weighs templates, not videos; leave it out");
  if (options.clips.empty()) failField("clips", "", "is empty; how many clips are taken was expected");
  const ComparisonInputs in = readComparison(
      project, {protocolOf(project, options), result.features, options.scores, ""}, false, progress);
  const Classes classes(in);
  const Videos videos(in, classes.of);
  if (videos.unknown > 0)
    progress.note(
        fmt::format("protocol '{}': {} of its videos are of classes that nothing was trained on, and "
                    "count nowhere",
                    in.names.protocol, videos.unknown));
  const TemplateFeatures templates(in);
  const auto aggregators =
      aggregatorsFor(project, options.aggregators, madeBy(project, result.features), progress);
  result.aggregators = aggregators.names;
  // Or says that there is none.
  networkFor(aggregation::parseMethod(options.aggregation), aggregators, "aggregation");
  const auto plan = planOf(options, templates.known(), in.single, aggregators);
  const Table table(in, templates, videos, classes, scoringCosts(project, in.names, progress).scores);
  auto layer = classifierLayer(project, result.features, progress);
  if (layer && !table.covers(*layer)) {
    progress.note("the network's own layer was trained on other classes; videos are classified by centroids");
    layer.reset();
  }
  std::vector<results::ActionAccuracy> byLayer;
  progress.start("classifying videos", std::ssize(plan));
  for (const PlannedAggregation& planned : plan) {
    progress.throwIfStopped();
    result.actions.push_back(table.byCentroids(planned));
    if (result.aggregation.empty() && (isWanted(planned, options) || plan.size() == 1)) {
      const auto& accuracy = result.actions.back().accuracy;
      result.aggregation = planned.name;
      result.top1Error = 1 - accuracy.top1;
      result.top5Error = 1 - accuracy.top5;
    }
    if (layer)
      if (auto row = table.byLayer(planned, *layer)) byLayer.push_back(std::move(*row));
    progress.advance();
  }
  progress.finish();
  if (result.aggregation.empty())
    failField("aggregation", options.aggregation, "cannot be made of '{}'; choose another",
              in.names.protocol);
  std::ranges::move(byLayer, std::back_inserter(result.actions));
  result.scores = in.names.scores;
  result.trueScores = areTrueScores(in.scores);
  result.identities = static_cast<int>(classes.of.size());
  result.gallery = classes.clips;
  result.probes = std::ssize(videos.rows);
  result.unknownVideos = videos.unknown;
}

}  // namespace discern::pipeline
