// What a hand does to a chart: zoom, pan, hide, copy, save; and what it sees then.
#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSplitter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/aggregation/methods.h"
#include "core/base/rng.h"
#include "tests/ui/child.h"
#include "ui/charts/colours.h"
#include "ui/charts/export_chart.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/charts/styles.h"

namespace discern::ui {
namespace {

void showAt(QWidget& widget, int width = 600, int height = 400) {
  widget.resize(width, height);
  widget.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&widget, testing::kWait));
  widget.grab();
}

void moveTo(QWidget& widget, const QPointF& at, Qt::MouseButtons buttons) {
  QMouseEvent event(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, buttons, Qt::NoModifier);
  QCoreApplication::sendEvent(&widget, &event);
}

void drag(QWidget& widget, const QPointF& from, const QPointF& to, Qt::MouseButton button = Qt::LeftButton,
          Qt::KeyboardModifiers modifiers = {}) {
  QTest::mousePress(&widget, button, modifiers, from.toPoint());
  for (int i = 1; i <= 4; ++i) moveTo(widget, from + (to - from) * i / 4.0, button);
  QTest::mouseRelease(&widget, button, modifiers, to.toPoint());
  widget.grab();
}

bool wheel(QWidget& widget, const QPointF& at, int turns, Qt::KeyboardModifiers modifiers = {}) {
  QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, 120 * turns), Qt::NoButton, modifiers,
                    Qt::NoScrollPhase, false);
  event.ignore();
  QCoreApplication::sendEvent(&widget, &event);
  widget.grab();
  return event.isAccepted();
}

int away(const QColor& a, const QColor& b) {
  return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
}

// Pixels in `box` that are about of the colour.
int inked(const QImage& image, const QRectF& box, const QColor& colour) {
  int count = 0;
  const QRect inside = box.toRect().intersected(image.rect());
  for (int y = inside.top(); y <= inside.bottom(); ++y)
    for (int x = inside.left(); x <= inside.right(); ++x) count += away(image.pixelColor(x, y), colour) < 90;
  return count;
}

QColor colourOf(const QWidget& chart, const QString& name) {
  return styleColour(styleOf(name), ChartTheme::of(chart.palette()).dark);
}

LineSeries series(const QString& name, QVector<QPointF> points) {
  LineSeries one;
  one.name = name;
  one.points = std::move(points);
  return one;
}

class PlotInteraction : public ::testing::Test {
 protected:
  void SetUp() override {
    chart_.setXAxis({"x", false, 0.0, 10.0});
    chart_.setYAxis({"y", false, 0.0, 10.0});
    chart_.setSeries({series("average", {{0, 2}, {10, 2}}), series("max", {{0, 8}, {10, 8}})});
    showAt(chart_);
  }
  QPointF at(double x, double y) const { return {chart_.frame().pixelX(x), chart_.frame().pixelY(y)}; }

  LineChart chart_{"lines"};
};

TEST_F(PlotInteraction, TheWheelZoomsAboutTheMouseAndNoFurtherOutThanAll) {
  const QPointF mouse = at(2, 5);
  ASSERT_TRUE(wheel(chart_, mouse, 3));
  const PlotFrame near = chart_.frame();
  EXPECT_LT(near.xHigh - near.xLow, 10 / 1.5);
  EXPECT_NEAR(near.valueX(mouse.x()), 2, 0.1);  // wider numbers move the plot a little
  EXPECT_NEAR(near.valueY(mouse.y()), 5, 0.1);
  EXPECT_TRUE(chart_.isZoomed());
  wheel(chart_, mouse, -20);
  EXPECT_FALSE(chart_.isZoomed());
  EXPECT_EQ(chart_.frame().xLow, 0);
  EXPECT_EQ(chart_.frame().xHigh, 10);
}

TEST_F(PlotInteraction, OverAnAxisTheWheelZoomsThatOneAlone) {
  wheel(chart_, {at(5, 0).x(), chart_.frame().plot.bottom() + 12}, 2);
  EXPECT_LT(chart_.frame().xHigh - chart_.frame().xLow, 9);
  EXPECT_EQ(chart_.frame().yHigh - chart_.frame().yLow, 10);
}

TEST_F(PlotInteraction, ARubberBandBecomesTheView) {
  drag(chart_, at(2, 8), at(6, 4));
  EXPECT_NEAR(chart_.frame().xLow, 2, 0.05);
  EXPECT_NEAR(chart_.frame().xHigh, 6, 0.05);
  EXPECT_NEAR(chart_.frame().yLow, 4, 0.05);
  EXPECT_NEAR(chart_.frame().yHigh, 8, 0.05);
  QTest::mouseDClick(&chart_, Qt::LeftButton, {}, chart_.frame().plot.center().toPoint());
  chart_.grab();
  EXPECT_EQ(chart_.frame().xHigh, 10);
  drag(chart_, at(5, 5), at(5, 5) + QPointF(2, 1));  // a click is no band
  EXPECT_FALSE(chart_.isZoomed());
}

TEST_F(PlotInteraction, APanMovesWhatIsSeenAndStopsAtTheEdge) {
  drag(chart_, at(4, 7), at(8, 3));
  const PlotFrame before = chart_.frame();
  const double step = (before.xHigh - before.xLow) / 4;
  drag(chart_, {before.pixelX(6), before.pixelY(5)}, {before.pixelX(6 + step), before.pixelY(5)},
       Qt::MiddleButton);
  EXPECT_NEAR(chart_.frame().xLow, before.xLow - step, 0.05);
  EXPECT_NEAR(chart_.frame().xHigh - chart_.frame().xLow, before.xHigh - before.xLow, 1e-9);
  drag(chart_, chart_.frame().plot.center(), chart_.frame().plot.center() + QPointF(3000, 0), Qt::LeftButton,
       Qt::ShiftModifier);
  EXPECT_NEAR(chart_.frame().xLow, 0, 1e-9);
}

TEST_F(PlotInteraction, KeysZoomPanAndReset) {
  chart_.setFocus();
  QTest::keyClick(&chart_, Qt::Key_Plus);
  chart_.grab();
  const PlotFrame near = chart_.frame();
  EXPECT_NEAR(near.xHigh - near.xLow, 8, 1e-9);
  QTest::keyClick(&chart_, Qt::Key_Right);
  chart_.grab();
  EXPECT_GT(chart_.frame().xLow, near.xLow);
  QTest::keyClick(&chart_, Qt::Key_Home);
  EXPECT_FALSE(chart_.isZoomed());
}

TEST_F(PlotInteraction, NewDataKeepTheViewAndAnotherAxisDoesNot) {
  drag(chart_, at(2, 8), at(6, 4));
  chart_.setSeries({series("average", {{0, 3}, {10, 3}})});
  chart_.grab();
  EXPECT_NEAR(chart_.frame().xHigh, 6, 0.05);
  chart_.setXAxis({"x", true, 0.1, 10.0});
  EXPECT_FALSE(chart_.isZoomed());
}

TEST_F(PlotInteraction, AClickInTheLegendHidesASeriesAndLeavesTheOthersAlone) {
  const QColor first = colourOf(chart_, "average"), second = colourOf(chart_, "max");
  const auto onLine = [&](double y, const QColor& colour) {
    const QPointF p = at(5.3, y);
    return inked(chart_.grab().toImage(), QRectF(p - QPointF(10, 2), p + QPointF(10, 2)), colour);
  };
  ASSERT_GT(onLine(2, first), 5);
  ASSERT_GT(onLine(8, second), 5);
  const QRectF key = chart_.legendKey("average");
  ASSERT_FALSE(key.isNull());
  ASSERT_LT(key.bottom(), chart_.frame().plot.top());
  QTest::mouseClick(&chart_, Qt::LeftButton, {}, key.center().toPoint());
  EXPECT_TRUE(chart_.isHidden("average"));
  EXPECT_EQ(onLine(2, first), 0);
  EXPECT_GT(onLine(8, second), 5);
  EXPECT_FALSE(chart_.legendKey("average").isNull()) << "there is no way back";
  QTest::mouseClick(&chart_, Qt::LeftButton, {}, chart_.legendKey("average").center().toPoint());
  EXPECT_GT(onLine(2, first), 5);
}

TEST(ChartStyles, BelongToTheName) {
  EXPECT_EQ(stylesOf({"average", "ddl rescale=on"}),
            (std::vector<int>{styleOf("average"), styleOf("ddl rescale=on")}));
  const std::vector<int> all = stylesOf({"x", "some head", "average", "another"});
  EXPECT_EQ(all[2], styleOf("average"));
  const std::vector<int> turned = stylesOf({"another", "average", "some head", "x"});
  EXPECT_EQ(turned, (std::vector<int>{all[3], all[2], all[1], all[0]}));
  QStringList eight;
  for (int i = 0; i < kColours; ++i) eight << QString("name %1").arg(i);
  std::vector<int> styles = stylesOf(eight);
  std::ranges::sort(styles);
  for (int i = 0; i < kColours; ++i) EXPECT_EQ(styles[std::size_t(i)], i);
}

TEST(ChartStyles, OfAnAggregationIsItsOwnWhateverItMeets) {
  QStringList all{"ddl rescale=auto", "ddl rescale=on", "ddl rescale=off"};
  for (const auto method : aggregation::allMethods())
    if (const auto name = QString::fromStdString(aggregation::infoOf(method).name); name != "ddl")
      all << name;
  const std::vector<int> together = stylesOf(all);
  EXPECT_EQ(std::set<int>(together.begin(), together.end()).size(), together.size()) << "no two are alike";
  for (qsizetype i = 0; i < all.size(); ++i)
    EXPECT_EQ(stylesOf({all[i], "some head"})[0], together[std::size_t(i)]) << all[i].toStdString();
  EXPECT_EQ(styleOf("top-3"), styleOf("top-k"));
  EXPECT_NE(styleOf("top-1"), styleOf("top-k"));
  // What nobody knows clashes by its letters; who is drawn beside it does not matter.
  const QStringList strangers{"name 0", "name 1", "name 2", "name 3", "name 4", "name 5"};
  const std::vector<int> six = stylesOf(strangers);
  for (qsizetype i = 0; i < strangers.size(); ++i)
    EXPECT_EQ(stylesOf({strangers[i]}, strangers)[0], six[std::size_t(i)]);
}

TEST(PlotChartWheel, LeavesAPageThatScrollsToItself) {
  QScrollArea area;
  auto* chart = new LineChart("lines");
  chart->setSeries({series("a", {{0, 0}, {1, 1}})});
  chart->setMinimumSize(300, 900);
  area.setWidget(chart);
  area.setWidgetResizable(true);
  showAt(area);
  chart->grab();
  EXPECT_FALSE(wheel(*chart, chart->frame().plot.center(), 2));
  EXPECT_FALSE(chart->isZoomed());
  EXPECT_TRUE(wheel(*chart, chart->frame().plot.center(), 2, Qt::ControlModifier));
  EXPECT_TRUE(chart->isZoomed());
}

TEST(LineChartGaps, AMissingValueBreaksTheLine) {
  LineChart chart("gap");
  chart.setXAxis({"x", false, 0.0, 10.0});
  chart.setYAxis({"y", false, 0.0, 10.0});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  LineSeries gapped = series("", {{0, 5}, {4, 5}, {5, nan}, {6, 5}, {10, 5}});
  chart.setSeries({gapped});
  showAt(chart);
  const PlotFrame frame = chart.frame();
  const QImage image = chart.grab().toImage();
  const auto ink = [&](double from, double to) {
    return inked(image, {frame.pixelX(from), frame.pixelY(5) - 2, frame.pixelX(to) - frame.pixelX(from), 4},
                 colourOf(chart, ""));
  };
  EXPECT_GT(ink(2, 3), 20);
  EXPECT_EQ(ink(4.3, 5.7), 0);
  EXPECT_GT(ink(7, 8), 20);
}

TEST(LineChartLog, DecadesAreEquallyFarAndWhatIsNotPositiveIsLeftOut) {
  LineChart chart("log");
  chart.setXAxis({"FAR", true, 1e-6, 1.0});
  chart.setSeries({series("average", {{0, 0.1}, {1e-6, 0.2}, {1e-3, 0.5}, {1, 1}})});
  showAt(chart);
  const PlotFrame frame = chart.frame();
  EXPECT_NEAR(frame.pixelX(1e-3) - frame.pixelX(1e-6), frame.plot.width() / 2, 0.01);
  EXPECT_EQ(frame.xLow, -6);
  wheel(chart, frame.plot.center(), 12);  // inside of one decade
  EXPECT_LT(chart.frame().xHigh - chart.frame().xLow, 1);
  // Its axis has numbers there as well.
  const QImage image = chart.grab().toImage();
  const QRectF numbers(chart.frame().plot.left(), chart.frame().plot.bottom() + 5, chart.frame().plot.width(),
                       14);
  EXPECT_GT(inked(image, numbers, ChartTheme::of(chart.palette()).muted), 20);
}

TEST(StackedCharts, ShareTheirXAxisToThePixelAndZoomTogether) {
  QSplitter splitter(Qt::Vertical);
  auto* wide = new LineChart("wide");
  auto* narrow = new HistogramChart("narrow");
  wide->setXAxis({"x", false, 0.0, 1.0});
  narrow->setXAxis({"x", false, 0.0, 1.0});
  wide->setYAxis({"a title", false, 0.0, 1e-4});
  wide->setSeries({series("a", {{0, 0}, {1, 1e-4}})});
  narrow->setDistributions({{"b", {0.1F, 0.2F}}});
  splitter.addWidget(wide);
  splitter.addWidget(narrow);
  showAt(splitter, 700, 700);
  EXPECT_NE(wide->frame().plot.left(), narrow->frame().plot.left()) << "nothing to align";
  alignPlotAreas({wide, narrow});
  for (int i = 0; i < 3; ++i) splitter.grab();
  EXPECT_EQ(wide->frame().plot.left(), narrow->frame().plot.left());
  EXPECT_EQ(wide->frame().plot.right(), narrow->frame().plot.right());
  wheel(*wide, wide->frame().plot.center(), 2);
  for (int i = 0; i < 3; ++i) splitter.grab();
  EXPECT_LT(narrow->frame().xHigh - narrow->frame().xLow, 0.9);
  EXPECT_EQ(wide->frame().xLow, narrow->frame().xLow);
  EXPECT_EQ(wide->frame().plot.left(), narrow->frame().plot.left());
}

TEST(ScatterZoom, AMillionDotsAreADensityAndDotsFromNear) {
  Rng rng(3);
  ScatterData data;
  for (int i = 0; i < 1000000; ++i) data.points.emplace_back(rng.uniform(), rng.uniform());
  data.points[777] = {0.505, 0.5};
  ScatterChart chart("many");
  chart.setXAxis({"", false, 0.0, 1.0});
  chart.setYAxis({"", false, 0.0, 1.0});
  chart.setData(std::move(data));
  showAt(chart, 800, 600);
  EXPECT_TRUE(chart.showsDensity());
  const QColor ground = ChartTheme::of(chart.palette()).background;
  const QRectF middle(chart.frame().plot.center() - QPointF(50, 50), QSizeF(100, 100));
  EXPECT_LT(inked(chart.grab().toImage(), middle, ground), 2500) << "density covers the plot";
  const QPointF centre = chart.frame().plot.center();
  chart.zoomTo({centre - QPointF(20, 20), centre + QPointF(20, 20)});
  chart.grab();
  EXPECT_FALSE(chart.showsDensity());
  const PlotFrame frame = chart.frame();
  const QPointF pixel(frame.pixelX(0.505), frame.pixelY(0.5));
  EXPECT_TRUE(frame.plot.contains(pixel));
  const int found = chart.pointAt(pixel);
  ASSERT_GE(found, 0);
  const QPointF there = chart.data().points[std::size_t(found)];
  EXPECT_LT(std::hypot(there.x() - 0.505, there.y() - 0.5), 1e-3);
  chart.resetZoom();
  chart.grab();
  EXPECT_TRUE(chart.showsDensity());
}

TEST(ScatterColours, OtherColoursAreThoseOfNewDots) {
  Rng rng(8);
  ScatterData data;
  for (int i = 0; i < 60000; ++i) {  // a density, and from near dots
    data.points.emplace_back(rng.uniform(), rng.uniform());
    data.categories.push_back(i % 3);
  }
  ScatterColours colours;
  for (int i = 0; i < 60000; ++i) colours.values.push_back(float(i % 11) / 10);
  colours.valueTitle = "score";
  ScatterData both = data;
  static_cast<ScatterColours&>(both) = colours;
  ScatterChart changed("dots"), made("dots");
  changed.setData(std::move(data));
  made.setData(std::move(both));
  for (auto* chart : {&changed, &made}) showAt(*chart);
  const QImage before = changed.grab().toImage();
  changed.setColours(colours);
  EXPECT_NE(changed.grab().toImage(), before);
  EXPECT_EQ(changed.grab().toImage(), made.grab().toImage())
      << "a density in the new colours, with their bar";
  for (auto* chart : {&changed, &made}) {
    const QPointF centre = chart->frame().plot.center();
    chart->zoomTo({centre - QPointF(60, 60), centre + QPointF(60, 60)});
    chart->grab();
    EXPECT_FALSE(chart->showsDensity());
  }
  EXPECT_EQ(changed.grab().toImage(), made.grab().toImage());
  const PlotFrame frame = changed.frame();
  colours = {};
  colours.styles.assign(60000, 0);
  colours.styleNames = QStringList{"one"};
  changed.setColours(colours);
  changed.grab();
  EXPECT_EQ(changed.frame().view(), frame.view()) << "who is near stays there";
}

TEST(ScatterColours, WhatIsPutTogetherIsGreyOnEveryGround) {
  for (const bool dark : {false, true}) {
    const QColor other = styleColour(styleOf(otherName()), dark);
    EXPECT_EQ(other.hslSaturation(), 0);
    for (int style = 0; style < kStyles; ++style) EXPECT_NE(styleColour(style, dark), other);
  }
  const auto styles = stylesOf({"a", otherName(), "b", unknownName()});
  EXPECT_EQ(styles[1], kOtherStyle);
  EXPECT_EQ(styles[3], kUnknownStyle);
  EXPECT_GE(std::min(styles[0], styles[2]), 0);
  EXPECT_NE(styles[0], styles[2]);
  for (const char* value : {"other", "none"})
    EXPECT_GE(styleOf(value), 0) << "a value of a table as any other";
}

TEST(ScatterPictures, AreInPlaceOfTheDotsFromNearAndUnderTheMouseFromAfar) {
  ScatterData data;
  for (int i = 0; i < 400; ++i) data.points.emplace_back(i % 20, i / 20);
  ScatterChart chart("map");
  chart.setData(std::move(data));
  std::set<int> asked;
  chart.setPicture([&](int point, int pixels) {
    asked.insert(point);
    QPixmap picture(pixels, pixels);
    picture.fill(QColor(250, 10, 240));
    return picture;
  });
  chart.setPicturesNear(true);
  showAt(chart, 700, 600);
  const auto painted = [&] {
    const QImage image = chart.grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == QColor(250, 10, 240);
    return count;
  };
  EXPECT_EQ(painted(), 0);
  EXPECT_FALSE(chart.showsPictures());
  const PlotFrame all = chart.frame();
  const QPointF dot(all.pixelX(10), all.pixelY(10));
  QMouseEvent move(QEvent::MouseMove, dot, chart.mapToGlobal(dot), Qt::NoButton, Qt::NoButton, {});
  QCoreApplication::sendEvent(&chart, &move);
  EXPECT_GT(painted(), 8000) << "112 pixels a side, beside the dot";
  EXPECT_EQ(asked, std::set<int>{210});
  EXPECT_NE(chart.grab().toImage().pixelColor(dot.toPoint()), QColor(250, 10, 240)) << "which is not covered";

  chart.centreOn({210});
  chart.grab();
  EXPECT_TRUE(chart.showsPictures());
  EXPECT_NEAR(chart.frame().pixelX(10), chart.frame().plot.center().x(), 1);
  EXPECT_NEAR(chart.frame().pixelY(10), chart.frame().plot.center().y(), 1);
  EXPECT_EQ(chart.pointAt(chart.frame().plot.center() + QPointF(12, 12)), 210) << "the picture is its place";
  chart.setPicturesNear(false);
  chart.grab();
  EXPECT_FALSE(chart.showsPictures());
  chart.centreOn({0, 399});
  EXPECT_FALSE(chart.isZoomed()) << "all are between the two";
  chart.centreOn({});
  EXPECT_FALSE(chart.isZoomed());
}

TEST(ScatterZoom, ADragSelectsAndWithShiftItZooms) {
  ScatterChart chart("dots");
  chart.setXAxis({"", false, 0.0, 10.0});
  chart.setYAxis({"", false, 0.0, 10.0});
  ScatterData data;
  data.points = {{2, 2}, {5, 5}, {8, 8}};
  data.styles = {0, 0, 1};
  data.styleNames = {"average", "max"};
  chart.setData(data);
  showAt(chart);
  std::vector<int> caught;
  QObject::connect(&chart, &ScatterChart::selectionMade, &chart,
                   [&](const std::vector<int>& points) { caught = points; });
  const auto at = [&](double x, double y) {
    return QPointF(chart.frame().pixelX(x), chart.frame().pixelY(y));
  };
  drag(chart, at(1, 1), at(6, 6));
  EXPECT_EQ(caught, (std::vector<int>{0, 1}));
  EXPECT_FALSE(chart.isZoomed());
  drag(chart, at(1, 6), at(6, 1), Qt::LeftButton, Qt::ShiftModifier);
  EXPECT_NEAR(chart.frame().xHigh, 6, 0.1);
  chart.resetZoom();
  chart.setHidden("average", true);
  chart.setXAxis({"", false, 0.0, 10.0});
  chart.grab();
  EXPECT_EQ(chart.pointAt(at(5, 5)), -1);
  EXPECT_EQ(chart.pointAt(at(8, 8)), 2);
}

// The menu's entry, as a hand chooses it.
void choose(Chart& chart, const char* entry) {
  std::unique_ptr<QMenu> menu(chart.makeMenu(nullptr));
  auto* action = menu->findChild<QAction*>(entry);
  ASSERT_NE(action, nullptr) << entry;
  ASSERT_TRUE(action->isEnabled()) << entry;
  action->trigger();
}

TEST_F(PlotInteraction, TheMenuOpensWhereTheMouseIs) {
  QContextMenuEvent event(QContextMenuEvent::Mouse, {100, 100}, chart_.mapToGlobal(QPoint(100, 100)));
  QCoreApplication::sendEvent(&chart_, &event);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  ASSERT_NE(menu, nullptr);
  QStringList entries;
  for (const QAction* action : menu->actions())
    if (!action->isSeparator()) entries << action->objectName();
  EXPECT_EQ(entries, (QStringList{"copyPicture", "copyTable", "saveAs", "resetZoom"}));
  EXPECT_FALSE(menu->actions().back()->isEnabled()) << "nothing is zoomed";
  menu->close();
}

TEST_F(PlotInteraction, CopiesOfThePictureAndTheTableAreWhatAnExportIs) {
  choose(chart_, "copyTable");
  EXPECT_EQ(QApplication::clipboard()->text().toUtf8(), chartBytes(chart_, "csv"));
  EXPECT_TRUE(QApplication::clipboard()->text().startsWith("series,x,y\naverage,0,2\n"));
  choose(chart_, "copyPicture");
  const QImage picture = QApplication::clipboard()->image();
  EXPECT_EQ(picture.size(), chart_.size() * 2);
  EXPECT_EQ(picture.pixelColor(1, 1), QColor(Qt::white));
  EXPECT_GT(inked(picture, picture.rect(), styleColour(styleOf("max"), false)), 100);
}

TEST_F(PlotInteraction, ResetZoomIsInTheMenu) {
  drag(chart_, at(2, 8), at(6, 4));
  choose(chart_, "resetZoom");
  EXPECT_FALSE(chart_.isZoomed());
}

// Answers the dialog that saveAs opens with `file`, and closes what is said after it; gives that.
QString saveTo(Chart& chart, const QString& file) {
  QString said;
  QTimer answer;
  QObject::connect(&answer, &QTimer::timeout, &answer, [&] {
    QWidget* modal = QApplication::activeModalWidget();
    if (auto* dialog = qobject_cast<QFileDialog*>(modal)) {
      testing::child<QLineEdit>(*dialog, "fileNameEdit")->setText(file);
      QMetaObject::invokeMethod(dialog, "accept");
    } else if (auto* box = qobject_cast<QMessageBox*>(modal)) {
      said = box->text();
      box->accept();
    }
  });
  answer.start(20);
  choose(chart, "saveAs");
  return said;
}

TEST_F(PlotInteraction, SaveWritesOneFileThatParsesOfEachKind) {
  QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  const QTemporaryDir folder;
  for (const char* kind : {"png", "svg", "pdf", "csv"}) {
    const QString file = folder.filePath(QString("lines.") + kind);
    EXPECT_EQ(saveTo(chart_, file), QString());
    QFile in(file);
    ASSERT_TRUE(in.open(QIODevice::ReadOnly)) << kind;
    const QByteArray bytes = in.readAll();
    if (file.endsWith("png")) {
      EXPECT_FALSE(QImage::fromData(bytes).isNull());
    }
    if (file.endsWith("svg")) {
      EXPECT_TRUE(QSvgRenderer(bytes).isValid());
    }
    if (file.endsWith("pdf")) {
      EXPECT_TRUE(bytes.startsWith("%PDF-"));
    }
    if (file.endsWith("csv")) {
      EXPECT_EQ(bytes, chartBytes(chart_, "csv"));
    }
  }
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), 4);
  const QString said = saveTo(chart_, folder.filePath("lines.bmp"));
  EXPECT_TRUE(said.contains(".bmp")) << said.toStdString();
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), 4);
}

TEST(HeatmapMenu, IsThereAsWell) {
  HeatmapChart chart("heatmap");
  chart.setRows({{"a", {0, 1}, {0.0F, 0.5F}}});
  choose(chart, "copyTable");
  EXPECT_EQ(QApplication::clipboard()->text().toUtf8(), chartBytes(chart, "csv"));
}

TEST_F(PlotInteraction, PicturesSayWhatTheyShow) {
  chart_.setContext("features demo · scores dscore");
  const QByteArray svg = chartBytes(chart_, "svg");
  EXPECT_TRUE(svg.contains("features demo")) << "context";
  chart_.setTitle("A <b>title</b> & more");
  EXPECT_TRUE(QSvgRenderer(chartBytes(chart_, "svg")).isValid());
}

TEST_F(PlotInteraction, AZoomedPictureKeepsInsideOfItsFrame) {
  chart_.setSeries({series("steep", {{0, 0}, {5, 10}, {10, 0}})});
  chart_.grab();
  drag(chart_, at(3, 5), at(7, 2));
  // SVG knows no clipping here: every point of the line lies in the plot area.
  QImage image(600, 400, QImage::Format_ARGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  QSvgRenderer(chartBytes(chart_, "svg", {600, 400})).render(&painter);
  painter.end();
  const QRectF plot = chart_.frame().plot;
  ASSERT_FALSE(plot.isEmpty());
  const QColor colour = styleColour(styleOf("steep"), false);
  EXPECT_GT(inked(image, image.rect(), colour), 100);
  EXPECT_EQ(inked(image, QRectF(0, 392, 600, 8), colour), 0);
}

TEST(PlotCursor, MovesAndPaintsNoSeriesAnew) {
  class Counting : public LineChart {
   public:
    using LineChart::LineChart;
    int painted = 0;

   protected:
    void addSeries(const PlotFrame& frame, bool vectors) override {
      ++painted;
      LineChart::addSeries(frame, vectors);
    }
    void paintPlot(QPainter& painter, const PlotFrame& frame) override {
      ++painted;
      LineChart::paintPlot(painter, frame);
    }
  } chart("counting");
  chart.setSeries({series("a", {{0, 0}, {1, 1}})});
  chart.setCursorLine(0.2, "0.2");
  showAt(chart);
  const int before = chart.painted;
  EXPECT_GT(before, 0);
  for (int i = 0; i < 5; ++i) {
    chart.setCursorLine(0.3 + 0.1 * i, "moved");
    chart.grab();
  }
  EXPECT_EQ(chart.painted, before);
  chart.setSeries({series("a", {{0, 0}, {1, 2}})});
  chart.grab();
  EXPECT_GT(chart.painted, before);
}

}  // namespace
}  // namespace discern::ui
