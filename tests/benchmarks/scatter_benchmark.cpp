// A frame of a scatter plot of 1,000,000 dots on screen, 1200 x 800: everything (a density), a part of it
// (50,000 dots and less), and a step of a pan in each; and the same dots in other colours, drawn.
#include <benchmark/benchmark.h>

#include <QApplication>
#include <QImage>
#include <QPainter>

#include "core/base/rng.h"
#include "ui/charts/scatter_chart.h"

namespace discern::ui {
namespace {

ScatterData dots(int count, bool coloured) {
  Rng rng(1);
  ScatterData data;
  for (int i = 0; i < count; ++i) {
    const int cloud = i % 40;
    data.points.emplace_back(cloud % 8 + 0.25 * rng.normal(), cloud / 8 + 0.25 * rng.normal());
    if (coloured) data.categories.push_back(cloud);
  }
  return data;
}

// range(0): part of each axis that is seen, in thousandths; range(1): whether dots have colours of their own.
void frame(benchmark::State& state) {
  ScatterChart chart("scatter");
  chart.setData(dots(1000000, state.range(1) != 0));
  chart.resize(1200, 800);
  chart.grab();
  const double part = static_cast<double>(state.range(0)) / 1000;
  if (part < 1) {
    const QRectF plot = chart.frame().plot;
    const QSizeF seen = plot.size() * part;
    chart.zoomTo(QRectF(plot.center() - QPointF(seen.width() / 2, seen.height() / 2), seen));
    chart.grab();
  }
  QImage image(1200, 800, QImage::Format_ARGB32_Premultiplied);
  int step = 0;
  for (auto _ : state) {
    chart.panBy({++step % 2 == 0 ? 3.0 : -3.0, 0});
    chart.setEmptyText(QString::number(step));  // another frame, where nothing is left to pan
    chart.render(&image);
  }
  state.counters["density"] = chart.showsDensity();
}
BENCHMARK(frame)
    ->ArgNames({"seen", "coloured"})
    ->ArgsProduct({{1000, 500, 200, 50}, {0, 1}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// range(0): 0: values, 1: kinds with a legend.
void recolour(benchmark::State& state) {
  ScatterChart chart("scatter");
  chart.setData(dots(1000000, true));
  chart.resize(1200, 800);
  chart.grab();
  QImage image(1200, 800, QImage::Format_ARGB32_Premultiplied);
  int step = 0;
  for (auto _ : state) {
    ScatterColours colours;
    ++step;
    if (state.range(0) == 0) {
      for (int i = 0; i < 1000000; ++i) colours.values.push_back(static_cast<float>((i + step) % 100) / 100);
      colours.valueTitle = "score";
    } else {
      for (int i = 0; i < 1000000; ++i) colours.styles.push_back((i + step) % 8);
      for (int style = 0; style < 8; ++style) colours.styleNames << QString("kind %1").arg(style);
    }
    chart.setColours(std::move(colours));
    chart.render(&image);
  }
}
BENCHMARK(recolour)
    ->ArgName("kinds")
    ->Arg(0)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace discern::ui

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
