// Compiled for AVX-512 (CMakeLists.txt), where the compiler knows it.
#include "core/networks/student_engine_kernels.h"
#if defined(__AVX512F__)
#include "core/networks/student_engine_simd.h"
#endif

namespace discern::networks::student {

const Kernels* avx512Kernels() {
#if defined(__AVX512F__)
  return &kKernels<16>;
#else
  return nullptr;
#endif
}

}  // namespace discern::networks::student
