#include "ui/pages/slices_page.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/analysis/metadata.h"
#include "core/base/error.h"
#include "ui/charts/line_chart.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/live/selection_source.h"
#include "ui/models/project/session.h"
#include "ui/pages/figures.h"
#include "ui/pages/pages.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/empty_state.h"

namespace discern::ui {

SlicesPage::SlicesPage(Session& session, QWidget* parent)
    : Page(session, parent), reload_(*this, [this] { reload(); }) {
  empty_ = new EmptyState(iconName(), {}, {}, {}, this);
  auto* whole = new QWidget;
  auto* layout = new QVBoxLayout(whole);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->setSpacing(8);
  layout->addWidget(makeBar());
  problem_ = new QLabel;
  problem_->setObjectName(QStringLiteral("problem"));
  problem_->setProperty("error", true);
  problem_->setWordWrap(true);
  problem_->hide();
  layout->addWidget(problem_);
  none_ = new EmptyState(iconName(), {}, {}, {}, this);
  inside_ = new QStackedWidget;
  inside_->addWidget(none_);
  inside_->addWidget(makeContent());
  layout->addWidget(inside_, 1);
  stack_ = new QStackedWidget(this);
  stack_->addWidget(empty_);
  stack_->addWidget(whole);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(missingJob_, {}); });
  for (auto signal : {&Session::projectChanged, &Session::snapshotChanged})
    connect(&session_, signal, &reload_, &WhenSeen::ask);
  reload_.ask();
}

QWidget* SlicesPage::makeBar() {
  auto* bar = new QWidget;
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  metadata_ = new QLineEdit;
  metadata_->setObjectName(QStringLiteral("metadata"));
  metadata_->setAccessibleName(tr("Metadata"));
  metadata_->setPlaceholderText(tr("what the project itself knows"));
  metadata_->setToolTip(
      tr("A CSV that says something of images: a column path, sample or identity, and others such as camera, "
         "year, "
         "sex, age or skin tone. Empty: what the project itself knows."));
  metadata_->setClearButtonEnabled(true);
  auto* browse = new QPushButton(tr("Choose…"));
  browse->setObjectName(QStringLiteral("chooseMetadata"));
  column_ = makeCombo(QStringLiteral("column"), tr("What the comparisons are parted by"));
  column_->setAccessibleName(tr("Column"));
  column_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  letShrink(column_, 8);
  start_ = new QPushButton(tr("Compare the parts"));
  start_->setObjectName(QStringLiteral("slices"));
  start_->setProperty("primary", true);
  start_->setToolTip(tr("At the operating point: its protocol, features, scores, threshold and FAR"));
  run_ = makeCombo(QStringLiteral("sliceRun"), tr("Results that were measured before"));
  run_->setAccessibleName(tr("Result"));
  letShrink(run_, 12);
  layout->addWidget(new QLabel(tr("Metadata")));
  layout->addWidget(metadata_, 1);
  layout->addWidget(browse);
  layout->addWidget(new QLabel(tr("Column")));
  layout->addWidget(column_);
  layout->addWidget(start_);
  connect(browse, &QPushButton::clicked, this, &SlicesPage::browse);
  connect(metadata_, &QLineEdit::editingFinished, this, &SlicesPage::showColumns);
  connect(metadata_, &QLineEdit::textChanged, this, [this](const QString& text) {
    if (text.isEmpty()) showColumns();
  });
  connect(start_, &QPushButton::clicked, this, &SlicesPage::start);
  connect(run_, &QComboBox::currentIndexChanged, this, &SlicesPage::showRun);
  return bar;
}

QWidget* SlicesPage::makeContent() {
  verdict_ = new QLabel;
  verdict_->setObjectName(QStringLiteral("verdict"));
  verdict_->setProperty("figure", true);
  verdict_->setWordWrap(true);
  about_ = new QLabel;
  about_->setObjectName(QStringLiteral("about"));
  about_->setProperty("muted", true);
  about_->setWordWrap(true);
  tar_ = new LineChart(QStringLiteral("slices-tar"));
  far_ = new LineChart(QStringLiteral("slices-far"));
  genuine_ = new LineChart(QStringLiteral("slices-genuine"));
  impostor_ = new LineChart(QStringLiteral("slices-impostor"));
  edc_ = new LineChart(QStringLiteral("slices-edc"));
  setUpCharts(figures());
  const auto beside = [](std::initializer_list<LineChart*> charts) {
    auto* page = new QWidget;
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(8);
    for (LineChart* chart : charts) row->addWidget(chart, 1);
    return page;
  };
  auto* tabs = new QTabWidget;
  tabs->setObjectName(QStringLiteral("sliceTabs"));
  tabs->setDocumentMode(true);
  tabs->addTab(beside({tar_, far_}), tr("Error rates"));
  tabs->addTab(beside({genuine_, impostor_}), tr("Comparisons"));
  tabs->addTab(beside({edc_}), tr("Error versus discard"));
  table_ = new QTableWidget(0, 0);
  table_->setObjectName(QStringLiteral("sliceTable"));
  table_->setAccessibleName(tr("Parts"));
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  auto* upper = new QWidget;
  auto* layout = new QVBoxLayout(upper);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* top = new QHBoxLayout;
  top->addWidget(verdict_, 1);
  top->addWidget(run_, 0, Qt::AlignTop);
  layout->addLayout(top);
  layout->addWidget(about_);
  layout->addWidget(tabs, 1);
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName(QStringLiteral("rows"));
  splitter->addWidget(upper);
  splitter->addWidget(table_);
  splitter->setStretchFactor(0, 1);
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({420, 170});
  return splitter;
}

SliceCharts SlicesPage::figures() const { return {*tar_, *far_, *genuine_, *impostor_, *edc_}; }

std::vector<Chart*> SlicesPage::charts() { return {tar_, far_, genuine_, impostor_, edc_}; }

void SlicesPage::reload() {
  const auto snapshot = session_.snapshot();
  const bool possible = !snapshot->featureTables.empty() && !snapshot->protocols.empty();
  if (!possible) {
    missingJob_ = snapshot->samples.empty()         ? QStringLiteral("import")
                  : snapshot->featureTables.empty() ? QStringLiteral("extract")
                                                    : QStringLiteral("protocol");
    empty_->setTexts(
        tr("Nothing to part yet"),
        words(tr("Features of the {samples} and a protocol say what is compared; a column of a table "
                 "parts the comparisons.")),
        missingJob_ == QLatin1String("import")    ? words(tr("Import {samples}…"))
        : missingJob_ == QLatin1String("extract") ? tr("Extract features…")
                                                  : tr("Make a protocol…"));
  }
  stack_->setCurrentIndex(possible ? 1 : 0);
  const int shown = run_->currentData().toInt();
  const bool wasNewest = run_->currentIndex() <= 0;
  runs_ = sliceRuns(*snapshot);
  remember();
  {
    const QSignalBlocker quiet(run_);
    run_->clear();
    for (const SliceRun& run : runs_)
      run_->addItem(tr("%1 (run %2)").arg(sliceTitle(run)).arg(run.run), run.run);
    run_->setEnabled(!runs_.empty());
    run_->setCurrentIndex(runs_.empty() ? -1 : wasNewest ? 0 : std::max(0, run_->findData(shown)));
  }
  showRun();
}

void SlicesPage::remember() {
  if (remembered_ != session_.folder()) {
    remembered_ = session_.folder();
    const QString known = SelectionSource::of(session_).metadata();  // the map's table is the same
    metadata_->setText(!known.isEmpty() ? known
                       : runs_.empty()  ? QString()
                                        : QString::fromStdString(runs_.front().metadata));
    showColumns();
    if (!runs_.empty())
      column_->setCurrentIndex(
          std::max(0, column_->findText(QString::fromStdString(runs_.front().result.column))));
    return;
  }
  if (metadata_->text().isEmpty()) showColumns();  // images may have come
}

void SlicesPage::showColumns() {
  const QString chosen = column_->currentText(), file = metadata_->text().trimmed();
  QStringList columns;
  QString problem;
  try {
    columns = toList(file.isEmpty() ? analysis::ownColumns(session_.snapshot()->samples)
                                    : analysis::labelColumns(file.toStdString()));
    if (columns.isEmpty()) problem = tr("%1 has no column beside those that say whose a row is.").arg(file);
  } catch (const std::exception& error) {
    problem = QString::fromUtf8(error.what());
  }
  problem_->setText(problem);
  problem_->setVisible(!problem.isEmpty());
  fillQuietly(column_, columns, columns.contains(chosen) ? chosen : columns.value(0));
  start_->setEnabled(!columns.isEmpty());
}

void SlicesPage::browse() {
  const QString file = QFileDialog::getOpenFileName(this, tr("Metadata"), QFileInfo(metadata_->text()).path(),
                                                    tr("Tables (*.csv *.tsv *.txt);;All files (*)"));
  if (file.isEmpty()) return;
  metadata_->setText(file);
  showColumns();
}

void SlicesPage::start() {
  if (const QString file = metadata_->text().trimmed(); !file.isEmpty())
    SelectionSource::of(session_).setMetadata(file);
  const JobRequest request =
      slicesRequest(session_.point(), column_->currentText(), metadata_->text().trimmed());
  emit jobRequested(request.job, request.options);
}

const SliceRun* SlicesPage::shownRun() const {
  const int at = run_->currentIndex();
  return at >= 0 && at < int(runs_.size()) ? &runs_[std::size_t(at)] : nullptr;
}

void SlicesPage::showRun() {
  const SliceRun* run = shownRun();
  inside_->setCurrentIndex(run == nullptr ? 0 : 1);
  if (run == nullptr) {
    none_->setTexts(
        tr("No parts were compared yet"),
        tr("Choose a table of metadata and one of its columns above: camera, year, sex, age, skin tone. "
           "Each value's comparisons are read at the one threshold of all."));
    for (LineChart* chart : {tar_, far_, genuine_, impostor_, edc_}) chart->setSeries({});
    return;
  }
  verdict_->setText(sliceVerdict(run->result));
  about_->setText(sliceAbout(*run));
  showSlices(figures(), *run);
  const QStringList columns = sliceColumns(run->result);
  const auto rows = sliceRows(run->result);
  table_->setColumnCount(int(columns.size()));
  table_->setHorizontalHeaderLabels(columns);
  table_->setRowCount(int(rows.size()));
  for (int row = 0; row < rows.size(); ++row) {
    const auto& slice = run->result.slices[std::size_t(row)];
    for (int column = 0; column < columns.size(); ++column) {
      auto* item = new QTableWidgetItem(rows[row][column]);
      if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      QFont font = item->font();
      font.setBold(slice.name == run->result.worst);
      item->setFont(font);
      item->setToolTip(slice.name == run->result.worst ? tr("The lowest true accept rate")
                       : slice.supported               ? QString()
                                         : tr("Fewer than 30 genuine comparisons, or than 3 / FAR impostors: "
                                              "its numbers may be chance"));
      table_->setItem(row, column, item);
    }
  }
  fitToWidth(*table_, {0});
}

Page* makeSlicesPage(const PageTools& tools) { return new SlicesPage(tools.session); }

}  // namespace discern::ui
