// Every number of every template against brute force over the protocol's pairs and templates.
#include "core/analysis/template_match.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stop_token>

#include "core/analysis/kept.h"
#include "core/analysis/products.h"
#include "core/base/rng.h"
#include "core/base/simd.h"
#include "core/evaluation/verification.h"
#include "tests/core/sweep/planted.h"

namespace discern::analysis {
namespace {

struct Planted : sweep::Planted {
  std::vector<project::SampleRow> rows;
  std::vector<int> identity;  // of each sample
  TemplateSources sources;
  std::vector<int> owners;
};

Planted planted(int templates = 60) {
  Planted p;
  static_cast<sweep::Planted&>(p) = sweep::planted({.templates = templates, .pairs = 600, .noise = 6});
  p.rows.resize(p.scores.size());
  p.identity.resize(p.scores.size());
  for (std::size_t t = 0; t < p.protocol.templates.size(); ++t) {
    auto& group = p.protocol.templates[t];
    group.name = "t" + std::to_string(t);
    for (const int s : group.samples) {
      p.identity[static_cast<std::size_t>(s)] = group.identity;
      p.rows[static_cast<std::size_t>(s)].id = s;
      p.rows[static_cast<std::size_t>(s)].media = "film" + std::to_string(s / 3);
      p.rows[static_cast<std::size_t>(s)].nuisance =
          R"({"detector_score":)" + std::to_string(0.2 + 0.01 * (s % 70)) + "}";
    }
  }
  data::ScoreTable scores, weights;
  scores.score = p.scores;
  Rng rng(5);
  for (std::size_t s = 0; s < p.scores.size(); ++s)
    weights.score.push_back(static_cast<float>(rng.uniform()));
  p.sources = templateSources(p.features.view(), &scores, &weights, p.rows, p.protocol);
  p.owners = templateOwners(p.protocol, p.identity);
  return p;
}

float cosine(const data::Matrix& rows, int a, int b) {
  return static_cast<float>(data::dot(rows.row(a), rows.row(b)));
}

// What the header promises, the slow way.
TemplateMatch bruteForce(const Planted& p, const data::Matrix& rows, const data::Matrix& own, int t,
                         double accept) {
  TemplateMatch match;
  const auto like = [&](int other) {
    return static_cast<float>(data::dot(own.row(0), other == t ? own.row(0) : rows.row(other)));
  };
  for (const auto& pair : p.protocol.pairs) {
    if (pair.a != t && pair.b != t) continue;
    const int other = pair.a == t ? pair.b : pair.a;
    const float value = like(other);
    if (pair.genuine) {
      ++match.genuine;
      match.genuineAccepted += value >= accept;
      if (match.genuineWith < 0 || value < match.worstGenuine)
        match.worstGenuine = value, match.genuineWith = other;
    } else {
      ++match.impostor;
      match.impostorAccepted += value >= accept;
      if (match.impostorWith < 0 || value > match.bestImpostor)
        match.bestImpostor = value, match.impostorWith = other;
    }
  }
  float nearest = -2;
  for (int other = 0; other < rows.rows; ++other)
    if (other != t && p.protocol.templates[other].identity == p.protocol.templates[t].identity)
      nearest = std::max(nearest, like(other));
  match.rank = 1;
  for (int other = 0; other < rows.rows; ++other)
    match.rank +=
        p.protocol.templates[other].identity != p.protocol.templates[t].identity && like(other) >= nearest;
  return match;
}

data::Matrix rowAlone(const data::Matrix& rows, int t) {
  data::Matrix one(1, rows.cols);
  std::ranges::copy(rows.row(t), one.row(0).begin());
  return one;
}

void expectSame(const TemplateMatch& a, const TemplateMatch& b) {
  EXPECT_EQ(std::isnan(a.worstGenuine), std::isnan(b.worstGenuine));
  if (!std::isnan(a.worstGenuine)) {
    EXPECT_EQ(a.worstGenuine, b.worstGenuine);
  }
  EXPECT_EQ(std::isnan(a.bestImpostor), std::isnan(b.bestImpostor));
  if (!std::isnan(a.bestImpostor)) {
    EXPECT_EQ(a.bestImpostor, b.bestImpostor);
  }
  EXPECT_EQ(a.genuineWith, b.genuineWith);
  EXPECT_EQ(a.impostorWith, b.impostorWith);
  EXPECT_EQ(a.genuine, b.genuine);
  EXPECT_EQ(a.genuineAccepted, b.genuineAccepted);
  EXPECT_EQ(a.impostor, b.impostor);
  EXPECT_EQ(a.impostorAccepted, b.impostorAccepted);
  EXPECT_EQ(a.rank, b.rank);
}

double acceptOf(const Planted& p, const data::Matrix& rows, double far) {
  evaluation::Comparisons compared;
  for (const auto& pair : p.protocol.pairs)
    (pair.genuine ? compared.genuine : compared.impostor).push_back(cosine(rows, pair.a, pair.b));
  return evaluation::verify(compared, {.fars = {far}}).tarAtFar[0].threshold;
}

OperatingPoint pointAt(double threshold, aggregation::Rescale rescale, std::string weights = "") {
  OperatingPoint point;
  point.threshold = threshold;
  point.rescale = rescale;
  point.weights = std::move(weights);
  point.far = 0.05;
  return point;
}

TEST(TemplateMatcherTest, EveryRowIsWhatThePairsAndTemplatesSay) {
  const Planted p = planted();
  const TemplateMatcher matcher(p.sources, p.protocol, p.owners);
  Progress silent;
  const auto groups = groupsOf(p.protocol);
  for (const auto& point : {pointAt(0.3, aggregation::Rescale::Off), pointAt(0.6, aggregation::Rescale::On),
                            pointAt(0.6, aggregation::Rescale::Auto, "head")}) {
    const auto report = matcher.report(point, silent);
    aggregation::Options how;
    how.threshold = point.threshold;
    how.rescale = point.rescale;
    data::Matrix rows = aggregation::aggregate(p.features.view(), groups, p.scores, how);
    if (!point.weights.empty()) {
      how.method = aggregation::Method::ScoreWeighted;
      rows = aggregation::aggregate(p.features.view(), keptOf(groups, p.scores, point.threshold),
                                    p.sources.weights, how);
    }
    how.method = aggregation::Method::Average;
    const data::Matrix plain = aggregation::aggregate(p.features.view(), groups, {}, how);
    EXPECT_EQ(report.accept, acceptOf(p, rows, point.far));
    EXPECT_EQ(report.acceptPlain, acceptOf(p, plain, point.far));
    ASSERT_EQ(report.rows.size(), groups.size());
    const auto kept = keptOf(groups, p.scores, point.threshold);
    for (std::size_t t = 0; t < groups.size(); ++t) {
      SCOPED_TRACE(t);
      const int i = static_cast<int>(t);
      expectSame(report.rows[t].atPoint, bruteForce(p, rows, rowAlone(rows, i), i, report.accept));
      expectSame(report.rows[t].plain, bruteForce(p, plain, rowAlone(plain, i), i, report.acceptPlain));
      EXPECT_EQ(report.rows[t].kept, std::ssize(kept[t]));
      EXPECT_EQ(report.rows[t].images, std::ssize(groups[t]));
    }
  }
}

// Under every aggregation, one image after the other off.
TEST(TemplateMatcherTest, ASwitchedImageIsATemplateWithoutIt) {
  const Planted p = planted(40);
  const TemplateMatcher matcher(p.sources, p.protocol, p.owners);
  Progress silent;
  const auto point = pointAt(0.4, aggregation::Rescale::Auto, "head");
  auto groups = groupsOf(p.protocol);
  const int t = 7;
  std::vector<bool> on(groups[t].size(), true);
  for (const std::size_t off : {std::size_t{0}, std::size_t{3}}) {
    on[off] = false;
    const TriedTemplate tried = matcher.tried(t, on, point, silent);
    ASSERT_EQ(tried.samples, groups[t]);
    ASSERT_EQ(tried.aggregations.front().name, "ddl weights=head");
    ASSERT_GT(tried.aggregations.size(), 10U);
    auto without = groups;
    std::erase_if(without[t], [&](int s) {
      const auto i = std::ranges::find(groups[t], s) - groups[t].begin();
      return !on[static_cast<std::size_t>(i)];
    });
    const auto plan = planAggregations({.threshold = 0.4, .weights = "head"}, p.sources.known(), false);
    for (const auto& one : tried.aggregations) {
      SCOPED_TRACE(one.name);
      const auto planned = *std::ranges::find(plan, one.name, &PlannedAggregation::name);
      const data::Matrix rows = templateFeatures(p.sources, groups, planned);
      const data::Matrix left = templateFeatures(p.sources, without, planned);
      EXPECT_EQ(one.accept, acceptOf(p, rows, point.far));
      expectSame(one.all, bruteForce(p, rows, rowAlone(rows, t), t, one.accept));
      expectSame(one.tried, bruteForce(p, rows, rowAlone(left, t), t, one.accept));
      if (aggregation::infoOf(planned.how.method).weights == nullptr) {
        EXPECT_TRUE(one.weights.empty());
        continue;
      }
      // The weights make the template.
      for (const auto& [weights, made] :
           {std::pair(&one.weights, &rows), std::pair(&one.triedWeights, &left)}) {
        data::Matrix sum(1, rows.cols);
        double total = 0;
        for (std::size_t i = 0; i < groups[t].size(); ++i) {
          auto row = rowAlone(p.features, groups[t][i]);
          data::normalise(row.row(0));
          total += (*weights)[i];
          for (std::size_t j = 0; j < row.values.size(); ++j)
            sum.values[j] += static_cast<float>((*weights)[i] * row.values[j]);
        }
        EXPECT_NEAR(total, 1, 1e-9);
        data::normalise(sum.row(0));
        EXPECT_NEAR(data::dot(sum.row(0), made->row(t)), 1, 1e-5);
      }
      for (std::size_t i = 0; i < on.size(); ++i) EXPECT_TRUE(on[i] || one.triedWeights[i] == 0);
    }
  }
}

// One matcher is asked at unit lengths, at those that the features have, and back: no answer is an older
// one's.
TEST(TemplateMatcherTest, OtherLengthsAreOtherTemplates) {
  const Planted p = planted(40);
  const TemplateMatcher matcher(p.sources, p.protocol, p.owners);
  Progress silent;
  auto point = pointAt(0.4, aggregation::Rescale::Auto, "head");
  const auto groups = groupsOf(p.protocol);
  const int seventh = 7;
  const std::vector<bool> on(groups[seventh].size(), true);
  for (const auto lengths : {data::Lengths::Unit, data::Lengths::Raw, data::Lengths::Unit}) {
    SCOPED_TRACE(lengths == data::Lengths::Raw ? "raw" : "unit");
    point.lengths = lengths;
    const auto plan =
        planAggregations({.threshold = 0.4, .weights = "head", .lengths = lengths}, p.sources.known(), false);
    const auto rowsOf = [&](const std::string& name) {
      return templateFeatures(p.sources, groups, *std::ranges::find(plan, name, &PlannedAggregation::name));
    };
    const auto report = matcher.report(point, silent);
    const data::Matrix rows = rowsOf("ddl weights=head"), plain = rowsOf("average");
    EXPECT_EQ(report.accept, acceptOf(p, rows, point.far));
    EXPECT_EQ(report.acceptPlain, acceptOf(p, plain, point.far));
    for (int t = 0; t < std::ssize(groups); ++t) {
      SCOPED_TRACE(t);
      const auto& row = report.rows[static_cast<std::size_t>(t)];
      expectSame(row.atPoint, bruteForce(p, rows, rowAlone(rows, t), t, report.accept));
      expectSame(row.plain, bruteForce(p, plain, rowAlone(plain, t), t, report.acceptPlain));
    }
    const TriedTemplate tried = matcher.tried(seventh, on, point, silent);
    for (const auto& one : tried.aggregations) {
      SCOPED_TRACE(one.name);
      const data::Matrix whole = rowsOf(one.name);
      EXPECT_EQ(one.accept, acceptOf(p, whole, point.far));
      expectSame(one.all, bruteForce(p, whole, rowAlone(whole, seventh), seventh, one.accept));
    }
  }
}

TEST(TemplateMatcherTest, WithoutImagesThereIsNothingToMatch) {
  const Planted p = planted(40);
  const TemplateMatcher matcher(p.sources, p.protocol, p.owners);
  Progress silent;
  const auto n = p.protocol.templates[3].samples.size();
  const auto tried =
      matcher.tried(3, std::vector<bool>(n, false), pointAt(0.4, aggregation::Rescale::Off), silent);
  for (const auto& one : tried.aggregations) {
    EXPECT_EQ(one.tried.rank, 0) << one.name;
    EXPECT_TRUE(std::isnan(one.tried.worstGenuine));
    EXPECT_GT(one.all.rank, 0);
  }
  EXPECT_THROW(matcher.tried(3, {true}, {}, silent), Error);
  EXPECT_THROW(matcher.tried(99, {true}, {}, silent), Error);
}

TEST(TemplateMatcherTest, WithoutScoresItIsThePlainAverage) {
  Planted p = planted(40);
  p.sources.scores.clear();
  const TemplateMatcher matcher(p.sources, p.protocol, p.owners);
  Progress silent;
  const auto report = matcher.report(pointAt(0.9, aggregation::Rescale::On), silent);
  EXPECT_EQ(report.aggregation, "average");
  for (const auto& row : report.rows) {
    EXPECT_EQ(row.kept, row.images);
    expectSame(row.atPoint, row.plain);
  }
}

TEST(TemplateMatcherTest, StopsWhenAsked) {
  const Planted p = planted(40);
  const TemplateMatcher matcher(p.sources, p.protocol, p.owners);
  std::stop_source stop;
  stop.request_stop();
  Progress progress({}, stop.get_token());
  EXPECT_THROW(matcher.report({}, progress), Cancelled);
}

TEST(TemplateOwners, FollowIdentitiesAndGenuinePairs) {
  data::Protocol protocol;
  for (const auto& samples : std::vector<std::vector<int>>{{0}, {1}, {2}, {3, 4}, {5}, {6}})
    protocol.templates.push_back({"t", -1, samples});
  protocol.pairs = {{4, 5, true, -1}, {0, 2, false, -1}};
  const auto owners = templateOwners(protocol, {7, 7, 8, 8, 9, -1, -1});
  EXPECT_EQ(owners[0], owners[1]);
  EXPECT_NE(owners[0], owners[2]);
  EXPECT_EQ(owners[3], -1) << "of two people";
  EXPECT_EQ(owners[4], owners[5]) << "nobody knows who, but they are one";
  EXPECT_GE(owners[4], 0);
}

TEST(WorstFirst, PutsWhatHasNoNumberLast) {
  data::Protocol protocol;
  TemplateReport report;
  for (const char* name : {"d", "b", "c", "a"}) {
    protocol.templates.push_back({name, -1, {}});
    report.rows.emplace_back();
  }
  const auto set = [&](int t, float genuine, float impostor, int rank, int kept) {
    auto& row = report.rows[static_cast<std::size_t>(t)];
    row.atPoint.worstGenuine = genuine;
    row.atPoint.bestImpostor = impostor;
    row.atPoint.rank = rank;
    row.images = 10;
    row.kept = kept;
  };
  set(0, 0.9F, 0.1F, 1, 9);
  set(1, 0.2F, 0.3F, 7, 10);
  set(3, 0.5F, 0.8F, 2, 1);
  const auto by = [&](TemplateOrder order) { return worstFirst(report, protocol, order); };
  EXPECT_EQ(by(TemplateOrder::WorstGenuine), (std::vector<int>{1, 3, 0, 2}));
  EXPECT_EQ(by(TemplateOrder::BestImpostor), (std::vector<int>{3, 1, 0, 2}));
  EXPECT_EQ(by(TemplateOrder::Rank), (std::vector<int>{1, 3, 0, 2}));
  EXPECT_EQ(by(TemplateOrder::KeptShare), (std::vector<int>{3, 0, 1, 2}));
  EXPECT_EQ(by(TemplateOrder::Name), (std::vector<int>{3, 1, 2, 0}));
  const TemplateRow all = together(report, {0, 1, 3});
  EXPECT_EQ(all.images, 30);
  EXPECT_EQ(all.kept, 20);
  EXPECT_EQ(all.atPoint.rank, 7);
}

TEST(Products, AreTheSameUnderEveryInstructionSet) {
  Rng rng(3);
  for (const auto& [m, n, width] : {std::array{1, 1, 1}, std::array{5, 7, 19}, std::array{9, 4, 64}}) {
    data::Matrix a(m, width), b(n, width);
    for (float& v : a.values) v = static_cast<float>(rng.normal());
    for (float& v : b.values) v = static_cast<float>(rng.normal());
    for (const auto& out : onEachTarget([&] {
           std::vector<float> out(static_cast<std::size_t>(m * n));
           products(a.values.data(), m, b.values.data(), n, width, out.data());
           return out;
         }))
      for (int i = 0; i < m; ++i)
        for (int j = 0; j < n; ++j) EXPECT_NEAR(out[i * n + j], data::dot(a.row(i), b.row(j)), 1e-4);
  }
}

}  // namespace
}  // namespace discern::analysis
