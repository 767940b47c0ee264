#include "ui/pages/scores_page.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/heatmap_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/models/project/counts.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/session.h"
#include "ui/models/project/table_source.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/pages.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kExtremes = 60;

}  // namespace

ScoresPage::ScoresPage(Session& session, QWidget* parent)
    : Page(session, parent),
      source_(TableSource::of(session)),
      refresh_(*this, [this] { refresh(); }),
      follow_(*this, [this] { showThreshold(); }),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(QStringLiteral("scores"), {}, {}, {}, this)) {
  auto* content = new QWidget(this);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->setSpacing(10);
  layout->addWidget(makeBar());
  heatmap_ = new HeatmapChart(QStringLiteral("score-heatmap"), content);
  followKind(session, heatmap_, [this](const data::GroupKind&) {
    heatmap_->setTitles(words(tr("{identity}")), tr("score"));
    heatmap_->setColumnTitle(
        words(tr("its {samples}, lowest score first; underlined: at or below the threshold")));
  });
  heatmap_->setTooltip([this](int row, int column) { return tooltip(row, column); });
  auto* splitter = new QSplitter(Qt::Horizontal, content);
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(12);
  splitter->addWidget(cardAround(heatmap_, content));
  splitter->addWidget(makeSide());
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 2);
  splitter->setSizes({760, 480});
  layout->addWidget(splitter, 1);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  connectAll();
  tablesChanged();
  refresh_.ask();
}

QWidget* ScoresPage::makeBar() {
  auto* bar = new QWidget(this);
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  table_ = new QComboBox(bar);
  table_->setObjectName(QStringLiteral("scoreTable"));
  table_->setMinimumWidth(150);
  table_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  table_->setToolTip(tr("Which scores are looked at, on every page"));
  order_ = new QComboBox(bar);
  table_->setAccessibleName(tr("Scores"));
  order_->setObjectName(QStringLiteral("rowOrder"));
  order_->setAccessibleName(tr("Rows"));
  order_->addItem(tr("Lowest mean first"), static_cast<int>(RowOrder::WorstFirst));
  order_->addItem(tr("Highest mean first"), static_cast<int>(RowOrder::BestFirst));
  order_->addItem(tr("Most {samples} first"), static_cast<int>(RowOrder::MostImages));
  order_->addItem(tr("By name"), static_cast<int>(RowOrder::Name));
  counts_ = new QLabel(bar);
  counts_->setObjectName(QStringLiteral("muted"));
  counts_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  counts_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  layout->addWidget(new QLabel(tr("Scores"), bar));
  layout->addWidget(table_);
  layout->addSpacing(8);
  layout->addWidget(new QLabel(tr("Rows"), bar));
  layout->addWidget(order_);
  layout->addWidget(counts_, 1);
  return bar;
}

QWidget* ScoresPage::makeSide() {
  auto* side = new QWidget(this);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  histogram_ = new HistogramChart(QStringLiteral("score-distribution"), side);
  histogram_->setRange(0, 1);
  histogram_->setXAxis({tr("score"), false, 0.0, 1.0});
  followKind(session_, histogram_, [this](const data::GroupKind&) {
    histogram_->setYAxis({words(tr("{samples}")), false, 0.0, {}});
  });
  histogram_->setMinimumHeight(170);
  layout->addWidget(cardAround(histogram_, side), 4);
  worst_ = new ImageStrip(session_, 88, false, side);
  worst_->setHeading(tr("Lowest scores"), tr("Closest to somebody else, or far from their own {identity}"));
  best_ = new ImageStrip(session_, 88, false, side);
  best_->setHeading(tr("Highest scores"), tr("Most telling {samples} of their {identity}"));
  layout->addWidget(worst_, 3);
  layout->addWidget(best_, 3);
  side->setMinimumWidth(320);
  return side;
}

void ScoresPage::connectAll() {
  connect(&source_, &TableSource::changed, &refresh_, &WhenSeen::ask);
  connect(&session_, &Session::projectChanged, this, &ScoresPage::tablesChanged);
  connect(&session_, &Session::snapshotChanged, this, &ScoresPage::tablesChanged);
  connect(&session_, &Session::scoresChanged, this, &ScoresPage::tablesChanged);
  connect(&session_, &Session::thresholdChanged, &follow_, &WhenSeen::ask);
  connect(&session_, &Session::selectionChanged, this,
          [this] { heatmap_->setSelected(session_.selection()); });
  connect(table_, &QComboBox::activated, this, [this] { session_.setScoreTable(table_->currentText()); });
  connect(order_, &QComboBox::currentIndexChanged, &refresh_, &WhenSeen::ask);
  connect(histogram_, &HistogramChart::cursorMoved, this,
          [this](double score) { session_.setThreshold(score); });
  connect(heatmap_, &HeatmapChart::cellClicked, this,
          [this](int sample) { session_.select({sample}, sample); });
  connect(heatmap_, &HeatmapChart::cellDoubleClicked, this, &ScoresPage::showInInspector);
  connect(heatmap_, &HeatmapChart::selectionMade, this, [this](const std::vector<int>& samples) {
    session_.select(samples, samples.empty() ? -1 : session_.current());
  });
  connect(heatmap_, &HeatmapChart::rowClicked, this, [this](int row) {
    std::vector<int> samples = heatmap_->rows()[static_cast<std::size_t>(row)].ids;
    std::sort(samples.begin(), samples.end());
    session_.select(std::move(samples), session_.current());
  });
  for (ImageStrip* strip : {worst_, best_})
    connect(&strip->gallery(), &GalleryView::inspectRequested, this, &ScoresPage::showInInspector);
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(emptyJob_, {}); });
}

std::vector<Chart*> ScoresPage::charts() { return {heatmap_, histogram_}; }

bool ScoresPage::settled() const {
  return !source_.busy() && !task_.busy() && ThumbnailLoader::of(session_).idle();
}

void ScoresPage::tablesChanged() {
  const QSignalBlocker quiet(table_);
  table_->clear();
  for (const std::string& name : session_.snapshot()->scoreTables)
    table_->addItem(QString::fromStdString(name));
  table_->setCurrentText(session_.scoreTable());
}

void ScoresPage::updateEmptyState() {
  const SampleTable& table = *source_.table();
  const bool scored = table.scores() != nullptr;
  stack_->setCurrentIndex(scored ? 1 : 0);
  if (scored) return;
  if (!session_.isOpen()) {
    empty_->setTexts(tr("No project is open"),
                     words(tr("Open one from the File menu, or import {samples} to make a new one.")),
                     words(tr("Import {samples}…")));
    emptyJob_ = QStringLiteral("import");
  } else if (table.size() == 0) {
    empty_->setTexts(words(tr("No {samples} yet")),
                     words(tr("Import {samples} first; then each of them gets a score.")),
                     words(tr("Import {samples}…")));
    emptyJob_ = QStringLiteral("import");
  } else if (table.snapshot().featureTables.empty()) {
    empty_->setTexts(
        tr("No features yet"),
        words(tr("A base model turns every {sample} into a feature; scores come from features.")),
        tr("Extract features…"));
    emptyJob_ = QStringLiteral("extract");
  } else {
    empty_->setTexts(
        tr("No scores yet"),
        words(tr("The score of {a sample} compares how close it is to its own {identity} and to the "
                 "nearest other one.")),
        tr("Compute scores…"));
    emptyJob_ = QStringLiteral("score");
  }
}

void ScoresPage::refresh() {
  updateEmptyState();
  const std::shared_ptr<const SampleTable> table = source_.table();
  worst_->gallery().setTable(table);
  best_->gallery().setTable(table);
  const auto order = static_cast<RowOrder>(order_->currentData().toInt());
  task_.run([table, order](const LatestTask::Stopped&) { return scoreOverview(*table, order, kExtremes); },
            [this](const ScoreOverview& overview) { showOverview(overview); });
}

void ScoresPage::showOverview(const ScoreOverview& overview) {
  std::vector<HeatmapRow> rows;
  rows.reserve(overview.rows.size());
  for (const ScoreOverview::Row& row : overview.rows) rows.push_back({row.name, row.samples, row.scores});
  heatmap_->setRows(std::move(rows));
  heatmap_->setSelected(session_.selection());
  std::vector<Distribution> distributions;
  for (const ScoreOverview::Distribution& distribution : overview.distributions)
    distributions.push_back({distribution.name, distribution.scores, -1});
  histogram_->setDistributions(std::move(distributions));
  for (Chart* chart : charts()) chart->setContext(contextText({}, session_.scoreTable(), {}));
  worst_->gallery().setSamples(overview.worst);
  best_->gallery().setSamples(overview.best);
  const QLocale locale;
  QString text = tr("%1 scored")
                     .arg(imageCounts(session_.kind().sample, overview.scored - overview.scoredCopies,
                                      overview.scoredCopies));
  QString reasons;
  int without = 0;
  for (const auto& [status, count] : overview.unscored) {
    without += count;
    reasons +=
        QStringLiteral("\n%1: %2").arg(locale.toString(count), QString::fromUtf8(data::explain(status)));
  }
  if (without > 0) text += tr(", %1 without a score").arg(locale.toString(without));
  counts_->setText(text);
  counts_->setToolTip(reasons.trimmed());
  showThreshold();
}

void ScoresPage::showThreshold() {
  const double threshold = session_.threshold();
  heatmap_->setThreshold(threshold);
  const SampleTable& table = *source_.table();
  int scored = 0, kept = 0;
  if (table.scores() != nullptr)
    for (float score : table.scores()->score) {
      scored += !std::isnan(score);
      kept += score > threshold;
    }
  const QString share = scored > 0 ? tr(" keeps %1 %").arg(100.0 * kept / scored, 0, 'f', 1) : QString();
  histogram_->setCursorLine(threshold, QString::number(threshold, 'f', 3) + share);
}

QString ScoresPage::tooltip(int row, int column) const {
  const HeatmapRow& cells = heatmap_->rows()[static_cast<std::size_t>(row)];
  const int sample = cells.ids[static_cast<std::size_t>(column)];
  const SampleTable& table = *source_.table();
  if (sample >= table.size()) return {};
  QString text = cells.name + '\n' + QFileInfo(table.text(sample, Field::File)).fileName();
  if (std::isnan(table.number(sample, Field::Score)))
    return text + tr("\nno score: %1").arg(QString::fromUtf8(data::explain(table.status(sample))));
  text += tr("\nscore %1, percentile %2")
              .arg(table.text(sample, Field::Score), table.text(sample, Field::Percentile));
  const QString rival = table.text(sample, Field::HardestIdentity);
  return rival.isEmpty() ? text : text + tr("\nmost confused with %1").arg(rival);
}

Page* makeScoresPage(const PageTools& tools) { return new ScoresPage(tools.session); }

}  // namespace discern::ui
