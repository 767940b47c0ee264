#include "core/data/place.h"

#include <gtest/gtest.h>

#include "core/data/empty_templates.h"

namespace discern::data {
namespace {

TEST(Place, OfAPictureAContainerAFrameAndAClip) {
  ImageRef image;
  image.file = "/set/walk.mp4";
  EXPECT_EQ(pathOf(image), "/set/walk.mp4");
  EXPECT_EQ(placeOf(image), "/set/walk.mp4");
  EXPECT_EQ(toldPlace(image), "/set/walk.mp4");
  image.moment = Moment{3.5, 0};
  EXPECT_EQ(pathOf(image), "/set/walk.mp4#t=3.500");
  EXPECT_EQ(placeOf(image), "/set/walk.mp4#t=3.500");
  EXPECT_EQ(toldPlace(image), "/set/walk.mp4 at 3.50 s");
  image.moment->seconds = 64 / 30.0;
  EXPECT_EQ(pathOf(image), "/set/walk.mp4#t=3.500,5.633");
  ImageRef record;
  record.file = "train.rec";
  record.offset = 1200;
  record.length = 53;
  EXPECT_EQ(pathOf(record), "train.rec");
  EXPECT_EQ(placeOf(record), "train.rec#1200+53");
  EXPECT_EQ(toldPlace(record), "train.rec at byte 1200");
}

TEST(EmptyTemplates, LeaveWithTheirPairs) {
  Protocol protocol{"videos",
                    {{"a", 0, {1, 2}}, {"b", 0, {}}, {"c", 1, {3}}},
                    {{0, 1, true, 0}, {0, 2, false, 1}, {1, 2, false, 0}},
                    2};
  const auto left = leaveOutEmpty(protocol);
  EXPECT_EQ(left.templates, 1);
  EXPECT_EQ(left.pairs, 2);
  ASSERT_EQ(protocol.templates.size(), 2U);
  EXPECT_EQ(protocol.templates[1].name, "c");
  ASSERT_EQ(protocol.pairs.size(), 1U);
  EXPECT_EQ(protocol.pairs[0].a, 0);
  EXPECT_EQ(protocol.pairs[0].b, 1);
  EXPECT_EQ(protocol.pairs[0].fold, 0) << "the fold that lost its pairs is gone";
  EXPECT_EQ(protocol.folds, 1);
}

}  // namespace
}  // namespace discern::data
