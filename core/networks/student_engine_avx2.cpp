// Compiled for AVX2 with FMA (CMakeLists.txt), where the compiler knows it.
#include "core/networks/student_engine_kernels.h"
#if defined(__AVX2__) && defined(__FMA__)
#include "core/networks/student_engine_simd.h"
#endif

namespace discern::networks::student {

const Kernels* avx2Kernels() {
#if defined(__AVX2__) && defined(__FMA__)
  return &kKernels<8>;
#else
  return nullptr;
#endif
}

}  // namespace discern::networks::student
