#include "core/pipeline/slices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/analysis/kept.h"
#include "core/analysis/metadata.h"
#include "core/base/field_error.h"
#include "core/evaluation/edc.h"
#include "core/evaluation/slices.h"
#include "core/evaluation/verification.h"
#include "core/pipeline/at_point.h"
#include "core/pipeline/compare.h"
#include "core/pipeline/comparison_inputs.h"
#include "core/pipeline/edc_curves.h"
#include "core/pipeline/template_features.h"

namespace discern::pipeline {
namespace {

// Of each comparison the part that both its templates belong to; -1: none.
std::vector<int> partsOf(const data::Protocol& protocol, const std::vector<int>& labels) {
  std::vector<int> parts;
  for (const auto& pair : protocol.pairs) {
    const int a = labels[static_cast<std::size_t>(pair.a)], b = labels[static_cast<std::size_t>(pair.b)];
    parts.push_back(a == b ? a : -1);
  }
  return parts;
}

// What the images of each part are like: those of the protocol's templates.
void countImages(const ComparisonInputs& in, const analysis::Labels& labels, std::span<const float> scores,
                 double threshold, std::vector<results::SliceResult>& slices) {
  const auto groups = analysis::groupsOf(in.protocol);
  const auto kept = scores.empty() ? groups : analysis::keptOf(groups, scores, threshold);
  std::vector<double> sum(slices.size());
  std::vector<std::int64_t> known(slices.size()), stay(slices.size());
  const auto of = [&](int sample) { return labels.of[static_cast<std::size_t>(sample)]; };
  for (std::size_t t = 0; t < groups.size(); ++t) {
    for (const int s : groups[t]) {
      if (of(s) < 0) continue;
      const auto i = static_cast<std::size_t>(of(s));
      ++slices[i].images;
      if (!scores.empty() && std::isfinite(scores[static_cast<std::size_t>(s)])) {
        sum[i] += scores[static_cast<std::size_t>(s)];
        ++known[i];
      }
    }
    for (const int s : kept[t])
      if (of(s) >= 0) ++stay[static_cast<std::size_t>(of(s))];
  }
  for (std::size_t i = 0; i < slices.size(); ++i) {
    if (known[i] > 0) slices[i].score = sum[i] / static_cast<double>(known[i]);
    if (slices[i].images > 0)
      slices[i].kept = static_cast<double>(stay[i]) / static_cast<double>(slices[i].images);
  }
}

}  // namespace

SlicesResult slices(const project::Project& project, const SlicesOptions& options, Progress& progress) {
  jobs::slicesFields().check(options);
  const auto in = readComparison(
      project, {options.protocol, options.features, options.scores, options.weights}, false, progress);
  const auto labels = options.metadata.empty()
                          ? analysis::ownLabels(in.roster, options.column)
                          : analysis::readLabels(in.roster, options.metadata, options.column);
  if (labels.unknownRows > 0)
    progress.note(fmt::format("{}: {} of its rows are of no image of this project", options.metadata,
                              labels.unknownRows));
  constexpr std::size_t kMostParts = 200;
  if (labels.names.size() > kMostParts)
    failField("column", options.column,
              "it has {} different values, and at most {} parts are told apart; take another column, or "
              "group its values",
              labels.names.size(), kMostParts);
  const TemplateFeatures templates(in);
  const auto point = pointOf(in, options);
  const auto planned = analysis::aggregationOf(point, templates.known());
  progress.throwIfStopped();
  const auto pairs = comparePairs(in.protocol, templates.of(planned));
  const auto partOf = partsOf(in.protocol, analysis::labelsOfTemplates(in.protocol, labels));
  progress.throwIfStopped();
  evaluation::VerificationOptions at;
  at.fars = {options.far};
  const auto whole = evaluation::verify(pairs.comparisons, at).tarAtFar.front();
  const auto parts = evaluation::slices(pairs.values, pairs.genuine, partOf,
                                        static_cast<int>(labels.names.size()), whole.threshold, options.far);
  const bool scored = !in.scores.score.empty();
  const int count = static_cast<int>(labels.names.size());
  std::vector<evaluation::SlicedEdc> edc(labels.names.size());
  if (scored)
    edc = evaluation::slicedEdc(pairs.values, pairs.genuine, pairQuality(in.protocol, in.scores), partOf,
                                count, whole.threshold, options.bootstraps, options.seed);
  auto spread = evaluation::spreadOf(pairs.values, pairs.genuine, partOf, count);
  SlicesResult result;
  result.column = options.column;
  result.metadata = std::filesystem::path(options.metadata).filename().string();
  static_cast<results::AtPoint&>(result) = told(in, point, planned.name, whole.threshold);
  result.tar = whole.tar;
  result.supported = whole.supported;
  result.spreadLow = spread.low;
  result.spreadHigh = spread.high;
  result.across = std::ranges::count(partOf, -1);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    results::SliceResult told;
    told.name = labels.names[i];
    told.genuine = parts[i].genuine.total;
    told.impostor = parts[i].impostor.total;
    told.tar = parts[i].genuine.share();
    told.tarLow = parts[i].genuine.low();
    told.tarHigh = parts[i].genuine.high();
    told.far = parts[i].impostor.share();
    told.farLow = parts[i].impostor.low();
    told.farHigh = parts[i].impostor.high();
    told.supported = parts[i].supported;
    if (!edc[i].curve.empty()) {
      told.pauc = edc[i].pauc;
      told.paucLow = edc[i].paucLow;
      told.paucHigh = edc[i].paucHigh;
      told.edc = std::move(edc[i].curve);
    }
    told.genuineSpread = std::move(spread.genuine[i]);
    told.impostorSpread = std::move(spread.impostor[i]);
    result.slices.push_back(std::move(told));
  }
  countImages(in, labels, in.scores.score, options.threshold, result.slices);
  std::erase_if(result.slices, [](const auto& slice) { return slice.images == 0; });  // of other images
  if (const auto worst = evaluation::worstSlice(parts); worst.slice >= 0) {
    result.worst = labels.names[static_cast<std::size_t>(worst.slice)];
    result.beyondChance = worst.beyondChance;
  }
  return result;
}

}  // namespace discern::pipeline
