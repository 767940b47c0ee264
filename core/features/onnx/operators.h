// The table of ONNX operators: what each computes, with LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/onnx/graph.h"

namespace discern::features::onnx {
using namespace discern::onnx;  // what a graph is

using Values = std::vector<at::Tensor>;

// Of an operator or an attribute's value that is not implemented: another engine may have it.
class Unsupported : public Error {
 public:
  using Error::Error;
};
template <typename... Args>
[[noreturn]] void unsupported(fmt::format_string<Args...> format, Args&&... args) {
  throw Unsupported(fmt::format(format, std::forward<Args>(args)...));
}

// One node and what it is given. 16-bit floats are 32-bit ones here, unsigned numbers the next larger signed
// ones: LibTorch computes with neither on the CPU. Whole numbers lie on the CPU, wherever the others are.
// Everything that throws, throws Error with a clause: "has no input 2", behind which the node is named.
class Call {
 public:
  Call(const Node& node, int opset, Values inputs) : in(std::move(inputs)), node_(node), opset_(opset) {}

  Values in;  // undefined: not given

  const Node& node() const { return node_; }
  int opset() const { return opset_; }
  bool has(std::size_t i) const { return i < in.size() && in[i].defined(); }
  const at::Tensor& at(std::size_t i) const;  // throws: not given
  at::Tensor orNothing(std::size_t i) const { return i < in.size() ? in[i] : at::Tensor(); }
  // Nobody else holds input i, nor what it is a view of: it may be written over.
  bool isOurs(std::size_t i) const;

  bool hasAttribute(std::string_view name) const { return node_.attributes.contains(name); }
  std::int64_t integer(std::string_view name, std::int64_t usual) const;
  double number(std::string_view name, double usual) const;
  std::string text(std::string_view name, const std::string& usual) const;
  std::vector<std::int64_t> integers(std::string_view name, std::vector<std::int64_t> usual = {}) const;
  std::vector<float> numbers(std::string_view name) const;

  // Small lists that come as tensors in newer operator sets: shapes, axes, pads.
  std::vector<std::int64_t> integersAt(std::size_t i) const;
  std::vector<double> numbersAt(std::size_t i) const;
  // An attribute in older operator sets, input `i` in newer ones; `usual` where neither is given.
  std::vector<std::int64_t> integersOf(std::string_view name, std::size_t i,
                                       std::vector<std::int64_t> usual = {}) const;

 private:
  const Attribute* find(std::string_view name) const;

  const Node& node_;
  int opset_;
};

// -axis counts from the end; `extra`: one behind the last counts too. Throws: there is no such dimension.
std::int64_t wrapAxis(std::int64_t axis, std::int64_t dims, std::int64_t extra = 0);
// Throws: more numbers than a recogniser ever makes, or a size below 0.
void checkSize(at::IntArrayRef sizes);
// Both on the device of the one that is not on the CPU.
void together(at::Tensor& a, at::Tensor& b);
// 16-bit floats as 32-bit ones and so on. Throws: text, or a kind that is not known.
at::ScalarType scalarOf(int type);
at::Tensor toTensor(const Tensor& tensor);  // that lies in the file

using Operator = Values (*)(Call&);
struct Entry {
  const char* name;
  Operator run;
};
// Each family's, in the file of its name.
const std::vector<Entry>& activations();
const std::vector<Entry>& arithmetic();
const std::vector<Entry>& convolutions();
const std::vector<Entry>& creation();
const std::vector<Entry>& indexing();
const std::vector<Entry>& normalisations();
const std::vector<Entry>& pooling();
const std::vector<Entry>& products();
const std::vector<Entry>& reductions();
const std::vector<Entry>& resizing();
const std::vector<Entry>& selection();
const std::vector<Entry>& shapes();

Operator findOperator(const Node& node);  // nullptr: not implemented
std::vector<std::string> operatorNames();

}  // namespace discern::features::onnx
