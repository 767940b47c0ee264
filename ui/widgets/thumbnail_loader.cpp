#include "ui/widgets/thumbnail_loader.h"

#include <QMetaObject>
#include <QPainter>
#include <algorithm>
#include <exception>
#include <opencv2/core.hpp>

#include "core/data/no_picture.h"
#include "core/imaging/image.h"
#include "core/imaging/sample.h"
#include "ui/models/images/images.h"

namespace discern::ui {
namespace {

constexpr std::size_t kLongestQueue = 600;  // more than a large screen shows
constexpr int kSides[] = {128, 224, 448};   // small tiles, the largest ones, the same on a dense screen

int sideFor(int pixels) {
  const auto* side = std::ranges::lower_bound(kSides, pixels);
  return side == std::end(kSides) ? kSides[std::size(kSides) - 1] : *side;
}

// How often a job has compared files with what the project knows of them.
std::int64_t looksAtFiles(const Snapshot& snapshot) {
  return std::ranges::count_if(snapshot.runs, [](const project::RunRow& run) {
    return run.status == "done" && (run.job == "refresh" || run.job == "repoint" || run.job == "extract");
  });
}

// What stands for a sample that came with numbers alone: grey on any ground.
QPixmap drawnNoPicture(int side) {
  QPixmap pixmap(side, side);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor grey(128, 128, 128);
  painter.setPen(QPen(grey, side / 128.0, Qt::DashLine));
  const double margin = side / 16.0;
  painter.drawRoundedRect(QRectF(margin, margin, side - 2 * margin, side - 2 * margin), margin, margin);
  QFont font = painter.font();
  font.setPixelSize(side / 8);
  painter.setFont(font);
  painter.setPen(grey);
  painter.drawText(pixmap.rect(), Qt::AlignCenter, ThumbnailLoader::tr("no\npicture"));
  return pixmap;
}

}  // namespace

ThumbnailLoader::ThumbnailLoader(int cacheMegabytes, QObject* parent)
    : QObject(parent), snapshot_(std::make_shared<const Snapshot>()) {
  cache_.setMaxCost(qsizetype{cacheMegabytes} * 1024);  // in kilobytes
  const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
  for (unsigned i = 0; i < threads; ++i)
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

ThumbnailLoader::~ThumbnailLoader() {
  for (std::jthread& thread : threads_) thread.request_stop();
  wake_.notify_all();
  threads_.clear();  // joins while the queue still lives
}

ThumbnailLoader& ThumbnailLoader::of(Session& session) {
  if (auto* found = session.findChild<ThumbnailLoader*>()) return *found;
  auto* loader = new ThumbnailLoader(192, &session);
  const auto take = [loader, &session] {
    loader->setProject(session.snapshot(), session.folder().toStdString());
  };
  QObject::connect(&session, &Session::projectChanged, loader, take);
  QObject::connect(&session, &Session::snapshotChanged, loader,
                   [loader, &session] { loader->extend(session.snapshot()); });
  take();
  return *loader;
}

void ThumbnailLoader::setProject(std::shared_ptr<const Snapshot> snapshot,
                                 const std::filesystem::path& root) {
  {
    const std::lock_guard lock(mutex_);
    queue_.clear();
    root_ = root;
    ++generation_;
  }
  snapshot_ = std::move(snapshot);
  cache_.clear();
  failed_.clear();
  asked_.clear();
}

void ThumbnailLoader::extend(std::shared_ptr<const Snapshot> snapshot) {
  if (looksAtFiles(*snapshot) == looksAtFiles(*snapshot_)) {
    snapshot_ = std::move(snapshot);
  } else {
    setProject(std::move(snapshot), std::filesystem::path(root_));
  }
}

QPixmap ThumbnailLoader::thumbnail(int sample, int pixels) {
  const Key key{sample, sideFor(pixels)};
  if (const QPixmap* found = cache_.object(key)) return *found;
  if (sample < 0 || sample >= static_cast<int>(snapshot_->samples.size()) || failed_.contains(sample))
    return {};
  if (!data::hasPicture(snapshot_->samples[static_cast<std::size_t>(sample)].image)) {
    QPixmap& drawn = noPicture_[key.second];
    if (drawn.isNull()) drawn = drawnNoPicture(key.second);
    return drawn;
  }
  ask(key);
  for (const int side : kSides)
    if (const QPixmap* other = cache_.object({sample, side})) return *other;
  return {};
}

void ThumbnailLoader::ask(Key key) {
  const std::lock_guard lock(mutex_);
  if (asked_.contains(key)) {  // being painted again: it is wanted now, so move it to the front
    const auto at = std::ranges::find(queue_, key, &Request::key);
    if (at != queue_.end() && at != queue_.begin()) std::rotate(queue_.begin(), at, at + 1);
    return;
  }
  asked_.insert(key);
  queue_.push_front(
      {key, generation_, snapshot_->samples[static_cast<std::size_t>(key.first)].image, snapshot_->kind});
  while (queue_.size() > kLongestQueue) {
    asked_.remove(queue_.back().key);
    queue_.pop_back();
  }
  wake_.notify_one();
}

bool ThumbnailLoader::idle() const { return asked_.isEmpty(); }

// The newest; of a video the earliest of the newest ones, because frames come in that order.
ThumbnailLoader::Request ThumbnailLoader::takeNext() {
  constexpr std::ptrdiff_t kNewest = 60;  // about what is seen at once
  auto next = queue_.begin();
  const auto end = next + std::min<std::ptrdiff_t>(kNewest, std::ssize(queue_));
  for (auto at = next; at != end; ++at)
    if (at->image.moment && next->image.moment && at->image.file == next->image.file &&
        at->image.moment->time < next->image.moment->time)
      next = at;
  Request request = std::move(*next);
  queue_.erase(next);
  return request;
}

void ThumbnailLoader::work(const std::stop_token& stop) {
  while (true) {
    Request request;
    std::filesystem::path root;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return !queue_.empty(); })) return;
      request = takeNext();
      root = root_;
    }
    QImage image;
    try {
      image = toImage(imaging::loadPicture(*request.kind, request.image, request.key.second, root));
    } catch (const std::exception&) {
      image = {};  // shown as a broken picture; the sample's problem says why
    }
    if (stop.stop_requested()) return;
    QMetaObject::invokeMethod(
        this,
        [this, key = request.key, generation = request.generation, image] {
          deliver(key, generation, image);
        },
        Qt::QueuedConnection);
  }
}

void ThumbnailLoader::deliver(Key key, quint64 generation, const QImage& image) {
  if (generation != generation_) return;
  asked_.remove(key);
  if (image.isNull()) {
    failed_.insert(key.first);
  } else {
    auto* pixmap = new QPixmap(QPixmap::fromImage(image));
    cache_.insert(key, pixmap, std::max(1, image.width() * image.height() * 4 / 1024));
  }
  emit ready(key.first);
}

}  // namespace discern::ui
