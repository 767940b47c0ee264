#include "core/features/internal/opencv_model.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/features/internal/blob_model.h"

namespace discern::features {
namespace {
namespace logging = cv::utils::logging;
constexpr std::size_t kMostWeightBytes = std::size_t{2} << 30;  // of all copies together

// OpenCV writes to the terminal what it then throws as well.
class QuietOpenCv {
 public:
  QuietOpenCv() : before_(logging::setLogLevel(logging::LOG_LEVEL_SILENT)) {}
  ~QuietOpenCv() { logging::setLogLevel(before_); }
  QuietOpenCv(const QuietOpenCv&) = delete;
  QuietOpenCv& operator=(const QuietOpenCv&) = delete;

 private:
  logging::LogLevel before_;
};

// "OpenCV(4.6.0) ./modules/.../x.cpp:17: error: (-215:Assertion
// failed) a == b in function 'f'" -> the middle.
std::string reason(const cv::Exception& e) {
  std::string text = e.err.empty() ? e.what() : e.err;
  std::ranges::replace(text, '\n', ' ');
  return text.substr(0, 160);
}

// Vectors that a matrix is multiplied with: the product of all dimensions but the last.
double rows(const cv::dnn::MatShape& shape) {
  double product = 1;
  for (std::size_t d = 0; d + 1 < shape.size(); ++d) product *= shape[d];
  return product;
}

// Places a filter is applied at: the product of the dimensions after batch and channels.
double positions(const cv::dnn::MatShape& shape) {
  double product = 1;
  for (std::size_t d = 2; d < shape.size(); ++d) product *= shape[d];
  return product;
}

class OpenCvModel final : public BlobModel {
 public:
  OpenCvModel(std::string file, const std::string& bytes, const OpenCvOutput& output, const Recipe& recipe)
      : BlobModel(recipe), file_(std::move(file)), bytes_(bytes.begin(), bytes.end()) {
    const auto copies = kMostWeightBytes / std::max<std::size_t>(1, bytes_.size());
    mostNets_ = static_cast<int>(std::clamp<std::size_t>(copies, 1, 1024));
    cv::setNumThreads(1);
    idle_.push_back(load());
    made_ = 1;
    chooseOutput(idle_[0], output);
    const std::vector<float> grey(static_cast<std::size_t>(pixels()));
    dims_ = vectorLength(file_, run(idle_[0], grey.data()).second,
                         "choose another with output_layer of the recipe");
    macs_ = countMacs(idle_[0]);
    parameters_ = countParameters(idle_[0]);
  }

  int dims() const override { return dims_; }
  double macs() const override { return macs_; }
  double parameters() const override { return parameters_; }
  // Each network of its own holds the weights again, and all that its layers give.
  RunMemory memory(std::int64_t faces) override {
    cv::dnn::Net net = borrow();
    std::size_t weights = 0, given = 0;
    net.getMemoryConsumption(inputShape(), weights, given);
    giveBack(net);
    const auto nets = static_cast<double>(std::min<std::int64_t>({faces, mostNets_, threadCount()}));
    return {nets * static_cast<double>(weights), nets * static_cast<double>(given)};
  }

 protected:
  data::Matrix forward(const std::vector<float>& blob, std::int64_t n) override {
    data::Matrix features(n, dims_);
    // One image at a time: many exported models are fixed to
    // a batch of one, and on the CPU batches gain nothing.
    parallelFor(n, 1, [&](std::int64_t i, std::int64_t) {
      cv::dnn::Net net = borrow();
      try {
        const std::vector<float> vector = run(net, blob.data() + i * pixels()).first;
        if (static_cast<int>(vector.size()) != dims_)
          fail("{}: the model gave {} numbers for one image and {} for another; it is no base model", file_,
               dims_, vector.size());
        std::ranges::copy(vector, features.row(i).begin());
      } catch (...) {
        giveBack(net);
        throw;
      }
      giveBack(net);
    });
    return features;
  }

 private:
  cv::dnn::Net load() const {
    const QuietOpenCv quiet;
    try {
      return cv::dnn::readNetFromONNX(bytes_);
    } catch (const cv::Exception& e) {
      fail("{}: OpenCV cannot read this ONNX model ({}); export it with fixed shapes and a lower opset",
           file_, reason(e));
    }
  }

  void chooseOutput(cv::dnn::Net& net, const OpenCvOutput& wanted) {
    const std::vector<cv::String> layers = net.getLayerNames(), outputs = net.getUnconnectedOutLayersNames();
    for (const std::string& name : wanted.names) {
      if (std::ranges::find(layers, name) == layers.end()) continue;
      output_ = name;
      return;
    }
    if (!wanted.isLast || outputs.size() != 1)
      fail("{}: OpenCV does not give the output '{}' apart; name another with output_layer of the recipe",
           file_, wanted.tensor);
    output_ = outputs[0];
  }

  cv::dnn::MatShape inputShape() const {
    const auto shape = recipe().shape().tensor(1);
    return {shape.begin(), shape.end()};
  }

  // One image through one network: the values and the shape.
  std::pair<std::vector<float>, std::vector<std::int64_t>> run(cv::dnn::Net& net, const float* image) const {
    const auto sizes = inputShape();
    const cv::Mat input(sizes, CV_32F, const_cast<float*>(image));
    try {
      net.setInput(input);
      const cv::Mat out = net.forward(output_);
      if (out.type() != CV_32F) fail("{}: the output is not float32; export the model in float32", file_);
      const cv::Mat flat = out.isContinuous() ? out : out.clone();
      const float* values = flat.ptr<float>();
      return {{values, values + flat.total()}, {flat.size.p, flat.size.p + flat.dims}};
    } catch (const cv::Exception& e) {
      fail("{}: the model cannot take {} ({}); check the recipe's size", file_, toString(recipe().shape()),
           reason(e));
    }
  }

  // Multiply-accumulates from the weights' shapes: OpenCV's
  // own count forgets that convolutions can be grouped.
  double countMacs(cv::dnn::Net& net) const {
    std::vector<int> ids;
    std::vector<std::vector<cv::dnn::MatShape>> in, out;
    net.getLayersShapes(inputShape(), ids, in, out);
    double macs = 0;
    for (std::size_t k = 0; k < ids.size(); ++k) {
      const cv::Ptr<cv::dnn::Layer> layer = net.getLayer(ids[k]);
      if (layer->blobs.empty() || out[k].empty()) continue;
      const auto weights = static_cast<double>(layer->blobs[0].total());
      if (layer->type == "Convolution")
        macs += weights * positions(out[k][0]);
      else if (layer->type == "Deconvolution")
        macs += weights * positions(in[k][0]);
      else if (layer->type == "InnerProduct" || layer->type == "Gemm" || layer->type == "MatMul")
        macs += weights * rows(out[k][0]);  // the first name is OpenCV 4.6's for all three
    }
    return macs;
  }

  // All that the layers hold but the running mean and variance, a batch norm's first two.
  static double countParameters(cv::dnn::Net& net) {
    double parameters = 0;
    for (const auto& name : net.getLayerNames()) {
      const cv::Ptr<cv::dnn::Layer> layer = net.getLayer(net.getLayerId(name));
      for (std::size_t b = layer->type == "BatchNorm" ? 2 : 0; b < layer->blobs.size(); ++b)
        parameters += static_cast<double>(layer->blobs[b].total());
    }
    return parameters;
  }

  cv::dnn::Net borrow() {
    std::unique_lock lock(mutex_);
    if (idle_.empty() && made_ < mostNets_) {
      ++made_;
      lock.unlock();
      return load();
    }
    returned_.wait(lock, [&] { return !idle_.empty(); });
    cv::dnn::Net net = idle_.back();
    idle_.pop_back();
    return net;
  }

  void giveBack(const cv::dnn::Net& net) {
    {
      const std::lock_guard lock(mutex_);
      idle_.push_back(net);
    }
    returned_.notify_one();
  }

  std::string file_;
  std::vector<unsigned char> bytes_;
  std::string output_;
  int dims_ = 0, mostNets_ = 1, made_ = 0;
  double macs_ = 0, parameters_ = 0;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<cv::dnn::Net> idle_;
};
}  // namespace

OpenCvOutput openCvOutput(const onnx::Graph& graph, const std::string& wanted) {
  OpenCvOutput output{wanted, {wanted, "onnx_node!" + wanted}, false};
  for (const onnx::Node& node : graph.nodes) {
    if (node.outputs.empty() || (node.outputs[0] != wanted && node.name != wanted)) continue;
    output.tensor = node.outputs[0];
    output.names = {node.outputs[0], "onnx_node!" + node.name, "onnx_node_output_0!" + node.outputs[0]};
  }
  output.isLast = graph.outputs.size() == 1 && graph.outputs[0].name == output.tensor;
  return output;
}

std::unique_ptr<BlobModel> openOnnxInOpenCv(const std::string& file, const std::string& bytes,
                                            const OpenCvOutput& output, const Recipe& recipe) {
  return std::make_unique<OpenCvModel>(file, bytes, output, recipe);
}

}  // namespace discern::features
