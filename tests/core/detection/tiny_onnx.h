// Writes tiny ONNX files, as far as the tests of detectors need it: protobuf by hand (onnx.proto's numbers).
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace discern::test {

inline std::string varint(std::uint64_t value) {
  std::string out;
  do {
    out += static_cast<char>((value & 0x7F) | (value > 0x7F ? 0x80 : 0));
    value >>= 7;
  } while (value > 0);
  return out;
}
inline std::string number(int field, std::uint64_t value) {
  return varint(static_cast<std::uint64_t>(field) << 3) + varint(value);
}
inline std::string bytes(int field, const std::string& payload) {
  return varint(static_cast<std::uint64_t>(field) << 3 | 2) + varint(payload.size()) + payload;
}

class TinyOnnx {
 public:
  TinyOnnx(int channels, int height, int width) : shape_{1, channels, height, width} {}

  void floats(const std::string& name, const std::vector<std::int64_t>& shape,
              const std::vector<float>& values) {
    std::string raw(values.size() * sizeof(float), '\0');
    std::memcpy(raw.data(), values.data(), raw.size());
    tensor(name, 1, shape, raw);
  }
  void ints(const std::string& name, const std::vector<std::int64_t>& values) {
    std::string raw(values.size() * sizeof(std::int64_t), '\0');
    std::memcpy(raw.data(), values.data(), raw.size());
    tensor(name, 7, {static_cast<std::int64_t>(values.size())}, raw);
  }
  void node(const std::string& op, const std::vector<std::string>& inputs, const std::string& output,
            const std::vector<std::pair<std::string, std::vector<std::int64_t>>>& lists = {}) {
    std::string text;
    for (const auto& input : inputs) text += bytes(1, input);
    text += bytes(2, output) + bytes(3, output + "_node") + bytes(4, op);
    for (const auto& [name, values] : lists) {
      std::string attribute = bytes(1, name);
      for (const auto v : values) attribute += number(8, static_cast<std::uint64_t>(v));
      text += bytes(5, attribute + number(20, 7));
    }
    nodes_ += bytes(1, text);
  }
  // A convolution of kernel and stride `side` with these weights (outputs x channels x side x side), turned
  // into rows: 1 x (cells * anchors) x columns, the anchors of a cell one behind the other.
  void rowsOfConvolution(const std::string& output, int side, const std::vector<float>& weights,
                         const std::vector<float>& bias, std::int64_t columns) {
    const auto maps = static_cast<std::int64_t>(bias.size());
    floats(output + "_w", {maps, shape_[1], side, side}, weights);
    floats(output + "_b", {maps}, bias);
    node("Conv", {"input", output + "_w", output + "_b"}, output + "_c",
         {{"kernel_shape", {side, side}}, {"strides", {side, side}}});
    node("Transpose", {output + "_c"}, output + "_t", {{"perm", {0, 2, 3, 1}}});
    const std::int64_t rows = shape_[2] / side * (shape_[3] / side) * maps / columns;
    ints(output + "_s", {1, rows, columns});
    node("Reshape", {output + "_t", output + "_s"}, output);
    this->output(output, {1, rows, columns});
  }
  // Always the same numbers, whatever the image.
  void constant(const std::string& output, const std::vector<float>& values, std::int64_t columns) {
    const auto count = static_cast<std::int64_t>(values.size());
    floats(output + "_w", {count, shape_[1], 1, 1},
           std::vector<float>(static_cast<std::size_t>(count * shape_[1]), 0.0F));
    floats(output + "_b", {count}, values);
    node("GlobalAveragePool", {"input"}, output + "_p");
    node("Conv", {output + "_p", output + "_w", output + "_b"}, output + "_c", {{"kernel_shape", {1, 1}}});
    ints(output + "_s", {1, count / columns, columns});
    node("Reshape", {output + "_c", output + "_s"}, output);
    this->output(output, {1, count / columns, columns});
  }
  void output(const std::string& name, const std::vector<std::int64_t>& shape) {
    outputs_ += bytes(12, valueInfo(name, shape));
  }

  std::string file() const {
    const std::string graph =
        nodes_ + bytes(2, "tiny") + tensors_ + bytes(11, valueInfo("input", shape_)) + outputs_;
    return number(1, 6) + bytes(2, "discern") + bytes(7, graph) + bytes(8, bytes(1, "") + number(2, 11));
  }

 private:
  void tensor(const std::string& name, int type, const std::vector<std::int64_t>& shape,
              const std::string& raw) {
    std::string text;
    for (const auto d : shape) text += number(1, static_cast<std::uint64_t>(d));
    tensors_ += bytes(5, text + number(2, static_cast<std::uint64_t>(type)) + bytes(8, name) + bytes(9, raw));
  }
  static std::string valueInfo(const std::string& name, const std::vector<std::int64_t>& shape) {
    std::string dims;
    for (const auto d : shape) dims += bytes(1, number(1, static_cast<std::uint64_t>(d)));
    return bytes(1, name) + bytes(2, bytes(1, number(1, 1) + bytes(2, dims)));
  }

  std::vector<std::int64_t> shape_;
  std::string nodes_, tensors_, outputs_;
};

}  // namespace discern::test
