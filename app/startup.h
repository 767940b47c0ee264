// What has to be right before the engine's libraries load, and how a person's Ctrl-C reaches a job.
#pragma once

#include <stop_token>

namespace discern::app {

// OpenBLAS picks its kernels and threads while it loads and does not know newer
// processors (a factor of 6 in sgemm), so OPENBLAS_CORETYPE, OPENBLAS_NUM_THREADS and
// OMP_WAIT_POLICY must be in the environment before main. Where one is missing this
// sets it and starts the program anew, once. What the user has set is left alone.
void ensureEnvironment(char** argv);

// SIGINT and SIGTERM request a stop; another one, a second or more later, ends the process at once with
// status 130. Call before any thread starts.
std::stop_token stopOnSignals();

}  // namespace discern::app
