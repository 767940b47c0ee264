#include "ui/pages/compare_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/analysis/defaults.h"
#include "core/analysis/inventory.h"
#include "core/data/rank_correlation.h"
#include "core/jobs/compare.h"
#include "core/jobs/fars.h"
#include "core/results/stored.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/language/words.h"
#include "ui/models/project/session.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/figures.h"
#include "ui/pages/pages.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/job_form.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kPicture = 64, kLaterMs = 30;

QString percent(double share) {
  return std::isfinite(share) ? QLocale().toString(100 * share, 'f', 2) + QStringLiteral(" %")
                              : QStringLiteral("–");
}
// In points of a hundred, with its sign.
QString points(double share) { return signedText(100 * share, 2); }

QTableWidget* makeTable(const char* name, const QString& about, const QStringList& columns) {
  auto* table = new QTableWidget(0, int(columns.size()));
  table->setObjectName(QString::fromLatin1(name));
  table->setAccessibleName(about);
  table->setHorizontalHeaderLabels(columns);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setAlternatingRowColors(true);
  table->setShowGrid(false);
  table->verticalHeader()->hide();
  return table;
}

void put(QTableWidget* table, int row, const QStringList& texts) {
  for (int column = 0; column < texts.size(); ++column) {
    auto* item = new QTableWidgetItem(texts[column]);
    if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->setItem(row, column, item);
  }
}

QString sideText(const results::ComparedSide& side) {
  QStringList parts{QString::fromStdString(side.features), QString::fromStdString(side.aggregation)};
  if (!side.scores.empty()) parts << QString::fromStdString(side.scores);
  return parts.join(QStringLiteral(", "));
}

// What is said of the difference at one FAR: that of the flips, where its impostors support it, else the
// first that they do.
QString verdictOf(const results::CompareResult& result) {
  const results::ComparedTar* told = nullptr;
  double highest = 0;
  for (const auto& tar : result.tar) {
    highest = std::max(highest, tar.far);
    if (tar.supported && (told == nullptr || tar.far == result.flipsFar)) told = &tar;
  }
  if (told == nullptr) return highest > 0 ? tooFewImpostors(result.impostor, highest) : QString();
  const bool more = told->difference > 0, less = told->difference < 0;
  if (result.bootstraps <= 0)
    return (more ? ComparePage::tr("B accepts more at FAR %1: %2 points. Nothing was resampled, so this may "
                                   "be chance.")
            : less
                ? ComparePage::tr("A accepts more at FAR %1: %2 points. Nothing was resampled, so this may "
                                  "be chance.")
                : ComparePage::tr("No difference at FAR %1: %2 points."))
        .arg(farText(told->far), points(told->difference));
  return (!told->beyondChance ? ComparePage::tr("No difference beyond chance at FAR %1: %2 points, 95 % "
                                                "interval %3 to %4")
          : more              ? ComparePage::tr("B accepts more at FAR %1: %2 points, 95 % interval %3 to %4")
                 : ComparePage::tr("A accepts more at FAR %1: %2 points, 95 % interval %3 to %4"))
      .arg(farText(told->far), points(told->difference), points(told->low), points(told->high));
}

// The columns after the FAR: TAR of A and of B, and their difference; none where the impostors are too few.
QStringList ratesOf(const results::ComparedTar& tar, int bootstraps) {
  const QString none = QStringLiteral("–");
  if (!tar.supported) return {none, none, none};
  const QString difference =
      bootstraps > 0
          ? ComparePage::tr("%1 (%2 … %3)").arg(points(tar.difference), points(tar.low), points(tar.high))
          : points(tar.difference);
  return {percent(tar.tarA), percent(tar.tarB), difference};
}

}  // namespace

ComparePage::ComparePage(Session& session, QWidget* parent)
    : Page(session, parent),
      thumbnails_(ThumbnailLoader::of(session)),
      later_(new QTimer(this)),
      reload_(*this, [this] { reload(); }),
      follow_(*this, [this] { followBar(); }) {
  auto* tabs = new QTabWidget;
  tabs->setDocumentMode(true);
  tabs->addTab(makePairs(), tr("Pairs"));
  tabs->addTab(makeScores(), tr("Scores against scores"));
  auto* content = new QWidget;
  auto* columns = new QHBoxLayout(content);
  columns->setContentsMargins(0, 0, 0, 0);
  columns->setSpacing(12);
  columns->addWidget(makeForm());
  columns->addWidget(tabs, 1);
  empty_ = new EmptyState(QStringLiteral("tradeoff"), {}, {}, {}, this);
  stack_ = new QStackedWidget(this);
  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(16, 12, 16, 12);
  outer->addWidget(stack_);
  connect(empty_, &EmptyState::clicked, this, [this] {
    emit jobRequested(
        session_.snapshot()->featureTables.empty() ? QStringLiteral("extract") : QStringLiteral("protocol"),
        {});
  });
  for (auto signal : {&Session::projectChanged, &Session::snapshotChanged, &Session::scoresChanged,
                      &Session::protocolChanged})
    connect(&session_, signal, &reload_, &WhenSeen::ask);
  connect(&session_, &Session::pointChanged, &follow_, &WhenSeen::ask);
  later_->setSingleShot(true);
  later_->setInterval(kLaterMs);
  connect(later_, &QTimer::timeout, this, &ComparePage::showFlips);
  connect(&thumbnails_, &ThumbnailLoader::ready, this, [this](int) {
    if (result_) later_->start();
  });
  reload_.ask();
}

QWidget* ComparePage::makeForm() {
  auto* panel = new QWidget;
  panel->setFixedWidth(276);
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  form_ = new JobForm(formFields("compare"));
  form_->setObjectName("compare");
  auto* scroll = new QScrollArea;
  scroll->setWidget(form_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  layout->addWidget(scroll, 1);
  barNote_ = new QLabel;
  barNote_->setObjectName(QStringLiteral("barNote"));
  barNote_->setProperty("muted", true);
  barNote_->setWordWrap(true);
  layout->addWidget(barNote_);
  connect(form_, &JobForm::changed, this, [this] {
    if (!following_) followBar();
  });
  start_ = new QPushButton(tr("Compare", "the button"));
  start_->setObjectName(QStringLiteral("compare"));
  start_->setProperty("primary", true);
  start_->setToolTip(
      words(tr("Compares every pair of {groups} of the protocol on both sides; what side B leaves empty is "
               "as on side A.")));
  layout->addWidget(start_);
  connect(start_, &QPushButton::clicked, this, &ComparePage::start);
  return panel;
}

QWidget* ComparePage::makePairs() {
  verdict_ = new QLabel;
  verdict_->setObjectName(QStringLiteral("verdict"));
  verdict_->setProperty("figure", true);
  verdict_->setWordWrap(true);
  sides_ = new QLabel;
  sides_->setObjectName(QStringLiteral("sides"));
  sides_->setProperty("muted", true);
  sides_->setWordWrap(true);
  roc_ = new LineChart(QStringLiteral("compare-roc"));
  edc_ = new LineChart(QStringLiteral("compare-edc"));
  setUpCharts(CompareCharts{*roc_, *edc_});
  tar_ = makeTable("compareTar", tr("True accept rates of both sides"),
                   {tr("FAR"), tr("A"), tr("B"), tr("B − A, points\n(95 % interval)"), tr("Genuine\n+ / −"),
                    tr("Impostors\n+ / −")});
  tar_->horizontalHeaderItem(4)->setToolTip(tr("Genuine pairs that B alone accepts, and that A alone does"));
  tar_->horizontalHeaderItem(5)->setToolTip(tr("Impostors that B alone accepts, and that A alone does"));
  fitToWidth(*tar_, {});
  flips_ = makeTable("compareFlips", tr("Pairs that one side alone accepts"),
                     {tr("B has"), tr("One"), tr("Other"), tr("Score A"), tr("Score B")});
  fitToWidth(*flips_, {1, 2});
  flips_->verticalHeader()->setDefaultSectionSize(kPicture + 6);
  flips_->setIconSize({kPicture, kPicture});
  connect(flips_, &QTableWidget::cellActivated, this, [this](int row, int column) {
    if (const int sample = sampleAt(row, column); sample >= 0) showInInspector(sample);
  });
  connect(flips_, &QTableWidget::itemSelectionChanged, this, [this] {
    std::vector<int> chosen;
    for (const QModelIndex& index : flips_->selectionModel()->selectedRows())
      for (const int sample : {flipA_[std::size_t(index.row())], flipB_[std::size_t(index.row())]})
        if (sample >= 0) chosen.push_back(sample);
    if (!chosen.empty()) session_.select(chosen, chosen.front());
  });
  flips_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(flips_, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
    const QModelIndex cell = flips_->indexAt(at);
    const int sample = cell.isValid() ? sampleAt(cell.row(), cell.column()) : -1;
    if (sample < 0) return;
    session_.select({sample}, sample);  // this one, not the other one of its row
    QMenu menu(this);
    addImageMenu(menu, session_, sample, [this](int chosen) { showInInspector(chosen); });
    menu.exec(flips_->viewport()->mapToGlobal(at));
  });
  auto* upper = new QWidget;
  auto* inUpper = new QVBoxLayout(upper);
  inUpper->setContentsMargins(0, 8, 0, 0);
  inUpper->addWidget(verdict_);
  inUpper->addWidget(sides_);
  auto* charts = new QHBoxLayout;
  charts->setSpacing(8);
  charts->addWidget(roc_, 1);
  charts->addWidget(edc_, 1);
  inUpper->addLayout(charts, 1);
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName("rows");
  splitter->addWidget(upper);
  splitter->addWidget(tar_);
  splitter->addWidget(flips_);
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({320, 150, 260});
  return splitter;
}

QWidget* ComparePage::makeScores() {
  auto* page = new QWidget;
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(0, 8, 0, 0);
  auto* row = new QHBoxLayout;
  tableX_ = makeCombo(QStringLiteral("scoresX"), tr("Scores across"));
  tableX_->setToolTip(tr("The tool bar's scores, until others are chosen here"));
  tableY_ = makeCombo(QStringLiteral("scoresY"), tr("Scores upwards"));
  scoresNote_ = new QLabel;
  scoresNote_->setObjectName(QStringLiteral("scoresNote"));
  scoresNote_->setProperty("muted", true);
  row->addWidget(tableX_);
  row->addWidget(new QLabel(tr("against")));
  row->addWidget(tableY_);
  row->addWidget(scoresNote_, 1);
  layout->addLayout(row);
  scatter_ = new ScatterChart(QStringLiteral("scores-against-scores"));
  scatter_->setEmptyText(tr("Two score tables are needed."));
  layout->addWidget(scatter_, 1);
  for (QComboBox* combo : {tableX_, tableY_})
    connect(combo, &QComboBox::textActivated, this, [this] { showScores(); });
  return page;
}

void ComparePage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  if (result_) later_->start();  // pictures that were forgotten meanwhile
}

std::vector<Chart*> ComparePage::charts() { return {roc_, edc_, scatter_}; }
bool ComparePage::settled() const {
  return thumbnails_.idle() && !later_->isActive() && !correlation_.busy();
}

void ComparePage::reload() {
  const auto snapshot = session_.snapshot();
  const bool possible = !snapshot->featureTables.empty() && !snapshot->protocols.empty();
  if (!possible)
    empty_->setTexts(tr("Nothing to compare yet"),
                     words(tr("Features of the {samples} and a protocol say what can be compared.")),
                     snapshot->featureTables.empty() ? tr("Extract features…") : tr("Make a protocol…"));
  stack_->setCurrentIndex(possible ? 1 : 0);
  if (!possible) return;
  fillForm();
  result_.reset();
  run_ = -1;
  for (const project::RunRow& run : snapshot->runs)
    if (auto stored = results::resultOf<results::CompareResult>(run)) {
      result_ = std::move(stored);
      run_ = run.id;
    }
  showResult();
  const QStringList tables = toList(snapshot->scoreTables);
  const QString x = tableX_->currentText();
  const bool follows = !tables.contains(x) || x == barScores_;
  barScores_ = session_.scoreTable();
  fillQuietly(tableX_, tables, follows ? session_.scoreTable() : x);
  const QString other =
      tables.contains(tableY_->currentText()) && tableY_->currentText() != tableX_->currentText()
          ? tableY_->currentText()
          : tables.value(tables.value(0) == tableX_->currentText() ? 1 : 0);
  fillQuietly(tableY_, tables, other);
  showScores();
}

void ComparePage::fillForm() {
  const auto snapshot = session_.snapshot();
  const QStringList features = toList(analysis::namesOf(snapshot->featureTables)),
                    scores = toList(snapshot->scoreTables), protocols = toList(snapshot->protocols);
  const auto choose = [this](std::initializer_list<const char*> fields, const QStringList& choices) {
    for (const char* field : fields)
      if (form_->has(QString::fromLatin1(field)))
        form_->setChoices(QString::fromLatin1(field), QStringList{QString()} + choices);
  };
  choose({"protocol"}, protocols);
  choose({"features-a", "features-b"}, features);
  choose({"scores-a", "scores-b", "weights-a", "weights-b"}, scores);
  followBar();
}

// What was not chosen here is the operating point's; where the two differ, the page says so.
void ComparePage::followBar() {
  following_ = true;
  QStringList differ;
  const analysis::OperatingPoint point = session_.point();
  const auto follow = [&](const char* field, const auto& value) {
    const QString name = QString::fromLatin1(field);
    if (!form_->follow(name, QString::fromStdString(field_text::write(value)))) differ << form_->text(name);
  };
  follow("protocol", point.protocol);
  follow("features-a", point.features);
  follow("scores-a", point.scores);
  follow("weights-a", point.weights);
  follow("rescale-a", point.rescale);
  follow("rescale-b", point.rescale);
  follow("lengths-a", point.lengths);
  follow("threshold-a", point.threshold);
  follow("flips-far", point.far);
  follow("far", jobs::withFar(jobs::CompareOptions().fars, point.far));
  following_ = false;
  barNote_->setText(differ.isEmpty()
                        ? tr("Protocol and side A are as the tool bar says.")
                        : tr("Chosen here, other than in the tool bar: %1.").arg(differ.join(tr(", "))));
}

void ComparePage::start() {
  if (form_->check()) emit jobRequested(QStringLiteral("compare"), form_->changedOptions());
}

void ComparePage::showResult() {
  tar_->setRowCount(0);
  if (!result_) {
    verdict_->setText(tr("Nothing was compared yet."));
    sides_->setText(words(
        tr("Say on the left in what B differs from A: other features, scores, weights, or a threshold.")));
    for (LineChart* chart : {roc_, edc_}) chart->setSeries({});
    showFlips();
    return;
  }
  const results::CompareResult& r = *result_;
  for (const auto& tar : r.tar) {
    const int row = tar_->rowCount();
    tar_->insertRow(row);
    put(tar_, row,
        QStringList{farText(tar.far) + (tar.supported ? QString() : QStringLiteral(" *"))} +
            ratesOf(tar, r.bootstraps) +
            QStringList{tr("%1 / %2").arg(tar.gained).arg(tar.lost),
                        tr("%1 / %2").arg(tar.falselyGained).arg(tar.falselyLost)});
    for (int column = 0; !tar.supported && column < tar_->columnCount(); ++column)
      tar_->item(row, column)->setToolTip(tr("* too few impostors for this FAR"));
  }
  for (LineChart* chart : {roc_, edc_})
    chart->setContext(contextText({}, {}, QString::fromStdString(r.protocol),
                                  tr("A: %1 · B: %2").arg(sideText(r.a), sideText(r.b))));
  showCompared(CompareCharts{*roc_, *edc_}, r);
  verdict_->setText(verdictOf(r));
  QString sides = tr("A: %1.  B: %2.  Protocol %3, %L4 genuine and %L5 impostor pairs, run %6.")
                      .arg(sideText(r.a), sideText(r.b), QString::fromStdString(r.protocol))
                      .arg(r.genuine)
                      .arg(r.impostor)
                      .arg(run_);
  if (std::isfinite(r.accuracyDifference))
    sides += "  " + tr("Accuracy over %1 folds: %2 ± %3 points.")
                        .arg(r.folds)
                        .arg(points(r.accuracyDifference), QLocale().toString(100 * r.accuracyError, 'f', 2));
  sides_->setText(sides);
  findFlipped();
  showFlips();
}

// By their numbers; of an older version, which stated files alone, those files that hold one sample.
void ComparePage::findFlipped() {
  const auto& samples = session_.snapshot()->samples;
  constexpr int kSeveral = -2;
  std::unordered_map<std::string, int> alone;
  for (const auto& flip : result_->flips)
    for (const auto& [sample, file] : {std::pair(flip.sampleA, &flip.fileA), {flip.sampleB, &flip.fileB}})
      if (sample < 0) alone.emplace(*file, -1);
  if (!alone.empty())
    for (const auto& row : samples)
      if (const auto found = alone.find(row.image.file); found != alone.end())
        found->second = found->second == -1 ? row.id : kSeveral;
  const auto sampleOf = [&](std::int64_t sample, const std::string& file) {
    if (sample < 0) return std::max(-1, alone.at(file));
    const auto at = static_cast<std::size_t>(sample);
    return at < samples.size() && samples[at].image.file == file ? int(sample) : -1;
  };
  flipA_.clear();
  flipB_.clear();
  for (const auto& flip : result_->flips) {
    flipA_.push_back(sampleOf(flip.sampleA, flip.fileA));
    flipB_.push_back(sampleOf(flip.sampleB, flip.fileB));
  }
}

int ComparePage::sampleAt(int row, int column) const {
  return (column == 2 ? flipB_ : flipA_)[std::size_t(row)];
}

void ComparePage::showFlips() {
  const std::size_t count = result_ ? result_->flips.size() : 0;
  if (flips_->rowCount() != int(count)) {
    const QSignalBlocker quiet(flips_->selectionModel());
    flips_->setRowCount(int(count));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto& flip = result_->flips[i];
    const int row = int(i);
    if (flips_->item(row, 0) == nullptr || flips_->item(row, 1)->text() != QString::fromStdString(flip.a))
      put(flips_, row,
          {engineText(flip.change), QString::fromStdString(flip.a), QString::fromStdString(flip.b),
           QLocale().toString(flip.scoreA, 'f', 3), QLocale().toString(flip.scoreB, 'f', 3)});
    for (const auto& [column, sample] : {std::pair(1, flipA_[i]), std::pair(2, flipB_[i])})
      flips_->item(row, column)
          ->setIcon(sample < 0 ? QIcon() : QIcon(thumbnails_.thumbnail(sample, kPicture)));
  }
}

void ComparePage::showScores() {
  const auto x = session_.scores(tableX_->currentText()), y = session_.scores(tableY_->currentText());
  ScatterData data;
  std::vector<int> samples;
  std::vector<float> xs, ys;
  if (x && y && x != y)
    for (std::size_t i = 0; i < std::min(x->score.size(), y->score.size()); ++i)
      if (std::isfinite(x->score[i]) && std::isfinite(y->score[i])) {
        data.points.emplace_back(x->score[i], y->score[i]);
        samples.push_back(int(i));
        xs.push_back(x->score[i]);
        ys.push_back(y->score[i]);
      }
  scatter_->setXAxis({.title = tableX_->currentText(), .log = false, .low = 0, .high = 1, .percent = false});
  scatter_->setYAxis({.title = tableY_->currentText(), .log = false, .low = 0, .high = 1, .percent = false});
  scatter_->setContext(contextText({}, tableX_->currentText() + ", " + tableY_->currentText(), {}));
  addImageMenu(
      *scatter_, session_,
      [this, samples](const QPoint& at) {
        const int point = scatter_->pointAt(at);
        return point < 0 ? -1 : samples[std::size_t(point)];
      },
      [this](int sample) { showInInspector(sample); });
  scatter_->disconnect(this);
  connect(scatter_, &ScatterChart::pointClicked, this, [this, samples](int point) {
    session_.select({samples[std::size_t(point)]}, samples[std::size_t(point)]);
  });
  connect(scatter_, &ScatterChart::pointDoubleClicked, this,
          [this, samples](int point) { showInInspector(samples[std::size_t(point)]); });
  connect(scatter_, &ScatterChart::selectionMade, this, [this, samples](const std::vector<int>& caught) {
    std::vector<int> chosen;
    for (const int point : caught) chosen.push_back(samples[std::size_t(point)]);
    session_.select(std::move(chosen), -1);
  });
  scoresNote_->clear();
  correlation_.cancel();
  const auto note = [this, count = samples.size()](double rank) {
    if (std::isfinite(rank))
      scoresNote_->setText(words(tr("%L1 {samples}, rank correlation %L2")).arg(count).arg(rank, 0, 'f', 3));
  };
  if (xs.size() > kFewSamples)
    correlation_.run([xs, ys](const LatestTask::Stopped&) { return data::rankCorrelation(xs, ys); }, note);
  else if (xs.size() > 2)
    note(data::rankCorrelation(xs, ys));
  scatter_->setData(std::move(data));
}

Page* makeComparePage(const PageTools& tools) { return new ComparePage(tools.session); }

}  // namespace discern::ui
