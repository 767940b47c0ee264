// Thumbnails of samples made by a few threads and kept in a cache; what has scrolled away is not made at all.
#pragma once

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "ui/models/project/session.h"

namespace discern::ui {

class ThumbnailLoader : public QObject {
  Q_OBJECT

 public:
  // `cacheMegabytes`: of finished thumbnails, the least recently used go first.
  explicit ThumbnailLoader(int cacheMegabytes = 192, QObject* parent = nullptr);
  ~ThumbnailLoader() override;

  // The one that all views of a session share; it follows the session's project.
  static ThumbnailLoader& of(Session& session);

  // Whose samples the numbers mean. Forgets everything; results of the former project are dropped.
  void setProject(std::shared_ptr<const Snapshot> snapshot, const std::filesystem::path& root);

  // The same project with samples added: what is there stays, unless files were found replaced or moved.
  void extend(std::shared_ptr<const Snapshot> snapshot);

  // The thumbnail in the smallest of a few sizes with `pixels` along its longer side. While there is none it
  // is asked for, ready() follows, and another size stands in, or null. Newest request first; of a long queue
  // the oldest requests are forgotten (whoever still needs them asks again when painted). Of a sample without
  // a picture it says so, at once.
  QPixmap thumbnail(int sample, int pixels = 128);
  bool failed(int sample) const { return failed_.contains(sample); }  // the image cannot be read
  bool idle() const;                                                  // nothing asked for is outstanding

 signals:
  void ready(int sample);  // loaded or failed

 private:
  using Key = std::pair<int, int>;  // sample, side
  struct Request {
    Key key;
    quint64 generation = 0;
    data::ImageRef image;
    const data::GroupKind* kind = nullptr;
  };
  void ask(Key key);
  Request takeNext();  // under the mutex
  void work(const std::stop_token& stop);
  void deliver(Key key, quint64 generation, const QImage& image);

  QCache<Key, QPixmap> cache_;
  QSet<Key> asked_;
  QSet<int> failed_;
  QHash<int, QPixmap> noPicture_;  // by side
  std::shared_ptr<const Snapshot> snapshot_;

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Request> queue_;   // guarded
  std::filesystem::path root_;  // guarded
  quint64 generation_ = 0;      // written by the window's thread only, guarded
  std::vector<std::jthread> threads_;
};

}  // namespace discern::ui
