#include "core/networks/convert.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/networks/safetensors.h"
#include "tests/core/networks/old_checkpoint.h"

namespace discern::networks {
namespace {

namespace fs = std::filesystem;

class Convert : public testing::Test {
 protected:
  Convert() : folder_(fs::temp_directory_path() / ("discern_convert_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    saveCheckpoint(folder_ / "new", *network_, "mobilefacenet", options_, R"({"seed": 7})",
                   {{"head", torch::randn({3, 4})}});
    test::makeOld(folder_ / "new", folder_ / "net.pt");
  }
  ~Convert() override { fs::remove_all(folder_); }

  template <typename Body>
  static std::string messageOf(const Body& body) {
    try {
      body();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder_;
  NetworkOptions options_{.size = 32, .width = 0.25, .dims = 16, .seed = 7};
  std::shared_ptr<Network> network_ = makeNetwork("mobilefacenet", options_);
};

TEST_F(Convert, KeepsEveryBitAndKnowsWhatItWas) {
  const auto hash = hashOfFile(folder_ / "net.pt");
  const auto converted = convertCheckpoint(folder_ / "net.pt");
  EXPECT_EQ(converted, folder_ / "net.safetensors");
  EXPECT_FALSE(fs::exists(folder_ / "net.pt"));
  EXPECT_TRUE(isCheckpoint(converted));
  EXPECT_EQ(hashOfOriginal(converted), hash);
  EXPECT_FALSE(hashOfOriginal(folder_ / "new"));
  const auto loaded = loadCheckpoint(converted);
  EXPECT_EQ(loaded.metadata, loadCheckpoint(folder_ / "new").metadata);
  EXPECT_EQ(loaded.extras.size(), 1U);
  const auto expected = namedTensors(*network_), tensors = namedTensors(*loaded.network);
  ASSERT_EQ(tensors.size(), expected.size());
  for (const auto& [name, tensor] : expected) EXPECT_TRUE(torch::equal(tensors.at(name), tensor)) << name;
}

TEST_F(Convert, NothingElseReadsAnOldFile) {
  EXPECT_FALSE(isCheckpoint(folder_ / "net.pt"));
  EXPECT_EQ(oldKind(folder_ / "net.pt"), "discern_checkpoint");
  EXPECT_EQ(oldKind(folder_ / "new"), "");
  const auto message = messageOf([&] { loadCheckpoint(folder_ / "net.pt"); });
  EXPECT_NE(message.find("net.pt"), std::string::npos) << message;
  EXPECT_NE(message.find("the job convert-checkpoint"), std::string::npos) << message;
  test::saveOld(folder_ / "net.pt.state", "discern_state", {"text", {{"a", torch::ones({2})}}});
  EXPECT_NE(
      messageOf([&] { loadTensors(folder_ / "net.pt.state", "discern_state"); }).find("convert-checkpoint"),
      std::string::npos);
}

TEST_F(Convert, StatesAndNames) {
  test::saveOld(folder_ / "net.pt.state", "discern_state", {"text", {{"a", torch::ones({2})}}});
  EXPECT_EQ(convertCheckpoint(folder_ / "net.pt.state"), folder_ / "net.safetensors.state");
  const auto state = loadTensors(folder_ / "net.safetensors.state", "discern_state");
  EXPECT_EQ(state.text, "text");
  EXPECT_TRUE(torch::equal(state.tensors.at("a"), torch::ones({2})));
  EXPECT_EQ(convertedPath("a/b.pt.init.state"), "a/b.safetensors.init.state");
  EXPECT_EQ(convertedPath("a.pt/b.ptx"), "a.pt/b.ptx.safetensors");
  EXPECT_EQ(convertedPath("a/b.pt.pt"), "a/b.pt.safetensors");
}

TEST_F(Convert, ACallThatWasEndedGoesOn) {
  fs::copy_file(folder_ / "net.pt", folder_ / "kept");
  convertCheckpoint(folder_ / "net.pt");
  fs::rename(folder_ / "kept", folder_ / "net.pt");  // as if ended before the old file went
  EXPECT_EQ(convertCheckpoint(folder_ / "net.pt"), folder_ / "net.safetensors");
  EXPECT_FALSE(fs::exists(folder_ / "net.pt"));
}

TEST_F(Convert, KeepsWhatItCannotConvert) {
  EXPECT_NE(messageOf([&] { convertCheckpoint(folder_ / "new"); }).find("nothing to convert"),
            std::string::npos);
  EXPECT_NE(messageOf([&] { convertCheckpoint(folder_ / "gone.pt"); }).find("gone.pt"), std::string::npos);
  fs::copy_file(folder_ / "new", folder_ / "net.safetensors");  // trained anew under the same name
  EXPECT_NE(
      messageOf([&] { convertCheckpoint(folder_ / "net.pt"); }).find("net.safetensors: is there already"),
      std::string::npos);
  EXPECT_TRUE(fs::exists(folder_ / "net.pt"));
  fs::remove(folder_ / "net.safetensors");

  auto bytes = readFile(folder_ / "net.pt");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);  // a weight
  writeFileAtomically(folder_ / "net.pt", bytes);
  EXPECT_NE(messageOf([&] { convertCheckpoint(folder_ / "net.pt"); }).find("checksum"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder_ / "net.pt"));
  EXPECT_FALSE(fs::exists(folder_ / "net.safetensors"));
}

}  // namespace
}  // namespace discern::networks
