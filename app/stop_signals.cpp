#include "app/stop_signals.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace discern::app {
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
