#include "core/analysis/template_match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/analysis/kept.h"
#include "core/analysis/products.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/evaluation/verification.h"

namespace discern::analysis {
namespace {

double shareOf(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                   : std::numeric_limits<double>::quiet_NaN();
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kBlock = 64;  // templates whose products with all others are looked at together
// How far single precision may be from the similarity that is told: what is nearer is worked out exactly.
constexpr float kDoubt = 1e-4F;

bool isZero(std::span<const float> row) {
  return std::ranges::all_of(row, [](float v) { return v == 0; });
}

float similarity(std::span<const float> a, std::span<const float> b) {
  return static_cast<float>(data::dot(a, b));
}

// rough: the products of `own` with all templates. -> rank of the template `index`.
int rankOf(int index, std::span<const float> own, const float* rough, const data::Matrix& templates,
           const std::vector<int>& owners) {
  if (owners[static_cast<std::size_t>(index)] < 0 || isZero(own)) return 0;
  const int owner = owners[static_cast<std::size_t>(index)];
  const auto n = static_cast<int>(owners.size());
  float nearest = -HUGE_VALF;
  for (int other = 0; other < n; ++other)
    if (owners[static_cast<std::size_t>(other)] == owner && other != index &&
        rough[other] > nearest - 2 * kDoubt && !isZero(templates.row(other)))
      nearest = std::max(nearest, similarity(own, templates.row(other)));
  if (nearest == -HUGE_VALF) return 0;
  int rank = 1;
  for (int other = 0; other < n; ++other) {
    if (owners[static_cast<std::size_t>(other)] == owner || rough[other] < nearest - kDoubt) continue;
    if (isZero(templates.row(other))) continue;
    rank += rough[other] > nearest + kDoubt || similarity(own, templates.row(other)) >= nearest ? 1 : 0;
  }
  return rank;
}

void count(TemplateMatch& match, const data::Pair& pair, int with, float value, double accept) {
  auto& found = pair.genuine ? match.worstGenuine : match.bestImpostor;
  auto& foundWith = pair.genuine ? match.genuineWith : match.impostorWith;
  if (foundWith < 0 || (pair.genuine ? value < found : value > found)) {
    found = value;
    foundWith = with;
  }
  ++(pair.genuine ? match.genuine : match.impostor);
  if (value >= accept) ++(pair.genuine ? match.genuineAccepted : match.impostorAccepted);
}

}  // namespace

double TemplateTotals::keptShare() const { return shareOf(kept, images); }
double TemplateTotals::tar() const { return shareOf(accepted, genuine); }
double TemplateTotals::tarPlain() const { return shareOf(acceptedPlain, genuine); }

TemplateTotals totalsOf(const TemplateReport& report) {
  TemplateTotals totals;
  for (const auto& row : report.rows) {
    totals.images += row.images;
    totals.kept += row.kept;
    totals.genuine += row.atPoint.genuine;
    totals.accepted += row.atPoint.genuineAccepted;
    totals.acceptedPlain += row.plain.genuineAccepted;
  }
  return totals;
}

double TemplateRow::keptShare() const {
  return images == 0 ? kNaN : static_cast<double>(kept) / static_cast<double>(images);
}

double badness(const TemplateRow& row, TemplateOrder order) {
  switch (order) {
    case TemplateOrder::KeptShare:
      return -row.keptShare();
    case TemplateOrder::WorstGenuine:
      return -static_cast<double>(row.atPoint.worstGenuine);
    case TemplateOrder::BestImpostor:
      return row.atPoint.bestImpostor;
    case TemplateOrder::Rank:
      return row.atPoint.rank > 0 ? row.atPoint.rank : kNaN;
    case TemplateOrder::Name:
      break;
  }
  return kNaN;
}

std::vector<int> worstFirst(const TemplateReport& report, const data::Protocol& protocol,
                            TemplateOrder order) {
  std::vector<int> indices(report.rows.size());
  std::iota(indices.begin(), indices.end(), 0);
  if (order == TemplateOrder::Name) {
    std::ranges::stable_sort(indices, {}, [&](int t) -> const std::string& {
      return protocol.templates[static_cast<std::size_t>(t)].name;
    });
    return indices;
  }
  std::ranges::stable_sort(indices, [&](int a, int b) {
    const double x = badness(report.rows[static_cast<std::size_t>(a)], order),
                 y = badness(report.rows[static_cast<std::size_t>(b)], order);
    return std::isnan(x) ? false : std::isnan(y) || x > y;
  });
  return indices;
}

TemplateRow together(const TemplateReport& report, const std::vector<int>& templates) {
  TemplateRow all;
  const auto join = [](TemplateMatch& match, const TemplateMatch& one) {
    if (one.genuineWith >= 0 && (match.genuineWith < 0 || one.worstGenuine < match.worstGenuine)) {
      match.worstGenuine = one.worstGenuine;
      match.genuineWith = one.genuineWith;
    }
    if (one.impostorWith >= 0 && (match.impostorWith < 0 || one.bestImpostor > match.bestImpostor)) {
      match.bestImpostor = one.bestImpostor;
      match.impostorWith = one.impostorWith;
    }
    match.genuine += one.genuine;
    match.genuineAccepted += one.genuineAccepted;
    match.impostor += one.impostor;
    match.impostorAccepted += one.impostorAccepted;
    match.rank = std::max(match.rank, one.rank);
  };
  for (const int index : templates) {
    const TemplateRow& row = report.rows[static_cast<std::size_t>(index)];
    all.images += row.images;
    all.kept += row.kept;
    join(all.atPoint, row.atPoint);
    join(all.plain, row.plain);
  }
  return all;
}

std::vector<int> templateOwners(const data::Protocol& protocol, const std::vector<int>& identity) {
  const auto n = protocol.templates.size();
  std::vector<int> parent(n);
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](int t) {
    while (parent[static_cast<std::size_t>(t)] != t) {
      auto& up = parent[static_cast<std::size_t>(t)];
      t = up = parent[static_cast<std::size_t>(up)];
    }
    return t;
  };
  std::vector<bool> known(n, false);
  std::map<int, int> firstOf;  // identity -> a template of it
  for (std::size_t t = 0; t < n; ++t) {
    const auto& samples = protocol.templates[t].samples;
    const auto who = [&](int s) {
      return static_cast<std::size_t>(s) < identity.size() ? identity[static_cast<std::size_t>(s)] : -1;
    };
    const int owner = samples.empty() ? -1 : who(samples.front());
    if (owner < 0 || !std::ranges::all_of(samples, [&](int s) { return who(s) == owner; })) continue;
    known[t] = true;
    const auto [at, isNew] = firstOf.emplace(owner, static_cast<int>(t));
    if (!isNew) parent[static_cast<std::size_t>(root(static_cast<int>(t)))] = root(at->second);
  }
  for (const auto& pair : protocol.pairs) {
    if (!pair.genuine) continue;
    known[static_cast<std::size_t>(pair.a)] = known[static_cast<std::size_t>(pair.b)] = true;
    parent[static_cast<std::size_t>(root(pair.a))] = root(pair.b);
  }
  std::vector<int> owners(n, -1);
  for (std::size_t t = 0; t < n; ++t)
    if (known[t]) owners[t] = root(static_cast<int>(t));
  return owners;
}

// Every template under one aggregation.
struct TemplateMatcher::Side {
  PlannedAggregation planned;
  double far = kNaN;          // none yet
  data::Matrix rows;          // of unit length
  std::vector<float> values;  // of each pair
  double accept = kNaN;
  bool supported = false;
  std::vector<int> ranks;  // empty: not asked for, or too many

  bool answers(const PlannedAggregation& asked, double atFar, bool ranked) const {
    return (!aggregation::infoOf(asked.how.method).takesThreshold ||
            planned.how.threshold == asked.how.threshold) &&
           planned.how.normaliseFeatures == asked.how.normaliseFeatures && far == atFar &&
           (!ranked || !ranks.empty());
  }
};

TemplateMatcher::TemplateMatcher(TemplateSources sources, data::Protocol protocol, std::vector<int> owners)
    : sources_(std::move(sources)),
      protocol_(std::move(protocol)),
      owners_(std::move(owners)),
      groups_(groupsOf(protocol_)),
      pairsOf_(protocol_.templates.size()) {
  for (std::size_t p = 0; p < protocol_.pairs.size(); ++p) {
    pairsOf_[static_cast<std::size_t>(protocol_.pairs[p].a)].push_back(static_cast<int>(p));
    if (protocol_.pairs[p].b != protocol_.pairs[p].a)
      pairsOf_[static_cast<std::size_t>(protocol_.pairs[p].b)].push_back(static_cast<int>(p));
  }
  single_ = std::ranges::all_of(groups_, [](const auto& group) { return group.size() <= 1; });
}

std::shared_ptr<const TemplateMatcher::Side> TemplateMatcher::side(const PlannedAggregation& planned,
                                                                   double far, bool ranked,
                                                                   Progress& progress) const {
  ranked = ranked && std::ssize(groups_) <= kMostRanked;
  std::shared_ptr<const Side> before;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = sides_.find(planned.name); found != sides_.end()) before = found->second;
  }
  if (before && before->answers(planned, far, ranked)) return before;
  progress.throwIfStopped();
  auto made = std::make_shared<Side>();
  if (before && before->answers(planned, before->far, false)) {
    *made = *before;  // the same comparisons
  } else {
    made->rows = templateFeatures(sources_, groups_, planned);
    made->values.resize(protocol_.pairs.size());
    parallelFor(std::ssize(protocol_.pairs), 1024, [&](std::int64_t begin, std::int64_t end) {
      if (progress.stopRequested()) return;
      for (std::int64_t p = begin; p < end; ++p) {
        const auto& pair = protocol_.pairs[static_cast<std::size_t>(p)];
        made->values[static_cast<std::size_t>(p)] =
            similarity(made->rows.row(pair.a), made->rows.row(pair.b));
      }
    });
    progress.throwIfStopped();
  }
  made->planned = planned;
  if (made->far != far) {
    made->far = far;
    evaluation::Comparisons compared;
    for (std::size_t p = 0; p < made->values.size(); ++p)
      (protocol_.pairs[p].genuine ? compared.genuine : compared.impostor).push_back(made->values[p]);
    made->accept = kNaN;
    if (!compared.genuine.empty() && !compared.impostor.empty()) {
      const auto at = evaluation::verify(compared, {.fars = {far}}).tarAtFar.front();
      made->accept = at.threshold;
      made->supported = at.supported;
    }
  }
  if (ranked && made->ranks.empty()) rank(*made, progress);
  const std::lock_guard lock(mutex_);
  return sides_[planned.name] = made;
}

void TemplateMatcher::rank(Side& side, Progress& progress) const {
  const data::Matrix& rows = side.rows;
  side.ranks.assign(groups_.size(), 0);
  parallelFor(rows.rows, kBlock, [&](std::int64_t begin, std::int64_t end) {
    if (progress.stopRequested()) return;
    const std::int64_t n = end - begin;
    std::vector<float> rough(static_cast<std::size_t>(n * rows.rows));
    products(rows.row(begin).data(), n, rows.values.data(), rows.rows, rows.cols, rough.data());
    for (std::int64_t t = begin; t < end; ++t)
      side.ranks[static_cast<std::size_t>(t)] =
          rankOf(static_cast<int>(t), rows.row(t), rough.data() + (t - begin) * rows.rows, rows, owners_);
    progress.advance(n);
  });
  progress.throwIfStopped();
}

TemplateMatch TemplateMatcher::matchOf(int index, const Side& side) const {
  TemplateMatch match;
  for (const int p : pairsOf_[static_cast<std::size_t>(index)]) {
    const auto& pair = protocol_.pairs[static_cast<std::size_t>(p)];
    count(match, pair, pair.a == index ? pair.b : pair.a, side.values[static_cast<std::size_t>(p)],
          side.accept);
  }
  if (!side.ranks.empty()) match.rank = side.ranks[static_cast<std::size_t>(index)];
  return match;
}

// own: one row, in place of the template's.
TemplateMatch TemplateMatcher::matchOf(int index, const data::Matrix& own, const Side& side) const {
  TemplateMatch match;
  if (isZero(own.row(0))) return match;
  for (const int p : pairsOf_[static_cast<std::size_t>(index)]) {
    const auto& pair = protocol_.pairs[static_cast<std::size_t>(p)];
    const int with = pair.a == index ? pair.b : pair.a;
    const float value = similarity(own.row(0), with == index ? own.row(0) : side.rows.row(with));
    count(match, pair, with, value, side.accept);
  }
  if (std::ssize(groups_) > kMostRanked) return match;
  std::vector<float> rough(groups_.size());
  products(own.values.data(), 1, side.rows.values.data(), side.rows.rows, own.cols, rough.data());
  match.rank = rankOf(index, own.row(0), rough.data(), side.rows, owners_);
  return match;
}

TemplateReport TemplateMatcher::report(const OperatingPoint& point, Progress& progress) const {
  const PlannedAggregation atPoint = aggregationOf(point, sources_.known());
  PlannedAggregation average;
  average.how.method = aggregation::Method::Average;
  average.how.normaliseFeatures = atPoint.how.normaliseFeatures;
  average.name = aggregation::labelOf(average.how);
  TemplateReport report;
  report.aggregation = atPoint.name;
  report.far = point.far;
  report.ranked = std::ssize(groups_) <= kMostRanked;
  progress.start("comparing templates", 2 * std::ssize(groups_));
  const auto pointSide = side(atPoint, point.far, true, progress);
  progress.resumeAt(std::ssize(groups_));
  const auto plainSide = side(average, point.far, true, progress);
  report.accept = pointSide->accept;
  report.acceptPlain = plainSide->accept;
  report.supported = pointSide->supported;
  std::vector<float> own;
  for (std::size_t t = 0; t < groups_.size(); ++t) {
    TemplateRow row;
    row.images = static_cast<int>(groups_[t].size());
    own.clear();
    if (!sources_.scores.empty())
      for (const int s : groups_[t]) own.push_back(sources_.scores[static_cast<std::size_t>(s)]);
    row.kept = static_cast<int>(aggregation::keptOf(row.images, own, atPoint.how));
    row.atPoint = matchOf(static_cast<int>(t), *pointSide);
    row.plain = matchOf(static_cast<int>(t), *plainSide);
    report.rows.push_back(row);
  }
  progress.finish();
  return report;
}

TriedTemplate TemplateMatcher::tried(int index, const std::vector<bool>& on, const OperatingPoint& point,
                                     Progress& progress) const {
  if (index < 0 || index >= std::ssize(groups_))
    fail("protocol '{}': there is no template {}, but {} of them", protocol_.name, index, groups_.size());
  TriedTemplate result;
  result.index = index;
  result.samples = groups_[static_cast<std::size_t>(index)];
  if (on.size() != result.samples.size())
    fail("template '{}': {} switches for its {} images; give one an image",
         protocol_.templates[static_cast<std::size_t>(index)].name, on.size(), result.samples.size());
  result.on = on;
  // Its rows of features and what is known of them, so that a switch moves 20 rows and not 100,000.
  const std::size_t n = result.samples.size();
  data::Matrix rows(static_cast<std::int64_t>(n), sources_.features.cols);
  TemplateSources own;
  const auto take = [&](const auto& from, auto& to) {
    if (from.empty()) return;
    for (const int s : result.samples) to.push_back(from[static_cast<std::size_t>(s)]);
  };
  take(sources_.scores, own.scores);
  take(sources_.weights, own.weights);
  take(sources_.detector, own.detector);
  take(sources_.media, own.media);
  std::vector<int> all(n), left;
  std::iota(all.begin(), all.end(), 0);
  for (std::size_t i = 0; i < n; ++i) {
    std::ranges::copy(sources_.features.row(result.samples[i]),
                      rows.row(static_cast<std::int64_t>(i)).begin());
    if (on[i]) left.push_back(static_cast<int>(i));
  }
  own.features = rows.view();
  const Known known = sources_.known();
  const PlannedAggregation atPoint = aggregationOf(point, known);
  result.kept.assign(n, own.scores.empty());
  if (!own.scores.empty() && n > 0) {
    const auto kept = keptOf({all}, own.scores, point.threshold);
    for (const int i : kept.front()) result.kept[static_cast<std::size_t>(i)] = true;
  }

  std::vector<PlannedAggregation> plan = {atPoint};
  for (auto& planned : planAggregations(
           {.threshold = point.threshold, .weights = point.weights, .lengths = point.lengths}, known, false))
    if (planned.name != atPoint.name) plan.push_back(std::move(planned));
  if (single_) plan.resize(1);
  for (const auto& planned : plan) {
    const auto whole = side(planned, point.far, false, progress);
    TriedAggregation one;
    one.name = planned.name;
    one.accept = whole->accept;
    one.weights = imageWeights(own, all, planned, index);
    one.triedWeights.assign(one.weights.empty() ? 0 : n, 0.0);
    const auto weights = imageWeights(own, left, planned, index);
    for (std::size_t i = 0; i < weights.size(); ++i)
      one.triedWeights[static_cast<std::size_t>(left[i])] = weights[i];
    one.all = matchOf(index, templateFeatures(own, {all}, planned, index), *whole);
    one.tried = matchOf(index, templateFeatures(own, {left}, planned, index), *whole);
    result.aggregations.push_back(std::move(one));
  }
  return result;
}

}  // namespace discern::analysis
