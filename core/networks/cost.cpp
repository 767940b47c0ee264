#include "core/networks/cost.h"

#include <ATen/record_function.h>

#include <string_view>

namespace discern::networks {
namespace {

// The callback is a plain function; it finds its counter here. One count runs on one thread.
thread_local Cost* counting = nullptr;

double elements(const c10::IValue& value) {
  return value.isTensor() && value.toTensor().defined() ? static_cast<double>(value.toTensor().numel()) : 0;
}

void count(const at::RecordFunction& function) {
  if (counting == nullptr) return;
  const std::string_view name = function.name();
  const auto inputs = function.inputs();
  const auto outputs = function.outputs();
  if (outputs.empty()) return;
  const double out = elements(outputs[0]);
  // A linear layer ends in mm (no bias) or addmm; a product's inner length is the columns of its left side.
  if (name == "aten::mm") {
    counting->macs += out * static_cast<double>(inputs[0].toTensor().size(1));
  } else if (name == "aten::addmm") {
    counting->macs += out * static_cast<double>(inputs[1].toTensor().size(1));
    counting->flops += out;
  } else if (name == "aten::convolution") {
    const auto& weight = inputs[1].toTensor();
    counting->macs += out * static_cast<double>(weight.numel() / weight.size(0));
    counting->flops += elements(inputs[2]) > 0 ? out : 0;
  } else if (name == "aten::batch_norm") {
    counting->flops += 2 * out;
  } else if (name == "aten::prelu" || name == "aten::relu" || name == "aten::relu_" || name == "aten::sigmoid" ||
             name == "aten::add") {
    counting->flops += out;
  } else if (name == "aten::mean" || name == "aten::max_pool2d" || name == "aten::adaptive_avg_pool2d") {
    counting->flops += elements(inputs[0]);
  }
}

class Listener {
 public:
  explicit Listener(Cost& cost) {
    counting = &cost;
    handle_ = at::addThreadLocalCallback(
        at::RecordFunctionCallback(
            [](const at::RecordFunction&) -> std::unique_ptr<at::ObserverContext> { return nullptr; },
            [](const at::RecordFunction& function, at::ObserverContext*) { count(function); })
            .needsInputs(true)
            .needsOutputs(true)
            .scopes({at::RecordScope::FUNCTION}));
  }
  ~Listener() {
    at::removeCallback(handle_);
    counting = nullptr;
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

 private:
  at::CallbackHandle handle_;
};

}  // namespace

Cost countCost(Network& network, int size) {
  Cost cost;
  const auto parameters = network.parameters();
  for (const auto& parameter : parameters)
    if (parameter.requires_grad()) cost.parameters += static_cast<double>(parameter.numel());
  const bool training = network.is_training();
  network.eval();
  {
    torch::NoGradGuard guard;
    const auto input = torch::zeros({1, 3, size, size}, parameters.at(0).options().requires_grad(false));
    const Listener listener(cost);
    network.forward(input);
  }
  network.train(training);
  cost.flops += 2 * cost.macs;
  return cost;
}

}  // namespace discern::networks
