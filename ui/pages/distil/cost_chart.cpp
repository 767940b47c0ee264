#include "ui/pages/distil/cost_chart.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/charts/scatter_chart.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/results/run_text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"

namespace discern::ui {
namespace {

const QStringList kModes = {"c", "s", "sc", "dc"};

QComboBox* narrowCombo(const QString& name, const QString& tooltip, const QStringList& items) {
  auto* combo = makeCombo(name, tooltip, items);
  letShrink(combo);
  keepChoice(combo);
  return combo;
}

}  // namespace

CostChart::CostChart(Session& session, const StudentTable& students, QWidget* parent)
    : QWidget(parent), session_(session), students_(students), chart_(new ScatterChart("distil-accuracy")) {
  quality_ = narrowCombo("quality", tr("Upwards"), {tr("AUC"), tr("Accuracy")});
  layer_ = narrowCombo(
      "layer", tr("Whose features are compared: the identity layer's, or those that mimic the teacher"),
      {"identity", "mimic"});
  cost_ = narrowCombo("cost", tr("To the right"),
                      {tr("Parameters"), tr("File MB"), tr("Memory MB"), tr("ms / {subject}"), tr("Pixels"),
                       tr("Net MB"), tr("GPU ms / {subject}")});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(chartCard(sectionHeading(tr("Costs")), {quality_, layer_, cost_}, chart_, this));
  for (QComboBox* combo : {quality_, cost_})
    connect(combo, &QComboBox::currentIndexChanged, this, &CostChart::showCosts);
  connect(layer_, &QComboBox::currentIndexChanged, this, &CostChart::layerChanged);
  connect(chart_, &ScatterChart::pointClicked, this,
          [this](int dot) { emit rowClicked(dots_[std::size_t(dot)]); });
  chart_->setTooltip([this](int dot) { return tooltip(dot); });
}

StudentRow::Layer CostChart::layer() const {
  return layer_->currentIndex() == 0 ? StudentRow::Layer::Identity : StudentRow::Layer::Mimic;
}

bool CostChart::isAccuracy() const { return quality_->currentIndex() == 1; }

double CostChart::costOf(const StudentRow& row) const {
  switch (cost_->currentIndex()) {
    case 0:
      return row.parameters;
    case 1:
      return row.megabytes;
    case 2:
      return row.memory;
    case 3:
      return row.milliseconds;
    case 5:
      return row.counted;
    case 6:
      return row.gpuMilliseconds;
    default:  // a teacher sees whole faces
      return row.size > 0 ? row.size : row.isTeacher ? session_.kind().shape.width : std::nan("");
  }
}

QString CostChart::tooltip(int dot) const {
  const int row = dots_[std::size_t(dot)];
  QString text = students_.at(row).name;
  for (const int column : {StudentTable::Parameters, StudentTable::Megabytes, StudentTable::Counted,
                           StudentTable::Memory, StudentTable::Milliseconds, StudentTable::GpuMilliseconds,
                           StudentTable::Auc, StudentTable::Accuracy}) {
    const QModelIndex index = students_.index(row, column);
    text += QString("\n%1: %2")
                .arg(students_.headerData(column, Qt::Horizontal).toString(), index.data().toString());
  }
  return text;
}

void CostChart::setShown(const QString& protocol, std::vector<int> chosenRows) {
  protocol_ = protocol;
  chosen_ = std::move(chosenRows);
  showCosts();
}

void CostChart::showCosts() {
  ScatterData data;
  data.styleNames = kModes + QStringList{"teacher"};
  dots_.clear();
  std::vector<int> chosenDots;
  QStringList unknown;  // have results, but not this cost
  for (int i = 0; i < students_.rowCount(); ++i) {
    const StudentRow& row = students_.at(i);
    const QPointF point(costOf(row),
                        isAccuracy() ? row.accuracy(protocol_, layer()) : row.auc(protocol_, layer()));
    if (!std::isfinite(point.x()) && std::isfinite(point.y()) && !unknown.contains(row.name))
      unknown << row.name;
    if (!std::isfinite(point.x()) || !std::isfinite(point.y())) continue;
    if (std::ranges::binary_search(chosen_, i)) chosenDots.push_back(int(dots_.size()));
    dots_.push_back(i);
    data.points.push_back(point);
    data.styles.push_back(row.isTeacher ? int(kModes.size()) : std::max(0, int(kModes.indexOf(row.mode))));
    data.labels << row.name;
  }
  showAxes(unknown);
  chart_->setContext(contextText({}, {}, protocol_));
  chart_->setData(std::move(data));
  chart_->setSelected(std::move(chosenDots));
}

void CostChart::showAxes(const QStringList& unknown) {
  const QString lacking = unknown.isEmpty() ? QString() : tr(" (unknown of %1)").arg(unknown.join(", "));
  chart_->setXAxis({.title = cost_->currentText() + lacking, .log = true});
  chart_->setEmptyText(
      isAccuracy() ? inWords(session_.kind(), tr("Accuracy takes a protocol with folds, such as LFW's. Any "
                                                 "protocol of single {samples} has "
                                                 "an AUC."))
                   : tr("Students with results stand here against what they cost, beside their teacher."));
  chart_->setYAxis(
      {.title = (isAccuracy() ? tr("accuracy, %1 layer") : tr("AUC, %1 layer")).arg(layer_->currentText()),
       .log = false,
       .low = {},
       .high = {},
       .percent = isAccuracy()});
}

}  // namespace discern::ui
