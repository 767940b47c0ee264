// Charts as files: every format, whole or not there, and the numbers of the table.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "ui/charts/export_chart.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/line_chart.h"

namespace discern::ui {
namespace {

QByteArray contents(const QString& file) {
  QFile in(file);
  return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

class ExportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    chart_.setXAxis({"FAR, false accepts", true});
    chart_.setYAxis({"TAR"});
    chart_.setSeries({{"mean, \"plain\"", {{1e-3, 0.91}, {1e-2, 0.975}}}, {"best", {{1e-3, 0.99}}}});
  }
  QString file(const QString& name) const { return folder_.filePath(name); }

  QTemporaryDir folder_;
  LineChart chart_{"roc"};
};

TEST_F(ExportTest, AllFourAreWrittenBesideEachOther) {
  exportChartAll(chart_, file("charts"), {900, 600});
  EXPECT_EQ(QDir(file("charts")).entryList(QDir::Files, QDir::Name),
            (QStringList{"roc.csv", "roc.pdf", "roc.png", "roc.svg"}));
  const QImage png(file("charts/roc.png"));
  EXPECT_EQ(png.size(), QSize(900, 600));
  EXPECT_TRUE(contents(file("charts/roc.pdf")).startsWith("%PDF-"));
  EXPECT_TRUE(contents(file("charts/roc.pdf")).trimmed().endsWith("%%EOF"));
}

TEST_F(ExportTest, SvgParsesAndKeepsItsText) {
  exportChart(chart_, file("roc.svg"));
  const QByteArray svg = contents(file("roc.svg"));
  QXmlStreamReader xml(svg);
  int texts = 0, paths = 0;
  while (!xml.atEnd()) {
    xml.readNext();
    if (!xml.isStartElement()) continue;
    texts += xml.name() == QLatin1String("text");
    paths += xml.name() == QLatin1String("path") || xml.name() == QLatin1String("polyline");
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  EXPECT_GT(texts, 4);
  EXPECT_GT(paths, 4);
  EXPECT_TRUE(svg.contains("TAR"));
  EXPECT_TRUE(QSvgRenderer(svg).isValid());
}

TEST_F(ExportTest, CsvHoldsExactlyTheTable) {
  exportChart(chart_, file("roc.csv"));
  const auto rows = data::readCsv(file("roc.csv").toStdString());
  const ChartTable table = chart_.table();
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(table.rows.size() + 1));
  for (qsizetype c = 0; c < table.columns.size(); ++c)
    EXPECT_EQ(rows[0].fields[static_cast<std::size_t>(c)], table.columns[c].toStdString());
  for (qsizetype r = 0; r < table.rows.size(); ++r)
    for (qsizetype c = 0; c < table.columns.size(); ++c)
      EXPECT_EQ(rows[static_cast<std::size_t>(r + 1)].fields[static_cast<std::size_t>(c)],
                table.rows[r][c].toStdString());
  EXPECT_EQ(rows[1].fields[0], "mean, \"plain\"");
  EXPECT_DOUBLE_EQ(std::stod(rows[2].fields[2]), 0.975);
}

TEST_F(ExportTest, PaperIsWhiteAlsoFromADarkWindow) {
  QPalette dark;
  dark.setColor(QPalette::Base, QColor(20, 20, 20));
  dark.setColor(QPalette::Text, QColor(230, 230, 230));
  chart_.setPalette(dark);
  exportChart(chart_, file("roc.png"));
  EXPECT_EQ(QImage(file("roc.png")).pixelColor(1, 1), QColor(Qt::white));
  EXPECT_EQ(chart_.palette().color(QPalette::Base), QColor(20, 20, 20));
}

TEST_F(ExportTest, UnknownEndingAndMissingFolderAreSaidAndLeaveNothing) {
  EXPECT_THROW(exportChart(chart_, file("roc.bmp")), Error);
  try {
    exportChart(chart_, file("not/there/roc.png"));
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("not/there/roc.png"), std::string::npos);
  }
  EXPECT_TRUE(QDir(folder_.path()).entryList(QDir::Files).isEmpty());
  QFile plain(file("taken"));
  ASSERT_TRUE(plain.open(QIODevice::WriteOnly));
  plain.close();
  EXPECT_THROW(exportChartAll(chart_, file("taken")), Error);
}

TEST_F(ExportTest, HeatmapFitsAllItsRows) {
  HeatmapChart heatmap("score-heatmap");
  std::vector<HeatmapRow> rows;
  for (int r = 0; r < 300; ++r) rows.push_back({QString::number(r), {2 * r, 2 * r + 1}, {0.0F, 1.0F}});
  heatmap.setRows(rows);
  exportChartAll(heatmap, folder_.path());
  EXPECT_EQ(data::readCsv(file("score-heatmap.csv").toStdString()).size(), 601U);
  EXPECT_TRUE(QSvgRenderer(file("score-heatmap.svg")).isValid());
}

}  // namespace
}  // namespace discern::ui
