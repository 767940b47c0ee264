// The same trainings on CUDA, in mixed precision.
#include <gtest/gtest.h>

#include "core/networks/checkpoint.h"
#include "core/training/trained_ddnet.h"
#include "tests/core/training/planted_faces.h"
#include "tests/core/training/planted_students.h"

namespace discern::training {
namespace {

class Gpu : public testing::Test {
 protected:
  void SetUp() override {
    if (!torch::cuda::is_available()) GTEST_SKIP() << "no CUDA device, or a LibTorch without CUDA";
  }
};

TEST_F(Gpu, DdnetLearnsAndLoadsOnTheCpu) {
  const TemporaryFolder folder("discern_gpu");
  DdnetOptions options;
  options.size = 32;
  options.epochs = 12;
  options.batch = 16;
  options.validationShare = 0.2;
  options.device = Device::Cuda;
  Progress silent;
  const auto data = plantedBlur(24, 8, 32);
  EXPECT_GT(trainDdnet(options, data, folder / "d", silent).validationSpearman, 0.8);
  const auto cpu = TrainedDdnet(folder / "d").scores(data.faces, 16, silent);
  const auto gpu = TrainedDdnet(folder / "d", Device::Cuda).scores(data.faces, 16, silent);
  for (std::size_t i = 0; i < cpu.size(); ++i) EXPECT_NEAR(cpu[i], gpu[i], 0.01) << i;
  EXPECT_GT(measureMilliseconds((folder / "d").string(), {32, 32, 1}, 8, Device::Cuda), 0);
}

TEST_F(Gpu, RecogniserLearnsInMixedPrecision) {
  const TemporaryFolder folder("discern_gpu_base");
  BaseOptions options;
  options.width = 0.25;
  options.dims = 32;
  options.size = 32;
  options.scale = 16;
  options.margin = 0.2;
  options.epochs = 8;
  options.batch = 16;
  options.device = Device::Cuda;
  Progress silent;
  EXPECT_GT(trainBase(options, plantedBars(32, 32), folder / "b", silent).trainAccuracy, 0.9);
}

TEST_F(Gpu, StudentLearnsFromItsTeacher) {
  const TemporaryFolder folder("discern_gpu_student");
  const PlantedStudents planted(40);
  auto options = quickStudent("sc", 4, 6);
  options.device = Device::Cuda;
  Progress silent;
  const auto result = trainStudent(options, planted.data, folder / "s", silent);
  EXPECT_GT(result.validationAccuracy, 0.8);
  EXPECT_GT(result.validationCosine, 0.8);
  EXPECT_EQ(readStudent(folder / "s").name, "S-16-sc");
}

}  // namespace
}  // namespace discern::training
