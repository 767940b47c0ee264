// Four lanes, in whatever the compiler's baseline has (SSE2, NEON).
#include "core/networks/student_engine_simd.h"

namespace discern::networks::student {

const Kernels* portableKernels() { return &kKernels<4>; }

}  // namespace discern::networks::student
