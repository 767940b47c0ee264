#include "ui/pages/selection/face_map.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <ranges>

#include "ui/charts/scatter_chart.h"
#include "ui/charts/styles.h"
#include "ui/models/images/named_samples.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/shown_images.h"
#include "ui/models/project/table_source.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/selection/face_chart.h"
#include "ui/pages/selection/map_bar.h"
#include "ui/widgets/card.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

ScatterColours toChart(const SampleColours& colours, const data::GroupKind& kind) {
  ScatterColours shown;
  shown.styles = colours.kinds;
  shown.styleNames = colours.names;
  shown.categories = colours.identities;
  shown.values = colours.values;
  shown.valueLow = colours.low;
  shown.valueHigh = colours.high;
  if (!colours.values.empty()) shown.valueTitle = inWords(kind, colours.title);
  return shown;
}

}  // namespace

FaceMap::FaceMap(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      table_(TableSource::of(session)),
      chart_(new ScatterChart("selection-map")),
      bar_(new MapBar(session, [this](const QString& typed) { return complete(typed); })),
      layout_(*this, [this] { showLayout(); }),
      lambda_(*this, [this] { showLambda(); }),
      selected_(*this, [this] { showSelected(); }),
      recolour_(*this, [this] { askColours(); }) {
  followKind(session, chart_, [this](const data::GroupKind& kind) {
    chart_->setEmptyText(
        inWords(kind, tr("No map yet. Make one on the left: it shows which {samples} are alike, "
                         "and which of them are kept.")));
  });
  chart_->setXAxis({.title = tr("t-SNE 1")});
  chart_->setYAxis({.title = tr("t-SNE 2")});
  chart_->setMinimumHeight(150);
  auto* inside = new QWidget;
  auto* rows = new QVBoxLayout(inside);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(bar_);
  rows->addWidget(chart_, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(cardAround(inside, this));
  connectAll();
  layout_.ask();
}

void FaceMap::connectAll() {
  followFaces(
      *chart_, session_, [this](int dot) { return sampleOf(dot); },
      [this](int sample) { emit inspectRequested(sample); });
  connect(chart_, &ScatterChart::selectionMade, this, &FaceMap::chosen);
  connect(chart_, &ScatterChart::pointClicked, this, &FaceMap::chosen);
  chart_->setTooltip([this](int dot) { return textOf(dot); });
  auto& thumbnails = ThumbnailLoader::of(session_);
  chart_->setPicture([this, &thumbnails](int dot, int pixels) {
    return thumbnails.thumbnail(sampleOf(dot), int(pixels * devicePixelRatioF()));
  });
  chart_->setPicturesNear(bar_->pictures());
  connect(&thumbnails, &ThumbnailLoader::ready, chart_, &ScatterChart::picturesCame);
  connect(bar_, &MapBar::looksChanged, this, [this] {
    chart_->setPicturesNear(bar_->pictures());
    showLambda();
  });
  connect(bar_, &MapBar::asked, this, &FaceMap::find);
  connect(bar_, &MapBar::colourChanged, &recolour_, &WhenSeen::ask);
  connect(&table_, &TableSource::changed, this, [this] {
    const auto now = table_.table();  // a threshold that moved changes no other colours
    const bool same = asked_ && &asked_->snapshot() == &now->snapshot() && asked_->scores() == now->scores();
    if (!same || bar_->colour() == "point") recolour_.ask();
  });
  connect(&session_, &Session::protocolChanged, this, [this] {
    if (bar_->colour() == "point") recolour_.ask();
  });
  connect(&session_, &Session::thresholdChanged, this, [this] {
    if (bar_->colour() == "point") recolour_.ask();
  });
  connect(&source_, &SelectionSource::layoutChanged, &layout_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::pathChanged, &layout_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::lambdaChanged, &lambda_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::lambdaChanged, this, [this] {
    if (bar_->colour() == "lambda") recolour_.ask();
  });
  connect(&session_, &Session::selectionChanged, &selected_, &WhenSeen::ask);
  connect(&ShownImages::of(session_), &ShownImages::changed, &lambda_, &WhenSeen::ask);
}

int FaceMap::sampleOf(int dot) const {
  const auto layout = source_.layout();
  return layout && dot >= 0 && dot < int(layout->samples.size()) ? layout->samples[std::size_t(dot)] : -1;
}

int FaceMap::dotOf(int sample) const {
  const auto layout = source_.layout();
  if (!layout) return -1;
  const auto at = std::ranges::lower_bound(layout->samples, sample);
  return at != layout->samples.end() && *at == sample ? int(at - layout->samples.begin()) : -1;
}

QString FaceMap::valueOf(int sample) const {
  const int dot = dotOf(sample);
  return dot < 0 ? QString() : shownName(*chart_, colours_.textOf(std::size_t(dot)));
}

QString FaceMap::textOf(int dot) const {
  const QString text = describeFace(session_, sampleOf(dot)),
                value = shownName(*chart_, colours_.textOf(std::size_t(dot)));
  const bool told = colours_.title.isEmpty() || value.isEmpty() || bar_->colour() == "lambda" ||
                    bar_->colour() == "identity" || bar_->colour() == "scores:" + session_.scoreTable();
  return told ? text : text + '\n' + inWords(session_.kind(), colours_.title) + ": " + value;
}

void FaceMap::showLayout() {
  const auto layout = source_.layout();
  if (!layout || !colouredLayout_ || colouredLayout_->name != layout->name) bar_->forgetSearch();
  if (!layout) {
    task_.cancel();
    colours_ = {};
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
  // A map that grows keeps its colours.
  if (!colouredLayout_ || colouredLayout_->samples != layout->samples) colours_ = {};
  ScatterData data;
  static_cast<ScatterColours&>(data) = toChart(colours_, session_.kind());
  data.points = layout->points;
  chart_->setData(std::move(data));
  showSelected();
  showLambda();
  askColours();
}

void FaceMap::askColours() {
  const auto layout = source_.layout();
  if (!layout) return task_.cancel();
  // Coloured again when the table is of today's threshold.
  if (bar_->colour() == "point" && table_.table()->threshold() != session_.threshold())
    table_.followThreshold();
  ColourRequest request;
  request.key = bar_->colour();
  const auto table = table_.table();
  if (asked_ && &asked_->snapshot() != &table->snapshot()) read_.reset();  // they may be others by now
  request.table = asked_ = table;
  request.scores = read_;
  if (request.key.startsWith("scores:"))
    if (auto known = session_.knownScores(request.key.section(':', 1))) request.scores = std::move(known);
  request.protocol = session_.protocol();
  request.path = source_.path();
  request.lambda = source_.lambda();
  request.project = session_.folder().toStdString();
  request.metadata = source_.metadata().toStdString();
  request.otherName = otherName();
  request.unknownName = unknownName();
  if (layout->samples.empty() || layout->samples.back() >= request.table->size()) return;  // the table comes
  task_.run(
      [layout, request](const LatestTask::Stopped&) mutable {
        request.samples = layout->samples;
        return coloursOf(request);
      },
      [this, layout](SampleColours colours) {
        const auto now = source_.layout();
        if (!now || (layout != now && layout->samples != now->samples)) return;
        if (colours.scores) read_ = colours.scores;
        colours_ = std::move(colours);
        colouredLayout_ = layout;
        showColours();
      },
      [this](const std::string& problem) { bar_->say(QString::fromStdString(problem)); });
}

void FaceMap::showColours() {
  chart_->setProperty("ownNames", source_.colour().startsWith("table:"));
  chart_->setColours(toChart(colours_, session_.kind()));
  chart_->setContext(
      contextText(colouredLayout_->features, {}, {},
                  inWords(session_.kind(), tr("map %1 by %2").arg(colouredLayout_->name, colours_.title))));
  showLambda();
  emit coloured();
}

void FaceMap::showLambda() {
  const auto layout = source_.layout();
  const auto path = source_.path();
  const bool greys = bar_->greys() && bar_->colour() != "lambda";
  if (!layout) return;
  const auto& shown = ShownImages::of(session_);
  std::vector<unsigned char> muted(layout->samples.size());
  for (std::size_t i = 0; i < muted.size(); ++i) {
    const double enters = path ? path->enters(layout->samples[i]) : 0;
    muted[i] = !shown.shows(layout->samples[i])              ? ScatterChart::Faint
               : !greys || !path                             ? ScatterChart::Plain
               : std::isnan(enters)                          ? ScatterChart::Faint
               : selection::isKept(enters, source_.lambda()) ? ScatterChart::Plain
                                                             : ScatterChart::Muted;
  }
  chart_->setMuted(std::move(muted));
}

void FaceMap::showSelected() {
  if (const auto layout = source_.layout()) chart_->setSelected(layout->positionsOf(session_.selection()));
}

QStringList FaceMap::complete(const QString& typed) const {
  const auto layout = source_.layout();
  return layout && !layout->samples.empty() && layout->samples.back() < table_.table()->size()
             ? namesLike(*table_.table(), layout->samples, typed)
             : QStringList();
}

void FaceMap::find(const QString& name) {
  const auto layout = source_.layout();
  if (name.isEmpty() || !layout || layout->samples.empty() ||
      layout->samples.back() >= table_.table()->size())
    return bar_->say({});
  const auto found = samplesNamed(*table_.table(), layout->samples, name);
  if (found.empty()) return bar_->sayOfSearch(tr("Nothing on this map is called “%1”.").arg(name));
  bar_->say({});
  chart_->centreOn(layout->positionsOf(found));
  session_.select(found);
  emit chosen();
}

}  // namespace discern::ui
