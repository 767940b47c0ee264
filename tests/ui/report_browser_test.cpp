// The report in a browser without network: every chart is seen, and nothing is complained of.
#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include "tests/ui/planted_project.h"
#include "ui/models/project/session.h"
#include "ui/pages/report/report_files.h"

namespace discern::ui {
namespace {

constexpr int kBrowserMs = 300'000;

// Says of each chart how large it is and how many of its shapes lie on the page.
constexpr auto kMeasure = R"(<script>
addEventListener('load', () => { for (const svg of document.querySelectorAll('figure svg')) {
  const box = svg.getBoundingClientRect();
  const shapes = [...svg.querySelectorAll('path,polyline,rect,line,text,circle,polygon')]
      .filter(e => { const b = e.getBoundingClientRect(); return b.width + b.height > 0; }).length;
  svg.setAttribute('data-seen', `${Math.round(box.width)} ${Math.round(box.height)} ${shapes} end`);
} });
</script></body>)";

TEST(ReportBrowser, EveryChartIsSeenAndNothingIsComplainedOf) {
  const QString browser = QStandardPaths::findExecutable("chromium");
  if (browser.isEmpty()) GTEST_SKIP() << "chromium is not installed";
  QTemporaryDir folder;
  const QString project = folder.filePath("p.discern");
  testing::makePlantedProject(project.toStdString());
  Session session;
  session.open(project);
  const QString file = folder.filePath("report.html");
  writeReport(session, {file}, {});
  QFile in(file);
  ASSERT_TRUE(in.open(QIODevice::ReadOnly));
  QByteArray html = in.readAll();
  const auto charts = html.count("<figure");
  ASSERT_GE(charts, 6);
  const QString measured = folder.filePath("measured.html");
  QFile out(measured);
  ASSERT_TRUE(out.open(QIODevice::WriteOnly));
  out.write(html.replace("</body>", kMeasure));
  out.close();

  QProcess process;
  process.start(browser,
                {"--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + folder.filePath("home"),
                 "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--window-size=1280,900",
                 "--dump-dom", "file://" + measured});
  ASSERT_TRUE(process.waitForFinished(kBrowserMs)) << "chromium does not end";
  const QByteArray dom = process.readAllStandardOutput(), log = process.readAllStandardError();
  ASSERT_FALSE(dom.isEmpty()) << "chromium is installed and printed nothing: "
                              << log.right(500).toStdString();
  EXPECT_FALSE(log.contains("CONSOLE")) << log.toStdString();
  static const QRegularExpression seen("data-seen=\"(\\d+) (\\d+) (\\d+) end\"");
  int found = 0;
  for (auto match = seen.globalMatch(QString::fromUtf8(dom)); match.hasNext(); ++found) {
    const auto one = match.next();
    EXPECT_GT(one.captured(1).toInt(), 300);
    EXPECT_GT(one.captured(2).toInt(), 150);
    EXPECT_GT(one.captured(3).toInt(), 20);
  }
  EXPECT_EQ(found, charts);
}

}  // namespace
}  // namespace discern::ui
