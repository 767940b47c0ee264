// The ways to select faces: SKD's, whose sets have a lambda, and its rivals, which put the faces in an order
// of which any share can be kept.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/registry.h"
#include "core/selection/selection.h"

namespace discern::selection {

struct MethodInput {
  SelectionInput graph;           // whose faces may be selected, and what they look like
  double lambda = 0;              // of MethodInfo::Sets::OneLambda
  std::uint64_t seed = 1;         // of a method that draws
  std::span<const float> scores;  // N, of a method that needs them; NaN: none
};

struct MethodInfo {
  // What `enters` says of a face. Lambdas: it is in the sets of all lambdas beyond. OneLambda: the same, and
  // only the set at MethodInput::lambda is known. Order: its place, the first to be kept at 0, so that the
  // first k faces are kept at a "lambda" of -k; a share of the faces is asked for, and never a lambda.
  enum class Sets { Lambdas, OneLambda, Order };

  std::string name;
  std::string help;  // one line
  Sets sets = Sets::Order;
  bool needsScores = false;
  bool eachIdentity = false;  // what it finds of an identity does not depend on the others: shards can share
  // neverKept counts those that no lambda keeps. Throws Error, Cancelled.
  LambdaPath (*find)(const MethodInput& input, Progress& progress) = nullptr;
};

const Registry<MethodInfo>& methods();  // those of methods.def, and registered ones
// One of a program's own, before its threads start; throws Error when the name is taken.
void registerMethod(MethodInfo info);
// Whether a method of this name, which another version may have had, makes an order.
bool isOrder(const std::string& method);

// For the methods' files. The faces that take part, ascending.
std::vector<std::int64_t> takingPart(const SelectionInput& input);
// An order of faces as what enters when: their places; all others take no part.
LambdaPath pathOfOrder(std::span<const std::int64_t> order, std::int64_t faces);

}  // namespace discern::selection
