// The threads that work is spread over. For one piece of work parallelFor (parallel.h) makes a team and lets
// it go; what has many short ones keeps its team: an iteration of t-SNE has four parallel steps of a tenth of
// a millisecond, too short to start threads for.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace discern {

class Team {
 public:
  explicit Team(int threads);  // the calling thread included; at least 1
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  int threads() const { return threads_; }

  // Calls task(0) .. task(tasks - 1), begun in that order, from all threads, and returns when all are done.
  // Which thread takes which is open: a task's result must not depend on it. The first exception stops the
  // rest and is rethrown.
  void run(std::int64_t tasks, const std::function<void(std::int64_t)>& task);

  // The same over blocks of `grain` items that cover [0, n).
  void blocks(std::int64_t n, std::int64_t grain,
              const std::function<void(std::int64_t, std::int64_t)>& body);

 private:
  void startHelpers();
  void help();
  bool enter();
  void leave();
  void work();

  const int threads_;
  std::vector<std::thread> helpers_;  // started by the first run, into its work
  const std::function<void(std::int64_t)>* task_ = nullptr;
  std::int64_t tasks_ = 0;
  std::atomic<std::int64_t> next_{0};
  std::atomic<std::uint32_t> round_{0};  // a new value: there is work, or closing_
  // Helpers inside the round, and whether more may enter:
  // one that the system has not woken is not waited for.
  std::atomic<std::uint32_t> gate_{0};
  std::atomic<bool> closing_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace discern
