#include "ui/pages/tradeoff_page.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/analysis/defaults.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/pages.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/empty_state.h"

namespace discern::ui {
namespace {

constexpr int kEntryRole = Qt::UserRole + 1;
constexpr int kSortRole = Qt::UserRole + 2;
constexpr int kTarColumn = 4;

QStandardItem* cell(const QString& text, double sortKey, int entry) {
  auto* item = new QStandardItem(text);
  item->setData(sortKey, kSortRole);
  item->setData(entry, kEntryRole);
  item->setEditable(false);
  item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  return item;
}

// No result where the impostors are too few for the sweep's FAR.
QString tarText(const SweepRun& sweep, const SweepPointRow& point) {
  return sweep.supported() ? percentText(point.tar, 2) : QStringLiteral("–");
}
// Why: a sentence.
QString noResult(const SweepRun& sweep) { return tooFewImpostors(sweep.impostors, sweep.far); }

}  // namespace

TradeoffPage::TradeoffPage(Session& session, QWidget* parent)
    : Page(session, parent),
      reload_(*this, [this] { reload(); }),
      follow_(*this, [this] { showThreshold(); }) {
  auto* layout = new QVBoxLayout(this);
  stack_ = new QStackedWidget;
  layout->addWidget(stack_);
  empty_ = new EmptyState("tradeoff", {}, {});
  stack_->addWidget(empty_);
  stack_->addWidget(buildContent());
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested("sweep", {}); });
  for (auto signal : {&Session::snapshotChanged, &Session::scoresChanged, &Session::protocolChanged,
                      &Session::weightingChanged})
    connect(&session_, signal, &reload_, &WhenSeen::ask);
  connect(&session_, &Session::thresholdChanged, &follow_, &WhenSeen::ask);
  reload_.ask();
}

QWidget* TradeoffPage::buildContent() {
  auto* splitter = new QSplitter(Qt::Horizontal);
  splitter->setObjectName("columns");
  chart_ = new ScatterChart("tradeoff");
  splitter->addWidget(chart_);
  splitter->addWidget(buildSide());
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 5);
  splitter->setSizes({420, 670});
  splitter->setChildrenCollapsible(false);
  connect(chart_, &ScatterChart::pointClicked, this, &TradeoffPage::use);
  return splitter;
}

QWidget* TradeoffPage::buildSide() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(8, 0, 0, 0);
  about_ = new QLabel;
  about_->setObjectName("about");
  about_->setWordWrap(true);
  about_->setProperty("muted", true);
  kneeText_ = new QLabel;
  kneeText_->setObjectName("kneeText");
  kneeText_->setWordWrap(true);
  useKnee_ = new QPushButton(tr("Use knee"));
  useKnee_->setObjectName("useKnee");
  run_ = new QPushButton(tr("Sweep again"));
  run_->setObjectName("runSweep");
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(useKnee_);
  buttons->addWidget(run_);
  buttons->addStretch(1);
  rows_ = new QStandardItemModel(this);
  rows_->setSortRole(kSortRole);
  table_ = new QTableView;
  table_->setObjectName("tradeoffTable");
  table_->setAccessibleName(tr("Points"));
  table_->setModel(rows_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setAlternatingRowColors(true);
  table_->setSortingEnabled(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  table_->setToolTip(
      tr("The plain aggregations, and of the filtered ones the points that no other beats; ms is for one "
         "{group}."));
  layout->addWidget(kneeText_);
  layout->addLayout(buttons);
  layout->addWidget(table_, 1);
  layout->addWidget(about_);
  connect(useKnee_, &QPushButton::clicked, this, [this] { use(knee_); });
  connect(run_, &QPushButton::clicked, this, [this] { emit jobRequested("sweep", {}); });
  for (auto signal : {&QTableView::clicked, &QTableView::activated})
    connect(table_, signal, this,
            [this](const QModelIndex& index) { use(index.siblingAtColumn(0).data(kEntryRole).toInt()); });
  return panel;
}

std::vector<Chart*> TradeoffPage::charts() { return {chart_}; }

const SweepCurveRow& TradeoffPage::curveOf(const Entry& entry) const {
  return sweep_->curves[static_cast<std::size_t>(entry.curve)];
}

const SweepPointRow& TradeoffPage::pointOf(const Entry& entry) const {
  return curveOf(entry).points[static_cast<std::size_t>(entry.point)];
}

void TradeoffPage::reload() {
  auto sweep = sweepFor(*session_.snapshot(), session_.point());
  const bool sameProject = std::exchange(folder_, session_.folder()) == session_.folder();
  if (sameProject && sweep && sweep_ && sweep->run == sweep_->run && sweep->protocol == sweep_->protocol) {
    showAbout();
    showThreshold();
    return;
  }
  sweep_ = std::move(sweep);
  if (!sweep_) {
    chart_->setData({});
    entries_.clear();
    rows_->clear();
    empty_->setTexts(
        tr("No sweep of this protocol yet"),
        tr("A sweep measures every aggregation at many thresholds: accuracy against what it computes."),
        session_.isOpen() ? tr("Run the sweep") : QString());
    stack_->setCurrentIndex(0);
    return;
  }
  stack_->setCurrentIndex(1);
  showSweep();
  showAbout();
  showTable();
  showThreshold();
}

void TradeoffPage::showSweep() {
  SweepDots dots = sweepDots(*sweep_);
  entries_ = dots.entries;
  knee_ = dots.knee;
  front_ = dots.data.front;
  setUpCharts(*chart_, *sweep_, dots, session_.kind());
  chart_->setTooltip([this](int entry) {
    if (entry < 0 || entry >= int(entries_.size())) return QString();
    const SweepPointRow& point = pointOf(entries_[std::size_t(entry)]);
    QString text = words(tr("%1\n%2 accepted, %3 compute, %4 of the {samples}"))
                       .arg(curveOf(entries_[std::size_t(entry)]).name, tarText(*sweep_, point),
                            percentText(point.share), percentText(point.kept));
    if (!sweep_->supported()) text += '\n' + noResult(*sweep_);
    return curveOf(entries_[std::size_t(entry)]).baseline
               ? text
               : text + '\n' + tr("threshold %L1; click to use it").arg(point.threshold, 0, 'f', 4);
  });
  chart_->setData(std::move(dots.data));
  useKnee_->setEnabled(knee_ >= 0);
  QString knee = tr("The curves have no knee to propose.");
  if (knee_ >= 0) {
    const SweepPointRow& point = pointOf(entries_[std::size_t(knee_)]);
    knee = tr("Knee: %1 at threshold %L2 accepts %3 with %4 of the compute.")
               .arg(curveOf(entries_[std::size_t(knee_)]).name)
               .arg(point.threshold, 0, 'f', 3)
               .arg(tarText(*sweep_, point), percentText(point.share));
  }
  kneeText_->setText(sweep_->supported() ? knee : noResult(*sweep_) + ' ' + knee);
}

bool TradeoffPage::ofPoint() const { return sweep_ && isOf(*sweep_, session_.point()); }

bool TradeoffPage::canUse() const {
  const auto snapshot = session_.snapshot();
  const auto has = [](const std::vector<std::string>& names, const QString& name) {
    return std::find(names.begin(), names.end(), name.toStdString()) != names.end();
  };
  return has(snapshot->scoreTables, sweep_->scores) && has(snapshot->protocols, sweep_->protocol) &&
         has(analysis::namesOf(snapshot->featureTables), sweep_->features);
}

void TradeoffPage::showAbout() {
  QStringList text{tr("Protocol %1, features %2, scores %3, %4.")
                       .arg(sweep_->protocol, featuresText(*sweep_), sweep_->scores, rateText(*sweep_))};
  if (!ofPoint()) text << tr("This is the latest sweep: what is chosen above was not swept yet.");
  text << (canUse() ? tr("A click on a dot or a row makes it the operating point, with its scores, "
                         "features, weights and FAR.")
                    : tr("What it was swept of is no longer in the project, so it cannot be used."));
  about_->setText(text.join(' '));
}

void TradeoffPage::showTable() {
  rows_->clear();
  rows_->setHorizontalHeaderLabels(
      {tr("Aggregation"), tr("Threshold"), tr("Compute"), tr("Kept"), tr("TAR"), words(tr("ms/\n{group}"))});
  table_->setSortingEnabled(false);
  // A sweep states the time of the whole protocol.
  const auto protocol = session_.protocol();
  const double templates = protocol && !protocol->templates.empty() ? double(protocol->templates.size()) : 1;
  for (int i = 0; i < int(entries_.size()); ++i) {
    const SweepCurveRow& curve = curveOf(entries_[std::size_t(i)]);
    const SweepPointRow& point = pointOf(entries_[std::size_t(i)]);
    const bool onFront = std::find(front_.begin(), front_.end(), i) != front_.end();
    if (!curve.baseline && !onFront && i != knee_) continue;
    QStandardItem* name = cell(i == knee_ ? tr("%1 (knee)").arg(curve.name) : curve.name, i, i);
    name->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const bool hasTime = std::isfinite(point.milliseconds) && point.milliseconds > 0;
    const QList<QStandardItem*> row = {
        name,
        cell(curve.baseline ? QString("–") : QLocale().toString(point.threshold, 'f', 3),
             curve.baseline ? -1 : point.threshold, i),
        cell(percentText(point.share), point.share, i),
        cell(percentText(point.kept), point.kept, i),
        cell(tarText(*sweep_, point), point.tar, i),
        cell(hasTime ? QLocale().toString(point.milliseconds / templates, 'f', 1) : QString("–"),
             point.milliseconds, i)};
    if (onFront) {
      for (QStandardItem* item : row) {
        QFont font = item->font();
        font.setBold(true);
        item->setFont(font);
        item->setToolTip(tr("No other point is both cheaper and more accurate."));
      }
    }
    if (!sweep_->supported()) row[kTarColumn]->setToolTip(noResult(*sweep_));
    rows_->appendRow(row);
  }
  table_->setSortingEnabled(true);
  table_->sortByColumn(kTarColumn, Qt::DescendingOrder);
  fitToWidth(*table_, {0});
}

void TradeoffPage::showThreshold() {
  if (!sweep_) return;
  const QString shown = QString::fromStdString(analysis::aggregationName(session_.point()));
  int best = -1;
  const auto away = [&](int entry) {
    return std::abs(pointOf(entries_[std::size_t(entry)]).threshold - session_.threshold());
  };
  for (int i = 0; ofPoint() && i < int(entries_.size()); ++i)
    if (curveOf(entries_[std::size_t(i)]).name == shown && (best < 0 || away(i) < away(best))) best = i;
  chart_->setSelected(best < 0 ? std::vector<int>{} : std::vector<int>{best});
}

void TradeoffPage::use(int entry) {
  if (entry < 0 || entry >= int(entries_.size()) || !canUse()) return;
  analysis::OperatingPoint point = session_.point();
  if (!analysis::setAggregation(point, curveOf(entries_[std::size_t(entry)]).name.toStdString())) return;
  point.protocol = sweep_->protocol.toStdString();
  point.features = sweep_->features.toStdString();
  point.scores = sweep_->scores.toStdString();
  point.lengths = sweep_->lengths;
  point.threshold = pointOf(entries_[std::size_t(entry)]).threshold;
  point.far = sweep_->far;
  session_.setPoint(std::move(point));  // may bring another sweep
}

Page* makeTradeoffPage(const PageTools& tools) { return new TradeoffPage(tools.session); }

}  // namespace discern::ui
