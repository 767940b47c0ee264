// Every number that the window's models and the command line both tell is held to the other.
#include "tests/ui/one_truth.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <cmath>
#include <map>

#include "core/data/csv.h"
#include "tests/ui/child.h"
#include "ui/charts/line_chart.h"
#include "ui/models/images/sample_table.h"
#include "ui/models/live/selection_source.h"
#include "ui/models/live/template_source.h"
#include "ui/models/results/run_results.h"
#include "ui/pages/report/report_charts.h"
#include "ui/pages/threshold_page.h"
#include "ui/pages/tradeoff_page.h"

namespace discern::ui {
namespace {
using nlohmann::json;
using project::Project;
using testing::child;
using testing::kWait;
using testing::OneTruthTest;

TEST_F(OneTruthTest, TheDefaultTablesAreTheNewest) {
  const json point = cli({"info"})["operating_point"];
  EXPECT_EQ(point["scores"], "again");
  EXPECT_EQ(json::parse(analysis::toJson(session_->point())), point);
  const json evaluated = cli({"evaluate", "--bootstraps", "0"}), swept = cli({"sweep", "--thresholds", "5"}),
             selected = cli({"select"});
  for (const char* field : {"scores", "features", "protocol"}) {
    EXPECT_EQ(evaluated[field], point[field]) << field;
    EXPECT_EQ(swept[field], point[field]) << field;
  }
  EXPECT_EQ(selected["scores"], "again") << "the newest D-scores of these features";
}

TEST_F(OneTruthTest, RankAgreementIsOfTestIdentitiesAlone) {
  const json evaluated = cli({"evaluate", "--bootstraps", "0"});
  const ReportSection scores = section(report(), "Scores");
  const ReportTable& table = scores.tables.back();
  ASSERT_EQ(table.rows.size(), qsizetype(evaluated["agreement"].size()));
  ASSERT_EQ(table.rows.size(), 3);
  for (qsizetype i = 0; i < table.rows.size(); ++i) {
    const json& told = evaluated["agreement"][std::size_t(i)];
    const auto fixed = [](const json& value) { return QString::number(value.get<double>(), 'f', 3); };
    EXPECT_EQ(table.rows[i],
              (QStringList{QString::fromStdString(told["scores"]), "again", fixed(told["global"]),
                           fixed(told["within"]), fixed(told["within_clean"]),
                           QString::number(told["identities"].get<int>()),
                           QString::number(told["images"].get<int>())}));
  }
}

TEST_F(OneTruthTest, PercentilesOfEveryImageAreThoseOfTheExport) {
  const QString out = folder_->filePath("export");
  cli({"export", "--out", out.toStdString(), "--numbers-only"});
  const auto rows = data::readCsv((out + "/scores.csv").toStdString());
  std::map<std::string, std::size_t> column;
  for (std::size_t i = 0; i < rows[0].fields.size(); ++i) column[rows[0].fields[i]] = i;
  std::map<std::string, SampleTable> tables;
  for (const char* name : {"dscore", "told", "head", "again"})
    tables.emplace(name, SampleTable(session_->snapshot(), session_->scores(name)));
  int compared = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& cells = rows[i].fields;
    const int sample = std::stoi(cells[column.at("sample")]);
    for (const auto& [name, table] : tables)
      for (const auto& [field, key] : {std::pair(Field::Percentile, ".percentile"),
                                       {Field::Score, ".score"},
                                       {Field::Ratio, ".raw"},
                                       {Field::Own, ".own"},
                                       {Field::Hardest, ".hardest"}}) {
        EXPECT_NEAR(table.number(sample, field), std::stod(cells[column.at(name + key)]), 1e-6)
            << name << key << ' ' << sample;
        ++compared;
      }
  }
  EXPECT_EQ(compared, 144 * 4 * 5);
}

TEST_F(OneTruthTest, ThePointOfASliderIsTheRowOfAnEvaluation) {
  ThresholdPage page(*session_);
  for (const char* scores : {"again", "told"})
    for (const char* weighting :
         {"ddl rescale=off", "ddl rescale=on", "ddl rescale=auto", "ddl weights=head"}) {
      auto point = session_->point();
      point.scores = scores;
      point.threshold = 0.4567;
      point.far = 1e-1;
      ASSERT_TRUE(analysis::setAggregation(point, weighting));
      session_->setPoint(point);
      waitFor(page);
      store(point);
      const json evaluated = cli({"evaluate", "--bootstraps", "0", "--point"});
      EXPECT_EQ(evaluated["scores"], scores);
      const json told = row(evaluated, weighting);
      const auto text = [&](const char* name) { return child<QLabel>(page, name)->text(); };
      EXPECT_EQ(text("tarValue"), percentText(tarAt(told, 1e-1), 2)) << scores << weighting;
      EXPECT_EQ(text("keptValue"), percentText(told["kept"])) << scores << weighting;
      EXPECT_EQ(text("computeValue"), percentText(told["macs_share"])) << scores << weighting;
      EXPECT_NEAR(child<QDoubleSpinBox>(page, "keptReading")->value(), 100 * told["kept"].get<double>(),
                  0.051);
    }
}

TEST_F(OneTruthTest, TheSummaryOfTheReportIsTheRowOfAnEvaluation) {
  for (const char* weighting : {"ddl rescale=auto", "ddl weights=head"}) {
    auto point = session_->point();
    point.scores = "told";
    point.threshold = 0.4567;
    point.far = 1e-1;
    ASSERT_TRUE(analysis::setAggregation(point, weighting));
    session_->setPoint(point);
    store(point);
    const json evaluated = cli({"evaluate", "--bootstraps", "0", "--point"});
    TemplateSource& source = TemplateSource::of(*session_);
    source.follow();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !source.busy(); }, kWait));
    const ReportTable table =
        section(projectReport({project_, session_->snapshot(), session_->point(), source.answer()}),
                "Summary")
            .tables.front();
    const json told = row(evaluated, weighting), plain = row(evaluated, "average");
    EXPECT_EQ(table.rows[0][1], percentText(tarAt(told, 1e-1), 2)) << weighting;
    EXPECT_EQ(table.rows[0][2], percentText(tarAt(plain, 1e-1), 2)) << weighting;
    EXPECT_EQ(table.rows[1][1], percentText(told["kept"])) << weighting;
    EXPECT_EQ(table.rows[2][1], percentText(told["macs_share"])) << weighting;
  }
}

TEST_F(OneTruthTest, ADotOfTheTradeOffOpensAsWhatItIs) {
  auto point = session_->point();
  point.scores = "told";
  point.weights = "head";
  session_->setPoint(point);
  store(point);
  const json swept = cli({"sweep", "--thresholds", "40", "--far", "0.1", "--point"});
  EXPECT_EQ(swept["weights"], "head");
  session_->reload();
  TradeoffPage tradeoff(*session_);
  ThresholdPage threshold(*session_);
  waitFor(tradeoff);
  auto* table = child<QTableView>(tradeoff, "tradeoffTable");
  int clicked = 0;
  for (int i = 0; i < table->model()->rowCount(); ++i) {
    const QString name = table->model()->index(i, 0).data().toString();
    if (!name.startsWith("ddl")) continue;
    ++clicked;
    table->scrollTo(table->model()->index(i, 1));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(i, 1)).center());
    waitFor(threshold);
    EXPECT_EQ(QString(name).remove(" (knee)"),
              QString::fromStdString(analysis::aggregationName(session_->point())));
    EXPECT_EQ(child<QLabel>(threshold, "tarValue")->text(), table->model()->index(i, 4).data().toString())
        << name.toStdString();
    EXPECT_EQ(child<QLabel>(threshold, "computeValue")->text(),
              table->model()->index(i, 2).data().toString());
    EXPECT_EQ(child<QComboBox>(threshold, "far")->currentData().toDouble(), 0.1);
  }
  EXPECT_GT(clicked, 1);
  // Kept with the project, as a whole.
  const auto chosen = session_->point();
  session_.reset();
  EXPECT_EQ(analysis::storedPoint(Project::open(project_.toStdString(), Project::Mode::Read)), chosen);
  Session again;
  again.open(project_);
  EXPECT_EQ(again.point(), chosen);
  EXPECT_EQ(cli({"point"}), [&] {
    json values = json::parse(analysis::toJson(chosen));
    const json event = cli({"point"});
    for (const auto& [key, value] : event.items())
      if (!values.contains(key)) values[key] = value;  // what every event says
    return values;
  }());
}

TEST_F(OneTruthTest, BothKneesAreOne) {
  const json swept = cli({"sweep", "--scores", "told"});
  const json& curve = swept["curves"][swept["knee"]["curve"].get<std::size_t>()];
  const json& knee = curve["points"][swept["knee"]["point"].get<std::size_t>()];
  session_->setScoreTable("told");
  ThresholdPage page(*session_);
  waitFor(page);
  QTest::mouseClick(child<QPushButton>(page, "useKnee"), Qt::LeftButton);
  EXPECT_EQ(session_->threshold(), knee["threshold"].get<double>());
  EXPECT_EQ(analysis::aggregationName(session_->point()), curve["name"].get<std::string>());
  waitFor(page);
  EXPECT_EQ(child<QLabel>(page, "tarValue")->text(), percentText(knee["tar"], 2));
  EXPECT_TRUE(child<QLabel>(page, "kneeText")->text().contains(QString::fromStdString(curve["name"])));
  const auto notes = child<QWidget>(page, "tarValue")->parentWidget()->findChildren<QLabel*>();
  EXPECT_TRUE(notes.back()->text().contains("with every image, by ddl rescale=")) << "by which aggregation";
}

TEST_F(OneTruthTest, ASelectionAgainstScoresIsTheSameComparison) {
  const json selected = cli({"select", "--name", "mine", "--scores", "told"});
  session_->setScoreTable("told");
  session_->reload();
  auto& source = SelectionSource::of(*session_);
  source.chooseSelection("mine");
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return source.path() && source.path()->row().name == "mine" && source.comparison(); }, kWait));
  const auto& path = *source.path();
  EXPECT_EQ(path.faces(), selected["faces"].get<int>());
  EXPECT_EQ(path.faces() - path.keepable(), selected["never_kept"].get<int>());
  EXPECT_EQ(path.curve().lambda.size(), selected["breakpoints"].get<std::size_t>());
  EXPECT_EQ(path.identities(), selected["identities"].get<int>());
  EXPECT_DOUBLE_EQ(source.comparison()->spearman(), selected["score_spearman"].get<double>());
  ASSERT_FALSE(selected["points"].empty());
  for (const auto& told : selected["points"]) {
    const double lambda = told["lambda"];
    EXPECT_EQ(path.kept(lambda), told["kept"].get<int>());
    EXPECT_DOUBLE_EQ(path.share(lambda), told["share"].get<double>());
    EXPECT_DOUBLE_EQ(path.normalised(lambda), told["normalised"].get<double>());
    EXPECT_EQ(path.emptyIdentities(lambda), told["empty_identities"].get<int>());
    const auto at = source.comparison()->at(lambda, ScoreComparison::Ranking::Within);
    if (told["low_scores"].is_null()) {
      EXPECT_TRUE(std::isnan(at.share()));
    } else {
      EXPECT_DOUBLE_EQ(at.share(), told["low_scores"].get<double>());
      EXPECT_DOUBLE_EQ(at.chance, told["low_scores_chance"].get<double>());
    }
  }
}

TEST_F(OneTruthTest, CountsOfTheReportAreThoseOfInfo) {
  const json info = cli({"info"});
  const ReportTable table = section(report(), "Data").tables.front();
  EXPECT_EQ(table.rows.size(), qsizetype(info["sets"].size()));
  for (const QStringList& row : table.rows) {
    const json& set = info["sets"][(row[0] + " (" + row[1] + ")").toStdString()];
    ASSERT_TRUE(set.is_object()) << row[0].toStdString();
    int column = 2;
    for (const char* key : {"identities", "excluded", "merged", "images", "copies", "unreadable"})
      EXPECT_EQ(row[column++], QLocale().toString(set[key].get<int>())) << key;
  }
  const ReportTable point = section(report(), "Operating point").tables.front();
  const json& stored = info["operating_point"];
  EXPECT_EQ(point.rows.front()[0].toStdString(), stored["protocol"].get<std::string>());
  EXPECT_EQ(point.rows.front()[1].toStdString(), stored["features"].get<std::string>());
  EXPECT_EQ(point.rows.front()[2].toStdString(), stored["scores"].get<std::string>());
}

TEST_F(OneTruthTest, TheCommandLineChangesWhatTheWindowShows) {
  session_.reset();
  cli({"point", "--scores", "head", "--threshold", "0.321", "--rescale", "off", "--far", "0.01", "--weights",
       "again"});
  Session session;
  session.open(project_);
  EXPECT_EQ(session.scoreTable(), "head");
  EXPECT_EQ(session.threshold(), 0.321);
  EXPECT_EQ(session.point().rescale, aggregation::Rescale::Off);
  EXPECT_EQ(session.point().far, 0.01);
  EXPECT_EQ(session.point().weights, "again");
  const auto wrong = test::run({"point", project_.toStdString(), "--scores", "nobody"});
  EXPECT_EQ(wrong.exit, 1);
  EXPECT_NE(wrong.err.find("--scores nobody"), std::string::npos) << wrong.err;
}

// The last one here: its sweeps are newer than those of the others, which share the project.
TEST_F(OneTruthTest, ARateOfTooFewImpostorsIsAResultNowhere) {
  for (const double far : {1e-1, 1e-5}) {
    const bool supported = far == 1e-1;
    auto point = session_->point();
    point.scores = "told";  // what their network costs is known
    point.far = far;
    session_->setPoint(point);
    store(point);
    const json evaluated = cli({"evaluate", "--bootstraps", "0", "--point"});
    for (const auto& told : row(evaluated, "average")["tar"])
      EXPECT_TRUE(told["far"] != far || told["supported"] == supported);
    const std::int64_t impostors = evaluated["impostor"].get<std::int64_t>();
    const QString why = tooFewImpostors(impostors, far);
    EXPECT_EQ(cli({"sweep", "--thresholds", "5", "--point"})["impostors"], impostors);
    EXPECT_EQ(cli({"slices", "--column", "set", "--point"})["supported"], supported);
    session_->reload();
    TemplateSource& source = TemplateSource::of(*session_);
    source.follow();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !source.busy(); }, kWait));
    EXPECT_EQ(source.answer()->report.supported, supported);
    const ProjectReport told =
        projectReport({project_, session_->snapshot(), session_->point(), source.answer()});
    EXPECT_EQ(section(told, "Summary").tables.front().rows[0][1] == "–", !supported);
    const ReportTable swept = section(told, "Trade-off").tables.front();
    EXPECT_EQ(swept.rows.front().back() == "–", !supported);
    EXPECT_EQ(swept.note.contains(why), !supported);
    ThresholdPage threshold(*session_);
    waitFor(threshold);
    EXPECT_EQ(child<QLabel>(threshold, "tarValue")->isEnabled(), supported);
    EXPECT_EQ(child<QLabel>(threshold, "tarValue")->toolTip(), supported ? QString() : why);
    TradeoffPage tradeoff(*session_);
    waitFor(tradeoff);
    EXPECT_EQ(child<QLabel>(tradeoff, "kneeText")->text().startsWith(why), !supported);
    const auto* rows = child<QTableView>(tradeoff, "tradeoffTable")->model();
    ASSERT_GT(rows->rowCount(), 0);
    EXPECT_EQ(rows->index(0, 4).data().toString() == "–", !supported);
    const auto figures = reportFigures(told);
    const auto drawn = std::ranges::find_if(
        figures, [](const ReportFigure& figure) { return figure.chart->name() == "sweep-tar"; });
    ASSERT_NE(drawn, figures.end());
    EXPECT_EQ(dynamic_cast<const LineChart&>(*drawn->chart).unsupported().has_value(), !supported);
    auto* target = child<QLabel>(threshold, "targetText");
    child<QDoubleSpinBox>(threshold, "targetValue")->setValue(100);  // may be lost: any point will do
    QTest::mouseClick(child<QPushButton>(threshold, "findTarget"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return target->text().contains(" at threshold "); }, kWait));
    EXPECT_EQ(target->text().startsWith("Too few impostors. "), !supported);
    EXPECT_EQ(target->toolTip(), supported ? QString() : why);
    waitFor(threshold);
    auto* knee = child<QLabel>(threshold, "kneeText");
    const bool proposed = child<QPushButton>(threshold, "useKnee")->isEnabled();
    EXPECT_EQ(knee->text().startsWith("Too few impostors. "), proposed && !supported);
  }
}

}  // namespace
}  // namespace discern::ui
