// Opening, making and filling projects: what is asked, and the jobs that follow.
#pragma once

#include <QObject>
#include <functional>

class QMimeData;
class QWidget;

namespace discern::ui {

class JobRunner;
class Session;

class ProjectOpener : public QObject {
  Q_OBJECT

 public:
  // `window`: what its dialogs stand on.
  ProjectOpener(Session& session, JobRunner& runner, QWidget& window);

  // Opens, and makes it first when `create` and there is none. Throws discern::Error.
  void open(const QString& folder, bool create = false);
  void openSoon(
      const QString& folder);  // the same for who waits at the window: a large one is read meanwhile
  void runRecipe(const QString& recipe);  // `discern run RECIPE PROJECT`
  // A recipe of the open project that was started and has not come to its end; empty: none.
  QString unfinishedRecipe() const;
  void keepRecipe(const QString& recipe);  // empty: it has

  // These ask first; what went wrong is told by `failed`.
  void openKnown(const QString& folder);
  void choose();
  void makeNew();
  void makeFromFaces();
  void makeDemo();
  void importFaces(const QString& source = {});  // makes a project where none is open

  // A project is opened, any other folder or file imported.
  static bool canTake(const QMimeData& dropped);
  void take(const QMimeData& dropped);

 signals:
  void opened();
  void failed(const QString& sentence);

 private:
  QString chooseNewFolder(const QString& suggestion);
  void guarded(const std::function<void()>& action);

  Session& session_;
  JobRunner& runner_;
  QWidget& window_;
};

}  // namespace discern::ui
