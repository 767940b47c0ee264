#include "ui/pages/threshold_page.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/analysis/cost_model.h"
#include "core/analysis/protocol_today.h"
#include "core/evaluation/verification.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/language/words.h"
#include "ui/models/project/counts.h"
#include "ui/models/project/session.h"
#include "ui/models/project/shown_images.h"
#include "ui/models/results/run_results.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/pages.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/numbers.h"

namespace discern::ui {
namespace {

void setQuietly(QDoubleSpinBox* spin, double value) {
  const QSignalBlocker blocker(spin);
  spin->setValue(value);
}

LineSeries line(const QString& name, QVector<QPointF> points) {
  LineSeries series;
  series.name = name;
  series.points = std::move(points);
  return series;
}

}  // namespace

ThresholdPage::ThresholdPage(Session& session, QWidget* parent)
    : Page(session, parent),
      worker_(this),
      reload_(*this,
              [this] {
                reload();
                if (inputs_.scores) showWeighting();
              }),
      shown_(*this,
             [this] {
               if (loaded_) showHistogram(*loaded_);
             }),
      follow_(*this, [this] {
        showReadings();
        ask();
      }) {
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
  for (auto signal : {&Session::snapshotChanged, &Session::scoresChanged, &Session::protocolChanged})
    connect(&session_, signal, &reload_, &WhenSeen::ask);
  connect(&session_, &Session::weightingChanged, this, [this] {
    reload_.ask();  // other weights may have been chosen
    follow_.ask();
  });
  connect(&session_, &Session::thresholdChanged, &follow_, &WhenSeen::ask);
  connect(&ShownImages::of(session_), &ShownImages::changed, &shown_, &WhenSeen::ask);
  connect(&worker_, &ThresholdWorker::loaded, this, &ThresholdPage::showLoaded);
  connect(&worker_, &ThresholdWorker::answered, this, &ThresholdPage::showPoint);
  connect(&worker_, &ThresholdWorker::curveChanged, this, &ThresholdPage::showCurve);
  connect(&worker_, &ThresholdWorker::proposed, this,
          [this](const std::shared_ptr<const ThresholdProposal>& proposal) {
            sought_ = true;
            showProposal(proposal);
          });
  connect(&worker_, &ThresholdWorker::found, this, &ThresholdPage::showTarget);
  connect(&worker_, &ThresholdWorker::failed, this, [this](const QString& message) {
    missingJob_ = "refresh";
    empty_->setTexts(tr("The threshold cannot be tried here"), message, tr("Bring up to date"));
    stack_->setCurrentIndex(0);
  });
  reload_.ask();
}

// What they show must not pass for another project's or other scores'.
void ThresholdPage::clearCharts() {
  loaded_.reset();
  histogram_->setDistributions({});
  tarChart_->setSeries({});
  costChart_->setSeries({});
  curve_.clear();
  sought_ = false;
  showProposal(nullptr);
  kneeText_->setText(tr("The proposal appears when the curves are complete."));
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
    show(words(tr("No {samples} yet")),
         words(tr("Import {subjects} first; the threshold is tuned on their scores.")), tr("Import…"),
         "import");
  } else if (snapshot->featureTables.empty()) {
    show(tr("No features yet"),
         words(tr("A base model must look at the {samples} before they can be scored and compared.")),
         tr("Extract features…"), "extract");
  } else if (!session_.scores()) {
    show(tr("No scores yet"),
         words(tr(
             "Every {sample} gets a score that says how recognisable it is; the threshold filters by it.")),
         words(tr("Score the {samples}…")), "score");
  } else {
    show(tr("No protocol yet"),
         words(tr("A protocol says which {groups} are compared; accuracy is measured on it.")),
         tr("Make a protocol…"), "protocol");
  }
  stack_->setCurrentIndex(0);
}

void ThresholdPage::reload() {
  const auto snapshot = session_.snapshot();
  ThresholdInputs inputs;
  inputs.folder = session_.folder();
  inputs.featureTable = session_.featureTable();
  inputs.scores = session_.scores();
  if (const auto& weights = session_.point().weights; weights != session_.point().scores)
    inputs.weights = session_.scores(QString::fromStdString(weights));
  if (inputs.weights) inputs.weightsCost = costModel(*snapshot, inputs.featureTable, *inputs.weights);
  inputs.lengths = session_.point().lengths;
  inputs.protocol = session_.protocol();
  inputs.who = snapshot->who;
  QString made;
  for (const auto& table : snapshot->featureTables)
    if (table.name == inputs.featureTable.toStdString()) made = QString::fromStdString(table.created);
  if (!session_.isOpen() || made.isEmpty() || !inputs.scores || !inputs.protocol) {
    inputs_ = {};
    worker_.unload();
    clearCharts();
    return showEmpty();
  }
  const evaluation::CostModel cost = costModel(*snapshot, inputs.featureTable, *inputs.scores);
  const bool sameInputs = inputs.folder == inputs_.folder && inputs.featureTable == inputs_.featureTable &&
                          inputs.scores == inputs_.scores && inputs.protocol == inputs_.protocol &&
                          inputs.weights == inputs_.weights && inputs.weightsCost == inputs_.weightsCost &&
                          inputs.lengths == inputs_.lengths && inputs.who.identity == inputs_.who.identity &&
                          inputs.who.leftOut == inputs_.who.leftOut &&
                          inputs.who.moved == inputs_.who.moved && made == featuresMade_;
  if (sameInputs && cost == cost_) return;
  cost_ = cost;
  if (!sameInputs) {
    inputs_ = inputs;
    featuresMade_ = made;
    sorted_.clear();
    leaving_.clear();
    clearCharts();
    worker_.load(inputs);
  }
  compute_->setEnabled(cost_.baseMacs > 0 && !cost_.scoresNeedBase &&
                       std::isfinite(evaluation::scoringShare(spent())));
  compute_->setToolTip(cost_.scoresNeedBase
                           ? words(tr("These scores are told from the base model's features: it has "
                                      "seen every {sample} before any is dropped."))
                           : words(tr(kComputeTip)));
  needsLabels_->setVisible(data::needsIdentities(inputs.scores->method));
  stack_->setCurrentIndex(1);
  showWeighting();
  showReadings();
  ask();
}

void ThresholdPage::showWeighting() {
  const analysis::OperatingPoint& point = session_.point();
  rescale_->button(int(point.rescale))->setChecked(true);  // clicks alone are heard
  for (QAbstractButton* button : rescale_->buttons()) button->setEnabled(inputs_.weights == nullptr);
  weighedBy_->setVisible(inputs_.weights != nullptr);
  weighedBy_->setText(words(tr("Kept {samples} are weighed by the scores %1 (ddl weights=%1)."))
                          .arg(QString::fromStdString(point.weights)));
  for (Chart* chart : charts())
    chart->setContext(contextText(session_.featureTable(), session_.scoreTable(), session_.protocolName(),
                                  QString::fromStdString(analysis::aggregationName(point))));
  const QSignalBlocker blocker(far_);
  int at = far_->findData(point.far);
  if (at < 0) {
    far_->addItem(farText(point.far), point.far);
    at = far_->count() - 1;
  }
  far_->setCurrentIndex(at);
}

evaluation::CostModel ThresholdPage::spent() const {
  return inputs_.weights ? analysis::withWeights(cost_, inputs_.weightsCost) : cost_;
}

sweep::ThresholdEvaluator::Options ThresholdPage::options() const {
  sweep::ThresholdEvaluator::Options options;
  options.rescale = session_.point().rescale;
  options.byWeights = inputs_.weights != nullptr;
  options.far = session_.point().far;
  options.cost = cost_;
  return options;
}

void ThresholdPage::ask() {
  if (!inputs_.scores) return;
  const auto how = options();
  if (how.far != asked_.far || !(how.cost == asked_.cost)) {
    sought_ = false;
    showProposal(nullptr);
  }
  asked_ = how;
  worker_.ask(session_.threshold(), how);
}

void ThresholdPage::showReadings() {
  const double threshold = session_.threshold();
  const sweep::Readings readings = sweep::readingsAt(threshold, leaving_, spent());
  {
    const QSignalBlocker blocker(slider_);
    slider_->setValue(int(std::lround(threshold * slider_->maximum())));
  }
  setQuietly(score_, threshold);
  setQuietly(percentile_, sweep::readingsAt(threshold, sorted_, cost_).percentile);
  setQuietly(kept_, 100 * readings.keptShare);
  setQuietly(compute_, 100 * readings.computeShare);
  const QString label = QLocale().toString(threshold, 'f', 3);
  histogram_->setCursorLine(threshold, label);
  tarChart_->setCursorLine(threshold, label);
  costChart_->setCursorLine(threshold, label);
}

void ThresholdPage::useNearest(double score) {
  const auto never =
      std::lower_bound(leaving_.begin(), leaving_.end(), std::numeric_limits<float>::infinity());
  if (never != leaving_.begin() && std::isfinite(*std::prev(never)))
    session_.setThreshold(std::clamp(score, 0.0, double(*std::prev(never))));
  showReadings();  // a share out of reach is not what was typed
}

void ThresholdPage::showLoaded(const ProtocolPtr& protocol, const std::vector<float>& sorted,
                               const std::vector<float>& leaving) {
  sorted_ = sorted;
  leaving_ = leaving;
  const auto& groups = protocol->templates;
  templates_ = qint64(groups.size());
  const qint64 pairs = std::ssize(protocol->pairs);
  QString text = tr("%1 in %2, %3", "images, templates, comparisons")
                     .arg(countText(session_.kind().sample, qint64(sorted.size())),
                          countText(session_.kind().group, templates_),
                          pairs == 1 ? tr("1 comparison") : tr("%L1 comparisons").arg(pairs));
  if (std::all_of(groups.begin(), groups.end(),
                  [](const data::Template& group) { return group.samples.size() < 2; }))
    counts_->setText(text + ". " +
                     words(tr("Every {group} is one {sample}, which is kept whatever the threshold.")));
  else
    counts_->setText(text + '.');
  const double step = sorted.empty() ? 1 : std::max(1.0, 100.0 / double(sorted.size()));
  for (QDoubleSpinBox* spin : {percentile_, kept_, compute_}) spin->setSingleStep(step);
  loaded_ = protocol;
  impostors_ = analysis::impostorsOf(*protocol);
  showHistogram(*protocol);
  showReadings();
}

void ThresholdPage::showHistogram(const data::Protocol& protocol) {
  std::set<int> samples;
  for (const data::Template& group : protocol.templates)
    samples.insert(group.samples.begin(), group.samples.end());
  const auto snapshot = session_.snapshot();
  Distribution originals{"originals", {}}, copies{"degraded copies", {}};
  for (const int sample : samples) {
    if (sample < 0 || sample >= inputs_.scores->size() || sample >= int(snapshot->samples.size())) continue;
    if (!shows(ShownImages::of(session_).now(), snapshot->samples[std::size_t(sample)])) continue;
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
  tar_.value->setEnabled(supported());
  keptTile_.value->setText(percentText(point.keptShare));
  keptTile_.note->setText(words(tr("%L1 of %L2 {samples}")).arg(point.kept).arg(point.samples));
  const bool costKnown = cost_.baseMacs > 0;
  computeTile_.value->setText(costKnown ? percentText(point.cost.share) : "–");
  computeTile_.note->setText(
      !costKnown ? tr("the base model's cost is unknown")
      : !std::isfinite(point.cost.macs)
          ? tr("what the scores cost is unknown")
          : words(tr("%L1 GMACs (%L2 GFLOPs) per {group}"))
                .arg(point.cost.macs / 1e9 / double(std::max<qint64>(1, templates_)), 0, 'f', 2)
                .arg(2 * point.cost.macs / 1e9 / double(std::max<qint64>(1, templates_)), 0, 'f', 2));
  const double milliseconds = point.cost.milliseconds / double(std::max<qint64>(1, templates_));
  time_.value->setText(milliseconds > 0 ? tr("%L1 ms").arg(milliseconds, 0, 'f', 1) : "–");
  time_.note->setText(milliseconds > 0 ? tr("as measured when features were extracted")
                                       : tr("not measured yet"));
  showWithout();
}

// Whether there are impostors enough for a TAR at the point's FAR to be read as a result.
bool ThresholdPage::supported() const { return evaluation::supports(impostors_, session_.point().far); }

void ThresholdPage::say(QLabel& label, QString sentence) const {
  if (!supported()) sentence = Words::tr("Too few impostors. %1").arg(sentence);
  label.setText(sentence.replace(" %", "\u00a0%"));  // a number and its unit stay on one line
  label.setToolTip(supported() ? QString() : tooFewImpostors(impostors_, session_.point().far));
}

void ThresholdPage::showWithout() {
  QStringList note;
  if (!supported()) note << Words::tr("too few impostors");
  if (!curve_.empty())
    note << words(tr("%1 with every {sample}, by %2"))
                .arg(percentText(curve_.front().tar, 2),
                     QString::fromStdString(analysis::aggregationName(session_.point())));
  tar_.note->setText(note.join(QStringLiteral("; ")));
  const QString why = supported() ? QString() : tooFewImpostors(impostors_, session_.point().far);
  for (QLabel* label : {tar_.value, tar_.note}) label->setToolTip(why);
}

void ThresholdPage::showCurve(const std::vector<Point>& points, bool complete) {
  curve_ = points;
  QVector<QPointF> tar, kept, compute;
  for (const Point& point : points) {
    tar.append({point.threshold, point.tar});
    kept.append({point.threshold, point.keptShare});
    compute.append({point.threshold, point.cost.share});
  }
  tarChart_->setSeries({line(QString("FAR %1").arg(far_->currentText()), tar)});
  tarChart_->setUnsupported(supported() ? std::nullopt : std::optional(std::pair(0.0, 1.0)),
                            Words::tr("too few impostors"));
  QVector<LineSeries> costs = {line(words(tr("{samples} kept")), kept)};
  if (cost_.baseMacs > 0) costs.append(line("compute", compute));
  costChart_->setSeries(costs);
  showWithout();
  if (complete) showProposal(proposal_);
}

void ThresholdPage::showProposal(const std::shared_ptr<const ThresholdProposal>& proposal) {
  proposal_ = proposal;
  useKnee_->setEnabled(proposal != nullptr);
  QVector<LineSeries> series = tarChart_->series();
  series.removeIf([](const LineSeries& one) { return one.name == "knee"; });
  if (!proposal) {
    kneeText_->setToolTip({});
    kneeText_->setText(sought_ ? words(tr("No knee: no threshold drops {samples} here without a price."))
                               : tr("The knee is known when all weightings are."));
    if (series.size() != tarChart_->series().size()) tarChart_->setSeries(series);
    return;
  }
  const Point& point = proposal->point;
  analysis::OperatingPoint there = session_.point();
  there.rescale = proposal->options.rescale;
  if (!proposal->options.byWeights) there.weights.clear();
  say(*kneeText_, words(tr("Knee: %1 at threshold %L2 accepts %3 with %4 of the {samples}."))
                      .arg(QString::fromStdString(analysis::aggregationName(there)))
                      .arg(point.threshold, 0, 'f', 3)
                      .arg(percentText(point.tar, 2), percentText(point.keptShare, 0)));
  if (analysis::aggregationName(there) == analysis::aggregationName(session_.point())) {
    LineSeries knee = line("knee", {{point.threshold, point.tar}});
    knee.line = false;
    knee.markers = true;
    series.append(knee);
  }
  tarChart_->setSeries(series);
}

void ThresholdPage::useProposal() {
  if (!proposal_) return;
  analysis::OperatingPoint point = session_.point();
  point.threshold = proposal_->point.threshold;
  point.rescale = proposal_->options.rescale;
  if (!proposal_->options.byWeights) point.weights.clear();
  session_.setPoint(point);
}

sweep::Target ThresholdPage::target() const {
  if (targetKind_->currentIndex() == 0) return {.loseAtMost = targetValue_->value() / 100};
  return {.computeAtMost = targetValue_->value() / 100};
}

void ThresholdPage::seekTarget() {
  if (!inputs_.scores) return;
  targetText_->setText(tr("Looking for it…"));
  worker_.seek(target());
}

void ThresholdPage::showTarget(const std::shared_ptr<const ThresholdAnswer>& answer) {
  worker_.seek({});  // asked for once
  if (!answer->reached) {
    targetText_->setToolTip({});
    targetText_->setText(tr("No threshold and no weighting reaches it."));
    return;
  }
  const Point& point = answer->best.point;
  analysis::OperatingPoint there = session_.point();
  there.threshold = point.threshold;
  there.rescale = answer->best.options.rescale;
  if (!answer->best.options.byWeights) there.weights.clear();
  const auto points = [](double share) { return signedText(100 * share, 2); };
  say(*targetText_,
      words(tr("%1 at threshold %L2: %3, %4 points against the plain mean of every {sample} (95 % "
               "interval %5 to %6), %7 "
               "of the compute."))
          .arg(QString::fromStdString(analysis::aggregationName(there)))
          .arg(point.threshold, 0, 'f', 3)
          .arg(percentText(point.tar, 2), points(point.tar - answer->reference), points(answer->low),
               points(answer->high), percentText(point.cost.share)));
  session_.setPoint(there);
}

Page* makeThresholdPage(const PageTools& tools) { return new ThresholdPage(tools.session); }

}  // namespace discern::ui
