// Places rather than values: largest ones, boxes that do not overlap.
#include <algorithm>
#include <numeric>

#include "core/features/onnx/operators.h"

namespace discern::features::onnx {
namespace {

// The first of equal ones, or the last.
template <bool largest>
Values place(Call& call) {
  at::Tensor x = call.at(0);
  const std::int64_t axis = wrapAxis(call.integer("axis", 0), x.dim());
  const bool keep = call.integer("keepdims", 1) != 0, last = call.integer("select_last_index", 0) != 0;
  if (x.size(axis) == 0) fail("looks for an extreme among none");
  if (last) x = x.flip(axis);
  const at::Tensor found = largest ? at::argmax(x, axis, keep) : at::argmin(x, axis, keep);
  return {last ? x.size(axis) - 1 - found : found};
}

// Equal ones in their own order. The number is an attribute in operator set 1, an input from 10 on.
Values topK(Call& call) {
  const at::Tensor& x = call.at(0);
  const std::int64_t axis = wrapAxis(call.integer("axis", -1), x.dim());
  const auto k =
      call.hasAttribute("k") ? std::vector<std::int64_t>{call.integer("k", 0)} : call.integersAt(1);
  if (k.size() != 1 || k[0] < 0 || k[0] > x.size(axis))
    fail("takes more than the {} elements that there are", x.size(axis));
  const auto [values, indices] = at::sort(x, true, axis, call.integer("largest", 1) != 0);
  return {values.narrow(axis, 0, k[0]), indices.narrow(axis, 0, k[0])};
}

Values nonZero(Call& call) { return {at::nonzero(call.at(0)).t()}; }

struct Box {
  float top, left, bottom, right;
  float area() const { return (bottom - top) * (right - left); }
};

Box boxOf(const float* v, bool centred) {
  if (centred) return {v[1] - v[3] / 2, v[0] - v[2] / 2, v[1] + v[3] / 2, v[0] + v[2] / 2};
  return {std::min(v[0], v[2]), std::min(v[1], v[3]), std::max(v[0], v[2]), std::max(v[1], v[3])};
}

float overlap(const Box& a, const Box& b) {
  const float height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  const float width = std::min(a.right, b.right) - std::max(a.left, b.left);
  if (height <= 0 || width <= 0) return 0;
  return height * width / (a.area() + b.area() - height * width);
}

// Best first, those that overlap a better one left out: rows of batch, class, box.
Values nonMaxSuppression(Call& call) {
  const at::Tensor boxes = call.at(0).to(at::kCPU, at::kFloat).contiguous();
  const at::Tensor scores = call.at(1).to(at::kCPU, at::kFloat).contiguous();
  if (boxes.dim() != 3 || scores.dim() != 3 || boxes.size(2) != 4 || scores.size(0) != boxes.size(0) ||
      scores.size(2) != boxes.size(1))
    fail("is given boxes and scores that do not belong together");
  const std::int64_t most = call.has(2) ? call.at(2).item<std::int64_t>() : 0;
  const double least = call.has(4) ? call.at(4).item<double>() : -1e300;
  const double overlapping = call.has(3) ? call.at(3).item<double>() : 0;
  const bool centred = call.integer("center_point_box", 0) != 0;
  std::vector<std::int64_t> chosen;
  for (std::int64_t n = 0; n < scores.size(0); ++n)
    for (std::int64_t c = 0; c < scores.size(1); ++c) {
      const float* score = scores.data_ptr<float>() + (n * scores.size(1) + c) * scores.size(2);
      const float* box = boxes.data_ptr<float>() + n * boxes.size(1) * 4;
      std::vector<std::int64_t> order(static_cast<std::size_t>(scores.size(2)));
      std::iota(order.begin(), order.end(), 0);
      std::erase_if(order, [&](std::int64_t i) { return !(score[i] > least); });
      std::ranges::stable_sort(order, [&](std::int64_t a, std::int64_t b) { return score[a] > score[b]; });
      std::vector<Box> kept;
      for (const std::int64_t i : order) {
        if (static_cast<std::int64_t>(kept.size()) >= most) break;
        const Box one = boxOf(box + 4 * i, centred);
        if (std::ranges::any_of(kept, [&](const Box& other) { return overlap(one, other) > overlapping; }))
          continue;
        kept.push_back(one);
        chosen.insert(chosen.end(), {n, c, i});
      }
    }
  return {at::tensor(chosen, at::TensorOptions().dtype(at::kLong)).reshape({-1, 3})};
}

}  // namespace

const std::vector<Entry>& selection() {
  static const std::vector<Entry> entries = {
      {"ArgMax", place<true>}, {"ArgMin", place<false>}, {"NonMaxSuppression", nonMaxSuppression},
      {"NonZero", nonZero},    {"TopK", topK},
  };
  return entries;
}

}  // namespace discern::features::onnx
