// Figures that no window draws: what stands where, read back from the picture and from the table beside it.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "core/pipeline/axis_figure.h"
#include "core/pipeline/selection_figure.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {

std::vector<data::CsvRow> rowsOf(const std::string& file) {
  data::CsvReader reader(file);
  std::vector<data::CsvRow> rows;
  for (data::CsvRow row; reader.next(row);) rows.push_back(row);
  return rows;
}

TEST(AxisFigure, ShowsTheWidestTemplatesWithEachImageAtItsScore) {
  ScratchProject scratch;
  scratch.addPictures("p", project::Role::Test, 3, 4);  // 0-3, 4-7, 8-11
  data::Protocol protocol;
  protocol.name = "t";
  protocol.templates = {{"narrow", 0, {0, 1}},
                        {"wide", 1, {4, 5, 6}},
                        {"middle", 2, {8, 9, 10}},
                        {"wide too", 1, {4, 7}},
                        {"lonely", 0, {3}}};
  scratch.project->putProtocol(protocol);
  data::ScoreTable table;
  table.name = "s";
  table.method = "dscore";
  table.featureTable = "made-up";
  table.resize(12);
  for (auto& score : table.score) score = 0.5F;
  table.score[4] = 0.9F;
  table.score[5] = 0.0F;
  table.score[6] = std::nanf("");
  table.score[8] = 0.2F;
  table.score[9] = 0.6F;
  scratch.project->putScores(table);

  const auto templates = templatesOnAxis(*scratch.project, {.protocol = "t", .scores = "s", .templates = 2});
  ASSERT_EQ(templates.size(), 2U);
  EXPECT_EQ(templates[0].name, "wide") << "one template an identity";
  EXPECT_EQ(templates[0].samples, (std::vector<int>{5, 4})) << "6 has no score";
  EXPECT_EQ(templates[1].name, "middle");
  EXPECT_EQ(templates[1].samples, (std::vector<int>{8, 10, 9}));

  const auto stem = scratch.project->folder() / "exports/figure";
  const auto files = drawAxisFigure(*scratch.project, templates, stem);
  ASSERT_EQ(files, (std::vector<std::string>{stem.string() + ".png", stem.string() + ".csv"}));
  const auto rows = rowsOf(files[1]);
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[1].fields[0], "wide");
  EXPECT_EQ(rows[1].fields[1], "5");
  EXPECT_EQ(std::stod(rows[2].fields[3]), 0.9);
  // The axis is 1,000 pixels from 150 on: noise stands at scores 0 and 0.9 of the first row, and nothing
  // between.
  const cv::Mat picture = cv::imread(files[0]);
  const auto spread = [&](double score) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(picture(cv::Rect(150 + static_cast<int>(1000 * score) - 20, 26 + 8, 40, 40)), mean,
                   deviation);
    return deviation[0];
  };
  EXPECT_GT(spread(0), 15);
  EXPECT_GT(spread(0.9), 15);
  EXPECT_EQ(spread(0.5), 0);

  try {
    protocol.templates = {{"lonely", 0, {3}}};
    scratch.project->putProtocol(protocol);
    templatesOnAxis(*scratch.project, {.protocol = "t", .scores = "s"});
    ADD_FAILURE() << "a template of one image was shown";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("no template has two images"), std::string::npos);
  }
}

// Three people of four images in three corners, but for image 5, which lies among the images of the first;
// the selection never keeps it and keeps 6 and 2 late.
TEST(SelectionFigure, TellsWhatIsKeptAndHowPureTheMapsAre) {
  ScratchProject scratch;
  scratch.addPictures("train", project::Role::Train, 3, 4);
  scratch.putFeatures("made-up", 8, 0.2);
  project::MapRow map{.name = "before", .features = "made-up"};
  map.points = data::Matrix(12, 2);
  for (int i = 0; i < 12; ++i) {
    const int corner = i == 5 ? 0 : i / 4;
    map.points.row(i)[0] = static_cast<float>(100 * corner + i % 4);
    map.points.row(i)[1] = i == 5 ? 0.4F : 0;
  }
  scratch.project->putMap(map);
  project::SelectionRow row;
  row.name = "s";
  row.features = "made-up";
  row.enters.assign(12, 0.1);
  row.enters[5] = std::numeric_limits<double>::infinity();
  row.enters[6] = 7;
  row.enters[2] = 3;
  row.others.assign(12, 0);
  scratch.project->putSelection(row);
  map.name = "kept";
  for (const int gone : {2, 5, 6}) map.points.row(gone)[0] = std::nanf("");
  scratch.project->putMap(map);

  const SelectionFigureOptions asked{"before", "kept", "s@-1"};
  const auto figure = selectionFigure(*scratch.project, asked);
  EXPECT_EQ(figure.identities, 3);
  EXPECT_EQ(figure.faces.size(), 12U);
  EXPECT_EQ(figure.discarded, (std::vector<int>{5, 6, 2})) << "the last to enter first";
  EXPECT_EQ(figure.kept[5], 0);
  EXPECT_EQ(figure.kept[4], 1);
  // 5 and, of the first person, image 1, to which it is nearest.
  EXPECT_DOUBLE_EQ(figure.pureBefore, 10.0 / 12);
  EXPECT_DOUBLE_EQ(figure.pureAfter, 1);

  const auto stem = scratch.project->folder() / "exports/figure";
  const auto files = drawSelectionFigure(*scratch.project, asked, figure, stem);
  const auto rows = rowsOf(files[1]);
  ASSERT_EQ(rows.size(), 13U);
  EXPECT_EQ(rows[6].fields[3], "0");
  EXPECT_EQ(rows[6].fields[4], "1");
  for (std::size_t i = 1; i < rows.size(); ++i)
    EXPECT_EQ(rows[i].fields[6].empty(), rows[i].fields[3] == "0") << "only the kept have a second place";
  EXPECT_FALSE(cv::imread(files[0]).empty());

  EXPECT_THROW(selectionFigure(*scratch.project, {"before", "nowhere", "s@-1"}), Error);
}

}  // namespace
}  // namespace discern::pipeline
