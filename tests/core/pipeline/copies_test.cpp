#include "core/pipeline/copies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/pipeline/extract.h"
#include "tests/core/pipeline/scratch_project.h"

namespace discern::pipeline {
namespace {

ExtractOptions extractionOf(const ScratchProject& scratch, const std::string& table) {
  ExtractOptions options;
  options.model = scratch.putTinyModel(1000);
  options.recipe = scratch.putTinyRecipe();
  options.name = table;
  options.checkRecipe = false;
  return options;
}

TEST(Copies, AreMadeAgainForAnotherListAndForAnotherModel) {
  ScratchProject scratch;
  scratch.addPictures("people", project::Role::Train, 2, 2);
  const ExtractOptions extraction = extractionOf(scratch, "f");
  Progress silent;
  extract(*scratch.project, extraction, silent);

  std::vector<data::ImageRef> images;
  for (const auto& row : scratch.project->samples()) images.push_back(row.image);
  for (auto& image : images) image.degradation = {data::DegradationKind::Darkness, 0.5F, 3};
  const auto first = [&] {
    return featuresOfCopies(*scratch.project, "f", "net", images, Device::Cpu, 4, silent).row(1)[0];
  };
  // A row that no model gives: it stays as long as the file is used again.
  const auto mark = [&] {
    data::MappedNpy values(scratch.project->folder() / "checkpoints" / "net.copies.npy",
                           data::MappedNpy::Mode::ReadWrite);
    values.row(1)[0] = -7;
    values.flush();
  };
  EXPECT_NEAR(first(), 1000, 10);
  mark();
  EXPECT_EQ(first(), -7);
  // Another training with the very same copies takes these.
  EXPECT_EQ(featuresOfCopies(*scratch.project, "f", "other", images, Device::Cpu, 4, silent).row(1)[0], -7);

  images[1].crop = data::Rect{2, 2, 12, 12};  // the same file, another part of it
  EXPECT_NEAR(first(), 1000, 10);
  mark();
  images[0].landmarks = data::Landmarks{{{4, 5}, {11, 5}, {8, 8}, {5, 12}, {10, 12}}};
  EXPECT_NEAR(first(), 1000, 10);
  mark();
  EXPECT_EQ(first(), -7);

  scratch.putTinyModel(2000);
  EXPECT_EQ(first(), -7);  // nothing is missing: the model is not needed
  images[0].degradation.seed = 4;
  EXPECT_THROW(first(), Error);  // copies by this model do not go with originals by the other
  extract(*scratch.project, extraction, silent);
  EXPECT_NEAR(first(), 2000, 10);
}

TEST(Copies, ThatWereCutOffAreMadeAgainAndTheOthersStay) {
  ScratchProject scratch;
  scratch.addPictures("people", project::Role::Train, 2, 2);
  Progress silent;
  extract(*scratch.project, extractionOf(scratch, "f"), silent);
  std::vector<data::ImageRef> images;
  for (const auto& row : scratch.project->samples()) images.push_back(row.image);
  for (auto& image : images) image.degradation = {data::DegradationKind::Darkness, 0.5F, 3};
  const auto made = [&] {
    return featuresOfCopies(*scratch.project, "f", "net", images, Device::Cpu, 1, silent);
  };
  const auto whole = made();
  {
    data::MappedNpy values(scratch.project->folder() / "checkpoints" / "net.copies.npy",
                           data::MappedNpy::Mode::ReadWrite);
    for (const std::int64_t i : {0, 1}) values.row(i)[0] = -7;
    values.row(2)[5] = std::numeric_limits<float>::quiet_NaN();  // killed while it was stored
    for (float& value : values.row(3)) value = std::numeric_limits<float>::quiet_NaN();
    values.flush();
  }
  const auto again = made();
  EXPECT_EQ(again.row(0)[0], -7);
  for (const std::int64_t i : {1, 2, 3})  // the last that was made is not trusted
    EXPECT_TRUE(std::ranges::equal(again.row(i), whole.row(i))) << i;
}

TEST(Copies, LeaveEveryFeatureTableAlone) {
  ScratchProject scratch;
  scratch.addPictures("people", project::Role::Train, 2, 2);
  Progress silent;
  for (const char* table : {"net-copies", "net.copies", "f"})
    extract(*scratch.project, extractionOf(scratch, table), silent);
  data::ImageRef image = scratch.project->samples()[0].image;
  image.degradation = {data::DegradationKind::Darkness, 0.5F, 3};
  EXPECT_EQ(featuresOfCopies(*scratch.project, "f", "net", {image}, Device::Cpu, 4, silent).rows, 1);
  for (const char* table : {"net-copies", "net.copies"})
    EXPECT_EQ(scratch.project->features(table).view().rows, 4) << table;
}

}  // namespace
}  // namespace discern::pipeline
