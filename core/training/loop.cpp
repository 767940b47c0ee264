#include "core/training/loop.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/rng.h"
#include "core/networks/checkpoint.h"
#include "core/training/augment.h"
#include "core/training/joined.h"

namespace discern::training {
namespace {

using Clock = std::chrono::steady_clock;
using networks::TensorFile;

constexpr int kStateVersion = 2;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Everything that changes while training.
struct Position {
  int epoch = 0;
  std::int64_t batch = 0, step = 0;
  double lossSum = 0;       // of this epoch, over images
  std::int64_t images = 0;  // of this epoch
  double recentLoss = 0;    // since the last point of the curve, as above
  std::int64_t recentImages = 0, recentSteps = 0;
  Memory memory;
};

class Loop {
 public:
  Loop(const Task& task, FaceStore& store, torch::Device device, std::filesystem::path state,
       Progress& progress, Ranks* ranks)
      : task_(task),
        store_(store),
        device_(device),
        state_(std::move(state)),
        progress_(progress),
        ranks_(ranks),
        sgd_(*task.module, task.momentum, task.weightDecay),
        schedule_(task.schedule) {}

  LoopResult run();

 private:
  void save() const;
  bool resume(std::int64_t batches);
  void restore(const TensorFile& contents, std::int64_t batches);
  void runEpoch(const std::vector<std::vector<std::int64_t>>& plan);
  void startTogether();
  bool train(const FaceBatch& batch, const std::vector<std::int64_t>& planned);
  void step(const std::vector<torch::Tensor>& outputs, const std::vector<std::int64_t>& faces);
  std::vector<torch::Tensor> outputsOf(const FaceBatch& batch) const {
    return task_.outputs(normalised(batch, device_), batch.faces);
  }
  void report(double loss, std::int64_t images);
  void endEpoch();
  bool finished() const {
    return at_.epoch >= schedule_.epochs || (task_.maxSteps > 0 && at_.step >= task_.maxSteps);
  }
  void saveNowAndThen() {
    if (task_.checkpointSeconds <= 0 || secondsSince(saved_) < task_.checkpointSeconds) return;
    save();
    saved_ = Clock::now();
  }

  const Task& task_;
  FaceStore& store_;
  torch::Device device_;
  std::filesystem::path state_;
  Progress& progress_;
  Ranks* ranks_;  // null: alone
  Sgd sgd_;
  Schedule schedule_;
  Position at_;
  double lastLoss_ = 0;
  std::int64_t trained_ = 0;
  double seconds_ = 0;
  Clock::time_point saved_ = Clock::now();
};

void Loop::save() const {
  if (ranks_ != nullptr && !ranks_->isFirst()) return;
  nlohmann::json text = {{"version", kStateVersion},
                         {"fingerprint", task_.fingerprint},
                         {"images_fingerprint", store_.fingerprint()},
                         {"epoch", at_.epoch},
                         {"batch", at_.batch},
                         {"step", at_.step},
                         {"images", at_.images},
                         {"recent_images", at_.recentImages},
                         {"recent_steps", at_.recentSteps}};
  TensorFile contents{text.dump(), {}};
  for (const auto& [name, tensor] : networks::namedTensors(*task_.module))
    contents.tensors["module/" + name] = tensor;
  for (const auto& [name, tensor] : sgd_.momentum()) contents.tensors["momentum/" + name] = tensor;
  for (const auto& [name, tensor] : at_.memory.tensors) contents.tensors["memory/" + name] = tensor;
  // Numbers travel as float64 tensors: exactly, NaN included.
  for (const auto& [name, value] : at_.memory.numbers)
    contents.tensors["number/" + name] = torch::full({}, value, torch::kFloat64);
  contents.tensors["loss_sum"] = torch::full({}, at_.lossSum, torch::kFloat64);
  contents.tensors["recent_loss"] = torch::full({}, at_.recentLoss, torch::kFloat64);
  contents.tensors["last_loss"] = torch::full({}, lastLoss_, torch::kFloat64);
  contents.tensors["dropped"] = torch::tensor(store_.dropped(), torch::kInt64);
  networks::saveTensors(state_, "discern_state", contents);
}

// Everything is checked before anything changes: a state that belongs to a project of somebody else may say
// what it likes.
void Loop::restore(const TensorFile& contents, std::int64_t batches) {
  const auto part = [&contents](const std::string& prefix) {
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& [name, tensor] : contents.tensors)
      if (name.starts_with(prefix)) tensors[name.substr(prefix.size())] = tensor;
    return tensors;
  };
  const auto number = [&](const std::string& name) {
    const auto found = contents.tensors.find(name);
    if (found == contents.tensors.end() || found->second.numel() != 1)
      fail("{}: the number \"{}\" is missing", state_.string(), name);
    return found->second.item<double>();
  };
  const auto text = parseJson(contents.text, state_.string() + ": its description");
  const auto count = [&](const char* name, std::int64_t most) {
    const auto found = text.find(name);
    const bool fits = found != text.end() && found->is_number_unsigned() &&
                      found->get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
    if (!fits) fail("{}: \"{}\" is not from 0 to {}", state_.string(), name, most);
    return found->get<std::int64_t>();
  };
  Position at;
  at.epoch = static_cast<int>(count("epoch", schedule_.epochs));
  at.batch = count("batch", batches);
  at.step = count("step", std::numeric_limits<std::int64_t>::max());
  at.images = count("images", std::numeric_limits<std::int64_t>::max());
  at.recentImages = count("recent_images", std::numeric_limits<std::int64_t>::max());
  at.recentSteps = count("recent_steps", std::numeric_limits<std::int64_t>::max());
  at.lossSum = number("loss_sum");
  at.recentLoss = number("recent_loss");
  at.memory.tensors = part("memory/");
  for (const auto& [name, tensor] : part("number/")) at.memory.numbers[name] = number("number/" + name);
  const double lastLoss = number("last_loss");
  const auto dropped = contents.tensors.find("dropped");
  if (dropped == contents.tensors.end() || dropped->second.scalar_type() != torch::kInt64)
    fail("{}: the list \"dropped\" is missing", state_.string());
  const auto momentum = sgd_.momentum();
  const auto stored = part("momentum/");
  const auto fits = [](const auto& a, const auto& b) {
    return a.first == b.first && a.second.sizes() == b.second.sizes();
  };
  if (!std::ranges::equal(stored, momentum, fits))
    fail("{}: its momentum is not that of this network", state_.string());
  networks::setTensors(*task_.module, part("module/"), state_.string());  // checks before it changes

  torch::NoGradGuard guard;
  for (const auto& [name, tensor] : stored) torch::Tensor(momentum.at(name)).copy_(tensor);
  at_ = std::move(at);
  lastLoss_ = lastLoss;
  const auto* begin = dropped->second.data_ptr<std::int64_t>();
  store_.drop({begin, begin + dropped->second.numel()}, "in the run before");
}

bool Loop::resume(std::int64_t batches) {
  if (!std::filesystem::exists(state_)) return false;
  try {
    const auto contents = networks::loadTensors(state_, "discern_state");
    const auto text = parseJson(contents.text, state_.string() + ": its description");
    if (jsonNumber(text, "version", 1) != kStateVersion ||
        jsonText(text, "fingerprint") != task_.fingerprint || !text.contains("images_fingerprint") ||
        text["images_fingerprint"] != store_.fingerprint()) {
      progress_.note(
          fmt::format("{} belongs to other options or data; the training starts anew.", state_.string()));
      return false;
    }
    restore(contents, batches);
  } catch (const Error& error) {
    progress_.note(fmt::format("{}; the training starts anew.", error.what()));
    return false;
  }
  return true;
}

void Loop::report(double loss, std::int64_t images) {
  at_.recentLoss += loss * static_cast<double>(images);
  at_.recentImages += images;
  // About fifty points an epoch: enough for a curve, few enough to store.
  if (++at_.recentSteps < std::max<std::int64_t>(1, schedule_.stepsPerEpoch / 50)) return;
  const auto step = task_.stepsBefore + at_.step;
  progress_.metric("train/loss", step, at_.recentLoss / static_cast<double>(at_.recentImages));
  progress_.metric("train/learning_rate", step, learningRateAt(schedule_, at_.step));
  at_.recentLoss = 0;
  at_.recentImages = at_.recentSteps = 0;
}

// All ranks are at one place, with the weights of the first.
void Loop::startTogether() {
  ranks_->agree("options or images", task_.fingerprint + std::to_string(store_.fingerprint()));
  ranks_->agree("stored weights to go on from", fmt::format("{} {} {}", at_.epoch, at_.batch, at_.step));
  for (auto& [name, tensor] : networks::namedTensors(*task_.module)) ranks_->fromFirst(tensor);
  for (auto [name, tensor] : sgd_.momentum()) ranks_->fromFirst(tensor);
}

// One step, if it has the two images that batch norm needs. Whether the training is asked to stop.
bool Loop::train(const FaceBatch& batch, const std::vector<std::int64_t>& planned) {
  sgd_.zeroGradients();
  if (ranks_ == nullptr) {
    if (batch.faces.size() >= 2) step(outputsOf(batch), batch.faces);
    return progress_.stopRequested();
  }
  const JoinedBatch joined(*ranks_, planned, batch, progress_.stopRequested());
  store_.drop(joined.unreadable(), "by another rank");
  if (joined.faces().size() >= 2)
    step(joined.outputs([this](const FaceBatch& own) { return outputsOf(own); }), joined.faces());
  return joined.stops();
}

void Loop::step(const std::vector<torch::Tensor>& outputs, const std::vector<std::int64_t>& faces) {
  const auto images = static_cast<std::int64_t>(faces.size());
  const auto loss = task_.loss(outputs, faces, at_.memory);
  const double value = loss.item<double>();
  if (!std::isfinite(value))
    fail("training diverged in epoch {}: the loss is not finite; lower the learning rate", at_.epoch + 1);
  if (ranks_ == nullptr) {
    loss.backward();
  } else {
    (loss / ranks_->count()).backward();
    sgd_.sumGradients(*ranks_);
  }
  if (task_.clip > 0) sgd_.clip(task_.clip);
  sgd_.step(learningRateAt(schedule_, at_.step));
  at_.lossSum += value * static_cast<double>(images);
  at_.images += images;
  trained_ += images;
  report(value, images);
}

void Loop::runEpoch(const std::vector<std::vector<std::int64_t>>& plan) {
  const auto seed = mixSeed(task_.seed, static_cast<std::uint64_t>(at_.epoch) + 1);
  BatchLoader::Transform transform = [this, seed](std::int64_t face, const data::Shape& shape,
                                                  std::uint8_t* planes) {
    Rng rng(mixSeed(seed, static_cast<std::uint64_t>(face)));
    if (task_.flip && rng.chance(0.5)) mirror(shape, planes);
    if (task_.augment) augment(shape, planes, rng);
  };
  Drawing drawing;
  if (task_.drawing) {
    drawing = task_.drawing(at_.epoch);
    transform = {};
  }
  auto own = plan;
  if (ranks_ != nullptr)
    for (auto& batch : own) batch = ownPart(batch, *ranks_);
  BatchLoader loader(store_, own, static_cast<std::size_t>(at_.batch), loaderThreads(device_), transform,
                     drawing);
  auto start = Clock::now();
  while (auto batch = loader.next()) {
    const auto& planned = plan[static_cast<std::size_t>(at_.batch)];
    const bool stops = train(*batch, planned);
    progress_.advance(std::ssize(planned));
    ++at_.batch;
    ++at_.step;
    seconds_ += secondsSince(start);
    if (stops) {
      save();
      throw Cancelled();
    }
    saveNowAndThen();
    if (task_.maxSteps > 0 && at_.step >= task_.maxSteps) return;
    start = Clock::now();
  }
}

void Loop::endEpoch() {
  if (at_.images == 0) {
    const auto reason = store_.firstFailure();
    fail("no batch of two readable faces was found to train on{}",
         reason.empty() ? "" : "; the first: " + reason);
  }
  lastLoss_ = at_.lossSum / static_cast<double>(at_.images);
  try {
    task_.epochEnded(at_.epoch, lastLoss_, at_.memory);
  } catch (const Cancelled&) {
    save();
    throw;
  }
  ++at_.epoch;
  at_.batch = 0;
  at_.lossSum = 0;
  at_.images = 0;
  saveNowAndThen();
}

LoopResult Loop::run() {
  // Now, not after hours of training.
  const auto folder = std::filesystem::absolute(state_).parent_path();
  if (!std::filesystem::is_directory(folder))
    fail("{}: no such folder to write the checkpoint to; create it first", folder.string());
  auto plan = task_.plan(0);
  schedule_.stepsPerEpoch = static_cast<std::int64_t>(plan.size());
  std::int64_t perEpoch = 0;
  for (const auto& batch : plan) perEpoch += static_cast<std::int64_t>(batch.size());
  const bool resumed = resume(schedule_.stepsPerEpoch);
  std::optional<JoinedNorms> norms;
  if (ranks_ != nullptr) {
    startTogether();
    norms.emplace(*ranks_);
  }
  progress_.start(task_.stage, perEpoch * schedule_.epochs);
  if (resumed) {
    std::int64_t done = at_.epoch * perEpoch;
    for (std::int64_t b = 0; b < at_.batch; ++b)
      done += static_cast<std::int64_t>(plan[static_cast<std::size_t>(b)].size());
    progress_.resumeAt(done);
    progress_.note(fmt::format("Going on from epoch {}, batch {}.", at_.epoch + 1, at_.batch));
  }
  task_.module->train();
  while (!finished()) {
    runEpoch(at_.epoch == 0 ? plan : task_.plan(at_.epoch));
    endEpoch();
  }
  progress_.finish();
  const auto dropped = store_.dropped();
  if (!dropped.empty())
    progress_.note(fmt::format("{} faces could not be read and were left out; the first: {}.", dropped.size(),
                               store_.firstFailure()));
  return {at_.epoch, lastLoss_, seconds_ > 0 ? static_cast<double>(trained_) / seconds_ : 0,
          std::move(at_.memory)};
}

}  // namespace

LoopResult runLoop(const Task& task, FaceStore& store, torch::Device device,
                   const std::filesystem::path& state, Progress& progress, Ranks* ranks) {
  return Loop(task, store, device, state, progress, ranks).run();
}

std::filesystem::path statePath(const std::filesystem::path& checkpoint) {
  auto path = checkpoint;
  path += ".state";
  return path;
}

}  // namespace discern::training
