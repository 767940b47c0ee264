#include "app/startup.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

namespace discern::app {
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

bool setIfMissing(const char* name, const char* value) {
  if (!value || std::getenv(name)) return false;
  ::setenv(name, value, 1);
  return true;
}
}  // namespace

void ensureEnvironment(char** argv) {
  bool changed = setIfMissing("OPENBLAS_CORETYPE", blasKernels());
  changed |= setIfMissing("OPENBLAS_NUM_THREADS", "1");   // rows are split over our own threads
  changed |= setIfMissing("OMP_WAIT_POLICY", "passive");  // a spinning pool starves the others
  if (!changed || std::getenv("DISCERN_ENVIRONMENT_READY")) return;
  ::setenv("DISCERN_ENVIRONMENT_READY", "1", 1);
  char program[4096];
  const auto length = ::readlink("/proc/self/exe", program, sizeof program - 1);
  if (length <= 0) return;
  program[length] = '\0';
  ::execv(program, argv);  // on failure: go on, only slower
}

std::stop_token stopOnSignals() {
  static std::stop_source source;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // inherited by every thread: only the one below takes them
  std::thread([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    source.request_stop();
    // A terminal's Ctrl-C ends the window too, whose end sends another one at once: the same wish.
    using Clock = std::chrono::steady_clock;
    const auto asked = Clock::now();
    do sigwait(&signals, &signal);
    while (Clock::now() - asked < std::chrono::seconds(1));
    ::_exit(130);
  }).detach();
  return source.get_token();
}

}  // namespace discern::app
