#include "ui/pages/import_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QImageReader>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSpinBox>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>

#include "datasets/registry.h"

namespace discern::ui {
namespace {

constexpr int kDelayMs = 300;
constexpr int kFace = 76;
constexpr int kMostFaces = 24;
constexpr int kMostProblems = 200;

QString formatName(const QString& format) {
  static const QHash<QString, QString> names = {{"folder", "a folder for each identity"},
                                                {"lfw", "an LFW layout"},
                                                {"bin", "an InsightFace .bin of pairs"},
                                                {"rec", "an InsightFace training record"},
                                                {"templates", "templates as InsightFace packs IJB"},
                                                {"umdfaces", "UMDFaces"},
                                                {"uccs", "UCCS"},
                                                {"scface", "SCface"},
                                                {"synthetic-faces", "rendered faces"}};
  return names.value(format, format);
}

QString protocolText(const QJsonObject& protocol) {
  QString text = QString("protocol %1 with %L2 pairs")
                     .arg(protocol["name"].toString())
                     .arg(protocol["pairs"].toInteger());
  if (const int folds = protocol["folds"].toInt(); folds > 0) text += QString(" in %1 folds").arg(folds);
  return text;
}

}  // namespace

ImportDialog::ImportDialog(const QStringList& command, const QString& project, QWidget* parent)
    : QDialog(parent), command_(command), project_(project), preview_(this) {
  setWindowTitle("Import faces");
  resize(860, 560);
  auto* layout = new QVBoxLayout(this);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(18);
  columns->addWidget(buildForm(), 0);
  columns->addWidget(buildPreview(), 1);
  layout->addLayout(columns, 1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  import_ = buttons->addButton("Import", QDialogButtonBox::AcceptRole);
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
    if (event.kind == JobEvent::Kind::Result) understood_ = event.object;
    if (event.kind == JobEvent::Kind::Progress)
      summary_->setText(QString("Looking: %1, %L2 so far").arg(event.stage).arg(event.done));
  });
  connect(&preview_, &EngineProcess::finished, this,
          [this](EngineProcess::Outcome outcome, const QString& error) {
            if (!current_) return;
            if (outcome == EngineProcess::Outcome::Done && !understood_.isEmpty()) {
              showPreview(understood_);
            } else if (outcome != EngineProcess::Outcome::Cancelled) {
              showFailure(error.isEmpty() ? "The engine said nothing about this source." : error);
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
  source_->setPlaceholderText("A folder or a file");
  auto* folder = new QPushButton("Folder…");
  auto* file = new QPushButton("File…");
  for (QPushButton* button : {folder, file}) button->setAutoDefault(false);
  auto* row = new QHBoxLayout;
  row->addWidget(folder);
  row->addWidget(file);
  row->addStretch(1);
  format_ = new QComboBox;
  format_->setObjectName("format");
  format_->addItem("auto");
  for (const datasets::Format& format : datasets::formats()) {
    format_->addItem(QString::fromStdString(format.name));
    format_->setItemData(format_->count() - 1, QString::fromStdString(format.summary), Qt::ToolTipRole);
  }
  format_->setToolTip("auto looks at what is there and says below what it found.");
  name_ = new QLineEdit;
  name_->setObjectName("name");
  name_->setPlaceholderText("from the source");
  role_ = new QComboBox;
  role_->setObjectName("role");
  role_->addItem("Train: scored, and networks learn from it", "train");
  role_->addItem("Test: only evaluated", "test");
  role_->addItem("Pool: more people to be confused with", "pool");
  role_->setToolTip("A pool is never scored; its centroids are further candidates for the hardest negative.");
  identities_ = new QLineEdit;
  identities_->setPlaceholderText("all");
  identities_->setToolTip(
      "Only identities whose name matches one of these patterns, such as A*,B*; separate by commas.");
  minImages_ = new QSpinBox;
  minImages_->setRange(1, 100000);
  minImages_->setToolTip("Identities with fewer images are left out.");
  crop_ = new QLineEdit;
  crop_->setObjectName("crop");
  crop_->setPlaceholderText("whole image, or x,y,width,height");
  crop_->setToolTip(
      "Where the face is in every image without landmarks; LFW's deep-funneled images want 60,52,130,130.");
  crop_->setValidator(new QRegularExpressionValidator(QRegularExpression(R"(-?\d+,-?\d+,\d+,\d+)"), crop_));
  pairs_ = new QLineEdit;
  pairs_->setPlaceholderText("found by itself");
  pairs_->setToolTip("The file of pairs, where it is not beside the images.");
  form->addRow("Source", source_);
  form->addRow(QString(), row);
  form->addRow("Format", format_);
  form->addRow("Use", role_);
  form->addRow("Name", name_);
  form->addRow("Identities", identities_);
  form->addRow("Least images", minImages_);
  form->addRow("Crop", crop_);
  form->addRow("Pairs", pairs_);
  connect(folder, &QPushButton::clicked, this, [this] { browse(true); });
  connect(file, &QPushButton::clicked, this, [this] { browse(false); });
  for (QLineEdit* line : {source_, name_, identities_, crop_, pairs_})
    connect(line, &QLineEdit::textChanged, this, &ImportDialog::requestPreview);
  connect(format_, &QComboBox::currentIndexChanged, this, &ImportDialog::requestPreview);
  connect(minImages_, &QSpinBox::valueChanged, this, &ImportDialog::requestPreview);
  return panel;
}

QWidget* ImportDialog::buildPreview() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  summary_ = new QLabel("Choose a source to see what is in it.");
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
      folder ? QFileDialog::getExistingDirectory(this, "Folder of faces", source_->text())
             : QFileDialog::getOpenFileName(this, "File of faces", source_->text(),
                                            "Face sets (*.bin *.rec *.idx *.txt *.csv);;All files (*)");
  if (!chosen.isEmpty()) source_->setText(chosen);
}

void ImportDialog::setSource(const QString& source) { source_->setText(source); }

QStringList ImportDialog::options() const {
  QStringList words = {source_->text().trimmed(), "--format", format_->currentText(), "--role",
                       role_->currentData().toString()};
  const std::pair<const char*, const QLineEdit*> texts[] = {
      {"--name", name_}, {"--identities", identities_}, {"--crop", crop_}, {"--pairs", pairs_}};
  for (const auto& [option, line] : texts)
    if (const QString text = line->text().trimmed(); !text.isEmpty()) words << option << text;
  if (minImages_->value() > 1) words << "--min-images" << QString::number(minImages_->value());
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
  understood_ = {};
  faces_->clear();
  problems_->hide();
  problemsTitle_->hide();
  if (source_->text().trimmed().isEmpty()) {
    summary_->setText("Choose a source to see what is in it.");
    return;
  }
  if (!crop_->text().isEmpty() && !crop_->hasAcceptableInput()) {
    summary_->setText("The crop is not complete: x,y,width,height was expected, such as 60,52,130,130.");
    return;
  }
  if (source_->text().trimmed() == "synthetic-faces") {
    summary_->setText("The faces are rendered by the import itself; there is nothing to look at yet.");
    import_->setEnabled(true);
    emit previewed();
    return;
  }
  summary_->setText("Looking…");
  current_ = true;
  preview_.start(command_, QStringList{"--json", "import", project_} + options() + QStringList{"--dry-run"});
}

void ImportDialog::showPreview(const QJsonObject& result) {
  const qint64 samples = result["samples"].toInteger();
  QStringList parts = {QString("This is %1: %L2 images of %L3 identities")
                           .arg(formatName(result["format"].toString()))
                           .arg(samples)
                           .arg(result["identities"].toInteger())};
  for (const QJsonValue& protocol : result["protocols"].toArray()) parts << protocolText(protocol.toObject());
  summary_->setText(parts.join(", ") + '.');
  const QJsonArray problems = result["problems"].toArray();
  problems_->clear();
  for (const QJsonValue& value : problems) {
    if (problems_->count() == kMostProblems) break;
    const QString where = value["where"].toString();
    problems_->addItem(where.isEmpty() ? value["what"].toString() : where + ": " + value["what"].toString());
  }
  problemsTitle_->setText(problems.size() == 1 ? "One thing looks odd:"
                                               : QString("%L1 things look odd:").arg(problems.size()));
  problemsTitle_->setVisible(!problems.isEmpty());
  problems_->setVisible(!problems.isEmpty());
  import_->setEnabled(samples > 0);
  QStringList files;
  for (const QJsonValue& example : result["examples"].toArray()) files << example.toString();
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
    QThreadPool::globalInstance()->start([self, file, row, generation = generation_] {
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
