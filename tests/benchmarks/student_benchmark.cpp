// Faces a second of the student on one thread: the engine beside the same network in LibTorch, one and 64
// faces a call. Rates are by processor time; add --benchmark_repetitions and take the best on a busy machine.
// The other counters: the memory of the engine's inference (packed weights, and what a call needs beside
// input and output), and its largest difference to LibTorch's output divided by that output's largest value.
#include <benchmark/benchmark.h>

#include "core/networks/student.h"

namespace discern::networks {
namespace {

constexpr int kDims = 4096, kIdentityDims = 128;

std::shared_ptr<Student> makeStudent(int size) {
  torch::manual_seed(1);
  auto student = std::make_shared<Student>(size, kDims, kIdentityDims);
  const torch::NoGradGuard guard;
  for (auto& buffer : student->named_buffers()) {
    if (buffer.key().find("running_mean") != std::string::npos) buffer.value().normal_(0, 0.1);
    if (buffer.key().find("running_var") != std::string::npos) buffer.value().uniform_(0.5, 1.5);
  }
  student->eval();
  return student;
}

torch::Tensor makeFaces(const benchmark::State& state) {
  return torch::rand({state.range(1), 3, state.range(0), state.range(0)}) * 2 - 1;
}

void setRate(benchmark::State& state) {
  state.counters["faces/s"] =
      benchmark::Counter(static_cast<double>(state.range(1)), benchmark::Counter::kIsIterationInvariantRate);
}

void engine(benchmark::State& state, StudentOutput output, int lanes) {
  if (lanes > StudentEngine::supportedLanes().back()) {
    state.SkipWithError("this processor has fewer lanes");
    return;
  }
  at::set_num_threads(1);
  const c10::InferenceMode guard;
  const auto student = makeStudent(static_cast<int>(state.range(0)));
  const StudentEngine engine(student->weights(), output, lanes);
  const auto faces = makeFaces(state);
  auto out = torch::empty({state.range(1), engine.dims()});
  for (auto _ : state) {
    engine.run(faces.data_ptr<float>(), state.range(1), out.data_ptr<float>());
    benchmark::ClobberMemory();
  }
  setRate(state);
  const auto expected = output == StudentOutput::Mimic ? student->mimic(faces) : student->forward(faces);
  state.counters["difference"] =
      (out - expected).abs().max().item<double>() / expected.abs().max().item<double>();
  state.counters["weights_kB"] = static_cast<double>(engine.weightBytes()) / 1024;
  state.counters["workspace_kB"] = static_cast<double>(engine.workspaceBytes(state.range(1))) / 1024;
}

void libtorch(benchmark::State& state, StudentOutput output) {
  at::set_num_threads(1);
  const c10::InferenceMode guard;
  const auto student = makeStudent(static_cast<int>(state.range(0)));
  const auto faces = makeFaces(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(output == StudentOutput::Mimic ? student->mimic(faces)
                                                            : student->forward(faces));
  }
  setRate(state);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"size", "batch"})->ArgsProduct({{16, 32, 64, 96}, {1, 64}})->MinTime(0.2);
}

using enum StudentOutput;
BENCHMARK_CAPTURE(engine, identity, Identity, 0)->Apply(sizes);
BENCHMARK_CAPTURE(engine, mimic, Mimic, 0)->Apply(sizes);
BENCHMARK_CAPTURE(engine, identity_avx2, Identity, 8)->Apply(sizes);
BENCHMARK_CAPTURE(engine, identity_portable, Identity, 4)->Apply(sizes);
BENCHMARK_CAPTURE(libtorch, identity, Identity)->Apply(sizes);
BENCHMARK_CAPTURE(libtorch, mimic, Mimic)->Apply(sizes);

}  // namespace
}  // namespace discern::networks

BENCHMARK_MAIN();
