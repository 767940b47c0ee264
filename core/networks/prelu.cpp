#include "core/networks/prelu.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include "core/networks/prelu_planes.h"

namespace discern::networks {
namespace {

// Planes of one thread's share: at least about 32 K elements, or waking a thread costs more than the work.
std::int64_t grain(std::int64_t plane) { return std::max<std::int64_t>(1, 32768 / plane); }

struct Function : torch::autograd::Function<Function> {
  static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& input,
                               const torch::Tensor& weight) {
    const auto x = input.contiguous();
    context->save_for_backward({x, weight});
    auto y = torch::empty_like(x);
    const std::int64_t channels = weight.numel(), planes = x.size(0) * channels;
    const std::int64_t plane = x.numel() / std::max<std::int64_t>(planes, 1);
    const float* in = x.data_ptr<float>();
    const float* slopes = weight.data_ptr<float>();
    float* out = y.data_ptr<float>();
    at::parallel_for(0, planes, grain(plane), [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t p = begin; p < end; ++p)
        forwardPlane(in + p * plane, slopes[p % channels], plane, out + p * plane);
    });
    return y;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& outputs) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], &weight = saved[1];
    const auto grad = outputs[0].contiguous();
    auto inputGrad = torch::empty_like(x);
    const std::int64_t channels = weight.numel(), planes = x.size(0) * channels;
    const std::int64_t plane = x.numel() / std::max<std::int64_t>(planes, 1);
    const float* slopes = weight.data_ptr<float>();
    // One sum a plane, added in a fixed order: the result does not depend on the number of threads.
    auto sums = torch::empty({x.size(0), channels}, torch::kFloat64);
    at::parallel_for(0, planes, grain(plane), [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t p = begin; p < end; ++p)
        sums.data_ptr<double>()[p] =
            backwardPlane(x.data_ptr<float>() + p * plane, grad.data_ptr<float>() + p * plane,
                          slopes[p % channels], plane, inputGrad.data_ptr<float>() + p * plane);
    });
    return {inputGrad, sums.sum(0).to(torch::kFloat32)};
  }
};

}  // namespace

PRelu::PRelu(int channels) : weight(register_parameter("weight", torch::full({channels}, 0.25F))) {}

torch::Tensor PRelu::forward(const torch::Tensor& input) {
  const bool ours = torch::GradMode::is_enabled() && input.device().is_cpu() &&
                    input.scalar_type() == torch::kFloat32 && weight.scalar_type() == torch::kFloat32;
  return ours ? Function::apply(input, weight) : torch::prelu(input, weight);
}

}  // namespace discern::networks
