// The lambda path for a slider, the two rankings, a map, and
// the students: against brute force and planted numbers.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "core/base/rng.h"
#include "tests/ui/selection_project.h"
#include "tests/ui/small_project.h"
#include "ui/models/map_layout.h"
#include "ui/models/selection_path.h"
#include "ui/models/selection_source.h"
#include "ui/models/student_table.h"

namespace discern::ui {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Ties, zeros, infinities and faces that were not asked about, over identities of 0 to 30 images.
SelectionPath randomPath(std::uint64_t seed, int samples) {
  Rng rng(seed);
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->samplesOfIdentity.resize(static_cast<std::size_t>(samples / 8 + 1));
  project::SelectionRow row;
  row.name = "random";
  row.centers = 40;
  for (int i = 0; i < samples; ++i) {
    snapshot->samplesOfIdentity[static_cast<std::size_t>(rng.below(samples / 8 + 1))].push_back(i);
    const double kind = rng.uniform();
    row.enters.push_back(kind < 0.1   ? kNan
                         : kind < 0.2 ? kInfinity
                         : kind < 0.3 ? 0
                         : kind < 0.6 ? std::floor(rng.uniform(1, 6))
                                      : std::exp(4 * rng.normal()));
  }
  return SelectionPath(std::move(row), snapshot);
}

TEST(SelectionPath, KeepsExactlyWhatIsKeptOneByOne) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const SelectionPath path = randomPath(seed, 300);
    Rng rng(seed + 100);
    std::vector<double> lambdas = {0, -1, -2, -3, -1e9, -1e-9};
    for (int i = 0; i < 40; ++i) lambdas.push_back(-std::exp(5 * rng.normal()));
    for (const double lambda : lambdas) {
      std::set<int> expected;
      int kept = 0, keepable = 0;
      for (int i = 0; i < 300; ++i) {
        const double enters = path.row().enters[static_cast<std::size_t>(i)];
        if (std::isnan(enters)) continue;
        keepable += std::isfinite(enters);
        if (selection::isKept(enters, lambda))
          ++kept;
        else
          expected.insert(i);
      }
      const auto discarded = path.discarded(lambda);
      EXPECT_EQ(std::set<int>(discarded.begin(), discarded.end()), expected) << lambda;
      EXPECT_EQ(discarded.size(), expected.size());
      EXPECT_TRUE(std::ranges::is_sorted(discarded, {}, [&](int i) { return path.enters(i); }));
      EXPECT_EQ(path.kept(lambda), kept);
      EXPECT_EQ(path.keepable(), keepable);
      EXPECT_DOUBLE_EQ(path.share(lambda), static_cast<double>(kept) / keepable);
    }
  }
}

TEST(SelectionPath, TheLambdaOfAShareIsTheNearestToZeroThatKeepsIt) {
  const SelectionPath path = randomPath(3, 300);
  for (const double share : {0.0, 0.01, 0.3, 0.5, 0.77, 1.0}) {
    const double lambda = path.lambdaForShare(share);
    EXPECT_GE(path.share(lambda), share - 1e-12);
    if (lambda < -1e-9) {  // not just below 0, where nothing lies between
      EXPECT_LT(path.share(lambda * (1 - 1e-12)), share) << share;
    }
  }
  EXPECT_EQ(path.lambdaForShare(0), 0);
}

TEST(SelectionPath, TheSliderReachesEverySelection) {
  const SelectionPath path = randomPath(5, 300);
  EXPECT_EQ(path.kept(-path.high()), path.keepable());
  const auto positive = std::ranges::count_if(path.row().enters, [](double e) { return e == 0; });
  EXPECT_EQ(path.kept(-path.low()), positive) << "only those that enter at once";
  EXPECT_DOUBLE_EQ(path.normalised(-80), -2);
  EXPECT_DOUBLE_EQ(path.raw(path.normalised(-7.5)), -7.5);
}

TEST(SelectionPath, CurvesCountKeptFacesAtEveryBreakpoint) {
  const SelectionPath path = randomPath(7, 300);
  const auto count = [&](double lambda, int identity) {
    int kept = 0;
    for (int i = 0; i < 300; ++i)
      kept += path.asked(i) && (identity < 0 || path.identityOf(i) == identity) &&
              selection::isKept(path.enters(i), lambda);
    return kept;
  };
  int checked = 0, faces = 0;
  for (int identity = -1; identity < 38; ++identity) {
    const auto curve = identity < 0 ? path.curve() : path.curveOf(identity);
    for (std::size_t i = 0; i < curve.lambda.size(); ++i, ++checked)
      EXPECT_EQ(curve.kept[i], count(std::nextafter(curve.lambda[i], -kInfinity), identity));
    if (identity >= 0) faces += path.facesOf(identity);
  }
  EXPECT_GT(checked, 200);
  EXPECT_EQ(faces, path.faces());
  EXPECT_TRUE(path.curveOf(999).lambda.empty());
}

TEST(SelectionPath, AnEmptyOrHopelessSelectionHasAScaleToo) {
  for (const std::vector<double>& enters : {std::vector<double>{}, {kNan, kNan}, {kInfinity}, {0.0, 0.0}}) {
    project::SelectionRow row;
    row.enters = enters;
    const SelectionPath path(row, std::make_shared<Snapshot>());
    EXPECT_GT(path.high(), path.low());
    EXPECT_GT(path.low(), 0);
    EXPECT_GE(path.share(-1), 0);
    EXPECT_LE(path.lambdaForShare(0.5), 0);
  }
}

// Every answer for one lambda, by sorting what is asked about.
void expectRanking(const SelectionPath& path, const std::vector<float>& score,
                   const ScoreComparison& comparison, double lambda, bool within) {
  std::map<int, std::vector<int>> groups;  // of faces that have both numbers
  for (int i = 0; i < static_cast<int>(score.size()); ++i)
    if (path.asked(i) && !std::isnan(score[static_cast<std::size_t>(i)]))
      groups[within ? path.identityOf(i) : 0].push_back(i);
  std::set<int> discarded, lowest;
  double chance = 0;
  for (auto& [key, members] : groups) {
    std::set<int> dropped;
    for (const int i : members)
      if (!selection::isKept(path.enters(i), lambda)) dropped.insert(i);
    if (within && dropped.size() == members.size()) continue;
    std::ranges::stable_sort(members, {}, [&](int i) { return score[static_cast<std::size_t>(i)]; });
    lowest.insert(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(dropped.size()));
    chance += static_cast<double>(dropped.size() * dropped.size()) / static_cast<double>(members.size());
    discarded.merge(dropped);
  }
  const auto at =
      comparison.at(lambda, within ? ScoreComparison::Ranking::Within : ScoreComparison::Ranking::Overall);
  EXPECT_EQ(std::set<int>(at.discarded.begin(), at.discarded.end()), discarded) << lambda;
  EXPECT_EQ(std::set<int>(at.lowest.begin(), at.lowest.end()), lowest) << lambda;
  EXPECT_EQ(at.discarded.size(), discarded.size());
  EXPECT_EQ(at.lowest.size(), lowest.size());
  EXPECT_TRUE(std::ranges::is_sorted(at.discarded, std::greater<>(), [&](int i) { return path.enters(i); }));
  EXPECT_TRUE(
      std::ranges::is_sorted(at.lowest, {}, [&](int i) { return score[static_cast<std::size_t>(i)]; }));
  int both = 0;
  for (const int i : lowest) both += discarded.contains(i);
  EXPECT_EQ(at.both, both) << lambda;
  for (int i = 0; i < static_cast<int>(score.size()); ++i)
    EXPECT_EQ(at.isInBoth[static_cast<std::size_t>(i)] == 1, discarded.contains(i) && lowest.contains(i));
  if (discarded.empty()) {
    EXPECT_TRUE(std::isnan(at.share()) && std::isnan(at.chance));
  } else {
    EXPECT_NEAR(at.chance, chance / static_cast<double>(discarded.size()), 1e-12);
  }
}

TEST(ScoreComparison, CountsWhatBothRankingsDiscard) {
  const SelectionPath path = randomPath(11, 200);
  auto table = std::make_shared<data::ScoreTable>();
  table->resize(200);
  Rng rng(12);
  for (std::size_t i = 0; i < 200; ++i)
    table->score[i] = i % 9 == 0 ? std::nanf("") : static_cast<float>(std::floor(50 * rng.uniform()) / 50);
  const ScoreComparison comparison(path, table);
  for (const double lambda : {0.0, -0.5, -1.0, -3.0, -20.0, -1e9, -kInfinity})
    for (const bool within : {false, true}) expectRanking(path, table->score, comparison, lambda, within);
}

TEST(ScoreComparison, AScoreThatFollowsThePathAgreesWithIt) {
  const SelectionPath path = randomPath(13, 400);
  auto table = std::make_shared<data::ScoreTable>();
  table->resize(400);
  for (std::size_t i = 0; i < 400; ++i)
    table->score[i] = static_cast<float>(-std::min(path.row().enters[i], 1e9));
  const ScoreComparison comparison(path, table);
  EXPECT_NEAR(comparison.spearman(), 1, 1e-6);
  for (const auto ranking : {ScoreComparison::Ranking::Within, ScoreComparison::Ranking::Overall}) {
    const auto at = comparison.at(-2.5, ranking);
    EXPECT_EQ(at.share(), 1);
    EXPECT_LT(at.chance, 1);
  }
}

TEST(MapLayout, KeepsOnlyWhatIsOnTheMapAndSaysThatItIsASample) {
  testing::SelectionOptions options;
  options.onMap = 20;
  const MapLayout layout(testing::plantedMap(options, 400));
  EXPECT_EQ(layout.samples.size(), 20U);
  EXPECT_TRUE(layout.isSample());
  EXPECT_FALSE(layout.isComplete());
  EXPECT_TRUE(layout.note().contains("20 of 90 faces") && layout.note().contains("400"))
      << layout.note().toStdString();
  EXPECT_EQ(layout.positionsOf({0, 3, 10000}), (std::vector<int>{0, 3}));
  options.onMap = 0;
  const MapLayout all(testing::plantedMap(options));
  EXPECT_FALSE(all.isSample());
  EXPECT_TRUE(all.note().contains("All 90 faces"));
  EXPECT_EQ(all.positionsOf({30, 31, 40}), (std::vector<int>{30}))
      << "identity 3 takes no part, identity 4 begins at 40";
}

class SelectionSourceTest : public ::testing::Test {
 protected:
  std::string path() const { return folder_.filePath("p.discern").toStdString(); }
  static void settle(const SelectionSource& source) {
    ASSERT_TRUE(waitUntil([&] { return !source.busy(); }));
  }
  QTemporaryDir folder_;
};

TEST_F(SelectionSourceTest, ReadsTheNewestAndFollowsTheProject) {
  testing::SelectionOptions options;
  testing::makeSelectionProject(path(), options);
  Session session;
  session.open(QString::fromStdString(path()));
  SelectionSource& source = SelectionSource::of(session);
  EXPECT_EQ(&source, &SelectionSource::of(session));
  ASSERT_TRUE(waitUntil([&] { return source.path() && source.layout() && source.comparison(); }));
  EXPECT_EQ(source.path()->faces(), 90);
  EXPECT_NEAR(source.path()->share(source.lambda()), 0.5, 0.02) << "before anybody chose";

  // A growing map, as a running t-SNE stores it.
  QSignalSpy grown(&source, &SelectionSource::layoutChanged), moved(&source, &SelectionSource::pathChanged);
  auto writer = project::Project::open(path(), project::Project::Mode::Write);
  writer.putMap(testing::plantedMap(options, 250));
  ASSERT_TRUE(grown.wait(20000));
  EXPECT_EQ(source.layout()->iteration, 250);
  settle(source);
  EXPECT_EQ(moved.count(), 0) << "the selection is the same";

  auto row = testing::plantedSelection(options);
  row.name = "another";
  row.enters.assign(row.enters.size(), 1.0);
  writer.putSelection(row);
  ASSERT_TRUE(waitUntil([&] { return source.selections().size() == 2; }));
  source.chooseSelection("another");
  ASSERT_TRUE(waitUntil([&] { return source.path()->row().name == "another"; }));
  EXPECT_EQ(source.path()->faces(), 120);
  source.chooseSelection("selection");
  ASSERT_TRUE(waitUntil([&] { return source.path()->row().name == "selection"; }));
}

TEST_F(SelectionSourceTest, LambdaAndNamesAreKeptWithTheProject) {
  testing::makeSelectionProject(path());
  {
    Session session;
    session.open(QString::fromStdString(path()));
    SelectionSource& source = SelectionSource::of(session);
    ASSERT_TRUE(waitUntil([&] { return source.path() != nullptr; }));
    QSignalSpy moved(&source, &SelectionSource::lambdaChanged);
    source.setLambda(-3.75);
    source.setLambda(-3.75);
    source.setLambda(kNan);
    EXPECT_EQ(moved.count(), 1);
    source.setLambda(4);
    EXPECT_EQ(source.lambda(), 0) << "never above 0";
    source.setLambda(-3.75);
    source.chooseSelection("selection");
  }
  Session again;
  again.open(QString::fromStdString(path()));
  EXPECT_EQ(SelectionSource::of(again).lambda(), -3.75);
  EXPECT_EQ(again.project().setting("selection/name"), "selection");
  again.close();
  EXPECT_EQ(SelectionSource::of(again).path(), nullptr);
}

TEST_F(SelectionSourceTest, AnUnreadableMapHidesNothingElse) {
  testing::makeSelectionProject(path());
  std::filesystem::resize_file(path() + "/maps/tsne.npy", 20);
  Session session;
  session.open(QString::fromStdString(path()));
  SelectionSource& source = SelectionSource::of(session);
  ASSERT_TRUE(waitUntil([&] { return source.path() != nullptr; }));
  EXPECT_EQ(source.layout(), nullptr);
}

TEST_F(SelectionSourceTest, StudentsTeachersAndCostsAreRead) {
  testing::makeSelectionProject(path());
  Session session;
  session.open(QString::fromStdString(path()));
  const auto rows = studentRows(*session.snapshot());
  ASSERT_EQ(rows.size(), 9U);
  EXPECT_EQ(rows[0].name, "S-32-sc") << "the newest first";
  EXPECT_EQ(rows[0].size, 32);
  EXPECT_EQ(rows[0].mode, "sc");
  EXPECT_NEAR(rows[0].accuracy("faces", StudentRow::Layer::Identity), 0.9, 1e-9);
  EXPECT_NEAR(rows[0].auc("wild", StudentRow::Layer::Mimic), 0.855, 1e-9);
  EXPECT_NEAR(rows[0].memory, 9.6, 1e-9) << "MB, measured with one face";
  EXPECT_TRUE(rows[0].note.contains("selection") && rows[0].note.contains("60"));
  const StudentRow& teacher = rows.back();
  EXPECT_TRUE(teacher.isTeacher);
  EXPECT_EQ(teacher.name, "teacher");
  EXPECT_NEAR(teacher.parameters, 43.6e6, 1);
  EXPECT_NEAR(teacher.milliseconds, 48, 1e-9);
  EXPECT_NEAR(teacher.auc("faces", StudentRow::Layer::Mimic), 0.998, 1e-9);
  EXPECT_EQ(protocolsOf(rows), (QStringList{"faces", "wild"}));
}

QStringList printed(const StudentTable& table, int row) {
  QStringList cells;
  for (int column = 0; column < table.columnCount(); ++column)
    cells << table.index(row, column).data().toString();
  return cells;
}

TEST_F(SelectionSourceTest, TheTableOfStudents) {
  testing::makeSelectionProject(path());
  Session session;
  session.open(QString::fromStdString(path()));
  StudentTable table;
  QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
  QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
  auto rows = studentRows(*session.snapshot());
  table.set(rows);
  table.setQuality("faces", StudentRow::Layer::Identity);
  EXPECT_EQ(printed(table, 0), (QStringList{"S-32-sc", "32", "sc", "done", "0.9500", "90.00 %", "0.79 M",
                                            "3.20", "9.60", "0.07", "1"}));
  EXPECT_EQ(printed(table, 8), (QStringList{"teacher", "–", "", "teacher", "0.9980", "99.20 %", "43.60 M",
                                            "174.5", "410.0", "48", ""}));
  table.setQuality("nowhere", StudentRow::Layer::Identity);
  EXPECT_EQ(table.index(0, StudentTable::Accuracy).data(), "–");
  EXPECT_TRUE(std::isinf(table.index(0, StudentTable::Accuracy).data(StudentTable::SortRole).toDouble()));
  EXPECT_EQ(reset.count(), 1);
  rows[3].state = "running 40 %";
  table.set(rows);
  EXPECT_EQ(reset.count(), 1) << "the same runs";
  EXPECT_EQ(table.index(3, StudentTable::State).data(), "running 40 %");
  rows.pop_back();
  table.set(rows);
  EXPECT_EQ(reset.count(), 2);
  table.set({});
  EXPECT_EQ(table.rowCount(), 0);
}

TEST(StudentResults, DamagedOrUnfinishedRunsAreRowsWithoutNumbers) {
  Snapshot snapshot;
  for (const auto& [status, result] :
       {std::pair("failed", R"({"error":"no teacher"})"), std::pair("running", ""),
        std::pair("done", "{\"checks\": ["),
        std::pair("done", R"({"checks":[{"protocol":"x","auc_identity":null}],"ms":0})")}) {
    project::RunRow run;
    run.id = static_cast<int>(snapshot.runs.size());
    run.job = "distil";
    run.options = R"({"size":"64","mode":"c","name":""})";
    run.status = status;
    run.result = result;
    snapshot.runs.push_back(run);
  }
  const auto rows = studentRows(snapshot);
  ASSERT_EQ(rows.size(), 4U);
  for (const StudentRow& row : rows) {
    EXPECT_EQ(row.name, "S-64-c");
    EXPECT_TRUE(std::isnan(row.milliseconds) && std::isnan(row.auc("x", StudentRow::Layer::Identity)));
  }
  EXPECT_EQ(rows[3].note, "no teacher");
}

}  // namespace
}  // namespace discern::ui
