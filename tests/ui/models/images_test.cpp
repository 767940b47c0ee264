// Samples and identities as tables, filters, and what the Inspector works out.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "core/analysis/roster.h"
#include "core/base/rng.h"
#include "core/data/npy.h"
#include "ui/models/images/duplicates.h"
#include "ui/models/images/filter.h"
#include "ui/models/images/gallery_groups.h"
#include "ui/models/images/heat_rows.h"
#include "ui/models/images/identity_model.h"
#include "ui/models/images/inspection.h"
#include "ui/models/images/neighbours.h"
#include "ui/models/images/sample_model.h"
#include "ui/models/images/score_overview.h"
#include "ui/models/images/timeline.h"

namespace discern::ui {
namespace {

// 3 identities: anna (0 1 2), ben (3 4), carl (5); sample 5 is the only one of carl and so not scored.
std::shared_ptr<Snapshot> people() {
  auto snapshot = std::make_shared<Snapshot>();
  const auto add = [&](const char* name, const char* set, project::Role role) {
    project::IdentityRow row;
    row.id = static_cast<int>(snapshot->identities.size());
    row.name = name;
    row.set = set;
    row.role = role;
    snapshot->identities.push_back(row);
  };
  add("anna", "lfw", project::Role::Train);
  add("ben", "lfw", project::Role::Test);
  add("carl", "own", project::Role::Train);
  snapshot->samplesOfIdentity.resize(3);
  const std::vector<std::pair<int, const char*>> samples = {
      {0, "/data/anna/front.jpg"}, {0, "/data/anna/side.jpg"},    {0, "/data/anna/dark.jpg"},
      {1, "/data/ben/front.jpg"},  {1, "/data/ben/my image.jpg"}, {2, "/data/carl/1.jpg"}};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    project::SampleRow row;
    row.id = static_cast<int>(i);
    row.identity = samples[i].first;
    row.image.file = samples[i].second;
    row.media = i % 2 ? "video" : "still";
    snapshot->samples.push_back(row);
    snapshot->samplesOfIdentity[static_cast<std::size_t>(samples[i].first)].push_back(row.id);
  }
  return snapshot;
}

std::shared_ptr<data::ScoreTable> scores() {
  auto table = std::make_shared<data::ScoreTable>();
  table->name = table->method = "dscore";
  table->resize(6);
  const std::vector<float> values = {0.9F, 0.2F, 0.1F, 0.5F, 0.3F};
  for (std::size_t i = 0; i < values.size(); ++i) {
    table->status[i] = data::ScoreStatus::Scored;
    table->score[i] = values[i];
    table->ratio[i] = 2 * values[i];
    table->own[i] = 0.7F;
    table->hardest[i] = 0.1F;
    table->hardestIdentity[i] = i < 3 ? 1 : 0;
  }
  table->status[5] = data::ScoreStatus::SingleSample;
  return table;
}

std::shared_ptr<const SampleTable> table() {
  return std::make_shared<const SampleTable>(people(), scores(), 0.25);
}

std::vector<int> passing(const QString& text) { return filterAndSort(*table(), Filter(text), Field::Id); }

using Ids = std::vector<int>;

TEST(Filter, NumbersTextsAndWords) {
  EXPECT_EQ(passing(""), (Ids{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(passing("score<0.3"), (Ids{1, 2}));
  EXPECT_EQ(passing("score<=0.3"), (Ids{1, 2}));  // 0.3F is a little more than 0.3
  EXPECT_EQ(passing("score:0.15..0.6"), (Ids{1, 3, 4}));
  EXPECT_EQ(passing("percentile>=70"), (Ids{0, 3}));
  EXPECT_EQ(passing("identity:ANN"), (Ids{0, 1, 2}));
  EXPECT_EQ(passing("set=own"), (Ids{5}));
  EXPECT_EQ(passing("set!=own score>0.4"), (Ids{0, 3}));
  EXPECT_EQ(passing("front"), (Ids{0, 3}));
  EXPECT_EQ(passing("front -identity:anna"), (Ids{3}));
  EXPECT_EQ(passing("\"my image\""), (Ids{4}));
  EXPECT_EQ(passing("file:\"ben/my image\""), (Ids{4}));
  EXPECT_EQ(passing("role:test"), (Ids{3, 4}));
  EXPECT_EQ(passing("rival:anna"), (Ids{3, 4}));
  EXPECT_EQ(passing("media:video"), (Ids{1, 3, 5}));
  EXPECT_EQ(passing("below:yes"), (Ids{1, 2}));
  EXPECT_EQ(passing("id:4"), (Ids{4}));
  EXPECT_EQ(passing("status:scored").size(), 5U);
  EXPECT_EQ(passing(QStringLiteral("status:%1").arg(data::toString(data::ScoreStatus::SingleSample))),
            (Ids{5}));
  EXPECT_EQ(passing("nobody"), Ids{});
}

TEST(Filter, ListsNothingThatWasRemovedWithItsSet) {
  auto snapshot = people();
  snapshot->samples[5].identity = -1;  // as removeEntry() leaves it
  snapshot->samples[5].image.file.clear();
  const SampleTable left(snapshot, scores(), 0.25);
  EXPECT_EQ(filterAndSort(left, Filter(QString()), Field::Id), (Ids{0, 1, 2, 3, 4}));
}

TEST(Filter, WhatIsNotUnderstoodIsSaidAndTheRestHolds) {
  const Filter unknown("colour:red score<0.3");
  EXPECT_TRUE(unknown.error().contains("colour"));
  EXPECT_TRUE(unknown.error().contains("score"));
  EXPECT_EQ(filterAndSort(*table(), unknown, Field::Id), (Ids{1, 2}));
  EXPECT_TRUE(Filter("score<abc").error().contains("abc"));
  EXPECT_FALSE(Filter("identity<3").error().isEmpty());
  EXPECT_TRUE(Filter("score<").error().isEmpty());  // still being typed
  EXPECT_TRUE(Filter("score<0.3 identity:anna smith").error().isEmpty());
}

TEST(Filter, SortsByAnythingAndKeepsTheUnscoredLast) {
  EXPECT_EQ(filterAndSort(*table(), {}, Field::Score), (Ids{2, 1, 4, 3, 0, 5}));
  EXPECT_EQ(filterAndSort(*table(), {}, Field::Score, true), (Ids{0, 3, 4, 1, 2, 5}));
  EXPECT_EQ(filterAndSort(*table(), {}, Field::Identity, true), (Ids{5, 3, 4, 0, 1, 2}));
  EXPECT_EQ(filterAndSort(*table(), {}, Field::File), (Ids{2, 0, 1, 3, 4, 5}));
}

// Of two people in one video, whose best are not mixed.
TEST(Timeline, TheBestAreThoseOfEachIdentity) {
  const auto snapshot = people();
  for (int i = 0; i < 5; ++i) {
    data::ImageRef& image = snapshot->samples[static_cast<std::size_t>(i)].image;
    image.file = "/data/walk.mp4";
    image.moment = data::Moment{5.0 - i, 0};
  }
  const SampleTable table(snapshot, scores(), 0.25);
  Timeline timeline = timelineOf(table, {0, 1, 2, 3, 4, 5}, 0, [](int) { return true; });
  const auto marked = [&timeline] {
    Ids samples;
    for (const TimelinePoint& point : timeline.points)
      if (point.kept) samples.push_back(point.sample);
    return samples;
  };
  EXPECT_EQ(marked(), (Ids{4, 3, 2, 1, 0})) << "by time";
  markBest(timeline, table, 1);
  EXPECT_EQ(marked(), (Ids{3, 0}));
  markBest(timeline, table, 2);
  EXPECT_EQ(marked(), (Ids{4, 3, 1, 0}));
  EXPECT_EQ(bestOf(table, {5, 2, 4}, 2), (Ids{4, 2})) << "what has no score is worse than any";
}

TEST(SampleModel, ShowsEveryColumn) {
  SampleModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.set(table());
  ASSERT_EQ(model.rowCount(), 6);
  ASSERT_EQ(model.columnCount(), kSampleColumns);
  const auto text = [&](int row, Field field) {
    return model.index(row, static_cast<int>(field)).data().toString();
  };
  EXPECT_EQ(text(1, Field::Identity), "anna");
  EXPECT_EQ(text(1, Field::File), "side.jpg");
  EXPECT_EQ(text(1, Field::Score), "0.200");
  EXPECT_EQ(text(1, Field::Percentile), "30.0");
  EXPECT_EQ(text(1, Field::HardestIdentity), "ben");
  EXPECT_EQ(text(5, Field::Score), "");
  EXPECT_EQ(model.index(5, static_cast<int>(Field::Status)).data(Qt::ToolTipRole).toString(),
            data::explain(data::ScoreStatus::SingleSample));
  EXPECT_EQ(model.headerData(static_cast<int>(Field::HardestIdentity), Qt::Horizontal).toString(),
            "Most confused with");
}

TEST(SampleModel, NewScoresKeepTheRows) {
  SampleModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  const auto snapshot = people();
  model.set(std::make_shared<const SampleTable>(snapshot, nullptr));
  int resets = 0, changes = 0;
  QObject::connect(&model, &QAbstractItemModel::modelReset, &model, [&] { ++resets; });
  QObject::connect(&model, &QAbstractItemModel::dataChanged, &model, [&] { ++changes; });
  model.set(std::make_shared<const SampleTable>(snapshot, scores()));
  EXPECT_EQ(resets, 0);
  EXPECT_EQ(changes, 1);
  model.set(table());
  EXPECT_EQ(resets, 1);
}

TEST(SampleModel, RowsInAnyOrderKnowTheirSamples) {
  SampleModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.set(table(), {2, 1, 4});
  ASSERT_EQ(model.rowCount(), 3);
  EXPECT_EQ(model.index(2, static_cast<int>(Field::File)).data().toString(), "my image.jpg");
  EXPECT_EQ(model.index(0, 0).data(SampleModel::SampleRole).toInt(), 2);
  EXPECT_EQ(model.rowOf(1), 1);
  EXPECT_EQ(model.rowOf(0), -1);
  int wanted = 0;
  QObject::connect(&model, &SampleModel::sortChanged, &model, [&] { ++wanted; });
  model.sort(static_cast<int>(Field::File), Qt::DescendingOrder);
  EXPECT_EQ(wanted, 1);
  EXPECT_EQ(model.sortField(), Field::File);
  EXPECT_TRUE(model.sortDescending());
  int changed = -1;
  QObject::connect(&model, &QAbstractItemModel::dataChanged, &model,
                   [&](const QModelIndex& from, const QModelIndex&) { changed = from.row(); });
  model.thumbnailReady(4);
  EXPECT_EQ(changed, 2);
  model.thumbnailReady(0);  // not shown
  EXPECT_EQ(changed, 2);
}

TEST(SampleTable, ADegradedCopyNamesItsOriginal) {
  auto snapshot = people();
  snapshot->samples[2].parent = 0;
  snapshot->samples[2].image.degradation.kind = data::DegradationKind::DownScale;
  const auto copied = std::make_shared<const SampleTable>(snapshot, scores(), 0.25);
  EXPECT_EQ(copied->copyText(2), "downscale copy of front.jpg");
  EXPECT_EQ(copied->copyText(0), "");
  SampleModel model;
  model.set(copied);
  EXPECT_TRUE(model.index(2, static_cast<int>(Field::File))
                  .data(Qt::ToolTipRole)
                  .toString()
                  .endsWith("\ndownscale copy of front.jpg"));
}

TEST(IdentityModel, MeansAndShares) {
  IdentityModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.set(table());
  ASSERT_EQ(model.rowCount(), 3);
  const auto row = [&](int r) {
    QStringList texts;
    for (int c = 0; c < model.columnCount(); ++c) texts << model.index(r, c).data().toString();
    return texts.join('|');
  };
  EXPECT_EQ(row(0), "anna|3|0.400|67 %|train|lfw|");
  EXPECT_EQ(row(1), "ben|2|0.400|0 %|test|lfw|");
  EXPECT_EQ(row(2), "carl|1|–|–|train|own|");
  const auto names = [&] {
    QStringList names;
    for (int r = 0; r < model.rowCount(); ++r) names << model.index(r, 0).data().toString();
    return names.join('|');
  };
  model.sort(IdentityModel::BelowShare, Qt::DescendingOrder);
  EXPECT_EQ(names(), "anna|ben|carl");
  model.sort(IdentityModel::BelowShare, Qt::AscendingOrder);
  EXPECT_EQ(names(), "ben|anna|carl") << "what has no number stands last in either order";
  model.sort(IdentityModel::Name, Qt::DescendingOrder);
  EXPECT_EQ(names(), "carl|ben|anna");
  const QPersistentModelIndex ben = model.index(1, IdentityModel::Images);
  model.sort(IdentityModel::RoleColumn, Qt::AscendingOrder);
  EXPECT_EQ(names(), "ben|anna|carl") << "in the order of their numbers where the column says the same";
  EXPECT_EQ(ben.row(), 0);
  EXPECT_EQ(ben.column(), IdentityModel::Images);
  model.setText("OWN");
  EXPECT_EQ(names(), "carl");
  EXPECT_EQ(model.rowOf(0), -1);
  EXPECT_EQ(model.rowOf(2), 0);
  model.setText("nobody");
  EXPECT_EQ(model.rowCount(), 0);
  model.setText(" ");
  EXPECT_EQ(names(), "ben|anna|carl");
}

TEST(IdentityModel, DegradedCopiesAreCountedApart) {
  auto snapshot = people();
  snapshot->samples[2].parent = 0;
  IdentityModel model;
  model.set(std::make_shared<const SampleTable>(snapshot, scores(), 0.25));
  EXPECT_EQ(model.index(0, IdentityModel::Images).data().toString(), "2");
  EXPECT_EQ(model.index(0, IdentityModel::MeanScore).data().toString(), "0.550");
  EXPECT_EQ(model.index(0, IdentityModel::BelowShare).data().toString(), "50 %");
  EXPECT_EQ(model.index(0, IdentityModel::Images).data(Qt::ToolTipRole).toString(),
            "Degraded copies, which are not counted: 1");
  EXPECT_FALSE(model.index(1, IdentityModel::Images).data(Qt::ToolTipRole).isValid());
}

TEST(IdentityModel, MergedNamesAreCountedWithTheOther) {
  auto snapshot = people();
  snapshot->identities[2].mergedInto = 0;
  snapshot->samplesOfIdentity[0].push_back(5);
  snapshot->samplesOfIdentity[2].clear();
  snapshot->identities[1].excluded = true;
  IdentityModel model;
  model.set(std::make_shared<const SampleTable>(snapshot, scores(), 0.25));
  ASSERT_EQ(model.rowCount(), 2);
  EXPECT_EQ(model.index(0, IdentityModel::Images).data().toString(), "4");
  EXPECT_EQ(model.index(0, IdentityModel::State).data().toString(), "merged");
  EXPECT_EQ(model.index(1, IdentityModel::State).data().toString(), "excluded");
  EXPECT_EQ(model.rowOf(2), -1);
}

TEST(Duplicates, OnlyWhatIsStillOpenNearestFirst) {
  auto snapshot = people();
  snapshot->who = analysis::whoIs(snapshot->samples, snapshot->identities);
  const std::string json =
      R"([{"a":"anna","b":"ben","cosine":0.8},{"a":"carl","a_set":"own","b":"anna","b_set":"lfw","cosine":0.9},{"a":"anna","b":"zoe","cosine":0.99}])";
  const auto open = openDuplicates(json, *snapshot, {});
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].fromName, "carl");  // fewer images go into more
  EXPECT_EQ(open[0].intoName, "anna");
  EXPECT_DOUBLE_EQ(open[0].cosine, 0.9);
  EXPECT_EQ(open[1].fromName, "ben");
  EXPECT_EQ(openDuplicates(json, *snapshot, {{{0, 1}, project::PairVerdict::Different}}).size(), 1U);
  snapshot->identities[2].excluded = true;
  EXPECT_EQ(openDuplicates(json, *snapshot, {}).size(), 1U);
  EXPECT_TRUE(openDuplicates("not json", *snapshot, {}).empty());
  EXPECT_TRUE(openDuplicates("", *snapshot, {}).empty());
  snapshot->identities[1].name = "anna";
  snapshot->identities[1].set = "own";
  EXPECT_EQ(jobName(*snapshot, 1), "own/anna");
}

TEST(GalleryGroups, ByIdentityByTemplateAndChosenOnly) {
  GalleryRequest request;
  request.table = table();
  request.sort = Field::Score;
  auto groups = galleryGroups(request);
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].title, "anna");
  EXPECT_EQ(groups[0].samples, (Ids{2, 1, 0}));
  EXPECT_EQ(groups[0].note, "3 images · mean 0.40");
  request.identities = {1};
  groups = galleryGroups(request);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].samples, (Ids{4, 3}));
  request.identities.clear();
  request.grouping = Grouping::Template;
  auto protocol = std::make_shared<data::Protocol>();
  protocol->templates = {{"t1", 0, {0, 2}}, {"t2", 1, {3}}, {"t3", 2, {99}}};
  request.protocol = protocol;
  groups = galleryGroups(request);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].samples, (Ids{2, 0}));
  request.grouping = Grouping::None;
  request.filter = Filter("score<0.4");
  groups = galleryGroups(request);
  ASSERT_EQ(groups.size(), 1U);
  EXPECT_EQ(groups[0].samples, (Ids{2, 1, 4}));
}

TEST(ScoreOverview, DistributionsAndExtremes) {
  const ScoreOverview overview = scoreOverview(*table(), 2);
  EXPECT_EQ(overview.worst, (Ids{2, 1}));
  EXPECT_EQ(overview.best, (Ids{0, 3}));
  EXPECT_EQ(overview.scored, 5);
  ASSERT_EQ(overview.unscored.size(), 1U);
  EXPECT_EQ(overview.unscored[0].second, 1);
  ASSERT_EQ(overview.distributions.size(), 2U);  // train and test
  EXPECT_EQ(overview.distributions[0].scores.size(), 3U);
  EXPECT_EQ(scoreOverview(*table(), 50).worst.size(), 5U);
}

TEST(HeatRows, TemplatesWithWhatDropsTheirImages) {
  auto protocol = std::make_shared<data::Protocol>();
  protocol->templates = {{"t1", 0, {0, 2, 1}}, {"t2", 1, {3, 4}}, {"t3", 2, {5}}};
  HeatRequest request{.table = table(), .colours = nullptr, .protocol = protocol};
  auto rows = heatRows(request);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].samples, (Ids{2, 1, 0}));
  EXPECT_EQ(rows[0].leaving, (std::vector<float>{0.1F, 0.2F, HUGE_VALF})) << "its best one never leaves";
  EXPECT_TRUE(std::isnan(rows[2].mean));
  addMatches(rows, HeatRowsOf::Templates, nullptr, {}, 0.15);
  EXPECT_DOUBLE_EQ(rows[0].kept, 2.0 / 3);
  EXPECT_EQ(rows[2].kept, 1) << "of nobody's score nothing is dropped";
  sortRows(rows, RowSort::Mean, false);
  EXPECT_EQ(rows[0].name, "t1");
  EXPECT_EQ(rows[2].name, "t3") << "without a score, last";
  sortRows(rows, RowSort::Mean, true);
  EXPECT_EQ(rows[0].name, "t2");
  EXPECT_EQ(rows[2].name, "t3");
  request.order = CellOrder::AsTheyAre;
  EXPECT_EQ(heatRows(request)[0].samples, (Ids{0, 2, 1}));
  request.rows = HeatRowsOf::Identities;
  rows = heatRows(request);
  ASSERT_EQ(rows.size(), 2U) << "carl has no score";
  EXPECT_EQ(rows[1].name, "ben");
}

TEST(Neighbours, NearestFirstWithoutTheUnusable) {
  data::Matrix features(5, 2);
  const std::vector<std::vector<float>> rows = {{1, 0}, {1, 0.1F}, {0, 1}, {std::nanf(""), 1}, {0, 0}};
  for (int r = 0; r < 5; ++r)
    std::copy(rows[static_cast<std::size_t>(r)].begin(), rows[static_cast<std::size_t>(r)].end(),
              features.row(r).begin());
  const auto found = nearestOf(features.view(), 0, {0, 1, 2, 3, 4}, 10);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].sample, 1);
  EXPECT_NEAR(found[0].cosine, 1 / std::sqrt(1.01), 1e-6);
  EXPECT_EQ(found[1].sample, 2);
  EXPECT_TRUE(nearestOf(features.view(), 3, {0, 1}, 3).empty());
}

class InspectionTest : public ::testing::Test {
 protected:
  // Asked about a sample; `rows` of the six samples have features.
  Inspection inspected(int sample, int rows = 6) {
    const float all[6][2] = {{1, 0}, {1, 0.1F}, {0.5F, 1}, {0, 1}, {0.1F, 1}, {1, 1}};
    data::Matrix features(rows, 2);
    for (int r = 0; r < rows; ++r) std::copy(all[r], all[r] + 2, features.row(r).begin());
    request_.features = folder_.filePath("features.npy").toStdString();
    data::saveNpy(request_.features, features.view());
    snapshot_->who = analysis::whoIs(snapshot_->samples, snapshot_->identities);
    request_.table = std::make_shared<const SampleTable>(snapshot_, scores(), 0.25);
    request_.sample = sample;
    auto protocol = std::make_shared<data::Protocol>();  // imported: its names are not Discern's
    protocol->templates = {{"t1", 0, {0, 1, 2}}, {"t2", 1, {3, 4}}};
    protocol->pairs.push_back({0, 1, false, -1});
    request_.protocol = protocol;
    Inspection result = inspect(request_, 3);
    EXPECT_EQ(result.problem, "");
    EXPECT_EQ(result.whatIf.problem, "");
    return result;
  }

  QTemporaryDir folder_;
  std::shared_ptr<Snapshot> snapshot_ = people();
  InspectionRequest request_;
};

TEST_F(InspectionTest, TheTemplateIsTodays) {
  EXPECT_EQ(inspected(0).whatIf.templateSize, 3);
  snapshot_->samples[2].movedTo = 1;  // it is of ben, says a person
  snapshot_->samplesOfIdentity = {{0, 1}, {3, 4, 2}, {5}};
  const Inspection stays = inspected(0);
  EXPECT_EQ(stays.templateName, "t1");
  EXPECT_EQ(stays.whatIf.templateSize, 2);
  EXPECT_EQ(stays.whatIf.rivalSize, 3);
  const Inspection moved = inspected(2);
  EXPECT_EQ(moved.templateName, "") << "it is in no template of his";
  EXPECT_EQ(moved.whatIf.templateSize + moved.whatIf.referenceSize, 3);
}

TEST_F(InspectionTest, AnImageThatIsLeftOutIsTriedInItsTemplateAndInNoOther) {
  for (const auto from : {project::LeftOut::Templates, project::LeftOut::Everything}) {
    snapshot_->samples[1].leftOut = from;
    const Inspection other = inspected(0);
    EXPECT_EQ(other.templateName, "t1");
    EXPECT_EQ(other.whatIf.templateSize, 2);
    const Inspection itself = inspected(1);
    EXPECT_EQ(itself.templateName, "t1");
    EXPECT_EQ(itself.whatIf.templateSize, 3);
  }
}

// A score table has one score for each sample of the project, whatever has features.
TEST_F(InspectionTest, ImagesThatCameAfterTheFeaturesTakeNoScoreFromTheOthers) {
  request_.point.weights = "head";
  for (const int rows : {6, 5}) {
    const auto unweighed = inspected(0, rows).whatIf;
    ASSERT_FALSE(unweighed.rows.empty());
    EXPECT_EQ(unweighed.rows.front().aggregation, "ddl rescale=auto") << rows;
  }
  request_.weights = scores();
  for (const int rows : {6, 5}) {
    const auto weighed = inspected(0, rows).whatIf;
    ASSERT_FALSE(weighed.rows.empty());
    EXPECT_EQ(weighed.rows.front().aggregation, "ddl weights=head") << rows;
  }
}

TEST(Comparison, RanksTheSampleInATable) {
  const Comparison first = compareIn(*scores(), 0);
  EXPECT_NEAR(first.percentile, 90, 1e-9);
  EXPECT_NEAR(first.raw, 1.8, 1e-6);
  EXPECT_TRUE(std::isnan(compareIn(*scores(), 5).score));
  EXPECT_TRUE(std::isnan(compareIn(*scores(), 600).percentile));
}

}  // namespace
}  // namespace discern::ui
