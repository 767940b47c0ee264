// Networks as ONNX files: what comes out of the file is what the network says.
#include "core/features/export_onnx.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "core/base/error.h"
#include "core/features/base_model.h"
#include "core/networks/checkpoint.h"
#include "tests/core/features/scratch.h"
#include "tests/core/features/torch_faces.h"

namespace discern::features {
namespace {
namespace fs = std::filesystem;
using networks::NetworkOptions;

// A network whose statistics and slopes are not the initial ones; with `spoil`, one that says nothing finite.
std::string saved(const Scratch& scratch, const std::string& architecture, const NetworkOptions& options,
                  bool spoil = false) {
  const auto network = networks::makeNetwork(architecture, options);
  torch::NoGradGuard guard;
  torch::manual_seed(1);
  for (auto& item : network->named_buffers()) {
    if (item.key().ends_with("running_mean")) item.value().normal_(0, 0.1);
    if (item.key().ends_with("running_var")) item.value().uniform_(0.5, 2);
  }
  for (auto& item : network->named_parameters())
    if (spoil && item.key().ends_with("fc.bias")) item.value().fill_(NAN);
  const auto file = scratch.path(architecture + ".safetensors");
  networks::saveCheckpoint(file, *network, architecture, options);
  return file;
}

TEST(ExportOnnx, RecognisersGiveTheirFeaturesByTheRecipeThatTheFileSays) {
  const Scratch scratch;
  const std::vector<std::pair<std::string, NetworkOptions>> networks = {
      {"mobilefacenet", {.size = 32, .width = 0.25, .dims = 16}},
      {"student", {.size = 16, .dims = 24, .identityDims = 8}}};
  for (const auto& [architecture, options] : networks) {
    SCOPED_TRACE(architecture);
    const auto checkpoint = saved(scratch, architecture, options);
    const auto faces = someFaces(options.size, 5);
    const auto out = scratch.path(architecture + ".onnx");
    const auto exported = exportNetwork(checkpoint, "", faces, out);
    EXPECT_EQ(exported.compared, 5);
    EXPECT_LE(exported.ofReader, kExportAgreement);
    EXPECT_LE(exported.ofOpenCv, kExportAgreement);
    EXPECT_EQ(exported.bytes, static_cast<std::int64_t>(fs::file_size(out)));
    const auto said = readExported(out);
    ASSERT_TRUE(said && said->recipe);
    EXPECT_EQ(said->kind, architecture == "student" ? "student" : "base");
    EXPECT_EQ(said->recipe->size, options.size);
    const auto original = openBaseModel(checkpoint, *said->recipe), again = openBaseModel(out, *said->recipe);
    EXPECT_EQ(again->dims(), exported.dims);
    const auto ours = original->extract(faces), theirs = again->extract(faces);
    for (std::size_t i = 0; i < ours.values.size(); ++i)
      ASSERT_NEAR(theirs.values[i], ours.values[i], 1e-5 * std::max(1.0F, std::abs(ours.values[i])) * 10);
  }
}

TEST(ExportOnnx, AStudentsMimicLayerIsAnotherFile) {
  const Scratch scratch;
  const auto checkpoint = saved(scratch, "student", {.size = 16, .dims = 24, .identityDims = 8});
  EXPECT_EQ(exportNetwork(checkpoint, "mimic", someFaces(16, 3), scratch.path("m.onnx")).dims, 24);
  EXPECT_EQ(exportNetwork(checkpoint, "identity", someFaces(16, 3), scratch.path("i.onnx")).dims, 8);
  EXPECT_THROW(exportNetwork(checkpoint, "other", someFaces(16, 3), scratch.path("o.onnx")), Error);
}

TEST(ExportOnnx, ADdnetSaysItsScoresAndWhatTheyMean) {
  const Scratch scratch;
  const auto checkpoint = saved(scratch, "ddnet-r18", {.size = 32});
  const auto out = scratch.path("d.onnx");
  const auto exported = exportNetwork(checkpoint, "", someFaces(32, 6), out);
  EXPECT_EQ(exported.dims, 1);
  const auto said = readExported(out);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->kind, "ddnet");
  EXPECT_NE(said->meaning.find("D-score"), std::string::npos);
}

TEST(ExportOnnx, AHeadIsItsFormula) {
  const Scratch scratch;
  const LinearHead head{{0.5, -1, 0.25}, 0.125, -0.3};
  data::Matrix features(4, 3);
  std::vector<float> scores;
  for (std::int64_t i = 0; i < 4; ++i) {
    double logit = head.bias, squares = 0;
    for (std::size_t d = 0; d < 3; ++d) {
      const auto x = static_cast<float>(std::sin(3.0 * static_cast<double>(i) + static_cast<double>(d)));
      features.row(i)[d] = x;
      logit += head.weight[d] * x;
      squares += static_cast<double>(x) * x;
    }
    logit += head.normWeight * std::sqrt(squares);
    scores.push_back(static_cast<float>(1 / (1 + std::exp(-logit))));
  }
  const auto exported = exportHead(head, features.view(), scores, scratch.path("h.onnx"));
  EXPECT_LE(exported.ofOpenCv, kExportAgreement);
  const auto said = readExported(scratch.path("h.onnx"));
  ASSERT_TRUE(said);
  EXPECT_EQ(said->kind, "head");
  EXPECT_FALSE(said->recipe);
  scores[2] += 1e-3F;  // then the file would say something else
  EXPECT_THROW(exportHead(head, features.view(), scores, scratch.path("other.onnx")), Error);
  EXPECT_FALSE(fs::exists(scratch.path("other.onnx")));
}

TEST(ExportOnnx, KeepsNoFileThatSaysSomethingElse) {
  const Scratch scratch;
  const auto checkpoint = saved(scratch, "ddnet-r18", {.size = 32}, true);
  try {
    exportNetwork(checkpoint, "", someFaces(32, 2), scratch.path("d.onnx"));
    FAIL() << "it was kept";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("no file is kept"), std::string::npos) << e.what();
  }
  EXPECT_FALSE(fs::exists(scratch.path("d.onnx")));
}

TEST(ExportOnnx, OtherFilesSayNothing) {
  EXPECT_FALSE(readExported(golden("tiny.onnx")));
  const Scratch scratch;
  EXPECT_FALSE(readExported(scratch.write("text.onnx", "no model")));
}

}  // namespace
}  // namespace discern::features
