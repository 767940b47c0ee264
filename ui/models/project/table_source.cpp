#include "ui/models/project/table_source.h"

#include "ui/models/project/shown_images.h"

namespace discern::ui {
namespace {

constexpr int kThresholdMs = 120;  // while a hand is on the slider

}  // namespace

TableSource& TableSource::of(Session& session) {
  if (auto* found = session.findChild<TableSource*>()) return *found;
  return *new TableSource(session);
}

TableSource::TableSource(Session& session) : QObject(&session), session_(session) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &TableSource::rebuild);
  const auto soon = [this] {
    ++asked_;
    timer_.start(0);
  };
  connect(&session, &Session::projectChanged, this, soon);
  connect(&session, &Session::snapshotChanged, this, soon);
  connect(&session, &Session::scoresChanged, this, soon);
  connect(&ShownImages::of(session), &ShownImages::changed, this, soon);
  soon();
}

void TableSource::followThreshold() {
  const bool follows = table_->threshold() == session_.threshold() && !task_.busy();
  if (!follows && !timer_.isActive()) timer_.start(kThresholdMs);
}

void TableSource::rebuild() {
  task_.run(
      [all = asked_ != made_, before = table_, snapshot = session_.snapshot(), scores = session_.scores(),
       threshold = session_.threshold(), shown = ShownImages::of(session_).now()](
          const LatestTask::Stopped&) -> std::shared_ptr<const SampleTable> {
        if (!all) return std::make_shared<const SampleTable>(before->withThreshold(threshold));
        return std::make_shared<const SampleTable>(snapshot, scores, threshold, shown);
      },
      [this, asked = asked_](std::shared_ptr<const SampleTable> table) {
        made_ = asked;  // what was asked for meanwhile is still to be made
        table_ = std::move(table);
        emit changed();
      });
}

}  // namespace discern::ui
