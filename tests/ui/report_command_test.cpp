// discern report and discern export with the real programs: the same project gives the same bytes.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include "tests/app/command_runner.h"
#include "tests/ui/planted_project.h"

namespace discern::ui {
namespace {

QByteArray contents(const QString& file) {
  QFile in(file);
  return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

class ReportCommand : public ::testing::Test {
 protected:
  void SetUp() override { testing::makePlantedProject(project_, {.pictures = true}); }
  QString path(const char* name) const { return folder_.filePath(name); }
  auto call(std::vector<std::string> words) const {
    words.insert(words.begin() + 1, project_);
    return test::run(words);
  }

  QTemporaryDir folder_;
  std::string project_ = folder_.filePath("p.discern").toStdString();
};

TEST_F(ReportCommand, TwiceGivesTheSameBytes) {
  for (const char* out : {"a", "b"}) {
    if (*out == 'b') {  // whatever the desktop's language is
      qputenv("LC_ALL", "de_DE.UTF-8");
      qputenv("LANGUAGE", "de");
    }
    const auto report = call({"report", "--out", path(out).toStdString() + "/"});
    ASSERT_EQ(report.exit, 0) << report.err;
    ASSERT_EQ(call({"export", "--out", path(out).toStdString()}).exit, 0);
  }
  qunsetenv("LC_ALL");
  qunsetenv("LANGUAGE");
  EXPECT_TRUE(contents(path("a/report.pdf")).startsWith("%PDF-"));
  const QByteArray html = contents(path("a/report.html"));
  EXPECT_TRUE(html.contains(">Trade-off</h2>"));
  EXPECT_EQ(html, contents(path("b/report.html")));
  int tables = 0;
  for (const QString& name : QDir(path("a")).entryList({"*.csv"})) {
    EXPECT_EQ(contents(QDir(path("a")).filePath(name)), contents(QDir(path("b")).filePath(name)))
        << name.toStdString();
    ++tables;
  }
  EXPECT_GT(tables, 8);
}

// The charts are drawn by another program, which hears of it too.
TEST_F(ReportCommand, ASignalToItAloneEndsTheDrawing) {
  const auto ended = test::run({"export", project_, "--out", path("c").toStdString(), "--json"},
                               R"("event":"stage","stage":"exporting")");
  EXPECT_EQ(ended.exit, 130) << ended.out;
  EXPECT_FALSE(QFile::exists(path("c/report.pdf"))) << "written last";
  EXPECT_TRUE(QFile::exists(path("c/scores.csv"))) << "what was finished is kept";
}

TEST_F(ReportCommand, ItIsGermanWhereThatIsAskedFor) {
  for (const char* language : {"de", "system"}) {
    QProcess workbench;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LANGUAGE", "de:en");
    environment.insert("LC_ALL", "de_DE.UTF-8");
    workbench.setProcessEnvironment(environment);
    workbench.start(
        QFileInfo(DISCERN_PROGRAM).dir().filePath("discern-workbench"),
        {QString::fromStdString(project_), "--report", path("bericht.html"), "--language", language});
    ASSERT_TRUE(workbench.waitForFinished(300'000));
    ASSERT_EQ(workbench.exitCode(), 0) << workbench.readAllStandardError().toStdString();
    const QString html = QString::fromUtf8(contents(path("bericht.html")));
    EXPECT_TRUE(html.contains("<html lang=\"de\">") && html.contains(">Abwägung</h2>")) << language;
    EXPECT_TRUE(html.contains("100,0 %") && !html.contains("100.0 %")) << language;
    QFile::remove(path("bericht.html"));
  }
}

TEST_F(ReportCommand, AFileOfOneFormatWithFacesAndBadInput) {
  const std::string file = path("new/my report.html").toStdString();
  ASSERT_EQ(call({"report", "--out", file, "--faces"}).exit, 0);
  EXPECT_TRUE(contents(path("new/my report.html")).contains("data:image/png"));
  EXPECT_EQ(QDir(path("new")).entryList(QDir::Files).size(), 1);

  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"report", "--out", path("report.doc").toStdString()},
        std::vector<std::string>{"report", "--out", path("report.html").toStdString(), "--format", "pdf"}}) {
    const auto result = call(wrong);
    EXPECT_EQ(result.exit, 1);
    EXPECT_NE(result.err.find("--out"), std::string::npos) << result.err;
  }
}

}  // namespace
}  // namespace discern::ui
