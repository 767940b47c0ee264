// Students and their teachers as a table; the chosen rows stay chosen while it grows.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/models/results/student_table.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace discern::ui {

class StudentsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit StudentsPanel(StudentTable& students, QWidget* parent = nullptr);

  void set(std::vector<StudentRow> rows);
  std::vector<int> chosenRows() const;  // of the table's model, ascending
  void chooseRow(int row);
  // With a run: the chosen ones, else the newest few.
  std::vector<StudentRow> shownRuns() const;
  QString protocol() const;  // that quality is measured on; empty: none

 signals:
  void chosenChanged();
  void protocolChanged();
  void costsRequested();

 private:
  QHBoxLayout* buildHeader();
  void buildTable();

  StudentTable& students_;
  QSortFilterProxyModel* sorted_;
  QComboBox* protocol_;
  QLabel* note_;
  QTableView* table_;
};

}  // namespace discern::ui
