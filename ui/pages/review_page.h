// Review: doubtful labels, one after the other: images that look like somebody else, and two identities that
// look like one person, beside typical images of both. One key decides and goes on.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ui/models/images/review_cases.h"
#include "ui/models/live/latest_task.h"
#include "ui/pages/page.h"
#include "ui/widgets/when_seen.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace discern::ui {

class EmptyState;
class ImageStrip;
class TableSource;

class ReviewPage : public Page {
  Q_OBJECT

 public:
  explicit ReviewPage(Session& session, QWidget* parent = nullptr);

  QString title() const override { return QT_TR_NOOP("Review"); }
  QString iconName() const override { return QStringLiteral("person"); }
  bool showsSamples() const override { return true; }
  bool settled() const override;

  const ReviewCase* current() const;  // null: nothing is left

 private:
  QWidget* makeCases();
  QWidget* makeCase();
  QPushButton* makeButton(const char* name, const char* icon, Qt::Key key, void (ReviewPage::*work)());
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void reload();
  void install(ReviewList list);
  void sayWhyNone();
  void fill();
  bool patch(const std::vector<ReviewCase>& wanted);
  void putRow(int row, const ReviewCase& one);
  void showCase();
  void choose(int row);
  // Decides about the case that is shown, and goes on.
  void act(const std::function<void(const ReviewCase&)>& decide);
  void move();  // or merge
  void right();
  void leaveOut();
  void different();
  void unsure();
  int takeReturned();  // once: the row of a case that was not there before; -1: none
  QString nameOf(int identity) const { return names_[std::size_t(identity)]; }

  TableSource& source_;
  WhenSeen reload_;
  std::shared_ptr<const data::ScoreTable> dscores_;
  // Tables that were read for the list, and how many runs there were: what is made again is made by one.
  std::vector<std::shared_ptr<const data::ScoreTable>> read_;
  std::size_t readAt_ = 0;
  LatestTask task_;  // of a large project
  std::vector<ReviewCase> cases_;
  std::vector<ReviewCase> listed_;  // the rows of the table
  std::vector<ReviewCase> gone_;    // decided about here, which lists that are still worked out may not know
  std::optional<ReviewCase> returned_;
  std::vector<QString> names_, listedNames_;  // of the identities; as the rows have them
  bool undone_ = false;                       // what comes back is looked at
  bool acted_ = false;                        // a hand did something here: the image goes to every page
  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QString missingJob_;
  QTableWidget* list_ = nullptr;
  QLabel *left_ = nullptr, *question_ = nullptr, *cosines_ = nullptr;
  ImageStrip *suspect_ = nullptr, *own_ = nullptr, *other_ = nullptr;
  QPushButton *move_ = nullptr, *right_ = nullptr, *leaveOut_ = nullptr, *different_ = nullptr,
              *unsure_ = nullptr;
};

}  // namespace discern::ui
