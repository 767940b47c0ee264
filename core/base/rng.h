// Seeded random numbers that are the same on every machine
// and library (the standard's distributions are not).
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace discern {

// Mixes a seed and a key into an independent seed (splitmix64's finaliser).
std::uint64_t mixSeed(std::uint64_t seed, std::uint64_t key);
std::uint64_t mixSeed(std::uint64_t seed, std::string_view key);

// xoshiro256**. Cheap to construct: make one per item, from mixSeed(seed, item), so that results do not
// depend on the order of work or on the number of threads.
class Rng {
 public:
  explicit Rng(std::uint64_t seed);

  std::uint64_t next();
  double uniform();                         // [0, 1)
  double uniform(double low, double high);  // [low, high)
  double normal();                          // mean 0, deviation 1 (Box-Muller)
  std::int64_t below(std::int64_t n);       // 0 .. n - 1; n >= 1
  bool chance(double probability) { return uniform() < probability; }

  template <typename T>
  void shuffle(std::vector<T>& items) {
    for (std::int64_t i = static_cast<std::int64_t>(items.size()) - 1; i > 0; --i)
      std::swap(items[i], items[below(i + 1)]);
  }

 private:
  std::uint64_t state_[4];
  double spare_ = 0;
  bool hasSpare_ = false;
};

}  // namespace discern
