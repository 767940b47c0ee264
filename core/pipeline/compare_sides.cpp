#include "core/pipeline/compare_sides.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/aggregation/methods.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/evaluation/folds.h"
#include "core/evaluation/paired.h"
#include "core/pipeline/aggregators.h"
#include "core/pipeline/compare.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/edc_curves.h"
#include "core/pipeline/template_features.h"

namespace discern::pipeline {
namespace {
using results::ComparedSide;
using results::FlippedPair;
using Needs = aggregation::MethodInfo::Needs;

constexpr std::size_t kListed = 20;  // flips of each change in the result; the CSV has all

// Notes of both sides, each once.
class NotedOnce {
 public:
  explicit NotedOnce(Progress& to)
      : once_(
            [this, &to](const ProgressEvent& event) {
              if (event.kind == ProgressEvent::Kind::Note && said_.insert(event.text).second)
                to.note(event.text);
            },
            to.stopToken()) {}
  Progress& progress() { return once_; }

 private:
  std::set<std::string> said_;
  Progress once_;
};

struct Asked {
  ComparisonNames names;
  std::string aggregation;
  aggregation::Rescale rescale;
  data::Lengths lengths;
  double threshold;
  bool operator==(const Asked&) const = default;
};

Asked sideA(const CompareOptions& o) {
  return {
      {o.protocol, o.featuresA, o.scoresA, o.weightsA}, o.aggregationA, o.rescaleA, o.lengthsA, o.thresholdA};
}
// Where nothing is given, as A, whose names are `taken` by now.
Asked sideB(const CompareOptions& o, const ComparisonNames& taken) {
  const auto orA = [](const std::string& b, const std::string& a) { return b.empty() ? a : b; };
  return {{taken.protocol, orA(o.featuresB, taken.features), orA(o.scoresB, taken.scores),
           orA(o.weightsB, taken.weights)},
          orA(o.aggregationB, o.aggregationA),
          o.rescaleB,
          o.lengthsB.empty() ? o.lengthsA : parseName<data::Lengths>(o.lengthsB, "lengths-b"),
          std::isnan(o.thresholdB) ? o.thresholdA : o.thresholdB};
}

aggregation::Method methodNamed(const std::string& name) {
  for (const auto method : aggregation::allMethods())
    if (name == aggregation::toString(method)) return method;
  fail("there is no aggregation '{}'", name);  // the field lists those there are
}

PlannedAggregation planned(const project::Project& project, const Asked& asked, const ComparisonInputs& in,
                           Known known, const char* field, Progress& progress) {
  PlannedAggregation plan;
  plan.how.threshold = asked.threshold;
  plan.how.rescale = asked.rescale;
  plan.how.normaliseFeatures = asked.lengths == data::Lengths::Unit;
  const std::string name = !asked.aggregation.empty() ? asked.aggregation : known.scores ? "ddl" : "average";
  plan.how.method = methodNamed(name);
  const auto& info = aggregation::infoOf(plan.how.method);
  if (info.needs == Needs::Network)
    plan.how.network = networkFor(
        plan.how.method, aggregatorsFor(project, {}, madeBy(project, in.names.features), progress), field);
  else if (!isMet(info.needs, known))
    failField(field, name, "needs {}, which are not known of '{}'; choose another",
              aggregation::toString(info.needs), in.names.protocol);
  if (info.needs == Needs::DetectorScores) plan.weights = PlannedAggregation::Weights::Detector;
  plan.name = aggregation::labelOf(plan.how);
  if (known.weights && plan.how.method == aggregation::Method::Ddl) {
    plan.weights = PlannedAggregation::Weights::Others;
    plan.name = fmt::format("ddl weights={}", in.names.weights);
  }
  return plan;
}

ComparedSide describeSide(const PlannedAggregation& plan, const ComparisonInputs& in,
                          const ComparedPairs& pairs, double fmr) {
  ComparedSide side;
  side.features = in.names.features;
  side.lengths = plan.how.normaliseFeatures ? data::Lengths::Unit : data::Lengths::Raw;
  if (aggregation::usesScores(plan.how.method)) side.scores = in.names.scores;
  if (plan.weights == PlannedAggregation::Weights::Others) side.weights = in.names.weights;
  side.aggregation = in.single ? analysis::kSingleImages : plan.name;
  auto verified = evaluation::verify(pairs.comparisons);
  side.auc = verified.auc;
  side.roc = std::move(verified.roc);
  if (!in.scores.score.empty())
    for (auto& curve : edcCurves({in.scores}, in.protocol, pairs, {.fmr = fmr}))
      side.edc = std::move(curve.curve);
  return side;
}

void compareFolds(const ComparedPairs& a, const ComparedPairs& b, CompareResult& result) {
  const auto byA = evaluation::foldAccuracy(a.values, a.genuine, a.fold),
             byB = evaluation::foldAccuracy(b.values, b.genuine, b.fold);
  result.a.accuracy = byA.accuracy;
  result.b.accuracy = byB.accuracy;
  std::vector<double> differences;
  for (std::size_t f = 0; f < byA.folds.size(); ++f) differences.push_back(byB.folds[f] - byA.folds[f]);
  const auto told = evaluation::meanOverFolds(differences);
  result.accuracyDifference = told.mean;
  result.accuracyError = told.error;
}

// Those of one change, what moved most against its threshold first.
void addFlips(const char* change, const std::vector<std::int64_t>& which, const evaluation::PairedTar& at,
              const ComparisonInputs& in, const ComparedPairs& a, const ComparedPairs& b,
              std::vector<FlippedPair>& flips) {
  const auto first = [&](int index) {
    const auto& samples = in.protocol.templates[static_cast<std::size_t>(index)].samples;
    return samples.empty() ? -1 : samples.front();
  };
  const auto fileOf = [&](int sample) {
    return sample < 0 ? std::string() : in.roster.samples[static_cast<std::size_t>(sample)].image.file;
  };
  std::vector<std::int64_t> order(which);
  const auto moved = [&](std::int64_t i) {
    const auto p = static_cast<std::size_t>(i);
    return std::abs((b.values[p] - at.thresholdB) - (a.values[p] - at.thresholdA));
  };
  std::ranges::stable_sort(order, std::greater(), moved);
  for (const auto i : order) {
    const auto& pair = in.protocol.pairs[static_cast<std::size_t>(i)];
    const int one = first(pair.a), other = first(pair.b);
    flips.push_back({change, in.protocol.templates[static_cast<std::size_t>(pair.a)].name,
                     in.protocol.templates[static_cast<std::size_t>(pair.b)].name,
                     a.values[static_cast<std::size_t>(i)], b.values[static_cast<std::size_t>(i)],
                     fileOf(one), fileOf(other), one, other});
  }
}

void writeFlips(const std::string& file, const std::vector<FlippedPair>& flips) {
  std::string text = "change,template_a,template_b,score_a,score_b,file_a,file_b,sample_a,sample_b\n";
  for (const auto& f : flips)
    text += fmt::format("{},{},{},{:.6f},{:.6f},{},{},{},{}\n", f.change, data::csvField(f.a),
                        data::csvField(f.b), f.scoreA, f.scoreB, data::csvField(f.fileA),
                        data::csvField(f.fileB), f.sampleA, f.sampleB);
  writeFileAtomically(file, text);
}

// Both on the pairs that either can compare.
void share(const project::Project& project, ComparisonInputs& a, ComparisonInputs& b, Progress& progress) {
  PairCounts counts;
  data::Protocol protocol = protocolToday(project, a.names.protocol, a.roster, counts, progress);
  analysis::leaveOutUnusable(protocol, a.features.view(), counts);
  analysis::leaveOutUnusable(protocol, b.features.view(), counts);
  a.protocol = b.protocol = std::move(protocol);
}

}  // namespace

CompareResult compareSides(const project::Project& project, const CompareOptions& options,
                           Progress& progress) {
  jobs::compareFields().check(options);
  NotedOnce once(progress);
  const Asked askedA = sideA(options);
  auto inA = readComparison(project, askedA.names, false, once.progress());
  const Asked askedB = sideB(options, inA.names);
  auto inB = readComparison(project, askedB.names, false, once.progress());
  if (Asked same = askedA; same.names = inA.names, same == askedB)
    failField("features-b", options.featuresB,
              "both sides are the same; give side B other features, scores, weights, aggregation, rescale or "
              "threshold");
  share(project, inA, inB, once.progress());

  CompareResult result;
  result.protocol = inA.names.protocol;
  result.bootstraps = options.bootstraps;
  result.seed = options.seed;
  result.flipsFar = options.flipsFar;
  progress.start("comparing", 3);
  const TemplateFeatures ofA(inA), ofB(inB);
  const auto planA = planned(project, askedA, inA, ofA.known(), "aggregation-a", once.progress()),
             planB = planned(project, askedB, inB, ofB.known(), "aggregation-b", once.progress());
  const ComparedPairs a = comparePairs(inA.protocol, ofA.of(planA));
  progress.advance();
  const ComparedPairs b = comparePairs(inB.protocol, ofB.of(planB));
  progress.advance();
  progress.throwIfStopped();
  result.genuine = std::ssize(a.comparisons.genuine);
  result.impostor = std::ssize(a.comparisons.impostor);
  result.a = describeSide(planA, inA, a, options.flipsFar);
  result.b = describeSide(planB, inB, b, options.flipsFar);
  result.folds = inA.protocol.folds;
  if (result.folds > 0) compareFolds(a, b, result);

  evaluation::PairedOptions paired;
  paired.fars = options.fars;
  paired.bootstraps = options.bootstraps;
  paired.seed = options.seed;
  for (const auto& row : evaluation::comparePaired(a.values, b.values, a.genuine, paired))
    result.tar.push_back({row.far, row.tarA, row.tarB, row.thresholdA, row.thresholdB, row.difference(),
                          row.low, row.high, options.bootstraps > 0 && row.isBeyondChance(), row.supported,
                          std::ssize(row.gained), std::ssize(row.lost), std::ssize(row.falselyGained),
                          std::ssize(row.falselyLost)});
  paired.fars = {options.flipsFar};
  paired.bootstraps = 0;
  const auto at = evaluation::comparePaired(a.values, b.values, a.genuine, paired).front();
  std::vector<FlippedPair> all;
  for (const auto& [change, which] :
       {std::pair("gained", &at.gained), std::pair("lost", &at.lost),
        std::pair("falsely gained", &at.falselyGained), std::pair("falsely lost", &at.falselyLost)}) {
    const std::size_t before = all.size();
    addFlips(change, *which, at, inA, a, b, all);
    const auto end = std::min(all.size(), before + kListed);
    result.flips.insert(result.flips.end(), all.begin() + static_cast<std::ptrdiff_t>(before),
                        all.begin() + static_cast<std::ptrdiff_t>(end));
  }
  if (!options.out.empty()) writeFlips(options.out, all);
  progress.finish();
  return result;
}

}  // namespace discern::pipeline
