#include "ui/pages/selection/kept_curve.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "ui/charts/line_chart.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/table_source.h"
#include "ui/models/results/run_text.h"
#include "ui/pages/selection/face_chart.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"

namespace discern::ui {
namespace {

constexpr int kIdentityCurves = 5;  // beside the curve of all

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

// The identities of the chosen faces, those with most of them first.
std::vector<int> chosenIdentities(const SelectionPath& path, const std::vector<int>& samples) {
  std::map<int, int> chosen;  // identity: how many of its faces are chosen
  for (const int sample : samples)
    if (path.asked(sample) && path.identityOf(sample) >= 0) ++chosen[path.identityOf(sample)];
  std::vector<std::pair<int, int>> most(chosen.begin(), chosen.end());
  std::ranges::stable_sort(most, std::greater<>(), &std::pair<int, int>::second);
  if (most.size() > kIdentityCurves) most.resize(kIdentityCurves);
  std::vector<int> identities;
  for (const auto& [identity, count] : most) identities.push_back(identity);
  return identities;
}

}  // namespace

KeptCurve::KeptCurve(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      table_(TableSource::of(session)),
      chart_(new LineChart("selection-curve")),
      curve_(*this, [this] { showCurve(); }),
      lambda_(*this, [this] { showLambda(); }) {
  followKind(session, chart_, [this](const data::GroupKind& kind) {
    chart_->setEmptyText(inWords(kind, tr("How many {samples} each lambda keeps appears here.")));
  });
  axis_ = makeCombo("curveAxis", tr("What stands on the axis"), {"−λ", tr("−λ / (C − 1)")});
  measure_ = makeCombo("curveMeasure", tr("Counts, or shares of those that can be kept"),
                       {tr("Share kept"), tr("{Samples} kept")});
  for (QComboBox* combo : {axis_, measure_}) {
    letShrink(combo);
    keepChoice(combo);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(
      chartCard(sectionHeading(tr("Kept against lambda"),
                               tr("With {samples} chosen, the curves of their {identities} beside that "
                                  "of all.")),
                {measure_, axis_}, chart_, this));
  const auto all = [this] {
    curve_.ask();
    lambda_.ask();  // the cursor stands on the axis
  };
  connect(&source_, &SelectionSource::pathChanged, this, all);
  connect(&source_, &SelectionSource::lambdaChanged, &lambda_, &WhenSeen::ask);
  connect(&session_, &Session::selectionChanged, &curve_, &WhenSeen::ask);
  for (QComboBox* combo : {axis_, measure_}) connect(combo, &QComboBox::currentIndexChanged, this, all);
  connect(chart_, &LineChart::cursorMoved, this, [this](double x) { source_.setLambda(-x / scale()); });
  all();
}

double KeptCurve::scale() const {
  const auto path = source_.path();
  return path && axis_->currentIndex() == 1 && !path->isOrder() ? path->normalised(1) : 1;
}

void KeptCurve::showLambda() {
  const auto path = source_.path();
  if (!path) return;
  const double lambda = source_.lambda();
  chart_->setCursorLine(-lambda * scale(),
                        path->isOrder()
                            ? amountText(source_)
                            : tr("λ %1 keeps %L2").arg(lambdaText(lambda)).arg(path->kept(lambda)));
}

void KeptCurve::showCurve() {
  const auto path = source_.path();
  if (!path) return chart_->setSeries({});
  const bool share = measure_->currentIndex() == 0;
  const auto total = [&](double faces) { return share ? std::max(1.0, faces) : 1.0; };
  axis_->setEnabled(!path->isOrder());
  chart_->setXAxis(
      {.title = path->isOrder() ? inWords(session_.kind(), tr("place in the order of the {samples}"))
                : path->row().centers > 0
                    ? axis_->currentText()
                    : inWords(session_.kind(), tr("%1 (no other {identities})")).arg(axis_->currentText()),
       .log = true,
       .low = path->low() * scale(),
       .high = path->high() * scale()});
  chart_->setYAxis({.title = share ? tr("share kept") : inWords(session_.kind(), tr("{samples} kept")),
                    .log = false,
                    .low = 0,
                    .high = share ? std::optional(1.0) : std::nullopt,
                    .percent = share});
  QVector<LineSeries> series = {
      stepsOf(path->curve(), path->low(), path->high(), scale(), total(path->keepable()))};
  const std::vector<int> identities = chosenIdentities(*path, session_.selection());
  if (!identities.empty()) series[0].name = "all";  // a legend of one line says nothing
  for (const int identity : identities) {
    series.append(
        stepsOf(path->curveOf(identity), path->low(), path->high(), scale(), total(path->facesOf(identity))));
    series.back().name = table_.table()->identityName(identity);
  }
  chart_->setContext(contextText(QString::fromStdString(path->row().features), {}, {},
                                 tr("selection %1").arg(QString::fromStdString(path->row().name))));
  chart_->setSeries(std::move(series));
}

}  // namespace discern::ui
