#include "ui/pages/import_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QImageReader>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cctype>

#include "core/base/described.h"
#include "core/jobs/import.h"
#include "datasets/registry.h"
#include "ui/language/words.h"
#include "ui/models/live/workers.h"
#include "ui/models/project/kind_words.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/job_form.h"

namespace discern::ui {
namespace {

constexpr int kDelayMs = 300;
constexpr int kFace = 76;
constexpr int kMostFaces = 24;
constexpr int kMostProblems = 200;

QString formatTitle(const QString& name) {
  const datasets::Format* format = datasets::formats().seek(name.toStdString());
  return format != nullptr ? engineText(format->title) : name;
}

// "Data sets (*.bin *.rec)": sources that are files.
QString fileFilter() {
  QStringList patterns;
  for (const datasets::Format& format : datasets::formats())
    for (const std::string& pattern : format.files) patterns << QString::fromStdString(pattern);
  return Words::tr("Data sets (%1);;All files (*)").arg(patterns.join(' '));
}

std::string nameOf(const datasets::Format& format, const datasets::FormatOption& option) {
  return format.name + "-" + option.key;
}

// One field for what each format asks for.
std::vector<JobField> formatFields() {
  std::vector<JobField> fields;
  for (const datasets::Format& format : datasets::formats())
    for (const datasets::FormatOption& option : format.options) {
      JobField field;
      field.name = nameOf(format, option);
      field.label = option.key;
      std::ranges::replace(field.label, '_', ' ');
      field.label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(field.label[0])));
      field.help = option.help;
      if (option.value == "FILE") field.kind = FieldKind::File;
      if (option.value == "FOLDER") field.kind = FieldKind::Folder;
      fields.push_back(std::move(field));
    }
  return fields;
}

QString protocolText(const results::ImportedProtocol& protocol) {
  const QString name = QString::fromStdString(protocol.name);
  const QString pairs =
      protocol.pairs == 1 ? Words::tr("1 pair") : Words::tr("%L1 pairs").arg(protocol.pairs);
  return protocol.folds > 0
             ? Words::tr("protocol %1 with %2 in %3 folds").arg(name, pairs).arg(protocol.folds)
             : Words::tr("protocol %1 with %2").arg(name, pairs);
}

// nothing: it is no such result.
std::optional<results::ImportResult> previewOf(const QByteArray& line) {
  try {
    return fromJsonText<results::ImportResult>({line.constData(), std::size_t(line.size())}, "the preview");
  } catch (const Error&) {
    return std::nullopt;
  }
}

// What a detector found in a few of them, or why they need one.
QString facesText(const results::ImportResult& result) {
  if (!result.unaligned.empty())
    return '\n' + Words::tr(
                      "These {samples} look unaligned: %1. Recognisers take aligned {subjects}: choose a "
                      "detector.")
                      .arg(QString::fromStdString(result.unaligned));
  if (!result.faces) return {};
  QString text =
      '\n' +
      Words::tr("{Subjects} of a few: %1 photographs, %2 without {a subject}, %3 with several, %4 tiny.")
          .arg(result.faces->photographs)
          .arg(result.faces->missed)
          .arg(result.faces->several)
          .arg(result.faces->tiny);
  if (result.faces->cropped > 0)
    text += ' ' +
            Words::tr(
                "Without usable landmarks {subjects} are cropped and not aligned: choose a landmark model.");
  return text;
}

}  // namespace

ImportDialog::ImportDialog(const QStringList& command, const QString& project, QWidget* parent,
                           const data::GroupKind& kind)
    : QDialog(parent), command_(command), project_(project), kind_(kind), preview_(this) {
  setWindowTitle(words(tr("Import {samples}")));
  resize(900, 620);
  auto* layout = new QVBoxLayout(this);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(18);
  columns->addWidget(buildForm(), 0);
  columns->addWidget(buildPreview(), 1);
  layout->addLayout(columns, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  import_ = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
  import_->setObjectName("import");
  import_->setProperty("primary", true);
  import_->setDefault(true);
  import_->setEnabled(false);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  delay_.setSingleShot(true);
  delay_.setInterval(kDelayMs);
  connect(&delay_, &QTimer::timeout, this, &ImportDialog::runPreview);
  connect(&preview_, &EngineProcess::event, this, [this](const JobEvent& event) {
    if (!current_) return;
    if (event.kind == JobEvent::Kind::Result) understood_ = previewOf(event.line);
    if (event.kind == JobEvent::Kind::Progress)
      summary_->setText(tr("Looking: %1, %L2 so far").arg(engineText(event.stage)).arg(event.done));
  });
  connect(&preview_, &EngineProcess::finished, this,
          [this](EngineProcess::Outcome outcome, const QString& error) {
            if (!current_) return;
            if (outcome == EngineProcess::Outcome::Done && understood_) {
              showPreview(*understood_);
            } else if (outcome != EngineProcess::Outcome::Cancelled) {
              showFailure(error.isEmpty() ? tr("The engine said nothing about this source.") : error);
            }
            emit previewed();
          });
}

QWidget* ImportDialog::buildForm() {
  auto* panel = new QWidget;
  panel->setFixedWidth(360);
  auto* form = new QFormLayout(panel);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  source_ = new QLineEdit;
  source_->setObjectName("source");
  source_->setPlaceholderText(tr("A folder or a file"));
  auto* folder = new QPushButton(tr("Folder…"));
  auto* file = new QPushButton(tr("File…"));
  for (QPushButton* button : {folder, file}) button->setAutoDefault(false);
  auto* row = new QHBoxLayout;
  row->addWidget(folder);
  row->addWidget(file);
  row->addStretch(1);
  form_ = new JobForm(withoutFields(formFields("import"), {"source"}));
  form->addRow(tr("Source"), source_);
  form->addRow(QString(), row);
  form->addRow(form_);
  formatForm_ = new JobForm(formatFields());
  form->addRow(formatForm_);
  connect(folder, &QPushButton::clicked, this, [this] { browse(true); });
  connect(file, &QPushButton::clicked, this, [this] { browse(false); });
  connect(source_, &QLineEdit::textChanged, this, &ImportDialog::requestPreview);
  connect(source_, &QLineEdit::textChanged, this, &ImportDialog::showFields);
  connect(form_, &JobForm::changed, this, &ImportDialog::requestPreview);
  connect(form_, &JobForm::changed, this, &ImportDialog::showFields);
  connect(formatForm_, &JobForm::changed, this, &ImportDialog::requestPreview);
  showFields();
  return panel;
}

QString ImportDialog::words(const QString& text) const { return inWords(kind_, text); }

bool ImportDialog::isRendered() const { return jobs::isRendered(source_->text().trimmed().toStdString()); }

// Rendered faces have options of their own, and none of those of files.
void ImportDialog::showFields() {
  const bool rendered = isRendered();
  for (const char* field : {"count", "images", "bad-share", "label-errors", "first-identity", "seed"})
    form_->setShown(field, rendered);
  for (const char* field :
       {"format", "identities", "min-images", "crop", "detect", "landmarks", "face", "tiny-eyes"})
    form_->setShown(field, !rendered);
  const QString chosen = form_->text("format");
  if (chosen != "auto") format_ = chosen;  // else the one that was understood, as soon as there is one
  for (const datasets::Format& format : datasets::formats())
    for (const datasets::FormatOption& option : format.options)
      formatForm_->setShown(QString::fromStdString(nameOf(format, option)),
                            !rendered && format_.toStdString() == format.name);
}

QWidget* ImportDialog::buildPreview() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  summary_ = new QLabel(tr("Choose a source to see what is in it."));
  summary_->setObjectName("summary");
  summary_->setWordWrap(true);
  faces_ = new QListWidget;
  faces_->setObjectName("faces");
  faces_->setViewMode(QListView::IconMode);
  faces_->setIconSize({kFace, kFace});
  faces_->setResizeMode(QListView::Adjust);
  faces_->setMovement(QListView::Static);
  faces_->setSpacing(4);
  faces_->setSelectionMode(QAbstractItemView::NoSelection);
  problemsTitle_ = new QLabel;
  problems_ = new QListWidget;
  problems_->setObjectName("problems");
  problems_->setWordWrap(true);
  problems_->setMaximumHeight(130);
  problemsTitle_->hide();
  problems_->hide();
  layout->addWidget(summary_);
  layout->addWidget(faces_, 1);
  layout->addWidget(problemsTitle_);
  layout->addWidget(problems_);
  return panel;
}

void ImportDialog::browse(bool folder) {
  const QString chosen =
      folder
          ? QFileDialog::getExistingDirectory(this, words(tr("Folder of {samples}")), source_->text())
          : QFileDialog::getOpenFileName(this, words(tr("File of {samples}")), source_->text(), fileFilter());
  if (!chosen.isEmpty()) source_->setText(chosen);
}

void ImportDialog::setSource(const QString& source) { source_->setText(source); }

QStringList ImportDialog::options() const {
  QStringList words = QStringList{source_->text().trimmed()} + form_->changedOptions();
  QStringList own;
  if (const auto* format = datasets::formats().seek(format_.toStdString());
      format != nullptr && !isRendered())
    for (const datasets::FormatOption& option : format->options)
      if (const QString text = formatForm_->text(QString::fromStdString(nameOf(*format, option))).trimmed();
          !text.isEmpty())
        own << QString("%1=%2").arg(QString::fromStdString(option.key), text);
  if (!own.isEmpty()) words << "--option" << own.join(',');
  return words;
}

void ImportDialog::requestPreview() {
  import_->setEnabled(false);
  current_ = false;
  preview_.cancel();
  delay_.start();
}

void ImportDialog::runPreview() {
  ++generation_;
  understood_.reset();
  faces_->clear();
  problems_->hide();
  problemsTitle_->hide();
  if (source_->text().trimmed().isEmpty()) {
    summary_->setText(tr("Choose a source to see what is in it."));
    return;
  }
  if (!form_->check()) {
    summary_->setText(form_->problem());
    return;
  }
  if (isRendered()) {
    summary_->setText(
        words(tr("The {subjects} are rendered by the import itself; there is nothing to look at yet.")));
    import_->setEnabled(true);
    emit previewed();
    return;
  }
  summary_->setText(tr("Looking…"));
  current_ = true;
  preview_.start(command_, QStringList{"--json", "import", project_} + options() + QStringList{"--dry-run"});
}

void ImportDialog::showPreview(const results::ImportResult& result) {
  format_ = QString::fromStdString(result.format);
  showFields();
  QStringList parts = {words(tr("This is %1: %L2 {samples} of %L3 {identities}"))
                           .arg(formatTitle(format_))
                           .arg(result.samples)
                           .arg(result.identities)};
  for (const auto& protocol : result.protocols) parts << protocolText(protocol);
  summary_->setText(parts.join(", ") + '.' + words(facesText(result)));
  problems_->clear();
  for (const auto& problem : result.problems) {
    if (problems_->count() == kMostProblems) break;
    const std::string text = problem.where.empty() ? problem.what : problem.where + ": " + problem.what;
    problems_->addItem(QString::fromStdString(text));
  }
  problemsTitle_->setText(result.problems.size() == 1
                              ? tr("One thing looks odd:")
                              : tr("%L1 things look odd:").arg(result.problems.size()));
  problemsTitle_->setVisible(!result.problems.empty());
  problems_->setVisible(!result.problems.empty());
  import_->setEnabled(result.samples > 0);
  QStringList files;
  for (const auto& example : result.examples) files << QString::fromStdString(example);
  files.removeDuplicates();  // images of one container share its file
  loadFaces(files.mid(0, kMostFaces));
}

void ImportDialog::showFailure(const QString& message) {
  summary_->setText(message);
  import_->setEnabled(false);
}

void ImportDialog::loadFaces(const QStringList& files) {
  QPointer<ImportDialog> self(this);
  for (const QString& file : files) {
    auto* item = new QListWidgetItem(faces_);
    item->setToolTip(file);
    item->setSizeHint({kFace + 8, kFace + 8});
    const int row = faces_->count() - 1;
    workers().start([self, file, row, generation = generation_] {
      QImageReader reader(file);
      reader.setAutoTransform(true);
      QImage image = reader.read();
      if (!image.isNull()) image = image.scaled(kFace, kFace, Qt::KeepAspectRatio, Qt::SmoothTransformation);
      QMetaObject::invokeMethod(qApp, [self, image, row, generation] {
        if (!self || self->generation_ != generation || row >= self->faces_->count()) return;
        if (image.isNull()) {
          self->faces_->item(row)->setHidden(true);  // a container, or one of the problems below
        } else {
          self->faces_->item(row)->setIcon(QIcon(QPixmap::fromImage(image)));
        }
      });
    });
  }
}

}  // namespace discern::ui
