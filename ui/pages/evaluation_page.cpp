#include "ui/pages/evaluation_page.h"

#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/line_chart.h"
#include "ui/models/project/session.h"
#include "ui/models/results/evaluation_table.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/figures.h"
#include "ui/pages/identification_panel.h"
#include "ui/pages/pages.h"
#include "ui/pages/runs_panel.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/point_preset.h"

namespace discern::ui {
namespace {

QStandardItem* cell(const QString& text, const QString& tooltip = {}) {
  auto* item = new QStandardItem(text);
  item->setEditable(false);
  item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  item->setToolTip(tooltip);
  return item;
}

}  // namespace

EvaluationPage::EvaluationPage(Session& session, QWidget* parent)
    : Page(session, parent), reload_(*this, [this] { reload(); }) {
  auto* verification = new QWidget;
  auto* layout = new QVBoxLayout(verification);
  layout->setContentsMargins(0, 8, 0, 0);
  layout->setSpacing(10);
  layout->addWidget(buildHeader());
  stack_ = new QStackedWidget;
  layout->addWidget(stack_, 1);
  identification_ = new IdentificationPanel(session);
  connect(identification_, &IdentificationPanel::jobRequested, this, &Page::jobRequested);
  auto* tabs = new QTabWidget;
  tabs->setObjectName("evaluationTabs");
  tabs->setDocumentMode(true);
  tabs->addTab(verification, tr("Verification"));
  tabs->addTab(identification_, tr("Identification"));
  runTable_ = new RunsPanel(session);
  tabs->addTab(runTable_, tr("Runs"));
  auto* whole = new QVBoxLayout(this);
  whole->addWidget(tabs);
  empty_ = new EmptyState("evaluation", {}, {});
  stack_->addWidget(empty_);
  stack_->addWidget(buildContent());
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(missingJob_, {}); });
  connect(&session_, &Session::snapshotChanged, &reload_, &WhenSeen::ask);
  connect(&session_, &Session::protocolChanged, &reload_, &WhenSeen::ask);
  reload_.ask();
}

QWidget* EvaluationPage::buildHeader() {
  auto* header = new QWidget;
  auto* rows = new QVBoxLayout(header);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(4);
  auto* layout = new QHBoxLayout;
  run_ = new QComboBox;
  run_->setObjectName("evaluationRun");
  run_->setAccessibleName(tr("Evaluation"));
  run_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  run_->setMinimumContentsLength(24);
  make_ = new QPushButton(tr("Make a protocol…"));
  make_->setObjectName("makeProtocol");
  evaluate_ = new QPushButton(tr("Evaluate"));
  evaluate_->setObjectName("evaluate");
  evaluate_->setProperty("primary", true);
  about_ = new ElidedLabel;
  about_->setProperty("muted", true);
  layout->addWidget(new QLabel(tr("Result")));
  layout->addWidget(run_);
  layout->addStretch(1);
  layout->addWidget(make_);
  layout->addWidget(new QLabel(tr("Preset")));
  layout->addWidget(new PointPreset(session_));
  layout->addWidget(evaluate_);
  rows->addLayout(layout);
  rows->addWidget(about_);
  connect(run_, &QComboBox::currentIndexChanged, this, &EvaluationPage::showRun);
  connect(make_, &QPushButton::clicked, this, [this] { emit jobRequested("protocol", {}); });
  connect(evaluate_, &QPushButton::clicked, this, [this] { emit jobRequested("evaluate", {}); });
  return header;
}

QWidget* EvaluationPage::buildContent() {
  roc_ = new LineChart("roc");
  det_ = new LineChart("det");
  edc_ = new LineChart("edc");
  setUpCharts(figures());
  auto* charts = new QWidget;
  auto* row = new QHBoxLayout(charts);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  for (LineChart* chart : {roc_, det_, edc_}) row->addWidget(chart, 1);

  rows_ = new QStandardItemModel(this);
  table_ = new QTableView;
  table_->setObjectName("evaluationTable");
  table_->setAccessibleName(tr("Aggregations"));
  table_->setModel(rows_);
  connect(rows_, &QStandardItemModel::itemChanged, this, &EvaluationPage::showCharts);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->verticalHeader()->hide();
  switches_ = new QPlainTextEdit;
  switches_->setObjectName("switches");
  switches_->setAccessibleName(tr("What the numbers were measured with"));
  switches_->setReadOnly(true);
  switches_->setLineWrapMode(QPlainTextEdit::WidgetWidth);
  auto* box = new QGroupBox(tr("Every switch of this evaluation"));
  auto* inBox = new QVBoxLayout(box);
  inBox->addWidget(switches_);
  auto* lower = new QSplitter(Qt::Horizontal);
  lower->setObjectName("columns");
  lower->addWidget(table_);
  lower->addWidget(box);
  lower->setStretchFactor(0, 3);
  lower->setStretchFactor(1, 1);
  lower->setSizes({850, 230});
  lower->setChildrenCollapsible(false);

  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName("rows");
  splitter->addWidget(charts);
  splitter->addWidget(lower);
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 2);
  splitter->setSizes({390, 230});
  splitter->setChildrenCollapsible(false);
  return splitter;
}

EvaluationCharts EvaluationPage::figures() const { return {*roc_, *det_, *edc_}; }

std::vector<Chart*> EvaluationPage::charts() { return {roc_, det_, edc_, identification_->chart()}; }

bool EvaluationPage::settled() const { return !runTable_->isBusy(); }

void EvaluationPage::reload() {
  const auto snapshot = session_.snapshot();
  evaluate_->setEnabled(!snapshot->protocols.empty() && !snapshot->featureTables.empty());
  make_->setEnabled(!snapshot->samples.empty());
  // Results are long; they are parsed again only when there are others.
  QString key = session_.folder() + '|' + session_.protocolName();
  for (const project::RunRow& run : snapshot->runs)
    if (run.job == "evaluate" && run.status == "done") key += QString(" %1").arg(run.id);
  if (key == std::exchange(shown_, key) && stack_->currentIndex() == 1) return;
  const int shown = run_->currentData().toInt();
  const bool wasNewest = run_->currentIndex() <= 0;
  std::vector<EvaluationRun> runs = evaluations(*snapshot, session_.protocolName());
  runs_ = std::move(runs);
  {
    const QSignalBlocker blocker(run_);
    run_->clear();
    for (const EvaluationRun& run : runs_)
      run_->addItem(tr("%1 (run %2)")
                        .arg(run.scores.isEmpty() ? run.features : run.scores + ", " + run.features)
                        .arg(run.run),
                    run.run);
    const int at = wasNewest ? 0 : std::max(0, run_->findData(shown));
    run_->setCurrentIndex(runs_.empty() ? -1 : at);
  }
  showRun();
}

void EvaluationPage::showRun() {
  if (const EvaluationRun* shown = shownRun()) {
    const EvaluationRun& run = *shown;
    QString about = tr("%L1 genuine and %L2 impostor comparisons").arg(run.genuine).arg(run.impostor);
    if (run.trueScores)
      about +=
          words(tr("; by true scores, told from the labels of these very {samples}: what a perfect "
                   "predictor would give"));
    about_->setText(about);
    about_->setToolTip(about);
    showTable(run);
    showCharts();
    showSwitches(run);
    stack_->setCurrentIndex(1);
    return;
  }
  about_->clear();
  for (LineChart* chart : {roc_, det_, edc_}) chart->setSeries({});
  const bool hasProtocol = !session_.snapshot()->protocols.empty();
  const bool hasImages = !session_.snapshot()->samples.empty();
  missingJob_ = !hasImages ? "import" : hasProtocol ? "evaluate" : "protocol";
  if (!hasImages) {
    empty_->setTexts(words(tr("No {samples} yet")),
                     words(tr("Import {subjects} first; they are then compared as a protocol says.")),
                     tr("Import…"));
  } else if (hasProtocol) {
    empty_->setTexts(
        tr("Not evaluated yet"),
        tr("Every aggregation is compared on this protocol: ROC, DET, error versus discard and the "
           "numbers behind them."),
        tr("Evaluate"));
  } else {
    empty_->setTexts(tr("No protocol yet"), words(tr("A protocol says which {groups} are compared.")),
                     tr("Make a protocol…"));
  }
  stack_->setCurrentIndex(0);
}

const EvaluationRun* EvaluationPage::shownRun() const {
  const int at = run_->currentIndex();
  return at >= 0 && at < int(runs_.size()) ? &runs_[std::size_t(at)] : nullptr;
}

void EvaluationPage::showCharts() {
  const EvaluationRun* shown = shownRun();
  if (shown == nullptr) return;
  QStringList ticked;
  for (int row = 0; row < rows_->rowCount(); ++row)
    if (rows_->item(row)->checkState() == Qt::Checked) ticked << rows_->item(row)->text();
  showEvaluation(figures(), *shown, ticked);
}

void EvaluationPage::showTable(const EvaluationRun& run) {
  const EvaluationTable table = evaluationTable(run);
  rows_->clear();
  rows_->setHorizontalHeaderLabels(table.columns);
  for (const auto& cells : table.rows) {
    QList<QStandardItem*> row;
    for (const EvaluationCell& content : cells) {
      row << cell(content.text, words(content.tooltip));
      row.back()->setEnabled(content.supported);
    }
    QStandardItem* name = row.front();
    name->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    name->setCheckable(true);
    name->setCheckState(isDrawnFirst(name->text(), run) ? Qt::Checked : Qt::Unchecked);
    name->setToolTip(tr("Ticked ones are drawn above."));
    rows_->appendRow(row);
  }
  fitColumns(*table_);
}

void EvaluationPage::showSwitches(const EvaluationRun& run) {
  switches_->setPlainText(words(evaluationSwitches(run).join('\n')));
}

Page* makeEvaluationPage(const PageTools& tools) { return new EvaluationPage(tools.session); }

}  // namespace discern::ui
