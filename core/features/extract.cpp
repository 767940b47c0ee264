#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/features/base_model.h"

namespace discern::features {
namespace {

// Decodes faces ahead in several threads, at most `capacity` of them, and hands them out in order.
class DecodeAhead {
 public:
  struct Face {
    cv::Mat pixels;
    std::string problem;  // why there are none
  };

  DecodeAhead(std::int64_t count, std::int64_t capacity, const std::function<cv::Mat(std::int64_t)>& load)
      : count_(count), load_(load), slots_(static_cast<std::size_t>(std::min(count, capacity))) {
    const auto threads = std::min<std::int64_t>(threadCount(), static_cast<std::int64_t>(slots_.size()));
    for (std::int64_t t = 0; t < threads; ++t) threads_.emplace_back([this] { work(); });
  }
  ~DecodeAhead() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }
  DecodeAhead(const DecodeAhead&) = delete;
  DecodeAhead& operator=(const DecodeAhead&) = delete;

  // The next face. Rethrows what a decoder threw that is not about its image (Cancelled, out of memory).
  Face take() {
    std::unique_lock lock(mutex_);
    Slot& slot = slots_[taken_ % slots_.size()];
    changed_.wait(lock, [&] { return slot.ready || failure_; });
    if (failure_) std::rethrow_exception(failure_);
    slot.ready = false;
    ++taken_;
    changed_.notify_all();
    return std::move(slot.face);
  }

 private:
  struct Slot {
    bool ready = false;
    Face face;
  };

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return stopped_ || claimed_ >= count_ || claimed_ < taken_ + capacity(); });
      if (stopped_ || claimed_ >= count_) return;
      const std::int64_t i = claimed_++;
      lock.unlock();
      Face face;
      std::exception_ptr failure;
      try {
        face.pixels = load_(i);
      } catch (const Error& e) {
        face.problem = e.what();
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      if (failure) {
        failure_ = failure;
        stopped_ = true;
      }
      Slot& slot = slots_[i % capacity()];
      slot.face = std::move(face);
      slot.ready = true;
      changed_.notify_all();
    }
  }

  std::int64_t capacity() const { return static_cast<std::int64_t>(slots_.size()); }

  const std::int64_t count_;
  const std::function<cv::Mat(std::int64_t)>& load_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Slot> slots_;  // face i waits in slot i % capacity
  std::int64_t claimed_ = 0, taken_ = 0;
  bool stopped_ = false;
  std::exception_ptr failure_;
  std::vector<std::jthread> threads_;  // last: joined before the rest goes
};
}  // namespace

void extractAll(BaseModel& model, std::int64_t count, const std::function<cv::Mat(std::int64_t)>& load,
                const std::function<void(std::int64_t, std::span<const float>)>& store,
                const std::function<void(std::int64_t, const std::string&)>& failed,
                const ExtractOptions& options, Progress& progress) {
  if (options.batch < 1) fail("the option batch is {}, expected at least 1", options.batch);
  if (count <= 0) return;
  DecodeAhead faces(count, 2 * std::int64_t{options.batch} + threadCount(), load);
  std::vector<cv::Mat> batch;
  std::vector<std::int64_t> index;
  const auto flush = [&] {
    progress.throwIfStopped();
    if (batch.empty()) return;
    const data::Matrix features = model.extract(batch);
    for (std::size_t k = 0; k < index.size(); ++k)
      store(index[k], features.row(static_cast<std::int64_t>(k)));
    progress.advance(static_cast<std::int64_t>(index.size()));
    batch.clear();
    index.clear();
  };
  for (std::int64_t i = 0; i < count; ++i) {
    DecodeAhead::Face face = faces.take();
    if (face.pixels.empty()) {
      failed(i, face.problem.empty() ? "the image is empty" : face.problem);
      progress.advance();
    } else {
      batch.push_back(std::move(face.pixels));
      index.push_back(i);
    }
    if ((i + 1) % options.batch == 0) flush();
  }
  flush();
}

}  // namespace discern::features
