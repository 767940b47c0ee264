#include "core/features/internal/onnx_model.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/features/internal/model_probe.h"
#include "core/features/internal/onnx_torch_model.h"
#include "core/features/internal/opencv_model.h"
#include "core/features/onnx/operators.h"
#include "core/features/onnx/outputs.h"
#include "core/features/onnx/preparation.h"

namespace discern::features {
namespace {

constexpr double kAgreement = 1e-3;
constexpr std::int64_t kFirstFaces = 8;

void checkInput(const std::string& file, const onnx::Graph& graph, const Recipe& recipe) {
  if (graph.inputs.size() != 1)
    fail("{}: the model has {} inputs, expected one image; export the recogniser alone", file,
         graph.inputs.size());
  const std::vector<std::int64_t>& shape = graph.inputs[0].shape;
  const bool asIs =
      recipe.mean == std::array<float, 3>{0, 0, 0} && recipe.std == std::array<float, 3>{1, 1, 1};
  if (graph.inputs[0].type == onnx::kUint8 && !asIs)
    fail(
        "{}: the model takes pixels from 0 to 255 as bytes; choose a recipe that leaves them so, such as "
        "sface",
        file);
  if (shape.empty()) return;
  const auto fits = [](std::int64_t have, std::int64_t want) { return have < 0 || have == want; };
  auto wanted = recipe.shape().tensor(-1);
  if (shape.size() != wanted.size() || !fits(shape[1], 3))
    fail("{}: the model's input is {}, expected {}; export it for colour images, channels first", file,
         shapeText(shape), shapeText(wanted));
  for (std::size_t d = 2; d < shape.size(); ++d)
    if (!fits(shape[d], wanted[d]))
      fail("{}: the model's input is {} but the recipe {} makes {}; choose a recipe of the model's size",
           file, shapeText(shape), recipe.name, toString(recipe.shape()));
}

// How far the two are apart, as a share of the largest number; infinite where one is not finite.
double apart(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return HUGE_VAL;
  double most = 0, largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (std::isfinite(a[k]) != std::isfinite(b[k])) return HUGE_VAL;
    if (!std::isfinite(a[k])) continue;
    most = std::max(most, std::abs(static_cast<double>(a[k]) - b[k]));
    largest = std::max(largest, std::abs(static_cast<double>(a[k])));
  }
  return largest > 0 ? most / largest : most;
}

// LibTorch, which is the faster one (docs/benchmarks.md); the first real faces go through OpenCV, too.
class PairedModel final : public BlobModel {
 public:
  PairedModel(std::string file, std::unique_ptr<BlobModel> torch, std::unique_ptr<BlobModel> opencv)
      : BlobModel(torch->recipe()),
        file_(std::move(file)),
        torch_(std::move(torch)),
        opencv_(std::move(opencv)) {
    if (opencv_->dims() == torch_->dims()) {
      const auto faces = probeFaces(recipe());
      const auto n = static_cast<std::int64_t>(faces.size()) / pixels();
      compare(torch_->forward(faces, n), opencv_->forward(faces, n), n, "made-up");
    } else {
      differ(HUGE_VAL, "made-up");
    }
  }

  int dims() const override { return torch_->dims(); }
  double macs() const override { return torch_->macs(); }
  double parameters() const override { return torch_->parameters(); }
  RunMemory memory(std::int64_t faces) override { return torch_->memory(faces); }
  std::vector<std::string> takeNotes() override { return std::exchange(notes_, {}); }

  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    data::Matrix features = torch_->forward(blob, n);
    if (!opencv_ || n == 0) return features;
    const std::int64_t few = std::min(n, kFirstFaces);
    const std::vector<float> first(blob.begin(), blob.begin() + few * pixels());
    compare(features, opencv_->forward(first, few), few, "first");
    opencv_.reset();
    return features;
  }

 private:
  void compare(const data::Matrix& a, const data::Matrix& b, std::int64_t n, const char* which) {
    double most = 0;
    for (std::int64_t i = 0; i < n; ++i) most = std::max(most, apart(a.row(i), b.row(i)));
    if (most > kAgreement) differ(most, which);
  }
  void differ(double most, const char* which) {
    opencv_.reset();
    const std::string how =
        std::isfinite(most) ? fmt::format("by {:.2g} of the largest number", most) : "entirely";
    notes_.push_back(fmt::format(
        "{}: OpenCV's features of the {} faces differ {} from those of LibTorch, whose operators are held to "
        "ONNX's own tests: LibTorch runs the model",
        file_, which, how));
  }

  std::string file_;
  std::unique_ptr<BlobModel> torch_, opencv_;
  std::vector<std::string> notes_;
};

class NotedModel final : public BlobModel {
 public:
  NotedModel(std::unique_ptr<BlobModel> model, std::vector<std::string> notes)
      : BlobModel(model->recipe()), model_(std::move(model)), notes_(std::move(notes)) {}
  int dims() const override { return model_->dims(); }
  double macs() const override { return model_->macs(); }
  double parameters() const override { return model_->parameters(); }
  RunMemory memory(std::int64_t faces) override { return model_->memory(faces); }
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    return model_->forward(blob, n);
  }
  std::vector<std::string> takeNotes() override {
    auto notes = std::exchange(notes_, {});
    for (auto& note : model_->takeNotes()) notes.push_back(std::move(note));
    return notes;
  }

 private:
  std::unique_ptr<BlobModel> model_;
  std::vector<std::string> notes_;
};

// An engine's model, or why there is none.
struct Tried {
  std::unique_ptr<BlobModel> model;
  std::string problem;
  bool lacks = false;  // rather the engine than the file
};

template <typename Open>
Tried tried(const std::string& file, const Open& open) {
  Tried result;
  try {
    result.model = open();
    checkFeatures(file, *result.model);
  } catch (const onnx::Unsupported& e) {
    result = {nullptr, e.what(), true};
  } catch (const Error& e) {
    result = {nullptr, e.what(), false};
  }
  return result;
}

// What OpenCV can be asked for when LibTorch does not tell: by the shapes that the file declares.
OpenCvOutput declaredOutput(const std::string& file, const onnx::Graph& graph, const Recipe& recipe) {
  if (!recipe.outputLayer.empty()) return openCvOutput(graph, recipe.outputLayer);
  if (graph.outputs.size() == 1) return openCvOutput(graph, graph.outputs[0].name);
  std::vector<onnx::Candidate> declared;
  for (const onnx::Value& output : graph.outputs) {
    declared.push_back({output.name, output.shape});
    if (!output.shape.empty()) declared.back().shape[0] = 1;
  }
  try {
    return openCvOutput(graph, onnx::chooseOutput(graph, declared, file).name);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

std::unique_ptr<BlobModel> openOnnx(const std::string& file, const std::string& bytes, onnx::Graph graph,
                                    const Recipe& recipe, Device device) {
  if (!graph.problem.empty()) fail("{}: {}", file, graph.problem);
  checkInput(file, graph, recipe);
  std::vector<std::string> notes;
  if (auto hint = onnx::preparationHint(graph, recipe); !hint.empty()) notes.push_back(file + ": " + hint);
  OpenCvOutput output = declaredOutput(file, graph, recipe);
  Tried torch = tried(file, [&] {
    auto opened = openOnnxInTorch(file, std::move(graph), recipe, device);
    output = std::move(opened.output);
    if (!opened.note.empty()) notes.push_back(opened.note);
    return std::move(opened.model);
  });
  if (torch.model && device == Device::Cuda)
    return std::make_unique<NotedModel>(std::move(torch.model), notes);
  Tried opencv = tried(file, [&] { return openOnnxInOpenCv(file, bytes, output, recipe); });
  if (!torch.model && !opencv.model) throw Error(torch.problem);
  std::unique_ptr<BlobModel> model;
  if (torch.model && opencv.model) {
    model = std::make_unique<PairedModel>(file, std::move(torch.model), std::move(opencv.model));
  } else {
    if (!torch.model) notes.push_back(fmt::format("{}; OpenCV runs the model on the CPU", torch.problem));
    model = torch.model ? std::move(torch.model) : std::move(opencv.model);
  }
  return std::make_unique<NotedModel>(std::move(model), std::move(notes));
}

}  // namespace discern::features
