#include "core/training/train_ddnet.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/base/rng.h"
#include "core/networks/checkpoint.h"
#include "core/networks/residual.h"
#include "core/training/ddnet_data.h"
#include "core/training/joined.h"
#include "core/training/loop.h"
#include "core/training/predict.h"
#include "core/training/rank.h"

namespace discern::training {
namespace {

using nlohmann::json;

constexpr double kSmallestScore = 1e-3;  // the standardised ratio is learned within +-6.9
constexpr double kHuber = 2;

// What earlier versions did not know is not told where it changes nothing: what they began goes on.
json describe(const DdnetOptions& o) {
  json described = fingerprintJson(ddnetFields(), o);
  if (o.clip == kUsualClip) described.erase("clip");
  if (o.flip) described.erase("flip");
  return described;
}

std::string fingerprintOf(const DdnetOptions& options, const DdnetData& data) {
  std::uint64_t hash = hashOf(data.target);
  hash = hashOf(data.identity, hash);
  hash = hashOf(data.clean, hash);
  if (!data.taught.empty()) hash = hashOf(data.taught, hash);
  if (options.hintWeight > 0)
    hash = mixSeed(hash, {reinterpret_cast<const char*>(data.features.values),
                          static_cast<std::size_t>(data.features.rows * data.features.cols) * sizeof(float)});
  return json{
      {"what", "ddnet 6"}, {"options", describe(options)}, {"count", data.faces.count}, {"data", hash}}
      .dump();
}

// One entry of `values` for each face of the batch.
template <typename T>
torch::Tensor gather(const std::vector<T>& values, const std::vector<std::int64_t>& faces,
                     torch::Device device) {
  std::vector<T> chosen;
  chosen.reserve(faces.size());
  for (const auto face : faces) chosen.push_back(values[static_cast<std::size_t>(face)]);
  return torch::tensor(chosen).to(device);
}

// Pairwise logistic ranking inside identities: each pair counts by the difference of its targets.
torch::Tensor rankLoss(const torch::Tensor& logits, const torch::Tensor& target,
                       const torch::Tensor& identity) {
  const auto same = identity.unsqueeze(1) == identity.unsqueeze(0);
  const auto weight = (target.unsqueeze(1) - target.unsqueeze(0)).clamp_min(0) * same;
  const auto wrong = torch::softplus(logits.unsqueeze(0) - logits.unsqueeze(1));
  return (weight * wrong).sum() / weight.sum().clamp_min(1e-6);
}

// What learns: the network and, with a hint, the layer from what it pools to the base model's features.
struct DdnetLearner : torch::nn::Module {
  std::shared_ptr<networks::ScoreNetwork> network;
  torch::nn::Linear hint{nullptr};

  DdnetLearner(std::shared_ptr<networks::ScoreNetwork> ddnet, std::int64_t dims) : network(std::move(ddnet)) {
    register_module("network", network);
    if (dims == 0) return;
    hint = register_module("hint", torch::nn::Linear(network->channels(), dims));
    torch::NoGradGuard guard;
    hint->weight.zero_();
    hint->bias.zero_();
  }
};

class DdnetTraining {
 public:
  DdnetTraining(const DdnetOptions& options, const DdnetData& data, Progress& progress, Ranks* ranks)
      : options_(options),
        data_(data),
        progress_(progress),
        ranks_(ranks),
        device_(deviceOf(networks::findDevice(options.device), ranks)),
        split_(splitDdnet(options, data)),
        lessons_(lessonsOf(data)),
        store_(data.faces, options.size, kFaceCacheBytes) {
    if (networks::networkKind(options.architecture) == "ddnet")
      network_ = std::dynamic_pointer_cast<networks::ScoreNetwork>(networks::makeNetwork(
          options.architecture, networks::inShape({.seed = options.seed}, store_.shape())));
    if (!network_)
      fail("{} is no DDNet: use one of {}", options.architecture,
           fmt::join(catalog::trainableNetworks("ddnet"), ", "));
    const bool hinted = options.hintWeight > 0 && data.features.rows > 0;
    learner_ = std::make_shared<DdnetLearner>(network_, hinted ? data.features.cols : 0);
    learner_->to(device_);
  }

  DdnetResult run(const std::filesystem::path& checkpoint);

 private:
  Task task();
  std::vector<torch::Tensor> outputs(const torch::Tensor& images) const;
  torch::Tensor loss(const std::vector<torch::Tensor>& outputs, const std::vector<std::int64_t>& faces) const;
  std::vector<float> heldOutScores();
  torch::Tensor directions(const std::vector<std::int64_t>& faces) const;
  void validate(int epoch, double trainLoss, Memory& memory);
  double spearman(const std::vector<float>& scores, bool cleanOnly) const;

  const DdnetOptions& options_;
  const DdnetData& data_;
  Progress& progress_;
  Ranks* ranks_;  // null: alone
  torch::Device device_;
  DdnetSplit split_;
  std::vector<float> lessons_;  // what each face is trained towards
  FaceStore store_;
  std::shared_ptr<networks::ScoreNetwork> network_;
  std::shared_ptr<DdnetLearner> learner_;
};

Task DdnetTraining::task() {
  Task task;
  task.fingerprint = fingerprintOf(options_, data_);
  task.module = learner_;
  task.schedule.learningRate = options_.learningRate;
  task.schedule.warmup = options_.warmup;
  task.schedule.epochs = options_.epochs;
  task.momentum = options_.momentum;
  task.weightDecay = options_.weightDecay;
  task.clip = options_.clip;
  task.flip = options_.flip;
  task.seed = options_.seed;
  task.augment = options_.augment;
  task.checkpointSeconds = options_.checkpointSeconds;
  task.plan = [this](int epoch) { return planDdnet(options_, data_, split_.train, epoch); };
  task.outputs = [this](const torch::Tensor& images, const std::vector<std::int64_t>&) {
    return outputs(images);
  };
  task.loss = [this](const std::vector<torch::Tensor>& outputs, const std::vector<std::int64_t>& faces,
                     Memory&) { return loss(outputs, faces); };
  task.epochEnded = [this](int epoch, double trainLoss, Memory& memory) {
    validate(epoch, trainLoss, memory);
  };
  return task;
}

// Features of length 1, a row a face; zero where there is none.
torch::Tensor DdnetTraining::directions(const std::vector<std::int64_t>& faces) const {
  auto rows = torch::empty({static_cast<std::int64_t>(faces.size()), data_.features.cols});
  for (std::size_t i = 0; i < faces.size(); ++i) {
    const auto row = data_.features.row(faces[i]);
    std::copy(row.begin(), row.end(),
              rows.data_ptr<float>() + static_cast<std::int64_t>(i) * data_.features.cols);
  }
  const auto length = rows.norm(2, 1, true);
  return torch::nan_to_num(rows / length, 0, 0, 0).to(device_);
}

// Logits; with a hint, what it tells of the base model's features.
std::vector<torch::Tensor> DdnetTraining::outputs(const torch::Tensor& images) const {
  const Autocast autocast(true, device_);
  const auto pooled = network_->pooled(images);
  std::vector<torch::Tensor> outputs = {network_->logits(pooled).squeeze(1).to(torch::kFloat32)};
  if (!learner_->hint.is_empty()) outputs.push_back(learner_->hint->forward(pooled).to(torch::kFloat32));
  return outputs;
}

torch::Tensor DdnetTraining::loss(const std::vector<torch::Tensor>& outputs,
                                  const std::vector<std::int64_t>& faces) const {
  const auto& logits = outputs.front();
  const auto target = gather(lessons_, faces, device_);
  auto loss =
      options_.loss == DdnetLoss::Ratio
          ? torch::huber_loss(logits, torch::logit(target, kSmallestScore), at::Reduction::Mean, kHuber)
          : (torch::sigmoid(logits) - target).square().mean() / 2;
  if (options_.rankWeight > 0)
    loss = loss + options_.rankWeight * rankLoss(logits, target, gather(data_.identity, faces, device_));
  if (outputs.size() > 1)
    loss = loss + options_.hintWeight * (outputs[1] - directions(faces)).square().sum(1).mean();
  return loss;
}

double DdnetTraining::spearman(const std::vector<float>& scores, bool cleanOnly) const {
  std::vector<float> score, target;
  std::vector<int> identity;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto face = static_cast<std::size_t>(split_.validation[i]);
    if (cleanOnly && !data_.clean.empty() && data_.clean[face] == 0) continue;
    score.push_back(scores[i]);
    target.push_back(data_.target[face]);
    identity.push_back(data_.identity[face]);
  }
  return meanSpearmanWithin(score, target, identity);
}

std::vector<float> DdnetTraining::heldOutScores() {
  const auto score = [this](const std::vector<std::int64_t>& faces) {
    return scoreFaces(*network_, device_, store_, faces, options_.batch, progress_, false);
  };
  if (ranks_ == nullptr) return score(split_.validation);
  std::vector<float> scores(split_.validation.size(), std::nanf(""));
  const auto part = portionOf(std::ssize(scores), ranks_->rank(), ranks_->count());
  std::ranges::copy(score(ownPart(split_.validation, *ranks_)), scores.begin() + part.begin);
  joinParts(scores, *ranks_);
  std::vector<std::int64_t> unread;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (std::isnan(scores[i])) unread.push_back(split_.validation[i]);
  store_.drop(unread, "by another rank");
  return scores;
}

void DdnetTraining::validate(int epoch, double trainLoss, Memory& memory) {
  const auto scores = heldOutScores();
  learner_->train();
  double sum = 0;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (std::isnan(scores[i])) continue;
    const double error = scores[i] - data_.target[static_cast<std::size_t>(split_.validation[i])];
    sum += error * error / 2;
    ++count;
  }
  const double loss = count > 0 ? sum / static_cast<double>(count) : std::nan("");
  const double all = spearman(scores, false), clean = spearman(scores, true);
  if (count > 0) {
    progress_.metric("validation/loss", epoch + 1, loss);
    progress_.metric("validation/spearman", epoch + 1, all);
    progress_.metric("validation/spearman_clean", epoch + 1, clean);
  }
  progress_.note(fmt::format(
      "Epoch {} of {}: training loss {:.5f}, held-out loss {:.5f}, rank correlation {:.3f} ({:.3f} on "
      "clean images).",
      epoch + 1, options_.epochs, trainLoss, loss, all, clean));
  const double merit = count > 0 ? -loss : epoch;  // nothing held out: the last one
  auto& numbers = memory.numbers;
  if (numbers.contains("merit") && !(merit > numbers["merit"])) return;
  numbers = {{"merit", merit},  {"epoch", epoch + 1}, {"loss", loss},
             {"spearman", all}, {"clean", clean},     {"count", count}};
  memory.tensors.clear();
  for (const auto& [name, tensor] : networks::namedTensors(*network_))
    memory.tensors[name] = tensor.detach().to(torch::kCPU).clone();
}

DdnetResult DdnetTraining::run(const std::filesystem::path& checkpoint) {
  if (split_.validation.empty()) progress_.note("No identity is held out, so the last epoch is kept.");
  const auto state = statePath(checkpoint);
  auto loop = runLoop(task(), store_, device_, state, progress_, ranks_);
  DdnetResult result;
  auto& best = loop.memory.numbers;
  result.epochs = loop.epochs;
  result.bestEpoch = static_cast<int>(best["epoch"]);
  result.trainLoss = loop.trainLoss;
  result.validationLoss = best["loss"];
  result.validationSpearman = best["spearman"];
  result.validationSpearmanClean = best["clean"];
  result.validationImages = static_cast<std::int64_t>(best["count"]);
  result.dropped = static_cast<std::int64_t>(store_.dropped().size());
  result.images = static_cast<std::int64_t>(split_.train.size() + split_.validation.size()) - result.dropped -
                  result.validationImages;
  result.imagesPerSecond = loop.imagesPerSecond;

  if (!isWriter(ranks_)) return result;
  networks::setTensors(*network_, loop.memory.tensors, state.string());
  const json extra = {{"options", describe(options_)},
                      {"seed", options_.seed},
                      {"best_epoch", result.bestEpoch},
                      {"images", result.images},
                      {"validation_loss", result.validationLoss},
                      {"validation_spearman", result.validationSpearman},
                      {"validation_spearman_clean", result.validationSpearmanClean}};
  networks::saveCheckpoint(checkpoint, *network_, options_.architecture,
                           networks::inShape({}, store_.shape()), extra.dump());
  std::filesystem::remove(state);
  return result;
}

}  // namespace

DdnetResult trainDdnet(const DdnetOptions& options, const DdnetData& data,
                       const std::filesystem::path& checkpoint, Progress& progress, Ranks* ranks) {
  checkDdnet(options, data);
  networks::prepareCpu();
  return DdnetTraining(options, data, progress, ranks).run(checkpoint);
}

}  // namespace discern::training
