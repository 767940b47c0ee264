#include "core/features/onnx/network.h"

#include <algorithm>
#include <new>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/onnx/read_graph.h"

namespace discern::features::onnx {
namespace {

// LibTorch's messages carry a stack trace; the first line says enough.
std::string reason(const std::exception& e) {
  std::string text = e.what();
  text.resize(std::min({text.size(), text.find('\n'), std::size_t{200}}));
  return text;
}

constexpr int kFirstOpset = 7;

// Before that, sizes were matched otherwise, and other things were attributes.
bool meantAnother(const std::string& op) {
  const std::set<std::string_view> operators = {"Add",      "And",  "BatchNormalization",
                                                "Cast",     "Div",  "Dropout",
                                                "Equal",    "Gemm", "Greater",
                                                "Less",     "Max",  "Mean",
                                                "Min",      "Mul",  "Or",
                                                "PRelu",    "Pad",  "Pow",
                                                "Sub",      "Sum",  "Tile",
                                                "Upsample", "Xor"};
  return operators.contains(op);
}

std::string describe(const std::filesystem::path& file, const Node& node) {
  const std::string& name = node.name.empty() && !node.outputs.empty() ? node.outputs[0] : node.name;
  return fmt::format("{}: the node '{}' ({})", file.string(), name.substr(0, 100), node.op.substr(0, 60));
}

}  // namespace

Network::Network(Graph graph, std::filesystem::path file, std::vector<std::string> outputs, at::Device device)
    : graph_(std::move(graph)), file_(std::move(file)), device_(device) {
  if (!graph_.problem.empty()) fail("{}: {}", file_.string(), graph_.problem);
  const c10::InferenceMode inference;
  readConstants();
  for (const Value& input : graph_.inputs) inputIds_.push_back(idOf(input.name));
  for (const Node& node : graph_.nodes) {
    Step step{&node, findOperator(node), {}, {}, {}};
    for (const auto& name : node.inputs) step.inputs.push_back(name.empty() ? -1 : idOf(name));
    for (const auto& name : node.outputs) step.outputs.push_back(name.empty() ? -1 : idOf(name));
    steps_.push_back(std::move(step));
  }
  constants_.resize(ids_.size());
  for (const auto& name : outputs) outputIds_.push_back(findOutput(name));
  keepNeeded();
  countParameters();
  fold();
  foldBatchNorms();
  findSpent();
  moveTo(device);
}

int Network::idOf(const std::string& name) {
  return ids_.emplace(name, static_cast<int>(ids_.size())).first->second;
}

at::Tensor Network::external(const Tensor& tensor) const {
  Tensor whole = tensor;
  whole.bytes = readFile(externalFile(file_, tensor.file), tensor.offset, tensor.length);
  return toTensor(whole);
}

void Network::readConstants() {
  for (Tensor& tensor : graph_.initialisers) {
    const int id = idOf(tensor.name);
    constants_.resize(ids_.size());
    if (tensor.type == kText) continue;
    constants_[id] = tensor.file.empty() ? toTensor(tensor) : external(tensor);
    tensor.bytes = {};
  }
  for (Node& node : graph_.nodes)
    for (auto& [name, attribute] : node.attributes)
      if (!attribute.tensor.file.empty())
        attribute.tensor.bytes = readFile(externalFile(file_, attribute.tensor.file), attribute.tensor.offset,
                                          attribute.tensor.length);
}

std::vector<std::string> Network::outputNames(const Graph& graph) {
  std::vector<std::string> names;
  for (const Value& output : graph.outputs) names.push_back(output.name);
  return names;
}

int Network::findOutput(const std::string& wanted) const {
  if (const auto found = ids_.find(wanted); found != ids_.end() && !wanted.empty()) return found->second;
  for (const Step& step : steps_)
    if (!wanted.empty() && step.node->name == wanted && !step.outputs.empty() && step.outputs[0] >= 0)
      return step.outputs[0];
  std::string names;
  for (const Value& output : graph_.outputs) names += (names.empty() ? "" : ", ") + output.name;
  fail("{}: there is no output layer {}; the model's outputs are {}", file_.string(), wanted, names);
}

void Network::keepOnly(const std::string& output) {
  outputIds_ = {findOutput(output)};
  keepNeeded();
  findSpent();
}

void Network::keepNeeded() {
  std::set<int> needed(outputIds_.begin(), outputIds_.end());
  std::vector<Step> kept;
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    if (std::ranges::none_of(step->outputs, [&](int id) { return needed.contains(id); })) continue;
    if (graph_.opset < kFirstOpset && meantAnother(step->node->op))
      throw Unsupported(
          fmt::format("{} is of operator set {}, where it meant something else; export the model with {} "
                      "or newer",
                      describe(file_, *step->node), graph_.opset, kFirstOpset));
    if (step->run == nullptr)
      throw Unsupported(fmt::format("{} is of a kind that is not implemented", describe(file_, *step->node)));
    needed.insert(step->inputs.begin(), step->inputs.end());
    kept.push_back(std::move(*step));
  }
  std::ranges::reverse(kept);
  steps_ = std::move(kept);
}

// What training has set: not the running mean and variance of a batch norm, no limits, shapes and factors.
void Network::countParameters() {
  const std::set<std::string_view> learned = {"Add",
                                              "BatchNormalization",
                                              "Conv",
                                              "ConvTranspose",
                                              "Gather",
                                              "Gemm",
                                              "GroupNormalization",
                                              "InstanceNormalization",
                                              "LayerNormalization",
                                              "MatMul",
                                              "Mul",
                                              "PRelu",
                                              "RMSNormalization"};
  std::set<int> counted;
  for (const Step& step : steps_) {
    if (!learned.contains(step.node->op)) continue;
    const std::size_t most = step.node->op == "BatchNormalization" ? 3 : step.inputs.size();
    for (std::size_t i = 0; i < std::min(most, step.inputs.size()); ++i) {
      const int id = step.inputs[i];
      if (id < 0 || !constants_[id].defined() || !at::isFloatingType(constants_[id].scalar_type())) continue;
      if (constants_[id].numel() == 1 && step.node->op != "PRelu" && step.node->op != "Gemm") continue;
      if (counted.insert(id).second) parameters_ += static_cast<double>(constants_[id].numel());
    }
  }
}

Values Network::runStep(const Step& step, Values inputs) const {
  try {
    Call call(*step.node, graph_.opset, std::move(inputs));
    return step.run(call);
  } catch (const Unsupported& e) {
    throw Unsupported(fmt::format("{} {}", describe(file_, *step.node), e.what()));
  } catch (const Error& e) {
    throw Error(fmt::format("{} {}", describe(file_, *step.node), e.what()));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& e) {
    fail("{} cannot be computed ({}); the file is damaged, or made for other pictures",
         describe(file_, *step.node), reason(e));
  }
}

// Shapes and all else that no input changes.
void Network::fold() {
  constexpr std::int64_t mostNumbers = std::int64_t{1} << 26;
  std::vector<Step> left;
  for (Step& step : steps_) {
    Values inputs;
    bool constant = true;
    for (const int id : step.inputs) {
      constant = constant && (id < 0 || constants_[id].defined());
      inputs.push_back(id < 0 ? at::Tensor() : constants_[id]);
    }
    if (constant) {
      const Values outputs = runStep(step, std::move(inputs));
      for (std::size_t k = 0; k < std::min(outputs.size(), step.outputs.size()); ++k) {
        if (step.outputs[k] < 0) continue;
        if (outputs[k].numel() > mostNumbers)
          fail("{} makes a constant of {} numbers", describe(file_, *step.node), outputs[k].numel());
        constants_[step.outputs[k]] = outputs[k].contiguous();
      }
      continue;
    }
    left.push_back(std::move(step));
  }
  steps_ = std::move(left);
}

int Network::addConstant(at::Tensor value) {
  constants_.push_back(std::move(value));
  return static_cast<int>(constants_.size()) - 1;
}

// w * s for each filter, (b - mean) * s + bias, with s = scale / sqrt(variance + epsilon).
bool Network::foldInto(Step& convolution, const Step& norm) {
  const auto constantAt = [&](const Step& step, std::size_t i) {
    return i < step.inputs.size() && step.inputs[i] >= 0 ? constants_[step.inputs[i]] : at::Tensor();
  };
  const at::Tensor weight = constantAt(convolution, 1), bias = constantAt(convolution, 2);
  if (!weight.defined() || weight.dim() < 3 || weight.scalar_type() != at::kFloat) return false;
  if (convolution.inputs.size() > 2 && convolution.inputs[2] >= 0 && !bias.defined()) return false;
  if (norm.outputs.size() > 1 || norm.node->attributes.contains("training_mode") ||
      norm.node->attributes.contains("spatial"))
    return false;
  Values lists;
  for (std::size_t i = 1; i <= 4; ++i) {
    lists.push_back(constantAt(norm, i));
    if (!lists.back().defined() || lists.back().numel() != weight.size(0)) return false;
  }
  if (bias.defined() && bias.numel() != weight.size(0)) return false;
  const Call call(*norm.node, graph_.opset, {});
  const at::Tensor scale =
      lists[0].to(at::kDouble) / (lists[3].to(at::kDouble) + call.number("epsilon", 1e-5)).sqrt();
  at::Tensor shift = -lists[2].to(at::kDouble) * scale + lists[1].to(at::kDouble);
  if (bias.defined()) shift = shift + bias.to(at::kDouble) * scale;
  std::vector<std::int64_t> filters(static_cast<std::size_t>(weight.dim()), 1);
  filters[0] = weight.size(0);
  convolution.inputs.resize(3, -1);
  convolution.inputs[1] = addConstant((weight.to(at::kDouble) * scale.reshape(filters)).to(at::kFloat));
  convolution.inputs[2] = addConstant(shift.to(at::kFloat));
  convolution.outputs[0] = norm.outputs[0];
  return true;
}

void Network::foldBatchNorms() {
  std::map<int, int> uses;
  std::map<int, std::size_t> convolutions;  // by what they give
  for (const int id : outputIds_) ++uses[id];
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    for (const int id : steps_[s].inputs) ++uses[id];
    if (steps_[s].node->op == "Conv" && steps_[s].outputs.size() == 1) convolutions[steps_[s].outputs[0]] = s;
  }
  std::vector<bool> gone(steps_.size(), false);
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    if (steps_[s].node->op != "BatchNormalization" || steps_[s].inputs.empty() || steps_[s].outputs.empty())
      continue;
    const auto before = convolutions.find(steps_[s].inputs[0]);
    if (before == convolutions.end() || uses[steps_[s].inputs[0]] != 1) continue;
    gone[s] = foldInto(steps_[before->second], steps_[s]);
  }
  std::vector<Step> left;
  for (std::size_t s = 0; s < steps_.size(); ++s)
    if (!gone[s]) left.push_back(std::move(steps_[s]));
  steps_ = std::move(left);
}

void Network::findSpent() {
  std::set<int> needed(outputIds_.begin(), outputIds_.end());
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    step->spent.clear();
    for (const auto* ids : {&step->inputs, &step->outputs})
      for (const int id : *ids)
        if (id >= 0 && needed.insert(id).second) step->spent.push_back(id);
  }
}

// Whole numbers are mostly shapes and places, which are read here.
void Network::moveTo(at::Device device) {
  if (device.is_cpu()) return;
  for (at::Tensor& constant : constants_)
    if (constant.defined() && at::isFloatingType(constant.scalar_type())) constant = constant.to(device);
}

Values Network::runAll(const Values& inputs, const Observer& observer) const {
  const c10::InferenceMode inference;
  if (inputs.size() != inputIds_.size())
    fail("{}: takes {} inputs and is given {}", file_.string(), inputIds_.size(), inputs.size());
  Values values(constants_.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) values[inputIds_[i]] = inputs[i];
  const auto value = [&](int id) {
    return id < 0 ? at::Tensor() : constants_[id].defined() ? constants_[id] : values[id];
  };
  for (const Step& step : steps_) {
    Values given;
    for (const int id : step.inputs) given.push_back(value(id));
    for (const int id : step.spent) values[id].reset();
    const Values kept = observer ? given : Values();
    Values made = runStep(step, std::move(given));
    if (observer) observer(step, kept, made);
    for (std::size_t k = 0; k < step.outputs.size(); ++k) {
      const int id = step.outputs[k];
      if (id < 0 || std::ranges::find(step.spent, id) != step.spent.end()) continue;
      if (k >= made.size())
        throw Unsupported(fmt::format("{} has no output {}", describe(file_, *step.node), k + 1));
      values[id] = std::move(made[k]);
    }
  }
  Values outputs;
  for (const int id : outputIds_) outputs.push_back(value(id));
  return outputs;
}

Values Network::run(const Values& inputs) const { return runAll(inputs, {}); }

double Network::constantBytes() const {
  double bytes = 0;
  for (const at::Tensor& constant : constants_)
    if (constant.defined()) bytes += static_cast<double>(constant.nbytes());
  return bytes;
}

double Network::macs(const Values& inputs) const {
  double macs = 0;
  runAll(inputs, [&](const Step& step, const Values& in, const Values& out) {
    const auto& op = step.node->op;
    const auto places = [](const at::Tensor& x) {
      return static_cast<double>(x.numel()) /
             static_cast<double>(std::max<std::int64_t>(1, x.size(0) * x.size(1)));
    };
    if (op == "Conv")
      macs += static_cast<double>(in[1].numel()) * places(out[0]) * static_cast<double>(out[0].size(0));
    if (op == "ConvTranspose")
      macs += static_cast<double>(in[1].numel()) * places(in[0]) * static_cast<double>(in[0].size(0));
    if (op == "Gemm" || op == "MatMul") {
      const Call call(*step.node, graph_.opset, {});
      const std::int64_t summed = in[0].dim() == 0 ? 0 : in[0].size(call.integer("transA", 0) != 0 ? 0 : -1);
      macs += static_cast<double>(out[0].numel()) * static_cast<double>(summed);
    }
  });
  return macs;
}

}  // namespace discern::features::onnx
