// What the main window asks before it starts a job, and which jobs follow from each other.
#include <QCoreApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>
#include <QStandardPaths>
#include <algorithm>

#include "core/base/error.h"
#include "ui/main_window.h"
#include "ui/pages/import_dialog.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

using Kind = FormField::Kind;

// The newest feature table is extracted again: only rows that are missing cost anything.
JobRequest extractAgain(const project::FeatureTableRow& table) {
  JobRequest request{
      "extract",
      {"--model", QString::fromStdString(table.model), "--name", QString::fromStdString(table.name)}};
  const QString recipe =
      QJsonDocument::fromJson(QByteArray::fromStdString(table.recipe)).object()["name"].toString();
  if (!recipe.isEmpty()) request.options << "--recipe" << recipe;
  return request;
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
    folders << QString(DISCERN_SOURCE_RESOURCES)
            << QDir(QCoreApplication::applicationDirPath()).absoluteFilePath("../share/discern");
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
  JobRequest request{"evaluate",
                     {"--protocol", session_.protocolName(), "--features", session_.featureTable()}};
  if (!session_.scoreTable().isEmpty())
    request.options << "--scores" << session_.scoreTable() << "--threshold"
                    << QString::number(session_.threshold(), 'g', 9);
  return request;
}

JobRequest MainWindow::sweepRequest() const {
  return {"sweep",
          {"--protocol", session_.protocolName(), "--features", session_.featureTable(), "--scores",
           session_.scoreTable()}};
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
  requests.push_back({"score", {"--features", QString::fromStdString(table.name)}});
  for (const auto& model : snapshot->models) {
    if (model.kind != "ddnet") continue;
    // Every table that a network predicted gets the new images too.
    for (const auto& run : snapshot->runs) {
      const QJsonObject options = QJsonDocument::fromJson(QByteArray::fromStdString(run.options)).object();
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
      const QFileInfo from(options.front());
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
      "have features "
      "already are left as they are. Scoring follows by itself.",
      "Extract and score",
      {{.option = "--model",
        .label = "Base model",
        .kind = Kind::EditableChoice,
        .value = "demo",
        .tooltip = "demo, a network of this project, or the path of an ONNX, TorchScript or Discern file.",
        .choices = models},
       {.option = "--recipe",
        .label = "Input recipe",
        .kind = Kind::EditableChoice,
        .value = "",
        .tooltip = "How pixels become the model's input; empty: the model's own, else insightface. A wrong "
                   "one is the most common silent error.",
        .choices = {"", "insightface", "sface", "crfiqa", "magface", "facenet", "vggface", "vggface2"}},
       {.option = "--name",
        .label = "Name",
        .kind = Kind::Text,
        .value = "",
        .tooltip = "Of the feature table; empty: the model's.",
        .choices = {}},
       {.option = "--batch",
        .label = "Batch",
        .kind = Kind::Integer,
        .value = 32,
        .tooltip = "Images the model sees at once.",
        .low = 1,
        .high = 4096,
        .choices = {}},
       {.option = "--device",
        .label = "Device",
        .kind = Kind::Choice,
        .value = "cpu",
        .tooltip = "cuda needs a build with CUDA and a device.",
        .choices = {"cpu", "cuda"}}},
      this);
  if (dialog.exec() == QDialog::Accepted) enqueue({{"extract", dialog.form().options()}, {"score", {}}});
}

void MainWindow::askScore() {
  QStringList tables;
  for (const auto& table : session_.snapshot()->featureTables) tables << QString::fromStdString(table.name);
  if (tables.isEmpty()) return askExtract();
  JobDialog dialog("Score the images",
                   "The D-score of an image says how much closer it is to its own identity than to the one "
                   "it is most confused with.",
                   "Score",
                   {{.option = "--features",
                     .label = "Features",
                     .kind = Kind::Choice,
                     .value = session_.featureTable(),
                     .tooltip = "What the scores are made from.",
                     .choices = tables},
                    {.option = "--method",
                     .label = "Method",
                     .kind = Kind::Choice,
                     .value = "dscore",
                     .tooltip = "dscore is the paper's; the others are there to be compared with it.",
                     .choices = {"dscore", "crfiqa", "norm", "sharpness"}},
                    {.option = "--metric",
                     .label = "Metric",
                     .kind = Kind::Choice,
                     .value = "cosine",
                     .tooltip = "Between features and centroids.",
                     .choices = {"cosine", "euclidean"}},
                    {.option = "--leave-one-out",
                     .label = "Leave the image out of its own centroid",
                     .kind = Kind::Flag,
                     .value = false,
                     .tooltip = "For identities with few images: an image should not vote for itself.",
                     .choices = {}},
                    {.option = "--name",
                     .label = "Name",
                     .kind = Kind::Text,
                     .value = "",
                     .tooltip = "Of the score table; empty: the method.",
                     .choices = {}}},
                   this);
  if (dialog.exec() == QDialog::Accepted) enqueue({{"score", dialog.form().options()}});
}

void MainWindow::askProtocol() {
  JobDialog dialog(
      "Make a protocol",
      "Templates are drawn from the identities of one role and compared with each other. Degraded copies "
      "become images of "
      "the project, so features and scores are brought up to date afterwards.",
      "Make it",
      {{.option = "--name",
        .label = "Name",
        .kind = Kind::Text,
        .value = "templates",
        .tooltip = "Of the protocol.",
        .choices = {}},
       {.option = "--role",
        .label = "Identities",
        .kind = Kind::Choice,
        .value = "test",
        .tooltip = "Test identities were never trained on; that is what a number should come from.",
        .choices = {"test", "train"}},
       {.option = "--size",
        .label = "Images a template",
        .kind = Kind::Integer,
        .value = 8,
        .tooltip = "Identities with fewer are left out.",
        .low = 1,
        .high = 1000,
        .choices = {}},
       {.option = "--templates-per-identity",
        .label = "Templates an identity",
        .kind = Kind::Integer,
        .value = 0,
        .tooltip = "0: as many as fit without using an image twice.",
        .low = 0,
        .high = 10000,
        .choices = {}},
       {.option = "--degraded",
        .label = "Degraded share",
        .kind = Kind::Number,
        .value = 0.5,
        .tooltip = "Share of each template that is replaced by degraded copies: 0 none, 1 all.",
        .low = 0,
        .high = 1,
        .decimals = 2,
        .choices = {}},
       {.option = "--kinds",
        .label = "Degradations",
        .kind = Kind::Text,
        .value = "",
        .tooltip = "Separated by commas; empty: all kinds.",
        .choices = {}},
       {.option = "--impostors",
        .label = "Impostor pairs",
        .kind = Kind::Integer,
        .value = 200000,
        .tooltip = "At most this many, drawn evenly; 0: all.",
        .low = 0,
        .high = 2e9,
        .choices = {}},
       {.option = "--seed",
        .label = "Seed",
        .kind = Kind::Integer,
        .value = 1,
        .tooltip = "The same seed makes the same protocol.",
        .choices = {}}},
      this);
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
