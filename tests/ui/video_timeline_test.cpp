// The scores along a video and its frames, driven by clicks and keys, on videos whose frames say which they
// are.
#include "ui/widgets/video_timeline.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyleOptionComboBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "core/data/npy.h"
#include "tests/core/imaging/videos.h"
#include "tests/ui/pages.h"
#include "tests/ui/small_project.h"
#include "ui/charts/timeline_chart.h"
#include "ui/models/images/template_images.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/inspector_page.h"
#include "ui/pages/template_page.h"
#include "ui/window/input_habits.h"

namespace discern::ui {
namespace {

using testing::activate;
using testing::child;
using testing::kWait;

int numberIn(const QImage& frame) {
  int number = 0;
  for (int bit = 0; bit < imaging::kNumberBits; ++bit)
    if (qGray(frame.pixel((2 * bit + 1) * frame.width() / (2 * imaging::kNumberBits), frame.height() / 2)) >
        127)
      number |= 1 << bit;
  return number;
}

// Two people with two videos of four seconds each, two samples a second. Sample s of a video scores 0.9, 0.2,
// 0.8, 0.3 and so on: each second one is dropped at 0.5.
class VideoTimelineTest : public ::testing::Test {
 protected:
  static constexpr int kSamples = 8;

  VideoTimelineTest() {
    InputHabits::install();  // the page's arrows step through people, but not in a field
    const std::string path = folder_.filePath("videos.discern").toStdString();
    auto project = project::Project::create(path);
    data::Dataset set;
    set.name = "videos";
    set.identities = {"anna", "ben"};
    data::Protocol protocol{"videos", {}, {}, 0};
    for (int video = 0; video < 4; ++video) {
      const auto file = folder_.filePath(QStringLiteral("v%1.mp4").arg(video)).toStdString();
      imaging::writeNumbered(file, 100, 25, "mp4v", 10 * video);
      data::Template one{"v" + std::to_string(video), video / 2, {}};
      for (int s = 0; s < kSamples; ++s) {
        data::Sample sample;
        sample.identity = video / 2;
        sample.image.file = file;
        sample.image.moment = data::Moment{s / 2.0, 0};
        one.samples.push_back(static_cast<int>(set.samples.size()));
        set.samples.push_back(sample);
      }
      protocol.templates.push_back(one);
    }
    for (int a = 0; a < 4; ++a)
      for (int b = a + 1; b < 4; ++b) protocol.pairs.push_back({a, b, a / 2 == b / 2, -1});
    set.protocols.push_back(protocol);
    project.addDataset(set, project::Role::Test);
    const auto count = static_cast<int>(set.samples.size());
    data::Matrix features(count, 3);
    for (int s = 0; s < count; ++s) {
      features.row(s)[static_cast<std::size_t>(s / (2 * kSamples))] = 1;
      features.row(s)[2] = 0.1F * static_cast<float>(s % 3);
    }
    data::saveNpy(project.featureFile("planted"), features.view());
    project::FeatureTableRow row;
    row.name = "planted";
    row.model = "demo";
    row.recipe = "{}";
    row.dims = 3;
    project.putFeatureTable(row);
    data::ScoreTable scores;
    scores.name = scores.method = "dscore";
    scores.featureTable = "planted";
    scores.resize(static_cast<std::size_t>(count));
    for (std::size_t s = 0; s < scores.score.size(); ++s) {
      scores.status[s] = data::ScoreStatus::Scored;
      scores.score[s] = scoreOf(static_cast<int>(s));
    }
    project.putScores(scores);
    session_.open(QString::fromStdString(path));
    session_.setThreshold(0.5);
  }

  static float scoreOf(int sample) {
    return sample % 2 == 0 ? 0.9F - 0.05F * static_cast<float>(sample % kSamples)
                           : 0.2F + 0.02F * static_cast<float>(sample % kSamples);
  }
  static void settle(const Page& page) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  }
  static void show(Page& page) {
    page.resize(1100, 760);
    page.show();
    activate(page);
    settle(page);
  }
  // Where the chart has that time and score.
  static QPoint at(TimelineChart& chart, double time, double score) {
    const PlotFrame frame = chart.frame();
    return QPointF(frame.pixelX(time), frame.pixelY(score)).toPoint();
  }
  static void waitForFrame(const VideoTimeline& timeline, int number) {
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return !timeline.frame().isNull() && numberIn(timeline.frame()) == number; }, kWait))
        << number << " was awaited";
  }

  // By the arrow keys: the K best are marked from then on.
  static void markTopK(Page& page) {
    auto* marks = child<QComboBox>(page, "timelineMarks");
    marks->setFocus();
    QTest::keyClick(marks, Qt::Key_Down);
  }
  // Of the timeline's points, by their places.
  static std::vector<int> marked(const VideoTimeline& timeline) {
    std::vector<int> places;
    const auto& points = timeline.timeline().points;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (points[i].kept) places.push_back(static_cast<int>(i));
    return places;
  }

  QTemporaryDir folder_;
  Session session_;
};
using Places = std::vector<int>;

TEST_F(VideoTimelineTest, TheInspectorShowsTheScoresAlongTheVideo) {
  InspectorPage page(session_);
  session_.select({10}, 10);
  show(page);
  auto* timeline = page.findChild<VideoTimeline*>();
  ASSERT_TRUE(timeline->isVisible());
  ASSERT_EQ(timeline->timeline().points.size(), std::size_t{kSamples});
  for (int s = 0; s < kSamples; ++s) {
    const TimelinePoint& point = timeline->timeline().points[static_cast<std::size_t>(s)];
    EXPECT_EQ(point.sample, kSamples + s);
    EXPECT_EQ(point.time, s / 2.0);
    EXPECT_FLOAT_EQ(static_cast<float>(point.score), scoreOf(kSamples + s));
    EXPECT_EQ(point.kept, s % 2 == 0);
  }
  const auto& series = timeline->chart().series();
  ASSERT_EQ(series.size(), 2);
  EXPECT_EQ(series[0].name, "kept");
  EXPECT_EQ(series[0].points.size(), 4);
  EXPECT_EQ(series[1].name, "dropped");
  EXPECT_NEAR(timeline->chart().xAxis().high.value(), 4, 0.01) << "the video's own length";
  waitForFrame(*timeline, 10 + 25);  // sample 10 is the third of the second video
  session_.setThreshold(0.99);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !timeline->timeline().points[2].kept; }, kWait));
  EXPECT_EQ(marked(*timeline), (Places{0})) << "a template keeps its best one";
  EXPECT_EQ(timeline->chart().series()[0].points.size(), 1);
}

TEST_F(VideoTimelineTest, TheMouseShowsTheFrameUnderItAndAClickGoesToTheSample) {
  InspectorPage page(session_);
  session_.select({0}, 0);
  show(page);
  auto* timeline = page.findChild<VideoTimeline*>();
  TimelineChart& chart = timeline->chart();
  waitForFrame(*timeline, 0);
  QTest::mouseMove(&chart, at(chart, 2.5, 0.1));
  QTest::mouseMove(&chart, at(chart, 3.21, 0.1));
  ASSERT_TRUE(QTest::qWaitFor([&] { return timeline->frameTime() > 3; }, kWait));
  EXPECT_EQ(numberIn(timeline->frame()), static_cast<int>(timeline->frameTime() * 25 + 0.025));
  EXPECT_EQ(session_.current(), 0) << "nothing is chosen by that";
  const QPoint outside(2, 2);
  QTest::mouseMove(&chart, outside);
  waitForFrame(*timeline, 0);
  QTest::mouseClick(&chart, Qt::LeftButton, {}, at(chart, 1.9, 0.7));
  EXPECT_EQ(session_.current(), 4) << "the nearest sample is that at 2 s";
  QTest::mouseMove(&chart, outside);
  waitForFrame(*timeline, 50);
  EXPECT_EQ(timeline->time(), 2);
  EXPECT_TRUE(child<QLabel>(page, "videoPlace")->text().contains("0:02.00")) << "of what is looked at";
  settle(page);
  EXPECT_EQ(page.sample(), 4);
}

TEST_F(VideoTimelineTest, StepsByFramesAndSamplesWithButtonsAndKeys) {
  InspectorPage page(session_);
  session_.select({2}, 2);
  show(page);
  auto* timeline = page.findChild<VideoTimeline*>();
  waitForFrame(*timeline, 25);
  const auto press = [&](const char* name) {
    QTest::mouseClick(child<QToolButton>(page, name), Qt::LeftButton);
  };
  press("frameOn");
  waitForFrame(*timeline, 26);
  press("frameOn");
  waitForFrame(*timeline, 27);
  press("frameBack");
  waitForFrame(*timeline, 26);
  EXPECT_EQ(session_.current(), 2) << "between samples none is chosen";
  press("nextInVideo");
  EXPECT_EQ(session_.current(), 3);
  waitForFrame(*timeline, 37);
  press("previousInVideo");
  EXPECT_EQ(session_.current(), 2);
  waitForFrame(*timeline, 25);
  settle(page);
  QTest::keyClick(&page, Qt::Key_Period);
  waitForFrame(*timeline, 26);
  QTest::keyClick(&page, Qt::Key_Comma);
  waitForFrame(*timeline, 25);
  QTest::keyClick(&page, Qt::Key_BracketRight);
  EXPECT_EQ(session_.current(), 3);
  for (int i = 0; i < 10; ++i) QTest::keyClick(&page, Qt::Key_BracketRight);
  EXPECT_EQ(session_.current(), 7) << "the last one, and not the next video's";
}

TEST_F(VideoTimelineTest, PlaysToTheEndAndPauses) {
  InspectorPage page(session_);
  session_.select({0}, 0);
  show(page);
  auto* timeline = page.findChild<VideoTimeline*>();
  waitForFrame(*timeline, 0);
  QTest::keyClick(&page, Qt::Key_P);
  EXPECT_TRUE(timeline->isPlaying());
  ASSERT_TRUE(QTest::qWaitFor([&] { return timeline->time() > 0.1; }, kWait));
  QTest::mouseClick(child<QToolButton>(page, "playVideo"), Qt::LeftButton);
  EXPECT_FALSE(timeline->isPlaying());
  ASSERT_TRUE(QTest::qWaitFor([&] { return !timeline->busy(); }, kWait));
  EXPECT_EQ(timeline->frameTime(), timeline->time());
  EXPECT_EQ(numberIn(timeline->frame()), std::min(99, static_cast<int>(timeline->time() * 25 + 0.025)));
  for (int i = 0; i < 8; ++i) QTest::mouseClick(child<QToolButton>(page, "nextInVideo"), Qt::LeftButton);
  EXPECT_EQ(timeline->time(), 3.5);
  QTest::mouseClick(child<QToolButton>(page, "playVideo"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !timeline->isPlaying(); }, kWait)) << "it stops at the end";
  EXPECT_NEAR(timeline->time(), 4, 0.05);
  waitForFrame(*timeline, 99);
}

TEST_F(VideoTimelineTest, TheTemplatePageMarksWhatTheTemplateKeeps) {
  TemplatePage page(session_);
  show(page);
  auto* timeline = page.findChild<VideoTimeline*>();
  ASSERT_TRUE(timeline->isVisible());
  ASSERT_GE(page.shownTemplate(), 0);
  const auto& samples =
      session_.protocol()->templates[static_cast<std::size_t>(page.shownTemplate())].samples;
  ASSERT_EQ(timeline->timeline().points.size(), samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    EXPECT_EQ(timeline->timeline().points[i].sample, samples[i]);
    EXPECT_EQ(timeline->timeline().points[i].kept, i % 2 == 0);
  }
  TimelineChart& chart = timeline->chart();
  QTest::mouseClick(&chart, Qt::LeftButton, {}, at(chart, 2.55, 0.6));
  EXPECT_EQ(session_.current(), samples[5]);
  auto* table = child<QTableView>(page, "templateImages");
  EXPECT_EQ(table->currentIndex().data(TemplateImages::SampleRole).toInt(), samples[5]);
  EXPECT_EQ(table->currentIndex().siblingAtColumn(TemplateImages::File).data().toString(), "0:02.50");
  session_.setThreshold(0.95);  // DDL keeps the best one where none passes
  ASSERT_TRUE(QTest::qWaitFor([&] { return !timeline->timeline().points[2].kept; }, kWait));
  for (std::size_t i = 0; i < samples.size(); ++i) EXPECT_EQ(timeline->timeline().points[i].kept, i == 0);
}

TEST_F(VideoTimelineTest, TheInspectorMarksTheBestWhereThatIsChosen) {
  InspectorPage page(session_);
  session_.select({10}, 10);
  show(page);
  auto* timeline = page.findChild<VideoTimeline*>();
  auto* count = child<QSpinBox>(page, "timelineBest");
  EXPECT_FALSE(count->isVisible());
  EXPECT_EQ(marked(*timeline), (Places{0, 2, 4, 6})) << "what the threshold keeps";
  markTopK(page);
  ASSERT_TRUE(count->isVisible());
  EXPECT_EQ(count->value(), 5);
  EXPECT_EQ(marked(*timeline), (Places{0, 2, 4, 6, 7}));
  EXPECT_EQ(timeline->chart().series()[0].points.size(), 5);
  count->setFocus();
  QTest::keyClick(count, Qt::Key_Up);
  EXPECT_EQ(marked(*timeline), (Places{0, 2, 4, 5, 6, 7}));
  for (int i = 0; i < 4; ++i) QTest::keyClick(count, Qt::Key_Down);
  EXPECT_EQ(marked(*timeline), (Places{0, 2}));
  session_.select({3}, 3);  // of the other video
  ASSERT_TRUE(QTest::qWaitFor([&] { return timeline->timeline().placeOf(3) == 3; }, kWait));
  EXPECT_EQ(marked(*timeline), (Places{0, 2}));
  auto* marks = child<QComboBox>(page, "timelineMarks");
  marks->setFocus();
  QTest::keyClick(marks, Qt::Key_Up);
  EXPECT_FALSE(count->isVisible());
  EXPECT_EQ(marked(*timeline), (Places{0, 2, 4, 6}));
}

TEST_F(VideoTimelineTest, TheChoiceCanBeReadInASmallWindow) {
  InspectorPage page(session_);
  session_.select({10}, 10);
  show(page);
  page.resize(1024 - 168, 590);  // beside the list of pages, between tool and status bar
  markTopK(page);
  const auto* marks = child<QComboBox>(page, "timelineMarks");
  QTest::qWait(0);
  QStyleOptionComboBox option;
  option.initFrom(marks);
  const QRect text =
      marks->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, marks);
  EXPECT_GE(text.width(), marks->fontMetrics().horizontalAdvance(marks->currentText()));
  EXPECT_FALSE(child<QSpinBox>(page, "timelineBest")->visibleRegion().isEmpty());
}

TEST_F(VideoTimelineTest, TheTemplatePageMarksWhatTopKTakesOfTheTemplate) {
  TemplatePage page(session_);
  show(page);
  auto* timeline = page.findChild<VideoTimeline*>();
  markTopK(page);
  auto* count = child<QSpinBox>(page, "timelineBest");
  ASSERT_TRUE(count->isVisible());
  EXPECT_EQ(marked(*timeline), (Places{0, 2, 4, 6, 7}));
  count->setFocus();
  QTest::keyClick(count, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(count, "3");
  EXPECT_EQ(marked(*timeline), (Places{0, 2, 4}));
  // The threshold has no part in it.
  session_.setThreshold(0.95);
  auto* table = child<QTableView>(page, "templateImages");
  const auto dropped = [table] {
    int rows = 0;
    for (int row = 0; row < table->model()->rowCount(); ++row)
      if (table->model()->index(row, TemplateImages::AtPoint).data().toString() == "dropped") ++rows;
    return rows;
  };
  ASSERT_TRUE(QTest::qWaitFor([&] { return dropped() == kSamples - 1; }, kWait));
  EXPECT_EQ(marked(*timeline), (Places{0, 2, 4}));
}

TEST_F(VideoTimelineTest, AnotherVideoAtTheSameTimeShowsItsOwnFrame) {
  VideoTimeline timeline(QStringLiteral("two"));
  const auto of = [&](int video) {
    return Timeline{folder_.filePath(QStringLiteral("v%1.mp4").arg(video)).toStdString(), {{3, 1.5, 0}}};
  };
  timeline.setTimeline(of(0), 0.5, {}, 3);
  timeline.setTimeline(of(1), 0.5, {}, 3);  // before the first one's frame is there
  ASSERT_TRUE(QTest::qWaitFor([&] { return !timeline.busy(); }, kWait));
  EXPECT_EQ(timeline.time(), 1.5);
  ASSERT_FALSE(timeline.frame().isNull());
  EXPECT_EQ(numberIn(timeline.frame()), 10 + 37);
}

TEST_F(VideoTimelineTest, AVideoThatIsGoneLeavesItsScores) {
  QFile::remove(folder_.filePath("v0.mp4"));
  InspectorPage page(session_);
  session_.select({0}, 0);
  show(page);
  auto* timeline = page.findChild<VideoTimeline*>();
  EXPECT_TRUE(timeline->frame().isNull());
  EXPECT_EQ(timeline->timeline().points.size(), std::size_t{kSamples}) << "what was scored is still known";
}

TEST(VideoTimeline, IsNotThereForPhotographs) {
  SmallProject small;
  Session session;
  session.open(QString::fromStdString(small.path()));
  InspectorPage page(session);
  session.select({3}, 3);
  page.resize(1100, 760);
  page.show();
  ASSERT_TRUE(QTest::qWaitFor([&] { return page.settled(); }, kWait));
  EXPECT_FALSE(page.findChild<VideoTimeline*>()->isVisible());
}

TEST(VideoTimeline, TimesAreWrittenAsPeopleWriteThem) {
  EXPECT_EQ(timeText(0), "0:00.00");
  EXPECT_EQ(timeText(3.484), "0:03.48");
  EXPECT_EQ(timeText(59.999), "1:00.00");
  EXPECT_EQ(timeText(3725), "1:02:05.00");
}

}  // namespace
}  // namespace discern::ui
