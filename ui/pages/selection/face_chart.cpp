#include "ui/pages/selection/face_chart.h"

#include <QFileInfo>
#include <QLocale>
#include <cmath>

#include "ui/charts/scatter_chart.h"
#include "ui/language/words.h"
#include "ui/models/live/selection_source.h"
#include "ui/models/project/table_source.h"
#include "ui/widgets/image_actions.h"

namespace discern::ui {
namespace {

QStringList exported(const SelectionSource& source, const SampleTable& table, int sample) {
  const auto path = source.path();
  const double enters = path ? path->enters(sample) : std::nan("");
  return {QString::number(sample), table.text(sample, Field::Identity), QString::number(enters, 'g', 10),
          std::isnan(enters) ? QString() : QString::number(int(selection::isKept(enters, source.lambda())))};
}

}  // namespace

QString describeFace(Session& session, int sample) {
  const auto& source = SelectionSource::of(session);
  const SampleTable& table = *TableSource::of(session).table();
  const auto path = source.path();
  if (sample < 0 || sample >= table.size()) return {};
  QString text =
      table.text(sample, Field::Identity) + '\n' + QFileInfo(table.text(sample, Field::File)).fileName();
  const double enters = path ? path->enters(sample) : std::nan("");
  if (std::isnan(enters)) return text + '\n' + Words::tr("not part of the selection");
  if (!source.isCut())
    text += '\n' + (std::isinf(enters) ? Words::tr("no lambda keeps it")
                                       : Words::tr("kept below λ %1").arg(lambdaText(-enters)));
  text += '\n' +
          (selection::isKept(enters, source.lambda()) ? Words::tr("kept now") : Words::tr("discarded now"));
  const double score = table.number(sample, Field::Score);
  return std::isfinite(score) ? text + '\n' + Words::tr("score %L1").arg(score, 0, 'f', 3) : text;
}

QString lambdaText(double lambda) { return QLocale().toString(lambda, 'g', 4).replace('-', QChar(0x2212)); }

void followFaces(ScatterChart& chart, Session& session, std::function<int(int)> sampleOf,
                 std::function<void(int)> inspect) {
  auto& source = SelectionSource::of(session);
  auto& table = TableSource::of(session);
  chart.setLasso(true);
  QObject::connect(&chart, &ScatterChart::pointClicked, &chart,
                   [&session, sampleOf](int dot) { session.select({sampleOf(dot)}, sampleOf(dot)); });
  QObject::connect(&chart, &ScatterChart::pointDoubleClicked, &chart,
                   [inspect, sampleOf](int dot) { inspect(sampleOf(dot)); });
  addImageMenu(
      chart, session,
      [&chart, sampleOf](const QPoint& at) {
        const int dot = chart.pointAt(at);
        return dot < 0 ? -1 : sampleOf(dot);
      },
      inspect);
  QObject::connect(&chart, &ScatterChart::selectionMade, &chart,
                   [&session, sampleOf](const std::vector<int>& dots) {
                     std::vector<int> samples;
                     for (const int dot : dots) samples.push_back(sampleOf(dot));
                     session.select(std::move(samples));
                   });
  chart.setTooltip([&session, sampleOf](int dot) { return describeFace(session, sampleOf(dot)); });
  chart.setTableColumns({"sample", "identity", "-lambda", "kept"},
                        [&, sampleOf](int dot) { return exported(source, *table.table(), sampleOf(dot)); });
}

}  // namespace discern::ui
