#include "core/data/image_ref.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace discern::data {
namespace {

ImageRef some() {
  return {.file = "/pictures/a.bin",
          .offset = 40,
          .length = 1000,
          .landmarks = Landmarks{{{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10.5F}}},
          .crop = Rect{60, -2, 130, 131},
          .moment = Moment{1.5, 2},
          .degradation = {DegradationKind::Noise, 0.5F, 9}};
}

TEST(ImageRefHash, EveryFieldCounts) {
  std::vector<ImageRef> others(1, some());
  const auto another = [&]() -> ImageRef& { return others.emplace_back(some()); };
  another().file = "/pictures/b.bin";
  another().offset = 41;
  another().length = 1001;
  another().landmarks.reset();
  another().crop.reset();
  for (std::size_t k = 0; k < 5; ++k) {
    (*another().landmarks)[k].x += 0.25F;
    (*another().landmarks)[k].y += 0.25F;
  }
  another().crop->x = 61;
  another().crop->y = -1;
  another().crop->width = 131;
  another().crop->height = 130;
  another().moment.reset();
  another().moment->time = 1.6;
  another().moment->seconds = 0;
  another().degradation.kind = DegradationKind::Jpeg;
  another().degradation.strength = 0.5000001F;
  another().degradation.seed = 10;
  std::set<std::uint64_t> hashes;
  for (const auto& image : others) hashes.insert(hashOf({&image, 1}));
  EXPECT_EQ(hashes.size(), others.size());
  const ImageRef same = some();
  EXPECT_EQ(hashOf({&same, 1}), hashOf({others.data(), 1}));
}

TEST(ImageRefHash, OrderAndNumberCount) {
  ImageRef other = some();
  other.offset = 0;
  const std::vector<ImageRef> ab = {some(), other}, ba = {other, some()}, a = {some()}, aa = {some(), some()};
  EXPECT_NE(hashOf(ab), hashOf(ba));
  EXPECT_NE(hashOf(a), hashOf(aa));
  EXPECT_NE(hashOf(a), hashOf({}));
  EXPECT_EQ(hashOf(ab), hashOf(std::vector<ImageRef>(ab)));

  ImageRef here, there, outside;  // in a project that was moved
  here.file = "/old/p.discern/images/1.jpg";
  there.file = "/new/p.discern/images/1.jpg";
  outside.file = "/images/1.jpg";
  EXPECT_NE(hashOf({&here, 1}), hashOf({&there, 1}));
  EXPECT_EQ(hashOf({&here, 1}, "/old/p.discern"), hashOf({&there, 1}, "/new/p.discern"));
  EXPECT_EQ(hashOf({&outside, 1}, "/old/p.discern"), hashOf({&outside, 1}));
  EXPECT_EQ(hashOf({&here, 1}, "/old/p.discern"),
            hashOf({&outside, 1}));  // whose path is what is left: for good
  outside.file = "/old/p.discern-faces/1.jpg";
  EXPECT_EQ(hashOf({&outside, 1}, "/old/p.discern"), hashOf({&outside, 1}));
}

}  // namespace
}  // namespace discern::data
