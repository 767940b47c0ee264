#include "ui/pages/selection/rankings_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/scatter_chart.h"
#include "ui/language/words.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/shown_images.h"
#include "ui/models/project/table_source.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/selection/face_chart.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/gallery_view.h"

namespace discern::ui {
namespace {

constexpr int kThumbnail = 72;
constexpr const char* kScoreFirst =
    QT_TRANSLATE_NOOP("Words", "Score the {samples} to put the two rankings side by side.");

// Why fewer are compared, or shown, than the lambda discards.
QString leftOutText(const data::GroupKind& kind, const ScoreComparison::At& at, qint64 discarded,
                    qint64 shown) {
  const qint64 compared = std::ssize(at.discarded), unscored = discarded - at.scored,
               whole = at.scored - compared;
  QString text;
  if (whole > 0 && unscored > 0)
    text = Words::tr(
               "Left out of the %L1 discarded {samples}: %L2 of {identities} that are discarded whole, which "
               "says nothing about an order, and %L3 without a score.")
               .arg(discarded)
               .arg(whole)
               .arg(unscored);
  else if (whole > 0)
    text = Words::tr(
               "Left out of the %L1 discarded {samples}: %L2 of {identities} that are discarded whole, which "
               "says nothing about an order.")
               .arg(discarded)
               .arg(whole);
  else if (unscored > 0)
    text = Words::tr("Left out of the %L1 discarded {samples}: %L2 without a score.")
               .arg(discarded)
               .arg(unscored);
  if (shown < compared)
    text += QString(text.isEmpty() ? "" : " ") +
            Words::tr("Not among the {samples} that the window shows: %L1.").arg(compared - shown);
  return inWords(kind, text);
}

// discarded: how many are in all; shown: of those compared, how many the window shows.
QString overlapText(const data::GroupKind& kind, const ScoreComparison& comparison,
                    const ScoreComparison::At& at, bool within, qint64 discarded, qint64 shown) {
  const QString name = QString::fromStdString(comparison.scores().name);
  QString text = inWords(kind, within ? Words::tr("Here no {identity} is discarded in part.")
                                      : Words::tr("No scored {sample} is discarded here."));
  if (!at.discarded.empty())
    text =
        inWords(kind,
                Words::tr(
                    "<b>%1</b> of %L2 discarded {samples} are also among as many lowest scores of %3 (%4 by "
                    "chance)."))
            .arg(percentText(at.share()))
            .arg(at.discarded.size())
            .arg(name.toHtmlEscaped(), percentText(at.chance));
  if (const QString rest = leftOutText(kind, at, discarded, shown); !rest.isEmpty()) text += ' ' + rest;
  if (std::isfinite(comparison.spearman()))
    text += ' ' + inWords(kind, Words::tr("Rank correlation inside {identities}: %L1."))
                      .arg(comparison.spearman(), 0, 'f', 2);
  return text;
}

}  // namespace

RankingsPanel::RankingsPanel(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      chart_(new ScatterChart("selection-scores")),
      overlap_(new QLabel),
      table_(*this,
             [this, &table = TableSource::of(session)] {
               for (ImageStrip* strip : {byPath_, byScore_}) strip->gallery().setTable(table.table());
             }),
      comparison_(*this, [this] { showComparison(); }),
      lambda_(*this, [this] { showLambda(); }),
      selected_(*this, [this] { showSelected(); }) {
  overlap_->setObjectName("overlap");
  overlap_->setWordWrap(true);
  ranking_ = makeCombo("ranking", tr("Where as many lowest scores are taken from"),
                       {tr("Inside each {identity}"), tr("Over all {samples}")});
  keepChoice(ranking_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->setSpacing(6);
  auto* row = new QHBoxLayout;
  row->addWidget(overlap_, 1);
  row->addWidget(ranking_);
  layout->addLayout(row);
  auto* splitter = new QSplitter(Qt::Horizontal);
  splitter->setObjectName("rankingsSplit");
  splitter->addWidget(buildStrips());
  splitter->addWidget(cardAround(chart_, splitter));
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 2);
  splitter->setChildrenCollapsible(false);
  layout->addWidget(splitter, 1);
  followKind(session_, chart_, [this](const data::GroupKind& kind) {
    chart_->setEmptyText(inWords(kind, Words::tr(kScoreFirst)));
    for (ImageStrip* strip : {byPath_, byScore_})
      strip->gallery().setEmptyText(inWords(kind, tr("No {sample} is discarded here.")));
  });
  connectAll();
}

QWidget* RankingsPanel::buildStrips() {
  auto* strips = new QWidget;
  auto* rows = new QVBoxLayout(strips);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(6);
  byPath_ = new ImageStrip(session_, kThumbnail, false, strips);
  byPath_->gallery().setObjectName("byPath");
  byPath_->gallery().setAccessibleName(tr("Lowest by the selection"));
  byScore_ = new ImageStrip(session_, kThumbnail, false, strips);
  byScore_->gallery().setObjectName("byScore");
  byScore_->gallery().setAccessibleName(tr("Lowest by the scores"));
  for (ImageStrip* strip : {byPath_, byScore_}) {
    strip->gallery().setMinimumHeight(60);
    rows->addWidget(strip, 1);
    connect(&strip->gallery(), &GalleryView::inspectRequested, this, &RankingsPanel::inspectRequested);
  }
  return strips;
}

void RankingsPanel::connectAll() {
  followFaces(
      *chart_, session_,
      [this](int dot) { return dot >= 0 && dot < int(compared_.size()) ? compared_[std::size_t(dot)] : -1; },
      [this](int sample) { emit inspectRequested(sample); });
  connect(&TableSource::of(session_), &TableSource::changed, &table_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::comparisonChanged, &comparison_, &WhenSeen::ask);
  connect(&ShownImages::of(session_), &ShownImages::changed, &comparison_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::pathChanged, &lambda_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::lambdaChanged, &lambda_, &WhenSeen::ask);
  connect(&session_, &Session::selectionChanged, &selected_, &WhenSeen::ask);
  connect(ranking_, &QComboBox::currentIndexChanged, &lambda_, &WhenSeen::ask);
  connect(chart_, &ScatterChart::cursorMoved, this, [this](double x) { source_.setLambda(-x); });
  table_.ask();
  comparison_.ask();
}

void RankingsPanel::showComparison() {
  const auto comparison = source_.comparison();
  const auto path = source_.path();
  compared_.clear();
  ScatterData data;
  if (comparison && path) {
    for (const int sample : comparison->faces()) {
      if (!std::isfinite(path->enters(sample)) || !ShownImages::of(session_).shows(sample)) continue;
      compared_.push_back(sample);
      data.points.emplace_back(path->enters(sample), comparison->scores().score[std::size_t(sample)]);
    }
    chart_->setXAxis({.title = path->isOrder() ? tr("place in the order") : tr("−λ from which it is kept"),
                      .log = true,
                      .low = path->low(),
                      .high = path->high()});
    chart_->setContext(contextText(QString::fromStdString(path->row().features),
                                   QString::fromStdString(comparison->scores().name), {},
                                   tr("selection %1").arg(QString::fromStdString(path->row().name))));
    chart_->setYAxis({.title = tr("score (%1)").arg(QString::fromStdString(comparison->scores().name)),
                      .log = false,
                      .low = 0,
                      .high = 1});
  }
  chart_->setData(std::move(data));
  showSelected();
  showLambda();
}

void RankingsPanel::showSelected() {
  std::vector<int> dots;
  for (std::size_t i = 0; i < compared_.size(); ++i)
    if (std::ranges::binary_search(session_.selection(), compared_[i])) dots.push_back(int(i));
  chart_->setSelected(std::move(dots));
}

void RankingsPanel::showLambda() {
  if (!source_.path()) return;
  chart_->setCursorLine(-source_.lambda(),
                        source_.isOrder() ? amountText(source_) : lambdaText(source_.lambda()));
  showStrips();
}

void RankingsPanel::showStrips() {
  const auto comparison = source_.comparison();
  if (!comparison) {
    overlap_->setText(session_.scores() ? QString() : inWords(session_.kind(), Words::tr(kScoreFirst)));
    for (ImageStrip* strip : {byPath_, byScore_}) strip->gallery().setSamples({});
    return;
  }
  const bool within = ranking_->currentIndex() == 0;
  auto at = comparison->at(source_.lambda(),
                           within ? ScoreComparison::Ranking::Within : ScoreComparison::Ranking::Overall);
  const auto& shown = ShownImages::of(session_);
  std::vector<int> discarded = shown.shownOf(std::vector<int>(at.discarded));
  const auto path = source_.path();
  overlap_->setText(overlapText(session_.kind(), *comparison, at, within,
                                path ? std::ssize(path->discarded(source_.lambda())) : at.scored,
                                std::ssize(discarded)));
  byPath_->setHeading(source_.isOrder() ? tr("Discarded, the last to be kept first")
                                        : tr("Discarded by lambda, the last to be kept first"));
  byScore_->setHeading(tr("As many lowest scores of %1, the lowest first")
                           .arg(QString::fromStdString(comparison->scores().name)));
  byPath_->gallery().setSamples(std::move(discarded));
  byScore_->gallery().setSamples(shown.shownOf(std::move(at.lowest)));
  const auto isInBoth = std::make_shared<const std::vector<unsigned char>>(std::move(at.isInBoth));
  for (ImageStrip* strip : {byPath_, byScore_})
    strip->gallery().setCaption(
        [isInBoth](int sample) { return (*isInBoth)[std::size_t(sample)] ? tr("in both") : QString(); });
}

}  // namespace discern::ui
