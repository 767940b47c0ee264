// Charts: what is drawn where, what the mouse finds, and the numbers behind.
#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/rng.h"
#include "tests/ui/child.h"
#include "ui/charts/colours.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/charts/ticks.h"

namespace discern::ui {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

void showAt(QWidget& widget, int width = 600, int height = 400) {
  widget.resize(width, height);
  widget.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&widget, testing::kWait));
  widget.grab();  // paints, so that the frame is known
}

void moveTo(QWidget& widget, const QPointF& at, Qt::MouseButtons buttons = Qt::NoButton) {
  QMouseEvent event(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, buttons, Qt::NoModifier);
  QCoreApplication::sendEvent(&widget, &event);
}

void drag(QWidget& widget, const QPointF& from, const QPointF& to) {
  QTest::mousePress(&widget, Qt::LeftButton, {}, from.toPoint());
  for (int i = 1; i <= 4; ++i) moveTo(widget, from + (to - from) * i / 4.0, Qt::LeftButton);
  QTest::mouseRelease(&widget, Qt::LeftButton, {}, to.toPoint());
}

TEST(Ticks, StepsAreRoundAndCoverTheRange) {
  const auto ticks = linearTicks(0, 1, 5, false);
  ASSERT_EQ(ticks.size(), 6U);
  EXPECT_EQ(ticks[1].label, "0.2");
  EXPECT_DOUBLE_EQ(ticks[5].position, 1.0);
  EXPECT_EQ(linearTicks(0, 1, 5, true)[2].label, "40 %");
  EXPECT_EQ(niceRange(0.13, 0.87), (std::pair{0.0, 1.0}));
  const auto [low, high] = niceRange(3, 3);
  EXPECT_LT(low, 3);
  EXPECT_GT(high, 3);
}

TEST(LineChart, NamesStandOnTheAxisInPlaceOfNumbers) {
  LineChart chart("rows");
  chart.setXAxis({.title = "rate"});
  const QString longest = QString("camera at the back door of the old house, second floor").repeated(2);
  chart.setYAxis({.title = "part", .low = 0, .high = 3, .names = {{2, longest}, {1, "left"}}});
  LineSeries upper, lower;
  upper.name = "a";
  upper.markers = true;
  upper.points = {{0.2, 2}, {0.4, 2}};
  lower = upper;
  lower.name = "b";
  lower.points = {{0.2, 1}, {0.4, 1}};
  chart.setSeries({upper, lower});
  showAt(chart);
  const PlotFrame frame = chart.frame();
  EXPECT_LT(frame.plot.left(), 240) << "a long name is cut";
  const auto beside = [&](double row) { return QPointF(frame.plot.left() - 20, frame.pixelY(row)); };
  EXPECT_EQ(chart.nameAt(beside(2)), longest) << "whole in the tool tip";
  EXPECT_EQ(chart.nameAt(beside(1)), "left");
  EXPECT_EQ(chart.nameAt(frame.plot.center()), "") << "beside the axis alone";
  moveTo(chart, {frame.pixelX(0.4), frame.pixelY(1)});
  EXPECT_TRUE(chart.hoverText().contains("part: left")) << chart.hoverText().toStdString();
  showAt(chart, 600, 90);  // too low for two names
  EXPECT_EQ(chart.nameAt({2, chart.frame().plot.center().y()}).isEmpty(), false);
}

TEST(Ticks, PowersOfTenHaveMinorTicksBetween) {
  const auto ticks = logTicks(-6, -1, 10, false);
  int labelled = 0, minor = 0;
  for (const Tick& tick : ticks) (tick.label.isEmpty() ? minor : labelled)++;
  EXPECT_EQ(labelled, 6);
  EXPECT_EQ(minor, 5 * 8);
  EXPECT_EQ(ticks.front().label, "1e-6");
  EXPECT_EQ(ticks.back().label, "0.1");
}

TEST(Colours, MapGetsLighterAllTheWay) {
  double before = -1;
  for (int i = 0; i <= 32; ++i) {
    const QColor c = mapColour(i / 32.0);
    const double luminance = 0.2126 * c.redF() + 0.7152 * c.greenF() + 0.0722 * c.blueF();
    EXPECT_GT(luminance, before);
    before = luminance;
  }
  EXPECT_EQ(mapColour(-5), mapColour(0));
  EXPECT_EQ(mapColour(7), mapColour(1));
  EXPECT_EQ(mapColour(std::nan("")), QColor(0x80, 0x80, 0x80));
}

TEST(Colours, StylesDifferInColourAndInDashOrMarker) {
  std::set<QRgb> colours;
  std::set<std::vector<double>> dashes;
  std::set<std::pair<QRgb, std::vector<double>>> lines;
  std::set<std::pair<QRgb, int>> markers;
  for (int i = 0; i < kStyles; ++i) {
    const QRgb colour = styleColour(i, false).rgb();
    const auto pattern = stylePen(i, false).dashPattern();
    const std::vector<double> dash(pattern.begin(), pattern.end());
    if (i < kColours) {
      colours.insert(colour);
      dashes.insert(dash);
    }
    lines.emplace(colour, dash);
    markers.emplace(colour, static_cast<int>(styleShape(i)));
  }
  EXPECT_EQ(colours.size(), static_cast<std::size_t>(kColours));
  EXPECT_EQ(dashes.size(), static_cast<std::size_t>(kColours));
  EXPECT_EQ(lines.size(), static_cast<std::size_t>(kStyles));
  EXPECT_EQ(markers.size(), static_cast<std::size_t>(kStyles));
}

TEST(Colours, NumbersAreShort) {
  EXPECT_EQ(shortNumber(81.9e6), "81.9M");
  EXPECT_EQ(shortNumber(1e-5), "1e-5");
  EXPECT_EQ(shortNumber(0.97312), "0.973");
  EXPECT_EQ(shortNumber(std::nan("")), "–");
}

TEST(LineChart, PixelsAndValuesAreInverse) {
  LineChart chart("roc");
  chart.setXAxis({"FAR", true, 1e-6, 0.1});
  chart.setYAxis({"TAR", false, 0.0, 1.0, true});
  chart.setSeries({{"mean", {{1e-6, 0.2}, {1e-3, 0.7}, {0.1, 0.99}}}});
  showAt(chart);
  const PlotFrame frame = chart.frame();
  EXPECT_NEAR(frame.pixelX(1e-6), frame.plot.left(), 1e-6);
  EXPECT_NEAR(frame.pixelX(0.1), frame.plot.right(), 1e-6);
  EXPECT_NEAR(frame.valueX(frame.pixelX(1e-3)), 1e-3, 1e-9);
  EXPECT_NEAR(frame.valueY(frame.pixelY(0.7)), 0.7, 1e-9);
  EXPECT_FALSE(frame.valid(0, 0.5));
}

TEST(LineChart, DrawsItsColourOnTheLine) {
  LineChart chart("line");
  chart.setXAxis({"x", false, 0.0, 10.0});
  chart.setYAxis({"y", false, 0.0, 10.0});
  chart.setSeries({{"", {{0, 5}, {10, 5}}, 0}});
  showAt(chart);
  const QImage image = chart.grab().toImage();
  const QPoint at = QPointF(chart.frame().pixelX(7.3), chart.frame().pixelY(5)).toPoint();
  const QColor wanted = styleColour(0, ChartTheme::of(chart.palette()).dark);
  const auto distance = [&](const QPoint& p) {
    const QColor seen = image.pixelColor(p);
    return std::abs(seen.red() - wanted.red()) + std::abs(seen.green() - wanted.green()) +
           std::abs(seen.blue() - wanted.blue());
  };
  EXPECT_LT(std::min({distance(at - QPoint(0, 1)), distance(at), distance(at + QPoint(0, 1))}), 60);
  EXPECT_GT(distance(at - QPoint(0, 8)), 100);
}

TEST(LineChart, TheLegendKeepsOffThePlotAlsoWithManyNames) {
  LineChart chart("line");
  QVector<LineSeries> many;
  for (int i = 0; i < 9; ++i) many.append({QString("a rather long name %1").arg(i), {{0, 0}, {1, 1}}});
  chart.setSeries(many);
  showAt(chart);
  for (const LineSeries& series : many) {
    const QRectF key = chart.legendKey(series.name);
    ASSERT_FALSE(key.isNull());
    EXPECT_LE(key.bottom(), chart.frame().plot.top());
    EXPECT_GE(key.left(), 0);
    EXPECT_LE(key.right(), chart.width());
  }
}

TEST(Charts, AnnounceTheirTitle) {
  LineChart chart("training-loss");
  EXPECT_EQ(chart.accessibleName(), "Training loss");
  chart.setTitle("Loss");
  EXPECT_EQ(chart.accessibleName(), "Loss");
}

TEST(LineChart, TooltipIsOfTheNearestPoint) {
  LineChart chart("edc");
  chart.setXAxis({"discarded", false, 0.0, 1.0});
  chart.setYAxis({"FNMR", false, 0.0, 1.0});
  chart.setSeries({{"far away", {{0.1, 0.1}}}, {"close", {{0.5, 0.5}, {0.9, 0.9}}}});
  showAt(chart);
  moveTo(chart, QPointF(chart.frame().pixelX(0.5) + 4, chart.frame().pixelY(0.5) - 3));
  EXPECT_TRUE(chart.hoverText().startsWith("close\n")) << chart.hoverText().toStdString();
  EXPECT_TRUE(chart.hoverText().contains("discarded: 0.5"));
  moveTo(chart, {1, 1});
  EXPECT_TRUE(chart.hoverText().isEmpty());
}

TEST(LineChart, CursorFollowsTheHandAndSaysSo) {
  LineChart chart("sweep");
  chart.setXAxis({"threshold", false, 0.0, 1.0});
  chart.setSeries({{"accuracy", {{0, 0.5}, {1, 0.9}}}});
  chart.setCursorLine(0.25, "here");
  showAt(chart);
  QSignalSpy moved(&chart, &PlotChart::cursorMoved), released(&chart, &PlotChart::cursorReleased);
  const PlotFrame frame = chart.frame();
  const double y = frame.plot.center().y();
  drag(chart, {frame.pixelX(0.25), y}, {frame.pixelX(0.75), y});
  ASSERT_GE(moved.count(), 2);
  EXPECT_NEAR(moved.back()[0].toDouble(), 0.75, 0.005);
  EXPECT_EQ(released.count(), 1);
  drag(chart, {frame.pixelX(0.75), y}, {frame.plot.right() + 200, y});
  EXPECT_NEAR(*chart.cursorLine(), 1.0, 1e-9);

  moved.clear();
  drag(chart, {frame.pixelX(0.3), y}, {frame.pixelX(0.4), y});  // not on the cursor
  EXPECT_EQ(moved.count(), 0);
  chart.setCursorDraggable(false);
  drag(chart, {frame.pixelX(1.0), y}, {frame.pixelX(0.4), y});
  EXPECT_EQ(moved.count(), 0);
}

TEST(LineChart, UnsupportedRangeIsGreyed) {
  LineChart chart("roc");
  chart.setXAxis({"FAR", true, 1e-6, 1.0});
  chart.setYAxis({"TAR", false, 0.0, 1.0});
  chart.setSeries({{"", {{1e-2, 0.95}, {1, 1}}}});
  showAt(chart);
  const QPoint inside(static_cast<int>(chart.frame().pixelX(3e-5)),
                      static_cast<int>(chart.frame().pixelY(0.31)));
  const QRect patch(inside - QPoint(6, 6), QSize(13, 13));
  const auto meanLightness = [&] {
    const QImage image = chart.grab(patch).toImage();
    double sum = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) sum += image.pixelColor(x, y).lightness();
    return sum / (image.width() * image.height());
  };
  const double before = meanLightness();
  chart.setUnsupported(std::pair{0.0, 1e-3}, "too few impostors");
  EXPECT_GT(std::abs(meanLightness() - before), 8);
}

TEST(LineChart, TableHasEveryPoint) {
  LineChart chart("training");
  chart.setXAxis({"step"});
  chart.setYAxis({"loss"});
  chart.setSeries({{"a", {{1, 0.5}, {2, 0.25}}, -1, true, false, false, {0.1, 0.2}}, {"b", {{1, 3}}}});
  const ChartTable table = chart.table();
  EXPECT_EQ(table.columns, (QStringList{"series", "step", "loss", "deviation"}));
  ASSERT_EQ(table.rows.size(), 3);
  EXPECT_EQ(table.rows[1], (QStringList{"a", "2", "0.25", "0.2"}));
  EXPECT_EQ(table.rows[2], (QStringList{"b", "1", "3", ""}));
}

TEST(HistogramChart, CountsMatchBruteForce) {
  Rng rng(5);
  std::vector<float> values;
  for (int i = 0; i < 5000; ++i) values.push_back(static_cast<float>(rng.uniform()));
  values.push_back(kNaN);
  values.push_back(1.0F);  // the top edge belongs to the last bin
  HistogramChart chart("h");
  chart.setRange(0, 1);
  chart.setBins(20);
  chart.setDistributions({{"u", values}, {"none", {}}});
  double total = 0;
  for (int b = 0; b < 20; ++b) {
    double expected = 0;
    for (float v : values)
      if (v >= b / 20.0 && (v < (b + 1) / 20.0 || (b == 19 && v <= 1))) ++expected;
    EXPECT_NEAR(chart.counts()[0][static_cast<std::size_t>(b)], expected,
                1);  // a float on an edge may fall either way
    total += chart.counts()[0][static_cast<std::size_t>(b)];
  }
  EXPECT_EQ(total, 5001);
  EXPECT_EQ(chart.table().rows.size(), 20);
  EXPECT_EQ(chart.table().columns, (QStringList{"from", "to", "u", "none"}));
}

TEST(ScatterChart, ClickFindsThePointAndBandTheOnesInside) {
  ScatterChart chart("pareto");
  chart.setXAxis({"cost", false, 0.0, 10.0});
  chart.setYAxis({"accuracy", false, 0.0, 10.0});
  ScatterData data;
  data.points = {{1, 1}, {5, 5}, {6, 6}, {9, 9}};
  data.labels = {"a", "b", "c", "d"};
  data.front = {0, 1, 3};
  chart.setData(data);
  showAt(chart);
  const PlotFrame frame = chart.frame();
  const auto pixel = [&](double x, double y) { return QPointF(frame.pixelX(x), frame.pixelY(y)); };
  QSignalSpy clicked(&chart, &ScatterChart::pointClicked);
  std::vector<int> caught;
  QObject::connect(&chart, &ScatterChart::selectionMade, &chart,
                   [&](const std::vector<int>& points) { caught = points; });
  QTest::mouseClick(&chart, Qt::LeftButton, {}, (pixel(5, 5) + QPointF(2, 1)).toPoint());
  ASSERT_EQ(clicked.count(), 1);
  EXPECT_EQ(clicked[0][0].toInt(), 1);
  moveTo(chart, pixel(9, 9));
  EXPECT_TRUE(chart.hoverText().startsWith("d\n"));
  drag(chart, pixel(4, 7), pixel(7, 4));
  EXPECT_EQ(caught, (std::vector<int>{1, 2}));
  drag(chart, pixel(2, 7), pixel(3, 6));
  EXPECT_TRUE(caught.empty());
}

TEST(ScatterChart, LassoCatchesWhatItSurrounds) {
  ScatterChart chart("tsne");
  chart.setXAxis({"", false, 0.0, 10.0});
  chart.setYAxis({"", false, 0.0, 10.0});
  ScatterData data;
  data.points = {{2, 2}, {8, 2}, {2, 8}};  // the triangle below leaves (8, 8)'s half out, hence nothing of it
  data.points.emplace_back(8, 8);
  chart.setData(data);
  chart.setLasso(true);
  showAt(chart);
  const PlotFrame frame = chart.frame();
  const auto pixel = [&](double x, double y) { return QPointF(frame.pixelX(x), frame.pixelY(y)); };
  std::vector<int> caught;
  QObject::connect(&chart, &ScatterChart::selectionMade, &chart,
                   [&](const std::vector<int>& points) { caught = points; });
  QTest::mousePress(&chart, Qt::LeftButton, {}, pixel(0.5, 0.5).toPoint());
  for (const QPointF& p : {pixel(9.8, 0.5), pixel(9.5, 1.5), pixel(1, 9.8)}) moveTo(chart, p, Qt::LeftButton);
  QTest::mouseRelease(&chart, Qt::LeftButton, {}, pixel(0.5, 9).toPoint());
  EXPECT_EQ(caught, (std::vector<int>{0, 1, 2}));
}

TEST(ScatterChart, FiftyThousandPointsAreFound) {
  Rng rng(1);
  ScatterData data;
  for (int i = 0; i < 50000; ++i) data.points.emplace_back(rng.uniform(), rng.uniform());
  ScatterChart chart("many");
  chart.setData(data);
  chart.setXAxis({"", false, 0.0, 1.0});
  chart.setYAxis({"", false, 0.0, 1.0});
  showAt(chart, 900, 700);
  const PlotFrame frame = chart.frame();
  for (int i : {0, 12345, 49999}) {
    const QPointF& p = data.points[static_cast<std::size_t>(i)];
    EXPECT_EQ(chart.pointAt({frame.pixelX(p.x()), frame.pixelY(p.y())}), i);
  }
}

std::vector<HeatmapRow> someRows(int rows, int columns) {
  std::vector<HeatmapRow> result;
  int id = 0;
  for (int r = 0; r < rows; ++r) {
    HeatmapRow row;
    row.name = QStringLiteral("person %1").arg(r);
    for (int c = 0; c < columns - r % 3; ++c) {
      row.ids.push_back(id++);
      row.values.push_back(static_cast<float>(c) / static_cast<float>(columns));
    }
    result.push_back(row);
  }
  return result;
}

TEST(HeatmapChart, EveryCellIsHitAtItsOwnPlaceAlsoScrolled) {
  HeatmapChart chart("heatmap");
  chart.setRows(someRows(200, 90));
  showAt(chart, 500, 300);
  for (int scrolled : {0, 150}) {
    chart.scrollToRow(scrolled);
    const int first = scrolled == 0 ? 0 : scrolled - 2;
    for (int row = first; row < first + 5; ++row)
      for (int column : {0, 7, 20}) {
        const QRectF cell = chart.cellRect(row, column);
        const HeatmapChart::Cell hit = chart.cellAt(cell.center());
        EXPECT_EQ(hit.row, row);
        EXPECT_EQ(hit.column, column);
      }
  }
  EXPECT_FALSE(chart.cellAt({2, 2}).valid());
}

TEST(HeatmapChart, CellHasTheColourOfItsValue) {
  HeatmapChart chart("heatmap");
  chart.setRows({{"a", {0, 1, 2}, {0.0F, 0.5F, 1.0F}}});
  showAt(chart);
  const QImage image = chart.grab().toImage();
  for (int c = 0; c < 3; ++c)
    EXPECT_EQ(image.pixelColor(chart.cellRect(0, c).center().toPoint()), mapColour(c / 2.0)) << c;
}

TEST(HeatmapChart, ClickBrushAndRowName) {
  HeatmapChart chart("heatmap");
  chart.setRows(someRows(4, 6));  // ids 0..5, 6..10, 11..14, 15..20
  showAt(chart);
  QSignalSpy clicked(&chart, &HeatmapChart::cellClicked), row(&chart, &HeatmapChart::rowClicked);
  std::vector<int> brushed;
  QObject::connect(&chart, &HeatmapChart::selectionMade, &chart,
                   [&](const std::vector<int>& ids) { brushed = ids; });
  QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.cellRect(1, 2).center().toPoint());
  ASSERT_EQ(clicked.count(), 1);
  EXPECT_EQ(clicked[0][0].toInt(), 8);
  drag(chart, chart.cellRect(1, 1).center(), chart.cellRect(2, 2).center());
  EXPECT_EQ(brushed, (std::vector<int>{7, 8, 12, 13}));
  QTest::mouseClick(&chart, Qt::LeftButton, {},
                    QPoint(14, static_cast<int>(chart.cellRect(2, 0).center().y())));
  ASSERT_EQ(row.count(), 1);
  EXPECT_EQ(row[0][0].toInt(), 2);
}

TEST(HeatmapChart, AMenuByTheKeyboardIsOfTheCurrentCell) {
  HeatmapChart chart("heatmap");
  chart.setRows(someRows(400, 6));
  showAt(chart);
  chart.setContextMenuPolicy(Qt::CustomContextMenu);
  QSignalSpy asked(&chart, &QWidget::customContextMenuRequested);
  const auto askFor = [&](QContextMenuEvent::Reason reason, const QPoint& at) {
    QContextMenuEvent event(reason, at, chart.mapToGlobal(at));
    QApplication::sendEvent(&chart, &event);
    return asked.isEmpty() ? QPoint(-1, -1) : asked.takeLast()[0].toPoint();
  };
  const QPoint middle = chart.rect().center();
  EXPECT_EQ(askFor(QContextMenuEvent::Keyboard, middle), middle) << "no cell is the current one";
  for (const HeatmapChart::Cell cell : {HeatmapChart::Cell{1, 2}, {390, 0}, {7, 1}}) {
    chart.setCurrent(cell);
    EXPECT_EQ(chart.cellAt(askFor(QContextMenuEvent::Keyboard, middle)), cell);
  }
  chart.setCurrent({3, -1});
  EXPECT_FALSE(chart.cellAt(askFor(QContextMenuEvent::Keyboard, middle)).valid())
      << "of a row, not of a cell";
  chart.scrollToRow(300);
  chart.setCurrent({2, 1});
  chart.scrollToRow(300);
  EXPECT_EQ(chart.cellAt(askFor(QContextMenuEvent::Keyboard, middle)), (HeatmapChart::Cell{2, 1}))
      << "it is brought into view";
  EXPECT_EQ(askFor(QContextMenuEvent::Mouse, middle), middle) << "where the mouse is";
}

TEST(HeatmapChart, EmptyOneSaysSo) {
  HeatmapChart chart("heatmap");
  chart.setEmptyText("no scores");
  showAt(chart);
  EXPECT_TRUE(chart.table().rows.isEmpty());
  const QImage image = chart.grab().toImage();
  int ink = 0;
  const QColor ground = image.pixelColor(2, 2);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) ink += image.pixelColor(x, y) != ground;
  EXPECT_GT(ink, 20);
}

TEST(Charts, SurviveAnyRoom) {
  LineChart line("line");
  line.setSeries({{"a", {{0, 0}, {1, std::nan("")}, {2, 5}}}});
  HistogramChart histogram("histogram");
  histogram.setDistributions({{"a", {kNaN, 2, 2, 2}}});
  ScatterChart scatter("scatter");
  scatter.setXAxis({"x", true});
  scatter.setData({{}, {{0, 1}, {-3, 4}, {10, 3}}});
  HeatmapChart heatmap("heatmap");
  heatmap.setRows(someRows(500, 300));
  for (Chart* chart : std::initializer_list<Chart*>{&line, &histogram, &scatter, &heatmap})
    for (const QSizeF& size : {QSizeF(5, 5), QSizeF(80, 60), QSizeF(2500, 1400)}) {
      QImage image(size.toSize(), QImage::Format_ARGB32);
      QPainter painter(&image);
      chart->draw(painter, QRectF(QPointF(), size));
      EXPECT_TRUE(painter.isActive());
    }
}

}  // namespace
}  // namespace discern::ui
