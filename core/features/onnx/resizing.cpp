// Resize and Upsample: each dimension by itself, as a sum of a few of its elements with weights.
#include <algorithm>
#include <cmath>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

struct Form {
  std::string mode = "nearest", coordinates = "half_pixel", nearest = "round_prefer_floor";
  double cubic = -0.75, outside = 0;
  bool excludeOutside = false, antialias = false;
};

struct Dimension {
  std::int64_t from = 0, to = 0;
  double scale = 1, roiStart = 0, roiEnd = 1;
};

double sourceOf(const Form& form, const Dimension& d, double x) {
  const auto from = static_cast<double>(d.from), to = static_cast<double>(d.to);
  const double halfPixel = (x + 0.5) / d.scale - 0.5;
  const std::string& way = form.coordinates;
  if (way == "half_pixel") return halfPixel;
  if (way == "pytorch_half_pixel") return d.to > 1 ? halfPixel : 0;
  if (way == "align_corners") return d.to > 1 ? x * (from - 1) / (to - 1) : 0;
  if (way == "asymmetric") return x / d.scale;
  if (way == "tf_half_pixel_for_nn") return (x + 0.5) / d.scale;
  if (way == "half_pixel_symmetric") return from / 2 * (1 - to / (d.scale * from)) + halfPixel;
  if (way == "tf_crop_and_resize")
    return d.to > 1 ? d.roiStart * (from - 1) + x * (d.roiEnd - d.roiStart) * (from - 1) / (to - 1)
                    : 0.5 * (d.roiStart + d.roiEnd) * (from - 1);
  unsupported("resizes by '{}', which is not known", way.substr(0, 40));
}

double rounded(const std::string& way, double x) {
  if (way == "round_prefer_floor") return std::ceil(x - 0.5);
  if (way == "round_prefer_ceil") return std::floor(x + 0.5);
  if (way == "floor") return std::floor(x);
  if (way == "ceil") return std::ceil(x);
  unsupported("rounds by '{}', which is not known", way.substr(0, 40));
}

// Of an element that is `x` away.
double weightOf(const Form& form, double x) {
  x = std::abs(x);
  if (form.mode == "linear") return std::max(0.0, 1 - x);
  const double a = form.cubic;
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

// Element [tap][output]: which source, and its weight.
struct Taps {
  std::vector<std::vector<std::int64_t>> source;
  std::vector<std::vector<float>> weight;
  std::vector<bool> outside;  // by output: lies outside of the picture
};

Taps tapsOf(const Form& form, const Dimension& d) {
  const double shrink = form.antialias ? std::min(1.0, d.scale) : 1;
  const double support = form.mode == "nearest" ? 0 : form.mode == "linear" ? 1 : 2;
  const auto first =
      form.mode == "nearest" ? 0 : static_cast<std::int64_t>(std::floor(-support / shrink)) + 1;
  const std::int64_t count = form.mode == "nearest" ? 1 : 2 - 2 * first;
  if (support / shrink > 1e4) fail("shrinks a picture by {}", 1 / shrink);
  checkSize({count, d.to});
  Taps taps;
  taps.source.assign(static_cast<std::size_t>(count),
                     std::vector<std::int64_t>(static_cast<std::size_t>(d.to)));
  taps.weight.assign(static_cast<std::size_t>(count), std::vector<float>(static_cast<std::size_t>(d.to), 1));
  taps.outside.assign(static_cast<std::size_t>(d.to), false);
  for (std::int64_t o = 0; o < d.to; ++o) {
    const double x = sourceOf(form, d, static_cast<double>(o));
    if (!(std::abs(x) < 1e12)) fail("resizes to a place outside of any picture");
    taps.outside[o] =
        form.coordinates == "tf_crop_and_resize" && (x < 0 || x > static_cast<double>(d.from - 1));
    const double base = form.mode == "nearest" ? rounded(form.nearest, x) : std::floor(x);
    std::vector<double> weights(static_cast<std::size_t>(count), 1);
    double sum = 0;
    for (std::int64_t t = 0; t < count; ++t) {
      const auto at = static_cast<std::int64_t>(base) + first + t;
      if (form.mode != "nearest") {
        weights[t] = weightOf(form, shrink * (static_cast<double>(at) - x));
        if (form.excludeOutside && (at < 0 || at >= d.from)) weights[t] = 0;
      }
      sum += weights[t];
      taps.source[t][o] = std::clamp<std::int64_t>(at, 0, d.from - 1);
    }
    for (std::int64_t t = 0; t < count; ++t) taps.weight[t][o] = static_cast<float>(weights[t] / sum);
  }
  return taps;
}

at::Tensor resized(const at::Tensor& x, std::int64_t axis, const Form& form, const Dimension& d) {
  if (d.from == 0) fail("resizes a tensor without elements");
  const Taps taps = tapsOf(form, d);
  std::vector<std::int64_t> along(static_cast<std::size_t>(x.dim()), 1);
  along[axis] = d.to;
  at::Tensor sum;
  for (std::size_t t = 0; t < taps.source.size(); ++t) {
    at::Tensor part = x.index_select(axis, at::tensor(taps.source[t]).to(x.device()));
    if (taps.source.size() > 1) part = part * at::tensor(taps.weight[t]).to(x.options()).reshape(along);
    sum = sum.defined() ? sum + part : part;
  }
  if (std::ranges::find(taps.outside, true) == taps.outside.end()) return sum;
  const std::vector<int> flags(taps.outside.begin(), taps.outside.end());
  const at::Tensor mask = at::tensor(flags).to(at::kBool).reshape(along).to(x.device());
  return sum.masked_fill(mask, form.outside);
}

// Every element of scales is positive, every size, too: checked here.
std::vector<Dimension> byScales(const at::Tensor& x, const std::vector<std::int64_t>& axes,
                                const std::vector<double>& scales) {
  if (scales.size() != axes.size()) fail("has {} scales for {} dimensions", scales.size(), axes.size());
  std::vector<Dimension> dims;
  for (std::size_t k = 0; k < axes.size(); ++k) {
    Dimension d;
    d.from = x.size(axes[k]);
    d.scale = scales[k];
    const double to = std::floor(static_cast<double>(d.from) * d.scale);
    if (!(d.scale > 0) || !(to < 1e9)) fail("resizes {} by {}", d.from, d.scale);
    d.to = static_cast<std::int64_t>(to);
    dims.push_back(d);
  }
  return dims;
}

std::vector<Dimension> bySizes(const at::Tensor& x, const std::vector<std::int64_t>& axes,
                               const std::vector<std::int64_t>& sizes, const std::string& policy) {
  if (sizes.size() != axes.size()) fail("has {} sizes for {} dimensions", sizes.size(), axes.size());
  std::vector<Dimension> dims;
  double least = 1e300, most = 0;
  for (std::size_t k = 0; k < axes.size(); ++k) {
    Dimension d;
    d.from = x.size(axes[k]);
    d.to = sizes[k];
    if (d.to < 0 || d.to > 1'000'000'000 || d.from < 1) fail("resizes {} to {}", d.from, d.to);
    d.scale = static_cast<double>(d.to) / static_cast<double>(d.from);
    least = std::min(least, d.scale);
    most = std::max(most, d.scale);
    dims.push_back(d);
  }
  if (policy == "stretch") return dims;
  if (policy != "not_larger" && policy != "not_smaller")
    unsupported("keeps the aspect ratio by '{}', which is not known", policy.substr(0, 40));
  for (Dimension& d : dims) {
    d.scale = policy == "not_larger" ? least : most;
    d.to = static_cast<std::int64_t>(std::floor(d.scale * static_cast<double>(d.from) + 0.5));
  }
  return dims;
}

at::Tensor along(at::Tensor x, const std::vector<std::int64_t>& axes, const std::vector<Dimension>& dims,
                 const Form& form) {
  std::vector<std::int64_t> sizes = x.sizes().vec();
  for (std::size_t k = 0; k < axes.size(); ++k) sizes[axes[k]] = dims[k].to;
  checkSize(sizes);
  for (std::size_t k = 0; k < axes.size(); ++k) {
    const bool still =
        dims[k].from == dims[k].to && dims[k].scale == 1 && form.coordinates != "tf_crop_and_resize";
    if (!still) x = resized(x, axes[k], form, dims[k]);
  }
  return x;
}

Form formOf(const Call& call) {
  Form form;
  form.mode = call.text("mode", "nearest");
  if (form.mode == "bilinear" || form.mode == "trilinear") form.mode = "linear";  // an early name
  if (form.mode != "nearest" && form.mode != "linear" && form.mode != "cubic")
    unsupported("resizes by '{}', which is not known", form.mode.substr(0, 40));
  const bool early = call.node().op == "Upsample" || call.opset() < 11;
  form.coordinates = call.text("coordinate_transformation_mode", early ? "asymmetric" : "half_pixel");
  form.nearest = call.text("nearest_mode", early ? "floor" : "round_prefer_floor");
  form.cubic = call.number("cubic_coeff_a", -0.75);
  form.outside = call.number("extrapolation_value", 0);
  form.excludeOutside = call.integer("exclude_outside", 0) != 0;
  form.antialias = call.integer("antialias", 0) != 0;
  return form;
}

Values resize(Call& call) {
  const at::Tensor& x = call.at(0);
  if (!at::isFloatingType(x.scalar_type())) unsupported("resizes whole numbers, which is not implemented");
  const Form form = formOf(call);
  std::vector<std::int64_t> axes = call.integers("axes");
  for (std::int64_t& axis : axes) axis = wrapAxis(axis, x.dim());
  if (axes.empty())
    for (std::int64_t d = 0; d < x.dim(); ++d) axes.push_back(d);
  if (call.opset() < 11) return {along(x, axes, byScales(x, axes, call.numbersAt(1)), form)};
  const bool scaled = call.has(2) && call.at(2).numel() > 0;
  auto dims = scaled ? byScales(x, axes, call.numbersAt(2))
                     : bySizes(x, axes, call.integersAt(3), call.text("keep_aspect_ratio_policy", "stretch"));
  if (form.coordinates == "tf_crop_and_resize") {
    const auto roi = call.numbersAt(1);
    if (roi.size() != 2 * axes.size())
      fail("has a region of {} numbers for {} dimensions", roi.size(), axes.size());
    for (std::size_t k = 0; k < axes.size(); ++k) {
      dims[k].roiStart = roi[k];
      dims[k].roiEnd = roi[k + axes.size()];
    }
  }
  return {along(x, axes, dims, form)};
}

Values upsample(Call& call) {
  const at::Tensor& x = call.at(0);
  std::vector<std::int64_t> axes;
  for (std::int64_t d = 0; d < x.dim(); ++d) axes.push_back(d);
  const auto given = call.numbers("scales");
  const auto scales = given.empty() ? call.numbersAt(1) : std::vector<double>(given.begin(), given.end());
  return {along(x, axes, byScales(x, axes, scales), formOf(call))};
}

}  // namespace

const std::vector<Entry>& resizing() {
  static const std::vector<Entry> entries = {{"Resize", resize}, {"Upsample", upsample}};
  return entries;
}

}  // namespace discern::features::onnx
