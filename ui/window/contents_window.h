// What is in the open project, kind by kind: gets another name, another place, leaves, or is made again. Each
// is a job like any other; the list follows the project.
#pragma once

#include <QDialog>
#include <vector>

#include "ui/jobs/job_runner.h"
#include "ui/models/project/contents_list.h"
#include "ui/widgets/when_seen.h"

class QAction;
class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace discern::ui {

class Session;

class ContentsWindow : public QDialog {
  Q_OBJECT

 public:
  ContentsWindow(Session& session, JobRunner& runner, QWidget* parent);

  // These show the window first, which tells what comes of it.
  void lookForFiles();                     // refresh, of all sets
  void askWhereMoved(const QString& set);  // then repoint; empty: the only or the chosen one
  QString said() const;                    // what it tells about the last job it asked for; empty: nothing

 private:
  QWidget* buildTools();
  QWidget* buildButtons();
  QTreeWidget* buildTree();
  void makeActions();
  void connectAll();
  void fill();
  void addKind(project::Entry kind, const std::vector<project::Made>& kept);  // its heading and entries
  void showActions();
  std::vector<const ContentsEntry*> chosen() const;
  const ContentsEntry* entryOf(const QTreeWidgetItem* item) const;  // null: a heading

  void renamed(QTreeWidgetItem* item);
  void askRemove();
  void askExport();  // the chosen network as an ONNX file
  void makeAgain();
  void run(const std::vector<JobRequest>& requests);
  void onEvent(int id, const JobEvent& event);
  void onFinished(int id);
  void say(const QString& text, bool isProblem = false);

  Session& session_;
  JobRunner& runner_;
  WhenSeen fill_;
  std::vector<ContentsEntry> entries_;
  std::vector<project::Stale> stale_;
  std::vector<int> jobs_;  // that this window asked for
  bool filling_ = false;
  QTreeWidget* tree_ = nullptr;
  QLabel* said_ = nullptr;
  QAction *rename_ = nullptr, *remove_ = nullptr, *moved_ = nullptr, *look_ = nullptr, *again_ = nullptr,
          *export_ = nullptr;
};

}  // namespace discern::ui
