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

// What an operation's inputs say about its cost. They are gone when it ends, its outputs are there only then.
struct Work : at::ObserverContext {
  double macs = 0, flops = 0;  // for each element of the output
  double fixed = 0;            // flops whatever the output
};

std::unique_ptr<at::ObserverContext> started(const at::RecordFunction& function) {
  if (counting == nullptr) return nullptr;
  const std::string_view name = function.name();
  const auto inputs = function.inputs();
  auto work = std::make_unique<Work>();
  // A linear layer ends in mm (no bias) or addmm; a product's inner length is the columns of its left side.
  if (name == "aten::mm") {
    work->macs = static_cast<double>(inputs[0].toTensor().size(1));
  } else if (name == "aten::addmm") {
    work->macs = static_cast<double>(inputs[1].toTensor().size(1));
    work->flops = 1;
  } else if (name == "aten::convolution") {
    const auto& weight = inputs[1].toTensor();
    work->macs = static_cast<double>(weight.numel() / weight.size(0));
    work->flops = elements(inputs[2]) > 0 ? 1 : 0;
  } else if (name == "aten::batch_norm") {
    work->flops = 2;
  } else if (name == "aten::prelu" || name == "aten::relu" || name == "aten::relu_" ||
             name == "aten::sigmoid" || name == "aten::add") {
    work->flops = 1;
  } else if (name == "aten::mean" || name == "aten::max_pool2d" || name == "aten::max_pool3d" ||
             name == "aten::adaptive_avg_pool2d") {
    work->fixed = elements(inputs[0]);
  } else {
    return nullptr;
  }
  return work;
}

void ended(const at::RecordFunction& function, at::ObserverContext* context) {
  if (counting == nullptr || context == nullptr || function.outputs().empty()) return;
  const auto& work = static_cast<const Work&>(*context);
  const double out = elements(function.outputs()[0]);
  counting->macs += work.macs * out;
  counting->flops += work.flops * out + work.fixed;
}

class Listener {
 public:
  explicit Listener(Cost& cost) {
    counting = &cost;
    handle_ = at::addThreadLocalCallback(at::RecordFunctionCallback(started, ended)
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

Cost countCost(Network& network, const data::Shape& shape) {
  Cost cost;
  const auto parameters = network.parameters();
  for (const auto& parameter : parameters)
    if (parameter.requires_grad()) cost.parameters += static_cast<double>(parameter.numel());
  const bool training = network.is_training();
  network.eval();
  {
    torch::NoGradGuard guard;
    const auto input = torch::zeros(shape.tensor(1), parameters.at(0).options().requires_grad(false));
    const Listener listener(cost);
    network.forward(input);
  }
  network.train(training);
  cost.flops += 2 * cost.macs;
  return cost;
}

}  // namespace discern::networks
