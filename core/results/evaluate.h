// What comparing a protocol leaves: evaluate under every aggregation, sweep over thresholds, identify 1:N.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/agreement.h"
#include "core/analysis/protocol_today.h"
#include "core/data/lengths.h"
#include "core/evaluation/classes.h"
#include "core/evaluation/edc.h"
#include "core/evaluation/identification.h"
#include "core/evaluation/verification.h"
#include "core/sweep/sweep.h"

namespace discern::results {

// A number that a result does not state.
inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

struct AggregationResult {
  std::string name;  // "average", "ddl rescale=auto"
  double auc = kUnknown, eer = kUnknown;
  std::vector<evaluation::TarAtFar> tar;
  std::vector<evaluation::RocPoint> roc;                 // increasing FAR; thresholds are not kept
  double accuracy = kUnknown, accuracyError = kUnknown;  // NaN unless the protocol has two folds or more
  std::vector<evaluation::FoldTar> tarOverFolds;         // with folds: each split by itself
  double kept = 1;                                       // share of samples whose feature is used
  double macsShare = 1;  // of running the base model on everything; NaN: unknown
  double millisecondsPerTemplate = kUnknown;
};

struct EdcCurve {
  std::string name, variant;  // score table; EdcVariant
  std::vector<evaluation::EdcPoint> curve;
  double pauc = kUnknown;
};

// An operating point that was chosen elsewhere, tried on a protocol.
struct TriedPoint {
  std::string from, protocol;  // what was named, and the protocol that it was chosen on
  std::string aggregation;
  double threshold = kUnknown;               // of scores
  double far = kUnknown, accept = kUnknown;  // asked for there, and the acceptance threshold that gave it
  double tarThere = kUnknown, farThere = kUnknown;  // at it, there
  // At it, here; 95 % intervals (Wilson; comparisons taken as independent).
  double tar = kUnknown, tarLow = kUnknown, tarHigh = kUnknown;
  double farHere = kUnknown, farLow = kUnknown, farHigh = kUnknown;
  double kept = kUnknown;  // share of the images, here
  bool travels = false;    // the interval of the FAR here holds the one that was asked for
};

struct EvaluateResult {
  static constexpr const char* kJob = "evaluate";
  std::string protocol, features, scores, weights;  // scores, weights: empty where none took part
  analysis::PairCounts pairs;
  std::int64_t templates = 0, genuine = 0, impostor = 0;
  bool everyPair = false;  // the protocol lists none: every template was compared with every other one
  bool flip = false;       // the features have those of the mirrored images added
  int folds = 0;           // with pairs; 0 below two, which have no fold accuracy
  data::Lengths lengths = data::Lengths::Unit;  // of the features that were averaged
  double threshold = 0;
  bool trueScores = false;   // told from the labels that are evaluated, not predicted
  bool trueWeights = false;  // `weights` are
  std::string published;     // how far this is what DDL published
  std::string farRule;       // "at most" or "nearest"
  int bootstraps = 0, k = 0;
  double trim = kUnknown, minCosine = kUnknown;
  std::vector<std::string> aggregators;  // the trained ones
  std::uint64_t seed = 0;
  double edcFmr = 0;
  std::vector<AggregationResult> aggregations;
  std::vector<EdcCurve> edc;
  std::vector<analysis::Agreement> agreement;
  std::optional<TriedPoint> tried;
};

struct Knee {
  int curve = -1, point = -1;  // indices
};
// The best point that reaches what was asked for, and how it stands against the plain mean of every image.
struct TargetResult {
  std::string aggregation;  // its curve; empty: no point reaches it
  double threshold = kUnknown, tar = kUnknown, kept = kUnknown, compute = kUnknown;
  double reference = kUnknown;  // TAR of the plain mean
  // 95 % interval of tar - reference, paired bootstrap; NaN: none was asked for.
  double low = kUnknown, high = kUnknown;
};
struct SweepJobResult {
  static constexpr const char* kJob = "sweep";
  std::string protocol, features, scores, weights;
  data::Lengths lengths = data::Lengths::Unit;  // of the features that were averaged
  double far = 1e-3;
  std::int64_t impostors = -1;                   // of the protocol; -1: of an older version, not known
  bool trueScores = false, trueWeights = false;  // as of EvaluateResult
  double seconds = 0;
  analysis::PairCounts pairs;
  std::vector<sweep::Curve> curves;
  std::vector<std::string> aggregators;  // as of EvaluateResult
  std::string published;                 // how far DDL's curve with rescaled weights is what DDL published
  std::optional<Knee> knee;              // what is proposed
  std::optional<TargetResult> target;    // where one was asked for

  // Whether there are impostors enough for TAR at this FAR to be printed as a result.
  bool supported() const { return impostors < 0 || evaluation::supports(impostors, far); }
};

// One gallery of benchmark templates, searched.
struct SearchedGallery {
  std::string gallery, probes;
  std::int64_t templates = 0, known = 0, strangers = 0;
  std::int64_t distractors = 0;  // templates of people of whom no probe is
  std::vector<double> cmc;       // by templates of the gallery, not by identities
  double meanPrecision = kUnknown;
  std::vector<evaluation::TpirAtFpir> tpir;
};
// Tracklets under one aggregation, in two conventions (evaluation/tracklets.h): MARS's own, and with queries
// out of the gallery and a stepwise precision. Means over the queries that have a right tracklet.
struct TrackletSearch {
  std::string aggregation;
  double kept = 1;              // share of the gallery's frames whose feature is used
  double macsShare = kUnknown;  // of running the base model on every frame of the gallery; NaN: unknown
  std::int64_t queries = 0;
  double meanPrecision = kUnknown;
  std::vector<double> cmc;
  std::int64_t stepQueries = 0;
  double stepMeanPrecision = kUnknown;
  std::vector<double> stepCmc;
};
// Videos put into classes, their clips under one aggregation, by one classifier.
struct ActionAccuracy {
  std::string aggregation;
  std::string classifier;  // centroids, or layer: the trained network's own
  double kept = 1;         // share of the videos' clips whose feature is used
  double compute = 1;      // of running the base model on every clip; NaN: not known
  evaluation::ClassAccuracy accuracy;
};
struct IdentifyResult {
  static constexpr const char* kJob = "identify";
  std::string benchmark, features;
  int identities = 0;
  std::int64_t gallery = 0, probes = 0, strangers = 0;
  std::vector<double> cmc;                        // search, scface; [k]: share found at rank k + 1 or better
  std::vector<evaluation::GroupRate> byDistance;  // scface: rank 1
  std::vector<evaluation::TpirAtFpir> tpir;       // search with strangers
  std::optional<double> top1Error, top5Error;     // uccs, actions
  std::string reductionStart;                     // uccs: own, random
  int missingProbes = 0;                          // scface
  // templates: cmc, tpir and meanPrecision above and here are means over the galleries; of several the
  // deviations with their number - 1
  std::string aggregation, scores, weights;  // scores, weights: empty where none took part
  data::Lengths lengths = data::Lengths::Unit;
  bool trueScores = false, flip = false;  // as of EvaluateResult
  double threshold = kUnknown;
  int k = 0;
  double trim = kUnknown, minCosine = kUnknown;
  std::vector<std::string> aggregators;  // as of EvaluateResult
  std::uint64_t seed = 0;
  std::string published;  // how far this is what DDL published
  std::vector<SearchedGallery> galleries;
  std::optional<double> meanPrecision;
  std::vector<double> cmcDeviation, tpirDeviation;
  // tracklets: cmc and meanPrecision are those of `aggregation`, in MARS's own convention
  std::vector<TrackletSearch> tracklets;
  std::int64_t junk = 0, distractors = 0;  // of the gallery: nobody's, and of persons whom no query shows
  std::int64_t queriesInGallery = 0;
  // actions: identities are classes, the gallery is the clips that their centroids are of, probes are videos;
  // top1Error and top5Error are those of `aggregation` by the centroids
  std::vector<ActionAccuracy> actions;
  std::int64_t unknownVideos = 0;  // of classes that nothing was trained on; they count nowhere
};

template <class V>
void describe(V& v, AggregationResult& r) {
  v("name", r.name);
  v("auc", r.auc);
  v("eer", r.eer);
  v("tar", r.tar);
  v("roc", r.roc);
  v("accuracy", r.accuracy);
  v("accuracy_se", r.accuracyError);
  v.ifAny("tar_over_folds", r.tarOverFolds);
  v("kept", r.kept);
  v("macs_share", r.macsShare);
  v("ms_per_template", r.millisecondsPerTemplate);
}
template <class V>
void describe(V& v, EdcCurve& r) {
  v("name", r.name);
  v("variant", r.variant);
  v("curve", r.curve);
  v("pauc", r.pauc);
}
template <class V>
void describe(V& v, TriedPoint& r) {
  v("from", r.from);
  v("protocol", r.protocol);
  v("aggregation", r.aggregation);
  v("threshold", r.threshold);
  v("far", r.far);
  v("accept", r.accept);
  v("tar_there", r.tarThere);
  v("far_there", r.farThere);
  v("tar", r.tar);
  v("tar_low", r.tarLow);
  v("tar_high", r.tarHigh);
  v("far_here", r.farHere);
  v("far_low", r.farLow);
  v("far_high", r.farHigh);
  v("kept", r.kept);
  v("travels", r.travels);
}
template <class V>
void describe(V& v, EvaluateResult& r) {
  v("protocol", r.protocol);
  v("features", r.features);
  v("scores", r.scores);
  v.ifAny("weights", r.weights);
  describe(v, r.pairs);  // on the same level
  v("templates", r.templates);
  v("genuine", r.genuine);
  v("impostor", r.impostor);
  v("every_pair", r.everyPair);
  v("flip", r.flip);
  v("folds", r.folds);
  v("lengths", r.lengths);
  v("threshold", r.threshold);
  v("true_scores", r.trueScores);
  v("true_weights", r.trueWeights);
  v.ifAny("published", r.published);
  v("far_rule", r.farRule);
  v("bootstraps", r.bootstraps);
  v("k", r.k);
  v("trim", r.trim);
  v("min_cosine", r.minCosine);
  v.ifAny("aggregators", r.aggregators);
  v("seed", r.seed);
  v("edc_fmr", r.edcFmr);
  v("aggregations", r.aggregations);
  v("edc", r.edc);
  v("agreement", r.agreement);
  v.ifAny("tried", r.tried);
}
template <class V>
void describe(V& v, Knee& r) {
  v("curve", r.curve);
  v("point", r.point);
}
template <class V>
void describe(V& v, TargetResult& r) {
  v("aggregation", r.aggregation);
  v("threshold", r.threshold);
  v("tar", r.tar);
  v("kept", r.kept);
  v("compute", r.compute);
  v("reference", r.reference);
  v("low", r.low);
  v("high", r.high);
}
template <class V>
void describe(V& v, SweepJobResult& r) {
  v("protocol", r.protocol);
  v("features", r.features);
  v("scores", r.scores);
  v("weights", r.weights);
  v("lengths", r.lengths);
  v("true_scores", r.trueScores);
  v("true_weights", r.trueWeights);
  v("far", r.far);
  v.since("impostors", r.impostors, std::int64_t{-1});
  v.ifAny("published", r.published);
  v("seconds", r.seconds);
  describe(v, r.pairs);
  v("curves", r.curves);
  v.ifAny("aggregators", r.aggregators);
  v("knee", r.knee);
  v.ifAny("target", r.target);
}
template <class V>
void describe(V& v, SearchedGallery& r) {
  v("gallery", r.gallery);
  v("probes", r.probes);
  v("templates", r.templates);
  v("known", r.known);
  v("strangers", r.strangers);
  v("distractors", r.distractors);
  v("cmc", r.cmc);
  v("map", r.meanPrecision);
  v.ifAny("tpir", r.tpir);
}
template <class V>
void describe(V& v, TrackletSearch& r) {
  v("aggregation", r.aggregation);
  v("kept", r.kept);
  v.since("macs_share", r.macsShare, kUnknown);
  v("queries", r.queries);
  v("map", r.meanPrecision);
  v("cmc", r.cmc);
  v("step_queries", r.stepQueries);
  v("step_map", r.stepMeanPrecision);
  v("step_cmc", r.stepCmc);
}
template <class V>
void describe(V& v, ActionAccuracy& r) {
  v("aggregation", r.aggregation);
  v("classifier", r.classifier);
  v("kept", r.kept);
  v("compute", r.compute);
  v("top1", r.accuracy.top1);
  v("top5", r.accuracy.top5);
  v("mean", r.accuracy.mean);
  v("per_class", r.accuracy.perClass);
}
template <class V>
void describe(V& v, IdentifyResult& r) {
  v("benchmark", r.benchmark);
  v("features", r.features);
  v("identities", r.identities);
  v("gallery", r.gallery);
  v("probes", r.probes);
  v("strangers", r.strangers);
  v("cmc", r.cmc);
  v.ifAny("by_distance", r.byDistance);
  v.ifAny("tpir", r.tpir);
  v.ifAny("top1_error", r.top1Error);
  v.ifAny("top5_error", r.top5Error);
  v.ifAny("reduction_start", r.reductionStart);
  v("missing_probes", r.missingProbes);
  v.ifAny("aggregation", r.aggregation);
  v.ifAny("scores", r.scores);
  v.ifAny("weights", r.weights);
  v("lengths", r.lengths);
  v.since("true_scores", r.trueScores, false);
  v("flip", r.flip);
  v("threshold", r.threshold);
  v("k", r.k);
  v("trim", r.trim);
  v("min_cosine", r.minCosine);
  v.ifAny("aggregators", r.aggregators);
  v("seed", r.seed);
  v.ifAny("published", r.published);
  v.ifAny("galleries", r.galleries);
  v.ifAny("map", r.meanPrecision);
  v.ifAny("cmc_sd", r.cmcDeviation);
  v.ifAny("tpir_sd", r.tpirDeviation);
  v.ifAny("tracklets", r.tracklets);
  v.since("junk", r.junk, std::int64_t{0});
  v.since("distractors", r.distractors, std::int64_t{0});
  v.since("queries_in_gallery", r.queriesInGallery, std::int64_t{0});
  v.ifAny("actions", r.actions);
  v.since("unknown_videos", r.unknownVideos, std::int64_t{0});
}

}  // namespace discern::results

// Found there by the types.
namespace discern::evaluation {

template <class V>
void describe(V& v, TarAtFar& r) {
  v("far", r.far);
  v.since("tar", r.tar, results::kUnknown);
  v("threshold", r.threshold);
  v("actual_far", r.actualFar);
  v.since("low", r.low, r.tar);
  v.since("high", r.high, r.tar);
  v.since("supported", r.supported, true);
}
template <class V>
void describe(V& v, FoldTar& r) {
  v("far", r.far);
  v("mean", r.mean);
  v("sd", r.deviation);
  v("supported", r.supported);
}
template <class V>
void describe(V& v, RocPoint& r) {
  v.list(r.far, r.tar);
}
template <class V>
void describe(V& v, EdcPoint& r) {
  v.list(r.discarded, r.fnmr);
}
template <class V>
void describe(V& v, GroupRate& r) {
  v("distance", r.group);
  v("probes", r.probes);
  v("rank1", r.rate);
}
template <class V>
void describe(V& v, TpirAtFpir& r) {
  v("fpir", r.fpir);
  v("tpir", r.tpir);
  v("threshold", r.threshold);
  v("supported", r.supported);
}

}  // namespace discern::evaluation

namespace discern::analysis {

template <class V>
void describe(V& v, PairCounts& r) {
  v("relabelled_pairs", r.relabelled);
  v("excluded_pairs", r.excluded);
  v("contradicted_pairs", r.contradicted);
  v("empty_templates", r.emptyTemplates);
  v("empty_pairs", r.empty);
  v.since("training_templates", r.trained, std::int64_t{0});
}
template <class V>
void describe(V& v, Agreement& r) {
  v("scores", r.scores);
  v("within", r.within);
  v("global", r.global);
  v("within_clean", r.withinClean);
  v("global_clean", r.globalClean);
  v("within_degraded", r.withinDegraded);
  v("global_degraded", r.globalDegraded);
  v("images", r.images);
  v("clean", r.clean);
  v("identities", r.identities);
}

}  // namespace discern::analysis

namespace discern::sweep {

template <class V>
void describe(V& v, ThresholdEvaluator::Point& r) {
  v("threshold", r.threshold);
  v("kept", r.keptShare);
  v.since("tar", r.tar, results::kUnknown);
  v.since("accuracy", r.accuracy, results::kUnknown);
  v.since("macs", r.cost.macs, results::kUnknown);
  v.since("ms", r.cost.milliseconds, results::kUnknown);
  v("share", r.cost.share);
}
template <class V>
void describe(V& v, Curve& r) {
  v("name", r.name);
  v("baseline", r.isBaseline);
  v("points", r.points);
}

}  // namespace discern::sweep
