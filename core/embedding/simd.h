// One kernel, written once over the number of lanes, compiled for three instruction sets and chosen at run
// time: the rest of the engine stays baseline x86-64.
#pragma once

#include <cstddef>

#include "core/base/simd.h"

namespace discern::embedding {

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

#define DISCERN_INLINE inline __attribute__((always_inline))

// DISCERN_KERNEL(name, Args): defines void name(Args& args), which runs nameLanes<16, 8 or 4>(args), a
// DISCERN_INLINE function template over the number of lanes, for the widest set this processor has.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define DISCERN_KERNEL(name, Args)                                                                   \
  __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))) void name##Avx512(Args& args) {      \
    name##Lanes<16>(args);                                                                           \
  }                                                                                                  \
  __attribute__((target("avx2,fma"))) void name##Avx2(Args& args) { name##Lanes<8>(args); }          \
  void name##Baseline(Args& args) { name##Lanes<4>(args); }                                          \
  void name(Args& args) {                                                                            \
    static const auto widest = hasAvx512() ? name##Avx512 : hasAvx2() ? name##Avx2 : name##Baseline; \
    widest(args);                                                                                    \
  }
#else
#define DISCERN_KERNEL(name, Args) \
  void name(Args& args) { name##Lanes<4>(args); }
#endif

}  // namespace discern::embedding
