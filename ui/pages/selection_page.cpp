#include "ui/pages/selection_page.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedWidget>
#include <QTabWidget>
#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>

#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/project/table_source.h"
#include "ui/models/results/run_results.h"
#include "ui/pages/pages.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/number_spin.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kIdentityCurves = 5;  // beside the curve of all

void setQuietly(QDoubleSpinBox* spin, double value) {
  const QSignalBlocker blocker(spin);
  spin->setValue(value);
}

void fill(QComboBox* combo, const QStringList& names, const QString& chosen) {
  const QSignalBlocker blocker(combo);
  combo->clear();
  combo->addItems(names);
  combo->setCurrentText(chosen);
  combo->setEnabled(!names.isEmpty());
}

QString lambdaText(double lambda) { return QString::number(lambda, 'g', 4).replace('-', QChar(0x2212)); }

// Steps of a curve from `low`, where nothing is kept yet, to `high`.
LineSeries stepsOf(const selection::CountCurve& curve, double low, double high, double scale, double total) {
  LineSeries series;
  series.stepped = true;
  series.points.reserve(static_cast<qsizetype>(curve.lambda.size()) + 2);
  double kept = 0;
  std::size_t i = 0;
  for (; i < curve.lambda.size() && -curve.lambda[i] <= low; ++i) kept = static_cast<double>(curve.kept[i]);
  series.points.append({low * scale, kept / total});
  for (; i < curve.lambda.size(); ++i) {
    kept = static_cast<double>(curve.kept[i]);
    series.points.append({-curve.lambda[i] * scale, kept / total});
  }
  series.points.append({high * scale, kept / total});
  return series;
}

}  // namespace

SelectionPage::SelectionPage(Session& session, JobRunner& runner, QWidget* parent)
    : Page(session, parent),
      source_(SelectionSource::of(session)),
      table_(TableSource::of(session)),
      jobs_(session, runner, {"select", "tsne"}) {
  auto* layout = new QHBoxLayout(this);
  layout->setSpacing(12);
  layout->addWidget(buildControls());
  stack_ = new QStackedWidget;
  empty_ = new EmptyState("selection", {}, {});
  stack_->addWidget(empty_);
  stack_->addWidget(buildContent());
  layout->addWidget(stack_, 1);
  connectAll();
  gallery_->setCaption([this](int sample) {
    const auto path = source_.path();
    const double enters = path ? path->enters(sample) : std::nan("");
    return std::isinf(enters) ? QString("never kept") : lambdaText(-enters);
  });
  showNames();
  showPath();
  showLayout();
  showComparison();
  showJobs();
}

std::vector<Chart*> SelectionPage::charts() { return {curve_, map_, scores_}; }

bool SelectionPage::settled() const {
  return !source_.busy() && !table_.busy() && ThumbnailLoader::of(session_).idle();
}

double SelectionPage::scale() const {
  const auto path = source_.path();
  return path && axis_->currentIndex() == 1 ? path->normalised(1) : 1;
}

int SelectionPage::sampleOnMap(int point) const {
  const auto layout = source_.layout();
  return layout && point >= 0 && point < int(layout->samples.size()) ? layout->samples[std::size_t(point)]
                                                                     : -1;
}

QString SelectionPage::describe(int sample) const {
  const SampleTable& table = *table_.table();
  const auto path = source_.path();
  if (sample < 0 || sample >= table.size()) return {};
  QString text =
      table.text(sample, Field::Identity) + '\n' + QFileInfo(table.text(sample, Field::File)).fileName();
  const double enters = path ? path->enters(sample) : std::nan("");
  if (std::isnan(enters)) return text + "\nnot part of the selection";
  text += std::isinf(enters) ? QString("\nno lambda keeps it")
                             : QString("\nkept below λ %1").arg(lambdaText(-enters));
  text += selection::isKept(enters, source_.lambda()) ? "\nkept now" : "\ndiscarded now";
  const double score = table.number(sample, Field::Score);
  return std::isfinite(score) ? text + QString("\nscore %1").arg(score, 0, 'f', 3) : text;
}

// --- what there is

void SelectionPage::showNames() {
  const auto path = source_.path();
  const auto layout = source_.layout();
  fill(selections_, source_.selections(), path ? QString::fromStdString(path->row().name) : QString());
  fill(maps_, source_.maps(), layout ? layout->name : QString());
  showEmpty();
}

void SelectionPage::showEmpty() {
  const auto snapshot = session_.snapshot();
  const bool features = !snapshot->featureTables.empty();
  select_->setEnabled(features);
  makeMap_->setEnabled(features);
  stack_->setCurrentIndex(source_.path() ? 1 : 0);
  lambdaBox_->setEnabled(source_.path() != nullptr);
  const auto show = [this](const QString& job, const QString& title, const QString& text,
                           const QString& button) {
    emptyJob_ = job;
    empty_->setTexts(title, text, button);
  };
  if (snapshot->samples.empty()) {
    show("import", "No images yet",
         "Import the faces to learn from; the ones worth it are selected by their features.", "Import…");
  } else if (!features) {
    show("extract", "No features yet",
         "A teacher must look at the faces before the ones worth learning from are known.",
         "Extract features…");
  } else {
    show("select", "No selection yet",
         "Selecting finds the training faces worth learning from, exactly and for every lambda at once; then "
         "a slider "
         "shows what each lambda keeps and discards.",
         "Select faces…");
  }
}

void SelectionPage::showPath() {
  const auto path = source_.path();
  showNames();
  if (!path) {
    about_->setText("None yet.");
    keptText_->clear();
    curve_->setSeries({});
    for (QDoubleSpinBox* spin : {raw_, normalised_, share_}) setQuietly(spin, 0);
    return;
  }
  QString about = QString("%L1 faces of %L2 identities, from features %3.")
                      .arg(path->faces())
                      .arg(path->identities())
                      .arg(QString::fromStdString(path->row().features));
  if (path->faces() > path->keepable())
    about += QString(" %L1 can never be kept: alone in their identity or like nobody in it.")
                 .arg(path->faces() - path->keepable());
  about_->setText(about);
  showCurve();
  showLambda();
  showLayout();
}

void SelectionPage::showCurve() {
  const auto path = source_.path();
  if (!path) return;
  const bool share = measure_->currentIndex() == 0;
  const auto total = [&](double faces) { return share ? std::max(1.0, faces) : 1.0; };
  curve_->setXAxis({.title = axis_->currentText() +
                             (path->row().centers > 0 ? QString() : QString(" (no other identities)")),
                    .log = true,
                    .low = path->low() * scale(),
                    .high = path->high() * scale()});
  curve_->setYAxis({.title = share ? "share kept" : "faces kept",
                    .log = false,
                    .low = 0,
                    .high = share ? std::optional(1.0) : std::nullopt,
                    .percent = share});
  QVector<LineSeries> series = {
      stepsOf(path->curve(), path->low(), path->high(), scale(), total(path->keepable()))};
  series[0].name = "all";
  std::map<int, int> chosen;  // identity: how many of its faces are chosen
  for (const int sample : session_.selection())
    if (path->asked(sample) && path->identityOf(sample) >= 0) ++chosen[path->identityOf(sample)];
  std::vector<std::pair<int, int>> most(chosen.begin(), chosen.end());
  std::ranges::stable_sort(most, std::greater<>(), &std::pair<int, int>::second);
  if (most.size() > kIdentityCurves) most.resize(kIdentityCurves);
  for (const auto& [identity, count] : most) {
    series.append(
        stepsOf(path->curveOf(identity), path->low(), path->high(), scale(), total(path->facesOf(identity))));
    series.back().name = table_.table()->identityName(identity);
  }
  if (most.empty()) series[0].name.clear();  // a legend of one line says nothing
  curve_->setSeries(std::move(series));
}

void SelectionPage::showLayout() {
  const auto layout = source_.layout();
  const auto path = source_.path();
  showNames();
  if (!layout) {
    map_->setData({});
    map_->setEmptyText(
        "No map yet. Make one on the left: it shows which faces are alike, and which of them are kept.");
    mapNote_->setText("None yet.");
    return;
  }
  QString note = layout->note();
  if (path && layout->features.toStdString() != path->row().features)
    note += QString(" It is made from other features (%1) than the selection.").arg(layout->features);
  mapNote_->setText(note);
  // As near as the points allow: the coordinates themselves say nothing.
  const auto axis = [&](const QString& title, auto coordinate) {
    const auto [low, high] = std::ranges::minmax(layout->points | std::views::transform(coordinate));
    const double margin = 0.04 * std::max(high - low, 1e-6);
    return AxisOptions{.title = title, .log = false, .low = low - margin, .high = high + margin};
  };
  if (!layout->points.empty()) {
    map_->setXAxis(axis("t-SNE 1", [](const QPointF& p) { return p.x(); }));
    map_->setYAxis(axis("t-SNE 2", [](const QPointF& p) { return p.y(); }));
  }
  ScatterData data;
  data.points = layout->points;
  data.categories.reserve(layout->samples.size());
  for (const int sample : layout->samples) data.categories.push_back(path ? path->identityOf(sample) : -1);
  map_->setData(std::move(data));
  showSelection();
  showLambda();
}

void SelectionPage::showComparison() {
  const auto comparison = source_.comparison();
  const auto path = source_.path();
  compared_.clear();
  ScatterData data;
  if (comparison && path) {
    for (const int sample : comparison->faces()) {
      if (!std::isfinite(path->enters(sample))) continue;
      compared_.push_back(sample);
      data.points.emplace_back(path->enters(sample), comparison->scores().score[std::size_t(sample)]);
    }
    scores_->setXAxis(
        {.title = "−λ from which it is kept", .log = true, .low = path->low(), .high = path->high()});
    scores_->setYAxis({.title = "score (" + QString::fromStdString(comparison->scores().name) + ")",
                       .log = false,
                       .low = 0,
                       .high = 1});
  }
  scores_->setData(std::move(data));
  showSelection();
  showLambda();
}

// --- lambda

void SelectionPage::showLambda() {
  const auto path = source_.path();
  if (!path) return;
  const double lambda = source_.lambda();
  const int kept = path->kept(lambda);
  {
    const QSignalBlocker blocker(slider_);
    const double position =
        std::log(std::max(-lambda, path->low()) / path->low()) / std::log(path->high() / path->low());
    slider_->setValue(int(std::lround(std::min(position, 1.0) * slider_->maximum())));
  }
  setQuietly(raw_, lambda);
  setQuietly(normalised_, path->normalised(lambda));
  setQuietly(share_, 100 * path->share(lambda));
  keptText_->setText(QString("%L1 faces kept, %L2 discarded.").arg(kept).arg(path->faces() - kept));
  curve_->setCursorLine(-lambda * scale(), QString("λ %1 keeps %L2").arg(lambdaText(lambda)).arg(kept));
  scores_->setCursorLine(-lambda, lambdaText(lambda));
  if (const auto layout = source_.layout()) {
    std::vector<unsigned char> muted(layout->samples.size());
    for (std::size_t i = 0; i < muted.size(); ++i) {
      const double enters = path->enters(layout->samples[i]);
      muted[i] = std::isnan(enters)                  ? ScatterChart::Faint
                 : selection::isKept(enters, lambda) ? ScatterChart::Plain
                                                     : ScatterChart::Muted;
    }
    map_->setMuted(std::move(muted));
  }
  tabs_->currentIndex() == 0 ? showDiscarded() : showRankings();
}

void SelectionPage::showDiscarded() {
  const auto path = source_.path();
  if (!path) return;
  const auto discarded = path->discarded(source_.lambda());
  discardedText_->setText(
      QString("%L1 faces are discarded; under each the lambda from which it is kept").arg(discarded.size()));
  gallery_->setSamples(order_->currentIndex() == 0 ? std::vector<int>(discarded.rbegin(), discarded.rend())
                                                   : std::vector<int>(discarded.begin(), discarded.end()));
}

void SelectionPage::showRankings() {
  const auto comparison = source_.comparison();
  if (!comparison) {
    overlap_->setText(session_.scores() ? "" : "Score the images to put the two rankings side by side.");
    for (ImageStrip* strip : {byPath_, byScore_}) strip->gallery().setSamples({});
    return;
  }
  const bool within = ranking_->currentIndex() == 0;
  auto at = comparison->at(source_.lambda(),
                           within ? ScoreComparison::Ranking::Within : ScoreComparison::Ranking::Overall);
  const QString name = QString::fromStdString(comparison->scores().name);
  QString text = within ? "At this lambda no identity is discarded in part."
                        : "No scored face is discarded at this lambda.";
  if (!at.discarded.empty())
    text =
        QString("<b>%1</b> of %L2 discarded faces are also among as many lowest scores of %3 (%4 by chance).")
            .arg(percentText(at.share()))
            .arg(at.discarded.size())
            .arg(name.toHtmlEscaped(), percentText(at.chance));
  if (std::isfinite(comparison->spearman()))
    text += QString(" Rank correlation inside identities: %1.").arg(comparison->spearman(), 0, 'f', 2);
  overlap_->setText(text);
  byPath_->setHeading("Discarded by lambda, the last to be kept first");
  byScore_->setHeading(QString("As many lowest scores of %1, the lowest first").arg(name));
  byPath_->gallery().setSamples(std::move(at.discarded));
  byScore_->gallery().setSamples(std::move(at.lowest));
  const auto isInBoth = std::make_shared<const std::vector<unsigned char>>(std::move(at.isInBoth));
  for (ImageStrip* strip : {byPath_, byScore_})
    strip->gallery().setCaption(
        [isInBoth](int sample) { return (*isInBoth)[std::size_t(sample)] ? QString("in both") : QString(); });
}

// --- others

void SelectionPage::showSelection() {
  if (const auto layout = source_.layout()) map_->setSelected(layout->positionsOf(session_.selection()));
  std::vector<int> points;
  for (std::size_t i = 0; i < compared_.size(); ++i)
    if (std::ranges::binary_search(session_.selection(), compared_[i])) points.push_back(int(i));
  scores_->setSelected(std::move(points));
  showCurve();
}

void SelectionPage::showJobs() {
  const Job* job = jobs_.current();
  if (job == nullptr || job->name != "tsne" || job->state != Job::State::Running || job->id == followed_)
    return;
  followed_ = job->id;
  source_.chooseMap(optionOf(*job, "--name"));
}

Page* makeSelectionPage(const PageTools& tools) { return new SelectionPage(tools.session, tools.runner); }

}  // namespace discern::ui
