#include "core/evaluation/edc.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/evaluation/cut.h"

namespace discern::evaluation {
namespace {

struct Comparison {
  float score, quality;  // quality -infinity: unknown
  bool genuine;
};

// Scores above the result are accepted; FMR <= fmr on these impostors. Reorders them.
double rejectAt(std::vector<float>& impostor, double fmr) {
  const auto n = static_cast<std::int64_t>(impostor.size());
  const std::int64_t k = allowedFalseAccepts(fmr, n);
  if (k >= n) return -HUGE_VAL;
  std::nth_element(impostor.begin(), impostor.begin() + k, impostor.end(), std::greater<>());
  return impostor[k];
}

// sorted: by quality, ascending. Counts from `begin` on; NaN fnmr when a side is empty.
struct Rates {
  double reject = 0, fnmr = std::numeric_limits<double>::quiet_NaN();
};
Rates ratesFrom(const std::vector<Comparison>& sorted, std::size_t begin, double fmr) {
  std::vector<float> impostor;
  std::vector<float> genuine;
  for (std::size_t i = begin; i < sorted.size(); ++i)
    (sorted[i].genuine ? genuine : impostor).push_back(sorted[i].score);
  Rates rates;
  if (impostor.empty() || genuine.empty()) return rates;
  rates.reject = rejectAt(impostor, fmr);
  const auto missed =
      std::count_if(genuine.begin(), genuine.end(), [&](float s) { return !(s > rates.reject); });
  rates.fnmr = static_cast<double>(missed) / static_cast<double>(genuine.size());
  return rates;
}

std::vector<EdcPoint> fixedCurve(const std::vector<Comparison>& sorted, double reject) {
  std::vector<Comparison> genuine;
  std::copy_if(sorted.begin(), sorted.end(), std::back_inserter(genuine),
               [](const auto& c) { return c.genuine; });
  auto missed =
      std::count_if(genuine.begin(), genuine.end(), [&](const auto& c) { return !(c.score > reject); });
  std::vector<EdcPoint> curve;
  const auto total = static_cast<double>(genuine.size());
  for (std::size_t i = 0; i < genuine.size();) {
    const auto left = static_cast<double>(genuine.size() - i);
    curve.push_back({static_cast<double>(i) / total, static_cast<double>(missed) / left});
    const float quality = genuine[i].quality;
    for (; i < genuine.size() && genuine[i].quality == quality; ++i)
      missed -= genuine[i].score > reject ? 0 : 1;
  }
  return curve;
}

std::vector<EdcPoint> crFiqaCurve(const std::vector<Comparison>& sorted, double fmr) {
  std::vector<EdcPoint> curve;
  for (std::size_t step = 0; step < 20; ++step) {
    const std::size_t discarded = step * sorted.size() / 20;
    const Rates rates = ratesFrom(sorted, discarded, fmr);
    if (std::isnan(rates.fnmr)) break;  // one side is used up
    curve.push_back({static_cast<double>(step) / 20, rates.fnmr});
  }
  return curve;
}

double areaAboveIdeal(const std::vector<EdcPoint>& curve, double start, double to) {
  double area = 0;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const double next = i + 1 < curve.size() ? curve[i + 1].discarded : to;
    area += curve[i].fnmr * std::max(0.0, std::min(to, next) - std::min(to, curve[i].discarded));
  }
  const double reach = std::min(to, start);  // the ideal line falls from `start` to 0 at discard = start
  return area - reach * (start - reach / 2);
}

}  // namespace

EdcResult errorVersusDiscard(std::span<const float> scores, const std::vector<bool>& genuine,
                             std::span<const float> quality, const EdcOptions& options) {
  if (genuine.size() != scores.size() || quality.size() != scores.size())
    fail("error versus discard got {} scores, {} truths and {} qualities; give one of each per comparison",
         scores.size(), genuine.size(), quality.size());
  if (!(options.partialTo > 0 && options.partialTo <= 1))
    fail("partialTo is {}; give the share of discards to integrate to, above 0 and at most 1",
         options.partialTo);
  std::vector<Comparison> sorted;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i]))
      fail("comparison {} has score {}; leave out comparisons without a finite score", i, scores[i]);
    const float q = std::isnan(quality[i]) ? -std::numeric_limits<float>::infinity() : quality[i];
    sorted.push_back({scores[i], q, genuine[i]});
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.quality < b.quality; });
  const Rates start = ratesFrom(sorted, 0, options.fmr);
  if (std::isnan(start.fnmr))
    fail("error versus discard needs genuine and impostor comparisons; one of them is missing");
  EdcResult result;
  result.startFnmr = start.fnmr;
  result.threshold = std::isinf(start.reject) ? *std::min_element(scores.begin(), scores.end())
                                              : std::nextafter(static_cast<float>(start.reject),
                                                               std::numeric_limits<float>::infinity());
  result.curve = options.variant == EdcVariant::FixedThreshold ? fixedCurve(sorted, start.reject)
                                                               : crFiqaCurve(sorted, options.fmr);
  result.pauc = areaAboveIdeal(result.curve, result.startFnmr, options.partialTo);
  return result;
}

}  // namespace discern::evaluation
