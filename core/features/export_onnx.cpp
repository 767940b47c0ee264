#include "core/features/export_onnx.h"

#include <algorithm>
#include <cmath>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/features/internal/blob_model.h"
#include "core/features/internal/trace_network.h"
#include "core/features/onnx/network.h"
#include "core/networks/checkpoint.h"
#include "core/networks/student.h"
#include "core/onnx/read_graph.h"
#include "core/onnx/write_graph.h"

namespace discern::features {
namespace {
namespace fs = std::filesystem;

constexpr const char* kKind = "discern.kind";
constexpr const char* kRecipe = "discern.recipe";
constexpr const char* kOutput = "discern.output";

double apart(const at::Tensor& theirs, const at::Tensor& ours) {
  if (theirs.sizes() != ours.sizes() || !theirs.isfinite().all().item<bool>()) return HUGE_VAL;
  const auto largest = std::get<0>(ours.abs().max(1, true)).clamp_min(1);
  return ((theirs - ours).abs() / largest).max().item<double>();
}

at::Tensor byReader(const std::string& bytes, const fs::path& file, const at::Tensor& input) {
  auto graph = onnx::readGraph(bytes);
  if (!graph) fail("{}: what was written cannot be read again", file.string());
  const auto outputs = onnx::Network::outputNames(*graph);
  const onnx::Network network(std::move(*graph), file, outputs, at::kCPU);
  const c10::InferenceMode inference;
  return network.run({input}).at(0).reshape({input.size(0), -1}).clone();
}

at::Tensor byOpenCv(const std::string& bytes, const fs::path& file, const at::Tensor& input) {
  try {
    auto net = cv::dnn::readNetFromONNX(std::vector<unsigned char>(bytes.begin(), bytes.end()));
    std::vector<at::Tensor> rows;
    std::vector<int> sizes = {1};
    for (std::int64_t d = 1; d < input.dim(); ++d) sizes.push_back(static_cast<int>(input.size(d)));
    for (std::int64_t i = 0; i < input.size(0); ++i) {
      const auto one = input[i].contiguous();
      net.setInput(cv::Mat(sizes, CV_32F, one.data_ptr<float>()));
      const cv::Mat out = net.forward().clone();
      rows.push_back(
          at::from_blob(const_cast<float*>(out.ptr<float>()), {1, static_cast<long>(out.total())}, at::kFloat)
              .clone());
    }
    return at::cat(rows);
  } catch (const cv::Exception& e) {
    fail("{}: OpenCV cannot run what was written ({}), so no file is kept", file.string(), e.err);
  }
}

// Both readers' word, then the file.
OnnxExport compareAndKeep(onnx::Graph graph, ExportedModel model, const at::Tensor& input,
                          const at::Tensor& ours, const fs::path& file) {
  graph.metadata = {{kKind, model.kind}, {kOutput, model.meaning}};
  if (model.recipe) graph.metadata[kRecipe] = toJson(*model.recipe);
  const std::string bytes = onnx::writeGraph(graph);
  OnnxExport result;
  result.model = std::move(model);
  result.bytes = std::ssize(bytes);
  result.dims = ours.size(1);
  result.compared = static_cast<int>(input.size(0));
  result.ofReader = apart(byReader(bytes, file, input), ours);
  result.ofOpenCv = apart(byOpenCv(bytes, file, input), ours);
  for (const auto& [who, difference] :
       {std::pair{"Discern's reader", result.ofReader}, {"OpenCV", result.ofOpenCv}})
    if (!(difference <= kExportAgreement))
      fail("{}: {} runs what was written {:.2g} apart from the network, more than {:g}, so no file is kept",
           file.string(), who, difference, kExportAgreement);
  writeFileAtomically(file, bytes);
  return result;
}

std::string meaningOf(const networks::LoadedNetwork& loaded, std::int64_t dims) {
  if (loaded.kind == "ddnet")
    return "N x 1: the D-score that the image is told to have, in (0, 1), larger is better";
  return fmt::format("N x {}: the feature of the face, not normalised; compare two by their cosine", dims);
}

}  // namespace

std::optional<ExportedModel> readExported(const std::string& file) {
  if (fs::is_directory(file) || networks::isCheckpoint(file) || readStart(file, 2) == "PK")
    return std::nullopt;
  const auto graph = onnx::readGraph(readFile(file));
  if (!graph || !graph->metadata.contains(kKind)) return std::nullopt;
  const auto text = [&](const char* key) {
    const auto found = graph->metadata.find(key);
    return found == graph->metadata.end() ? std::string() : found->second;
  };
  ExportedModel model{text(kKind), text(kOutput), std::nullopt};
  if (const auto recipe = text(kRecipe); !recipe.empty()) {
    try {
      model.recipe = recipeFromJson(recipe);
    } catch (const Error& e) {
      fail("{}: says how it is fed, but {}; export it again", file, e.what());
    }
  }
  return model;
}

OnnxExport exportNetwork(const fs::path& checkpoint, const std::string& layer,
                         const std::vector<cv::Mat>& faces, const fs::path& file) {
  if (faces.empty()) fail("no face to compare the exported file by; import some images first");
  auto loaded = networks::loadCheckpoint(checkpoint);
  if (loaded.shape.frames > 1)
    fail(
        "{}: is a network of clips, which are not exported: OpenCV, by which every file is checked, has no "
        "average over frames",
        checkpoint.string());
  for (auto& parameter : loaded.network->parameters()) parameter.set_requires_grad(false);
  auto* student = dynamic_cast<networks::Student*>(loaded.network.get());
  if (!layer.empty() && (student == nullptr || (layer != "identity" && layer != "mimic")))
    fail("{}: has no layer '{}' to choose; a student has identity and mimic, other networks one output",
         checkpoint.string(), layer);
  const auto forward = [&](const at::Tensor& x) {
    return layer == "mimic" ? student->mimic(x) : loaded.network->forward(x);
  };
  Recipe recipe = findRecipe(loaded.recipe);
  recipe.size = loaded.shape.width;
  recipe.height = loaded.shape.height == loaded.shape.width ? 0 : loaded.shape.height;
  recipe.frames = loaded.shape.frames;
  std::vector<cv::Mat> fitting;
  for (const auto& face : faces) {
    cv::Mat fit;
    cv::resize(face, fit, {loaded.shape.width, loaded.shape.rows()}, 0, 0, cv::INTER_AREA);
    fitting.push_back(fit);
  }
  auto blob = makeBlob(recipe, fitting, false);
  const auto n = std::ssize(fitting);
  const auto input = at::from_blob(blob.data(), loaded.shape.tensor(n), at::kFloat);
  at::Tensor ours;
  {
    const at::NoGradGuard noGradients;
    ours = forward(input).reshape({n, -1}).clone();
  }
  auto graph = traceNetwork(forward, input.narrow(0, 0, std::min<std::int64_t>(2, n)));
  return compareAndKeep(std::move(graph), {loaded.kind, meaningOf(loaded, ours.size(1)), recipe}, input, ours,
                        file);
}

OnnxExport exportHead(const LinearHead& head, data::MatrixView samples, const std::vector<float>& scores,
                      const fs::path& file) {
  const auto dims = std::ssize(head.weight);
  const auto row = at::tensor(at::ArrayRef<double>(head.weight), at::kDouble);
  onnx::Graph graph;
  graph.opset = 13;
  graph.inputs = {{"input", onnx::kFloat, {-1, dims}}};
  graph.outputs = {{"output", onnx::kFloat, {-1, 1}}};
  graph.initialisers = {onnxTensor("weight", row.reshape({1, dims})),
                        onnxTensor("bias", at::full({1}, head.bias)), onnxTensor("ones", at::ones({1, dims})),
                        onnxTensor("norm_weight", at::full({1, 1}, head.normWeight))};
  const onnx::Attribute transposed = integerAttribute(1);
  graph.nodes = {{"linear", "Gemm", "", {"input", "weight", "bias"}, {"linear"}, {{"transB", transposed}}},
                 {"squares", "Mul", "", {"input", "input"}, {"squares"}, {}},
                 {"sum", "Gemm", "", {"squares", "ones"}, {"sum"}, {{"transB", transposed}}},
                 {"norm", "Sqrt", "", {"sum"}, {"norm"}, {}},
                 {"weighed", "Gemm", "", {"norm", "norm_weight"}, {"weighed"}, {}},
                 {"logit", "Add", "", {"linear", "weighed"}, {"logit"}, {}},
                 {"score", "Sigmoid", "", {"logit"}, {"output"}, {}}};
  std::vector<float> values(samples.values, samples.values + samples.rows * samples.cols);
  const auto input = at::from_blob(values.data(), {samples.rows, samples.cols}, at::kFloat);
  const auto ours = at::tensor(at::ArrayRef<float>(scores)).reshape({samples.rows, 1});
  return compareAndKeep(
      std::move(graph),
      {"head", "N x 1: the D-score told from the feature as its model gives it, in (0, 1), larger is better",
       std::nullopt},
      input, ours, file);
}

}  // namespace discern::features
