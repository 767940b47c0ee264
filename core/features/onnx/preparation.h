// Whether a graph prepares the pixels itself.
#pragma once

#include <string>

#include "core/features/recipe.h"
#include "core/onnx/graph.h"

namespace discern::features::onnx {
using namespace discern::onnx;  // what a graph is

// A clause when the graph begins with subtracting and multiplying numbers, which tell the pixels that it
// expects (0 to 255, or 0 to 1), and the recipe gives others; else empty.
std::string preparationHint(const Graph& graph, const Recipe& recipe);

}  // namespace discern::features::onnx
