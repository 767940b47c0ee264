// The heat map of templates and the Template page, driven by clicks and keys, against brute force.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/analysis/kept.h"
#include "core/analysis/only_kept.h"
#include "core/data/npy.h"
#include "tests/ui/pages.h"
#include "ui/charts/colours.h"
#include "ui/charts/heatmap_chart.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/score_strip.h"
#include "ui/models/images/heat_rows.h"
#include "ui/models/images/template_images.h"
#include "ui/models/live/template_source.h"
#include "ui/models/project/shown_images.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/data_page.h"
#include "ui/pages/scores_page.h"
#include "ui/pages/template_page.h"
#include "ui/pages/threshold_page.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/gallery_view.h"
#include "ui/window/context_bar.h"

namespace discern::ui {
namespace {

using testing::child;
using testing::kWait;

class TemplatePagesTest : public testing::PagesTest {
 protected:
  void settle(const Page& page) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  }
  // The templates with `samples` in place of those of template `t`, compared by the operating point.
  struct Compared {
    std::vector<float> worstGenuine, bestImpostor;
    std::vector<int> rank;
  };
  Compared bruteForce(int t = -1, const std::vector<int>& samples = {}) {
    const auto protocol = *session_.protocol();
    const data::MappedNpy features = session_.project().features("demo");
    auto groups = analysis::groupsOf(protocol);
    aggregation::Options how;
    how.threshold = session_.threshold();
    how.rescale = session_.point().rescale;
    const data::Matrix rows = aggregation::aggregate(features.view(), groups, session_.scores()->score, how);
    data::Matrix own = rows;
    if (t >= 0) {
      groups[static_cast<std::size_t>(t)] = samples;
      own = aggregation::aggregate(features.view(), groups, session_.scores()->score, how);
    }
    const auto like = [&](int a, int b) {
      return static_cast<float>(
          data::dot(a == t ? own.row(a) : rows.row(a), b == t ? own.row(b) : rows.row(b)));
    };
    const auto n = protocol.templates.size();
    Compared all{std::vector<float>(n, 2), std::vector<float>(n, -2), std::vector<int>(n, 1)};
    for (const auto& pair : protocol.pairs)
      for (const int one : {pair.a, pair.b}) {
        const auto i = static_cast<std::size_t>(one);
        const float value = like(pair.a, pair.b);
        if (pair.genuine)
          all.worstGenuine[i] = std::min(all.worstGenuine[i], value);
        else
          all.bestImpostor[i] = std::max(all.bestImpostor[i], value);
      }
    for (int a = 0; a < int(n); ++a) {
      const auto isOwn = [&](int b) {
        return protocol.templates[std::size_t(a)].identity == protocol.templates[std::size_t(b)].identity;
      };
      float nearest = -2;
      for (int b = 0; b < int(n); ++b)
        if (b != a && isOwn(b)) nearest = std::max(nearest, like(a, b));
      for (int b = 0; b < int(n); ++b) all.rank[std::size_t(a)] += !isOwn(b) && like(a, b) >= nearest;
    }
    return all;
  }
  static std::vector<double> column(const HeatmapChart& chart, std::size_t which) {
    std::vector<double> values;
    for (const auto& row : chart.rows()) values.push_back(row.figures[which]);
    return values;
  }
  static void clickHeader(HeatmapChart& chart, int header) {
    QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.headerRect(header).center().toPoint());
  }
};

TEST_F(TemplatePagesTest, RowsAreTheTemplatesWithTheirMatches) {
  open();
  session_.setThreshold(0.4);
  ScoresPage page(session_);
  show(page);
  auto* chart = page.findChild<HeatmapChart*>();
  const auto protocol = session_.protocol();
  ASSERT_EQ(chart->rows().size(), protocol->templates.size());
  const Compared truth = bruteForce();
  for (const HeatmapRow& row : chart->rows()) {
    const auto t = static_cast<std::size_t>(row.key);
    EXPECT_EQ(row.name.toStdString(), protocol->templates[t].name);
    EXPECT_TRUE(std::is_sorted(row.values.begin(), row.values.end()));
    EXPECT_EQ(row.figures[0], 0.75) << "every fourth image is bad, and 0.4 parts them";
    EXPECT_EQ(static_cast<float>(row.figures[1]), truth.worstGenuine[t]);
    EXPECT_EQ(static_cast<float>(row.figures[2]), truth.bestImpostor[t]);
    EXPECT_EQ(row.figures[3], truth.rank[t]);
    for (std::size_t c = 0; c < row.ids.size(); ++c)
      EXPECT_EQ(row.values[c], session_.scores()->score[static_cast<std::size_t>(row.ids[c])]);
  }
}

TEST_F(TemplatePagesTest, AHeadSortsWorstFirstAndOnceMoreTheOtherWayRound) {
  open();
  ScoresPage page(session_);
  show(page);
  auto* chart = page.findChild<HeatmapChart*>();
  session_.setThreshold(0.55);  // some keep more than others
  settle(page);
  const std::vector<bool> lowFirst = {true, true, false, false};
  for (std::size_t which = 0; which < 4; ++which) {
    SCOPED_TRACE(which);
    for (const bool reversed : {false, true}) {
      clickHeader(*chart, static_cast<int>(which) + 1);
      auto values = column(*chart, which);
      ASSERT_EQ(values.size(), session_.protocol()->templates.size());
      if (lowFirst[which] == reversed) std::ranges::reverse(values);
      EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
      EXPECT_EQ(child<QToolButton>(page, "reversed")->isChecked(), reversed);
    }
  }
  clickHeader(*chart, 0);
  EXPECT_EQ(child<QComboBox>(page, "rowOrder")->currentText(), "Name");
  std::vector<QString> names;
  for (const auto& row : chart->rows()) names.push_back(row.name);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST_F(TemplatePagesTest, TheHatchFollowsTheThreshold) {
  open();
  ScoresPage page(session_);
  show(page);
  auto* chart = page.findChild<HeatmapChart*>();
  for (const double threshold : {0.0, 0.4, 0.8, 0.99}) {
    session_.setThreshold(threshold);
    std::vector<std::vector<int>> groups;
    for (const auto& row : chart->rows()) groups.push_back(row.ids);
    const auto kept = analysis::keptOf(groups, session_.scores()->score, threshold);
    for (std::size_t r = 0; r < groups.size(); ++r)
      for (std::size_t c = 0; c < groups[r].size(); ++c)
        EXPECT_EQ(chart->isHatched(int(r), int(c)),
                  std::ranges::find(kept[r], groups[r][c]) == kept[r].end());
  }
  // And it can be seen.
  session_.setThreshold(0.0);
  const QRect cell = chart->cellRect(0, 0).toRect();
  const auto colours = [&] {
    const QImage image = chart->grab(cell.adjusted(1, 1, -1, -1)).toImage();
    std::set<QRgb> found;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) found.insert(image.pixel(x, y));
    return found.size();
  };
  EXPECT_EQ(colours(), 1U);
  session_.setThreshold(0.9);
  EXPECT_GT(colours(), 1U);
}

TEST_F(TemplatePagesTest, CellsMayBeColouredByOtherScoresAndStandInTheirOwnOrder) {
  open();
  auto other = *session_.scores();
  other.name = "other";
  for (float& score : other.score) score = 1 - score;
  project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write).putScores(other);
  session_.reload();
  session_.setScoreTable("dscore");
  session_.setThreshold(0.4);
  ScoresPage page(session_);
  show(page);
  auto* chart = page.findChild<HeatmapChart*>();
  auto* colour = child<QComboBox>(page, "colourBy");
  colour->setCurrentIndex(colour->findText("other"));
  child<QComboBox>(page, "cellOrder")->setCurrentIndex(1);
  settle(page);
  const auto protocol = session_.protocol();
  for (std::size_t r = 0; r < chart->rows().size(); ++r) {
    const HeatmapRow& row = chart->rows()[r];
    EXPECT_EQ(row.ids, protocol->templates[static_cast<std::size_t>(row.key)].samples);
    for (std::size_t c = 0; c < row.ids.size(); ++c) {
      EXPECT_EQ(row.values[c], other.score[static_cast<std::size_t>(row.ids[c])]);
      EXPECT_EQ(chart->isHatched(int(r), int(c)), testing::isBad(row.ids[c])) << "by the operating point";
    }
  }
}

TEST_F(TemplatePagesTest, IdentitiesAreRowsToo) {
  open();
  ScoresPage page(session_);
  show(page);
  child<QComboBox>(page, "rowsOf")->setCurrentIndex(1);
  settle(page);
  auto* chart = page.findChild<HeatmapChart*>();
  ASSERT_EQ(chart->rows().size(), 12U);
  const Compared truth = bruteForce();
  const auto protocol = session_.protocol();
  for (const HeatmapRow& row : chart->rows()) {
    EXPECT_EQ(row.ids.size(), 12U);
    float worst = 2;
    for (std::size_t t = 0; t < protocol->templates.size(); ++t)
      if (protocol->templates[t].identity == row.key) worst = std::min(worst, truth.worstGenuine[t]);
    if (worst == 2)
      EXPECT_TRUE(std::isnan(row.figures[1])) << "it has no template";
    else
      EXPECT_EQ(static_cast<float>(row.figures[1]), worst);
  }
}

TEST_F(TemplatePagesTest, KeysGoFromCellToCellAndOpen) {
  open();
  ScoresPage page(session_);
  show(page);
  auto* chart = page.findChild<HeatmapChart*>();
  QSignalSpy asked(&page, &Page::pageRequested);
  using Cell = HeatmapChart::Cell;
  chart->setFocus();
  QTest::keyClick(chart, Qt::Key_Down);
  EXPECT_EQ(chart->current(), (Cell{0, 0}));
  QTest::keyClick(chart, Qt::Key_Down);
  QTest::keyClick(chart, Qt::Key_Right);
  EXPECT_EQ(chart->current(), (Cell{1, 1}));
  QTest::keyClick(chart, Qt::Key_End);
  EXPECT_EQ(chart->current(), (Cell{1, 3}));
  QTest::keyClick(chart, Qt::Key_Right);
  EXPECT_EQ(chart->current(), (Cell{1, 3})) << "the row ends here";
  QTest::keyClick(chart, Qt::Key_Home);
  EXPECT_EQ(chart->current(), (Cell{1, 0}));
  QTest::keyClick(chart, Qt::Key_End, Qt::ControlModifier);
  EXPECT_EQ(chart->current().row, int(chart->rows().size()) - 1);
  QTest::keyClick(chart, Qt::Key_PageUp);
  EXPECT_LT(chart->current().row, int(chart->rows().size()) - 1);
  QTest::keyClick(chart, Qt::Key_Home, Qt::ControlModifier);
  EXPECT_EQ(chart->current(), (Cell{0, 0}));
  QTest::keyClick(chart, Qt::Key_Space);
  EXPECT_EQ(session_.current(), chart->rows()[0].ids[0]);
  QTest::keyClick(chart, Qt::Key_Return);
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][0].toString(), "Inspector");
  QTest::keyClick(chart, Qt::Key_Left);  // onto the row itself
  EXPECT_EQ(chart->current(), (Cell{0, -1}));
  QTest::keyClick(chart, Qt::Key_Return);
  ASSERT_EQ(asked.count(), 2);
  EXPECT_EQ(asked[1][0].toString(), "Template");
  EXPECT_EQ(TemplateSource::of(session_).current(), chart->rows()[0].key);
  QTest::mouseDClick(chart, Qt::LeftButton, {}, chart->cellRect(4, -1).center().toPoint());
  ASSERT_EQ(asked.count(), 3);
  EXPECT_EQ(TemplateSource::of(session_).current(), chart->rows()[4].key);
}

TEST_F(TemplatePagesTest, ARowOfAnyLengthFitsTheWidth) {
  HeatmapChart chart("heatmap");
  HeatmapRow few{"few", {1, 2, 3}, {0.1F, 0.2F, 0.3F}}, many{"many", {}, {}};
  for (int i = 0; i < 3000; ++i) {
    many.ids.push_back(i);
    many.values.push_back(i < 1500 ? 0.0F : 1.0F);
    many.leaving.push_back(i < 1500 ? 0.0F : 1.0F);
  }
  chart.setRows({few, many});
  chart.setThreshold(-1);
  chart.resize(600, 300);
  const QImage image = chart.grab().toImage();
  EXPECT_EQ(chart.cellRect(0, 0).width(), 21);
  EXPECT_LT(chart.cellRect(1, 2999).right(), 600);
  EXPECT_EQ(image.pixelColor(chart.cellRect(1, 300).center().toPoint()), mapColour(0));
  EXPECT_EQ(image.pixelColor(chart.cellRect(1, 2700).center().toPoint()), mapColour(1));
  EXPECT_EQ(chart.cellAt(chart.cellRect(1, 2700).center()).column, 2700);
  chart.setThreshold(0.5);
  EXPECT_TRUE(chart.isHatched(1, 300));
  EXPECT_FALSE(chart.isHatched(1, 2700));
}

// --- the page of one template

TEST_F(TemplatePagesTest, WithoutAProtocolItIsOffered) {
  testing::PlantedOptions options;
  options.protocol = false;
  open(options);
  TemplatePage page(session_);
  show(page);
  QSignalSpy job(&page, &Page::jobRequested);
  QTest::mouseClick(page.findChild<EmptyState*>()->button(), Qt::LeftButton);
  ASSERT_EQ(job.count(), 1);
  EXPECT_EQ(job[0][0].toString(), "protocol");
}

TEST_F(TemplatePagesTest, FeaturesOfKeptImagesAloneAreRefusedWithWhatToDo) {
  open();
  {
    auto project = project::Project::open(session_.folder().toStdString(), project::Project::Mode::Write);
    analysis::putOnlyKept(project, "demo", analysis::OnlyKept{"dscore", 0.4, 3});
  }
  TemplatePage one(session_);
  ThresholdPage threshold(session_);
  const auto says = [](const QWidget& page) {
    QString all;
    for (const auto* label : page.findChild<EmptyState*>()->findChildren<QLabel*>()) all += label->text();
    return all;
  };
  for (Page* page : {static_cast<Page*>(&one), static_cast<Page*>(&threshold)}) {
    show(*page);
    EXPECT_TRUE(page->findChild<EmptyState*>()->isVisible());
    EXPECT_TRUE(says(*page).contains("hold only the images that scores 'dscore' keep above 0.4"))
        << says(*page).toStdString();
    EXPECT_TRUE(says(*page).contains("extract features of all")) << says(*page).toStdString();
  }
}

TEST_F(TemplatePagesTest, ASwitchChangesTheNumbersToWhatBruteForceSays) {
  open();
  session_.setThreshold(0.2);  // some bad ones stay
  TemplatePage page(session_);
  show(page);
  const int t = page.shownTemplate();
  const Compared all = bruteForce();
  EXPECT_EQ(all.worstGenuine[std::size_t(t)], *std::ranges::min_element(all.worstGenuine))
      << "the worst one is shown first";
  auto* images = child<QTableView>(page, "templateImages");
  auto* match = child<QTableWidget>(page, "templateMatch");
  const auto samples = session_.protocol()->templates[std::size_t(t)].samples;
  ASSERT_EQ(images->model()->rowCount(), int(samples.size()));
  const auto number = [](float value) { return QString::number(value, 'f', 3); };
  EXPECT_TRUE(match->item(0, 1)->text().startsWith(number(all.worstGenuine[std::size_t(t)])));
  // A click into the box of the last row, which has the highest score.
  const QModelIndex at = images->model()->index(images->model()->rowCount() - 1, 0);
  const int off = at.data(TemplateImages::SampleRole).toInt();
  const QRect box = images->visualRect(at);
  images->scrollTo(at);
  QTest::mouseClick(images->viewport(), Qt::LeftButton, {},
                    QPoint(images->visualRect(at).left() + 10, images->visualRect(at).center().y()));
  settle(page);
  if (page.switchedOff().empty()) {  // where the style has its box does not matter
    images->model()->setData(at, Qt::Unchecked, Qt::CheckStateRole);
    settle(page);
  }
  EXPECT_TRUE(box.isValid());
  EXPECT_EQ(page.switchedOff(), (std::vector<int>{off}));
  std::vector<int> left = samples;
  std::erase(left, off);
  const Compared truth = bruteForce(t, left);
  EXPECT_TRUE(match->item(0, 1)->text().startsWith(number(truth.worstGenuine[std::size_t(t)])))
      << match->item(0, 1)->text().toStdString();
  EXPECT_TRUE(match->item(0, 2)->text().startsWith(number(truth.bestImpostor[std::size_t(t)])));
  EXPECT_TRUE(match->item(0, 3)->text().startsWith(QString::number(truth.rank[std::size_t(t)])));
  EXPECT_TRUE(child<QLabel>(page, "verdict")->text().contains(number(truth.worstGenuine[std::size_t(t)])));
  auto* strip = page.findChild<ScoreStrip*>();
  for (const auto& image : strip->images()) EXPECT_EQ(image.on, image.id != off);
  QTest::mouseClick(child<QPushButton>(page, "allOn"), Qt::LeftButton);
  settle(page);
  EXPECT_TRUE(page.switchedOff().empty());
  EXPECT_EQ(match->item(0, 1)->text(), number(all.worstGenuine[std::size_t(t)]));
  EXPECT_FALSE(child<QPushButton>(page, "allOn")->isEnabled());
}

TEST_F(TemplatePagesTest, TheWeightsOfEachAggregationAddUp) {
  open();
  session_.setThreshold(0.4);
  TemplatePage page(session_);
  show(page);
  auto* model = child<QTableView>(page, "templateImages")->model();
  ASSERT_GT(model->columnCount(), TemplateImages::FirstWeight + 5);
  for (int column = TemplateImages::FirstWeight; column < model->columnCount(); ++column) {
    double sum = 0;
    for (int row = 0; row < model->rowCount(); ++row) {
      const double weight = model->index(row, column).data(TemplateImages::SortRole).toDouble();
      sum += weight;
      const int sample = model->index(row, column).data(TemplateImages::SampleRole).toInt();
      if (model->headerData(column, Qt::Horizontal).toString().startsWith("ddl")) {
        EXPECT_TRUE(!testing::isBad(sample) || weight == 0) << "it is dropped";
      }
    }
    EXPECT_NEAR(sum, 1, 1e-9) << model->headerData(column, Qt::Horizontal).toString().toStdString();
  }
  for (int row = 0; row < model->rowCount(); ++row) {
    const int sample = model->index(row, 0).data(TemplateImages::SampleRole).toInt();
    EXPECT_EQ(model->index(row, TemplateImages::AtPoint).data().toString(),
              testing::isBad(sample) ? "dropped" : "kept");
  }
}

TEST_F(TemplatePagesTest, GoesFromTheWorstOnAndFindsByName) {
  open();
  TemplatePage page(session_);
  show(page);
  const Compared all = bruteForce();
  std::vector<int> order(all.worstGenuine.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = int(i);
  std::ranges::stable_sort(order, {}, [&](int t) { return all.worstGenuine[std::size_t(t)]; });
  EXPECT_EQ(page.shownTemplate(), order[0]);
  EXPECT_FALSE(child<QToolButton>(page, "previousWorst")->isEnabled());
  QTest::mouseClick(child<QToolButton>(page, "nextWorst"), Qt::LeftButton);
  settle(page);
  EXPECT_EQ(page.shownTemplate(), order[1]);
  auto* names = child<QComboBox>(page, "templateName");
  EXPECT_EQ(names->currentText().toStdString(), session_.protocol()->templates[std::size_t(order[1])].name);
  names->setFocus();
  QTest::keyClick(names, Qt::Key_Down);
  settle(page);
  EXPECT_EQ(page.shownTemplate(), order[1] + 1 < int(order.size()) ? order[1] + 1 : order[1]);
}

TEST_F(TemplatePagesTest, APictureInTheStripIsChosenAndOpened) {
  testing::PlantedOptions options;
  options.pictures = true;
  open(options);
  TemplatePage page(session_);
  show(page);
  auto* strip = page.findChild<ScoreStrip*>();
  ASSERT_FALSE(strip->images().empty());
  const int sample = strip->images()[1].id;
  QTest::mouseClick(strip, Qt::LeftButton, {}, strip->pictureRect(sample).center().toPoint());
  EXPECT_EQ(session_.current(), sample);
  EXPECT_EQ(page.selectedSamples(), (std::vector<int>{sample}));
  QSignalSpy asked(&page, &Page::pageRequested);
  QTest::mouseDClick(strip, Qt::LeftButton, {}, strip->pictureRect(sample).center().toPoint());
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][0].toString(), "Inspector");
  // On the axis where its score is, and none on another.
  for (const auto& image : strip->images())
    for (const auto& other : strip->images()) {
      const QRectF a = strip->pictureRect(image.id), b = strip->pictureRect(other.id);
      if (image.score < other.score) {
        EXPECT_LT(a.center().x(), b.center().x());
      }
      EXPECT_TRUE(image.id == other.id || !a.intersects(b));
    }
}

// --- originals, degraded copies, or both

TEST_F(TemplatePagesTest, TheSwitchOfTheWindowChangesEveryPageAndIsKept) {
  const std::string folder = folder_.filePath("p.discern").toStdString();
  testing::makePlantedProject(folder);
  {
    auto project = project::Project::open(folder, project::Project::Mode::Write);
    std::vector<project::SampleRow> copies;
    for (auto row : project.samples()) {
      if (row.id % 3 != 0) continue;
      row.parent = row.id;
      row.image.degradation = {data::DegradationKind::Noise, 0.5F, 1};
      copies.push_back(row);
    }
    project.addCopies(copies);
    const auto n = static_cast<std::size_t>(project.sampleCount());
    const data::Matrix old = data::loadNpy(project.featureFile("demo"));
    data::Matrix features(static_cast<std::int64_t>(n), old.cols);
    for (std::size_t s = 0; s < n; ++s)
      std::ranges::copy(old.row(static_cast<std::int64_t>(s % 144)),
                        features.row(static_cast<std::int64_t>(s)).begin());
    data::saveNpy(project.featureFile("demo"), features.view());
    auto scores = project.scores("dscore");
    scores.resize(n);
    for (std::size_t s = 144; s < n; ++s)
      scores.score[s] = 0.3F, scores.status[s] = data::ScoreStatus::Scored;
    project.putScores(scores);
    auto protocol = project.protocol("templates");
    for (std::size_t t = 0; t < protocol.templates.size(); ++t)
      protocol.templates[t].samples.push_back(144 + static_cast<int>(t));
    project.putProtocol(protocol);
  }
  session_.open(QString::fromStdString(folder));
  ContextBar bar(session_, {});
  auto* shownCombo = child<QComboBox>(bar, "shownImages");
  ASSERT_EQ(shownCombo->count(), 3);
  DataPage data(session_);
  ScoresPage scores(session_);
  TemplatePage one(session_);
  ThresholdPage threshold(session_);
  for (Page* page : std::initializer_list<Page*>{&data, &scores, &one, &threshold}) show(*page);
  auto* heatmap = scores.findChild<HeatmapChart*>();
  auto* images = child<QTableView>(one, "templateImages");
  const int all = int(session_.snapshot()->samples.size()), copies = all - 144;
  const auto cellsOf = [&] {
    std::size_t cells = 0;
    for (const auto& row : heatmap->rows()) cells += row.ids.size();
    return cells;
  };
  const auto counted = [](const HistogramChart& chart) {
    double sum = 0;
    for (const auto& counts : chart.counts())
      for (const double count : counts) sum += count;
    return sum;
  };
  const auto figures = [&] {
    for (const auto& row : heatmap->rows())
      if (row.key == 0) return row.figures;
    return std::vector<double>();
  };
  const auto before = figures();
  const int templates = int(session_.protocol()->templates.size());
  for (const Shown which : {Shown::Copies, Shown::Originals, Shown::Both}) {
    SCOPED_TRACE(int(which));
    shownCombo->setFocus();
    shownCombo->setCurrentIndex(int(which));
    emit shownCombo->activated(int(which));
    for (Page* page : std::initializer_list<Page*>{&data, &scores, &one, &threshold}) settle(*page);
    const bool originals = which != Shown::Copies, degraded = which != Shown::Originals;
    EXPECT_EQ(data.findChild<GalleryView*>()->itemCount(), originals * 144 + degraded * copies);
    EXPECT_EQ(cellsOf(), std::size_t(templates * (4 * originals + degraded)));
    EXPECT_EQ(images->model()->rowCount(), 4 * originals + degraded);
    EXPECT_EQ(one.findChild<ScoreStrip*>()->images().size(), std::size_t(4 * originals + degraded));
    EXPECT_EQ(counted(*scores.findChild<HistogramChart*>()), originals * 144 + degraded * copies);
    EXPECT_EQ(counted(*threshold.findChild<HistogramChart*>()), templates * (4 * originals + degraded));
    const auto now = figures();
    for (std::size_t i = 0; i < now.size(); ++i) EXPECT_EQ(now[i], before[i]) << "what is compared stays";
    Session again;
    again.open(session_.folder());
    EXPECT_EQ(ShownImages::of(again).now(), which);
  }
}

}  // namespace
}  // namespace discern::ui
