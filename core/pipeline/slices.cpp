#include "core/pipeline/slices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/analysis/kept.h"
#include "core/analysis/metadata.h"
#include "core/analysis/template_features.h"
#include "core/evaluation/edc.h"
#include "core/evaluation/slices.h"
#include "core/evaluation/verification.h"
#include "core/pipeline/comparison_inputs.h"

namespace discern::pipeline {
namespace {

struct Compared {
  std::vector<float> scores, quality;  // quality: of each comparison the lower of its templates' mean scores
  std::vector<bool> genuine;
  std::vector<int> slice;
};

Compared compare(const ComparisonInputs& in, const analysis::TemplateSources& sources,
                 const data::Matrix& templates, const std::vector<int>& labels) {
  std::vector<float> quality(in.protocol.templates.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t t = 0; t < quality.size() && !sources.scores.empty(); ++t) {
    double sum = 0;
    int known = 0;
    for (const int s : in.protocol.templates[t].samples)
      if (std::isfinite(sources.scores[static_cast<std::size_t>(s)])) {
        sum += sources.scores[static_cast<std::size_t>(s)];
        ++known;
      }
    if (known > 0) quality[t] = static_cast<float>(sum / known);
  }
  Compared all;
  for (const auto& pair : in.protocol.pairs) {
    const auto a = static_cast<std::size_t>(pair.a), b = static_cast<std::size_t>(pair.b);
    all.scores.push_back(data::dot(templates.row(pair.a), templates.row(pair.b)));
    all.genuine.push_back(pair.genuine);
    all.quality.push_back(std::isnan(quality[a]) || std::isnan(quality[b])
                              ? std::numeric_limits<float>::quiet_NaN()
                              : std::min(quality[a], quality[b]));
    all.slice.push_back(labels[a] == labels[b] ? labels[a] : -1);
  }
  return all;
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

double paucOf(const Compared& all, int slice, double far) {
  std::vector<float> scores, quality;
  std::vector<bool> genuine;
  for (std::size_t i = 0; i < all.scores.size(); ++i) {
    if (all.slice[i] != slice || std::isnan(all.quality[i])) continue;
    scores.push_back(all.scores[i]);
    quality.push_back(all.quality[i]);
    genuine.push_back(all.genuine[i]);
  }
  evaluation::EdcOptions options;
  options.fmr = far;
  return evaluation::errorVersusDiscard(scores, genuine, quality, options).pauc;
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
  const auto sources =
      analysis::templateSources(in.features.view(), &in.scores, &in.weights, in.roster.samples, in.protocol);
  analysis::OperatingPoint point;
  point.weights = in.names.weights;
  point.rescale = options.rescale;
  point.threshold = options.threshold;
  const auto planned = analysis::aggregationOf(point, sources.known());
  progress.throwIfStopped();
  const auto templates = analysis::templateFeatures(sources, analysis::groupsOf(in.protocol), planned);
  const auto all = compare(in, sources, templates, analysis::labelsOfTemplates(in.protocol, labels));
  progress.throwIfStopped();
  evaluation::Comparisons sides;
  for (std::size_t i = 0; i < all.scores.size(); ++i)
    (all.genuine[i] ? sides.genuine : sides.impostor).push_back(all.scores[i]);
  evaluation::VerificationOptions at;
  at.fars = {options.far};
  const auto whole = evaluation::verify(sides, at).tarAtFar.front();
  const auto parts = evaluation::slices(all.scores, all.genuine, all.slice,
                                        static_cast<int>(labels.names.size()), whole.threshold, options.far);
  SlicesResult result;
  result.column = options.column;
  result.metadata = std::filesystem::path(options.metadata).filename().string();
  result.protocol = in.names.protocol;
  result.features = in.names.features;
  result.scores = in.names.scores;
  result.weights = in.names.weights;
  result.aggregation = planned.name;
  result.threshold = options.threshold;
  result.far = options.far;
  result.accept = whole.threshold;
  result.tar = whole.tar;
  result.across = std::ranges::count(all.slice, -1);
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
    if (told.supported && !sources.scores.empty()) told.pauc = paucOf(all, static_cast<int>(i), options.far);
    result.slices.push_back(std::move(told));
  }
  countImages(in, labels, sources.scores, options.threshold, result.slices);
  std::erase_if(result.slices, [](const auto& slice) { return slice.images == 0; });  // of other images
  if (const auto worst = evaluation::worstSlice(parts); worst.slice >= 0) {
    result.worst = labels.names[static_cast<std::size_t>(worst.slice)];
    result.beyondChance = worst.beyondChance;
  }
  return result;
}

}  // namespace discern::pipeline
