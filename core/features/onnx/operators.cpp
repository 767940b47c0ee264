#include "core/features/onnx/operators.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace discern::features::onnx {
namespace {

constexpr std::int64_t kMostNumbers = std::int64_t{1} << 32;  // of one tensor: 16 GB
constexpr std::int64_t kMostListed = 1 << 20;                 // of a shape, of axes

const std::map<std::string_view, Operator>& table() {
  static const auto all = [] {
    std::map<std::string_view, Operator> merged;
    for (const auto* family :
         {&activations(), &arithmetic(), &convolutions(), &creation(), &indexing(), &normalisations(),
          &pooling(), &products(), &reductions(), &resizing(), &selection(), &shapes()})
      for (const Entry& entry : *family) merged.emplace(entry.name, entry.run);
    return merged;
  }();
  return all;
}

}  // namespace

Operator findOperator(const Node& node) {
  if (!node.domain.empty()) return nullptr;
  const auto found = table().find(node.op);
  return found == table().end() ? nullptr : found->second;
}

std::vector<std::string> operatorNames() {
  std::vector<std::string> names;
  for (const auto& [name, run] : table()) names.emplace_back(name);
  return names;
}

const at::Tensor& Call::at(std::size_t i) const {
  if (!has(i)) fail("has no input {}", i + 1);
  return in[i];
}

bool Call::isOurs(std::size_t i) const {
  return has(i) && in[i].use_count() == 1 && in[i].storage().use_count() == 1;
}

const Attribute* Call::find(std::string_view name) const {
  const auto found = node_.attributes.find(name);
  return found == node_.attributes.end() ? nullptr : &found->second;
}

std::int64_t Call::integer(std::string_view name, std::int64_t usual) const {
  const Attribute* found = find(name);
  return found == nullptr ? usual : found->integer;
}
double Call::number(std::string_view name, double usual) const {
  const Attribute* found = find(name);
  return found == nullptr ? usual : found->number;
}
std::string Call::text(std::string_view name, const std::string& usual) const {
  const Attribute* found = find(name);
  return found == nullptr ? usual : found->text;
}
std::vector<std::int64_t> Call::integers(std::string_view name, std::vector<std::int64_t> usual) const {
  const Attribute* found = find(name);
  return found == nullptr ? usual : found->integers;
}
std::vector<float> Call::numbers(std::string_view name) const {
  const Attribute* found = find(name);
  return found == nullptr ? std::vector<float>() : found->numbers;
}

std::vector<std::int64_t> Call::integersAt(std::size_t i) const {
  if (at(i).numel() > kMostListed) fail("has a list of {} numbers as input {}", at(i).numel(), i + 1);
  const auto list = at(i).to(at::kCPU, at::kLong).contiguous();
  const auto* values = list.data_ptr<std::int64_t>();
  return {values, values + list.numel()};
}
std::vector<double> Call::numbersAt(std::size_t i) const {
  if (at(i).numel() > kMostListed) fail("has a list of {} numbers as input {}", at(i).numel(), i + 1);
  const auto list = at(i).to(at::kCPU, at::kDouble).contiguous();
  const auto* values = list.data_ptr<double>();
  return {values, values + list.numel()};
}
std::vector<std::int64_t> Call::integersOf(std::string_view name, std::size_t i,
                                           std::vector<std::int64_t> usual) const {
  if (const Attribute* found = find(name)) return found->integers;
  return has(i) ? integersAt(i) : std::move(usual);
}

std::int64_t wrapAxis(std::int64_t axis, std::int64_t dims, std::int64_t extra) {
  if (axis < -dims - extra || axis >= dims + extra)
    fail("asks for dimension {} of a tensor that has {}", axis, dims);
  return axis < 0 ? axis + dims + extra : axis;
}

void checkSize(at::IntArrayRef sizes) {
  std::int64_t count = 1;
  for (const std::int64_t size : sizes) {
    if (size < 0) fail("makes a tensor with a dimension of {}", size);
    if (size > kMostNumbers || (size > 0 && count > kMostNumbers / size))
      fail("makes a tensor of more than {} numbers, no recogniser does", kMostNumbers);
    count *= size;
  }
}

void together(at::Tensor& a, at::Tensor& b) {
  if (a.device() == b.device()) return;
  if (a.is_cpu())
    a = a.to(b.device());
  else
    b = b.to(a.device());
}

at::ScalarType scalarOf(int type) {
  switch (type) {
    case kFloat:
    case kHalf:
    case kBfloat16:
      return at::kFloat;
    case kDouble:
      return at::kDouble;
    case kUint8:
      return at::kByte;
    case kInt8:
      return at::kChar;
    case kInt16:
      return at::kShort;
    case kUint16:
    case kInt32:
      return at::kInt;
    case kUint32:
    case kUint64:
    case kInt64:
      return at::kLong;
    case kBool:
      return at::kBool;
    default:
      unsupported("has values of kind {}, which are not read", type);
  }
}

namespace {

template <typename From, typename To>
at::Tensor widened(const Tensor& tensor, at::ScalarType type) {
  at::Tensor out = at::empty(tensor.dims, at::TensorOptions().dtype(type));
  To* to = out.data_ptr<To>();
  for (std::int64_t i = 0; i < out.numel(); ++i) {
    From value;
    std::memcpy(&value, tensor.bytes.data() + i * sizeof(From), sizeof(From));
    to[i] = static_cast<To>(value);
  }
  return out;
}

}  // namespace

at::Tensor toTensor(const Tensor& tensor) {
  const at::ScalarType type = scalarOf(tensor.type);
  switch (tensor.type) {
    case kUint16:
      return widened<std::uint16_t, std::int32_t>(tensor, type);
    case kUint32:
      return widened<std::uint32_t, std::int64_t>(tensor, type);
    case kHalf:
      return widened<at::Half, float>(tensor, type);
    case kBfloat16:
      return widened<at::BFloat16, float>(tensor, type);
    case kBool:
      return widened<std::uint8_t, bool>(tensor, type);
    default: {
      at::Tensor out = at::empty(tensor.dims, at::TensorOptions().dtype(type));
      std::memcpy(out.data_ptr(), tensor.bytes.data(), tensor.bytes.size());
      return out;
    }
  }
}

}  // namespace discern::features::onnx
