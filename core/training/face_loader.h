// Faces ahead of the training step: decoded once by threads,
// kept while they fit, handed out in a fixed order.
#pragma once

#include <torch/torch.h>

#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/training/faces.h"

namespace discern::training {

// Thread-safe. Samples are planes R, G, B of the source's form, `size` pixels across; one of another size is
// resized.
class FaceStore {
 public:
  FaceStore(const FaceSource& source, int size, std::int64_t cacheBytes);

  const data::Shape& shape() const { return shape_; }
  std::uint64_t fingerprint() const { return source_.fingerprint; }
  std::int64_t bytes() const { return 3 * shape_.pixels(); }
  // Copies face i to `out` (bytes() of them). False: it could not be loaded, which is remembered.
  bool fetch(std::int64_t i, std::uint8_t* out);

  std::vector<std::int64_t> dropped() const;
  // Known otherwise, where: "in the run before", "by another rank".
  void drop(const std::vector<std::int64_t>& faces, const std::string& where);
  std::string firstFailure() const;  // one sentence; empty: none

 private:
  bool decode(std::int64_t i, std::uint8_t* out);
  void fail(std::int64_t i, const std::string& reason);

  const FaceSource& source_;
  data::Shape shape_;
  mutable std::mutex mutex_;
  std::int64_t bytesLeft_;
  std::vector<std::shared_ptr<const std::vector<std::uint8_t>>> cache_;
  std::map<std::int64_t, std::string> failures_;
};

struct FaceBatch {
  torch::Tensor images;             // Shape::tensor(N), uint8
  std::vector<std::int64_t> faces;  // the N indices, without those that could not be loaded
};

// (x - 127.5) / 127.5 as float32 on `device`.
torch::Tensor normalised(const FaceBatch& batch, torch::Device device);

// What a network sees of a stored square: another one, of another size.
struct Drawing {
  int size = 0;  // pixels a side; 0: the stored face itself
  // planes: the store's pixels a side; out: `size` a side. Called from several threads.
  std::function<void(std::int64_t face, int stored, const std::uint8_t* planes, std::uint8_t* out)> draw;
};

// Batches `first` and on of `plan`, prepared by `threads` threads up to a few batches ahead.
class BatchLoader {
 public:
  // Changes a face in place; called from several threads. May be empty.
  using Transform = std::function<void(std::int64_t face, const data::Shape& shape, std::uint8_t* planes)>;

  BatchLoader(FaceStore& store, std::vector<std::vector<std::int64_t>> plan, std::size_t first, int threads,
              Transform transform = {}, Drawing drawing = {});
  ~BatchLoader();
  BatchLoader(const BatchLoader&) = delete;
  BatchLoader& operator=(const BatchLoader&) = delete;

  // The next batch (perhaps with no face in it), none after the last. Rethrows what a thread threw.
  std::optional<FaceBatch> next();

 private:
  void work(const std::stop_token& stop);
  FaceBatch prepare(const std::vector<std::int64_t>& faces) const;

  FaceStore& store_;
  std::vector<std::vector<std::int64_t>> plan_;
  Transform transform_;
  Drawing drawing_;
  std::size_t claimed_, delivered_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  struct Prepared {
    FaceBatch batch;
    std::exception_ptr failure;
  };
  std::map<std::size_t, Prepared> ready_;
  std::vector<std::jthread> threads_;
};

// Threads for a loader beside a network on `device`.
int loaderThreads(torch::Device device);
// `faces` in order, cut into batches.
std::vector<std::vector<std::int64_t>> cutIntoBatches(const std::vector<std::int64_t>& faces, int batch);

}  // namespace discern::training
