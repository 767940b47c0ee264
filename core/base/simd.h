// What hand-vectorised code shares: which instructions
// this processor has, and memory aligned for all of them.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace discern {

// Of x86-64; false elsewhere. AVX2 comes with FMA, AVX-512 with F, VL, DQ and BW.
inline bool hasAvx2() {
#ifdef __x86_64__
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}
inline bool hasAvx512() {
#ifdef __x86_64__
  return hasAvx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
#else
  return false;
#endif
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

}  // namespace discern
