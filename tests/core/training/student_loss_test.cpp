#include "core/training/student_loss.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/core/training/planted_students.h"

namespace discern::training {
namespace {

TEST(StudentLoss, RegressionOfAPartByHand) {
  // Faces 0 and 2 of three: distances (1 - 0)^2 + (2 - 4)^2 = 5 and (5 - 2)^2 + (6 - 6)^2 = 9.
  const auto mimic = torch::tensor({1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F}).reshape({3, 2});
  const StudentPart part{torch::tensor({0, 2}, torch::kInt64),
                         torch::tensor({0.0F, 4.0F, 2.0F, 6.0F}).reshape({2, 2})};
  EXPECT_FLOAT_EQ(regressionLoss(mimic, part, StudentTarget::AsIs).item<float>(), 7);
  EXPECT_FLOAT_EQ(regressionLoss(mimic, part, StudentTarget::Unit).item<float>(), 7.0F / 32);
}

TEST(StudentLoss, AsPublishedBothPartsAreSumsOverAllFaces) {
  EXPECT_DOUBLE_EQ(shareOf(StudentTarget::AsIs, 2, 8), 0.25);
  EXPECT_DOUBLE_EQ(shareOf(StudentTarget::AsIs, 8, 8), 1);
  EXPECT_DOUBLE_EQ(shareOf(StudentTarget::Unit, 2, 8), 1);
  EXPECT_DOUBLE_EQ(shareOf(StudentTarget::Raw, 2, 8), 1);
}

// One step on one batch of 32 faces, of which 8 are selected: its loss, from the means of its two parts.
TEST(StudentLoss, OfABatchIsTheSumThatEquationSixIs) {
  const TemporaryFolder folder("discern_student_loss");
  const PlantedStudents planted(8);
  auto data = planted.data;
  data.selected.assign(32, 0);
  for (std::size_t i = 0; i < 8; ++i) data.selected[i] = 1;
  const auto step = [&](StudentTarget target, double weight) {
    auto options = quickStudent("sc", 0, 1);
    options.batch = 32;
    options.validationShare = 0;
    options.target = target;
    options.regressionWeight = weight;
    Listener listener;
    trainStudent(options, data, folder / "s.pt", listener.progress());
    std::map<std::string, double> told;
    for (const auto& [name, value] : listener.metrics) told[name] = value;
    return told;
  };
  auto told = step(StudentTarget::AsIs, 1);
  EXPECT_NEAR(told.at("train/loss"), told.at("train/classification") + 8.0 / 32 * told.at("train/regression"),
              1e-5 * told.at("train/loss"));
  told = step(StudentTarget::Unit, 16);
  EXPECT_NEAR(told.at("train/loss"), told.at("train/classification") + 16 * told.at("train/regression"),
              1e-5 * told.at("train/loss"));
}

}  // namespace
}  // namespace discern::training
