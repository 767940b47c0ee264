#include "core/data/onnx_header.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>

namespace discern::data {
namespace {

struct Malformed {};

// Both take from the front of `rest`.
std::string_view take(std::string_view& rest, std::uint64_t n) {
  if (n > rest.size()) throw Malformed{};
  const std::string_view taken = rest.substr(0, n);
  rest.remove_prefix(n);
  return taken;
}
std::uint64_t takeVarint(std::string_view& rest) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(take(rest, 1)[0]);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  throw Malformed{};
}

// One message's fields in turn (protobuf encoding: a varint of number << 3 | wire type, then the value).
class Fields {
 public:
  explicit Fields(std::string_view message) : rest_(message) {}

  bool next() {
    if (rest_.empty()) return false;
    const std::uint64_t key = takeVarint(rest_);
    number_ = static_cast<int>(std::min<std::uint64_t>(key >> 3, 1U << 30));
    wire_ = static_cast<int>(key & 7);
    if (number_ == 0) throw Malformed{};
    switch (wire_) {
      case 0:
        value_ = takeVarint(rest_);
        break;
      case 1:
        take(rest_, 8);
        break;
      case 2:
        bytes_ = take(rest_, takeVarint(rest_));
        break;
      case 5:
        take(rest_, 4);
        break;
      default:
        throw Malformed{};
    }
    return true;
  }
  bool isBytes(int number) const { return number_ == number && wire_ == 2; }
  bool isNumber(int number) const { return number_ == number && wire_ == 0; }
  int number() const { return number_; }
  std::string_view bytes() const { return bytes_; }
  std::uint64_t value() const { return value_; }

 private:
  std::string_view rest_, bytes_;
  std::uint64_t value_ = 0;
  int number_ = 0, wire_ = 0;
};

// The contents of the first field `number` of `message`, or empty.
std::string_view inside(std::string_view message, int number) {
  for (Fields fields(message); fields.next();)
    if (fields.isBytes(number)) return fields.bytes();
  return {};
}

// ValueInfoProto: name = 1, type = 2 { tensor_type = 1 { shape = 2 { dim = 1 { dim_value = 1 } } } }.
OnnxTensor readTensor(std::string_view message) {
  OnnxTensor tensor;
  tensor.name = inside(message, 1);
  const std::string_view shape = inside(inside(inside(message, 2), 1), 2);
  for (Fields dims(shape); dims.next();) {
    if (!dims.isBytes(1)) continue;
    std::int64_t size = -1;
    for (Fields dim(dims.bytes()); dim.next();)
      if (dim.isNumber(1) && dim.value() > 0 && dim.value() < (1ULL << 32))
        size = static_cast<std::int64_t>(dim.value());
    tensor.shape.push_back(size);
  }
  return tensor;
}

// How many varints a packed field holds.
std::uint64_t countVarints(std::string_view packed) {
  return static_cast<std::uint64_t>(std::ranges::count_if(packed, [](char c) { return (c & 0x80) == 0; }));
}

// TensorProto: dims = 1, data_type = 2, float_data = 4, int32_data = 5, int64_data = 7, name = 8, raw_data =
// 9, double_data = 10, uint64_data = 11, data_location = 14; numbers packed or one by one. Empty when it
// holds as many values as its shape says: OpenCV reads as many, whatever is there.
std::string problemOf(std::string_view tensor) {
  constexpr std::array<std::uint64_t, 17> kBytes{0, 4, 1, 1, 2, 2, 4, 8, 0,
                                                 1, 2, 8, 4, 8, 0, 0, 2};  // by data_type
  std::uint64_t count = 1, type = 0, values = 0, raw = 0;
  bool hasRaw = false;
  const auto addDim = [&](std::uint64_t size) {
    if (size > (1ULL << 40) || (size > 0 && count > (1ULL << 40) / size)) throw Malformed{};
    count *= size;
  };
  for (Fields fields(tensor); fields.next();) {
    if (fields.isNumber(1)) addDim(fields.value());
    if (fields.isBytes(1))
      for (std::string_view rest = fields.bytes(); !rest.empty();) addDim(takeVarint(rest));
    if (fields.isNumber(2)) type = fields.value();
    if (fields.isNumber(14) && fields.value() == 1)
      return "is kept in another file; save the model as one file";
    if (fields.isBytes(9)) hasRaw = true, raw = fields.bytes().size();
    const int number = fields.number();
    if (number == 4) values += fields.isBytes(4) ? fields.bytes().size() / 4 : 1;
    if (number == 10) values += fields.isBytes(10) ? fields.bytes().size() / 8 : 1;
    if (number == 5 || number == 7 || number == 11)
      values += fields.isBytes(number) ? countVarints(fields.bytes()) : 1;
  }
  if (type == 8) return {};  // text: not read as numbers
  if (type >= kBytes.size() || kBytes[type] == 0)
    return count == 0 ? "" : "has values of an unknown kind; the file is damaged";
  const bool whole = hasRaw && raw > 0 ? raw == count * kBytes[type] : values == count;
  return whole ? "" : "holds more or fewer values than its shape says; the file is damaged";
}

// NodeProto: attribute = 5 { t = 5, tensors = 10 }.
std::string problemOfNode(std::string_view node) {
  for (Fields fields(node); fields.next();) {
    if (!fields.isBytes(5)) continue;
    for (Fields attribute(fields.bytes()); attribute.next();)
      if (attribute.isBytes(5) || attribute.isBytes(10))
        if (const auto problem = problemOf(attribute.bytes()); !problem.empty())
          return "a constant " + problem;
  }
  return {};
}

// NodeProto: input = 1, output = 2. A node takes what the graph is given or an earlier node gives, or, where
// an input is optional, nothing: an empty name. OpenCV 4.10 crashes on another name.
std::string problemOfOrder(const std::vector<std::string_view>& nodes, std::set<std::string_view> given) {
  for (const std::string_view node : nodes) {
    for (Fields fields(node); fields.next();)
      if (fields.isBytes(1) && !fields.bytes().empty() && !given.contains(fields.bytes()))
        return "a node takes the tensor '" + std::string(fields.bytes()) +
               "', which nothing before it gives; the file is damaged";
    for (Fields fields(node); fields.next();)
      if (fields.isBytes(2)) given.insert(fields.bytes());
  }
  return {};
}

// GraphProto: node = 1, initializer = 5 (its name = 8), input = 11, output = 12, sparse_initializer = 15
// (values = 1, named as an initializer is).
OnnxHeader readGraph(std::string_view graph, bool& hasNodes) {
  OnnxHeader header;
  std::vector<std::string> initialisers;
  std::vector<std::string_view> nodes;
  std::set<std::string_view> given;
  for (Fields fields(graph); fields.next();) {
    if (fields.isBytes(1)) {
      hasNodes = true;
      nodes.push_back(fields.bytes());
      if (header.problem.empty()) header.problem = problemOfNode(fields.bytes());
    }
    if (fields.isBytes(15)) given.insert(inside(inside(fields.bytes(), 1), 8));
    if (fields.isBytes(5)) {
      initialisers.emplace_back(inside(fields.bytes(), 8));
      given.insert(inside(fields.bytes(), 8));
      if (const auto problem = problemOf(fields.bytes()); header.problem.empty() && !problem.empty())
        header.problem = "the tensor '" + initialisers.back() + "' " + problem;
    }
    if (fields.isBytes(11)) {
      header.inputs.push_back(readTensor(fields.bytes()));
      given.insert(inside(fields.bytes(), 1));
    }
    if (fields.isBytes(12)) header.outputs.push_back(readTensor(fields.bytes()));
  }
  if (header.problem.empty()) header.problem = problemOfOrder(nodes, std::move(given));
  std::ranges::sort(initialisers);
  std::erase_if(header.inputs,
                [&](const OnnxTensor& t) { return std::ranges::binary_search(initialisers, t.name); });
  return header;
}
}  // namespace

std::optional<OnnxHeader> readOnnxHeader(std::string_view bytes) {
  try {
    std::optional<OnnxHeader> header;
    bool hasVersion = false, hasNodes = false;
    // ModelProto: ir_version = 1, graph = 7.
    for (Fields fields(bytes); fields.next();) {
      if (fields.isNumber(1)) hasVersion = true;
      if (fields.isBytes(7)) header = readGraph(fields.bytes(), hasNodes);
    }
    if (!hasVersion || !hasNodes || header->outputs.empty()) return std::nullopt;
    return header;
  } catch (const Malformed&) {
    return std::nullopt;
  }
}

}  // namespace discern::data
