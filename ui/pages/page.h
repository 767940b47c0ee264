// One page of the workbench.
#pragma once

#include <QIcon>
#include <QString>
#include <QStringList>
#include <QWidget>
#include <vector>

namespace discern::ui {

class Chart;
class JobDialog;
class Session;

class Page : public QWidget {
  Q_OBJECT

 public:
  explicit Page(Session& session, QWidget* parent = nullptr) : QWidget(parent), session_(session) {}

  // Its name in code, settings and files; what a person reads is shownTitle(). A page writes
  // QT_TR_NOOP("Data").
  virtual QString title() const = 0;
  QString shownTitle() const;
  virtual QString iconName() const { return "table"; }  // resources/icons/NAME.svg
  virtual std::vector<Chart*> charts() { return {}; }   // for export, here and headless
  // Files of its own beside the charts', here and headless. Returns them; throws discern::Error.
  virtual QStringList exportTo(const QString& folder) { return {}; }
  // Whether samples can be chosen on it: keys that decide about what is chosen do nothing elsewhere.
  virtual bool showsSamples() const { return false; }
  // True when nothing is still being loaded or computed: headless screenshots wait for it.
  virtual bool settled() const { return true; }
  // Does what is owed since nobody sees it (WhenSeen): before charts of a hidden page are read.
  void catchUp();

 signals:
  // The main window starts it: "extract", {"--model", "demo"}; the project is put in by the job runner.
  void jobRequested(const QString& job, const QStringList& options);
  // About to be shown: the main window gives its form what it kept, and says what a network can run on.
  void dialogMade(discern::ui::JobDialog& dialog, const QString& job);
  void pageRequested(const QString& title);  // "Inspector": bring that page to the front

 protected:
  // Chooses the sample for every page and brings the Inspector to the front.
  void showInInspector(int sample);
  // In the words of the open project's kind (inWords). What is said once, while the page is made, needs no
  // call: its places ("{samples}") are filled when the page is first shown, and follow the kind.
  QString words(const QString& text) const;
  void showEvent(QShowEvent* event) override;

  Session& session_;

 private:
  bool wordsKept_ = false;
};

}  // namespace discern::ui
