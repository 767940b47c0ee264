#include "core/evaluation/folds.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/evaluation/verification.h"

namespace discern::evaluation {
namespace {

struct Scored {
  float score;
  bool genuine;
  int fold;
};

struct Best {
  double threshold = std::numeric_limits<double>::quiet_NaN();
  std::int64_t correct = 0, total = 0;
};

// sorted: by score, descending. Leaves out one fold (-1: none). Walking down, a later threshold wins only by
// being strictly better, so that of equally good ones the highest is taken.
Best bestThreshold(const std::vector<Scored>& sorted, int leaveOut) {
  Best best;
  std::int64_t correct = 0;
  for (const Scored& s : sorted) {
    if (s.fold == leaveOut) continue;
    ++best.total;
    correct += s.genuine ? 0 : 1;
  }
  best.correct = correct;  // above them all: nothing is accepted
  const auto improve = [&](double threshold) {
    if (correct <= best.correct) return;
    best.correct = correct;
    best.threshold = threshold;
  };
  const Scored* last = nullptr;
  for (const Scored& s : sorted) {
    if (s.fold == leaveOut) continue;
    if (last == nullptr)
      best.threshold = std::nextafter(s.score, std::numeric_limits<float>::infinity());
    else if (s.score != last->score)
      improve((static_cast<double>(last->score) + s.score) / 2);
    correct += s.genuine ? 1 : -1;
    last = &s;
  }
  if (last != nullptr) improve(last->score);  // everything is accepted
  return best;
}

void sortDescending(std::vector<Scored>& scored) {
  std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
}

}  // namespace

FoldResult foldAccuracy(std::span<const float> scores, const std::vector<bool>& genuine,
                        std::span<const int> fold) {
  if (genuine.size() != scores.size() || fold.size() != scores.size())
    fail("fold accuracy got {} scores, {} truths and {} folds; give one of each per comparison",
         scores.size(), genuine.size(), fold.size());
  const int folds = scores.empty() ? 0 : *std::max_element(fold.begin(), fold.end()) + 1;
  if (folds < 2) fail("fold accuracy needs at least 2 folds, but the comparisons have {}", folds);
  std::vector<Scored> scored;
  std::vector<std::int64_t> size(static_cast<std::size_t>(folds), 0);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i]))
      fail("comparison {} has score {}; leave out comparisons without a finite score", i, scores[i]);
    if (fold[i] < 0) fail("comparison {} is in fold {}; number the folds from 0", i, fold[i]);
    scored.push_back({scores[i], genuine[i], fold[i]});
    ++size[static_cast<std::size_t>(fold[i])];
  }
  for (int f = 0; f < folds; ++f)
    if (size[static_cast<std::size_t>(f)] == 0)
      fail("fold {} of {} has no comparison; number the folds without gaps", f, folds);
  sortDescending(scored);
  FoldResult result;
  for (int f = 0; f < folds; ++f) {
    const double threshold = bestThreshold(scored, f).threshold;
    std::int64_t correct = 0;
    for (const Scored& s : scored)
      if (s.fold == f && (s.score >= threshold) == s.genuine) ++correct;
    result.thresholds.push_back(threshold);
    result.folds.push_back(static_cast<double>(correct) /
                           static_cast<double>(size[static_cast<std::size_t>(f)]));
  }
  const FoldMean told = meanOverFolds(result.folds);
  result.accuracy = told.mean;
  result.error = told.error;
  return result;
}

FoldMean meanOverFolds(std::span<const double> folds) {
  const auto n = static_cast<double>(folds.size());
  FoldMean told;
  told.mean = std::accumulate(folds.begin(), folds.end(), 0.0) / n;
  double squares = 0;
  for (const double fold : folds) squares += (fold - told.mean) * (fold - told.mean);
  told.deviation = std::sqrt(squares / (n - 1));
  told.error = std::sqrt(squares / (n - 1) / n);
  return told;
}

std::vector<FoldTar> tarOverFolds(std::span<const float> scores, const std::vector<bool>& genuine,
                                  std::span<const int> fold, std::span<const double> fars, FarRule rule) {
  if (genuine.size() != scores.size() || fold.size() != scores.size())
    fail("TAR over folds got {} scores, {} truths and {} folds; give one of each per comparison",
         scores.size(), genuine.size(), fold.size());
  std::vector<Comparisons> split;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (fold[i] < 0) fail("comparison {} is in fold {}; number the folds from 0", i, fold[i]);
    if (static_cast<std::size_t>(fold[i]) >= split.size())
      split.resize(static_cast<std::size_t>(fold[i]) + 1);
    Comparisons& own = split[static_cast<std::size_t>(fold[i])];
    (genuine[i] ? own.genuine : own.impostor).push_back(scores[i]);
  }
  if (split.size() < 2)
    fail("TAR over folds needs at least 2 folds, but the comparisons have {}", split.size());
  std::vector<FoldTar> told;
  for (const double far : fars) {
    std::vector<double> tars;
    bool supported = true;
    for (const Comparisons& one : split) {
      tars.push_back(tarAtFar(one, far, rule));
      supported = supported && !one.genuine.empty() && supports(std::ssize(one.impostor), far);
    }
    const FoldMean mean = meanOverFolds(tars);
    told.push_back({far, mean.mean, mean.deviation, supported});
  }
  return told;
}

double bestAccuracy(const Comparisons& comparisons) {
  std::vector<Scored> scored;
  scored.reserve(comparisons.genuine.size() + comparisons.impostor.size());
  for (const float score : comparisons.genuine) scored.push_back({score, true, 0});
  for (const float score : comparisons.impostor) scored.push_back({score, false, 0});
  if (scored.empty()) return std::numeric_limits<double>::quiet_NaN();
  sortDescending(scored);
  const Best best = bestThreshold(scored, -1);
  return static_cast<double>(best.correct) / static_cast<double>(best.total);
}

}  // namespace discern::evaluation
