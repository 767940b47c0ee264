// The list of people who probably go under two names, with what can be done about each.
#pragma once

#include <QWidget>
#include <vector>

#include "core/imaging/sample.h"
#include "ui/models/images/duplicates.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace discern::ui {

class DuplicatesPanel : public QWidget {
  Q_OBJECT

 public:
  explicit DuplicatesPanel(QWidget* parent = nullptr);
  // None: the panel hides. In the words of `kind`.
  void setDuplicates(std::vector<Duplicate> duplicates,
                     const data::GroupKind& kind = imaging::findGroupKind(""));
  QTableWidget* list() const { return list_; }
  QPushButton* mergeButton() const { return merge_; }
  QPushButton* excludeButton() const { return exclude_; }

 signals:
  void looked(int from, int into);  // a pair was chosen: show both
  void mergeRequested(int from, int into);
  void excludeRequested(int identity);

 private:
  void currentChanged();
  const Duplicate* current() const;

  std::vector<Duplicate> duplicates_;
  const data::GroupKind* kind_ = nullptr;
  QLabel* heading_;
  QTableWidget* list_;
  QPushButton *merge_, *exclude_;
};

}  // namespace discern::ui
