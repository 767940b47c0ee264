#include "core/training/face_loader.h"

#include <algorithm>
#include <cstring>
#include <opencv2/core.hpp>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/imaging/sample.h"

namespace discern::training {
namespace {

constexpr std::size_t kAhead = 4;  // batches

}  // namespace

FaceStore::FaceStore(const FaceSource& source, int size, std::int64_t cacheBytes)
    : source_(source),
      shape_(source.form.at(size)),
      bytesLeft_(cacheBytes),
      cache_(static_cast<std::size_t>(source.count)) {}

void FaceStore::fail(std::int64_t i, const std::string& reason) {
  const std::lock_guard lock(mutex_);
  failures_.emplace(i, reason);
}

bool FaceStore::decode(std::int64_t i, std::uint8_t* out) {
  cv::Mat face;
  try {
    face = source_.load(i);
  } catch (const Error& error) {
    fail(i, error.what());
    return false;
  } catch (const cv::Exception& error) {
    fail(i, fmt::format("face {}: {}", i, error.what()));
    return false;
  }
  const auto& form = source_.form;
  const data::Shape stored = form.at(face.cols > 0 ? face.cols : 1);
  if (face.empty() || face.type() != CV_8UC3 || face.rows != stored.rows()) {
    fail(i, fmt::format("sample {}: not an 8-bit BGR image in the form of {}", i, toString(form)));
    return false;
  }
  face = imaging::resized(face, stored, shape_);
  const int rows = shape_.rows(), width = shape_.width;
  const std::int64_t plane = shape_.pixels();
  std::vector<cv::Mat> planes = {cv::Mat(rows, width, CV_8U, out + 2 * plane),
                                 cv::Mat(rows, width, CV_8U, out + plane), cv::Mat(rows, width, CV_8U, out)};
  cv::split(face, planes);
  return true;
}

bool FaceStore::fetch(std::int64_t i, std::uint8_t* out) {
  const auto bytes = static_cast<std::size_t>(this->bytes());
  {
    std::unique_lock lock(mutex_);
    if (failures_.contains(i)) return false;
    if (const auto kept = cache_[static_cast<std::size_t>(i)]) {
      lock.unlock();
      std::memcpy(out, kept->data(), bytes);
      return true;
    }
  }
  if (!decode(i, out)) return false;
  const std::lock_guard lock(mutex_);
  auto& place = cache_[static_cast<std::size_t>(i)];
  if (!place && bytesLeft_ >= this->bytes()) {
    place = std::make_shared<const std::vector<std::uint8_t>>(out, out + bytes);
    bytesLeft_ -= this->bytes();
  }
  return true;
}

std::vector<std::int64_t> FaceStore::dropped() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::int64_t> faces;
  for (const auto& [face, reason] : failures_) faces.push_back(face);
  return faces;
}

void FaceStore::drop(const std::vector<std::int64_t>& faces, const std::string& where) {
  for (const auto face : faces) fail(face, fmt::format("face {}: could not be read {}", face, where));
}

std::string FaceStore::firstFailure() const {
  const std::lock_guard lock(mutex_);
  return failures_.empty() ? std::string() : failures_.begin()->second;
}

torch::Tensor normalised(const FaceBatch& batch, torch::Device device) {
  return batch.images.to(device).to(torch::kFloat32).sub_(127.5).div_(127.5);
}

BatchLoader::BatchLoader(FaceStore& store, std::vector<std::vector<std::int64_t>> plan, std::size_t first,
                         int threads, Transform transform, Drawing drawing)
    : store_(store),
      plan_(std::move(plan)),
      transform_(std::move(transform)),
      drawing_(std::move(drawing)),
      claimed_(first),
      delivered_(first) {
  for (int t = 0; t < threads; ++t)
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

BatchLoader::~BatchLoader() {
  for (auto& thread : threads_) thread.request_stop();
  threads_.clear();  // joins before the members they use go
}

FaceBatch BatchLoader::prepare(const std::vector<std::int64_t>& faces) const {
  FaceBatch batch;
  const bool draws = drawing_.size > 0;
  const data::Shape shape = draws ? data::Shape{drawing_.size, drawing_.size, 1} : store_.shape();
  auto images = torch::empty(shape.tensor(static_cast<std::int64_t>(faces.size())), torch::kUInt8);
  std::vector<std::uint8_t> stored(draws ? static_cast<std::size_t>(store_.bytes()) : 0);
  for (const auto face : faces) {
    auto* place =
        images.data_ptr<std::uint8_t>() + 3 * shape.pixels() * static_cast<std::int64_t>(batch.faces.size());
    auto* fetched = draws ? stored.data() : place;
    if (!store_.fetch(face, fetched)) continue;
    if (transform_) transform_(face, store_.shape(), fetched);
    if (draws) drawing_.draw(face, store_.shape().width, fetched, place);
    batch.faces.push_back(face);
  }
  batch.images = images.narrow(0, 0, static_cast<std::int64_t>(batch.faces.size()));
  return batch;
}

void BatchLoader::work(const std::stop_token& stop) {
  while (true) {
    std::size_t mine = 0;
    {
      std::unique_lock lock(mutex_);
      const bool go = changed_.wait(lock, stop, [this] { return claimed_ < delivered_ + kAhead; });
      if (!go || stop.stop_requested() || claimed_ >= plan_.size()) return;
      mine = claimed_++;
    }
    Prepared prepared;
    try {
      prepared.batch = prepare(plan_[mine]);
    } catch (...) {
      prepared.failure = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      ready_.emplace(mine, std::move(prepared));
    }
    changed_.notify_all();
  }
}

std::optional<FaceBatch> BatchLoader::next() {
  if (delivered_ >= plan_.size()) return std::nullopt;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ready_.contains(delivered_); });
  auto node = ready_.extract(delivered_++);
  lock.unlock();
  changed_.notify_all();
  if (node.mapped().failure) std::rethrow_exception(node.mapped().failure);
  return std::move(node.mapped().batch);
}

int loaderThreads(torch::Device device) {
  return std::max(1, device.is_cpu() ? threadCount() / 2 : threadCount() - 1);
}

std::vector<std::vector<std::int64_t>> cutIntoBatches(const std::vector<std::int64_t>& faces, int batch) {
  std::vector<std::vector<std::int64_t>> plan;
  for (std::size_t begin = 0; begin < faces.size(); begin += static_cast<std::size_t>(batch)) {
    const std::size_t end = std::min(faces.size(), begin + static_cast<std::size_t>(batch));
    plan.emplace_back(faces.begin() + static_cast<std::ptrdiff_t>(begin),
                      faces.begin() + static_cast<std::ptrdiff_t>(end));
  }
  return plan;
}

}  // namespace discern::training
