// Against a file that Python's package wrote (tests/golden/make_tiny_safetensors.py), and against files that
// lie.
#include "core/networks/safetensors.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::networks {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = fs::path(DISCERN_SOURCE_DIR) / "tests/golden/tiny.safetensors";

std::map<std::string, torch::Tensor> goldenTensors() {
  return {{"a/weight", torch::arange(6, torch::kFloat32).reshape({2, 3}) / 4},
          {"double", torch::tensor({1.0 / 3, std::nan("")}, torch::kFloat64).reshape({2, 1})},
          {"empty", torch::zeros({0, 4})},
          {"half", torch::tensor({0.5, -2.0}).to(torch::kHalf)},
          {"ünï", torch::tensor({1, 2, 255}).to(torch::kUInt8)},
          {"long", torch::full({}, -(std::int64_t{1} << 40), torch::kInt64)},
          {"int", torch::tensor({-7}).to(torch::kInt32)},
          {"short", torch::tensor({-300}).to(torch::kInt16)},
          {"byte", torch::tensor({-128, 127}).to(torch::kInt8)}};
}

std::string_view bytesOf(const torch::Tensor& tensor) {
  return {static_cast<const char*>(tensor.data_ptr()), tensor.nbytes()};
}

class SafetensorsFile : public testing::Test {
 protected:
  SafetensorsFile()
      : folder_(fs::temp_directory_path() / ("discern_safetensors_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~SafetensorsFile() override { fs::remove_all(folder_); }

  // A file of this header and as many zero bytes of values.
  fs::path lie(const std::string& header, std::size_t values, std::uint64_t length = 0) const {
    std::string bytes;
    if (length == 0) length = header.size();
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>(length >> (8 * i) & 0xFF);
    writeFileAtomically(folder_ / "lie", bytes + header + std::string(values, '\0'));
    return folder_ / "lie";
  }
  static std::string messageOf(const fs::path& file) {
    try {
      loadSafetensors(file);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder_;
};

TEST_F(SafetensorsFile, ReadsWhatPythonWrote) {
  const auto contents = loadSafetensors(kGolden);
  EXPECT_EQ(contents.metadata, (TensorMetadata{{"made by", "Python, \"quoted\""}}));
  EXPECT_EQ(safetensorsMetadata(kGolden), contents.metadata);
  const auto expected = goldenTensors();
  ASSERT_EQ(contents.tensors.size(), expected.size());
  for (const auto& [name, tensor] : expected) {
    const auto& read = contents.tensors.at(name);
    EXPECT_EQ(read.scalar_type(), tensor.scalar_type()) << name;
    EXPECT_EQ(read.sizes(), tensor.sizes()) << name;
    if (name == "double")
      EXPECT_TRUE(std::isnan(read[1][0].item<double>()) && read[0][0].item<double>() == 1.0 / 3);
    else
      EXPECT_EQ(bytesOf(read), bytesOf(tensor)) << name;
  }
}

// So Python reads it, since it reads its own.
TEST_F(SafetensorsFile, WritesWhatPythonWrites) {
  saveSafetensors(folder_ / "ours", {{{"made by", "Python, \"quoted\""}}, goldenTensors()});
  EXPECT_EQ(readFile(folder_ / "ours"), readFile(kGolden));
}

TEST_F(SafetensorsFile, EveryTypeComesBackBitForBit) {
  torch::manual_seed(1);
  std::map<std::string, torch::Tensor> tensors;
  const auto random = torch::randn({3, 5, 2}) * 50;
  for (const auto type : {torch::kInt64, torch::kFloat64, torch::kFloat32, torch::kInt32, torch::kBFloat16,
                          torch::kHalf, torch::kInt16, torch::kInt8})
    tensors[c10::toString(type)] = random.to(type);
  tensors["bytes"] = random.abs().to(torch::kUInt8);
  tensors["not contiguous"] = random.transpose(0, 2);
  saveSafetensors(folder_ / "all", {{}, tensors});
  const auto read = loadSafetensors(folder_ / "all");
  EXPECT_TRUE(read.metadata.empty());
  ASSERT_EQ(read.tensors.size(), tensors.size());
  for (const auto& [name, tensor] : tensors) EXPECT_TRUE(torch::equal(read.tensors.at(name), tensor)) << name;
  EXPECT_THROW(saveSafetensors(folder_ / "flags", {{}, {{"flags", torch::zeros({2}, torch::kBool)}}}), Error);
}

TEST_F(SafetensorsFile, HeadersThatLieAreRefusedAndNamed) {
  const auto one = [](const std::string& entry) { return "{\"w\":" + entry + "}"; };
  ASSERT_EQ(messageOf(lie(one(R"({"dtype":"F32","shape":[2,1],"data_offsets":[0,8]})"), 8)), "");
  struct Case {
    std::string header;
    std::size_t values;
    std::string said;
  };
  const std::string f4 = R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
  const std::vector<Case> cases = {
      {one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})"), 7, "bytes 0 to 8 of 7"},
      {one(R"({"dtype":"F32","shape":[2],"data_offsets":[8,0]})"), 8, "bytes 8 to 0"},
      {one(R"({"dtype":"F32","shape":[3],"data_offsets":[0,8]})"), 8, "its shape and type"},
      {one(R"({"dtype":"F64","shape":[2],"data_offsets":[0,8]})"), 8, "its shape and type"},
      {one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,9]})"), 9, "its shape and type"},
      // Products that wrap around to 2, and to 0.
      {one(R"({"dtype":"F32","shape":[4294967297,4294967298],"data_offsets":[0,8]})"), 8, "its shape and"},
      {one(R"({"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]})"), 0, "its shape and"},
      {one(R"({"dtype":"F32","shape":[0,18446744073709551615],"data_offsets":[0,0]})"), 0, "its shape and"},
      {one(R"({"dtype":"F32","shape":[-2],"data_offsets":[0,8]})"), 8, "\"shape\""},
      {one(R"({"dtype":"F32","shape":[2.0],"data_offsets":[0,8]})"), 8, "\"shape\""},
      {one(R"({"dtype":"F32","shape":2,"data_offsets":[0,8]})"), 8, "\"shape\""},
      {one(R"({"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]})"), 8,
       "\"shape\""},
      {one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]})"), 8, "\"data_offsets\""},
      {one(R"({"dtype":"F32","shape":[2],"data_offsets":[0,4,8]})"), 8, "\"data_offsets\""},
      {one(R"({"dtype":"F32","shape":[2]})"), 8, "\"data_offsets\""},
      {one(R"({"dtype":"C64","shape":[1],"data_offsets":[0,8]})"), 8, "C64"},
      {one(R"({"shape":[2],"data_offsets":[0,8]})"), 8, "type"},
      {one("7"), 8, "type"},
      {"{\"a\":" + f4 + ",\"b\":" + f4 + "}", 4, "overlaps"},
      {"{\"a\":" + f4 + R"(,"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})", 12, "gap"},
      {"{\"a\":" + f4 + "}", 12, "8 bytes belong to no tensor"},
      {R"({"__metadata__":{"a":1}})", 0, "no text"},
      {R"({"__metadata__":[]})", 0, "__metadata__"},
      {one(R"({"dtype":"F32","shape":[[2]],"data_offsets":[0,8]})"), 8, "\"shape\""},
      {"{\"w\":" + std::string(200'000, '['), 0, "nested"},
      {"{\"w\":\"\xFF\"}", 0, "JSON"},
      {"{", 0, "JSON"},
      {"[]      ", 0, "no safetensors"},
  };
  for (const auto& c : cases) {
    const auto message = messageOf(lie(c.header, c.values));
    EXPECT_NE(message.find(c.said), std::string::npos) << c.header.substr(0, 100) << "\n" << message;
    EXPECT_NE(message.find("lie"), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
  for (const std::uint64_t length : {std::uint64_t{100}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    EXPECT_NE(messageOf(lie("{}", 8, length)), "") << length;
    EXPECT_FALSE(safetensorsMetadata(folder_ / "lie")) << length;
  }
}

TEST_F(SafetensorsFile, CutOffAnywhereItIsRefused) {
  const auto whole = readFile(kGolden);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    writeFileAtomically(folder_ / "cut", whole.substr(0, length));
    EXPECT_NE(messageOf(folder_ / "cut"), "") << length;
  }
  EXPECT_NE(messageOf(folder_ / "gone").find("no such file"), std::string::npos);
  EXPECT_FALSE(safetensorsMetadata(folder_));
}

}  // namespace
}  // namespace discern::networks
