#include "core/training/train_reduction.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/networks/checkpoint.h"
#include "core/networks/heads.h"
#include "core/networks/network.h"
#include "core/training/sgd.h"

namespace discern::training {
namespace {

void checkSide(const char* name, const data::MatrixView& features, std::span<const int> label, int classes) {
  if (features.rows != static_cast<std::int64_t>(label.size()))
    fail("{} {} features came with {} labels; one per row was expected", features.rows, name, label.size());
  for (std::size_t i = 0; i < label.size(); ++i)
    if (label[i] < 0 || label[i] >= classes)
      fail("{} row {} has the label {}; 0 to {} were expected", name, i, label[i], classes - 1);
}

void check(const ReductionOptions& o, const ReductionData& data) {
  if (data.classes < 2) fail("{} classes: at least two are needed", data.classes);
  if (o.epochs < 1 || o.batch < 2) fail("epochs {} and batch {}: give at least 1 and 2", o.epochs, o.batch);
  if (!(o.learningRate > 0)) fail("learning rate {}: give a positive number", o.learningRate);
  checkSide("training", data.train, data.trainLabel, data.classes);
  checkSide("test", data.test, data.testLabel, data.classes);
  if (data.test.rows > 0 && data.test.cols != data.train.cols)
    fail("the training features have {} dims and the test features {}; extract both with one student",
         data.train.cols, data.test.cols);
}

bool isFinite(std::span<const float> row) {
  return std::ranges::all_of(row, [](float value) { return std::isfinite(value); });
}

// The usable rows of a side.
struct Rows {
  torch::Tensor features, label;
  std::vector<std::int64_t> index;
};

Rows usableRows(const data::MatrixView& features, std::span<const int> label) {
  Rows rows;
  for (std::int64_t i = 0; i < features.rows; ++i)
    if (isFinite(features.row(i))) rows.index.push_back(i);
  const auto n = static_cast<std::int64_t>(rows.index.size());
  rows.features = torch::empty({n, features.cols});
  rows.label = torch::empty({n}, torch::kInt64);
  for (std::int64_t k = 0; k < n; ++k) {
    const auto i = rows.index[static_cast<std::size_t>(k)];
    std::ranges::copy(features.row(i), rows.features.data_ptr<float>() + k * features.cols);
    rows.label.data_ptr<std::int64_t>()[k] = label[static_cast<std::size_t>(i)];
  }
  return rows;
}

struct Reduction : torch::nn::Module {
  Reduction(int dims, int identityDims, int classes, std::uint64_t seed)
      : head(register_module(
            "head", std::make_shared<networks::Head>(networks::HeadOptions{.kind = "softmax",
                                                                           .dims = identityDims,
                                                                           .classes = classes,
                                                                           .seed = mixSeed(seed, "head")}))) {
    // Another softmax head's weights are a linear layer with Xavier's start.
    reduction = register_module(
        "reduction",
        std::make_shared<networks::Head>(networks::HeadOptions{
            .kind = "softmax", .dims = dims, .classes = identityDims, .seed = mixSeed(seed, "reduction")}));
  }
  torch::Tensor forward(const torch::Tensor& features) {
    return torch::linear(torch::linear(features, reduction->weight, reduction->bias), head->weight,
                         head->bias);
  }
  std::shared_ptr<networks::Head> head, reduction;
};

std::shared_ptr<Reduction> start(const ReductionOptions& options, const ReductionData& data) {
  const int dims = static_cast<int>(data.train.cols);
  if (options.checkpoint.empty())
    return std::make_shared<Reduction>(dims, options.identityDims, data.classes, options.seed);
  const auto loaded = networks::loadCheckpoint(options.checkpoint);
  if (loaded.kind != "student")
    fail("{}: holds a {} network, a student was expected", options.checkpoint, loaded.architecture);
  if (loaded.dims != dims)
    fail("{}: its mimic layer has {} dims, the features have {}; extract them with this student",
         options.checkpoint, loaded.dims, dims);
  auto module = std::make_shared<Reduction>(dims, loaded.identityDims, data.classes, options.seed);
  const auto tensors = networks::namedTensors(*loaded.network);
  networks::setTensors(*module->reduction,
                       {{"weight", tensors.at("identity.weight")}, {"bias", tensors.at("identity.bias")}},
                       options.checkpoint);
  return module;
}

// Centred features of mean square 1, and a reduction that gives what it gave on them, centred and scaled too
// (the softmax behind it is new): a student of any scale trains alike.
void standardise(Reduction& module, torch::Tensor& train, torch::Tensor& test) {
  torch::NoGradGuard guard;
  const auto spread = [](const torch::Tensor& centred) {
    return std::max(1e-12, centred.square().mean().sqrt().item<double>());
  };
  const auto mean = train.mean(0);
  const double scale = spread(train - mean);
  train = (train - mean) / scale;
  test = (test - mean) / scale;
  auto& weight = module.reduction->weight;
  const auto reduced = train.matmul(weight.t());
  weight.div_(spread(reduced));
  module.reduction->bias.zero_();
}

void predict(Reduction& module, const Rows& test, const ReductionData& data, ReductionResult& result) {
  torch::NoGradGuard guard;
  result.predictions.assign(static_cast<std::size_t>(data.test.rows), {-1, -1, -1, -1, -1});
  const int kept = std::min(5, data.classes);
  if (!test.index.empty()) {
    const auto best = std::get<1>(module.forward(test.features).topk(kept, 1)).contiguous();
    for (std::size_t k = 0; k < test.index.size(); ++k)
      for (int place = 0; place < kept; ++place)
        result.predictions[static_cast<std::size_t>(test.index[k])][static_cast<std::size_t>(place)] =
            static_cast<int>(best.data_ptr<std::int64_t>()[k * static_cast<std::size_t>(kept) +
                                                           static_cast<std::size_t>(place)]);
  }
  double first = 0, five = 0;
  for (std::size_t i = 0; i < result.predictions.size(); ++i) {
    const auto& guess = result.predictions[i];
    first += guess[0] == data.testLabel[i] ? 1 : 0;
    five += std::ranges::find(guess, data.testLabel[i]) != guess.end() ? 1 : 0;
  }
  const auto count = static_cast<double>(result.predictions.size());
  result.top1Error = count > 0 ? 1 - first / count : std::nan("");
  result.top5Error = count > 0 ? 1 - five / count : std::nan("");
}

}  // namespace

ReductionResult trainReduction(const ReductionOptions& options, const ReductionData& data,
                               Progress& progress) {
  check(options, data);
  networks::prepareCpu();
  auto train = usableRows(data.train, data.trainLabel), test = usableRows(data.test, data.testLabel);
  std::vector<int> members(static_cast<std::size_t>(data.classes), 0);
  for (const auto i : train.index)
    ++members[static_cast<std::size_t>(data.trainLabel[static_cast<std::size_t>(i)])];
  for (std::size_t c = 0; c < members.size(); ++c)
    if (members[c] == 0) fail("class {} has no training row; leave it out or move one of its faces there", c);
  const auto module = start(options, data);
  standardise(*module, train.features, test.features);

  Sgd sgd(*module, options.momentum, options.weightDecay);
  const auto rows = static_cast<std::int64_t>(train.index.size());
  Schedule schedule;
  schedule.learningRate = options.learningRate;
  schedule.epochs = options.epochs;
  schedule.stepsPerEpoch = (rows + options.batch - 1) / options.batch;
  ReductionResult result;
  progress.start("train", options.epochs);
  std::int64_t step = 0;
  std::vector<std::int64_t> order(static_cast<std::size_t>(rows));
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    for (std::int64_t i = 0; i < rows; ++i) order[static_cast<std::size_t>(i)] = i;
    Rng(mixSeed(mixSeed(options.seed, "order"), static_cast<std::uint64_t>(epoch))).shuffle(order);
    const auto shuffled = torch::tensor(order, torch::kInt64);
    double loss = 0, correct = 0;
    for (std::int64_t begin = 0; begin < rows; begin += options.batch, ++step) {
      const auto chosen = shuffled.narrow(0, begin, std::min<std::int64_t>(options.batch, rows - begin));
      const auto label = train.label.index_select(0, chosen);
      sgd.zeroGradients();
      const auto logits = module->forward(train.features.index_select(0, chosen));
      const auto entropy = torch::nn::functional::cross_entropy(logits, label);
      entropy.backward();
      sgd.clip(5);
      sgd.step(learningRateAt(schedule, step));
      loss += entropy.item<double>() * static_cast<double>(chosen.numel());
      correct += (logits.argmax(1) == label).sum().item<double>();
    }
    result.trainLoss = loss / static_cast<double>(rows);
    result.trainAccuracy = correct / static_cast<double>(rows);
    if (!std::isfinite(result.trainLoss))
      fail("training diverged in epoch {}; lower the learning rate", epoch + 1);
    progress.metric("train/loss", epoch + 1, result.trainLoss);
    progress.advance();
    progress.throwIfStopped();
  }
  progress.finish();
  predict(*module, test, data, result);
  return result;
}

}  // namespace discern::training
