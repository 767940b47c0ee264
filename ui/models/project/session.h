// What all pages share: the open project, which tables are looked at, and one selection. No widgets.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/operating_point.h"
#include "core/project/project.h"
#include "ui/models/project/snapshot.h"

namespace discern::ui {

class Session : public QObject {
  Q_OBJECT

 public:
  explicit Session(QObject* parent = nullptr);
  ~Session() override;

  // Opens for reading; throws discern::Error. An empty name closes.
  void open(const QString& folder);
  // The same for a person who waits: a large project is read off the window's thread, and until opened() the
  // one before stays. Throws at once where the folder is no project; what is found later is said by
  // openFailed().
  void openSoon(const QString& folder);
  QString opening() const;  // the folder that is being read; empty: none
  void close();
  bool isOpen() const;
  QString folder() const;
  const project::Project& project() const;

  std::shared_ptr<const Snapshot> snapshot() const;  // never null; empty when nothing is open
  const data::GroupKind& kind() const { return *snapshot()->kind; }
  std::shared_ptr<const data::ScoreTable> scores() const;                      // of scoreTable(); null: none
  std::shared_ptr<const data::ScoreTable> scores(const QString& table) const;  // cached
  std::shared_ptr<const data::ScoreTable> knownScores(const QString& table) const;  // null: not read yet
  std::shared_ptr<const data::Protocol> protocol() const;                           // null: none

  // The operating point, kept with the project; its names are there, or empty.
  const analysis::OperatingPoint& point() const;
  // As a whole: what is empty or not there becomes the newest. One signal for each part that moved, after all
  // of it did.
  void setPoint(analysis::OperatingPoint point);

  // Parts of it.
  QString scoreTable() const;
  QString featureTable() const;
  QString protocolName() const;
  double threshold() const;  // a score in [0, 1]
  void setScoreTable(const QString& name);
  void setFeatureTable(const QString& name);
  void setProtocolName(const QString& name);
  void setThreshold(double score);

  // Sample ids, ascending. `current` is the one the Inspector shows; -1: none.
  const std::vector<int>& selection() const;
  int current() const;
  void select(std::vector<int> samples, int current = -1);

 public slots:
  void reload();  // re-reads the snapshot when the project's dataVersion moved (also polled by a timer)

 signals:
  void openingChanged();  // a large project is being read, or no longer
  void opened();          // what openSoon() was asked for
  void openFailed(const QString& sentence);
  void projectChanged();   // another project, or none
  void snapshotChanged();  // new samples, tables, models or runs
  void scoresChanged();    // another score or feature table, or new values in it
  void protocolChanged();
  void weightingChanged();  // weights, rescale, lengths or FAR
  void thresholdChanged(double score);
  void pointChanged();  // any part of the operating point; after the signals above
  void selectionChanged();
  void folderGone(const QString& folder);  // moved or removed while it is open; said once

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace discern::ui
