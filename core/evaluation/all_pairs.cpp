#include "core/evaluation/all_pairs.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/parallel.h"
#include "core/evaluation/cut.h"

namespace discern::evaluation {
namespace {

using Counts = std::vector<std::int64_t>;

// A float as a whole number in the same order. Its leading digits are the bin, the others the place in it.
constexpr int kPlaceBits = 12;
constexpr std::uint32_t kBins = 1U << (32 - kPlaceBits), kPlaces = 1U << kPlaceBits;

std::uint32_t keyOf(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value == 0 ? 0.0F : value);  // -0 is 0
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}
float valueOf(std::uint32_t key) {
  return std::bit_cast<float>((key & 0x80000000U) != 0 ? key & 0x7FFFFFFFU : ~key);
}

// Calls count(local, value, genuine) for every pair, in several threads with a `local` of their own each, and
// merge(local) under a lock.
template <class Local, class Count, class Merge>
void forAllPairs(data::MatrixView rows, std::span<const int> identity, Progress& progress, const Local& empty,
                 const Count& count, const Merge& merge) {
  constexpr std::int64_t kStripe = 4096;  // rows between two looks at whether to stop
  std::mutex lock;
  for (std::int64_t first = 0; first < rows.rows; first += kStripe) {
    progress.throwIfStopped();
    const std::int64_t many = std::min(kStripe, rows.rows - first);
    const std::int64_t grain = std::max<std::int64_t>(64, many / (2 * threadCount()));
    parallelFor(many, grain, [&](std::int64_t begin, std::int64_t end) {
      Local local = empty;
      for (std::int64_t a = first + begin; a < first + end; ++a) {
        const int owner = identity[static_cast<std::size_t>(a)];
        if (owner < 0) continue;
        for (std::int64_t b = a + 1; b < rows.rows; ++b) {
          const int other = identity[static_cast<std::size_t>(b)];
          if (other < 0) continue;
          count(local, static_cast<float>(data::dot(rows.row(a), rows.row(b))), owner == other);
        }
      }
      const std::lock_guard guard(lock);
      merge(local);
    });
    progress.advance(many);
  }
}

void add(Counts& to, const Counts& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

struct Histogram {
  Counts genuine = Counts(kBins, 0), impostor = Counts(kBins, 0);
};
// The places of some bins.
using Places = std::map<std::uint32_t, Histogram>;

class AllPairs {
 public:
  AllPairs(data::MatrixView rows, std::span<const int> identity, const VerificationOptions& options,
           Progress& progress)
      : rows_(rows), identity_(identity), options_(options), progress_(progress) {}

  VerificationResult run() {
    progress_.start("comparing every pair", 2 * rows_.rows);
    countBins();
    for (std::uint32_t bin = 0; bin < kBins; ++bin) {
      result_.genuine += bins_.genuine[bin];
      result_.impostor += bins_.impostor[bin];
    }
    if (result_.genuine == 0)
      fail("no two templates are of one identity, so there is no genuine pair to measure TAR on");
    if (result_.impostor == 0)
      fail("all templates are of one identity, so there is no impostor pair to measure FAR on");
    countPlaces();
    walk();
    for (const double far : options_.fars) result_.tarAtFar.push_back(operatingPoint(far));
    progress_.finish();
    return std::move(result_);
  }

 private:
  void countBins() {
    std::atomic<bool> finite = true;
    forAllPairs(
        rows_, identity_, progress_, Histogram(),
        [&](Histogram& local, float value, bool genuine) {
          if (!std::isfinite(value)) finite = false;
          ++(genuine ? local.genuine : local.impostor)[keyOf(value) >> kPlaceBits];
        },
        [&](const Histogram& local) {
          add(bins_.genuine, local.genuine);
          add(bins_.impostor, local.impostor);
        });
    if (!finite) fail("two templates have a similarity that is not finite; leave out what has no feature");
  }

  // The bin of the impostor with `above` others above it, from the highest on, and how many bins' are above.
  std::pair<std::uint32_t, std::int64_t> binOf(std::int64_t above) const {
    std::int64_t sum = 0;
    for (std::uint32_t bin = kBins; bin-- > 0;) {
      if (sum + bins_.impostor[bin] > above) return {bin, sum};
      sum += bins_.impostor[bin];
    }
    return {0, sum};
  }

  // Of every bin in which an operating point may lie: of its impostor, of the next lower one, and the lowest.
  void countPlaces() {
    Places empty;
    Histogram none{Counts(kPlaces, 0), Counts(kPlaces, 0)};
    const auto need = [&](std::uint32_t bin) { empty.emplace(bin, none); };
    const auto isAny = [&](std::uint32_t bin) { return bins_.impostor[bin] + bins_.genuine[bin] > 0; };
    for (const double far : options_.fars) {
      const auto allowed = allowedFalseAccepts(far, result_.impostor);
      if (allowed >= result_.impostor) continue;
      auto bin = binOf(allowed).first;
      need(bin);
      while (bin-- > 0)
        if (bins_.impostor[bin] > 0) {
          need(bin);
          break;
        }
    }
    for (std::uint32_t bin = 0; bin < kBins; ++bin)
      if (isAny(bin)) {
        need(bin);
        break;
      }
    forAllPairs(
        rows_, identity_, progress_, empty,
        [](Places& local, float value, bool genuine) {
          const std::uint32_t key = keyOf(value);
          const auto at = local.find(key >> kPlaceBits);
          if (at != local.end()) ++(genuine ? at->second.genuine : at->second.impostor)[key & (kPlaces - 1)];
        },
        [&](const Places& local) {
          if (places_.empty()) places_ = empty;
          for (const auto& [bin, counts] : local) {
            add(places_[bin].genuine, counts.genuine);
            add(places_[bin].impostor, counts.impostor);
          }
        });
  }

  // Down the bins, as the walk over listed scores goes down distinct ones.
  void walk() {
    const auto genuineAll = static_cast<double>(result_.genuine),
               impostorAll = static_cast<double>(result_.impostor);
    double area = 0, far = 0, frr = 1;
    std::int64_t genuine = 0, impostor = 0;
    bool crossed = false;
    for (std::uint32_t bin = kBins; bin-- > 0;) {
      const auto g = bins_.genuine[bin], i = bins_.impostor[bin];
      if (g + i == 0) continue;
      const float lowest = valueOf(bin << kPlaceBits);
      if (result_.roc.empty())
        result_.roc.push_back({0, 0,
                               std::nextafter(valueOf((bin << kPlaceBits) + kPlaces - 1),
                                              std::numeric_limits<float>::infinity())});
      area += static_cast<double>(i) * (static_cast<double>(genuine) + static_cast<double>(g) / 2);
      genuine += g;
      impostor += i;
      const double newFar = static_cast<double>(impostor) / impostorAll,
                   newFrr = 1 - static_cast<double>(genuine) / genuineAll;
      if (!crossed && newFar >= newFrr) {
        crossed = true;
        result_.eer = far + (frr - far) / ((newFar - far) + (frr - newFrr)) * (newFar - far);
        result_.eerThreshold = lowest;
      }
      far = newFar;
      frr = newFrr;
      const bool sameFar = result_.roc.size() > 1 && result_.roc.back().far == far;
      if (sameFar) result_.roc.pop_back();
      result_.roc.push_back({far, 1 - frr, lowest});
    }
    result_.auc = area / (genuineAll * impostorAll);
    result_.roc = thin(result_.roc, options_.maxRocPoints);
  }

  TarAtFar operatingPoint(double far) const {
    TarAtFar point;
    point.far = far;
    point.supported = supports(result_.impostor, far);
    std::int64_t accepted = result_.impostor;
    float threshold = lowest();
    const auto allowed = allowedFalseAccepts(far, result_.impostor);
    if (allowed < result_.impostor) {
      auto [bin, above] = binOf(allowed);
      const Counts* impostor = &places_.at(bin).impostor;
      std::uint32_t place = kPlaces - 1;
      while (above + (*impostor)[place] <= allowed) above += (*impostor)[place--];
      const std::int64_t equal = (*impostor)[place];
      std::optional<std::uint32_t> reject = bin << kPlaceBits | place;
      accepted = above;
      if (takesGroup(options_.rule, far, result_.impostor, static_cast<double>(above),
                     static_cast<double>(above + equal))) {
        accepted += equal;
        reject = nextImpostorBelow(*reject);
      }
      if (reject) threshold = std::nextafter(valueOf(*reject), std::numeric_limits<float>::infinity());
    }
    point.threshold = threshold;
    point.actualFar = static_cast<double>(accepted) / static_cast<double>(result_.impostor);
    point.tar = static_cast<double>(genuineFrom(threshold)) / static_cast<double>(result_.genuine);
    point.low = point.high = point.tar;
    return point;
  }

  std::optional<std::uint32_t> nextImpostorBelow(std::uint32_t key) const {
    for (auto at = std::make_reverse_iterator(places_.upper_bound(key >> kPlaceBits)); at != places_.rend();
         ++at) {
      const auto& [bin, counts] = *at;
      std::uint32_t place = bin == key >> kPlaceBits ? key & (kPlaces - 1) : kPlaces;
      while (place-- > 0)
        if (counts.impostor[place] > 0) return bin << kPlaceBits | place;
    }
    return std::nullopt;
  }

  float lowest() const {
    const auto& [bin, counts] = *places_.begin();
    std::uint32_t place = 0;
    while (counts.genuine[place] + counts.impostor[place] == 0) ++place;
    return valueOf(bin << kPlaceBits | place);
  }

  // threshold: beside a place of a bin that was counted.
  std::int64_t genuineFrom(float threshold) const {
    const std::uint32_t key = keyOf(threshold);
    std::int64_t sum = 0;
    for (std::uint32_t bin = kBins; --bin > key >> kPlaceBits;) sum += bins_.genuine[bin];
    if ((key & (kPlaces - 1)) == 0) return sum + bins_.genuine[key >> kPlaceBits];
    const Counts& own = places_.at(key >> kPlaceBits).genuine;
    for (std::uint32_t place = key & (kPlaces - 1); place < kPlaces; ++place) sum += own[place];
    return sum;
  }

  data::MatrixView rows_;
  std::span<const int> identity_;
  const VerificationOptions& options_;
  Progress& progress_;
  Histogram bins_;
  Places places_;
  VerificationResult result_;
};

}  // namespace

VerificationResult verifyAllPairs(data::MatrixView templates, std::span<const int> identity,
                                  const VerificationOptions& options, Progress& progress) {
  if (static_cast<std::int64_t>(identity.size()) != templates.rows)
    fail("{} templates came with {} identities; give one of each", templates.rows, identity.size());
  return AllPairs(templates, identity, options, progress).run();
}

}  // namespace discern::evaluation
