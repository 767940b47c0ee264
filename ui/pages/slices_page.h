// Slices: how well each part of a protocol is recognised (cameras, years, groups of people), at one threshold
// for all, and which is the worst.
#pragma once

#include <vector>

#include "ui/models/results/slice_runs.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace discern::ui {

class EmptyState;
class LineChart;
struct SliceCharts;

class SlicesPage : public Page {
  Q_OBJECT

 public:
  explicit SlicesPage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Slices"); }
  QString iconName() const override { return QStringLiteral("evaluation"); }
  std::vector<Chart*> charts() override;

 private:
  QWidget* makeBar();
  QWidget* makeContent();
  SliceCharts figures() const;
  void reload();
  void remember();     // what the newest run was asked with, where nothing is said here
  void showColumns();  // of the file, or of the project
  void browse();
  void start();
  void showRun();
  const SliceRun* shownRun() const;

  WhenSeen reload_;
  std::vector<SliceRun> runs_;
  QString remembered_;  // for which project
  QStackedWidget *stack_ = nullptr, *inside_ = nullptr;
  EmptyState *empty_ = nullptr, *none_ = nullptr;
  QString missingJob_;
  QLineEdit* metadata_ = nullptr;
  QComboBox *column_ = nullptr, *run_ = nullptr;
  QPushButton* start_ = nullptr;
  QLabel *problem_ = nullptr, *verdict_ = nullptr, *about_ = nullptr;
  LineChart *tar_ = nullptr, *far_ = nullptr, *genuine_ = nullptr, *impostor_ = nullptr, *edc_ = nullptr;
  QTableWidget* table_ = nullptr;
};

}  // namespace discern::ui
