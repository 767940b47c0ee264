// Real ONNX files (tests/golden/make_tiny_onnx.py) against NumPy, and what is said about files that are none.
#include "core/features/internal/onnx_model.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/data/csv.h"
#include "core/features/base_model.h"
#include "core/onnx/read_graph.h"
#include "tests/core/features/scratch.h"

namespace discern::features {
namespace {

Recipe eightPixels() {
  Recipe recipe = findRecipe("insightface");
  recipe.size = 8;
  return recipe;
}

std::vector<float> expected(const std::string& model) {
  std::vector<float> values;
  for (const data::CsvRow& row : data::readCsv(golden("tiny.csv")))
    if (row.fields[0] == model) values.push_back(std::stof(row.fields[2]));
  return values;
}

// The message of the Error that opening throws; fails when there is none or when something is printed.
std::string openingError(const std::string& model, const Recipe& recipe = eightPixels()) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  std::string message;
  try {
    openBaseModel(model, recipe);
  } catch (const Error& e) {
    message = e.what();
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "") << model;
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "") << model;
  EXPECT_FALSE(message.empty()) << model;
  return message;
}

TEST(OnnxModel, AgreesWithNumPy) {
  for (const std::string name : {"tiny", "tiny_linear"}) {
    const auto model = openBaseModel(golden(name + ".onnx"), eightPixels());
    const std::vector<float> truth = expected(name);
    ASSERT_EQ(model->dims(), static_cast<int>(truth.size()));
    const data::Matrix features = model->extract({formulaFace(8)});
    ASSERT_EQ(features.rows, 1);
    for (std::size_t k = 0; k < truth.size(); ++k)
      EXPECT_NEAR(features.row(0)[k], truth[k], 1e-5) << name << k;
  }
}

TEST(OnnxModel, AModelFixedToOneImageTakesAnyNumber) {
  const auto model = openBaseModel(golden("tiny.onnx"), eightPixels());
  std::vector<cv::Mat> faces;
  for (int k = 0; k < 23; ++k) faces.push_back(formulaFace(8, 9 * k));
  const data::Matrix together = model->extract(faces);
  ASSERT_EQ(together.rows, 23);
  for (int k = 0; k < 23; ++k) {
    const data::Matrix alone = model->extract({faces[k]});
    for (int c = 0; c < model->dims(); ++c) EXPECT_EQ(together.row(k)[c], alone.row(0)[c]);
  }
  EXPECT_NE(together.row(0)[0], together.row(1)[0]);
  setThreadCount(3);
  EXPECT_EQ(model->extract(faces).values, together.values);
  setThreadCount(0);
  EXPECT_EQ(model->extract({}).rows, 0);
}

TEST(OnnxModel, CountsMultiplyAccumulates) {
  // 4 filters of 3 x 3 x 3 at 4 x 4 places, then 6 x 4.
  EXPECT_EQ(openBaseModel(golden("tiny.onnx"), eightPixels())->macs(), 4 * 27 * 16 + 24);
  EXPECT_EQ(openBaseModel(golden("tiny_linear.onnx"), eightPixels())->macs(), 16 * 192);
  EXPECT_EQ(openBaseModel(golden("tiny_linear.onnx"), eightPixels())->parameters(), 16 * 192);
  EXPECT_EQ(openBaseModel(golden("tiny.onnx"), eightPixels())->parameters(), 4 * 27 + 4 + 24 + 6);
  // 3 x 8 rows of 8 pixels, each times 8 x 5.
  EXPECT_EQ(openBaseModel(golden("tiny_rows.onnx"), eightPixels())->macs(), 3 * 8 * 8 * 5);
}

TEST(OnnxModel, FlipAddsTheMirroredFace) {
  Recipe recipe = eightPixels();
  const auto plain = openBaseModel(golden("tiny_linear.onnx"), recipe);
  recipe.flip = true;
  const auto flipping = openBaseModel(golden("tiny_linear.onnx"), recipe);
  const cv::Mat face = formulaFace(8);
  cv::Mat mirrored(8, 8, CV_8UC3);
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x) mirrored.at<cv::Vec3b>(y, x) = face.at<cv::Vec3b>(y, 7 - x);
  const data::Matrix a = plain->extract({face}), b = plain->extract({mirrored}),
                     sum = flipping->extract({face});
  for (int k = 0; k < 16; ++k) EXPECT_NEAR(sum.row(0)[k], a.row(0)[k] + b.row(0)[k], 1e-5);
}

TEST(OnnxModel, ChannelOrderAndScaleFollowTheRecipe) {
  const auto model = openBaseModel(golden("tiny_linear.onnx"), eightPixels());
  const cv::Mat face = formulaFace(8);
  Recipe bgr = eightPixels();
  bgr.rgb = false;
  cv::Mat swapped(8, 8, CV_8UC3);
  for (int y = 0; y < 8; ++y)
    for (int x = 0; x < 8; ++x) {
      const auto p = face.at<cv::Vec3b>(y, x);
      swapped.at<cv::Vec3b>(y, x) = cv::Vec3b(p[2], p[1], p[0]);
    }
  EXPECT_EQ(model->extractAs(bgr, {face}).values, model->extract({swapped}).values);
  // Linear model: halving std doubles the output.
  Recipe doubled = eightPixels();
  doubled.std.fill(63.75F);
  const data::Matrix once = model->extract({face}), twice = model->extractAs(doubled, {face});
  for (int k = 0; k < 16; ++k) EXPECT_NEAR(twice.row(0)[k], 2 * once.row(0)[k], 1e-5);
}

TEST(OnnxModel, NamedOutputLayer) {
  Recipe recipe = eightPixels();
  recipe.outputLayer = "pool_node";
  EXPECT_EQ(openBaseModel(golden("tiny.onnx"), recipe)->dims(), 4);
  recipe.outputLayer = "nothing";
  const std::string message = openingError(golden("tiny.onnx"), recipe);
  EXPECT_NE(message.find("nothing"), std::string::npos);
  EXPECT_NE(message.find("feature"), std::string::npos);
}

TEST(OnnxModel, AnOutputThatIsAnImageIsRefusedWithItsShape) {
  const std::string message = openingError(golden("tiny_image.onnx"));
  EXPECT_NE(message.find("1 x 4 x 4 x 4"), std::string::npos) << message;
  EXPECT_NE(message.find("tiny_image.onnx"), std::string::npos);
}

TEST(OnnxModel, AnotherInputSizeIsRefused) {
  const std::string message = openingError(golden("tiny.onnx"), findRecipe("insightface"));
  EXPECT_NE(message.find("1 x 3 x 8 x 8"), std::string::npos) << message;
  EXPECT_NE(message.find("112"), std::string::npos) << message;
}

TEST(OnnxModel, FacesOfAnotherSizeAreRefused) {
  const auto model = openBaseModel(golden("tiny.onnx"), eightPixels());
  EXPECT_THROW(model->extract({formulaFace(9)}), Error);
  EXPECT_THROW(model->extract({cv::Mat(8, 8, CV_8UC1, cv::Scalar(0))}), Error);
}

TEST(OnnxModel, OneThatNeedsTooMuchMemoryIsASentence) {
  const std::string message = openingError(golden("tiny_huge.onnx"));
  EXPECT_NE(message.find("tiny_huge.onnx: the model needs more than"), std::string::npos) << message;
}

TEST(OpenBaseModel, FilesThatAreNoModels) {
  const Scratch scratch;
  const std::string onnx = readFile(golden("tiny.onnx"));
  for (const auto& [name, contents] :
       {std::pair<std::string, std::string>{"text.onnx", "I am a text file.\n"},
        {"cut.onnx", onnx.substr(0, onnx.size() / 2)},
        {"image.onnx", std::string("\x89PNG\r\n\x1a\n", 8)},
        {"noise.pt", std::string(500, '\x5A')}}) {
    const std::string message = openingError(scratch.write(name, contents));
    EXPECT_NE(message.find(name), std::string::npos) << message;
    EXPECT_NE(message.find("not a model"), std::string::npos) << message;
  }
  EXPECT_NE(openingError(scratch.write("empty.onnx", "")).find("empty"), std::string::npos);
  EXPECT_NE(openingError(scratch.path("")).find("folder"), std::string::npos);
  EXPECT_NE(openingError(scratch.path("absent.onnx")).find("absent.onnx"), std::string::npos);
}

TEST(OpenBaseModel, ATensorThatIsNotWhatItsShapeSaysIsNamed) {
  const Scratch scratch;
  const std::string onnx = readFile(golden("tiny.onnx"));
  const auto weight =
      onnx.find(std::string("\x42\x01") + "c\x4a\x18");  // the last layer's bias: six floats, name "c"
  ASSERT_NE(weight, std::string::npos);
  const auto shape = onnx.rfind(std::string("\x08\x06"), weight);
  ASSERT_LT(weight - shape, 8U);
  std::string longer = onnx;
  longer[shape + 1] = 7;
  const std::string message = openingError(scratch.write("longer.onnx", longer));
  EXPECT_NE(message.find("longer.onnx: the tensor 'c' holds more or fewer values than its shape says"),
            std::string::npos)
      << message;
}

TEST(OpenBaseModel, ANodeThatTakesWhatNothingGivesIsNamed) {
  const Scratch scratch;
  std::string onnx = readFile(golden("tiny.onnx"));
  const auto taken = onnx.rfind("flat", onnx.find("feature"));  // the last node's input
  ASSERT_NE(taken, std::string::npos);
  onnx[taken + 3] = 's';
  const std::string message = openingError(scratch.write("untied.onnx", onnx));
  EXPECT_NE(message.find("untied.onnx: a node takes the tensor 'flas', which nothing before it gives"),
            std::string::npos)
      << message;
}

TEST(OpenBaseModel, AWholeFileWithDamagedWeightsOrNodesNeverCrashes) {
  const Scratch scratch;
  const std::string onnx = readFile(golden("tiny.onnx"));
  int opened = 0, apart = 0;
  for (std::size_t at = 0; at < onnx.size(); at += 7) {
    std::string damaged = onnx;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x15);
    const std::string file = scratch.write("damaged.onnx", damaged);
    try {  // in this process, where a crash would be seen
      if (auto graph = onnx::readGraph(damaged))
        opened += openOnnx(file, damaged, std::move(*graph), eightPixels(), Device::Cpu)->dims() > 0 ? 1 : 0;
      if (at % 20 == 0) apart += openBaseModel(file, eightPixels())->dims() > 0 ? 1 : 0;
    } catch (const Error&) {
    }
  }
  EXPECT_GT(opened, 0);
  EXPECT_GT(apart, 0);
}

}  // namespace
}  // namespace discern::features
