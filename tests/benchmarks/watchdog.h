// Watches one thread that runs an event loop: names what blocked it for long.
#pragma once

#include <pthread.h>

#include <QObject>
#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace discern::benchmarks {

// Made on the watched thread.
class Watchdog : public QObject {
 public:
  struct Block {
    std::string during;
    double wall = 0, cpu = 0;        // ms; cpu: of the watched thread in that time
    std::vector<std::string> where;  // functions of this program, the innermost first
  };

  Watchdog();
  ~Watchdog() override;

  void doing(const std::string& label);        // what is being driven from now on
  std::vector<Block> blocks() const;           // of more than kLongest, in order
  double longest() const { return longest_; }  // since the last doing(), ms of the thread's own time

  static constexpr double kLongest = 100;  // ms

 private:
  void run(const std::stop_token& stop);
  std::vector<std::string> lookAt();  // where the watched thread is now

  pthread_t watched_;
  clockid_t clock_;
  std::atomic<bool> answered_ = true;
  std::atomic<double> longest_ = 0;
  mutable std::mutex mutex_;
  std::string label_;
  std::vector<Block> blocks_;
  std::jthread thread_;
};

}  // namespace discern::benchmarks
