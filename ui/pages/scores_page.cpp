#include "ui/pages/scores_page.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/charts/heatmap_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/language/words.h"
#include "ui/models/live/template_source.h"
#include "ui/models/project/counts.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/session.h"
#include "ui/models/project/table_source.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/pages.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kExtremes = 60;

// What a header of the heat map sorts by.
constexpr std::array kHeaders = {RowSort::Name, RowSort::Kept, RowSort::WorstGenuine, RowSort::BestImpostor,
                                 RowSort::Rank};

double orNone(int rank) { return rank > 0 ? rank : std::nan(""); }

QString similarity(float value) {
  return std::isnan(value) ? QStringLiteral("–") : QLocale().toString(value, 'f', 3);
}

}  // namespace

ScoresPage::ScoresPage(Session& session, QWidget* parent)
    : Page(session, parent),
      source_(TableSource::of(session)),
      templates_(TemplateSource::of(session)),
      refresh_(*this, [this] { refresh(); }),
      matches_(*this, [this] { showRows(); }),
      follow_(*this,
              [this] {
                showThreshold();
                templates_.follow();
              }),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(QStringLiteral("scores"), {}, {}, {}, this)) {
  auto* content = new QWidget(this);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(16, 12, 16, 12);
  layout->setSpacing(8);
  layout->addWidget(makeBar());
  layout->addWidget(makeNotes());
  auto* splitter = new QSplitter(Qt::Horizontal, content);
  splitter->setObjectName("columns");
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(12);
  splitter->addWidget(makeHeatmap(content));
  splitter->addWidget(makeSide());
  splitter->setStretchFactor(0, 1);
  splitter->setSizes({820, 270});
  layout->addWidget(splitter, 1);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  connectAll();
  connectHeatmap();
  tablesChanged();
  refresh_.ask();
}

QWidget* ScoresPage::makeBar() {
  auto* bar = new QWidget(this);
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  const auto add = [&](const QString& label, const char* name, const QString& tip) {
    auto* combo = new QComboBox(bar);
    combo->setObjectName(QString::fromLatin1(name));
    combo->setAccessibleName(label);
    combo->setToolTip(tip);
    letShrink(combo, 8);
    if (layout->count() > 0) layout->addSpacing(4);
    layout->addWidget(new QLabel(label, bar));
    layout->addWidget(combo);
    return combo;
  };
  of_ = add(tr("Rows"), "rowsOf", tr("{Groups} are those of the chosen protocol"));
  of_->addItem(tr("{Groups}"), static_cast<int>(HeatRowsOf::Templates));
  of_->addItem(tr("{Identities}"), static_cast<int>(HeatRowsOf::Identities));
  order_ = add(tr("Sort"), "rowOrder", tr("What comes first; a click on a column's head sorts by it, too"));
  order_->addItem(tr("Lowest mean score"), static_cast<int>(RowSort::Mean));
  order_->addItem(tr("Smallest kept share"), static_cast<int>(RowSort::Kept));
  order_->addItem(tr("Worst genuine match"), static_cast<int>(RowSort::WorstGenuine));
  order_->addItem(tr("Best impostor match"), static_cast<int>(RowSort::BestImpostor));
  order_->addItem(tr("Largest rank"), static_cast<int>(RowSort::Rank));
  order_->addItem(tr("Most {samples}"), static_cast<int>(RowSort::Images));
  order_->addItem(tr("Name"), static_cast<int>(RowSort::Name));
  reversed_ = new QToolButton(bar);
  reversed_->setObjectName(QStringLiteral("reversed"));
  reversed_->setIcon(icon(QStringLiteral("sort")));
  reversed_->setCheckable(true);
  reversed_->setToolTip(tr("The other way round"));
  reversed_->setAccessibleName(tr("The other way round"));
  layout->addWidget(reversed_);
  cells_ = add(tr("Cells"), "cellOrder", tr("Order of the {samples} in a row"));
  cells_->addItem(tr("Lowest first"), static_cast<int>(CellOrder::LowestFirst));
  cells_->addItem(tr("As they are"), static_cast<int>(CellOrder::AsTheyAre));
  colour_ = add(tr("Colour"), "colourBy",
                tr("The tool bar's scores, or others for a look: hatched is what the tool bar's scores drop, "
                   "whatever the "
                   "colour"));
  for (QWidget* choice : std::initializer_list<QWidget*>{of_, order_, reversed_, cells_}) keepChoice(choice);
  layout->addStretch(1);
  return bar;
}

QWidget* ScoresPage::makeNotes() {
  auto* notes = new QWidget(this);
  auto* layout = new QHBoxLayout(notes);
  layout->setContentsMargins(0, 0, 0, 0);
  counts_ = new ElidedLabel(notes);
  counts_->setObjectName(QStringLiteral("muted"));
  progress_ = new QLabel(notes);
  progress_->setObjectName(QStringLiteral("muted"));
  layout->addWidget(counts_, 1);
  layout->addWidget(progress_);
  return notes;
}

QWidget* ScoresPage::makeHeatmap(QWidget* parent) {
  heatmap_ = new HeatmapChart(QStringLiteral("score-heatmap"), parent);
  followKind(session_, heatmap_, [this](const data::GroupKind&) {
    using Kind = HeatmapColumn::Kind;
    heatmap_->setAccessibleDescription(words(tr(
        "Arrows move from {sample} to {sample}, Return opens it, Left of the first one is the row itself")));
    heatmap_->setEmptyText(words(tr("Nothing to show: the tool bar's switch leaves no {sample}.")));
    heatmap_->setColumns(
        {{tr("Kept"), words(tr("Share of its {samples} that the operating point keeps")), Kind::Share},
         {tr("Genuine"),
          words(tr("The lowest similarity to another {group} of the same {identity} in the protocol")),
          Kind::Similarity},
         {tr("Impostor"),
          words(tr("The highest similarity to {a group} of another {identity} in the protocol")),
          Kind::Similarity},
         {tr("Rank"),
          words(tr("Place of its own {identity} in a search among all {groups} of the protocol; 1: found")),
          Kind::Count}});
    showTitles();
  });
  heatmap_->setTooltip([this](int row, int column) { return tooltip(row, column); });
  return cardAround(heatmap_, parent);
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
  worst_ = new ImageStrip(session_, 72, false, side);
  worst_->setHeading(tr("Lowest scores"), tr("Closest to somebody else, or far from their own {identity}"));
  best_ = new ImageStrip(session_, 72, false, side);
  best_->setHeading(tr("Highest scores"), tr("Most telling {samples} of their {identity}"));
  layout->addWidget(worst_, 3);
  layout->addWidget(best_, 3);
  side->setMinimumWidth(240);
  return side;
}

void ScoresPage::connectAll() {
  connect(&source_, &TableSource::changed, &refresh_, &WhenSeen::ask);
  connect(&templates_, &TemplateSource::changed, &matches_, &WhenSeen::ask);
  connect(&templates_, &TemplateSource::progressed, this, [this] {
    if (isVisible()) showProgress();
  });
  connect(&session_, &Session::projectChanged, this, &ScoresPage::tablesChanged);
  connect(&session_, &Session::snapshotChanged, this, &ScoresPage::tablesChanged);
  connect(&session_, &Session::scoresChanged, this, &ScoresPage::tablesChanged);
  connect(&session_, &Session::protocolChanged, &refresh_, &WhenSeen::ask);
  connect(&session_, &Session::thresholdChanged, &follow_, &WhenSeen::ask);
  connect(&session_, &Session::weightingChanged, &follow_, &WhenSeen::ask);
  for (QComboBox* combo : {of_, cells_, colour_})
    connect(combo, &QComboBox::currentIndexChanged, &refresh_, &WhenSeen::ask);
  connect(order_, &QComboBox::activated, this, [this] {
    const QSignalBlocker quiet(reversed_);
    reversed_->setChecked(false);
  });
  connect(order_, &QComboBox::currentIndexChanged, &matches_, &WhenSeen::ask);
  connect(reversed_, &QToolButton::toggled, &matches_, &WhenSeen::ask);
  connect(histogram_, &HistogramChart::cursorMoved, this,
          [this](double score) { session_.setThreshold(score); });
  for (ImageStrip* strip : {worst_, best_})
    connect(&strip->gallery(), &GalleryView::inspectRequested, this, &ScoresPage::showInInspector);
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(emptyJob_, {}); });
}

void ScoresPage::connectHeatmap() {
  connect(&session_, &Session::selectionChanged, this, [this] {
    heatmap_->setSelected(session_.selection());
    wasOut_ = isOut(session_.current());
  });
  connect(heatmap_, &HeatmapChart::headerClicked, this, &ScoresPage::sortBy);
  connect(heatmap_, &HeatmapChart::rowOpened, this, &ScoresPage::openRow);
  connect(heatmap_, &HeatmapChart::cellClicked, this,
          [this](int sample) { session_.select({sample}, sample); });
  connect(heatmap_, &HeatmapChart::cellDoubleClicked, this, &ScoresPage::showInInspector);
  connect(heatmap_, &HeatmapChart::selectionMade, this, [this](const std::vector<int>& samples) {
    session_.select(samples, samples.empty() ? -1 : session_.current());
  });
  addImageMenu(
      *heatmap_, session_,
      [this](const QPoint& at) {
        const auto cell = heatmap_->cellAt(at);
        if (!cell.valid()) return -1;
        return heatmap_->rows()[static_cast<std::size_t>(cell.row)]
            .ids[static_cast<std::size_t>(cell.column)];
      },
      [this](int sample) { showInInspector(sample); });
  connect(heatmap_, &HeatmapChart::rowClicked, this, [this](int row) {
    session_.select(rows_[static_cast<std::size_t>(row)].samples, session_.current());
  });
}

std::vector<Chart*> ScoresPage::charts() { return {heatmap_, histogram_}; }

bool ScoresPage::settled() const {
  return !source_.busy() && !templates_.busy() && !task_.busy() && ThumbnailLoader::of(session_).idle();
}

void ScoresPage::tablesChanged() {
  const QSignalBlocker quiet(colour_);
  const QString chosen = colour_->currentData().toString();
  colour_->clear();
  colour_->addItem(session_.scoreTable().isEmpty() ? tr("As the tool bar")
                                                   : tr("As the tool bar: %1").arg(session_.scoreTable()),
                   QString());
  for (const std::string& name : session_.snapshot()->scoreTables)
    colour_->addItem(QString::fromStdString(name), QString::fromStdString(name));
  colour_->setCurrentIndex(std::max(0, colour_->findData(chosen)));
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

bool ScoresPage::ofTemplates() const {
  return of_->currentData().toInt() == static_cast<int>(HeatRowsOf::Templates) &&
         session_.protocol() != nullptr;
}

HeatRequest ScoresPage::request() const {
  HeatRequest request;
  request.table = source_.table();
  if (const QString name = colour_->currentData().toString(); !name.isEmpty())
    request.colours = session_.scores(name);
  request.protocol = session_.protocol();
  request.rows = ofTemplates() ? HeatRowsOf::Templates : HeatRowsOf::Identities;
  request.order = static_cast<CellOrder>(cells_->currentData().toInt());
  return request;
}

void ScoresPage::refresh() {
  updateEmptyState();
  const std::shared_ptr<const SampleTable> table = source_.table();
  worst_->gallery().setTable(table);
  best_->gallery().setTable(table);
  showTitles();
  templates_.follow();
  struct Found {
    ScoreOverview overview;
    std::vector<HeatRow> rows;
  };
  task_.run(
      [wanted = request()](const LatestTask::Stopped&) {
        if (wanted.table->scores() == nullptr) return Found();
        return Found{scoreOverview(*wanted.table, kExtremes), heatRows(wanted)};
      },
      [this](Found found) {
        rows_ = std::move(found.rows);
        showRows();
        showOverview(found.overview);
      });
}

void ScoresPage::showTitles() {
  const QString scores = colour_->currentIndex() > 0 ? colour_->currentText() : session_.scoreTable();
  heatmap_->setTitles(words(ofTemplates() ? tr("{Group}") : tr("{Identity}")),
                      scores.isEmpty() ? tr("score") : scores);
  heatmap_->setColumnTitle(words(cells_->currentIndex() == 0
                                     ? tr("its {samples}, lowest first; hatched: dropped")
                                     : tr("its {samples} in their own order; hatched: dropped")));
}

void ScoresPage::showRows() {
  const auto answer = templates_.answer();
  const HeatRowsOf of = ofTemplates() ? HeatRowsOf::Templates : HeatRowsOf::Identities;
  addMatches(rows_, of, answer ? &answer->report : nullptr,
             answer ? answer->loaded->identityOf : std::vector<int>(), session_.threshold());
  const auto by = static_cast<RowSort>(order_->currentData().toInt());
  sortRows(rows_, by, reversed_->isChecked());
  std::vector<HeatmapRow> rows;
  rows.reserve(rows_.size());
  for (const HeatRow& row : rows_)
    rows.push_back({row.name,
                    row.samples,
                    row.values,
                    row.leaving,
                    {row.kept, row.match.atPoint.worstGenuine, row.match.atPoint.bestImpostor,
                     orNone(row.match.atPoint.rank)},
                    row.key});
  const int from = heatmap_->currentId(), fromRow = heatmap_->current().row;
  heatmap_->setRows(std::move(rows));
  goOn(from, fromRow);
  const auto header = std::ranges::find(kHeaders, by);
  heatmap_->setSorted(header == kHeaders.end() ? -1 : static_cast<int>(header - kHeaders.begin()),
                      reversed_->isChecked());
  showProgress();
}

bool ScoresPage::isOut(int sample) const {
  return sample >= 0 && session_.snapshot()->mark(sample).leftOut != project::LeftOut::Nothing;
}

// What is chosen and where the keys are stay one image: when it was left out, the next one.
void ScoresPage::goOn(int from, int row) {
  if (from < 0 || session_.selection() != std::vector<int>{from}) return;
  const bool out = isOut(from) && !std::exchange(wasOut_, isOut(from));
  const HeatmapChart::Cell at = heatmap_->current();
  if (at.row < 0 && out)  // with its row
    heatmap_->setCurrent({std::min(row, static_cast<int>(rows_.size()) - 1), 0});
  else if (out && heatmap_->currentId() == from)
    heatmap_->setCurrent({at.row, at.column + 1});
  if (const int now = heatmap_->currentId(); now >= 0 && now != from) session_.select({now}, now);
}

void ScoresPage::showProgress() {
  const auto answer = templates_.answer();
  if (templates_.busy())
    progress_->setText(words(tr("comparing {groups}: %1 %")).arg(templates_.percent()));
  else if (!templates_.problem().isEmpty())
    progress_->setText(templates_.problem());
  else if (session_.protocol() == nullptr)
    progress_->setText(words(tr("make a protocol to see how {groups} match")));
  else if (answer && !answer->report.ranked)
    progress_->setText(words(tr("ranks are told up to %L1 {groups}")).arg(analysis::kMostRanked));
  else
    progress_->clear();
  progress_->setToolTip(progress_->text());
}

void ScoresPage::sortBy(int header) {
  const RowSort wanted = kHeaders[static_cast<std::size_t>(header)];
  const int index = order_->findData(static_cast<int>(wanted));
  const bool again = index == order_->currentIndex();
  {
    const QSignalBlocker quietOrder(order_), quiet(reversed_);
    order_->setCurrentIndex(index);
    reversed_->setChecked(again && !reversed_->isChecked());
  }
  showRows();
}

void ScoresPage::openRow(int row) {
  const HeatRow& chosen = rows_[static_cast<std::size_t>(row)];
  int wanted = ofTemplates() ? chosen.key : -1;
  if (const auto answer = templates_.answer(); !ofTemplates() && answer) {
    const auto order = analysis::worstFirst(answer->report, answer->loaded->matcher.protocol(),
                                            analysis::TemplateOrder::WorstGenuine);
    const auto& identityOf = answer->loaded->identityOf;
    const auto own = std::ranges::find_if(
        order, [&](int t) { return identityOf[static_cast<std::size_t>(t)] == chosen.key; });
    if (own != order.end()) wanted = *own;
  }
  if (wanted < 0) {
    session_.select(chosen.samples, session_.current());
    emit pageRequested(QStringLiteral("Data"));
    return;
  }
  templates_.setCurrent(wanted);
  emit pageRequested(QStringLiteral("Template"));
}

void ScoresPage::showOverview(const ScoreOverview& overview) {
  heatmap_->setSelected(session_.selection());
  std::vector<Distribution> distributions;
  for (const ScoreOverview::Distribution& distribution : overview.distributions)
    distributions.push_back({distribution.name, distribution.scores, -1});
  histogram_->setDistributions(std::move(distributions));
  const QString how = QString::fromStdString(analysis::aggregationName(session_.point()));
  for (Chart* chart : charts())
    chart->setContext(ofTemplates() ? contextText(session_.featureTable(), session_.scoreTable(),
                                                  session_.protocolName(), how)
                                    : contextText(session_.featureTable(), session_.scoreTable(), {}));
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
    reasons += QStringLiteral("\n%1: %2").arg(locale.toString(count), engineText(data::explain(status)));
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
  int scored = 0, above = 0;
  if (table.scores() != nullptr)
    for (int sample = 0; sample < std::min(table.size(), static_cast<int>(table.scores()->size()));
         ++sample) {
      if (!table.shows(sample)) continue;
      const float score = table.scores()->score[static_cast<std::size_t>(sample)];
      scored += !std::isnan(score);
      above += score > threshold;
    }
  // Not what is kept: a template keeps its best one, and some of these are in none.
  histogram_->setCursorLine(
      threshold,
      scored > 0 ? tr("%L1: %L2 % lie above").arg(threshold, 0, 'f', 3).arg(100.0 * above / scored, 0, 'f', 1)
                 : QLocale().toString(threshold, 'f', 3));
}

QString ScoresPage::matchText(int row) const {
  const HeatRow& shown = rows_[static_cast<std::size_t>(row)];
  const auto answer = templates_.answer();
  if (!answer) return shown.name;
  const auto nameOf = [&](int index) {
    return index < 0
               ? QString()
               : QString::fromStdString(
                     answer->loaded->matcher.protocol().templates[static_cast<std::size_t>(index)].name);
  };
  const auto line = [&](const QString& how, const analysis::TemplateMatch& match) {
    QString text = tr("\n%1: genuine %2, impostor %3, rank %4")
                       .arg(how, similarity(match.worstGenuine), similarity(match.bestImpostor),
                            match.rank > 0 ? QString::number(match.rank) : QStringLiteral("–"));
    if (match.genuine + match.impostor > 0)
      text += tr("; accepted: %1 of %2 genuine, %3 of %4 impostors")
                  .arg(match.genuineAccepted)
                  .arg(match.genuine)
                  .arg(match.impostorAccepted)
                  .arg(match.impostor);
    return text;
  };
  const analysis::TemplateMatch& match = shown.match.atPoint;
  QString text = shown.name + line(QString::fromStdString(answer->report.aggregation), match) +
                 line(words(tr("average of all {samples}")), shown.match.plain);
  if (match.genuineWith >= 0) text += tr("\nworst genuine: with %1").arg(nameOf(match.genuineWith));
  if (match.impostorWith >= 0) text += tr("\nbest impostor: %1").arg(nameOf(match.impostorWith));
  return text + words(tr("\nDouble click: everything about it"));
}

QString ScoresPage::tooltip(int row, int column) const {
  if (column < 0) return matchText(row);
  const HeatmapRow& cells = heatmap_->rows()[static_cast<std::size_t>(row)];
  const int sample = cells.ids[static_cast<std::size_t>(column)];
  const SampleTable& table = *source_.table();
  if (sample >= table.size()) return {};
  QString text = cells.name + '\n' + QFileInfo(table.text(sample, Field::File)).fileName();
  if (std::isnan(table.number(sample, Field::Score)))
    return text + tr("\nno score: %1").arg(engineText(data::explain(table.status(sample))));
  text += tr("\nscore %1, percentile %2")
              .arg(table.text(sample, Field::Score), table.text(sample, Field::Percentile));
  if (colour_->currentIndex() > 0)
    text += tr("\n%1 %L2")
                .arg(colour_->currentText())
                .arg(cells.values[static_cast<std::size_t>(column)], 0, 'f', 3);
  if (heatmap_->isHatched(row, column)) text += tr("\ndropped at the operating point");
  const QString rival = table.text(sample, Field::HardestIdentity);
  return rival.isEmpty() ? text : text + tr("\nmost confused with %1").arg(rival);
}

Page* makeScoresPage(const PageTools& tools) { return new ScoresPage(tools.session); }

}  // namespace discern::ui
