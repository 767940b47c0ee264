// The images as a table: every column can be sorted by; one selection with all other pages.
#pragma once

#include <QTableView>
#include <memory>
#include <vector>

#include "ui/models/filter.h"

namespace discern::ui {

class SampleModel;
class SampleProxy;
class Session;
class ThumbnailLoader;

class SampleList : public QTableView {
  Q_OBJECT

 public:
  SampleList(Session& session, ThumbnailLoader& thumbnails, QWidget* parent = nullptr);

  void setTable(std::shared_ptr<const SampleTable> table);
  // Rows that are shown; identities empty: of everybody.
  void setFilter(const Filter& filter, const std::vector<int>& identities);
  int shownCount() const;

 signals:
  void inspectRequested(int sample);  // double click or Return

 protected:
  void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void showSelection();  // the session's
  int sampleAt(const QModelIndex& index) const;

  Session& session_;
  SampleModel* model_;
  SampleProxy* proxy_;
  bool following_ = false;  // the session is being followed, so it is not told
};

}  // namespace discern::ui
