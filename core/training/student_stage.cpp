#include "core/training/student_stage.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/base/rng.h"
#include "core/networks/checkpoint.h"
#include "core/training/joined.h"
#include "core/training/mimic_fit.h"
#include "core/training/perturb.h"
#include "core/training/student_loss.h"

namespace discern::training {
namespace {

using networks::Student;
using nlohmann::json;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

json describe(const StudentOptions& o) {
  json described = fingerprintJson(studentFields(), o);
  described["dims"] = o.dims;
  // What earlier versions did not know is not told where it changes nothing: what they began goes on.
  if (o.start == StudentStart::Classes) described.erase("start");
  if (o.perturbedPoints == PerturbedPoints::Template) described.erase("perturbed_points");
  if (o.clip == kUsualClip) described.erase("clip");
  if (o.target == StudentTarget::AsIs) described["loss"] = "over all faces";  // once: over those of each part
  described["init_from"] = std::filesystem::path(o.initFrom).filename().string();  // the folder may move
  return described;
}

// What the first stage depends on: modes with equal values share it.
json describeInit(StudentOptions o) {
  o.mode = StudentMode::Init;
  o.initFrom.clear();
  o.epochs = 0;
  o.learningRate = o.regressionWeight = 0;
  o.fitMimic = false;
  o.start = StudentStart::Classes;
  json described = describe(o);
  described["target"] = "";
  described.erase("loss");
  return described;
}

networks::NetworkOptions networkOptions(const StudentOptions& o) {
  return {.size = o.size, .dims = o.dims, .identityDims = o.identityDims, .seed = o.seed};
}

}  // namespace

StudentStage::StudentStage(const StudentOptions& options, const StudentData& data,
                           const StudentTargets& targets, const std::vector<unsigned char>& held,
                           FaceStore& store, Progress& progress, Ranks* ranks)
    : options_(options),
      data_(data),
      targets_(targets),
      roles_(studentRoles(options.mode, data, targets)),
      store_(store),
      progress_(progress),
      ranks_(ranks),
      device_(deviceOf(networks::findDevice(options.device), ranks)) {
  for (std::size_t i = 0; i < roles_.size(); ++i) {
    const bool measured =
        targets.has(static_cast<std::int64_t>(i)) || (!data.label.empty() && data.label[i] >= 0);
    if (held[i] != 0 && measured)
      validation_.push_back(static_cast<std::int64_t>(i));
    else if (held[i] == 0 && roles_[i] != 0)
      train_.push_back(static_cast<std::int64_t>(i));
  }
}

void StudentStage::build() {
  const auto student =
      std::dynamic_pointer_cast<Student>(networks::makeNetwork("student", networkOptions(options_)));
  std::shared_ptr<networks::Head> head;
  if (classifies())
    head = std::make_shared<networks::Head>(networks::HeadOptions{.kind = "softmax",
                                                                  .dims = options_.identityDims,
                                                                  .classes = data_.classes,
                                                                  .seed = mixSeed(options_.seed, "head")});
  learner_ = std::make_shared<StudentLearner>(student, head);
  if (!options_.initFrom.empty()) startFrom(options_.initFrom);
  // Nothing but weight decay would move it.
  if (!classifies())
    for (auto& parameter : student->identityParameters()) parameter.set_requires_grad(false);
  learner_->to(device_);
  // An untrained network's batch norms know no statistics to see by, and a mimic layer that learned from a
  // teacher is not thrown away.
  if (regresses() && options_.fitMimic && !options_.initFrom.empty() && !knowsTeacher_) fitMimic();
}

void StudentStage::fitMimic() {
  constexpr std::size_t kFaces = 20000;
  std::vector<std::int64_t> faces;
  for (const auto face : train_)
    if ((roles_[static_cast<std::size_t>(face)] & kRegress) != 0) faces.push_back(face);
  Rng(mixSeed(options_.seed, "fit")).shuffle(faces);
  faces.resize(std::min(faces.size(), kFaces));
  torch::NoGradGuard guard;
  learner_->eval();
  MimicFit fit(options_.dims);
  BatchLoader loader(store_, cutIntoBatches(faces, options_.batch), 0, loaderThreads(device_), {},
                     drawing(0, false));
  while (const auto batch = loader.next()) {
    progress_.throwIfStopped();
    if (batch->faces.empty()) continue;
    fit.add(learner_->student->pooled(normalised(*batch, device_)), targets(batch->faces, false).wanted);
  }
  fit.apply(*learner_->student);
  learner_->train();
}

void StudentStage::startFrom(const std::string& file) {
  const auto info = readStudent(file);
  if (info.size != options_.size)
    fail("{}: this student sees faces of {} px, not {}; ask for that size, or start from another", file,
         info.size, options_.size);
  if (info.dims != options_.dims)
    fail("{}: this student mimics features of {} dims, the teacher's have {}; start from one of this teacher",
         file, info.dims, options_.dims);
  const auto loaded = networks::loadCheckpoint(file);
  auto weights = networks::namedTensors(*loaded.network);
  const bool otherIdentity = info.identityDims != options_.identityDims;
  if (otherIdentity) {
    progress_.note(fmt::format("{} has an identity layer of {} columns, so that of {} starts anew.", file,
                               info.identityDims, options_.identityDims));
    for (const auto& [name, tensor] : networks::namedTensors(*learner_->student))
      if (name.starts_with("identity.")) weights[name] = tensor;
  }
  networks::setTensors(*learner_->student, weights, file);
  knowsTeacher_ = info.mode != nameOf(StudentMode::Init) && info.mode != nameOf(StudentMode::C);
  for (const auto& [name, tensor] : networks::namedTensors(*learner_->student)) {
    const auto bytes = tensor.contiguous();
    start_ = mixSeed(start_, {static_cast<const char*>(bytes.data_ptr()), bytes.nbytes()});
  }
  if (!classifies()) return;
  const auto weight = loaded.extras.find("head.weight"), bias = loaded.extras.find("head.bias");
  if (otherIdentity || weight == loaded.extras.end() || bias == loaded.extras.end() ||
      weight->second.sizes() != learner_->head->weight.sizes()) {
    progress_.note(
        fmt::format("{} has no classifier of {} classes, so that starts anew.", file, data_.classes));
    return;
  }
  networks::setTensors(*learner_->head, {{"weight", weight->second}, {"bias", bias->second}}, file);
}

const data::Landmarks* StudentStage::landmarksOf(std::int64_t face) const {
  if (options_.perturbedPoints != PerturbedPoints::Own || data_.landmarks.empty()) return nullptr;
  const auto& own = data_.landmarks[static_cast<std::size_t>(face)];
  return own ? &*own : nullptr;
}

Drawing StudentStage::drawing(int epoch, bool plain) const {
  const auto& o = options_;
  const auto seed = mixSeed(mixSeed(o.seed, "variant"), static_cast<std::uint64_t>(epoch) + 1);
  return {o.size, [this, &o, seed, plain](std::int64_t face, int stored, const std::uint8_t* planes,
                                          std::uint8_t* out) {
            Rng rng(mixSeed(seed, static_cast<std::uint64_t>(face)));
            Similarity similarity;
            if (!plain && o.perturbations > 0) {
              const auto variant = static_cast<int>(rng.below(o.perturbations));
              const auto* own = landmarksOf(face);
              similarity = own != nullptr ? perturbation(o.seed, face, variant, o.perturbationStrength, *own)
                                          : perturbation(o.seed, face, variant, o.perturbationStrength);
            }
            drawFace(stored, planes, similarity, !plain && o.flip && rng.chance(0.5), o.size, out);
          }};
}

StudentPart StudentStage::classes(const std::vector<std::int64_t>& faces, bool all) const {
  std::vector<std::int64_t> places, labels;
  for (std::size_t k = 0; k < faces.size(); ++k) {
    const auto face = static_cast<std::size_t>(faces[k]);
    if (data_.label.empty() || data_.label[face] < 0 || (!all && (roles_[face] & kClassify) == 0)) continue;
    places.push_back(static_cast<std::int64_t>(k));
    labels.push_back(data_.label[face]);
  }
  return {torch::tensor(places, torch::kInt64).to(device_), torch::tensor(labels, torch::kInt64).to(device_)};
}

StudentPart StudentStage::targets(const std::vector<std::int64_t>& faces, bool all) const {
  std::vector<std::int64_t> places;
  for (std::size_t k = 0; k < faces.size(); ++k)
    if (targets_.has(faces[k]) && (all || (roles_[static_cast<std::size_t>(faces[k])] & kRegress) != 0))
      places.push_back(static_cast<std::int64_t>(k));
  auto wanted = torch::empty({static_cast<std::int64_t>(places.size()), targets_.dims()});
  for (std::size_t i = 0; i < places.size(); ++i)
    targets_.copy(faces[static_cast<std::size_t>(places[i])],
                  wanted.data_ptr<float>() + static_cast<std::int64_t>(i) * targets_.dims());
  return {torch::tensor(places, torch::kInt64).to(device_), wanted.to(device_)};
}

// The mimic layer; where it classifies, the identity layer.
std::vector<torch::Tensor> StudentStage::outputs(const torch::Tensor& images) const {
  const Autocast autocast(options_.mixedPrecision, device_);
  const auto mimic = learner_->student->mimic(images);
  std::vector<torch::Tensor> outputs = {mimic.to(torch::kFloat32)};
  if (classifies()) outputs.push_back(learner_->student->identity(mimic).to(torch::kFloat32));
  return outputs;
}

torch::Tensor StudentStage::loss(const std::vector<torch::Tensor>& outputs,
                                 const std::vector<std::int64_t>& faces, Memory& memory) {
  const auto& mimic = outputs.front();
  auto loss = torch::zeros({}, mimic.options());
  const auto count = std::ssize(faces);
  auto& numbers = memory.numbers;
  if (classifies()) {
    if (const auto part = classes(faces, false); !part.empty()) {
      const auto output = learner_->head->forward(outputs[1].index_select(0, part.places), part.wanted);
      const auto entropy = torch::nn::functional::cross_entropy(output.logits, part.wanted);
      const auto classified = static_cast<double>(part.places.numel());
      numbers["classification"] += entropy.item<double>() * classified;
      numbers["correct"] += (output.scores.argmax(1) == part.wanted).sum().item<double>();
      numbers["classified"] += classified;
      loss = loss + shareOf(options_.target, part.places.numel(), count) * entropy;
    }
  }
  if (regresses()) {
    if (const auto part = targets(faces, false); !part.empty()) {
      const auto error = regressionLoss(mimic, part, options_.target);
      const auto regressed = static_cast<double>(part.places.numel());
      numbers["regression"] += error.item<double>() * regressed;
      numbers["regressed"] += regressed;
      loss = loss + options_.regressionWeight * shareOf(options_.target, part.places.numel(), count) * error;
    }
  }
  // Faces that could not be read may have taken either part with them; the loss still needs a gradient.
  return loss.requires_grad() ? loss : loss + 0 * mimic.sum();
}

std::map<std::string, double> StudentStage::validate() {
  torch::NoGradGuard guard;
  learner_->eval();
  double classified = 0, correct = 0, regressed = 0, error = 0, cosine = 0;
  const auto own = ranks_ == nullptr ? validation_ : ownPart(validation_, *ranks_);
  BatchLoader loader(store_, cutIntoBatches(own, options_.batch), 0, loaderThreads(device_), {},
                     drawing(0, true));
  while (const auto batch = loader.next()) {
    progress_.throwIfStopped();
    if (batch->faces.empty()) continue;
    const auto mimic = learner_->student->mimic(normalised(*batch, device_));
    if (const auto part = classes(batch->faces, true); classifies() && !part.empty()) {
      const auto identity = learner_->student->identity(mimic.index_select(0, part.places));
      const auto scores = learner_->head->forward(identity, part.wanted).scores;
      correct += (scores.argmax(1) == part.wanted).sum().item<double>();
      classified += static_cast<double>(part.places.numel());
    }
    if (const auto part = targets(batch->faces, true); !part.empty()) {
      const auto count = static_cast<double>(part.places.numel());
      error += regressionLoss(mimic, part, options_.target).item<double>() * count;
      cosine +=
          torch::cosine_similarity(mimic.index_select(0, part.places), part.wanted, 1).sum().item<double>();
      regressed += count;
    }
  }
  learner_->train();
  if (ranks_ != nullptr) {
    auto sums = torch::tensor({classified, correct, regressed, error, cosine}, torch::kFloat64);
    ranks_->sum(sums);
    const auto* sum = sums.data_ptr<double>();
    std::tie(classified, correct, regressed, error, cosine) =
        std::tuple(sum[0], sum[1], sum[2], sum[3], sum[4]);
  }
  std::map<std::string, double> found;
  if (classified > 0) found["validation/accuracy"] = correct / classified;
  // Before the mimic layer has been shown a target, its distance to one says nothing.
  if (regressed > 0 && regresses()) {
    found["validation/regression"] = error / regressed;
    found["validation/cosine"] = cosine / regressed;
  }
  return found;
}

void StudentStage::endEpoch(int step, int epoch, double trainLoss, Memory& memory) {
  auto found = validate();
  const auto mean = [&memory](const char* sum, const char* count) {
    return memory.numbers[sum] / memory.numbers[count];
  };
  if (memory.numbers["classified"] > 0) {
    found["train/classification"] = mean("classification", "classified");
    found["train/accuracy"] = mean("correct", "classified");
  }
  if (memory.numbers["regressed"] > 0) found["train/regression"] = mean("regression", "regressed");
  memory.numbers.clear();
  memory.numbers.insert(found.begin(), found.end());
  for (const auto& [name, value] : found) progress_.metric(name, step, value);

  std::string text = fmt::format("{}, epoch {} of {}: loss {:.4f}",
                                 isFirst() ? "Initialising" : "Fine-tuning", epoch + 1, epochs(), trainLoss);
  const auto add = [&](const char* name, const char* what, double factor, const char* unit) {
    if (const auto value = found.find(name); value != found.end())
      text += fmt::format(", {} {:.4g}{}", what, factor * value->second, unit);
  };
  add("train/classification", "cross-entropy", 1, "");
  add("train/regression", "regression", 1, "");
  add("validation/accuracy", "held-out accuracy", 100, " %");
  add("validation/cosine", "held-out cosine to the teacher", 1, "");
  progress_.note(text + ".");
}

Task StudentStage::task(const std::string& dataHash, int epochsBefore) {
  Task task;
  auto described = isFirst() ? describeInit(options_) : describe(options_);
  described["init_from"] = start_;  // the weights, not the file's name
  task.fingerprint = json{{"what", "student 1"}, {"options", described}, {"data", dataHash}}.dump();
  task.module = learner_;
  task.schedule = {.learningRate = isFirst() ? options_.learningRateInit : options_.learningRate,
                   .warmup = options_.warmup,
                   .kind = options_.schedule,
                   .steps = options_.steps,
                   .epochs = epochs()};
  task.momentum = options_.momentum;
  task.weightDecay = options_.weightDecay;
  task.clip = options_.clip;
  task.seed = options_.seed;
  task.checkpointSeconds = options_.checkpointSeconds;
  task.stage = isFirst() ? "initialise" : "fine-tune";
  const auto seed = mixSeed(options_.seed, task.stage);
  task.plan = [this, seed](int epoch) { return planStudent(train_, roles_, options_.batch, seed, epoch); };
  task.stepsBefore = epochsBefore * static_cast<std::int64_t>(task.plan(0).size());
  task.drawing = [this, epochsBefore](int epoch) { return drawing(epochsBefore + epoch, false); };
  task.outputs = [this](const torch::Tensor& images, const std::vector<std::int64_t>&) {
    return outputs(images);
  };
  task.loss = [this](const std::vector<torch::Tensor>& outputs, const std::vector<std::int64_t>& faces,
                     Memory& memory) { return loss(outputs, faces, memory); };
  task.epochEnded = [this, epochsBefore](int epoch, double trainLoss, Memory& memory) {
    endEpoch(epochsBefore + epoch + 1, epoch, trainLoss, memory);
  };
  return task;
}

void StudentStage::save(const std::filesystem::path& checkpoint, const std::string& dataHash,
                        const StudentResult& result) {
  json extra = {{"mode", nameOf(options_.mode)},    {"name", result.name},
                {"teacher", options_.teacher},      {"target", nameOf(options_.target)},
                {"target_scale", targets_.scale()}, {"classes", data_.classes},
                {"options", describe(options_)},    {"seed", options_.seed},
                {"classified", result.classified},  {"regressed", result.regressed}};
  // JSON has no NaN.
  const auto put = [&extra](const char* name, double value) {
    if (!std::isnan(value)) extra[name] = value;
  };
  put("train_loss", result.trainLoss);
  put("validation_accuracy", result.validationAccuracy);
  put("validation_regression", result.validationRegression);
  put("validation_cosine", result.validationCosine);
  std::map<std::string, torch::Tensor> head;
  if (isFirst()) {
    extra["first_stage"] = firstStageOf(options_, dataHash);
    for (const auto& [name, tensor] : networks::namedTensors(*learner_->head)) head["head." + name] = tensor;
  }
  networks::saveCheckpoint(checkpoint, *learner_->student, "student", networkOptions(options_), extra.dump(),
                           head);
}

StudentResult StudentStage::run(const std::filesystem::path& checkpoint, const std::string& dataHash,
                                int epochsBefore) {
  build();
  const auto state = statePath(checkpoint);
  auto loop = runLoop(task(dataHash, epochsBefore), store_, device_, state, progress_, ranks_);
  const auto number = [&loop](const char* name) {
    const auto found = loop.memory.numbers.find(name);
    return found == loop.memory.numbers.end() ? kNan : found->second;
  };
  StudentResult result{.name = networks::studentName(options_.size, nameOf(options_.mode)),
                       .epochs = loop.epochs,
                       .validationImages = static_cast<std::int64_t>(validation_.size()),
                       .dropped = static_cast<std::int64_t>(store_.dropped().size()),
                       .trainLoss = loop.trainLoss,
                       .classification = number("train/classification"),
                       .regression = number("train/regression"),
                       .trainAccuracy = number("train/accuracy"),
                       .validationAccuracy = number("validation/accuracy"),
                       .validationRegression = number("validation/regression"),
                       .validationCosine = number("validation/cosine"),
                       .imagesPerSecond = loop.imagesPerSecond};
  for (const auto face : train_) {
    result.classified += (roles_[static_cast<std::size_t>(face)] & kClassify) != 0 ? 1 : 0;
    result.regressed += (roles_[static_cast<std::size_t>(face)] & kRegress) != 0 ? 1 : 0;
  }
  if (isWriter(ranks_)) {
    save(checkpoint, dataHash, result);
    std::filesystem::remove(state);
  }
  if (ranks_ != nullptr) ranks_->meet();  // what comes next may read it
  return result;
}

std::string firstStageOptions(const StudentOptions& options) { return describeInit(options).dump(); }

std::string firstStageOf(const StudentOptions& options, const std::string& dataHash) {
  return json{{"options", describeInit(options)}, {"data", dataHash}}.dump();
}

}  // namespace discern::training
