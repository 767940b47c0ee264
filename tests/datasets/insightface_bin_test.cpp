#include "core/imaging/image.h"
#include "tests/datasets/fixture.h"
#include "tests/datasets/pickle_samples.h"

namespace discern::datasets {
namespace {
namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

class InsightFaceBin : public DatasetTest {
 protected:
  void expectTwoPairs(const data::Dataset& dataset) const {
    EXPECT_EQ(dataset.identities, (Lines{"pair 1", "pair 2 a", "pair 2 b"}));
    ASSERT_EQ(dataset.samples.size(), 4U);
    const int second[] = {2, 255, 6, 8};
    const int identity[] = {0, 0, 1, 2};
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(imaging::loadImage(dataset.samples[i].image).at<cv::Vec3b>(0, 1)[0], second[i]) << i;
      EXPECT_EQ(dataset.samples[i].identity, identity[i]) << i;
    }
    ASSERT_EQ(dataset.protocols.size(), 1U);
    const auto& protocol = dataset.protocols[0];
    EXPECT_EQ(protocol.folds, 2);  // ten, had it ten pairs
    ASSERT_EQ(protocol.pairs.size(), 2U);
    EXPECT_TRUE(protocol.pairs[0].genuine);
    EXPECT_FALSE(protocol.pairs[1].genuine);
    EXPECT_EQ(protocol.pairs[1].fold, 1);
    EXPECT_EQ(protocol.templates[static_cast<std::size_t>(protocol.pairs[1].b)].samples, std::vector<int>{3});
    EXPECT_TRUE(dataset.problems.empty()) << listProblems(dataset);
  }
};

TEST_F(InsightFaceBin, EveryWayPythonWritesItIsReadInPlace) {
  for (const auto& [name, bytes] :
       {std::pair{"python2.bin", samples::kPython2}, std::pair{"protocol1.bin", samples::kProtocol1},
        std::pair{"protocol4.bin", samples::kProtocol4}, std::pair{"protocol5.bin", samples::kProtocol5},
        std::pair{"arrays4.bin", samples::kArrays4}, std::pair{"arrays5.bin", samples::kArrays5}}) {
    SCOPED_TRACE(name);
    write(name, bytes);
    const auto dataset = import(name);
    EXPECT_EQ(dataset.format, "bin");
    expectTwoPairs(dataset);
    EXPECT_EQ(dataset.samples[0].image.file, (root_ / name).string());
    EXPECT_GT(dataset.samples[0].image.offset, 0);
  }
}

TEST_F(InsightFaceBin, TextEncodedImagesAreExtractedOrExplained) {
  for (const auto& [name, bytes] :
       {std::pair{"protocol2.bin", samples::kProtocol2}, std::pair{"arrays2.bin", samples::kArrays2}}) {
    SCOPED_TRACE(name);
    write(name, bytes);
    EXPECT_TRUE(contains(errorOf(name), "extract_to=FOLDER")) << errorOf(name);
    EXPECT_TRUE(contains(errorOf(name), "protocol=4"));
    const fs::path folder = root_ / "out" / name;
    EXPECT_EQ(
        import(name, "auto", {.extra = {{"extract_to", folder.string()}}, .dryRun = true}).samples.size(),
        4U);
    EXPECT_FALSE(fs::exists(root_ / "out" / name));
    expectTwoPairs(import(name, "auto", {.extra = {{"extract_to", folder.string()}}}));
    EXPECT_FALSE(fs::is_empty(folder));
  }
}

// (images, issame) as other tools' Python writes them: by hand, opcode by opcode.
TEST_F(InsightFaceBin, EveryKindOfBytesAndOfTruth) {
  using namespace std::string_literals;
  std::string bytes, arrays, objects;
  for (const std::string& image :
       {"P5 2 1 255\n\1\2"s, "P5 2 1 255\n\3\xFF"s, "P5 2 1 255\n\5\6"s, "P5 2 1 255\n\7\x8"s}) {
    const std::string plain = "C\x0D" + image;
    bytes += plain;
    arrays += "cbuiltins\nbytearray\n" + plain + "\x85R";
    objects += "cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\nU\3S13\x85R" + plain + "\x86R";
  }
  const auto list = [](const std::string& items) { return "](" + items + "e"; };
  const auto type = [](const std::string& code) {  // with its state, as NumPy gives it
    return "cnumpy\ndtype\n(U\2" + code + "\x89\x88tR(K\3U\1<NNNJ\xFF\xFF\xFF\xFFJ\xFF\xFF\xFF\xFFK\0tb"s;
  };
  const auto scalar = [&](const std::string& code, const std::string& value) {
    return "cnumpy._core.multiarray\nscalar\n" + type(code) + "C" + static_cast<char>(value.size()) + value +
           "\x86R";
  };
  const auto array = [&](const std::string& code, const std::string& state) {
    return "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85U\1b\x87R(K\1K\2\x85"s +
           type(code) + "\x89" + state + "tb";
  };
  const std::string truth = list("\x88\x89");
  const std::vector<std::pair<const char*, std::string>> sets = {
      {"bytearrays", list(arrays) + truth},
      {"numpy bytes", list(objects) + truth},
      {"object array", array("O8", list(bytes)) + truth},
      {"numpy booleans", list(bytes) + list(scalar("b1", "\1") + scalar("b1", "\0"s))},
      {"numpy integers",
       list(bytes) + list(scalar("i8", "\1\0\0\0\0\0\0\0"s) + scalar("i8", std::string(8, '\0')))},
      {"floats", list(bytes) + list("G\x3F\xF0\0\0\0\0\0\0G\0\0\0\0\0\0\0\0"s)},
      {"array of booleans", list(bytes) + array("b1", "C\2\1\0"s)},
      {"array of integers", list(bytes) + array("i4", "C\x8\1\0\0\0\0\0\0\0"s)},
      {"array of floats", list(bytes) + array("f4", "C\x8\0\0\x80\x3F\0\0\0\0"s)}};
  for (const auto& [name, pickle] : sets) {
    SCOPED_TRACE(name);
    write("set.bin", "\x80\4" + pickle + "\x86.");
    expectTwoPairs(import("set.bin", "bin"));
  }
  write("set.bin", "\x80\4" + list(bytes) + list("F0.5\nF1.0\n") + "\x86.");
  EXPECT_TRUE(contains(errorOf("set.bin", "bin"), "entry 0 of issame is neither true nor false"))
      << errorOf("set.bin", "bin");
}

TEST_F(InsightFaceBin, OtherPicklesAreRefused) {
  write("attack.bin", samples::kAttack4);
  EXPECT_TRUE(contains(errorOf("attack.bin"), "system")) << errorOf("attack.bin");
  EXPECT_TRUE(contains(errorOf("attack.bin"), "malicious"));
  write("odd.bin", samples::kOddCount);
  EXPECT_TRUE(contains(errorOf("odd.bin"), "3 images for 2 pairs")) << errorOf("odd.bin");
  write("number.bin", samples::kNumber);
  EXPECT_TRUE(contains(errorOf("number.bin"), "(images, issame)")) << errorOf("number.bin");
  write("dictionary.bin", samples::kDictionary);
  EXPECT_TRUE(contains(errorOf("dictionary.bin"), "dictionary")) << errorOf("dictionary.bin");
  write("cut.bin", samples::kProtocol4.substr(0, samples::kProtocol4.size() - 4));
  EXPECT_TRUE(contains(errorOf("cut.bin"), "cut off")) << errorOf("cut.bin");
  write("empty.bin", "");
  EXPECT_TRUE(contains(errorOf("empty.bin", "bin"), "zero bytes")) << errorOf("empty.bin", "bin");
}

TEST_F(InsightFaceBin, TwentyOnePairsMakeTenConsecutiveFolds) {
  const auto image = [](int i) { return "C\x0DP5 2 1 255\n" + std::string(2, static_cast<char>(i)); };
  std::string images = "(", same = "(";
  for (int i = 0; i < 21; ++i) {
    images += image(2 * i) + (i == 5 ? std::string("C\0", 2) : image(2 * i + 1));
    same += i % 3 == 0 ? '\x88' : '\x89';
  }
  write("many.bin", "\x80\x04]" + images + "e]" + same + "e\x86.");
  const auto dataset = import("many.bin");
  EXPECT_EQ(dataset.samples.size(), 41U);
  EXPECT_TRUE(hasProblem(dataset, "many.bin: pair 6 b", "zero bytes")) << listProblems(dataset);
  const auto& protocol = dataset.protocols.at(0);
  EXPECT_EQ(protocol.folds, 10);
  ASSERT_EQ(protocol.pairs.size(), 20U);
  std::vector<int> sizes(10);
  for (const auto& pair : protocol.pairs) ++sizes.at(static_cast<std::size_t>(pair.fold));
  EXPECT_EQ(sizes,
            (std::vector<int>{3, 2, 1, 2, 2, 2, 2, 2, 2, 2}));  // 3 first, as 21 = 10 x 2 + 1; pair 6 is gone
}

}  // namespace
}  // namespace discern::datasets
