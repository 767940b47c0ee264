// What hand-vectorised code shares. Such a file is compiled by Highway (hwy/foreach_target.h) once for each
// instruction set, and the widest that the processor has is chosen when the program runs: the rest of the
// program stays baseline.
#pragma once

#include <hwy/targets.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

// Floats in a vector of the instruction set that is being compiled for: 16 (AVX-512), 8 (AVX2) or 4 (anything
// else).
#define DISCERN_LANES (HWY_MAX_BYTES < 16 ? 4 : HWY_MAX_BYTES / 4)

namespace discern {

// W floats side by side (GCC and Clang vector extension); Type needs alignment, Loose does not.
template <int W>
struct Lanes {
  typedef float Type __attribute__((vector_size(W * sizeof(float)), may_alias));
  typedef float Loose __attribute__((vector_size(W * sizeof(float)), may_alias, aligned(4)));
  typedef double Halves __attribute__((vector_size(W * sizeof(float))));  // half as many places of 8 bytes
};

constexpr std::size_t roundUp(std::size_t n, std::size_t multiple) {
  return (n + multiple - 1) / multiple * multiple;
}

// Allocates at multiples of a cache line, 64 bytes.
template <typename T>
struct CacheAligned {
  using value_type = T;
  CacheAligned() = default;
  template <typename U>
  CacheAligned(const CacheAligned<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{64})); }
  void deallocate(T* p, std::size_t) { ::operator delete (p, std::align_val_t{64}); }
  bool operator==(const CacheAligned&) const { return true; }
};
template <typename T>
using AlignedVector = std::vector<T, CacheAligned<T>>;

// What `call` returns under each instruction set that this processor has, the widest last: for tests, which
// compare them. Not while other threads are in such code.
template <typename Call>
auto onEachTarget(const Call& call) {
  std::vector<decltype(call())> results;
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();  // the widest first
  for (auto target = targets.rbegin(); target != targets.rend(); ++target) {
    hwy::SetSupportedTargetsForTest(*target);
    results.push_back(call());
  }
  hwy::SetSupportedTargetsForTest(0);
  return results;
}

}  // namespace discern
