#include "core/networks/student.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/networks/checkpoint.h"
#include "core/networks/cost.h"

namespace discern::networks {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<Student> makeStudent(const NetworkOptions& options) {
  return std::dynamic_pointer_cast<Student>(makeNetwork("student", options));
}

// Batch norms with statistics and gains of their own, as after a training.
void stir(torch::nn::Module& network) {
  torch::NoGradGuard guard;
  torch::manual_seed(5);
  for (auto& item : network.named_buffers())
    if (item.key().ends_with("running_mean"))
      item.value().normal_(0, 0.2);
    else if (item.key().ends_with("running_var"))
      item.value().uniform_(0.5, 1.5);
  for (auto& item : network.named_parameters())
    if (item.key().starts_with("bn")) item.value().uniform_(-0.5, 1.5);
}

std::string messageOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Student, ParametersByHandAndInThePaper) {
  // Convolutions: in x out x kernel^2; batch norms: two a channel; linear layers with bias.
  const double convolutions = 3 * 16 * 9 + 16 * 32 * 9 + 32 * 16 + 16 * 32 * 9 + 32 * 64 * 9 + 64 * 32 +
                              32 * 64 * 9 + 64 * 128 * 9 + 128 * 64 + 64 * 32;
  const double norms = 2 * (16 + 32 + 16 + 32 + 64 + 32 + 64 + 128 + 64 + 32);
  const double expected = convolutions + norms + (32 * 4096 + 4096) + (4096 * 128 + 128);
  const auto cost = countCost(*makeStudent({.size = 16, .dims = 4096}), 16);
  EXPECT_EQ(cost.parameters, expected);
  EXPECT_EQ(cost.parameters, 793584);
  EXPECT_NEAR(cost.parameters / 0.79e6, 1, 0.01);
  // At 16 px the maps are 16, 8, 4 and 2 a side.
  const double macs = 256 * 3 * 16 * 9 + 64 * (16 * 32 * 9 + 32 * 16 + 16 * 32 * 9) +
                      16 * (32 * 64 * 9 + 64 * 32 + 32 * 64 * 9) + 4 * (64 * 128 * 9 + 128 * 64 + 64 * 32) +
                      32 * 4096 + 4096 * 128;
  EXPECT_EQ(cost.macs, macs);
}

TEST(Student, ShapesOfAllSizesAndWidths) {
  torch::NoGradGuard guard;
  for (const int size : studentSizes()) {
    for (const int dims : {7, 512}) {
      for (const int identity : {128, 1024}) {
        auto student = makeStudent({.size = size, .dims = dims, .identityDims = identity});
        student->eval();
        const auto input = torch::rand({3, 3, size, size}) * 2 - 1;
        const auto mimic = student->mimic(input);
        EXPECT_EQ(mimic.sizes(), (std::vector<std::int64_t>{3, dims}));
        EXPECT_TRUE(torch::equal(student->identity(mimic), student->forward(input)));
        EXPECT_EQ(student->forward(input).sizes(), (std::vector<std::int64_t>{3, identity}));
      }
    }
  }
  EXPECT_EQ(studentSizes(), (std::vector<int>{16, 32, 64, 96}));
}

TEST(Student, XavierStart) {
  const auto student = makeStudent({.size = 16, .dims = 512, .seed = 3});
  const auto tensors = namedTensors(*student);
  const auto deviation = [&](const char* name) { return tensors.at(name).std().item<double>(); };
  EXPECT_NEAR(deviation("conv8.weight"), std::sqrt(2.0 / (9 * 64 + 9 * 128)), 5e-4);
  EXPECT_NEAR(deviation("conv5.weight"), std::sqrt(2.0 / (9 * 32 + 9 * 64)), 1e-3);
  EXPECT_NEAR(deviation("mimic.weight"), std::sqrt(2.0 / (32 + 512)), 1e-3);
  EXPECT_NEAR(deviation("identity.weight"), std::sqrt(2.0 / (512 + 128)), 1e-3);
  EXPECT_EQ(tensors.at("mimic.bias").abs().max().item<float>(), 0);
  EXPECT_TRUE(
      torch::equal(tensors.at("conv8.weight"),
                   namedTensors(*makeStudent({.size = 32, .dims = 512, .seed = 3})).at("conv8.weight")));
}

TEST(Student, WrongShapesAreExplained) {
  EXPECT_NE(messageOf([] { makeNetwork("student", {.size = 40}); }).find("16, 32, 64, 96"),
            std::string::npos);
  EXPECT_NE(messageOf([] { makeNetwork("student", {.size = 16, .identityDims = 0}); }).find("identity layer"),
            std::string::npos);
  EXPECT_EQ(networkKind("student"), "student");
  EXPECT_EQ(studentName(16, "sc"), "S-16-sc");
}

// The engine reads exported weights; here by hand: the folded convolution as the framework computes it, and
// the linear layers.
TEST(Student, ExportedWeightsComputeTheSame) {
  torch::NoGradGuard guard;
  for (const int size : {16, 32}) {
    auto student = makeStudent({.size = size, .dims = 40, .identityDims = 12, .seed = 2});
    stir(*student);
    student->eval();
    const auto weights = student->weights();
    const auto input = torch::rand({4, 3, size, size}) * 2 - 1;
    auto x = input;
    for (std::size_t i = 0; i < weights.convolutions.size(); ++i) {
      const auto& c = weights.convolutions[i];
      const auto kernel = torch::tensor(c.weight).view({c.out, c.in, c.kernel, c.kernel});
      x = torch::relu(torch::conv2d(x, kernel, torch::tensor(c.bias), 1, c.kernel / 2));
      if (i == 0 || i == 3 || i == 6) x = torch::max_pool2d(x, 2);
    }
    const auto mimic = torch::linear(x.mean({2, 3}), torch::tensor(weights.mimicWeight).view({40, -1}),
                                     torch::tensor(weights.mimicBias));
    const auto identity = torch::linear(mimic, torch::tensor(weights.identityWeight).view({12, 40}),
                                        torch::tensor(weights.identityBias));
    EXPECT_TRUE(torch::allclose(mimic, student->mimic(input), 1e-4, 1e-5));
    EXPECT_TRUE(torch::allclose(identity, student->forward(input), 1e-4, 1e-5));
    EXPECT_EQ(weights.size, size);
    EXPECT_EQ(weights.dims, 40);
    EXPECT_EQ(weights.identityDims, 12);

    for (const auto output : {StudentOutput::Mimic, StudentOutput::Identity}) {
      const StudentEngine engine(weights, output);
      auto got = torch::empty({4, engine.dims()});
      engine.run(input.contiguous().data_ptr<float>(), 4, got.data_ptr<float>());
      EXPECT_TRUE(torch::allclose(got, output == StudentOutput::Mimic ? mimic : identity, 1e-4, 1e-5));
    }
  }
}

class StudentFile : public testing::Test {
 protected:
  StudentFile() : folder_(fs::temp_directory_path() / ("discern_student_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~StudentFile() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(StudentFile, RoundTripWithWhatLiesBeside) {
  const NetworkOptions options{.size = 32, .dims = 24, .identityDims = 1024, .seed = 4};
  auto student = makeStudent(options);
  stir(*student);
  student->eval();
  const auto file = folder_ / "s";
  saveCheckpoint(file, *student, "student", options, R"({"mode": "sc", "teacher": "face512"})",
                 {{"head.weight", torch::ones({5, 1024})}});
  const auto loaded = loadCheckpoint(file);
  EXPECT_EQ(loaded.kind, "student");
  EXPECT_EQ(loaded.size, 32);
  EXPECT_EQ(loaded.dims, 24);
  EXPECT_EQ(loaded.identityDims, 1024);
  EXPECT_EQ(loaded.recipe, "insightface");
  EXPECT_NE(loaded.metadata.find("\"mode\":\"sc\""), std::string::npos);
  ASSERT_EQ(loaded.extras.size(), 1U);
  EXPECT_EQ(loaded.extras.at("head.weight").sum().item<float>(), 5 * 1024);
  torch::NoGradGuard guard;
  const auto input = torch::rand({2, 3, 32, 32});
  EXPECT_TRUE(torch::equal(loaded.forward(input), student->forward(input)));
}

TEST_F(StudentFile, DamageIsNamed) {
  const NetworkOptions options{.size = 16, .dims = 24};
  const auto file = folder_ / "s.pt";
  saveCheckpoint(file, *makeStudent(options), "student", options);
  const auto whole = readFile(file);
  for (const double share : {0.2, 0.9, 0.999}) {
    writeFileAtomically(folder_ / "cut.pt",
                        std::string_view(whole).substr(
                            0, static_cast<std::size_t>(share * static_cast<double>(whole.size()))));
    EXPECT_NE(messageOf([&] { loadCheckpoint(folder_ / "cut.pt"); }).find("cut.pt"), std::string::npos);
  }
  auto contents = loadTensors(file, "discern_checkpoint");
  // A description that claims another teacher.
  const auto at = contents.text.find("\"dims\":24");
  ASSERT_NE(at, std::string::npos);
  contents.text.replace(at, 9, "\"dims\":32");
  saveTensors(file, "discern_checkpoint", contents);
  const auto message = messageOf([&] { loadCheckpoint(file); });
  EXPECT_NE(message.find("identity.weight\" has shape [128, 24], expected [128, 32]"), std::string::npos)
      << message;
}

}  // namespace
}  // namespace discern::networks
