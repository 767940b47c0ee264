#include "core/training/train_base.h"

#include <fmt/ranges.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/base/json_text.h"
#include "core/base/rng.h"
#include "core/catalog/networks.h"
#include "core/networks/checkpoint.h"
#include "core/networks/heads.h"
#include "core/training/ddnet_data.h"
#include "core/training/loop.h"
#include "core/training/ranks.h"
#include "core/training/triplet.h"

namespace discern::training {
namespace {

using nlohmann::json;

void check(const BaseOptions& o, const BaseData& data) {
  baseFields().check(o);
  if (networks::networkKind(o.architecture) != "base")
    fail("{} is no recogniser: use one of {}", o.architecture,
         fmt::join(catalog::trainableNetworks("base"), ", "));
  if (o.tripletWeight > 0 && o.perIdentity > o.batch / 2)
    failField(
        "per-identity", o.perIdentity,
        "is more than half a batch of {}; a triplet takes two identities, so give at most {} or a larger "
        "batch",
        o.batch, o.batch / 2);
  if (data.faces.count < 2) fail("{} faces: at least two are needed to train a recogniser", data.faces.count);
  if (static_cast<std::int64_t>(data.label.size()) != data.faces.count)
    fail("{} faces came with {} labels; one per face was expected", data.faces.count, data.label.size());
  for (std::size_t i = 0; i < data.label.size(); ++i)
    if (data.label[i] < 0 || data.label[i] >= data.classes)
      fail("face {} has the label {}; 0 to {} were expected", i, data.label[i], data.classes - 1);
}

// With what the head makes of a margin that was not given.
json describe(const BaseOptions& o) {
  BaseOptions told = o;
  told.margin = marginOf(o);
  told.scale = scaleOf(o);
  json described = fingerprintJson(baseFields(), told);
  // What earlier versions did not know is not told where it changes nothing: what they began goes on.
  if (o.anneal) described.erase("anneal");
  if (o.dropout == 0) described.erase("dropout");
  if (o.clip == kUsualClip) described.erase("clip");
  if (o.tripletWeight == 0)
    for (const char* key : {"triplet_weight", "triplet_margin", "per_identity"}) described.erase(key);
  described["max_steps"] = o.maxSteps;
  return described;
}

struct BaseLearner : torch::nn::Module {
  BaseLearner(std::shared_ptr<networks::Network> n, std::shared_ptr<networks::Head> h)
      : network(register_module("network", std::move(n))), head(register_module("head", std::move(h))) {}
  std::shared_ptr<networks::Network> network;
  std::shared_ptr<networks::Head> head;
};

networks::NetworkOptions networkOptions(const BaseOptions& o, const BaseData& data) {
  return networks::inShape({.width = o.width, .dims = o.dims, .seed = o.seed, .dropout = o.dropout},
                           data.faces.form.at(o.size));
}

Task makeTask(const BaseOptions& options, const BaseData& data, const std::shared_ptr<BaseLearner>& learner,
              torch::Device device, Progress& progress) {
  Task task;
  task.fingerprint = json{{"what", "base 1"},
                          {"options", describe(options)},
                          {"count", data.faces.count},
                          {"classes", data.classes},
                          {"data", hashOf(data.label)}}
                         .dump();
  task.module = learner;
  task.schedule = {.learningRate = options.learningRate,
                   .warmup = options.warmup,
                   .kind = options.schedule,
                   .steps = options.steps,
                   .epochs = options.epochs};
  task.momentum = options.momentum;
  task.weightDecay = options.weightDecay;
  task.clip = options.clip;
  task.seed = options.seed;
  task.flip = options.flip;
  task.augment = options.augment;
  task.checkpointSeconds = options.checkpointSeconds;
  task.maxSteps = options.maxSteps;
  task.plan = [&options, &data](int epoch) {
    if (options.tripletWeight > 0)
      return identityBatches(data.label, options.perIdentity, options.batch, options.seed, epoch);
    std::vector<std::int64_t> faces(static_cast<std::size_t>(data.faces.count));
    std::iota(faces.begin(), faces.end(), 0);
    return shuffledBatches(std::move(faces), options.batch, options.seed, epoch);
  };
  task.outputs = [&options, learner, device](const torch::Tensor& images,
                                             const std::vector<std::int64_t>& faces) {
    // What drops out follows from the faces of the batch, so that a training that goes on is the same.
    if (options.dropout > 0) torch::manual_seed(hashOf(faces, options.seed));
    const Autocast autocast(options.mixedPrecision, device);
    // The head in float32: a margin of a few hundredths drowns in bfloat16.
    return std::vector{learner->network->forward(images).to(torch::kFloat32)};
  };
  task.loss = [&options, &data, learner, device](const std::vector<torch::Tensor>& outputs,
                                                 const std::vector<std::int64_t>& faces, Memory& memory) {
    const auto& features = outputs.front();
    std::vector<std::int64_t> chosen;
    for (const auto face : faces) chosen.push_back(data.label[static_cast<std::size_t>(face)]);
    const auto labels = torch::tensor(chosen, torch::kInt64).to(device);
    const auto output = learner->head->forward(features, labels);
    memory.numbers["correct"] += (output.scores.argmax(1) == labels).sum().item<double>();
    memory.numbers["seen"] += static_cast<double>(chosen.size());
    auto loss = torch::nn::functional::cross_entropy(output.logits, labels);
    if (options.tripletWeight > 0)
      loss = loss + options.tripletWeight * batchHardTriplets(features, labels, options.tripletMargin);
    return loss;
  };
  task.epochEnded = [&options, &progress](int epoch, double loss, Memory& memory) {
    auto& numbers = memory.numbers;
    numbers["accuracy"] = numbers["correct"] / std::max(1.0, numbers["seen"]);
    numbers["correct"] = numbers["seen"] = 0;
    progress.metric("train/accuracy", epoch + 1, numbers["accuracy"]);
    progress.note(
        fmt::format("Epoch {} of {}: loss {:.4f}, accuracy {:.2f} % (nearest class, without margin).",
                    epoch + 1, options.epochs, loss, 100 * numbers["accuracy"]));
  };
  return task;
}

}  // namespace

BaseResult trainBase(const BaseOptions& options, const BaseData& data,
                     const std::filesystem::path& checkpoint, Progress& progress, Ranks* ranks) {
  check(options, data);
  networks::prepareCpu();
  const auto device = deviceOf(networks::findDevice(options.device), ranks);
  const auto learner = std::make_shared<BaseLearner>(
      networks::makeNetwork(options.architecture, networkOptions(options, data)),
      std::make_shared<networks::Head>(networks::HeadOptions{.kind = options.head,
                                                             .dims = options.dims,
                                                             .classes = data.classes,
                                                             .scale = scaleOf(options),
                                                             .margin = marginOf(options),
                                                             .anneal = options.anneal,
                                                             .seed = mixSeed(options.seed, "head")}));
  learner->to(device);
  FaceStore store(data.faces, options.size, kFaceCacheBytes);
  const auto state = statePath(checkpoint);
  auto loop =
      runLoop(makeTask(options, data, learner, device, progress), store, device, state, progress, ranks);
  const BaseResult result{.epochs = loop.epochs,
                          .trainLoss = loop.trainLoss,
                          .trainAccuracy = loop.memory.numbers["accuracy"],
                          .imagesPerSecond = loop.imagesPerSecond};
  if (!isWriter(ranks)) return result;
  json extra = {{"options", describe(options)},
                {"seed", options.seed},
                {"classes", data.classes},
                {"train_loss", result.trainLoss},
                {"train_accuracy", result.trainAccuracy}};
  std::map<std::string, torch::Tensor> head;
  if (!data.names.empty() && learner->head->weight.numel() <= kLargestHead) {
    extra["class_names"] = data.names;
    head["head.weight"] = learner->head->weight.detach().cpu();
    if (learner->head->bias.defined()) head["head.bias"] = learner->head->bias.detach().cpu();
  }
  networks::saveCheckpoint(checkpoint, *learner->network, options.architecture, networkOptions(options, data),
                           textOf(extra), head);
  std::filesystem::remove(state);
  return result;
}

}  // namespace discern::training
