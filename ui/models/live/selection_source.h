// The project's selections and maps for all pages of a session: read off
// the window's thread whenever the project changes, so that a running t-SNE
// is seen growing; and the lambda that is looked at, kept with the project.
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <cmath>
#include <memory>

#include "core/analysis/selection_path.h"
#include "ui/models/live/latest_task.h"
#include "ui/models/live/map_layout.h"
#include "ui/models/project/session.h"

namespace discern::ui {

using analysis::ScoreComparison;
using analysis::SelectionPath;

class SelectionSource : public QObject {
  Q_OBJECT

 public:
  // The one that all pages of a session share.
  static SelectionSource& of(Session& session);
  ~SelectionSource() override;

  QStringList selections() const { return selections_; }  // oldest first
  QStringList maps() const { return maps_; }
  // The chosen ones; a name that is not there yet is waited
  // for, meanwhile it is the newest. Null: there is none.
  std::shared_ptr<const SelectionPath> path() const { return path_; }
  std::shared_ptr<const MapLayout> layout() const { return layout_; }
  // path() against the session's scores; null: one of them is missing.
  std::shared_ptr<const ScoreComparison> comparison() const { return comparison_; }
  void chooseSelection(const QString& name);
  void chooseMap(const QString& name);

  // Raw, <= 0: the chosen one; of one cut, which says nothing of others, its own.
  double lambda() const { return isCut() ? path_->cutLambda() : lambda_; }
  bool isCut() const { return path_ && !std::isnan(path_->cutLambda()); }
  // Whether it is an order, of which -lambda is how many are kept (selection/methods.h).
  bool isOrder() const { return path_ && path_->isOrder(); }
  void setLambda(double lambda);
  // What the map's dots are coloured by (models/images/sample_colours.h), and a CSV with more of that: its
  // path. Kept with the project; empty: none was chosen.
  QString colour() const { return colour_; }
  QString metadata() const { return metadata_; }
  void setColour(const QString& colour);
  void setMetadata(const QString& file);
  bool busy() const { return reading_.busy() || comparing_.busy(); }

 signals:
  void namesChanged();
  void pathChanged();
  void layoutChanged();
  void comparisonChanged();
  void lambdaChanged(double lambda);
  void colourChanged();  // or the CSV

 private:
  struct Reading;

  explicit SelectionSource(Session& session);
  void openProject();
  void poll();
  void read(bool withPath);
  void take(Reading reading);
  void compare();
  void saveLater(const QString& key, const QString& value);
  void save();

  Session& session_;
  QString folder_;
  QStringList selections_, maps_;
  QString wantedSelection_, wantedMap_, colour_, metadata_;
  std::shared_ptr<const SelectionPath> path_;
  std::shared_ptr<const Snapshot> pathSnapshot_;  // that it follows
  std::shared_ptr<const MapLayout> layout_;
  std::shared_ptr<const ScoreComparison> comparison_;
  double lambda_ = 0;
  bool lambdaChosen_ = false;  // by a person, now or when the project was open before
  std::int64_t version_ = -1;
  bool pathIsOld_ = false;
  qint64 pathMs_ = 0;  // what reading a path took: it is read again no more often than ten times that
  QElapsedTimer sincePath_;
  QTimer poll_, save_;
  QHash<QString, QString> unsaved_;
  LatestTask reading_, comparing_;
};

}  // namespace discern::ui
