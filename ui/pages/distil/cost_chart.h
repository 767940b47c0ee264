// Accuracy of students and teachers against what they cost.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/models/results/student_table.h"

class QComboBox;

namespace discern::ui {

class ScatterChart;
class Session;

class CostChart : public QWidget {
  Q_OBJECT

 public:
  // Both outlive it.
  CostChart(Session& session, const StudentTable& students, QWidget* parent = nullptr);

  void setShown(const QString& protocol, std::vector<int> chosenRows);  // rows of students, ascending: ringed
  StudentRow::Layer layer() const;                                      // whose features are compared
  ScatterChart& chart() { return *chart_; }

 signals:
  void rowClicked(int row);
  void layerChanged();

 private:
  void showCosts();
  void showAxes(const QStringList& unknown);
  double costOf(const StudentRow& row) const;
  bool isAccuracy() const;
  QString tooltip(int dot) const;

  Session& session_;
  const StudentTable& students_;
  QString protocol_;
  std::vector<int> chosen_;
  std::vector<int> dots_;  // rows of students_
  ScatterChart* chart_;
  QComboBox *quality_, *layer_, *cost_;
};

}  // namespace discern::ui
