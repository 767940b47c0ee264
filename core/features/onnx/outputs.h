// Which of a graph's outputs is the feature of a face.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/onnx/graph.h"

namespace discern::features::onnx {
using namespace discern::onnx;  // what a graph is

struct Candidate {
  std::string name;
  std::vector<std::int64_t> shape;  // for one image; empty: not known
};

struct Choice {
  std::string name, note;  // note: a sentence where there was a choice
};

// The graph's outputs; behind a single one, where it ends with a matrix product, what goes into that: class
// scores are such a product of the feature.
std::vector<std::string> possibleOutputs(const Graph& graph);

// A single output is taken, unless it has more numbers than features have (4,096) or ends with a softmax, and
// what goes into the last product is a vector. Of several those that are a vector of 64 to 4,096 numbers (or
// of any length, where none is), without those that are computed from another of them. Throws Error naming
// `file`: none is a vector, or more than one is left.
Choice chooseOutput(const Graph& graph, const std::vector<Candidate>& candidates, const std::string& file);

}  // namespace discern::features::onnx
