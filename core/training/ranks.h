// Several processes that train one network together, over LibTorch's own c10d. What differs between LibTorch
// 1.13 and 2.x, and what a LibTorch without c10d cannot do, is in ranks.cpp alone. Includes LibTorch.
#pragma once

#include <torch/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/training/place.h"
#include "core/training/together.h"

namespace discern::training {

// Every function that talks to the others is called by all of them, in the same order. When one of them has
// ended meanwhile, it throws Error that names it and says why, where it still could say so; Cancelled where
// that one was asked to stop.
class Ranks {
 public:
  // Meets the others, who have `seconds` to come. Throws Error: a port that is refused, nobody there, another
  // number of ranks there, a build without c10d; Cancelled.
  Ranks(const Place& place, std::stop_token stop, double seconds = 300);
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  int rank() const { return place_.rank; }
  int count() const { return place_.ranks; }
  bool isFirst() const { return place_.isFirst(); }
  // This process's own GPU of its machine, where `device` is one; it becomes the current one.
  torch::Device own(torch::Device device) const;

  // Over all ranks, in place; a contiguous tensor of numbers on the CPU or a GPU, of which each has its own.
  void sum(torch::Tensor& values);
  // The first one's values, in place.
  void fromFirst(torch::Tensor& values);
  bool fromFirst(bool value);
  // Returns when all have called it.
  void meet();
  // Throws Error that says so where `text` is not the same everywhere. what: "options", for the sentence.
  void agree(const std::string& what, const std::string& text);
  // Rank 0 does it, then, however long that took, the others.
  void inTurn(const std::function<void()>& work);

  // Says to the others why this process ends; empty: it was asked to.
  void leave(const std::string& reason) noexcept;

 private:
  // Who has not said `what` until `end`.
  std::vector<int> absent(const char* what, std::chrono::steady_clock::time_point end);
  void awaitFirst();
  void tellFirst();
  [[noreturn]] void explain(const std::string& what);

  Place place_;
  std::stop_token stop_;
  struct Group;
  std::unique_ptr<Group> group_;
};

// The device of this one of the ranks, if there are any.
inline torch::Device deviceOf(torch::Device device, const Ranks* ranks) {
  return ranks == nullptr ? device : ranks->own(device);
}

}  // namespace discern::training
