#include "core/detection/network.h"

#include <algorithm>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/onnx/read_graph.h"

namespace discern::detection {
namespace {
constexpr std::int64_t kMostBytes = std::int64_t{512} << 20;  // the largest that are published have 110 MB

std::string reason(const cv::Exception& e) {
  std::string text = e.err.empty() ? e.what() : e.err;
  std::ranges::replace(text, '\n', ' ');
  return text.substr(0, 160);
}

onnx::Graph graphOf(const std::string& file, const std::string& bytes) {
  auto graph = onnx::readGraph(bytes);
  if (!graph) fail("{}: is no ONNX file, or was cut off; a face detector in ONNX was expected", file);
  if (!graph->problem.empty()) fail("{}: {}", file, graph->problem);
  if (!onnx::externalFiles(*graph).empty())
    fail("{}: keeps its weights in another file; save the detector as one file", file);
  return std::move(*graph);
}

// One row an anchor, whatever stands before.
cv::Mat asRows(const cv::Mat& output) {
  const cv::Mat flat = output.isContinuous() ? output : output.clone();
  const int columns = flat.size.p[flat.dims - 1];
  return flat.reshape(1, static_cast<int>(flat.total() / static_cast<std::size_t>(columns)));
}

}  // namespace

Network::Network(const std::string& file, std::optional<Kind> meant) : file_(file) {
  if (const auto bytes = PlainFile(file).size(); bytes > kMostBytes)
    fail("{}: holds {} MB, more than the {} MB of a face detector", file, bytes >> 20, kMostBytes >> 20);
  const std::string bytes = readFile(file);
  const onnx::Graph graph = graphOf(file, bytes);
  recipe_ = recipeOf(file, graph, meant);
  if (const auto& shape = graph.inputs[0].shape; shape.size() == 4 && shape[1] > 0)
    channels_ = static_cast<int>(shape[1]);
  if (channels_ != 1 && channels_ != 3)
    fail("{}: takes {} channels; a colour image (3) or a grey one (1) was expected", file, channels_);
  for (const auto& output : graph.outputs) outputs_.push_back(output.name);
  // OpenCV writes to the terminal what it then throws as well.
  const auto before = cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  try {
    net_ = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
    cv::utils::logging::setLogLevel(before);
  } catch (const cv::Exception& e) {
    cv::utils::logging::setLogLevel(before);
    fail("{}: OpenCV cannot read this ONNX model ({}); export it with fixed shapes and a lower opset", file,
         reason(e));
  }
}

std::vector<cv::Mat> Network::run(const cv::Mat& picture) {
  cv::Mat pixels = picture;
  if (channels_ == 1)
    cv::cvtColor(picture, pixels, cv::COLOR_BGR2GRAY);
  else if (recipe_.rgb)
    cv::cvtColor(picture, pixels, cv::COLOR_BGR2RGB);
  const int size[] = {1, channels_, picture.rows, picture.cols};
  cv::Mat blob(4, size, CV_32F);
  for (int c = 0; c < channels_; ++c) {
    cv::Mat plane(picture.rows, picture.cols, CV_32F, blob.ptr<float>(0, c)), one;
    cv::extractChannel(pixels, one, c);
    const auto k = static_cast<std::size_t>(c);
    one.convertTo(plane, CV_32F);
    plane = (plane - recipe_.mean[k]) / recipe_.std[k];
  }
  try {
    net_.setInput(blob);
    std::vector<cv::Mat> outputs;
    net_.forward(outputs, outputs_);
    for (cv::Mat& output : outputs) {
      if (output.type() != CV_32F || output.empty())
        fail("{}: gives an output that is not float32; export the model in float32", file_);
      output = asRows(output).clone();  // its memory is the network's
    }
    return outputs;
  } catch (const cv::Exception& e) {
    fail("{}: the model cannot take an image of {} x {} pixels ({})", file_, picture.cols, picture.rows,
         reason(e));
  }
}

}  // namespace discern::detection
