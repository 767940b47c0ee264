#include "ui/window/project_opener.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>

#include "core/analysis/settings.h"
#include "core/base/error.h"
#include "core/project/project.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/project/session.h"
#include "ui/pages/import_dialog.h"
#include "ui/settings/resource_file.h"

namespace discern::ui {
namespace {

QString localPath(const QMimeData& data) {
  return data.urls().size() == 1 ? data.urls().front().toLocalFile() : QString();
}

QString inDocuments(const QString& name) {
  return QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).filePath(name);
}

}  // namespace

ProjectOpener::ProjectOpener(Session& session, JobRunner& runner, QWidget& window)
    : session_(session), runner_(runner), window_(window) {
  connect(&session_, &Session::opened, this, &ProjectOpener::opened);
  connect(&session_, &Session::openFailed, this, &ProjectOpener::failed);
}

void ProjectOpener::guarded(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::exception& error) {
    emit failed(QString::fromUtf8(error.what()));
  }
}

void ProjectOpener::open(const QString& folder, bool create) {
  const QString absolute = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());  // no slash at its end
  if (create && !project::Project::isProject(absolute.toStdString()))
    static_cast<void>(project::Project::create(absolute.toStdString()));
  session_.open(absolute);
  emit opened();
}

void ProjectOpener::runRecipe(const QString& recipe) {
  const QString file = QFileInfo(recipe).absoluteFilePath();
  keepRecipe(file);
  runner_.enqueueChain(session_.folder(), {{"run", {file}}});
}

void ProjectOpener::keepRecipe(const QString& recipe) {
  try {
    project::Project::open(session_.folder().toStdString(), project::Project::Mode::Read)
        .putSetting(analysis::settings::kRecipe, recipe.toStdString());
  } catch (const std::exception&) {
    // A folder that may only be read: the job says so.
  }
}

QString ProjectOpener::unfinishedRecipe() const {
  if (!session_.isOpen()) return {};
  try {
    const QString recipe =
        QString::fromStdString(session_.project().setting(analysis::settings::kRecipe).value_or(""));
    return QFileInfo(recipe).isFile() ? recipe : QString();
  } catch (const std::exception&) {
    return {};  // a busy database
  }
}

QString ProjectOpener::chooseNewFolder(const QString& suggestion) {
  QString folder = QFileDialog::getSaveFileName(&window_, tr("Where the project goes"), suggestion,
                                                tr("Discern projects (*.discern)"), nullptr,
                                                QFileDialog::DontConfirmOverwrite);
  if (!folder.isEmpty() && !folder.endsWith(".discern")) folder += ".discern";
  return folder;
}

void ProjectOpener::openKnown(const QString& folder) {
  guarded([&] { openSoon(folder); });
}

void ProjectOpener::openSoon(const QString& folder) {
  session_.openSoon(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()));
}

void ProjectOpener::choose() {
  const QString folder = QFileDialog::getExistingDirectory(&window_, tr("Open a project (NAME.discern)"));
  if (!folder.isEmpty()) openKnown(folder);
}

void ProjectOpener::makeNew() {
  const QString folder = chooseNewFolder(inDocuments("faces.discern"));
  if (folder.isEmpty()) return;
  guarded([&] {
    open(folder, true);
    importFaces();
  });
}

void ProjectOpener::makeFromFaces() {
  const QString faces =
      QFileDialog::getExistingDirectory(&window_, tr("Folder of faces, one sub-folder for each person"));
  if (!faces.isEmpty()) importFaces(faces);
}

void ProjectOpener::makeDemo() {
  const QString folder = chooseNewFolder(inDocuments("demo.discern"));
  if (folder.isEmpty()) return;
  guarded([&] {
    open(folder, true);
    runRecipe(resourceFile("recipes/demo.toml"));
  });
}

void ProjectOpener::importFaces(const QString& source) {
  const QString target = session_.isOpen() ? session_.folder() : QDir::tempPath();
  ImportDialog dialog(runner_.command(), target, &window_, session_.kind());
  if (!source.isEmpty()) dialog.setSource(source);
  if (dialog.exec() != QDialog::Accepted) return;
  const QStringList options = dialog.options();
  guarded([&] {
    if (!session_.isOpen()) {
      const QFileInfo from(QDir::cleanPath(options.front()));
      const QString folder =
          chooseNewFolder(QDir(from.absolutePath()).filePath(from.completeBaseName() + ".discern"));
      if (folder.isEmpty()) return;
      open(folder, true);
    }
    runner_.enqueueChain(session_.folder(), {{"import", options}});
  });
}

bool ProjectOpener::canTake(const QMimeData& dropped) { return !localPath(dropped).isEmpty(); }

void ProjectOpener::take(const QMimeData& dropped) {
  // Queued: a dialog must not keep the other program's drag waiting.
  QMetaObject::invokeMethod(
      this,
      [this, path = localPath(dropped)] {
        if (project::Project::isProject(path.toStdString()))
          openKnown(path);
        else
          importFaces(path);
      },
      Qt::QueuedConnection);
}

}  // namespace discern::ui
