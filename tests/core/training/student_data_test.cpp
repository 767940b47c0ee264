#include "core/training/student_data.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "tests/core/training/planted_students.h"

namespace discern::training {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// 8 faces: 0-3 of two classes, 4-7 of none; rows of the teacher
// for all but 3 and 7, in another order; 2 and 5 discarded.
struct Small {
  data::Matrix features{8, 2};
  StudentData data;
  Small() {
    data.faces.count = 8;
    data.label = {0, 0, 1, 1, -1, -1, -1, -1};
    data.classes = 2;
    for (std::int64_t r = 0; r < 8; ++r) {
      features.row(r)[0] = 3.0F * static_cast<float>(r + 1);
      features.row(r)[1] = 4.0F * static_cast<float>(r + 1);
    }
    features.row(0)[1] = kNan;
    data.teacher = features.view();
    data.teacherRow = {7, 6, 5, -1, 3, 2, 1, 0};
    data.selected = {1, 1, 0, 1, 1, 0, 1, 1};
  }
};

TEST(StudentRoles, OfEveryMode) {
  const Small small;
  const StudentTargets targets({}, small.data);
  using Roles = std::vector<unsigned char>;
  EXPECT_EQ(studentRoles(StudentMode::Init, small.data, targets), (Roles{1, 1, 1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(studentRoles(StudentMode::C, small.data, targets), (Roles{1, 1, 1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(studentRoles(StudentMode::S, small.data, targets), (Roles{2, 2, 0, 0, 2, 0, 2, 0}));
  EXPECT_EQ(studentRoles(StudentMode::Sc, small.data, targets), (Roles{3, 3, 1, 1, 2, 0, 2, 0}));
  EXPECT_EQ(studentRoles(StudentMode::Dc, small.data, targets), (Roles{3, 3, 3, 1, 2, 2, 2, 0}));
}

TEST(StudentTargets, UnitAndRawByHand) {
  const Small small;
  std::vector<float> out(2);
  const StudentTargets unit({}, small.data);
  unit.copy(0, out.data());  // row 7: (24, 32), direction (0.6, 0.8), norm 4
  EXPECT_FLOAT_EQ(out[0], 2.4F);
  EXPECT_FLOAT_EQ(out[1], 3.2F);
  EXPECT_FALSE(unit.has(3));
  EXPECT_FALSE(unit.has(7));

  const StudentTargets raw({.target = StudentTarget::Raw}, small.data);
  // Rows 7, 6, 5, 3, 2, 1 have the norms 40, 35, 30, 20, 15, 10.
  const double meanSquare = (1600 + 1225 + 900 + 400 + 225 + 100) / 6.0 / 16;
  EXPECT_NEAR(raw.scale(), 1 / std::sqrt(meanSquare), 1e-9);
  raw.copy(4, out.data());
  EXPECT_NEAR(out[0], 12 / std::sqrt(meanSquare), 1e-6);
  EXPECT_NE(raw.hash(), unit.hash());
  const StudentTargets asIs({.target = StudentTarget::AsIs}, small.data);
  asIs.copy(0, out.data());
  EXPECT_FLOAT_EQ(out[0], 24);
  EXPECT_FLOAT_EQ(out[1], 32);
  EXPECT_EQ(unit.hash(), StudentTargets({}, small.data).hash());
}

TEST(StudentHoldOut, ImagesOfEveryClassButNeverAllOfOne) {
  const PlantedStudents planted(50);
  auto data = planted.data;
  for (std::int64_t i = 0; i < data.faces.count; ++i)
    if (i % 4 == 3) data.label[static_cast<std::size_t>(i)] = i < 8 ? 3 : -1;  // class 3 keeps two images
  StudentOptions options;
  options.validationShare = 0.2;
  const auto held = studentHoldOut(options, data, {options, data});
  std::map<int, int> of;
  for (std::size_t i = 0; i < held.size(); ++i) of[data.label[i]] += held[i];
  EXPECT_NEAR(of[0], 10, 1);
  EXPECT_NEAR(of[1], 10, 1);
  EXPECT_EQ(of[3], 0);
  EXPECT_NEAR(of[-1], 10, 1);
  // Selection does not move it, the seed does.
  data.selected.assign(200, 0);
  EXPECT_EQ(studentHoldOut(options, data, {options, data}), held);
  options.seed = 2;
  EXPECT_NE(studentHoldOut(options, data, {options, data}), held);
}

TEST(PlanStudent, EveryFaceOnceAndEachBatchMixed) {
  std::vector<unsigned char> roles(1000);
  for (std::size_t i = 0; i < roles.size(); ++i)
    roles[i] = i < 100 ? kClassify : i < 400 ? 3 : i < 900 ? kRegress : 0;
  std::vector<std::int64_t> faces(1000);
  std::iota(faces.begin(), faces.end(), 0);
  const auto plan = planStudent(faces, roles, 90, 1, 0);
  ASSERT_EQ(plan.size(), 10U);
  std::set<std::int64_t> seen;
  for (const auto& batch : plan) {
    std::map<int, int> kinds;
    for (const auto face : batch) {
      seen.insert(face);
      ++kinds[roles[static_cast<std::size_t>(face)]];
    }
    EXPECT_EQ(batch.size(), 90U);
    EXPECT_NEAR(kinds[kClassify], 10, 1);
    EXPECT_NEAR(kinds[3], 30, 1);
    EXPECT_NEAR(kinds[kRegress], 50, 1);
  }
  EXPECT_EQ(seen.size(), 900U);
  EXPECT_EQ(plan, planStudent(faces, roles, 90, 1, 0));
  EXPECT_NE(plan, planStudent(faces, roles, 90, 1, 1));
  EXPECT_NE(plan, planStudent(faces, roles, 90, 2, 0));
  // Never a face alone.
  EXPECT_EQ(planStudent({0, 1, 2}, roles, 2, 1, 0).size(), 1U);
}

}  // namespace
}  // namespace discern::training
