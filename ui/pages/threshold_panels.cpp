// How the Threshold page is laid out; what it shows is in threshold_page.cpp.
#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QFrame>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSlider>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/charts/histogram_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/session.h"
#include "ui/models/results/run_results.h"
#include "ui/pages/threshold_page.h"
#include "ui/widgets/point_button.h"

namespace discern::ui {
namespace {

using aggregation::Rescale;

constexpr int kSliderSteps = 10000;
constexpr int kChartHeight = 100;  // at least; three stand above each other

QDoubleSpinBox* makeReading(const QString& name, const QString& suffix, double high, int decimals,
                            double step, const QString& tooltip) {
  auto* spin = new QDoubleSpinBox;
  spin->setObjectName(name);
  spin->setRange(0, high);
  spin->setDecimals(decimals);
  spin->setSingleStep(step);
  spin->setSuffix(suffix);
  spin->setKeyboardTracking(false);
  spin->setToolTip(tooltip);
  return spin;
}

}  // namespace

ThresholdPage::Tile ThresholdPage::addTile(QWidget* row, const QString& title, const QString& name) {
  auto* frame = new QFrame;
  frame->setProperty("tile", true);
  auto* layout = new QVBoxLayout(frame);
  layout->setContentsMargins(14, 8, 14, 8);
  layout->setSpacing(1);
  auto* heading = new QLabel(title);
  heading->setProperty("muted", true);
  Tile tile{new QLabel("–"), new QLabel};
  tile.value->setObjectName(name);
  tile.value->setProperty("figure", true);
  tile.note->setProperty("muted", true);
  tile.note->setWordWrap(true);  // four tiles fit a small screen
  for (QLabel* label : {heading, tile.value, tile.note}) layout->addWidget(label);
  row->layout()->addWidget(frame);
  return tile;
}

QWidget* ThresholdPage::buildTiles() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  tar_ = addTile(row, tr("True accept rate"), "tarValue");
  keptTile_ = addTile(row, tr("{Samples} kept"), "keptValue");
  computeTile_ = addTile(row, tr("Compute"), "computeValue");
  time_ = addTile(row, tr("Time per {group}"), "timeValue");
  return row;
}

QWidget* ThresholdPage::buildHandle() {
  auto* box = new QGroupBox(tr("Threshold"));
  auto* layout = new QVBoxLayout(box);
  slider_ = new QSlider(Qt::Horizontal);
  slider_->setObjectName("thresholdSlider");
  slider_->setAccessibleName(tr("Threshold"));
  slider_->setRange(0, kSliderSteps);
  slider_->setPageStep(kSliderSteps / 50);
  slider_->setToolTip(
      tr("{Samples} with a score above the threshold are kept; {a group} never loses its best {sample}."));
  layout->addWidget(slider_);
  score_ = makeReading("scoreReading", {}, 1, 4, 0.01, tr("The score {a sample} must exceed."));
  percentile_ =
      makeReading("percentileReading", {}, 100, 1, 1,
                  tr("The share of this protocol's {samples} whose score lies at or below the threshold."));
  kept_ = makeReading("keptReading", " %", 100, 1, 1,
                      tr("The share of {samples} that are kept; {a group} never loses its best one."));
  compute_ = makeReading("computeReading", " %", 1000, 1, 1, tr(kComputeTip));
  auto* form = new QFormLayout;
  form->addRow(tr("Score"), score_);
  form->addRow(tr("Percentile"), percentile_);
  form->addRow(tr("Share kept"), kept_);
  form->addRow(tr("Compute budget"), compute_);
  layout->addLayout(form);
  needsLabels_ = new QLabel(tr(
      "True D-scores need each {sample}'s {identity}; predicted scores show what can be reached without."));
  needsLabels_->setObjectName("needsLabels");
  needsLabels_->setWordWrap(true);
  needsLabels_->setProperty("muted", true);
  layout->addWidget(needsLabels_);
  useKnee_ = new QPushButton(tr("Use knee"));
  useKnee_->setObjectName("useKnee");
  useKnee_->setEnabled(false);
  kneeText_ = new QLabel(tr("The proposal appears when the curves are complete."));
  kneeText_->setObjectName("kneeText");
  kneeText_->setWordWrap(true);
  kneeText_->setProperty("muted", true);
  layout->addWidget(kneeText_);
  layout->addWidget(useKnee_);

  connect(slider_, &QSlider::valueChanged, this,
          [this](int step) { session_.setThreshold(double(step) / kSliderSteps); });
  connect(score_, &QDoubleSpinBox::valueChanged, this,
          [this](double score) { session_.setThreshold(score); });
  connect(percentile_, &QDoubleSpinBox::valueChanged, this,
          [this](double percent) { session_.setThreshold(sweep::scoreAtPercentile(percent, sorted_)); });
  connect(kept_, &QDoubleSpinBox::valueChanged, this,
          [this](double percent) { useNearest(sweep::scoreAtKeptShare(percent / 100, leaving_)); });
  connect(compute_, &QDoubleSpinBox::valueChanged, this, [this](double percent) {
    useNearest(sweep::scoreAtComputeShare(percent / 100, leaving_, spent()));
  });
  connect(useKnee_, &QPushButton::clicked, this, &ThresholdPage::useProposal);
  return box;
}

QWidget* ThresholdPage::buildTarget() {
  auto* box = new QGroupBox(tr("Target"));
  auto* layout = new QVBoxLayout(box);
  auto* row = new QHBoxLayout;
  targetKind_ = new QComboBox;
  targetKind_->setObjectName("targetKind");
  targetKind_->setAccessibleName(tr("Target"));
  targetKind_->addItems({tr("Lose at most"), tr("Compute at most")});
  targetKind_->setToolTip(
      tr("The cheapest point that loses no more of the true accept rate than that against the plain mean of "
         "every "
         "{sample}, or the best one that takes no more compute."));
  targetValue_ = makeReading("targetValue", tr(" points"), 100, 1, 0.1, targetKind_->toolTip());
  targetValue_->setAccessibleName(tr("How much"));
  targetValue_->setValue(0.5);
  row->addWidget(targetKind_, 1);
  row->addWidget(targetValue_);
  layout->addLayout(row);
  targetText_ =
      new QLabel(tr("Against the plain mean of every {sample}; over every threshold and every weighting."));
  targetText_->setObjectName("targetText");
  targetText_->setWordWrap(true);
  targetText_->setProperty("muted", true);
  layout->addWidget(targetText_);
  auto* find = new QPushButton(tr("Find it"));
  find->setObjectName("findTarget");
  layout->addWidget(find);
  connect(targetKind_, &QComboBox::currentIndexChanged, this, [this](int kind) {
    targetValue_->setSuffix(kind == 0 ? tr(" points") : " %");
    targetValue_->setSingleStep(kind == 0 ? 0.1 : 5);
    targetValue_->setValue(kind == 0 ? 0.5 : 90);
  });
  connect(find, &QPushButton::clicked, this, &ThresholdPage::seekTarget);
  return box;
}

QWidget* ThresholdPage::buildControls() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 4, 0);
  layout->addWidget(buildHandle());
  layout->addWidget(buildTarget());

  auto* weights = new QGroupBox(tr("Rescale weights in {a group}"));
  auto* radios = new QVBoxLayout(weights);
  rescale_ = new QButtonGroup(this);
  const std::tuple<Rescale, QString, QString> choices[] = {
      {Rescale::Auto, tr("Automatic"),
       tr("On where {a group} is large enough and its scores spread enough.")},
      {Rescale::On, tr("On (the paper)"),
       tr("The worst kept {sample} of {a group} gets weight 0, the best 1.")},
      {Rescale::Off, tr("Off"), tr("{Samples} are weighted by their score as it is.")}};
  for (const auto& [value, text, tooltip] : choices) {
    auto* radio = new QRadioButton(text);
    radio->setObjectName(QString("rescale-%1").arg(aggregation::toString(value)));
    radio->setToolTip(tooltip);
    rescale_->addButton(radio, int(value));
    radios->addWidget(radio);
  }
  weighedBy_ = new QLabel;
  weighedBy_->setObjectName("weighedBy");
  weighedBy_->setWordWrap(true);
  weighedBy_->setProperty("muted", true);
  radios->addWidget(weighedBy_);
  layout->addWidget(weights);

  auto* point = new QGroupBox(tr("Operating point"));
  auto* form = new QFormLayout(point);
  far_ = new QComboBox;
  far_->setObjectName("far");
  for (const double far : kFars) far_->addItem(farText(far), far);
  far_->setToolTip(tr("The largest false accept rate allowed; the true accept rate is read there."));
  form->addRow(tr("False accepts"), far_);
  counts_ = new QLabel;
  counts_->setObjectName("protocolCounts");
  counts_->setWordWrap(true);
  counts_->setProperty("muted", true);
  form->addRow(counts_);
  layout->addWidget(point);
  layout->addStretch(1);

  connect(rescale_, &QButtonGroup::idClicked, this, [this](int id) {
    auto point = session_.point();
    point.rescale = static_cast<Rescale>(id);
    session_.setPoint(point);
  });
  connect(far_, &QComboBox::currentIndexChanged, this, [this] {
    auto point = session_.point();
    point.far = far_->currentData().toDouble();
    session_.setPoint(point);
  });

  auto* scroll = new QScrollArea;
  scroll->setWidget(panel);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFixedWidth(290);
  return scroll;
}

QWidget* ThresholdPage::buildCharts() {
  histogram_ = new HistogramChart("threshold-scores");
  tarChart_ = new LineChart("threshold-tar");
  costChart_ = new LineChart("threshold-cost");
  tarChart_->setTitle(tr("True accept rate against threshold"));
  histogram_->setXAxis({.title = tr("score"), .log = false, .low = 0, .high = 1, .percent = false});
  for (LineChart* chart : {tarChart_, costChart_})
    chart->setXAxis({.title = tr("threshold"), .log = false, .low = 0, .high = 1, .percent = false});
  followKind(session_, histogram_, [this](const data::GroupKind&) {
    histogram_->setTitle(words(tr("Scores of the protocol's {samples}")));
    costChart_->setTitle(words(tr("{Samples} kept and compute against threshold")));
    histogram_->setYAxis(
        {.title = words(tr("{samples}")), .log = false, .low = 0, .high = {}, .percent = false});
  });
  tarChart_->setYAxis({.title = tr("true accept rate"), .log = false, .low = {}, .high = 1, .percent = true});
  costChart_->setYAxis({.title = tr("share"), .log = false, .low = 0, .high = {}, .percent = true});
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->setObjectName("charts");
  for (PlotChart* chart : std::initializer_list<PlotChart*>{histogram_, tarChart_, costChart_}) {
    chart->setMinimumHeight(kChartHeight);
    splitter->addWidget(chart);
    connect(chart, &PlotChart::cursorMoved, this, [this](double score) { session_.setThreshold(score); });
  }
  splitter->setChildrenCollapsible(false);
  alignPlotAreas({histogram_, tarChart_, costChart_});
  return splitter;
}

}  // namespace discern::ui
