#include "core/networks/mobilefacenet.h"

#include <algorithm>
#include <cmath>

#include "core/networks/prelu.h"

namespace discern::networks {
namespace {

namespace nn = torch::nn;

struct Convolution {
  int in, out;
  int kernel = 1, stride = 1, padding = 0, groups = 1;
  bool activation = true;
  int across = 0;  // of a kernel that is not square
};

void append(nn::Sequential& sequence, const Convolution& c) {
  sequence->push_back(
      nn::Conv2d(nn::Conv2dOptions(c.in, c.out, {c.kernel, c.across > 0 ? c.across : c.kernel})
                     .stride(c.stride)
                     .padding(c.padding)
                     .groups(c.groups)
                     .bias(false)));
  sequence->push_back(nn::BatchNorm2d(c.out));
  if (c.activation) sequence->push_back(PRelu(c.out));
}

// Expand 1x1, depthwise 3x3, project 1x1 without activation; a shortcut where the shape stays.
struct Bottleneck : nn::Module {
  Bottleneck(int in, int out, int expansion, int stride) : shortcut(stride == 1 && in == out) {
    const int middle = in * expansion;
    append(layers, {.in = in, .out = middle});
    append(layers,
           {.in = middle, .out = middle, .kernel = 3, .stride = stride, .padding = 1, .groups = middle});
    append(layers, {.in = middle, .out = out, .activation = false});
    register_module("layers", layers);
  }

  torch::Tensor forward(const torch::Tensor& input) {
    const auto x = layers->forward(input);
    return shortcut ? x + input : x;
  }

  bool shortcut;
  nn::Sequential layers;
};

}  // namespace

int scaledChannels(int channels, double width) {
  return std::max(8, 8 * static_cast<int>(std::lround(channels * width / 8)));
}

MobileFaceNet::MobileFaceNet(const data::Shape& shape, double width, int dims) {
  const int c64 = scaledChannels(64, width), c128 = scaledChannels(128, width),
            c512 = scaledChannels(512, width);
  nn::Sequential layers;
  append(layers, {.in = 3, .out = c64, .kernel = 3, .stride = 2, .padding = 1});
  append(layers, {.in = c64, .out = c64, .kernel = 3, .padding = 1, .groups = c64});
  struct Row {
    int expansion, channels, repeats, stride;
  };
  int in = c64;
  for (const Row& row :
       {Row{2, c64, 5, 2}, Row{4, c128, 1, 2}, Row{2, c128, 6, 1}, Row{4, c128, 1, 2}, Row{2, c128, 2, 1}}) {
    for (int i = 0; i < row.repeats; ++i) {
      layers->push_back(Bottleneck(in, row.channels, row.expansion, i == 0 ? row.stride : 1));
      in = row.channels;
    }
  }
  append(layers, {.in = in, .out = c512});
  append(layers, {.in = c512,
                  .out = c512,
                  .kernel = (shape.height + 15) / 16,
                  .groups = c512,
                  .activation = false,
                  .across = (shape.width + 15) / 16});
  layers->push_back(nn::Flatten());
  layers->push_back(nn::Linear(nn::LinearOptions(c512, dims).bias(false)));
  layers->push_back(nn::BatchNorm1d(dims));
  layers_ = register_module("layers", layers);
}

torch::Tensor MobileFaceNet::forward(const torch::Tensor& input) { return layers_->forward(input); }

std::shared_ptr<Network> makeMobileFaceNet(const NetworkOptions& o) {
  return std::make_shared<MobileFaceNet>(o.shape(), o.width, o.dims);
}

}  // namespace discern::networks
