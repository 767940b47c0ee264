// The images as a table: every column can be sorted by; one selection with all other pages.
#pragma once

#include <QTableView>
#include <memory>
#include <vector>

#include "ui/models/images/filter.h"
#include "ui/models/live/latest_task.h"

namespace discern::ui {

class SampleModel;
class Session;
class ThumbnailLoader;

class SampleList : public QTableView {
  Q_OBJECT

 public:
  SampleList(Session& session, ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

  // The rows follow, filtered and sorted in a worker. identities empty: of everybody.
  void fill(std::shared_ptr<const SampleTable> table, const Filter& filter,
            const std::vector<int>& identities);
  int shownCount() const;
  bool isListed(int sample) const;
  bool busy() const { return task_.busy(); }

 signals:
  void inspectRequested(int sample);  // double click or Return
  void filled();

 protected:
  void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
  void keyPressEvent(QKeyEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void refill();
  void showSelection();  // the session's

  Session& session_;
  SampleModel* model_;
  std::shared_ptr<const SampleTable> table_ = std::make_shared<const SampleTable>();
  Filter filter_;
  std::vector<int> identities_;
  LatestTask task_;
  bool following_ = false;  // the session is being followed, so it is not told
};

}  // namespace discern::ui
