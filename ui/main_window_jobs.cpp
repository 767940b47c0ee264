// What the main window asks before it starts a job, and which jobs follow from each other.
#include <QCoreApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonObject>
#include <QLocale>
#include <QMimeData>
#include <QStandardPaths>
#include <algorithm>

#include "core/base/error.h"
#include "ui/main_window.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/import_dialog.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

// The newest feature table is extracted again: only rows that are missing cost anything.
JobRequest extractAgain(const project::FeatureTableRow& table) {
  JobRequest request{
      "extract",
      {"--model", QString::fromStdString(table.model), "--name", QString::fromStdString(table.name)}};
  const QString recipe = objectOf(table.recipe)["name"].toString();
  if (!recipe.isEmpty()) request.options << "--recipe" << recipe;
  return request;
}

// Every score table of these features, with the options
// it was made with; the D-scores where none is on record.
std::vector<JobRequest> scoreAgain(const Snapshot& snapshot, const std::string& features) {
  std::vector<JobRequest> requests;
  QStringList written;  // by a later run
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run) {
    if ((run->job != "score" && run->job != "predict") || run->status != "done") continue;
    const QJsonObject result = objectOf(run->result), options = objectOf(run->options);
    const QString name = result["scores"].toString();
    if (written.contains(name)) continue;
    written << name;
    const bool exists = std::find(snapshot.scoreTables.begin(), snapshot.scoreTables.end(),
                                  name.toStdString()) != snapshot.scoreTables.end();
    if (run->job != "score" || !exists || result["features"].toString().toStdString() != features) continue;
    JobRequest request{"score", {"--features", QString::fromStdString(features)}};
    for (auto it = options.begin(); it != options.end(); ++it) {
      const QString value = it.value().toString();
      if (it.key() == "version" || it.key() == "features" || value.isEmpty() || value == "false") continue;
      request.options << "--" + it.key();
      if (value != "true") request.options << value;
    }
    requests.insert(requests.begin(), std::move(request));
  }
  if (requests.empty()) requests.push_back({"score", {"--features", QString::fromStdString(features)}});
  return requests;
}

QString localFolder(const QMimeData* data) {
  return data->urls().size() == 1 ? data->urls().front().toLocalFile() : QString();
}

}  // namespace

QString resourceFile(const QString& name) {
  QStringList folders;
  if (const QString chosen = qEnvironmentVariable("DISCERN_RESOURCES"); !chosen.isEmpty()) {
    folders << chosen;
  } else {
    folders << QDir(QCoreApplication::applicationDirPath()).absoluteFilePath("../share/discern")
            << QString(DISCERN_SOURCE_RESOURCES);
  }
  for (const QString& folder : folders)
    if (QFileInfo::exists(QDir(folder).filePath(name))) return QDir(folder).filePath(name);
  fail("{} was not found in {}; set DISCERN_RESOURCES to the folder that has it.", name.toStdString(),
       folders.join(" and ").toStdString());
}

// --- projects

QString MainWindow::chooseNewFolder(const QString& suggestion) {
  QString folder =
      QFileDialog::getSaveFileName(this, "Where the project goes", suggestion, "Discern projects (*.discern)",
                                   nullptr, QFileDialog::DontConfirmOverwrite);
  if (!folder.isEmpty() && !folder.endsWith(".discern")) folder += ".discern";
  return folder;
}

void MainWindow::newProject() {
  const QString home = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  const QString folder = chooseNewFolder(QDir(home).filePath("faces.discern"));
  if (folder.isEmpty()) return;
  guarded([&] {
    openProject(folder, true);
    importFaces();
  });
}

void MainWindow::newProjectFromFaces() {
  const QString faces =
      QFileDialog::getExistingDirectory(this, "Folder of faces, one sub-folder for each person");
  if (!faces.isEmpty()) importFaces(faces);
}

void MainWindow::chooseProject() {
  const QString folder = QFileDialog::getExistingDirectory(this, "Open a project (NAME.discern)");
  if (!folder.isEmpty()) guarded([&] { openProject(folder); });
}

void MainWindow::runDemo() {
  const QString home = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  const QString folder = chooseNewFolder(QDir(home).filePath("demo.discern"));
  if (folder.isEmpty()) return;
  guarded([&] {
    openProject(folder, true);
    runRecipe(resourceFile("recipes/demo.toml"));
  });
}

void MainWindow::runRecipe(const QString& recipe) {
  enqueue({{"run", {QFileInfo(recipe).absoluteFilePath()}}});
}

// --- jobs

void MainWindow::enqueue(const std::vector<JobRequest>& requests) {
  if (session_.isOpen() && !requests.empty()) runner_.enqueueChain(session_.folder(), requests);
}

void MainWindow::requestJob(const QString& job, const QStringList& options) {
  if (job == "import" && options.isEmpty()) return importFaces();
  if (!session_.isOpen()) return showMessage("Open or make a project first.");
  if (!options.isEmpty()) return enqueue({{job, options}});
  if (job == "refresh") return enqueue(refreshRequests());
  if (job == "extract") return askExtract();
  if (job == "score") return askScore();
  if (job == "protocol") return askProtocol();
  if (job == "evaluate") return enqueue({evaluateRequest()});
  if (job == "sweep") return enqueue({sweepRequest()});
  enqueue({{job, options}});
}

JobRequest MainWindow::evaluateRequest() const {
  const analysis::OperatingPoint& point = session_.point();
  JobRequest request{"evaluate",
                     {"--protocol", session_.protocolName(), "--features", session_.featureTable()}};
  if (!point.scores.empty())
    request.options << "--scores" << session_.scoreTable() << "--threshold"
                    << QString::number(point.threshold, 'g', QLocale::FloatingPointShortest);
  // What the base model saw can be weighed by a head, whoever dropped.
  const QString weights = point.weights.empty() ? scoresByHead(*session_.snapshot(), session_.featureTable())
                                                : QString::fromStdString(point.weights);
  if (!weights.isEmpty() && weights != session_.scoreTable()) request.options << "--weights" << weights;
  return request;
}

JobRequest MainWindow::sweepRequest() const {
  const analysis::OperatingPoint& point = session_.point();
  JobRequest request{
      "sweep",
      {"--protocol", session_.protocolName(), "--features", session_.featureTable(), "--scores",
       session_.scoreTable(), "--far", QString::number(point.far, 'g', QLocale::FloatingPointShortest)}};
  if (!point.weights.empty() && point.weights != point.scores)
    request.options << "--weights" << QString::fromStdString(point.weights);
  return request;
}

std::vector<JobRequest> MainWindow::refreshRequests() const {
  const auto snapshot = session_.snapshot();
  std::vector<JobRequest> requests;
  if (snapshot->featureTables.empty()) return requests;
  const auto chosen =
      std::find_if(snapshot->featureTables.begin(), snapshot->featureTables.end(),
                   [&](const auto& table) { return table.name == session_.featureTable().toStdString(); });
  const auto& table = chosen == snapshot->featureTables.end() ? snapshot->featureTables.back() : *chosen;
  requests.push_back(extractAgain(table));
  for (JobRequest& request : scoreAgain(*snapshot, table.name)) requests.push_back(std::move(request));
  const auto readsOthers =
      [&](const project::ModelRow& model) {  // a head of features that are not refreshed here
        return model.kind == "head" && featuresOfHead(model).toStdString() != table.name;
      };
  for (const auto& model : snapshot->models) {
    if ((model.kind != "ddnet" && model.kind != "head") || readsOthers(model)) continue;
    // Every table that a network predicted gets the new images too.
    for (const auto& run : snapshot->runs) {
      const QJsonObject options = objectOf(run.options);
      if (run.job != "predict" || run.status != "done" ||
          options["model"].toString().toStdString() != model.name)
        continue;
      const JobRequest request{
          "predict", {"--model", options["model"].toString(), "--name", options["name"].toString()}};
      const bool listed = std::any_of(requests.begin(), requests.end(), [&](const JobRequest& r) {
        return r.job == request.job && r.options == request.options;
      });
      if (!listed) requests.push_back(request);
    }
  }
  return requests;
}

void MainWindow::runMainJob() {
  const auto snapshot = session_.snapshot();
  if (snapshot->samples.empty()) return importFaces();
  if (snapshot->featureTables.empty()) return askExtract();
  std::vector<JobRequest> requests = refreshRequests();
  if (!session_.protocolName().isEmpty()) {
    JobRequest evaluate = evaluateRequest(), sweep = sweepRequest();
    if (session_.scoreTable().isEmpty()) sweep.options = {"--protocol", session_.protocolName()};
    requests.push_back(evaluate);
    requests.push_back(sweep);
  }
  enqueue(requests);
}

void MainWindow::importFaces(const QString& source) {
  const QString target = session_.isOpen() ? session_.folder() : QDir::tempPath();
  ImportDialog dialog(runner_.command(), target, this);
  if (!source.isEmpty()) dialog.setSource(source);
  if (dialog.exec() != QDialog::Accepted) return;
  const QStringList options = dialog.options();
  guarded([&] {
    if (!session_.isOpen()) {
      const QFileInfo from(QDir::cleanPath(options.front()));
      const QString folder =
          chooseNewFolder(QDir(from.absolutePath()).filePath(from.completeBaseName() + ".discern"));
      if (folder.isEmpty()) return;
      openProject(folder, true);
    }
    enqueue({{"import", options}});
  });
}

void MainWindow::askExtract() {
  QStringList models = {"demo"};
  for (const auto& model : session_.snapshot()->models)
    if (model.kind == "base") models << QString::fromStdString(model.name);
  JobDialog dialog(
      "Extract features",
      "The base model looks at every image once; scores and templates are made of what it sees. Images that "
      "have features already are left as they are. Scoring follows by itself.",
      "Extract and score", formFields("extract"), this);
  dialog.form().setChoices("model", models);
  dialog.form().setValue("model", "demo");
  if (dialog.exec() == QDialog::Accepted) enqueue({{"extract", dialog.form().options()}, {"score", {}}});
}

void MainWindow::askScore() {
  QStringList tables;
  for (const auto& table : session_.snapshot()->featureTables) tables << QString::fromStdString(table.name);
  if (tables.isEmpty()) return askExtract();
  JobDialog dialog(
      "Score the images",
      "The D-score of an image says how much closer it is to its own identity than to the one it is most "
      "confused with.",
      "Score", formFields("score"), this);
  dialog.form().setChoices("features", tables);
  dialog.form().setValue("features", session_.featureTable());
  if (dialog.exec() == QDialog::Accepted) enqueue({{"score", dialog.form().options()}});
}

void MainWindow::askProtocol() {
  JobDialog dialog(
      "Make a protocol",
      "Templates are drawn from the identities of one role and compared with each other. Degraded copies "
      "become images of the project, so features and scores are brought up to date afterwards.",
      "Make it", formFields("protocol"), this);
  dialog.form().setValue("degraded", 0.5);  // what the window is for shows best where some images are bad
  if (dialog.exec() != QDialog::Accepted) return;
  std::vector<JobRequest> requests = {{"protocol", dialog.form().options()}};
  for (JobRequest& request : refreshRequests()) requests.push_back(std::move(request));
  enqueue(requests);
}

// --- dropping

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!localFolder(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const QString path = localFolder(event->mimeData());
  if (path.isEmpty()) return;
  event->acceptProposedAction();
  // Queued: a dialog must not keep the other program's drag waiting.
  QMetaObject::invokeMethod(
      this,
      [this, path] {
        if (project::Project::isProject(path.toStdString())) {
          guarded([&] { openProject(path); });
        } else {
          importFaces(path);
        }
      },
      Qt::QueuedConnection);
}

}  // namespace discern::ui
