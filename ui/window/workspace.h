// The pages and the list on their left.
#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

class QListWidget;
class QStackedWidget;

namespace discern::ui {

class Chart;
class JobDialog;
class JobRunner;
class Page;
class Session;

class Workspace : public QWidget {
  Q_OBJECT

 public:
  // Every page of pages.def.
  Workspace(Session& session, JobRunner& runner, QWidget* parent = nullptr);

  const std::vector<Page*>& pages() const { return pages_; }
  QStringList titles() const;
  Page* page(const QString& title) const;  // null: no such page
  void showPage(const QString& title);     // throws discern::Error that lists them
  void showRow(int row);
  void startWith(int row);  // as if it had been the first one
  void back();              // to the page that was shown before
  QString shown() const;    // its title
  void setToolTip(int row, const QString& text);

  // Hidden pages owe what moved meanwhile; true when all (but one) have it and nothing is being worked out.
  bool settledBut(const Page* page = nullptr) const;
  // Those that have something to show, up to date.
  std::vector<Chart*> charts() const;

 signals:
  void dialogMade(discern::ui::JobDialog& dialog, const QString& job);  // of a page
  void pageShown(const QString& title);
  void jobRequested(const QString& job, const QStringList& options);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;  // of the list

 private:
  void add(Page* page);
  void goIn();                       // the shown page takes the focus
  bool pressOnPage(QKeyEvent& key);  // true: the shown page has a key of its own for it

  std::vector<Page*> pages_;
  QListWidget* navigation_;
  QStackedWidget* stack_;
  std::vector<int> before_;  // rows, the last one shown last
  bool goingBack_ = false;
};

}  // namespace discern::ui
