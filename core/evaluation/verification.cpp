#include "core/evaluation/verification.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/evaluation/cut.h"

namespace discern::evaluation {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double share(std::int64_t part, std::size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

// impostor: sorted descending.
Cut cutOfSorted(const std::vector<float>& impostor, double far, FarRule rule) {
  const auto n = static_cast<std::int64_t>(impostor.size());
  const std::int64_t k = allowedFalseAccepts(far, n);
  if (k >= n) return {-HUGE_VAL, n};
  const float value = impostor[k];
  const auto [first, last] = std::equal_range(impostor.begin(), impostor.end(), value, std::greater<>());
  const auto low = first - impostor.begin(), high = last - impostor.begin();
  if (!takesGroup(rule, far, n, static_cast<double>(low), static_cast<double>(high))) return {value, low};
  return {last == impostor.end() ? -HUGE_VAL : static_cast<double>(*last), high};
}

// The same in O(n); reorders `impostor`.
Cut cutOfUnsorted(std::vector<float>& impostor, double far, FarRule rule) {
  const auto n = static_cast<std::int64_t>(impostor.size());
  const std::int64_t k = allowedFalseAccepts(far, n);
  if (k >= n) return {-HUGE_VAL, n};
  std::nth_element(impostor.begin(), impostor.begin() + k, impostor.end(), std::greater<>());
  const float value = impostor[k];
  const auto low = std::count_if(impostor.begin(), impostor.begin() + k, [&](float s) { return s > value; });
  if (rule == FarRule::AtMost) return {value, low};
  std::int64_t below = 0;
  double next = -HUGE_VAL;
  for (const float score : impostor) {
    if (score >= value) continue;
    ++below;
    next = std::max(next, static_cast<double>(score));
  }
  if (!takesGroup(rule, far, n, static_cast<double>(low), static_cast<double>(n - below)))
    return {value, low};
  return {next, n - below};
}

void requireFinite(const std::vector<float>& scores, const char* side) {
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (!std::isfinite(scores[i]))
      fail("{} comparison {} has score {}; leave out comparisons without a finite score", side, i, scores[i]);
}

// Descending. Many by their bits, eleven at a time: the bits of a float that is not negative are in its
// order, those of a negative one in the opposite.
void sortDown(std::vector<float>& scores) {
  if (scores.size() < (1U << 16)) return std::sort(scores.begin(), scores.end(), std::greater<>());
  constexpr unsigned kDigit = 11, kPlaces = 1U << kDigit, kSign = 1U << 31;
  const auto keyOf = [](float score) {
    const auto bits = std::bit_cast<std::uint32_t>(score);
    return (bits & kSign) != 0 ? bits : ~bits & ~kSign;
  };
  std::array<std::array<std::size_t, kPlaces>, 3> next{};
  for (const float score : scores)
    for (unsigned pass = 0; pass < next.size(); ++pass)
      ++next[pass][keyOf(score) >> (pass * kDigit) & (kPlaces - 1)];
  std::vector<float> other(scores.size());
  for (unsigned pass = 0; pass < next.size(); ++pass) {
    std::exclusive_scan(next[pass].begin(), next[pass].end(), next[pass].begin(), std::size_t{0});
    for (const float score : scores)
      other[next[pass][keyOf(score) >> (pass * kDigit) & (kPlaces - 1)]++] = score;
    scores.swap(other);
  }
}

// AUC, EER and ROC come from one walk down the distinct scores: each takes its genuine and impostor
// comparisons at once, which is a slanted piece of the ROC when it holds both, so that ties count half.
class Walk {
 public:
  Walk(const Comparisons& sorted, VerificationResult& result) : sorted_(sorted), result_(result) {}

  void run() {
    const auto& [genuine, impostor] = sorted_;
    const float top = std::max(genuine.front(), impostor.front());
    result_.roc = {{0, 0, std::nextafter(top, std::numeric_limits<float>::infinity())}};
    double area = 0;
    bool crossed = false;
    while (g_ < genuine.size() || i_ < impostor.size()) {
      const bool takesGenuine = g_ < genuine.size() && (i_ == impostor.size() || genuine[g_] >= impostor[i_]);
      const float score = takesGenuine ? genuine[g_] : impostor[i_];
      const double far = share(i_, impostor.size()), frr = 1 - share(g_, genuine.size());
      const std::size_t g = g_, i = i_;
      while (g_ < genuine.size() && genuine[g_] == score) ++g_;
      while (i_ < impostor.size() && impostor[i_] == score) ++i_;
      area += static_cast<double>(i_ - i) * 0.5 * static_cast<double>(g + g_);
      if (!crossed) crossed = cross(score, far, frr);
      addPoint(score);
    }
    result_.auc = area / (static_cast<double>(genuine.size()) * static_cast<double>(impostor.size()));
  }

 private:
  bool cross(float score, double far, double frr) {
    const double newFar = share(i_, sorted_.impostor.size()), newFrr = 1 - share(g_, sorted_.genuine.size());
    if (newFar < newFrr) return false;
    const double along = (frr - far) / ((newFar - far) + (frr - newFrr));
    result_.eer = far + along * (newFar - far);
    result_.eerThreshold = score;
    return true;
  }

  // Keeps the corners: the highest TAR of each FAR, the ends of each level piece.
  void addPoint(float score) {
    const RocPoint point{share(i_, sorted_.impostor.size()), share(g_, sorted_.genuine.size()), score};
    auto& roc = result_.roc;
    const bool sameFar = roc.size() > 1 && roc.back().far == point.far;
    const bool level = roc.size() > 1 && roc.back().tar == point.tar && roc[roc.size() - 2].tar == point.tar;
    if (sameFar || level)
      roc.back() = point;
    else
      roc.push_back(point);
  }

  const Comparisons& sorted_;
  VerificationResult& result_;
  std::size_t g_ = 0, i_ = 0;
};

TarAtFar operatingPoint(const Comparisons& sorted, double far, const VerificationOptions& options) {
  const Cut cut = cutOfSorted(sorted.impostor, far, options.rule);
  const auto accepted = std::partition_point(sorted.genuine.begin(), sorted.genuine.end(),
                                             [&](float score) { return score > cut.reject; });
  TarAtFar point;
  point.far = far;
  point.tar = share(accepted - sorted.genuine.begin(), sorted.genuine.size());
  point.actualFar = share(cut.falseAccepts, sorted.impostor.size());
  point.threshold = std::isinf(cut.reject) ? std::min(sorted.genuine.back(), sorted.impostor.back())
                                           : std::nextafter(static_cast<float>(cut.reject),
                                                            std::numeric_limits<float>::infinity());
  point.supported = supports(std::ssize(sorted.impostor), far);
  point.low = point.high = point.tar;
  if (options.bootstraps > 0) {
    const auto interval = bootstrapTar(sorted, far, options.rule, options.bootstraps, options.seed);
    point.low = interval.low;
    point.high = interval.high;
  }
  return point;
}

}  // namespace

std::int64_t leastImpostors(double far) {
  constexpr double kRounding = 1e-9;
  const double least = std::ceil((3 - kRounding) / far);
  constexpr auto kNever = std::numeric_limits<std::int64_t>::max();
  return least < 1e18 ? static_cast<std::int64_t>(least) : kNever;
}

double lowestFar(std::int64_t impostors) {
  return impostors > 0 ? std::min(1.0, 3 / static_cast<double>(impostors)) : 1;
}

std::vector<RocPoint> thin(const std::vector<RocPoint>& roc, int most) {
  if (static_cast<int>(roc.size()) <= std::max(2, most)) return roc;
  const int bins = std::max(0, most - 3);
  std::vector<RocPoint> result = {roc.front()};
  std::size_t at = 1;
  if (roc[at].far == 0 && most > 2) result.push_back(roc[at++]);
  if (bins > 0 && at < roc.size()) {
    const double start = std::log(roc[at].far), width = -start / bins;
    const auto bin = [&](const RocPoint& point) {
      return width > 0 ? std::min(bins - 1, static_cast<int>((std::log(point.far) - start) / width)) : 0;
    };
    for (; at + 1 < roc.size(); ++at)
      if (bin(roc[at]) != bin(roc[at + 1])) result.push_back(roc[at]);
  }
  result.push_back(roc.back());
  return result;
}

VerificationResult verify(const Comparisons& comparisons, const VerificationOptions& options) {
  if (comparisons.genuine.empty())
    fail("there is no genuine comparison; give pairs of one identity to measure TAR on");
  if (comparisons.impostor.empty())
    fail("there is no impostor comparison; give pairs of two identities to measure FAR on");
  requireFinite(comparisons.genuine, "genuine");
  requireFinite(comparisons.impostor, "impostor");
  Comparisons sorted = comparisons;
  sortDown(sorted.genuine);
  sortDown(sorted.impostor);
  VerificationResult result;
  result.genuine = static_cast<std::int64_t>(sorted.genuine.size());
  result.impostor = static_cast<std::int64_t>(sorted.impostor.size());
  Walk(sorted, result).run();
  result.roc = thin(result.roc, options.maxRocPoints);
  for (const double far : options.fars) result.tarAtFar.push_back(operatingPoint(sorted, far, options));
  return result;
}

double tarAtFar(const Comparisons& comparisons, double far, FarRule rule) {
  if (comparisons.genuine.empty() || comparisons.impostor.empty()) return kNaN;
  std::vector<float> impostor = comparisons.impostor;
  const Cut cut = cutOfUnsorted(impostor, far, rule);
  const auto accepted = std::count_if(comparisons.genuine.begin(), comparisons.genuine.end(),
                                      [&](float score) { return score > cut.reject; });
  return share(accepted, comparisons.genuine.size());
}

}  // namespace discern::evaluation
