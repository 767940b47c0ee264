// A frame of the heat map with 5,000 templates of 20 images, scrolled and hatched anew; and its rows, sorted.
#include <benchmark/benchmark.h>

#include <QApplication>
#include <QScrollBar>

#include "core/base/rng.h"
#include "ui/charts/heatmap_chart.h"

namespace discern::ui {
namespace {

std::vector<HeatmapRow> rows(int images) {
  Rng rng(1);
  std::vector<HeatmapRow> result;
  for (int t = 0; t < 100'000 / images; ++t) {
    HeatmapRow row;
    row.name = QString("template %1").arg(t);
    row.key = t;
    for (int i = 0; i < images; ++i) {
      row.ids.push_back(t * images + i);
      row.values.push_back(static_cast<float>(rng.uniform()));
    }
    row.leaving = row.values;
    row.figures = {0.5, 0.4, 0.3, 1};
    result.push_back(std::move(row));
  }
  return result;
}

void frame(benchmark::State& state) {
  HeatmapChart chart("heatmap");
  chart.setColumns({{"Kept", {}, HeatmapColumn::Kind::Share},
                    {"Genuine", {}, HeatmapColumn::Kind::Similarity},
                    {"Impostor", {}, HeatmapColumn::Kind::Similarity},
                    {"Rank", {}, HeatmapColumn::Kind::Count}});
  chart.setRows(rows(static_cast<int>(state.range(0))));
  chart.resize(1100, 800);
  chart.show();
  QApplication::processEvents();
  QImage image(1100, 800, QImage::Format_RGB32);
  auto* bar = chart.findChild<QScrollBar*>();
  int i = 0;
  for (auto _ : state) {
    bar->setValue(97 * ++i % std::max(1, bar->maximum()));
    chart.setThreshold(0.01 * (i % 100));
    static_cast<QWidget&>(chart).render(&image);
  }
}
BENCHMARK(frame)->Arg(20)->Arg(500)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace discern::ui

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
