#include <algorithm>
#include <chrono>
#include <filesystem>

#include "core/base/error.h"
#include "core/networks/checkpoint.h"
#include "core/networks/cost.h"
#include "core/training/train_ddnet.h"

namespace discern::training {
namespace {

using Clock = std::chrono::steady_clock;

double millisecondsOf(networks::Network& network, const torch::Tensor& input) {
  const auto start = Clock::now();
  network.forward(input).to(torch::kCPU);  // the copy waits for the device
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

NetworkCost networkCost(const std::string& checkpointOrArchitecture, const data::Shape& shape, double width,
                        int dims) {
  const auto network = std::filesystem::exists(checkpointOrArchitecture)
                           ? networks::loadCheckpoint(checkpointOrArchitecture).network
                           : networks::makeNetwork(checkpointOrArchitecture,
                                                   networks::inShape({.width = width, .dims = dims}, shape));
  const auto cost = networks::countCost(*network, shape);
  return {cost.macs, cost.flops, cost.parameters};
}

double measureMilliseconds(const std::string& checkpointOrArchitecture, const data::Shape& shape, int batch,
                           Device device) {
  if (batch < 1) fail("batch {}: give at least 1", batch);
  networks::prepareCpu();
  const auto target = networks::findDevice(device);
  std::shared_ptr<networks::Network> network;
  if (std::filesystem::exists(checkpointOrArchitecture)) {
    const auto loaded = networks::loadCheckpoint(checkpointOrArchitecture, device);
    if (loaded.kind != "ddnet" && shape != loaded.shape)
      fail("{}: takes {}, not {}", checkpointOrArchitecture, toString(loaded.shape), toString(shape));
    network = loaded.network;
  } else {
    network = networks::makeNetwork(checkpointOrArchitecture, networks::inShape({}, shape));
    network->to(target);
    network->eval();
  }
  torch::NoGradGuard guard;
  const auto input = torch::zeros(shape.tensor(batch), torch::TensorOptions().device(target));
  for (int i = 0; i < 2; ++i) millisecondsOf(*network, input);
  std::vector<double> times;
  const auto start = Clock::now();
  while (times.size() < 5 || (times.size() < 50 && Clock::now() - start < std::chrono::seconds(1)))
    times.push_back(millisecondsOf(*network, input));
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2] / batch;
}

}  // namespace discern::training
