// How a person's Ctrl-C reaches a job.
#pragma once

#include <stop_token>

namespace discern::app {

// SIGINT and SIGTERM request a stop; another one, a second or more later, ends the process at once with
// status 130. Call before any thread starts.
std::stop_token stopOnSignals();

}  // namespace discern::app
