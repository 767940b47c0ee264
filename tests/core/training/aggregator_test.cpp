#include "core/training/aggregator.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "core/base/files.h"
#include "core/base/rng.h"
#include "core/networks/safetensors.h"
#include "tests/core/aggregation/planted_network.h"
#include "tests/core/training/planted_faces.h"

namespace discern::training {
namespace {
namespace fs = std::filesystem;
using aggregation::GroupNetwork;
using aggregation::Method;
using aggregation::NetworkKind;
using aggregation::plantedNetwork;

data::Matrix randomRows(std::int64_t rows, std::int64_t cols, std::uint64_t seed) {
  data::Matrix m(rows, cols);
  Rng rng(seed);
  for (float& v : m.values) v = static_cast<float>(2 * rng.normal());
  return m;
}

std::vector<int> allOf(const data::Matrix& m) {
  std::vector<int> all;
  for (int i = 0; i < m.rows; ++i) all.push_back(i);
  return all;
}

data::Matrix combined(const data::Matrix& rows, const GroupNetwork& network,
                      const std::vector<std::vector<int>>& groups) {
  aggregation::Options options;
  options.method = methodOf(network.kind);
  options.network = std::make_shared<GroupNetwork>(network);
  return aggregation::aggregate(rows.view(), groups, {}, options);
}

torch::Tensor tensorOf(const data::Matrix& m) {
  return torch::from_blob(const_cast<float*>(m.values.data()), {m.rows, m.cols}).clone();
}
torch::Tensor tensorOf(const std::vector<float>& values, std::int64_t rows, std::int64_t cols) {
  return torch::from_blob(const_cast<float*>(values.data()), {rows, cols}).clone();
}

void expectRow(const data::Matrix& actual, const torch::Tensor& expected) {
  const auto unit = torch::nn::functional::normalize(expected.reshape({1, -1})).contiguous();
  for (std::int64_t j = 0; j < actual.cols; ++j)
    EXPECT_NEAR(actual.row(0)[j], unit.data_ptr<float>()[j], 1e-5) << j;
}

TEST(GroupNetworkAgainstLibTorch, ItsRecurrentUnitIsTheGru) {
  torch::NoGradGuard guard;
  constexpr std::int64_t kDims = 24, kHidden = 7;
  const auto rows = randomRows(11, kDims, 3);
  const GroupNetwork network = plantedNetwork(NetworkKind::Rnn, kDims, kHidden, 5);
  torch::nn::GRU gru(torch::nn::GRUOptions(kDims, kHidden).batch_first(true));
  auto parameters = gru->named_parameters();
  parameters["weight_ih_l0"].copy_(tensorOf(network.input, kDims, 3 * kHidden).t());
  parameters["weight_hh_l0"].copy_(tensorOf(network.state, kHidden, 3 * kHidden).t());
  parameters["bias_ih_l0"].copy_(tensorOf(network.inputBias, 1, 3 * kHidden)[0]);
  parameters["bias_hh_l0"].copy_(tensorOf(network.stateBias, 1, 3 * kHidden)[0]);
  const auto x = tensorOf(rows);
  const auto states = std::get<0>(gru->forward((x / network.scale).unsqueeze(0)));  // 1 x T x H
  const auto outputs = torch::nn::functional::linear(states, tensorOf(network.output, kHidden, kDims).t(),
                                                     tensorOf(network.outputBias, 1, kDims)[0]);
  expectRow(combined(rows, network, {allOf(rows)}),
            (torch::nn::functional::normalize(x) + outputs[0]).mean(0));
}

TEST(GroupNetworkAgainstLibTorch, ItsAttentionIsTheSoftmax) {
  torch::NoGradGuard guard;
  constexpr std::int64_t kDims = 24;
  const auto rows = randomRows(11, kDims, 4);
  for (const std::int64_t hidden : {0, 6}) {
    const GroupNetwork network = plantedNetwork(NetworkKind::Attention, kDims, hidden, 6);
    auto layer = tensorOf(rows) / network.scale;
    if (hidden > 0)
      layer = torch::tanh(layer.matmul(tensorOf(network.input, kDims, hidden)) +
                          tensorOf(network.inputBias, 1, hidden));
    const auto weights = layer.matmul(tensorOf(network.output, 1, layer.size(1))[0]).softmax(0);
    expectRow(combined(rows, network, {allOf(rows)}),
              weights.unsqueeze(0).matmul(torch::nn::functional::normalize(tensorOf(rows))));
  }
}

// Identities of pieces of samples. What is bad says so in its last number and points anywhere, or is drawn
// the same way whoever it shows.
enum class Bad { Anywhere, OneWay };
struct Planted {
  data::Matrix features;
  AggregatorData data;

  Planted(int identities, int pieces, int each, double badShare, std::uint64_t seed, Bad kind = Bad::Anywhere,
          int dims = 16)
      : features(std::int64_t{identities} * pieces * each, dims) {
    Rng rng(seed);
    std::int64_t row = 0;
    for (int i = 0; i < identities; ++i) {
      std::vector<double> centre;
      for (int k = 0; k + 1 < dims; ++k) centre.push_back(rng.normal());
      for (int p = 0; p < pieces; ++p) {
        AggregatorData::Piece piece{i, {}};
        for (int s = 0; s < each; ++s, ++row) {
          const bool bad = rng.chance(badShare);
          for (int k = 0; k + 1 < dims; ++k) {
            const double good = centre[static_cast<std::size_t>(k)] + 0.8 * rng.normal();
            const double drawn = kind == Bad::OneWay ? good + (k % 2 == 0 ? 4 : -4) : 2 * rng.normal();
            features.row(row)[k] = static_cast<float>(bad ? drawn : good);
          }
          features.row(row)[dims - 1] = bad ? 3.0F : -1.0F;
          piece.samples.push_back({row});
        }
        data.pieces.push_back(piece);
      }
    }
    data.features = features.view();
    data.runs = true;
  }

  // How far the groups of one identity are from each other, against the nearest of others: the mean over all.
  double separation(const aggregation::Options& options) const {
    std::vector<std::vector<int>> groups;
    for (const auto& piece : data.pieces) {
      groups.emplace_back();
      for (const auto& sample : piece.samples) groups.back().push_back(static_cast<int>(sample.front()));
    }
    const auto rows = aggregation::aggregate(features.view(), groups, {}, options);
    double sum = 0;
    for (std::int64_t a = 0; a < rows.rows; ++a) {
      double worst = 1, best = -1;
      for (std::int64_t b = 0; b < rows.rows; ++b) {
        if (a == b) continue;
        const double cosine = data::dot(rows.row(a), rows.row(b));
        if (data.pieces[std::size_t(a)].identity == data.pieces[std::size_t(b)].identity)
          worst = std::min(worst, cosine);
        else
          best = std::max(best, cosine);
      }
      sum += worst - best;
    }
    return sum / static_cast<double>(rows.rows);
  }
  double separation(const GroupNetwork& network) const {
    aggregation::Options options;
    options.method = methodOf(network.kind);
    options.network = std::make_shared<GroupNetwork>(network);
    return separation(options);
  }
  double ofTheMean() const {
    aggregation::Options options;
    options.method = Method::Average;
    return separation(options);
  }
};

AggregatorOptions quick(NetworkKind kind, int hidden) {
  AggregatorOptions options;
  options.architecture = kind;
  options.hidden = hidden;
  options.epochs = 6;
  options.batch = 16;
  options.groupSize = 6;
  options.learningRate = 0.01;
  return options;
}

AggregatorFit train(const AggregatorData& data, const AggregatorOptions& options) {
  Progress silent;
  return trainAggregator(data, options, silent);
}

TEST(Aggregator, AttentionLearnsToIgnoreAPlantedBadKindOfSample) {
  const Planted known(20, 4, 6, 0.4, 1), unknown(12, 4, 6, 0.4, 2);
  for (const int hidden : {0, 8}) {
    const auto fit = train(known.data, quick(NetworkKind::Attention, hidden));
    EXPECT_GT(fit.bestEpoch, 0);
    EXPECT_EQ(fit.heldOut, 4);
    EXPECT_EQ(fit.identities, 16);
    EXPECT_LT(fit.validationLoss, 0.8 * fit.meanLoss);
    EXPECT_GT(unknown.separation(fit.network), unknown.ofTheMean() + 0.1) << "identities that it never saw";
    double bad = 0, all = 0;  // of the weight
    for (const auto& piece : unknown.data.pieces) {
      std::vector<std::span<const float>> rows;
      std::vector<float> norms;
      for (const auto& sample : piece.samples) {
        rows.push_back(unknown.features.row(sample.front()));
        norms.push_back(static_cast<float>(data::norm(rows.back())));
      }
      const auto told =
          attentionOf(fit.network, {.size = rows.size(), .scores = {}, .norms = norms, .rows = rows});
      double sum = 0, ofBad = 0, count = 0;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        sum += std::exp(told[i]);
        if (rows[i].back() > 0) ofBad += std::exp(told[i]);
        if (rows[i].back() > 0) ++count;
      }
      if (count == 0 || count == static_cast<double>(rows.size())) continue;
      bad += ofBad / sum;
      all += count / static_cast<double>(rows.size());
    }
    EXPECT_LT(bad, all * (hidden > 0 ? 0.5 : 0.67)) << "hidden " << hidden;
  }
}

TEST(Aggregator, TheRecurrentOneLearnsToo) {
  const Planted known(20, 4, 6, 0.4, 1, Bad::OneWay), unknown(12, 4, 6, 0.4, 2, Bad::OneWay);
  const auto fit = train(known.data, quick(NetworkKind::Rnn, 16));
  EXPECT_GT(fit.bestEpoch, 0);
  EXPECT_LT(fit.validationLoss, 0.8 * fit.meanLoss);
  EXPECT_GT(unknown.separation(fit.network), unknown.ofTheMean() + 0.1) << "it takes out what is drawn";
}

TEST(Aggregator, ItOverfitsAFewGroups) {
  // Nothing but noise: what is learned is by heart.
  const Planted noise(4, 2, 3, 1.0, 3);
  auto options = quick(NetworkKind::Rnn, 32);
  options.epochs = 12;
  options.validationShare = 0;
  options.weightDecay = 0;
  const auto fit = train(noise.data, options);
  EXPECT_EQ(fit.heldOut, 0);
  EXPECT_EQ(fit.bestEpoch, 12);
  EXPECT_TRUE(std::isnan(fit.validationLoss));
  EXPECT_LT(noise.ofTheMean(), 0);
  EXPECT_GT(noise.separation(fit.network), 0.5);
}

TEST(Aggregator, WhereNothingIsToBeLearnedThePlainMeanStays) {
  const Planted clean(10, 3, 6, 0.0, 4);
  auto options = quick(NetworkKind::Rnn, 8);
  options.learningRate = 3;  // runs away
  options.epochs = 2;
  const auto fit = train(clean.data, options);
  EXPECT_EQ(fit.bestEpoch, 0);
  EXPECT_EQ(fit.validationLoss, fit.meanLoss);
  EXPECT_NEAR(clean.separation(fit.network), clean.ofTheMean(), 1e-6);
}

TEST(Aggregator, OneThatDivergesIsSaid) {
  const Planted planted(10, 3, 6, 0.3, 4);
  for (const double share : {0.0, 0.2}) {
    auto options = quick(NetworkKind::Rnn, 8);
    options.tripletWeight = 1e39;  // of which a 32-bit loss is infinite
    options.validationShare = share;
    EXPECT_EQ(errorOf([&] { train(planted.data, options); }),
              "training diverged in epoch 1: the loss is not finite; lower the learning rate");
  }
}

TEST(Aggregator, ASeedSaysItAllAndNoPieceIsAskedForMoreThanItHas) {
  Planted planted(6, 3, 4, 0.3, 5);
  planted.data.pieces[0].samples.resize(1);
  planted.data.pieces[1].samples.clear();
  planted.features.row(20)[0] = std::numeric_limits<float>::quiet_NaN();
  std::ranges::fill(planted.features.row(21), 0.0F);
  for (const bool runs : {true, false}) {
    planted.data.runs = runs;
    auto options = quick(NetworkKind::Attention, 4);
    options.epochs = 2;
    const auto a = train(planted.data, options), b = train(planted.data, options);
    EXPECT_EQ(a.network.input, b.network.input);
    EXPECT_EQ(a.network.output, b.network.output);
    EXPECT_EQ(a.validationLoss, b.validationLoss);
    options.seed = 2;
    EXPECT_NE(a.network.input, train(planted.data, options).network.input);
  }
}

TEST(Aggregator, WhatCannotBeTrainedIsSaid) {
  Planted one(1, 4, 4, 0.3, 6);
  EXPECT_EQ(errorOf([&] { train(one.data, quick(NetworkKind::Attention, 4)); }),
            "an aggregator needs usable features of at least two training identities; there are 1");
  const Planted two(2, 4, 4, 0.3, 6);
  EXPECT_NE(errorOf([&] { train(two.data, quick(NetworkKind::Rnn, 0)); }).find("recurrent"),
            std::string::npos);
  EXPECT_EQ(train(two.data, quick(NetworkKind::Rnn, 2)).heldOut, 0) << "too few";
  std::stop_source stop;
  Progress progress(
      [&](const ProgressEvent& event) {
        if (event.kind == ProgressEvent::Kind::Metric) stop.request_stop();
      },
      stop.get_token());
  EXPECT_THROW(trainAggregator(two.data, quick(NetworkKind::Rnn, 2), progress), Cancelled);
}

class AggregatorFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("aggregator_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    file_ = folder_ / "a.safetensors";
  }
  void TearDown() override { fs::remove_all(folder_); }
  // The sentence when the file says otherwise.
  std::string after(const std::function<void(networks::Safetensors&)>& change) const {
    auto contents = networks::loadSafetensors(file_);
    change(contents);
    networks::saveSafetensors(folder_ / "b.safetensors", contents);
    const std::string said = errorOf([&] { loadAggregator(folder_ / "b.safetensors"); });
    EXPECT_TRUE(said.find((folder_ / "b.safetensors").string()) == 0) << said;
    return said.substr(std::min(said.size(), (folder_ / "b.safetensors").string().size()));
  }
  fs::path folder_, file_;
};

TEST_F(AggregatorFile, EveryKindComesBack) {
  for (const auto& network :
       {plantedNetwork(NetworkKind::Attention, 5, 0), plantedNetwork(NetworkKind::Attention, 5, 3),
        plantedNetwork(NetworkKind::Rnn, 5, 3)}) {
    saveAggregator(file_, {network, "12345", "{\"name\":\"x\"}"}, R"({"epochs":3})");
    const auto read = loadAggregator(file_);
    EXPECT_EQ(read.network.kind, network.kind);
    EXPECT_EQ(read.network.hidden, network.hidden);
    EXPECT_EQ(read.network.scale, network.scale);
    EXPECT_EQ(read.network.input, network.input);
    EXPECT_EQ(read.network.inputBias, network.inputBias);
    EXPECT_EQ(read.network.state, network.state);
    EXPECT_EQ(read.network.stateBias, network.stateBias);
    EXPECT_EQ(read.network.output, network.output);
    EXPECT_EQ(read.network.outputBias, network.outputBias);
    EXPECT_EQ(read.model, "12345");
    EXPECT_EQ(read.recipe, "{\"name\":\"x\"}");
  }
}

TEST_F(AggregatorFile, BadOnesAreOneSentence) {
  saveAggregator(file_, {plantedNetwork(NetworkKind::Rnn, 5, 3), "", ""}, "{}");
  EXPECT_EQ(after([](auto& c) { c.metadata["format"] = "other"; }),
            ": is no aggregator of this program; train one");
  EXPECT_NE(after([](auto& c) { c.metadata["kind"] = "lstm"; }).find("attention"), std::string::npos);
  EXPECT_EQ(after([](auto& c) { c.metadata["hidden"] = "3x"; }),
            ": its \"hidden\" is '3x'; a whole number from 0 to 65536 was expected");
  EXPECT_EQ(after([](auto& c) { c.metadata["hidden"] = "9000000000000000000"; }),
            ": its \"hidden\" is '9000000000000000000'; a whole number from 0 to 65536 was expected");
  EXPECT_EQ(after([](auto& c) { c.metadata.erase("dims"); }), ": says no \"dims\"; train it again");
  EXPECT_EQ(after([](auto& c) { c.metadata["dims"] = "-1"; }),
            ": its \"dims\" is '-1'; a whole number from 0 to 65536 was expected");
  EXPECT_NE(after([](auto& c) { c.metadata["dims"] = "0"; }).find("features of 0"), std::string::npos);
  EXPECT_EQ(after([](auto& c) { c.tensors.erase("state"); }), ": lacks the tensor \"state\"; train it again");
  EXPECT_EQ(after([](auto& c) { c.tensors["more"] = torch::zeros({2}); }),
            ": the tensor \"more\" belongs to no rnn aggregator");
  EXPECT_EQ(after([](auto& c) {
              c.tensors["output"] = torch::zeros({5, 4});
            }),
            ": \"output\" holds 20 numbers, 15 were expected");
  EXPECT_EQ(after([](auto& c) {
              c.tensors["output"] = torch::zeros({3, 5}, torch::kFloat64);
            }),
            ": the tensor \"output\" is not of 32-bit floats; train it again");
  EXPECT_EQ(after([](auto& c) { c.tensors["output"][0][0] = std::nan(""); }),
            ": a number of \"output\" is not finite; train it again");
  EXPECT_EQ(after([](auto& c) { c.tensors["scale"] = torch::zeros({2}); }),
            ": has no tensor \"scale\" of one number; train it again");
  const std::string whole = readFile(file_);
  for (const std::size_t length : {std::size_t{0}, std::size_t{6}, whole.size() / 2, whole.size() - 1}) {
    writeFileAtomically(folder_ / "cut.safetensors", whole.substr(0, length));
    EXPECT_NE(errorOf([&] { loadAggregator(folder_ / "cut.safetensors"); }).find("cut.safetensors"),
              std::string::npos);
  }
  EXPECT_NE(errorOf([&] { loadAggregator(folder_ / "none"); }).find("none"), std::string::npos);
}

}  // namespace
}  // namespace discern::training
