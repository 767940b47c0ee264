#include "core/networks/checkpoint.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/core/base/full_disk.h"

namespace discern::networks {
namespace {

namespace fs = std::filesystem;

class Checkpoint : public testing::Test {
 protected:
  Checkpoint() : folder_(fs::temp_directory_path() / ("discern_checkpoint_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~Checkpoint() override { fs::remove_all(folder_); }

  fs::path saved() const {
    const auto file = folder_ / "net.ckpt";
    saveCheckpoint(file, *makeNetwork("mobilefacenet", options_), "mobilefacenet", options_,
                   R"({"seed": 7})");
    return file;
  }
  static std::string messageOf(const fs::path& file) {
    try {
      loadCheckpoint(file);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder_;
  NetworkOptions options_{.size = 32, .width = 0.25, .dims = 16, .seed = 7};
};

TEST_F(Checkpoint, RoundTripGivesTheSameOutputs) {
  const auto file = saved();
  EXPECT_TRUE(isCheckpoint(file));
  const auto loaded = loadCheckpoint(file);
  EXPECT_EQ(loaded.kind, "base");
  EXPECT_EQ(loaded.architecture, "mobilefacenet");
  EXPECT_EQ(loaded.width, 0.25);
  EXPECT_EQ(loaded.size, 32);
  EXPECT_EQ(loaded.dims, 16);
  EXPECT_NE(loaded.metadata.find("\"seed\":7"), std::string::npos);
  EXPECT_NE(loaded.metadata.find("\"recipe\":\"insightface\""), std::string::npos);
  auto original = makeNetwork("mobilefacenet", options_);
  original->eval();
  const auto input = torch::rand({2, 3, 32, 32});
  torch::NoGradGuard guard;
  EXPECT_TRUE(torch::equal(loaded.forward(input), original->forward(input)));
  // Nothing is left beside it.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(Checkpoint, KeepsTheShapeOfItsInput) {
  EXPECT_EQ(loadCheckpoint(saved()).metadata.find("height"), std::string::npos)
      << "a square says its size alone";
  options_ = inShape(options_, {48, 32, 1});
  const auto loaded = loadCheckpoint(saved());
  EXPECT_EQ(loaded.shape, (data::Shape{48, 32, 1}));
  EXPECT_EQ(loaded.size, 32);
  torch::NoGradGuard guard;
  EXPECT_EQ(loaded.forward(torch::rand({2, 3, 48, 32})).size(1), 16);
}

TEST_F(Checkpoint, TruncatedFileIsNamed) {
  const auto file = saved();
  const auto whole = readFile(file);
  for (const double share : {0.0, 0.1, 0.5, 0.9, 0.999}) {
    writeFileAtomically(file,
                        std::string_view(whole).substr(0, static_cast<std::size_t>(share * whole.size())));
    EXPECT_NE(messageOf(file).find("net.ckpt"), std::string::npos) << share;
  }
}

TEST_F(Checkpoint, OneFlippedBitInAWeightIsFound) {
  const auto file = saved();
  auto bytes = readFile(file);
  // The tensors fill the file's middle.
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  writeFileAtomically(file, bytes);
  EXPECT_NE(messageOf(file), "");
}

TEST_F(Checkpoint, ForeignFilesAreRefused) {
  const auto text = folder_ / "a.txt";
  writeFileAtomically(text, "PK\3\4 not really");
  EXPECT_FALSE(isCheckpoint(text));
  EXPECT_NE(messageOf(text).find("a.txt"), std::string::npos);
  EXPECT_FALSE(isCheckpoint(folder_ / "missing"));
  EXPECT_NE(messageOf(folder_ / "missing").find("no such file"), std::string::npos);
  EXPECT_FALSE(isCheckpoint(folder_));

  // An archive of LibTorch's that is not ours: also what a TorchScript model looks like.
  const auto other = folder_ / "other.pt";
  torch::serialize::OutputArchive archive;
  archive.write("weight", torch::ones({3}));
  archive.save_to(other.string());
  EXPECT_FALSE(isCheckpoint(other));
  EXPECT_NE(messageOf(other).find("not a Discern checkpoint"), std::string::npos);

  // One of ours that is no checkpoint.
  const auto state = folder_ / "net.state";
  saveTensors(state, "discern_state", {"{}", {}});
  EXPECT_FALSE(isCheckpoint(state));
  EXPECT_NE(messageOf(state).find("net.state"), std::string::npos);
}

TEST_F(Checkpoint, WrongTensorsAreNamed) {
  const auto file = saved();
  const auto good = loadTensors(file, "discern_checkpoint");
  const auto name = good.tensors.begin()->first;

  auto missing = good;
  missing.tensors.erase(name);
  saveTensors(file, "discern_checkpoint", missing);
  EXPECT_NE(messageOf(file).find("\"" + name + "\" is missing"), std::string::npos) << messageOf(file);

  auto reshaped = good;
  reshaped.tensors[name] = torch::zeros({2, 3});
  saveTensors(file, "discern_checkpoint", reshaped);
  EXPECT_NE(messageOf(file).find("\"" + name + "\" has shape [2, 3]"), std::string::npos) << messageOf(file);

  auto superfluous = good;
  superfluous.tensors["ghost"] = torch::zeros({1});
  saveTensors(file, "discern_checkpoint", superfluous);
  EXPECT_NE(messageOf(file).find("\"ghost\""), std::string::npos) << messageOf(file);

  auto unknown = good;
  unknown.text = R"({"architecture": "vgg", "width": 1, "size": 112, "dims": 5})";
  saveTensors(file, "discern_checkpoint", unknown);
  EXPECT_NE(messageOf(file).find("network 'vgg' is not known"), std::string::npos) << messageOf(file);

  unknown.text = R"({"architecture": "mobilefacenet"})";
  saveTensors(file, "discern_checkpoint", unknown);
  EXPECT_NE(messageOf(file).find("\"width\""), std::string::npos) << messageOf(file);
}

TEST_F(Checkpoint, TensorsKeepTypeAndValue) {
  const auto file = folder_ / "t";
  const auto nan = torch::full({}, std::nan(""), torch::kFloat64);
  saveTensors(
      file, "discern_state",
      {"text", {{"a/b.c", torch::arange(5)}, {"nan", nan}, {"empty", torch::empty({0}, torch::kInt64)}}});
  const auto loaded = loadTensors(file, "discern_state");
  EXPECT_EQ(loaded.text, "text");
  EXPECT_TRUE(torch::equal(loaded.tensors.at("a/b.c"), torch::arange(5)));
  EXPECT_TRUE(std::isnan(loaded.tensors.at("nan").item<double>()));
  EXPECT_EQ(loaded.tensors.at("empty").numel(), 0);
}

TEST_F(Checkpoint, AFullDiskIsAnErrorAndKeepsTheOldFile) {
  const auto file = folder_ / "net.state";
  saveTensors(file, "discern_state", {"old", {}});
  std::string message;
  {
    const test::FullDisk full(4096);
    try {
      saveTensors(file, "discern_state", {"new", {{"large", torch::zeros({100'000})}}});
    } catch (const Error& error) {
      message = error.what();
    }
  }
  EXPECT_NE(message.find("net.state: could not be written"), std::string::npos) << message;
  EXPECT_EQ(loadTensors(file, "discern_state").text, "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(Checkpoint, UnwritablePlaceIsNamed) {
  EXPECT_THROW(saveTensors(folder_ / "no" / "such" / "folder" / "x", "discern_state", {"{}", {}}), Error);
}

}  // namespace
}  // namespace discern::networks
