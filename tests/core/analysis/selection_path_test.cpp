// The lambda path for a slider and the two rankings: against brute force and planted numbers.
#include "core/analysis/selection_path.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "core/base/field_error.h"
#include "core/base/rng.h"

namespace discern::analysis {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Ties, zeros, infinities and faces that were not asked about, over identities of 0 to 30 images.
SelectionPath randomPath(std::uint64_t seed, int samples) {
  Rng rng(seed);
  Who who;
  who.part.assign(static_cast<std::size_t>(samples / 8 + 1), data::Part::Train);
  project::SelectionRow row;
  row.name = "random";
  row.centers = 40;
  for (int i = 0; i < samples; ++i) {
    who.identity.push_back(static_cast<int>(rng.below(samples / 8 + 1)));
    const double kind = rng.uniform();
    row.enters.push_back(kind < 0.1   ? kNan
                         : kind < 0.2 ? kInfinity
                         : kind < 0.3 ? 0
                         : kind < 0.6 ? std::floor(rng.uniform(1, 6))
                                      : std::exp(4 * rng.normal()));
  }
  return SelectionPath(std::move(row), who);
}

TEST(SelectionPath, KeepsExactlyWhatIsKeptOneByOne) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const SelectionPath path = randomPath(seed, 300);
    Rng rng(seed + 100);
    std::vector<double> lambdas = {0, -1, -2, -3, -1e9, -1e-9};
    for (int i = 0; i < 40; ++i) lambdas.push_back(-std::exp(5 * rng.normal()));
    for (const double lambda : lambdas) {
      std::set<int> expected;
      int kept = 0, keepable = 0;
      for (int i = 0; i < 300; ++i) {
        const double enters = path.row().enters[static_cast<std::size_t>(i)];
        if (std::isnan(enters)) continue;
        keepable += std::isfinite(enters);
        if (selection::isKept(enters, lambda))
          ++kept;
        else
          expected.insert(i);
      }
      const auto discarded = path.discarded(lambda);
      EXPECT_EQ(std::set<int>(discarded.begin(), discarded.end()), expected) << lambda;
      EXPECT_EQ(discarded.size(), expected.size());
      EXPECT_TRUE(std::ranges::is_sorted(discarded, {}, [&](int i) { return path.enters(i); }));
      EXPECT_EQ(path.kept(lambda), kept);
      EXPECT_EQ(path.keepable(), keepable);
      EXPECT_DOUBLE_EQ(path.share(lambda), static_cast<double>(kept) / keepable);
    }
  }
}

TEST(SelectionPath, TheLambdaOfAShareIsTheNearestToZeroThatKeepsIt) {
  const SelectionPath path = randomPath(3, 300);
  for (const double share : {0.0, 0.01, 0.3, 0.5, 0.77, 1.0}) {
    const double lambda = path.lambdaForShare(share);
    EXPECT_GE(path.share(lambda), share - 1e-12);
    if (lambda < -1e-9) {  // not just below 0, where nothing lies between
      EXPECT_LT(path.share(lambda * (1 - 1e-12)), share) << share;
    }
  }
  EXPECT_EQ(path.lambdaForShare(0), 0);
}

TEST(SelectionPath, TheSliderReachesEverySelection) {
  const SelectionPath path = randomPath(5, 300);
  EXPECT_EQ(path.kept(-path.high()), path.keepable());
  const auto positive = std::ranges::count_if(path.row().enters, [](double e) { return e == 0; });
  EXPECT_EQ(path.kept(-path.low()), positive) << "only those that enter at once";
  EXPECT_DOUBLE_EQ(path.normalised(-80), -2);
  EXPECT_DOUBLE_EQ(path.raw(path.normalised(-7.5)), -7.5);
}

TEST(SelectionPath, CurvesCountKeptFacesAtEveryBreakpoint) {
  const SelectionPath path = randomPath(7, 300);
  const auto count = [&](double lambda, int identity) {
    int kept = 0;
    for (int i = 0; i < 300; ++i)
      kept += path.asked(i) && (identity < 0 || path.identityOf(i) == identity) &&
              selection::isKept(path.enters(i), lambda);
    return kept;
  };
  int checked = 0, faces = 0;
  for (int identity = -1; identity < 38; ++identity) {
    const auto curve = identity < 0 ? path.curve() : path.curveOf(identity);
    for (std::size_t i = 0; i < curve.lambda.size(); ++i, ++checked)
      EXPECT_EQ(curve.kept[i], count(std::nextafter(curve.lambda[i], -kInfinity), identity));
    if (identity >= 0) faces += path.facesOf(identity);
  }
  EXPECT_GT(checked, 200);
  EXPECT_EQ(faces, path.faces());
  EXPECT_TRUE(path.curveOf(999).lambda.empty());
}

TEST(SelectionPath, AnEmptyOrHopelessSelectionHasAScaleToo) {
  for (const std::vector<double>& enters : {std::vector<double>{}, {kNan, kNan}, {kInfinity}, {0.0, 0.0}}) {
    project::SelectionRow row;
    row.enters = enters;
    Who who;
    who.identity.assign(enters.size(), 0);
    who.part = {data::Part::Train};
    const SelectionPath path(row, who);
    EXPECT_GT(path.high(), path.low());
    EXPECT_GT(path.low(), 0);
    EXPECT_GE(path.share(-1), 0);
    EXPECT_LE(path.lambdaForShare(0.5), 0);
  }
}

// Every answer for one lambda, by sorting what is asked about.
void expectRanking(const SelectionPath& path, const std::vector<float>& score,
                   const ScoreComparison& comparison, double lambda, bool within) {
  std::map<int, std::vector<int>> groups;  // of faces that have both numbers
  for (int i = 0; i < static_cast<int>(score.size()); ++i)
    if (path.asked(i) && !std::isnan(score[static_cast<std::size_t>(i)]))
      groups[within ? path.identityOf(i) : 0].push_back(i);
  std::set<int> discarded, lowest;
  double chance = 0;
  for (auto& [key, members] : groups) {
    std::set<int> dropped;
    for (const int i : members)
      if (!selection::isKept(path.enters(i), lambda)) dropped.insert(i);
    if (within && dropped.size() == members.size()) continue;
    std::ranges::stable_sort(members, {}, [&](int i) { return score[static_cast<std::size_t>(i)]; });
    lowest.insert(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(dropped.size()));
    chance += static_cast<double>(dropped.size() * dropped.size()) / static_cast<double>(members.size());
    discarded.merge(dropped);
  }
  const auto at =
      comparison.at(lambda, within ? ScoreComparison::Ranking::Within : ScoreComparison::Ranking::Overall);
  EXPECT_EQ(std::set<int>(at.discarded.begin(), at.discarded.end()), discarded) << lambda;
  EXPECT_EQ(std::set<int>(at.lowest.begin(), at.lowest.end()), lowest) << lambda;
  EXPECT_EQ(at.discarded.size(), discarded.size());
  EXPECT_EQ(at.lowest.size(), lowest.size());
  EXPECT_TRUE(std::ranges::is_sorted(at.discarded, std::greater<>(), [&](int i) { return path.enters(i); }));
  EXPECT_TRUE(
      std::ranges::is_sorted(at.lowest, {}, [&](int i) { return score[static_cast<std::size_t>(i)]; }));
  int both = 0;
  for (const int i : lowest) both += discarded.contains(i);
  EXPECT_EQ(at.both, both) << lambda;
  for (int i = 0; i < static_cast<int>(score.size()); ++i)
    EXPECT_EQ(at.isInBoth[static_cast<std::size_t>(i)] == 1, discarded.contains(i) && lowest.contains(i));
  if (discarded.empty()) {
    EXPECT_TRUE(std::isnan(at.share()) && std::isnan(at.chance));
  } else {
    EXPECT_NEAR(at.chance, chance / static_cast<double>(discarded.size()), 1e-12);
  }
}

TEST(ScoreComparison, CountsWhatBothRankingsDiscard) {
  const SelectionPath path = randomPath(11, 200);
  auto table = std::make_shared<data::ScoreTable>();
  table->resize(200);
  Rng rng(12);
  for (std::size_t i = 0; i < 200; ++i)
    table->score[i] = i % 9 == 0 ? std::nanf("") : static_cast<float>(std::floor(50 * rng.uniform()) / 50);
  const ScoreComparison comparison(path, table);
  for (const double lambda : {0.0, -0.5, -1.0, -3.0, -20.0, -1e9, -kInfinity})
    for (const bool within : {false, true}) expectRanking(path, table->score, comparison, lambda, within);
}

TEST(ScoreComparison, AScoreThatFollowsThePathAgreesWithIt) {
  const SelectionPath path = randomPath(13, 400);
  auto table = std::make_shared<data::ScoreTable>();
  table->resize(400);
  for (std::size_t i = 0; i < 400; ++i)
    table->score[i] = static_cast<float>(-std::min(path.row().enters[i], 1e9));
  const ScoreComparison comparison(path, table);
  EXPECT_NEAR(comparison.spearman(), 1, 1e-6);
  for (const auto ranking : {ScoreComparison::Ranking::Within, ScoreComparison::Ranking::Overall}) {
    const auto at = comparison.at(-2.5, ranking);
    EXPECT_EQ(at.share(), 1);
    EXPECT_LT(at.chance, 1);
  }
}

TEST(SelectionPath, LooksAtTodaysTrainingIdentitiesAlone) {
  project::SelectionRow row;
  row.enters = {1, 2, 3, 4, kInfinity, kNan};
  Who who;
  who.identity = {0, 0, -1, 1, 2, 0};  // the third was excluded since
  who.part = {data::Part::Train, data::Part::Test, data::Part::Train};
  const SelectionPath path(row, who);
  EXPECT_EQ(path.faces(), 3);
  EXPECT_EQ(path.keepable(), 2);
  EXPECT_EQ(path.identities(), 2);
  EXPECT_FALSE(path.asked(2));
  EXPECT_FALSE(path.asked(3)) << "a test identity by now";
  EXPECT_EQ(path.kept(-10), 2);
  EXPECT_EQ(path.emptyIdentities(-0.5), 1) << "a single face is no identity of several";
  EXPECT_EQ(path.emptyIdentities(-1.5), 0);
}

TEST(LambdaToReadAt, OfACutIsItsOwnAlone) {
  project::SelectionRow row;
  row.name = "one";
  EXPECT_TRUE(std::isnan(cutLambda(row)));  // options that are missing are a path's
  row.options = R"({"method":"path","lambda":null})";
  EXPECT_TRUE(std::isnan(cutLambda(row)));
  EXPECT_EQ(lambdaToReadAt(row, -100, "lambda"), -100);
  EXPECT_TRUE(std::isnan(lambdaToReadAt(row, kNan, "lambda")));
  row.options = R"({"method":"cut","lambda":-8.1234567})";
  EXPECT_EQ(cutLambda(row), -8.1234567);
  EXPECT_EQ(SelectionPath(row, {}).cutLambda(), -8.1234567);
  EXPECT_EQ(lambdaToReadAt(row, kNan, "lambda"), -8.1234567);
  EXPECT_EQ(lambdaToReadAt(row, -8.12346, "lambda"), -8.1234567);  // as it is printed
  for (const double other : {0.0, -8.0, -8.13, -100.0}) {
    try {
      lambdaToReadAt(row, other, "kept");
      ADD_FAILURE() << "the cut was read at " << other;
    } catch (const FieldError& e) {
      EXPECT_EQ(e.field(), "kept");
      EXPECT_NE(std::string(e.what()).find("selection 'one' is one cut at lambda -8.1234567"),
                std::string::npos)
          << e.what();
    }
  }
}

TEST(LambdaForShare, IsThePathsOwnAndRefusesNonsense) {
  const SelectionPath path = randomPath(3, 300);
  std::vector<double> enters;
  for (int i = 0; i < 300; ++i) enters.push_back(path.enters(i));
  for (const double share : {0.01, 0.3, 0.5, 0.77, 1.0})
    EXPECT_EQ(lambdaForShare(enters, share), path.lambdaForShare(share)) << share;
  for (const double share : {0.0, -0.1, 1.1, kNan}) EXPECT_THROW(lambdaForShare(enters, share), Error);
}

TEST(LambdaForShare, KeepsThatManyAndNotMoreThanNeeded) {
  const double inf = HUGE_VAL, nan = std::nan("");
  const std::vector<double> enters = {0.5, 3, nan, 1, 1, inf, 2};
  const auto kept = [&](double share) {
    const double lambda = lambdaForShare(enters, share);
    return std::ranges::count_if(enters, [&](double e) { return selection::isKept(e, lambda); });
  };
  EXPECT_EQ(kept(1), 5);
  EXPECT_EQ(kept(0.8), 4);
  EXPECT_EQ(kept(0.4), 3);  // two enter together
  EXPECT_EQ(kept(0.2), 1);
  EXPECT_THROW(lambdaForShare(enters, 0), Error);
  EXPECT_THROW(lambdaForShare(std::vector{inf, nan}, 0.5), Error);
}

}  // namespace
}  // namespace discern::analysis
