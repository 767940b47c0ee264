// discern: says to the engine's libraries what they ask for while they load, and becomes the engine.
//
// OpenBLAS picks its kernels and threads when it is loaded and does not know newer processors (a factor of 6
// in sgemm), so OPENBLAS_CORETYPE, OPENBLAS_NUM_THREADS and OMP_WAIT_POLICY must be in the environment
// before. This program links none of them; to load them twice, once to find out, took half a second more for
// each command. What the user has set is left alone.
#include <libgen.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

const char* blasKernels() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  if (avx512) return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
  return nullptr;  // whatever the library finds by itself
}

}  // namespace

int main(int, char** argv) {
  if (const char* kernels = blasKernels()) ::setenv("OPENBLAS_CORETYPE", kernels, 0);
  ::setenv("OPENBLAS_NUM_THREADS", "1", 0);   // rows are split over our own threads
  ::setenv("OMP_WAIT_POLICY", "passive", 0);  // a spinning pool starves the others
  constexpr const char* kEngine = "/discern-engine";
  char program[4096];
  const auto length = ::readlink("/proc/self/exe", program, sizeof program - 1 - std::strlen(kEngine));
  if (length > 0) {
    program[length] = '\0';
    ::dirname(program);
    std::strcat(program, kEngine);
    ::execv(program, argv);
  }
  std::fprintf(stderr, "discern: %s cannot be started (%s); install Discern as a whole\n",
               length > 0 ? program : "its engine", std::strerror(errno));
  return 1;
}
