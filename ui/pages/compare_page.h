// Compare: two recognisers, score tables or aggregations on the same pairs, the pairs that flip with their
// images, and one score table against another.
#pragma once

#include <optional>
#include <vector>

#include "core/results/compare.h"
#include "ui/models/live/latest_task.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableWidget;
class QTimer;

namespace discern::ui {

class EmptyState;
class JobForm;
class LineChart;
class ScatterChart;
class ThumbnailLoader;

class ComparePage : public Page {
  Q_OBJECT

 public:
  explicit ComparePage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Compare"); }
  QString iconName() const override { return QStringLiteral("tradeoff"); }
  std::vector<Chart*> charts() override;
  bool showsSamples() const override { return true; }
  bool settled() const override;

 private:
  void showEvent(QShowEvent* event) override;
  QWidget* makeForm();
  QWidget* makePairs();
  QWidget* makeScores();
  void reload();
  void fillForm();
  void followBar();
  void showResult();
  void showFlips();
  void showScores();
  void start();
  void findFlipped();                       // which samples the rows are about
  int sampleAt(int row, int column) const;  // the one in that cell of the flips; -1: unknown

  ThumbnailLoader& thumbnails_;
  QTimer* later_;  // pictures come one by one
  WhenSeen reload_, follow_;
  std::optional<results::CompareResult> result_;
  int run_ = -1;                    // whose it is
  std::vector<int> flipA_, flipB_;  // samples of the rows

  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  JobForm* form_ = nullptr;
  QPushButton* start_ = nullptr;
  QString barScores_;       // what the tool bar said
  bool following_ = false;  // the tool bar, not a hand
  QLabel *barNote_ = nullptr, *verdict_ = nullptr, *sides_ = nullptr, *scoresNote_ = nullptr;
  LatestTask correlation_;  // of the two score tables
  LineChart *roc_ = nullptr, *edc_ = nullptr;
  QTableWidget *tar_ = nullptr, *flips_ = nullptr;
  ScatterChart* scatter_ = nullptr;
  QComboBox *tableX_ = nullptr, *tableY_ = nullptr;
};

}  // namespace discern::ui
