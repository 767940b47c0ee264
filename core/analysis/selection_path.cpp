#include "core/analysis/selection_path.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/evaluation/correlation.h"
#include "core/selection/methods.h"

namespace discern::analysis {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kMargin = 1.25;  // how far the slider goes beyond the first and the last breakpoint

// Of ascending finite values; wanted >= 1.
double lambdaKeeping(std::span<const double> sorted, std::size_t wanted) {
  return -std::nextafter(sorted[wanted - 1], kInfinity);
}

std::size_t facesFor(double share, std::size_t keepable) {
  return static_cast<std::size_t>(std::max(0.0, std::ceil(share * static_cast<double>(keepable) - 1e-9)));
}

std::string methodOf(const project::SelectionRow& row) { return jsonText(parseJson(row.options), "method"); }

}  // namespace

double lambdaForShare(std::span<const double> enters, double share) {
  if (!(share > 0 && share <= 1)) fail("share to keep {}: give one above 0 and at most 1", share);
  std::vector<double> finite;
  std::ranges::copy_if(enters, std::back_inserter(finite), [](double e) { return std::isfinite(e); });
  if (finite.empty())
    fail("no face of this selection can be kept; identities with several alike faces are needed");
  std::ranges::sort(finite);
  return lambdaKeeping(finite, std::max<std::size_t>(1, facesFor(share, finite.size())));
}

double cutLambda(const project::SelectionRow& row) {
  const auto made = parseJson(row.options);
  return jsonText(made, "method") == "cut" ? jsonNumber(made, "lambda", kNan) : kNan;
}

bool isOrder(const project::SelectionRow& row) { return selection::isOrder(methodOf(row)); }

double lambdaToReadAt(const project::SelectionRow& row, double given, const char* field) {
  if (!std::isnan(given) && isOrder(row))
    failField(field, given,
              "selection '{}' is an order of the faces and has no lambda; give the share of them to keep",
              row.name);
  const double own = cutLambda(row);
  if (std::isnan(own) || std::isnan(given)) return std::isnan(own) ? given : own;
  if (std::abs(given - own) > 1e-5 * std::abs(own))  // as it is printed, with six digits, it is its own
    failField(
        field, given,
        "selection '{}' is one cut at lambda {} and says nothing of any other; leave the lambda out, or "
        "select by the path",
        row.name, own);
  return own;
}

SelectionPath::SelectionPath(project::SelectionRow row, const Who& who)
    : row_(std::move(row)),
      cutLambda_(analysis::cutLambda(row_)),
      method_(methodOf(row_)),
      isOrder_(selection::isOrder(method_)) {
  const std::vector<double>& enters = row_.enters;
  const auto entersOf = [&](int sample) { return enters[static_cast<std::size_t>(sample)]; };
  identity_.assign(enters.size(), -1);
  for (std::size_t i = 0; i < std::min(enters.size(), who.identity.size()); ++i) {
    const auto sample = static_cast<int>(i);
    if (std::isnan(enters[i]) || !who.isPart(sample, data::Part::Train)) continue;
    identity_[i] = who.identity[i];
    order_.push_back(sample);
  }
  std::ranges::stable_sort(order_, {}, entersOf);
  sorted_.reserve(order_.size());
  for (const int sample : order_) sorted_.push_back(entersOf(sample));
  keepable_ = static_cast<int>(std::ranges::lower_bound(sorted_, kInfinity) - sorted_.begin());
  curve_ = selection::countCurve(sorted_);

  first_.assign(who.part.size() + 1, 0);
  for (const int sample : order_)
    if (const int identity = identityOf(sample); identity >= 0)
      ++first_[static_cast<std::size_t>(identity) + 1];
  for (std::size_t i = 1; i < first_.size(); ++i) {
    identities_ += first_[i] > 0 ? 1 : 0;
    first_[i] += first_[i - 1];
  }
  members_.resize(first_.back());
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (const int sample : order_)
    if (const int identity = identityOf(sample); identity >= 0)
      members_[next[static_cast<std::size_t>(identity)]++] = sample;

  const auto positive = std::ranges::upper_bound(sorted_, 0.0);
  const bool any = positive - sorted_.begin() < keepable_;
  low_ = any ? *positive / kMargin : 1;
  high_ = any ? sorted_[static_cast<std::size_t>(keepable_ - 1)] * kMargin : 10;
}

double SelectionPath::enters(int sample) const {
  return identityOf(sample) >= 0 ? row_.enters[static_cast<std::size_t>(sample)] : kNan;
}

bool SelectionPath::asked(int sample) const { return !std::isnan(enters(sample)); }

int SelectionPath::identityOf(int sample) const {
  return sample >= 0 && static_cast<std::size_t>(sample) < identity_.size()
             ? identity_[static_cast<std::size_t>(sample)]
             : -1;
}

int SelectionPath::kept(double lambda) const {
  return static_cast<int>(std::ranges::lower_bound(sorted_, -lambda) - sorted_.begin());
}

std::span<const int> SelectionPath::discarded(double lambda) const {
  return std::span(order_).subspan(static_cast<std::size_t>(kept(lambda)));
}

double SelectionPath::share(double lambda) const {
  return keepable_ > 0 ? static_cast<double>(kept(lambda)) / static_cast<double>(keepable_) : 0;
}

double SelectionPath::lambdaForShare(double share) const {
  const std::size_t wanted = facesFor(std::clamp(share, 0.0, 1.0), static_cast<std::size_t>(keepable_));
  return wanted < 1 ? 0 : lambdaKeeping(sorted_, wanted);
}

double SelectionPath::normalised(double lambda) const {
  return row_.centers > 0 ? lambda / static_cast<double>(row_.centers) : lambda;
}

double SelectionPath::raw(double normalised) const {
  return row_.centers > 0 ? normalised * static_cast<double>(row_.centers) : normalised;
}

selection::CountCurve SelectionPath::curveOf(int identity) const {
  std::vector<double> enters;
  if (identity >= 0 && static_cast<std::size_t>(identity) + 1 < first_.size())
    for (std::size_t i = first_[static_cast<std::size_t>(identity)];
         i < first_[static_cast<std::size_t>(identity) + 1]; ++i)
      enters.push_back(this->enters(members_[i]));
  return selection::countCurve(enters);
}

int SelectionPath::facesOf(int identity) const {
  if (identity < 0 || static_cast<std::size_t>(identity) + 1 >= first_.size()) return 0;
  return static_cast<int>(first_[static_cast<std::size_t>(identity) + 1] -
                          first_[static_cast<std::size_t>(identity)]);
}

int SelectionPath::emptyIdentities(double lambda) const {
  int empty = 0;
  for (std::size_t i = 0; i + 1 < first_.size(); ++i) {
    const auto of = std::span(members_).subspan(first_[i], first_[i + 1] - first_[i]);
    const auto kept = [&](int sample) { return selection::isKept(enters(sample), lambda); };
    empty += of.size() > 1 && std::ranges::none_of(of, kept) ? 1 : 0;
  }
  return empty;
}

ScoreComparison::ScoreComparison(const SelectionPath& path, std::shared_ptr<const data::ScoreTable> scores)
    : scores_(std::move(scores)) {
  const std::vector<float>& score = scores_->score;
  const std::size_t n = std::min(score.size(), path.row().enters.size());
  for (std::size_t i = 0; i < n; ++i)
    if (path.asked(static_cast<int>(i)) && std::isfinite(score[i])) byScore_.push_back(static_cast<int>(i));
  byPath_ = byScore_;
  std::ranges::stable_sort(byScore_, {}, [&](int sample) { return score[static_cast<std::size_t>(sample)]; });
  std::ranges::stable_sort(byPath_, std::greater<>(), [&](int sample) { return path.enters(sample); });
  for (const int sample : byPath_) enters_.push_back(path.enters(sample));

  sizes_.assign(static_cast<std::size_t>(path.allIdentities()) + 1, 0);
  const int unknown = static_cast<int>(sizes_.size()) - 1;
  identity_.assign(n, unknown);
  ownRank_.assign(n, 0);
  for (const int sample : byScore_) {
    const auto i = static_cast<std::size_t>(sample);
    if (path.identityOf(sample) >= 0) identity_[i] = path.identityOf(sample);
    ownRank_[i] = sizes_[static_cast<std::size_t>(identity_[i])]++;
  }

  std::vector<float> early, values;
  std::vector<int> identity;
  for (const int sample : byPath_) {
    if (!std::isfinite(path.enters(sample)) || path.identityOf(sample) < 0) continue;
    early.push_back(static_cast<float>(-path.enters(sample)));
    values.push_back(score[static_cast<std::size_t>(sample)]);
    identity.push_back(path.identityOf(sample));
  }
  spearman_ = evaluation::spearmanWithin(early, values, identity).mean;
}

double ScoreComparison::At::share() const {
  return discarded.empty() ? kNan : static_cast<double>(both) / static_cast<double>(discarded.size());
}

ScoreComparison::At ScoreComparison::at(double lambda, Ranking ranking) const {
  // Discarded: enters >= -lambda; enters_ descends.
  const auto end = std::partition_point(enters_.begin(), enters_.end(),
                                        [&](double e) { return !selection::isKept(e, lambda); });
  const auto discarded = static_cast<std::size_t>(end - enters_.begin());
  At at = ranking == Ranking::Within ? within(discarded) : overall(discarded);
  at.scored = static_cast<int>(discarded);
  return at;
}

ScoreComparison::At ScoreComparison::overall(std::size_t discarded) const {
  At at;
  const auto count = static_cast<std::ptrdiff_t>(discarded);
  at.discarded.assign(byPath_.begin(), byPath_.begin() + count);
  at.lowest.assign(byScore_.begin(), byScore_.begin() + count);
  std::vector<unsigned char> dropped(identity_.size(), 0);
  for (const int sample : at.discarded) dropped[static_cast<std::size_t>(sample)] = 1;
  at.isInBoth.assign(identity_.size(), 0);
  for (const int sample : at.lowest) {
    const auto i = static_cast<std::size_t>(sample);
    at.isInBoth[i] = dropped[i];
    at.both += dropped[i];
  }
  at.chance = discarded > 0 ? static_cast<double>(discarded) / static_cast<double>(byPath_.size()) : kNan;
  return at;
}

ScoreComparison::At ScoreComparison::within(std::size_t discarded) const {
  std::vector<int> dropped(sizes_.size(), 0);  // of each identity
  for (std::size_t k = 0; k < discarded; ++k)
    ++dropped[static_cast<std::size_t>(identity_[static_cast<std::size_t>(byPath_[k])])];
  double all = 0, byChance = 0;
  for (std::size_t i = 0; i < dropped.size(); ++i) {
    if (dropped[i] == sizes_[i]) dropped[i] = 0;
    if (dropped[i] == 0) continue;
    all += dropped[i];
    byChance += static_cast<double>(dropped[i]) * dropped[i] / sizes_[i];
  }
  At at;
  at.isInBoth.assign(identity_.size(), 0);
  at.chance = all > 0 ? byChance / all : kNan;
  const auto own = [&](int sample) {
    return static_cast<std::size_t>(identity_[static_cast<std::size_t>(sample)]);
  };
  const auto isLow = [&](int sample) {
    return ownRank_[static_cast<std::size_t>(sample)] < dropped[own(sample)];
  };
  for (std::size_t k = 0; k < discarded; ++k) {
    if (dropped[own(byPath_[k])] == 0) continue;
    at.discarded.push_back(byPath_[k]);
    if (!isLow(byPath_[k])) continue;
    ++at.both;
    at.isInBoth[static_cast<std::size_t>(byPath_[k])] = 1;
  }
  std::ranges::copy_if(byScore_, std::back_inserter(at.lowest), isLow);
  return at;
}

}  // namespace discern::analysis
