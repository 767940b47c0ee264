#include "core/aggregation/group_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/aggregation/aggregate.h"
#include "core/base/error.h"
#include "tests/core/aggregation/planted_network.h"
#include "tests/message_of.h"

namespace discern::aggregation {
namespace {

using testing::messageOf;

data::Matrix matrix(const std::vector<std::vector<float>>& rows) {
  data::Matrix m(std::ssize(rows), std::ssize(rows[0]));
  for (std::size_t r = 0; r < rows.size(); ++r)
    std::copy(rows[r].begin(), rows[r].end(), m.row(static_cast<std::int64_t>(r)).begin());
  return m;
}

Options by(const GroupNetwork& network) {
  Options options;
  options.method = methodOf(network.kind);
  options.network = std::make_shared<GroupNetwork>(network);
  return options;
}

// The one group of all rows, and its weights.
std::vector<float> combined(const data::Matrix& rows, const Options& options) {
  std::vector<int> all;
  for (int i = 0; i < rows.rows; ++i) all.push_back(i);
  return aggregate(rows.view(), {all}, {}, options).values;
}
std::vector<double> weightsIn(const data::Matrix& rows, const Options& options) {
  std::vector<std::span<const float>> spans;
  std::vector<float> norms;
  std::vector<double> factors;
  for (std::int64_t r = 0; r < rows.rows; ++r) {
    spans.emplace_back(rows.row(r));
    norms.push_back(static_cast<float>(data::norm(rows.row(r))));
    factors.push_back(1 / norms.back());
  }
  return weightsOf({.size = spans.size(), .scores = {}, .norms = norms, .rows = spans, .factors = factors},
                   options);
}

TEST(GroupNetwork, AQuerySeesFeaturesAsTheyAreOverTheScale) {
  GroupNetwork network{NetworkKind::Attention, 2, 0, 2, {}, {}, {}, {}, {1, -0.5F}, {}};
  const auto rows = matrix({{4, 0}, {0, 4}, {2, 2}});  // e = 2, -1, 0.5
  const double sum = std::exp(2.0) + std::exp(-1.0) + std::exp(0.5);
  const auto weights = weightsIn(rows, by(network));
  ASSERT_EQ(weights.size(), 3U);
  EXPECT_NEAR(weights[0], std::exp(2.0) / sum, 1e-6);
  EXPECT_NEAR(weights[1], std::exp(-1.0) / sum, 1e-6);
  EXPECT_NEAR(weights[2], std::exp(0.5) / sum, 1e-6);
  // What is averaged are the directions.
  const double x = weights[0] + weights[2] / std::sqrt(2.0), y = weights[1] + weights[2] / std::sqrt(2.0);
  const auto feature = combined(rows, by(network));
  EXPECT_NEAR(feature[0], x / std::hypot(x, y), 1e-6);
  EXPECT_NEAR(feature[1], y / std::hypot(x, y), 1e-6);
  EXPECT_EQ(network.parameters(), 2);
  EXPECT_EQ(network.macs(), 2);
}

TEST(GroupNetwork, AttentionWithAHiddenLayerByHand) {
  // Two hidden units: tanh(x + 0.5), tanh(2 y); e = 3 h0 - h1.
  GroupNetwork network{NetworkKind::Attention, 2, 2, 1, {1, 0, 0, 2}, {0.5F, 0}, {}, {}, {3, -1}, {}};
  const auto rows = matrix({{0.3F, -0.2F}, {-1, 0.7F}});
  const double a = 3 * std::tanh(0.8) - std::tanh(-0.4), b = 3 * std::tanh(-0.5) - std::tanh(1.4);
  const auto weights = weightsIn(rows, by(network));
  EXPECT_NEAR(weights[0], 1 / (1 + std::exp(b - a)), 1e-6);
  EXPECT_EQ(network.parameters(), 8);
  EXPECT_EQ(network.macs(), 6);
}

TEST(GroupNetwork, TheRecurrentUnitByHand) {
  // D = 1, H = 1: gates r, z, n.
  GroupNetwork network{
      NetworkKind::Rnn, 1,   1,      1, {0.5F, -0.3F, 0.8F}, {0.1F, 0.2F, -0.1F}, {0.4F, 0.6F, 0.7F},
      {0, 0.05F, 0.3F}, {2}, {0.25F}};
  const auto sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
  double h = 0, mean = 0;
  const std::vector<double> input = {1.5, -0.5};
  for (const double x : input) {
    const double r = sigmoid(0.5 * x + 0.1 + 0.4 * h), z = sigmoid(-0.3 * x + 0.2 + 0.6 * h + 0.05);
    const double n = std::tanh(0.8 * x - 0.1 + r * (0.7 * h + 0.3));
    h = (1 - z) * n + z * h;
    mean += h / 2;
  }
  const auto rows = matrix({{1.5F}, {-0.5F}});
  const std::vector<std::span<const float>> spans = {rows.row(0), rows.row(1)};
  const std::vector<float> norms = {1.5F, 0.5F};
  const auto told = readInOrder(network, {.size = 2, .scores = {}, .norms = norms, .rows = spans});
  EXPECT_NEAR(told[0], 0 + 2 * mean + 0.25, 1e-6) << "the directions 1 and -1 cancel";
  EXPECT_EQ(network.parameters(), 14);
  EXPECT_EQ(network.macs(), 6);
}

TEST(GroupNetwork, OfNoWeightBothAreThePlainMean) {
  const auto rows = matrix({{3, 0, 1}, {0, 2, 1}, {1, 1, -4}});
  Options average;
  average.method = Method::Average;
  for (const auto kind : {NetworkKind::Attention, NetworkKind::Rnn}) {
    GroupNetwork network = plantedNetwork(kind, 3, 4);
    std::ranges::fill(network.output, 0.0F);
    std::ranges::fill(network.outputBias, 0.0F);
    const auto told = combined(rows, by(network)), expected = combined(rows, average);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(told[i], expected[i], 1e-6) << nameOf(kind);
  }
}

TEST(GroupNetwork, OnlyTheRecurrentOneMindsTheOrder) {
  const auto rows = matrix({{3, 0, 1}, {0, 2, 1}, {1, 1, -4}}),
             turned = matrix({{1, 1, -4}, {0, 2, 1}, {3, 0, 1}});
  const auto difference = [&](NetworkKind kind) {
    const auto options = by(plantedNetwork(kind, 3, 4));
    const auto a = combined(rows, options), b = combined(turned, options);
    double most = 0;
    for (std::size_t i = 0; i < 3; ++i) most = std::max<double>(most, std::abs(a[i] - b[i]));
    return most;
  };
  EXPECT_LT(difference(NetworkKind::Attention), 1e-6);
  EXPECT_GT(difference(NetworkKind::Rnn), 1e-3);
}

TEST(GroupNetwork, WhatIsMissingOrDoesNotFitIsSaid) {
  const auto rows = matrix({{3, 0, 1}, {0, 2, 1}});
  Options options;
  options.method = Method::Attention;
  EXPECT_EQ(messageOf([&] { combined(rows, options); }),
            "attention needs an aggregator that was trained; train one");
  options.network = std::make_shared<GroupNetwork>(plantedNetwork(NetworkKind::Rnn, 3, 2));
  EXPECT_THROW(combined(rows, options), Error) << "of the other kind";
  EXPECT_EQ(messageOf([&] { combined(rows, by(plantedNetwork(NetworkKind::Rnn, 4, 2))); }),
            "the aggregator was trained on features of 4 numbers, these have 3; train one on these");
  EXPECT_THROW(weightsIn(rows, by(plantedNetwork(NetworkKind::Rnn, 3, 2))), Error) << "no weighted mean";
}

TEST(GroupNetwork, UnsoundOnesAreRefused) {
  const GroupNetwork sound = plantedNetwork(NetworkKind::Rnn, 3, 2);
  EXPECT_NO_THROW(requireSound(sound, "f"));
  const auto message = [&](auto&& change) {
    GroupNetwork changed = sound;
    change(changed);
    return messageOf([&] { requireSound(changed, "f"); });
  };
  EXPECT_EQ(message([](auto& n) { n.state.pop_back(); }), "f: \"state\" holds 11 numbers, 12 were expected");
  EXPECT_EQ(message([](auto& n) { n.output[1] = std::numeric_limits<float>::infinity(); }),
            "f: a number of \"output\" is not finite; train it again");
  EXPECT_EQ(message([](auto& n) { n.scale = 0; }), "f: its scale is 0; a number above 0 was expected");
  EXPECT_NE(message([](auto& n) { n.hidden = 0; }).find("hidden layer of 0"), std::string::npos);
  EXPECT_NE(message([](auto& n) { n.dims = 1 << 30; }).find("features of 1073741824"), std::string::npos);
}

}  // namespace
}  // namespace discern::aggregation
