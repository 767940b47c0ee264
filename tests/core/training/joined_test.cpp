// Two ranks against one process with the joined batch.
#include "core/training/joined.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/files.h"
#include "core/networks/checkpoint.h"
#include "tests/core/training/planted_students.h"
#include "tests/core/training/some_ranks.h"

namespace discern::training {
namespace {

namespace fs = std::filesystem;
using torch::Tensor;

double difference(const Tensor& a, const Tensor& b) { return (a - b).abs().max().item<double>(); }

TEST(Joined, PartsAreTheWholeInOrder) {
  for (const std::int64_t n : {0, 1, 5, 8, 9})
    for (const int ranks : {1, 2, 3, 7}) {
      std::int64_t next = 0;
      for (int k = 0; k < ranks; ++k) {
        const Portion part = portionOf(n, k, ranks);
        EXPECT_EQ(part.begin, next);
        EXPECT_LE(part.end - part.begin, n / ranks + 1);
        next = part.end;
      }
      EXPECT_EQ(next, n);
    }
  const auto said = withRanks(3, [](Ranks& ranks) {
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> values(4, kNan);
    if (ranks.rank() < 2)
      values[static_cast<std::size_t>(2 * ranks.rank())] = static_cast<float>(ranks.rank());
    joinParts(values, ranks);
    EXPECT_EQ(values[0], 0);
    EXPECT_TRUE(std::isnan(values[1]));
    EXPECT_EQ(values[2], 1);
    EXPECT_TRUE(std::isnan(values[3]));
  });
  EXPECT_EQ(said, std::vector<std::string>(3));
}

struct Normed {
  Tensor y, dx, dWeight, dBias, mean, var;
};
// A batch norm of its own weights on `x`, and the gradients of the sum of y * slope.
Normed normed(const Tensor& x, const Tensor& slope) {
  const auto input = x.detach().clone().requires_grad_();
  torch::nn::BatchNorm2d norm(x.size(1));
  {
    torch::NoGradGuard guard;
    norm->weight.copy_(torch::linspace(0.5, 1.5, x.size(1)));
    norm->bias.copy_(torch::linspace(-1, 1, x.size(1)));
  }
  const auto y = norm(input);
  (y * slope).sum().backward();
  return {y.detach(),        input.grad(),       norm->weight.grad(),
          norm->bias.grad(), norm->running_mean, norm->running_var};
}

// By hand, in double: the formula, and not what any library makes of it.
TEST(Joined, BatchNormsTakeTheStatisticsOfAllRanks) {
  torch::manual_seed(3);
  const auto x = torch::randn({5, 3, 4, 4}) * 3 + 10, slope = torch::randn({5, 3, 4, 4});
  const auto d = x.to(torch::kFloat64).detach().requires_grad_();
  const auto mean = d.mean({0, 2, 3}, true), var = (d - mean).square().mean({0, 2, 3}, true);
  const auto weight = torch::linspace(0.5, 1.5, 3, torch::kFloat64).view({1, 3, 1, 1});
  const auto bias = torch::linspace(-1, 1, 3, torch::kFloat64).view({1, 3, 1, 1});
  const auto hat = (d - mean) / (var + 1e-5).sqrt();
  const auto y = hat * weight + bias;
  (y * slope).sum().backward();
  std::vector<Normed> found(3);
  const auto said = withRanks(3, [&](Ranks& ranks) {
    const JoinedNorms norms(ranks);
    // 1, 2 and 2 images; of the first it is the outputs() of a batch that fill it up.
    const Portion part = portionOf(5, ranks.rank(), 3);
    const auto own = [&](const Tensor& all) { return all.narrow(0, part.begin, part.end - part.begin); };
    std::vector<std::int64_t> planned = {0, 1, 2, 3, 4};
    FaceBatch batch{own(x), ownPart(planned, ranks)};
    const JoinedBatch joined(ranks, planned, batch, false);
    EXPECT_EQ(joined.faces(), planned);
    const auto outputs = joined.outputs([&](const FaceBatch& filled) {
      EXPECT_GE(filled.images.size(0), 2);
      const auto missing = filled.images.size(0) - (part.end - part.begin);
      auto ownSlope = own(slope);
      if (missing > 0) ownSlope = torch::cat({ownSlope, torch::zeros({missing, 3, 4, 4})});
      auto& mine = found[static_cast<std::size_t>(ranks.rank())];
      mine = normed(filled.images, ownSlope);
      return std::vector{mine.y};
    });
    EXPECT_LT(difference(outputs.front(), y.to(torch::kFloat32)), 1e-5);
    // A network that predicts is left alone.
    torch::nn::BatchNorm2d plain(3);
    plain->eval();
    EXPECT_LT(difference(plain(own(x)), own(x)), 1e-3);
  });
  EXPECT_EQ(said, std::vector<std::string>(3));
  Tensor dWeight = torch::zeros({3}), dBias = torch::zeros({3});
  for (int k = 0; k < 3; ++k) {
    const auto& one = found[static_cast<std::size_t>(k)];
    const Portion part = portionOf(5, k, 3);
    const auto rows = part.end - part.begin;
    EXPECT_LT(difference(one.dx.narrow(0, 0, rows), d.grad().narrow(0, part.begin, rows)), 1e-5) << k;
    EXPECT_EQ(one.dx.narrow(0, rows, one.dx.size(0) - rows).abs().sum().item<double>(), 0) << k;
    EXPECT_LT(difference(one.mean, 0.1 * mean.detach().view({3})), 1e-5);
    EXPECT_LT(difference(one.var, 0.9 + 0.1 * var.detach().view({3}) * 80 / 79), 1e-5);
    dWeight += one.dWeight;
    dBias += one.dBias;
  }
  EXPECT_LT(difference(dWeight, (hat.detach() * slope).sum({0, 2, 3})), 1e-4);
  EXPECT_LT(difference(dBias, slope.sum({0, 2, 3})), 1e-4);
}

// Where nobody trains with others the batch norm is LibTorch's own, bit for bit.
TEST(Joined, AfterwardsBatchNormsAreAsTheyWere) {
  torch::manual_seed(5);
  const auto x = torch::randn({4, 3, 5, 5}), slope = torch::randn({4, 3, 5, 5});
  withRanks(2, [](Ranks& ranks) { const JoinedNorms norms(ranks); });
  const auto input = x.clone().requires_grad_();
  const auto weight = torch::linspace(0.5, 1.5, 3), bias = torch::linspace(-1, 1, 3);
  const auto [y, mean, spread] = at::native_batch_norm(x, weight, bias, {}, {}, true, 0.1, 1e-5);
  const auto found = normed(x, slope);
  EXPECT_TRUE(torch::equal(found.y, y));
}

TEST(Joined, ABatchIsWhatAllRanksCouldRead) {
  const auto said = withRanks(3, [](Ranks& ranks) {
    const std::vector<std::int64_t> planned = {40, 10, 20, 30, 50};
    // Of 1, 2 and 2: the first reads none, the second its second, the third both.
    auto own = ownPart(planned, ranks);
    if (ranks.rank() == 0) own.clear();
    if (ranks.rank() == 1) own.erase(own.begin());
    const auto images = torch::full({std::ssize(own), 3, 2, 2}, 1 + ranks.rank(), torch::kFloat32);
    const FaceBatch batch{images, own};
    const JoinedBatch joined(ranks, planned, batch, ranks.rank() == 2);
    EXPECT_TRUE(joined.stops());
    EXPECT_EQ(joined.faces(), (std::vector<std::int64_t>{20, 30, 50}));
    EXPECT_EQ(joined.unreadable(), (std::vector<std::int64_t>{40, 10}));
    const auto scale = torch::ones({1}).requires_grad_();
    const auto outputs = joined.outputs([&](const FaceBatch& filled) {
      return std::vector{filled.images.to(torch::kFloat32).mean({1, 2, 3}) * scale};
    });
    EXPECT_TRUE(torch::equal(outputs.front().detach(), torch::tensor({2.0F, 3.0F, 3.0F})));
    // d/dscale of sum (output * weight), a part of it from each rank.
    const auto loss = (outputs.front() * torch::tensor({1.0F, 10.0F, 100.0F})).sum();
    (loss / ranks.count()).backward();
    auto gradient = scale.grad().clone();
    EXPECT_FLOAT_EQ(gradient.item<float>(), ranks.rank() == 0 ? 0 : ranks.rank() == 1 ? 2 : 330);
  });
  EXPECT_EQ(said, std::vector<std::string>(3));
}

// What a training leaves: its losses, and its weights.
struct Trained {
  std::vector<std::pair<std::string, double>> metrics;
  std::map<std::string, Tensor> weights;
};

using Train = std::function<void(const fs::path& file, Progress& progress, Ranks* ranks)>;

Trained alone(const fs::path& file, const Train& train) {
  setThreadCount(1);
  Listener listener;
  train(file, listener.progress(), nullptr);
  return {listener.metrics, networks::loadTensors(file, "discern_checkpoint").tensors};
}

Trained byTwo(const fs::path& file, const Train& train) {
  Listener listener;
  Progress silent;
  const auto said = withRanks(
      2, [&](Ranks& ranks) { train(file, ranks.isFirst() ? listener.progress() : silent, &ranks); });
  EXPECT_EQ(said, std::vector<std::string>(2));
  return {listener.metrics, networks::loadTensors(file, "discern_checkpoint").tensors};
}

void expectAlike(const Trained& a, const Trained& b, double tolerance) {
  ASSERT_EQ(a.metrics.size(), b.metrics.size());
  EXPECT_GT(a.metrics.size(), 4U);
  for (std::size_t i = 0; i < a.metrics.size(); ++i) {
    EXPECT_EQ(a.metrics[i].first, b.metrics[i].first);
    EXPECT_NEAR(a.metrics[i].second, b.metrics[i].second, tolerance * (1 + std::abs(a.metrics[i].second)))
        << a.metrics[i].first << " " << i;
  }
  ASSERT_EQ(a.weights.size(), b.weights.size());
  for (const auto& [name, tensor] : a.weights)
    EXPECT_LT(difference(tensor.to(torch::kFloat64), b.weights.at(name).to(torch::kFloat64)),
              tolerance * (1 + tensor.abs().max().item<double>()))
        << name;
}

TEST(Joined, TwoRanksTrainTheRecogniserOfOne) {
  const TemporaryFolder folder("discern_joined_base");
  auto data = plantedBars(12, 16);  // 48: batches of 24
  const auto load = data.faces.load;
  data.faces.load = [load](std::int64_t i) {
    if (i == 7 || i == 20) fail("face {} is damaged", i);
    return load(i);
  };
  BaseOptions options;
  options.width = 0.25;
  options.dims = 16;
  options.size = 16;
  options.scale = 16;
  options.margin = 0.2;
  options.epochs = 1;
  options.batch = 24;
  options.learningRate = 0.005;  // so that rounding stays what it is
  options.augment = true;
  options.tripletWeight = 0.5;
  options.perIdentity = 3;
  const Train train = [&](const fs::path& file, Progress& progress, Ranks* ranks) {
    trainBase(options, data, file, progress, ranks);
  };
  expectAlike(alone(folder / "one", train), byTwo(folder / "two", train), 2e-4);
}

TEST(Joined, TwoRanksTrainTheDdnetOfOne) {
  const TemporaryFolder folder("discern_joined_ddnet");
  const auto data = plantedBlur(8, 6, 32);
  DdnetOptions options;
  options.size = 32;
  options.epochs = 2;
  options.batch = 16;
  options.validationShare = 0.25;
  options.rankWeight = 0.5;
  options.learningRate = 0.02;
  const Train train = [&](const fs::path& file, Progress& progress, Ranks* ranks) {
    trainDdnet(options, data, file, progress, ranks);
  };
  expectAlike(alone(folder / "one", train), byTwo(folder / "two", train), 2e-4);
}

TEST(Joined, TwoRanksTrainTheStudentOfOne) {
  const TemporaryFolder folder("discern_joined_student");
  const PlantedStudents planted(12);
  auto data = planted.data;
  data.selected.assign(48, 1);
  for (std::size_t i = 0; i < 20; ++i) data.selected[i] = 0;
  auto options = quickStudent("sc", 1, 1);
  options.target = StudentTarget::AsIs;  // its sums are over the whole batch (equation 6)
  options.regressionWeight = 0.001;
  options.learningRate = options.learningRateInit = 0.001;
  const Train train = [&](const fs::path& file, Progress& progress, Ranks* ranks) {
    trainStudent(options, data, file, progress, ranks);
  };
  expectAlike(alone(folder / "one", train), byTwo(folder / "two", train), 2e-4);
}

TEST(Joined, WhatTwoRanksStoppedGoesOn) {
  const TemporaryFolder folder("discern_joined_resume");
  const auto data = plantedBars(12, 16);
  BaseOptions options;
  options.width = 0.25;
  options.dims = 16;
  options.size = 16;
  options.epochs = 2;
  options.batch = 24;
  const auto straight = folder / "a", stopped = folder / "b";
  const auto run = [&](const fs::path& file, int stopAfter) {
    Listener listener(stopAfter);
    Progress silent;
    return withRanks(2, [&](Ranks& ranks) {
      trainBase(options, data, file, ranks.isFirst() ? listener.progress() : silent, &ranks);
    });
  };
  EXPECT_EQ(run(straight, 0), std::vector<std::string>(2));
  const std::string cancelled = Cancelled().what();
  EXPECT_EQ(run(stopped, 3), (std::vector<std::string>{cancelled, cancelled}));
  EXPECT_TRUE(fs::exists(stopped.string() + ".state"));
  EXPECT_EQ(run(stopped, 0), std::vector<std::string>(2));
  EXPECT_EQ(readFile(straight), readFile(stopped));  // bit for bit
}

TEST(Joined, OtherImagesOnOneRankAreSaid) {
  const TemporaryFolder folder("discern_joined_other");
  const auto said = withRanks(2, [&](Ranks& ranks) {
    auto data = plantedBars(6, 16);
    if (ranks.rank() == 1) data.label.front() = 2;
    BaseOptions options;
    options.width = 0.25;
    options.dims = 16;
    options.size = 16;
    Progress silent;
    trainBase(options, data, folder / "a", silent, &ranks);
  });
  for (const auto& one : said)
    EXPECT_EQ(one,
              "rank 1 has other options or images than rank 0; start all ranks by the same command, on "
              "the same project");
}

}  // namespace
}  // namespace discern::training
