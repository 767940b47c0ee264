// The list of people who probably go under two names, with what can be done about each.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/models/images/duplicates.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace discern::ui {

class DuplicatesPanel : public QWidget {
  Q_OBJECT

 public:
  explicit DuplicatesPanel(QWidget* parent = nullptr);
  void setDuplicates(std::vector<Duplicate> duplicates);  // none: the panel hides
  QTableWidget* list() const { return list_; }
  QPushButton* mergeButton() const { return merge_; }
  QPushButton* excludeButton() const { return exclude_; }

 signals:
  void looked(int from, int into);  // a pair was chosen: show both
  void mergeRequested(const QString& from, const QString& into);
  void excludeRequested(const QString& identity);

 private:
  void currentChanged();
  const Duplicate* current() const;

  std::vector<Duplicate> duplicates_;
  QLabel* heading_;
  QTableWidget* list_;
  QPushButton *merge_, *exclude_;
};

}  // namespace discern::ui
