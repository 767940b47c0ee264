#include "ui/widgets/point_button.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QWidgetAction>
#include <algorithm>

#include "core/analysis/defaults.h"
#include "ui/models/project/point_steps.h"
#include "ui/models/results/run_results.h"
#include "ui/widgets/keep_words.h"
#include "ui/widgets/point_preset.h"

namespace discern::ui {
namespace {

using aggregation::Rescale;

void fill(QComboBox* combo, const std::vector<std::string>& names, const std::string& chosen,
          const QString& none = {}) {
  const QSignalBlocker blocker(combo);
  combo->clear();
  if (!none.isEmpty()) combo->addItem(none, QString());
  for (const std::string& name : names) {
    const QString text = QString::fromStdString(name);
    combo->addItem(text, text);
  }
  combo->setCurrentIndex(std::max(0, combo->findData(QString::fromStdString(chosen))));
  combo->setEnabled(combo->count() > 0);
}

std::string dataOf(const QComboBox* combo) { return combo->currentData().toString().toStdString(); }

QString toldOf(const analysis::OperatingPoint& point) {
  const auto orNone = [](const std::string& name) {
    return name.empty() ? PointButton::tr("none") : QString::fromStdString(name);
  };
  const QString made =
      (point.lengths == data::Lengths::Raw ? PointButton::tr("features %1 as they are, protocol %2, FAR %L3")
                                           : PointButton::tr("features %1, protocol %2, FAR %L3"))
          .arg(orNone(point.features), orNone(point.protocol))
          .arg(point.far, 0, 'g', 6);
  return point.scores.empty() ? PointButton::tr("Operating point: no scores, %1").arg(made)
                              : PointButton::tr("Operating point: scores %1 > %L2, %3, %4")
                                    .arg(QString::fromStdString(point.scores))
                                    .arg(point.threshold, 0, 'f', 4)
                                    .arg(QString::fromStdString(analysis::aggregationName(point)), made);
}

}  // namespace

PointButton::PointButton(Session& session, QWidget* parent) : QToolButton(parent), session_(session) {
  setObjectName("operatingPoint");
  setAccessibleName(tr("Operating point"));
  setPopupMode(QToolButton::InstantPopup);
  setToolButtonStyle(Qt::ToolButtonTextOnly);
  auto* menu = new QMenu(this);
  auto* action = new QWidgetAction(menu);
  action->setDefaultWidget(buildForm());
  menu->addAction(action);
  menu->addSeparator();
  back_ = addStep("pointBack", tr("&Back to the previous point"), QKeySequence("Ctrl+Alt+Z"), true);
  again_ = addStep("pointAgain", tr("&Forward to the next point"), QKeySequence("Ctrl+Alt+Y"), false);
  menu->addActions({back_, again_});
  setMenu(menu);
  keepWords(session_, menu);
  connect(menu, &QMenu::aboutToShow, this, &PointButton::showForm);
  connect(&PointSteps::of(session_), &PointSteps::changed, this, &PointButton::showSteps);
  showSteps();
  for (auto signal : {&Session::projectChanged, &Session::snapshotChanged, &Session::pointChanged})
    connect(&session_, signal, this, [this, menu] {
      showText();
      if (menu->isVisible()) showForm();
    });
  showText();
}

QComboBox* PointButton::addCombo(QFormLayout* form, const QString& label, const QString& name,
                                 const QString& tooltip) {
  auto* combo = new QComboBox;
  combo->setObjectName(name);
  combo->setToolTip(tooltip);
  combo->setMinimumContentsLength(16);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  form->addRow(label, combo);
  connect(combo, &QComboBox::activated, this, &PointButton::take);
  return combo;
}

QSize PointButton::sizeHint() const {
  const int width = fontMetrics().horizontalAdvance(
      tr("Operating point: > %1, %2, FAR %3").arg("0.000", "ddl weights=predicted", "1e-4  "));
  return {width, QToolButton::sizeHint().height()};
}

QWidget* PointButton::buildForm() {
  auto* widget = new QWidget;
  auto* form = new QFormLayout(widget);
  auto* preset = new PointPreset(session_);
  connect(preset, &QComboBox::activated, this, &PointButton::showForm);
  form->addRow(tr("Preset"), preset);
  protocol_ = addCombo(form, tr("Protocol"), "pointProtocol", tr("The comparisons accuracy is measured on."));
  features_ = addCombo(form, tr("Features"), "pointFeatures", tr("What {groups} are made of."));
  scores_ = addCombo(form, tr("Scores"), "pointScores", tr("{A sample} must exceed the threshold by these."));
  threshold_ = new QDoubleSpinBox;
  threshold_->setObjectName("pointThreshold");
  threshold_->setRange(0, 1);
  threshold_->setDecimals(4);
  threshold_->setSingleStep(0.01);
  threshold_->setKeyboardTracking(false);
  threshold_->setToolTip(tr("The score {a sample} must exceed; {a group} never loses its best one."));
  form->addRow(tr("Threshold"), threshold_);
  weights_ = addCombo(
      form, tr("Weighed by"), "pointWeights",
      tr("Scores that weigh the {samples} which stay: the same, or another table's, such as a head's."));
  rescale_ = addCombo(form, tr("Rescale"), "pointRescale",
                      tr("Whether weights are rescaled inside {a group} (the paper) or taken as they are."));
  for (const Rescale rescale : {Rescale::Auto, Rescale::On, Rescale::Off})
    rescale_->addItem(aggregation::toString(rescale), static_cast<int>(rescale));
  lengths_ = addCombo(form, tr("Lengths"), "pointLengths",
                      tr("Whether every {sample} counts alike in {a group}'s mean (unit), or longer features "
                         "more (raw, as in both papers)."));
  for (const data::Lengths lengths : {data::Lengths::Unit, data::Lengths::Raw})
    lengths_->addItem(nameOf(lengths), static_cast<int>(lengths));
  far_ = addCombo(form, tr("False accepts"), "pointFar",
                  tr("The largest false accept rate allowed; the true accept rate is read there."));
  connect(threshold_, &QDoubleSpinBox::valueChanged, this, &PointButton::take);
  return widget;
}

QAction* PointButton::addStep(const char* name, const QString& text, const QKeySequence& keys, bool back) {
  auto* action = new QAction(text, this);
  action->setObjectName(name);
  action->setShortcut(keys);
  connect(action, &QAction::triggered, this, [this, back] { PointSteps::of(session_).step(back); });
  return action;
}

void PointButton::showSteps() {
  for (const bool back : {true, false}) {
    const analysis::OperatingPoint* point = PointSteps::of(session_).next(back);
    QAction* action = back ? back_ : again_;
    action->setEnabled(point != nullptr);
    action->setToolTip(point == nullptr ? QString() : toldOf(*point));
    action->setStatusTip(action->toolTip());
  }
}

void PointButton::showText() {
  const analysis::OperatingPoint& point = session_.point();
  setEnabled(session_.isOpen());
  setText(point.scores.empty()
              ? tr("No operating point")
              : tr("Operating point: > %L1, %2, FAR %3")
                    .arg(point.threshold, 0, 'f', 3)
                    .arg(QString::fromStdString(analysis::aggregationName(point)), farText(point.far)));
  setToolTip(toldOf(point));
}

void PointButton::showForm() {
  const analysis::OperatingPoint& point = session_.point();
  const auto snapshot = session_.snapshot();
  fill(protocol_, snapshot->protocols, point.protocol);
  fill(features_, analysis::namesOf(snapshot->featureTables), point.features);
  fill(scores_, snapshot->scoreTables, point.scores);
  fill(weights_, snapshot->scoreTables, point.weights, tr("the scores themselves"));
  rescale_->setCurrentIndex(rescale_->findData(static_cast<int>(point.rescale)));
  rescale_->setEnabled(point.weights.empty());
  lengths_->setCurrentIndex(lengths_->findData(static_cast<int>(point.lengths)));
  far_->clear();
  for (const double far : kFars) far_->addItem(farText(far), far);
  if (far_->findData(point.far) < 0) far_->addItem(farText(point.far), point.far);
  far_->setCurrentIndex(far_->findData(point.far));
  const QSignalBlocker blocker(threshold_);
  threshold_->setValue(point.threshold);
}

void PointButton::take() {
  analysis::OperatingPoint point = session_.point();
  point.protocol = dataOf(protocol_);
  point.features = dataOf(features_);
  point.scores = dataOf(scores_);
  point.weights = dataOf(weights_);
  point.rescale = static_cast<Rescale>(rescale_->currentData().toInt());
  point.lengths = static_cast<data::Lengths>(lengths_->currentData().toInt());
  point.far = far_->currentData().toDouble();
  // The field shows four digits; what is stored has all of them until it is changed here.
  if (std::abs(threshold_->value() - point.threshold) > 0.5e-4) point.threshold = threshold_->value();
  session_.setPoint(std::move(point));
}

}  // namespace discern::ui
