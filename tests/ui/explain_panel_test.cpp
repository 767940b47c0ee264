// What DDNet looks at, on the Inspector: planted maps over a face, as colours, range and words say.
#include "ui/pages/inspector/explain_panel.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <fstream>

#include "core/base/described.h"
#include "core/base/files.h"
#include "core/base/json_text.h"
#include "tests/ui/child.h"
#include "tests/ui/small_project.h"
#include "ui/charts/colours.h"
#include "ui/pages/inspector_page.h"
#include "ui/widgets/image_view.h"

namespace discern::ui {
namespace {

namespace fs = std::filesystem;
using testing::child;

// 4 x 4, nothing but the upper left pixel.
data::Matrix corner(float value) {
  data::Matrix map(4, 4);
  map.values[0] = value;
  return map;
}

TEST(Overlaid, IsTheColourOfTheShareAsStrongAsItAndElsewhereThePicture) {
  QImage picture(40, 40, QImage::Format_RGB32);
  picture.fill(QColor(100, 100, 100));
  data::Matrix map(1, 2);
  map.values = {2, 1};
  const QImage all = overlaid(picture, map, 1), half = overlaid(picture, map, 0.5);
  EXPECT_EQ(all.pixelColor(2, 20), mapColour(1)) << "the largest value, wholly";
  const QColor middle = mapColour(0.5), shown = all.pixelColor(38, 20);
  EXPECT_NEAR(shown.red(), 50 + 0.5 * middle.red(), 1) << "half of the largest, half as strong";
  EXPECT_NEAR(half.pixelColor(2, 20).green(), 50 + 0.5 * mapColour(1).green(), 1);
  EXPECT_EQ(overlaid(picture, map, 0), picture);
  map.values = {-1, -2};
  EXPECT_EQ(overlaid(picture, map, 1), picture) << "what raises the score has no colour";
  const QImage one = overlaid(picture, corner(3), 1);
  EXPECT_NE(one.pixelColor(0, 0), picture.pixelColor(0, 0));
  for (int y = 15; y < 40; ++y)
    for (int x = 15; x < 40; ++x) EXPECT_EQ(one.pixelColor(x, y), picture.pixelColor(x, y));
}

class ExplainPanelTest : public ::testing::Test {
 protected:
  void open(bool network = true) {
    if (network) {
      auto project = project::Project::open(made_.path(), project::Project::Mode::Write);
      std::ofstream(checkpoint_) << "a network";
      project.putModel({"net", "ddnet", "ddnet-r18", checkpoint_, 1, 1, 1, "{}"});
    }
    session_.open(QString::fromStdString(made_.path()));
    session_.select({2}, 2);
    page_ = std::make_unique<InspectorPage>(session_);
    page_->resize(1280, 800);
    page_->show();
    settle();
  }
  void settle() {
    ASSERT_TRUE(waitUntil([&] { return page_->settled(); }));
  }
  void putMaps(int sample, float occlusion, float gradient) {
    const fs::path root = made_.path();
    fs::create_directories(root / "explained/net");
    auto map = corner(occlusion);
    map.values[15] = -0.02F;
    data::saveNpy(results::explainedMap(root, "net", sample, results::SaliencyMap::Occlusion), map.view());
    data::saveNpy(results::explainedMap(root, "net", sample, results::SaliencyMap::Gradient),
                  corner(gradient).view());
    const auto image = session_.snapshot()->samples[std::size_t(sample)].image;
    const results::Explained told{results::hexadecimal(hashOfFile(checkpoint_)),
                                  results::hexadecimal(data::hashOf({&image, 1}, root.string())), 0.512, 16,
                                  8};
    writeFileAtomically(results::explainedFile(root, "net", sample), textOf(toJson(told)));
  }
  bool isShown() { return child<ImageView>(*page_, "explained")->isVisible(); }
  QString legend() { return child<QLabel>(*page_, "explainLegend")->text(); }
  void look(int sample) {
    session_.select({sample}, sample);
    settle();
  }

  SmallProject made_;
  const std::string checkpoint_ = made_.path() + "/checkpoints/net.safetensors";
  Session session_;
  std::unique_ptr<InspectorPage> page_;
};

TEST_F(ExplainPanelTest, WithoutANetworkItSaysWhatIsMissing) {
  open(false);
  EXPECT_FALSE(isShown());
  EXPECT_FALSE(child<QPushButton>(*page_, "explain")->isEnabled());
  EXPECT_TRUE(child<QLabel>(*page_, "explainNote")->text().contains("train one"));
}

TEST_F(ExplainPanelTest, AsksForTheShownImageAndLaysTheMapsOverIt) {
  open();
  EXPECT_FALSE(isShown());
  QSignalSpy asked(page_.get(), &Page::jobRequested);
  child<QPushButton>(*page_, "explain")->click();
  ASSERT_EQ(asked.count(), 1);
  EXPECT_EQ(asked[0][0].toString(), "explain");
  EXPECT_EQ(asked[0][1].toStringList(), (QStringList{"--network", "net", "--image", "2"}));
  putMaps(2, 0.132F, 4e-5F);
  look(3);
  EXPECT_FALSE(isShown()) << "of this one there are none";
  look(2);
  ASSERT_TRUE(isShown());
  EXPECT_TRUE(legend().contains("in score units: 0 to 0.13")) << legend().toStdString();
  EXPECT_TRUE(legend().contains("raises it by up to 0.02"));
  EXPECT_TRUE(legend().contains("Predicted: 0.512"));
  EXPECT_TRUE(legend().contains("16 pixels"));
  auto* view = child<ImageView>(*page_, "explained");
  const QImage face = child<ImageView>(*page_, "face")->image();
  EXPECT_EQ(view->image(), overlaid(face, corner(1), 0.75));
  child<QSlider>(*page_, "explainOpacity")->setValue(0);
  EXPECT_EQ(view->image(), face.convertToFormat(QImage::Format_RGB32));
  child<QComboBox>(*page_, "explainMap")->setCurrentIndex(1);
  EXPECT_TRUE(legend().contains("each grey level")) << legend().toStdString();
  EXPECT_TRUE(legend().contains("4e-05"));
}

TEST_F(ExplainPanelTest, MapsOfAnotherNetworkOrBrokenOnesAreNotShown) {
  open();
  putMaps(1, 0.1F, 0.1F);
  putMaps(2, 0.1F, 0.1F);
  putMaps(3, 0.1F, 0.1F);
  look(1);
  EXPECT_TRUE(isShown());
  std::ofstream(results::explainedMap(made_.path(), "net", 2, results::SaliencyMap::Gradient)) << "half";
  look(2);
  EXPECT_FALSE(isShown());
  std::ofstream(checkpoint_) << "trained again";
  look(3);
  EXPECT_FALSE(isShown());
}

}  // namespace
}  // namespace discern::ui
