#include "tests/benchmarks/watchdog.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <time.h>

#include <QCoreApplication>
#include <QMetaObject>
#include <chrono>
#include <cstdlib>

namespace discern::benchmarks {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kDeepest = 96;
void* frames[kDeepest];
std::atomic<int> found = -1;

void noteFrames(int) { found = backtrace(frames, kDeepest); }

double milliseconds(Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

double cpuOf(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

std::string nameOf(void* address) {
  Dl_info info{};
  if (dladdr(address, &info) == 0 || info.dli_sname == nullptr) return {};
  int status = 0;
  char* plain = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
  std::string name = status == 0 ? plain : info.dli_sname;
  std::free(plain);
  return name.substr(0, name.find('('));
}

}  // namespace

Watchdog::Watchdog() : watched_(pthread_self()) {
  pthread_getcpuclockid(watched_, &clock_);
  backtrace(frames, 1);  // loads what it needs outside of the handler
  struct sigaction action {};
  action.sa_handler = noteFrames;
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, nullptr);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Watchdog::~Watchdog() {
  thread_.request_stop();
  thread_.join();
}

void Watchdog::doing(const std::string& label) {
  const std::lock_guard lock(mutex_);
  label_ = label;
  longest_ = 0;
}

std::vector<Watchdog::Block> Watchdog::blocks() const {
  const std::lock_guard lock(mutex_);
  return blocks_;
}

std::vector<std::string> Watchdog::lookAt() {
  found = -1;
  pthread_kill(watched_, SIGUSR1);
  for (int i = 0; i < 200 && found < 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::vector<std::string> names;
  for (int i = 2; i < found; ++i)
    if (std::string name = nameOf(frames[i]); name.find("discern::") != std::string::npos || names.empty())
      if (!name.empty() && name.find("benchmarks::") == std::string::npos && names.size() < 6)
        names.push_back(std::move(name));
  return names;
}

void Watchdog::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    answered_ = false;
    const auto from = Clock::now();
    const double cpu = cpuOf(clock_);
    QMetaObject::invokeMethod(
        this, [this] { answered_ = true; }, Qt::QueuedConnection);
    Block block;
    std::map<std::string, int> seen;
    double next = kLongest;
    while (!answered_ && !stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (milliseconds(Clock::now() - from) < next) continue;
      if (block.where.empty()) {
        const std::lock_guard lock(mutex_);
        block.during = label_;
      }
      auto where = lookAt();
      if (!where.empty()) {
        std::string all;
        for (const auto& name : where) all += (all.empty() ? "" : " < ") + name;
        ++seen[all];
      }
      block.where = std::move(where);
      next = milliseconds(Clock::now() - from) + 50;
    }
    block.wall = milliseconds(Clock::now() - from);
    block.cpu = cpuOf(clock_) - cpu;
    if (std::min(block.cpu, block.wall) > longest_) longest_ = std::min(block.cpu, block.wall);
    if (block.wall > kLongest && !block.during.empty()) {
      block.where.clear();
      for (const auto& [where, times] : seen) block.where.push_back(std::to_string(times) + "x " + where);
      const std::lock_guard lock(mutex_);
      blocks_.push_back(block);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace discern::benchmarks
