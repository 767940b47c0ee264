#include "ui/pages/threshold_page.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "ui/charts/histogram_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/models/run_results.h"
#include "ui/models/session.h"
#include "ui/widgets/empty_state.h"

namespace discern::ui {
namespace {

using aggregation::Rescale;

constexpr int kSliderSteps = 10000;
constexpr int kChartHeight = 100;  // at least; three stand above each other
constexpr double kFars[] = {1e-4, 1e-3, 1e-2, 1e-1};

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

void setQuietly(QDoubleSpinBox* spin, double value) {
  const QSignalBlocker blocker(spin);
  spin->setValue(value);
}

LineSeries line(const QString& name, int style, QVector<QPointF> points) {
  LineSeries series;
  series.name = name;
  series.style = style;
  series.points = std::move(points);
  return series;
}

}  // namespace

ThresholdPage::ThresholdPage(Session& session, QWidget* parent) : Page(session, parent), worker_(this) {
  auto* layout = new QVBoxLayout(this);
  stack_ = new QStackedWidget;
  layout->addWidget(stack_);
  empty_ = new EmptyState("threshold", {}, {});
  auto* content = new QWidget;
  auto* rows = new QVBoxLayout(content);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(10);
  rows->addWidget(buildTiles());
  auto* columns = new QHBoxLayout;
  columns->setSpacing(12);
  columns->addWidget(buildControls());
  columns->addWidget(buildCharts(), 1);
  rows->addLayout(columns, 1);
  stack_->addWidget(empty_);
  stack_->addWidget(content);

  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(missingJob_, {}); });
  connect(&session_, &Session::snapshotChanged, this, &ThresholdPage::reload);
  connect(&session_, &Session::scoresChanged, this, &ThresholdPage::reload);
  connect(&session_, &Session::protocolChanged, this, &ThresholdPage::reload);
  connect(&session_, &Session::thresholdChanged, this, [this] {
    showReadings();
    ask();
  });
  connect(&worker_, &ThresholdWorker::loaded, this, &ThresholdPage::showLoaded);
  connect(&worker_, &ThresholdWorker::answered, this, &ThresholdPage::showPoint);
  connect(&worker_, &ThresholdWorker::curveChanged, this, &ThresholdPage::showCurve);
  connect(&worker_, &ThresholdWorker::failed, this, [this](const QString& message) {
    missingJob_ = "refresh";
    empty_->setTexts("The threshold cannot be tried here", message, "Bring up to date");
    stack_->setCurrentIndex(0);
  });
  reload();
}

// --- panels

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
  for (QLabel* label : {heading, tile.value, tile.note}) layout->addWidget(label);
  row->layout()->addWidget(frame);
  return tile;
}

QWidget* ThresholdPage::buildTiles() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(10);
  tar_ = addTile(row, "True accept rate", "tarValue");
  keptTile_ = addTile(row, "Images kept", "keptValue");
  computeTile_ = addTile(row, "Compute", "computeValue");
  time_ = addTile(row, "Time per template", "timeValue");
  return row;
}

QWidget* ThresholdPage::buildHandle() {
  auto* box = new QGroupBox("Threshold");
  auto* layout = new QVBoxLayout(box);
  slider_ = new QSlider(Qt::Horizontal);
  slider_->setObjectName("thresholdSlider");
  slider_->setRange(0, kSliderSteps);
  slider_->setPageStep(kSliderSteps / 50);
  slider_->setToolTip(
      "Images with a score above the threshold are kept; a template never loses its best image.");
  layout->addWidget(slider_);
  score_ = makeReading("scoreReading", {}, 1, 4, 0.01, "The score an image must exceed.");
  percentile_ =
      makeReading("percentileReading", " %", 100, 1, 1,
                  "The share of this protocol's images whose score lies at or below the threshold.");
  kept_ = makeReading("keptReading", " %", 100, 1, 1, "The share of images that pass.");
  compute_ = makeReading("computeReading", " %", 1000, 1, 1,
                         "What is computed, against running the base model on every image.");
  auto* form = new QFormLayout;
  form->addRow("Score", score_);
  form->addRow("Percentile", percentile_);
  form->addRow("Share kept", kept_);
  form->addRow("Compute budget", compute_);
  layout->addLayout(form);
  useKnee_ = new QPushButton("Use knee");
  useKnee_->setObjectName("useKnee");
  useKnee_->setEnabled(false);
  kneeText_ = new QLabel("The proposal appears when the curve is complete.");
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
          [this](double percent) { session_.setThreshold(sweep::scoreAtKeptShare(percent / 100, sorted_)); });
  connect(compute_, &QDoubleSpinBox::valueChanged, this, [this](double percent) {
    session_.setThreshold(sweep::scoreAtComputeShare(percent / 100, sorted_, cost_));
  });
  connect(useKnee_, &QPushButton::clicked, this, [this] { session_.setThreshold(knee_); });
  return box;
}

QWidget* ThresholdPage::buildControls() {
  auto* panel = new QWidget;
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 4, 0);
  layout->addWidget(buildHandle());

  auto* weights = new QGroupBox("Rescale weights in a template");
  auto* radios = new QVBoxLayout(weights);
  rescale_ = new QButtonGroup(this);
  const std::tuple<Rescale, QString, QString> choices[] = {
      {Rescale::Auto, "Automatic", "On where a template is large enough and its scores spread enough."},
      {Rescale::On, "On (the paper)", "The worst kept image of a template gets weight 0, the best 1."},
      {Rescale::Off, "Off", "Images are weighted by their score as it is."}};
  for (const auto& [value, text, tooltip] : choices) {
    auto* radio = new QRadioButton(text);
    radio->setObjectName(QString("rescale-%1").arg(aggregation::toString(value)));
    radio->setToolTip(tooltip);
    rescale_->addButton(radio, int(value));
    radios->addWidget(radio);
  }
  rescale_->button(int(Rescale::Auto))->setChecked(true);
  layout->addWidget(weights);

  auto* point = new QGroupBox("Operating point");
  auto* form = new QFormLayout(point);
  far_ = new QComboBox;
  far_->setObjectName("far");
  for (const double far : kFars) far_->addItem(farText(far), far);
  far_->setCurrentIndex(1);
  far_->setToolTip("The largest false accept rate allowed; the true accept rate is read there.");
  form->addRow("False accepts", far_);
  counts_ = new QLabel;
  counts_->setWordWrap(true);
  counts_->setProperty("muted", true);
  form->addRow(counts_);
  layout->addWidget(point);
  layout->addStretch(1);

  connect(rescale_, &QButtonGroup::idClicked, this, &ThresholdPage::ask);
  connect(far_, &QComboBox::currentIndexChanged, this, &ThresholdPage::ask);

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
  histogram_->setTitle("Scores of the protocol's images");
  tarChart_->setTitle("True accept rate against threshold");
  costChart_->setTitle("Images kept and compute against threshold");
  histogram_->setXAxis({.title = "score", .log = false, .low = 0, .high = 1, .percent = false});
  for (LineChart* chart : {tarChart_, costChart_})
    chart->setXAxis({.title = "threshold", .log = false, .low = 0, .high = 1, .percent = false});
  histogram_->setYAxis({.title = "images", .log = false, .low = 0, .high = {}, .percent = false});
  tarChart_->setYAxis({.title = "true accept rate", .log = false, .low = {}, .high = 1, .percent = true});
  costChart_->setYAxis({.title = "share", .log = false, .low = 0, .high = {}, .percent = true});
  auto* splitter = new QSplitter(Qt::Vertical);
  for (PlotChart* chart : std::initializer_list<PlotChart*>{histogram_, tarChart_, costChart_}) {
    chart->setMinimumHeight(kChartHeight);
    splitter->addWidget(chart);
    connect(chart, &PlotChart::cursorMoved, this, [this](double score) { session_.setThreshold(score); });
  }
  splitter->setChildrenCollapsible(false);
  return splitter;
}

std::vector<Chart*> ThresholdPage::charts() { return {histogram_, tarChart_, costChart_}; }

// --- what is shown

void ThresholdPage::showEmpty() {
  const auto snapshot = session_.snapshot();
  const auto show = [this](const QString& title, const QString& text, const QString& action,
                           const QString& job) {
    missingJob_ = job;
    empty_->setTexts(title, text, action);
  };
  if (snapshot->samples.empty()) {
    show("No images yet", "Import faces first; the threshold is tuned on their scores.", "Import…", "import");
  } else if (snapshot->featureTables.empty()) {
    show("No features yet", "A base model must look at the images before they can be scored and compared.",
         "Extract features…", "extract");
  } else if (!session_.scores()) {
    show("No scores yet",
         "Every image gets a score that says how recognisable it is; the threshold filters by it.",
         "Score the images…", "score");
  } else {
    show("No protocol yet", "A protocol says which templates are compared; accuracy is measured on it.",
         "Make a protocol…", "protocol");
  }
  stack_->setCurrentIndex(0);
}

void ThresholdPage::reload() {
  const auto snapshot = session_.snapshot();
  ThresholdInputs inputs{session_.folder(), session_.featureTable(), session_.scores(), session_.protocol()};
  QString made;
  for (const auto& table : snapshot->featureTables)
    if (table.name == inputs.featureTable.toStdString()) made = QString::fromStdString(table.created);
  if (!session_.isOpen() || made.isEmpty() || !inputs.scores || !inputs.protocol) {
    inputs_ = {};
    worker_.unload();
    return showEmpty();
  }
  const evaluation::CostModel cost = costModel(*snapshot, inputs.featureTable, *inputs.scores);
  const bool sameCost = cost.baseMacs == cost_.baseMacs && cost.ddnetMacs == cost_.ddnetMacs &&
                        cost.baseMilliseconds == cost_.baseMilliseconds &&
                        cost.ddnetMilliseconds == cost_.ddnetMilliseconds;
  const bool sameInputs = inputs.folder == inputs_.folder && inputs.featureTable == inputs_.featureTable &&
                          inputs.scores == inputs_.scores && inputs.protocol == inputs_.protocol &&
                          made == featuresMade_;
  if (sameInputs && sameCost) return;
  cost_ = cost;
  if (!sameInputs) {
    inputs_ = inputs;
    featuresMade_ = made;
    sorted_.clear();
    worker_.load(inputs);
  }
  compute_->setEnabled(cost_.baseMacs > 0);
  stack_->setCurrentIndex(1);
  showReadings();
  showHistogram();
  ask();
}

sweep::ThresholdEvaluator::Options ThresholdPage::options() const {
  sweep::ThresholdEvaluator::Options options;
  options.rescale = static_cast<Rescale>(rescale_->checkedId());
  options.far = far_->currentData().toDouble();
  options.cost = cost_;
  return options;
}

void ThresholdPage::ask() {
  if (inputs_.scores) worker_.ask(session_.threshold(), options());
}

void ThresholdPage::showReadings() {
  const double threshold = session_.threshold();
  const sweep::Readings readings = sweep::readingsAt(threshold, sorted_, cost_);
  {
    const QSignalBlocker blocker(slider_);
    slider_->setValue(int(std::lround(threshold * kSliderSteps)));
  }
  setQuietly(score_, threshold);
  setQuietly(percentile_, readings.percentile);
  setQuietly(kept_, 100 * readings.keptShare);
  setQuietly(compute_, 100 * readings.computeShare);
  const QString label = QString::number(threshold, 'f', 3);
  histogram_->setCursorLine(threshold, label);
  tarChart_->setCursorLine(threshold, label);
  costChart_->setCursorLine(threshold, label);
}

void ThresholdPage::showLoaded(const std::vector<float>& sorted, qint64 templates, qint64 pairs) {
  sorted_ = sorted;
  templates_ = templates;
  QString text =
      QString("%L1 images in %L2 templates, %L3 comparisons").arg(sorted.size()).arg(templates).arg(pairs);
  const auto& groups = inputs_.protocol->templates;
  if (std::all_of(groups.begin(), groups.end(),
                  [](const data::Template& group) { return group.samples.size() < 2; }))
    text += ". Every template is one image, which is kept whatever the threshold";
  counts_->setText(text + '.');
  const double step = sorted.empty() ? 1 : std::max(1.0, 100.0 / double(sorted.size()));
  for (QDoubleSpinBox* spin : {percentile_, kept_, compute_}) spin->setSingleStep(step);
  showReadings();
}

void ThresholdPage::showHistogram() {
  std::set<int> samples;
  for (const data::Template& group : inputs_.protocol->templates)
    samples.insert(group.samples.begin(), group.samples.end());
  const auto snapshot = session_.snapshot();
  Distribution originals{"originals", {}, 0}, copies{"degraded copies", {}, 1};
  for (const int sample : samples) {
    if (sample < 0 || sample >= inputs_.scores->size() || sample >= int(snapshot->samples.size())) continue;
    const bool copy = snapshot->samples[std::size_t(sample)].parent >= 0;
    (copy ? copies : originals).values.push_back(inputs_.scores->score[std::size_t(sample)]);
  }
  std::vector<Distribution> distributions;
  for (Distribution* distribution : {&originals, &copies})
    if (!distribution->values.empty()) distributions.push_back(std::move(*distribution));
  histogram_->setRange(0, 1);
  histogram_->setDistributions(std::move(distributions));
}

void ThresholdPage::showPoint(const Point& point) {
  tar_.value->setText(percentText(point.tar, 2));
  keptTile_.value->setText(percentText(point.keptShare));
  keptTile_.note->setText(QString("%L1 of %L2 images").arg(point.kept).arg(point.samples));
  const bool costKnown = cost_.baseMacs > 0;
  computeTile_.value->setText(costKnown ? percentText(point.cost.share) : "–");
  computeTile_.note->setText(
      !costKnown ? "the base model's cost is unknown"
                 : QString("%1 GMACs per template")
                       .arg(point.cost.macs / 1e9 / double(std::max<qint64>(1, templates_)), 0, 'f', 2));
  const double milliseconds = point.cost.milliseconds / double(std::max<qint64>(1, templates_));
  time_.value->setText(milliseconds > 0 ? QString("%1 ms").arg(milliseconds, 0, 'f', 1) : "–");
  time_.note->setText(milliseconds > 0 ? "as measured when features were extracted" : "not measured yet");
  if (!curve_.empty())
    tar_.note->setText(QString("%1 with every image").arg(percentText(curve_.front().tar, 2)));
}

void ThresholdPage::showCurve(const std::vector<Point>& points, bool complete) {
  curve_ = points;
  QVector<QPointF> tar, kept, compute;
  for (const Point& point : points) {
    tar.append({point.threshold, point.tar});
    kept.append({point.threshold, point.keptShare});
    compute.append({point.threshold, point.cost.share});
  }
  tarChart_->setSeries({line(QString("FAR %1").arg(far_->currentText()), 0, tar)});
  QVector<LineSeries> costs = {line("images kept", 1, kept)};
  if (cost_.baseMacs > 0) costs.append(line("compute", 2, compute));
  costChart_->setSeries(costs);
  if (points.size() == 1)
    tar_.note->setText(QString("%1 with every image").arg(percentText(points.front().tar, 2)));
  knee_ = -1;
  useKnee_->setEnabled(false);
  if (complete) showKnee();
}

void ThresholdPage::showKnee() {
  std::vector<double> compute, tar;
  for (const Point& point : curve_) {
    compute.push_back(cost_.baseMacs > 0 ? point.cost.share : point.keptShare);
    tar.push_back(point.tar);
  }
  const int at = sweep::knee(compute, tar);
  if (at < 0 || at >= int(curve_.size()) || !(curve_[std::size_t(at)].threshold > 0)) {
    kneeText_->setText("No knee: no threshold drops images here without a price.");
    return;
  }
  const Point& point = curve_[std::size_t(at)];
  knee_ = point.threshold;
  useKnee_->setEnabled(true);
  kneeText_->setText(QString("Knee at %1: %2 accepted with %3 of the images.")
                         .arg(point.threshold, 0, 'f', 3)
                         .arg(percentText(point.tar, 2), percentText(point.keptShare, 0)));
  QVector<LineSeries> series = tarChart_->series();
  LineSeries knee = line("knee", 1, {{point.threshold, point.tar}});
  knee.line = false;
  knee.markers = true;
  series.append(knee);
  tarChart_->setSeries(series);
}

}  // namespace discern::ui
