// Chooses what to import and shows, before anything is written, what was understood of it.
#pragma once

#include <QDialog>
#include <QStringList>
#include <QTimer>
#include <optional>

#include "core/imaging/sample.h"
#include "core/results/data_results.h"
#include "ui/jobs/job_runner.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace discern::ui {

class JobForm;

class ImportDialog : public QDialog {
  Q_OBJECT

 public:
  // command: the engine's, for the preview. project: the folder, which need not exist yet; what it holds is
  // of `kind`.
  ImportDialog(const QStringList& command, const QString& project, QWidget* parent = nullptr,
               const data::GroupKind& kind = imaging::findGroupKind(""));

  void setSource(const QString& source);
  // {SOURCE, "--role", "test", ...}, of those that were changed: for the job "import".
  QStringList options() const;
  bool isPreviewing() const { return preview_.isRunning() || delay_.isActive(); }
  // What the preview understood; none before it has ended, or when it failed.
  const std::optional<results::ImportResult>& understood() const { return understood_; }

 signals:
  void previewed();

 private:
  QWidget* buildForm();
  QWidget* buildPreview();
  bool isRendered() const;
  void showFields();
  void requestPreview();
  void runPreview();
  void showPreview(const results::ImportResult& result);
  void showFailure(const QString& message);
  void loadFaces(const QStringList& files);
  void browse(bool folder);
  QString words(const QString& text) const;  // in those of the kind

  QStringList command_;
  QString project_;
  const data::GroupKind& kind_;
  EngineProcess preview_{nullptr, 1000};  // which has nothing to save
  QTimer delay_;
  std::optional<results::ImportResult> understood_;
  int generation_ = 0;    // of previews: thumbnails of older ones are dropped
  bool current_ = false;  // the preview that runs is of what the form says

  QLineEdit* source_ = nullptr;
  JobForm *form_ = nullptr, *formatForm_ = nullptr;
  QString format_;  // chosen, or understood: whose options are asked for
  QLabel *summary_ = nullptr, *problemsTitle_ = nullptr;
  QListWidget *problems_ = nullptr, *faces_ = nullptr;
  QPushButton* import_ = nullptr;
};

}  // namespace discern::ui
