#include "ui/pages/selection/face_map.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <ranges>

#include "ui/charts/scatter_chart.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/shown_images.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/selection/face_chart.h"
#include "ui/widgets/card.h"

namespace discern::ui {

FaceMap::FaceMap(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      chart_(new ScatterChart("selection-map")),
      layout_(*this, [this] { showLayout(); }),
      lambda_(*this, [this] { showLambda(); }),
      selected_(*this, [this] { showSelected(); }) {
  followKind(session, chart_, [this](const data::GroupKind& kind) {
    chart_->setTitle(inWords(kind, tr("Kept: coloured by {identity}. Discarded: grey")));
    chart_->setEmptyText(
        inWords(kind, tr("No map yet. Make one on the left: it shows which {subjects} are alike, and "
                         "which of them are kept.")));
  });
  chart_->setXAxis({.title = tr("t-SNE 1")});
  chart_->setYAxis({.title = tr("t-SNE 2")});
  followFaces(
      *chart_, session, [this](int dot) { return sampleOf(dot); },
      [this](int sample) { emit inspectRequested(sample); });
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(cardAround(chart_, this));
  connect(&source_, &SelectionSource::layoutChanged, &layout_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::pathChanged, &layout_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::lambdaChanged, &lambda_, &WhenSeen::ask);
  connect(&session_, &Session::selectionChanged, &selected_, &WhenSeen::ask);
  connect(&ShownImages::of(session_), &ShownImages::changed, &lambda_, &WhenSeen::ask);
  layout_.ask();
}

int FaceMap::sampleOf(int dot) const {
  const auto layout = source_.layout();
  return layout && dot >= 0 && dot < int(layout->samples.size()) ? layout->samples[std::size_t(dot)] : -1;
}

void FaceMap::showLayout() {
  const auto layout = source_.layout();
  const auto path = source_.path();
  if (!layout) {
    chart_->setData({});
    return;
  }
  // As near as the points allow: the coordinates themselves say nothing.
  const auto axis = [&](const QString& title, auto coordinate) {
    const auto [low, high] = std::ranges::minmax(layout->points | std::views::transform(coordinate));
    const double margin = 0.04 * std::max(high - low, 1e-6);
    return AxisOptions{.title = title, .log = false, .low = low - margin, .high = high + margin};
  };
  if (!layout->points.empty()) {
    chart_->setXAxis(axis(tr("t-SNE 1"), [](const QPointF& p) { return p.x(); }));
    chart_->setYAxis(axis(tr("t-SNE 2"), [](const QPointF& p) { return p.y(); }));
  }
  ScatterData data;
  data.points = layout->points;
  data.categories.reserve(layout->samples.size());
  for (const int sample : layout->samples) data.categories.push_back(path ? path->identityOf(sample) : -1);
  if (path)
    chart_->setContext(contextText(QString::fromStdString(path->row().features), {}, {},
                                   tr("selection %1").arg(QString::fromStdString(path->row().name))));
  chart_->setData(std::move(data));
  showSelected();
  showLambda();
}

void FaceMap::showLambda() {
  const auto layout = source_.layout();
  const auto path = source_.path();
  if (!layout || !path) return;
  const auto& shown = ShownImages::of(session_);
  std::vector<unsigned char> muted(layout->samples.size());
  for (std::size_t i = 0; i < muted.size(); ++i) {
    const double enters = path->enters(layout->samples[i]);
    muted[i] = std::isnan(enters) || !shown.shows(layout->samples[i]) ? ScatterChart::Faint
               : selection::isKept(enters, source_.lambda())          ? ScatterChart::Plain
                                                                      : ScatterChart::Muted;
  }
  chart_->setMuted(std::move(muted));
}

void FaceMap::showSelected() {
  if (const auto layout = source_.layout()) chart_->setSelected(layout->positionsOf(session_.selection()));
}

}  // namespace discern::ui
