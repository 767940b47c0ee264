// NumPy's own files (tests/golden/make_tiny_npz.py), and damaged ones.
#include "core/networks/npz.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/networks/checkpoint.h"
#include "core/networks/import_weights.h"
#include "tests/core/networks/npz_writer.h"

namespace discern::networks {
namespace {

namespace fs = std::filesystem;

class Npz : public testing::Test {
 protected:
  Npz() : folder_(fs::temp_directory_path() / ("discern_npz_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~Npz() override { fs::remove_all(folder_); }

  fs::path write(const std::string& bytes, const std::string& name = "w.npz") const {
    writeFileAtomically(folder_ / name, bytes);
    return folder_ / name;
  }
  static std::string messageOf(const std::function<void()>& call) {
    try {
      call();
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
  static std::string loadingError(const fs::path& file) {
    return messageOf([&] { loadNpz(file); });
  }

  fs::path folder_;
};

fs::path golden(const char* name) { return fs::path(DISCERN_SOURCE_DIR) / "tests/golden" / name; }

TEST_F(Npz, AHeaderOfAMegabyteIsRefused) {
  const std::string dict =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::string(1 << 20, '1') + "), }";
  const std::string array = std::string("\x93NUMPY\2\0", 8) + little(dict.size(), 4) + dict;
  EXPECT_NE(loadingError(write(zipOf({{"a.npy", array}}))).find("array a has a header of 104"),
            std::string::npos);
}

TEST_F(Npz, AShapeWhoseProductIsTooLargeForANumberIsRefused) {
  // 2^32 * 2^32 * 3 is 0 to a 64-bit number, as is what is there.
  const std::string dict =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 3), }\n";
  const std::string array = std::string("\x93NUMPY\1\0", 8) + little(dict.size(), 2) + dict;
  EXPECT_NE(loadingError(write(zipOf({{"a.npy", array}}))).find("its shape says otherwise"),
            std::string::npos);
}

TEST_F(Npz, ReadsWhatNumPyWrote) {
  for (const char* name : {"tiny.npz", "tiny_deflated.npz"}) {
    const auto arrays = loadNpz(golden(name));
    EXPECT_EQ(arrays.size(), std::string(name) == "tiny.npz" ? 7U : 8U);
    const auto& weight = arrays.at("conv.weight");
    EXPECT_TRUE(torch::equal(weight, torch::arange(24, torch::kFloat32).view({2, 3, 2, 2}) / 8));
    EXPECT_EQ(arrays.at("double").scalar_type(), torch::kFloat64);
    EXPECT_EQ(arrays.at("double")[1][0].item<double>(), 1e300);
    EXPECT_TRUE(torch::equal(arrays.at("half").to(torch::kFloat32), torch::tensor({0.5F, -1.25F, 1024.0F})));
    EXPECT_EQ(arrays.at("count").dim(), 0);
    EXPECT_EQ(arrays.at("count").item<std::int64_t>(), 7);
    EXPECT_TRUE(torch::equal(arrays.at("index"), torch::tensor({{1, -2, 3}}, torch::kInt32)));
    EXPECT_TRUE(torch::equal(arrays.at("fortran"), torch::arange(6, torch::kFloat32).view({2, 3})));
    EXPECT_EQ(arrays.at("empty").sizes(), (std::vector<std::int64_t>{0, 4}));
  }
  EXPECT_EQ(loadNpz(golden("tiny_deflated.npz")).at("zeros").numel(), 2000);
}

TEST_F(Npz, SizesBeyondFourGigabytesAreReadFromTheirOwnFields) {
  const auto values = torch::arange(6, torch::kFloat32).view({3, 2});
  for (const bool zip64 : {false, true}) {
    const auto arrays = loadNpz(write(npzOf({{"a", values}, {"b", values + 1}}, zip64)));
    ASSERT_EQ(arrays.size(), 2U);
    EXPECT_TRUE(torch::equal(arrays.at("b"), values + 1));
  }
}

TEST_F(Npz, EveryCutIsAnErrorThatNamesTheFile) {
  for (const char* name : {"tiny.npz", "tiny_deflated.npz"}) {
    const auto whole = readFile(golden(name));
    for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 60) {
      const auto message = loadingError(write(whole.substr(0, length)));
      EXPECT_NE(message.find("w.npz"), std::string::npos) << length << " " << message;
      EXPECT_EQ(message.find('\n'), std::string::npos);
    }
  }
}

TEST_F(Npz, AFlippedByteIsFoundOrHarmless) {
  const auto good = loadNpz(golden("tiny_deflated.npz"));
  const auto whole = readFile(golden("tiny_deflated.npz"));
  int found = 0;
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    try {
      // What is read at all (times and versions are not looked at) has the right values.
      for (const auto& [name, tensor] : loadNpz(write(bytes)))
        if (const auto same = good.find(name); same != good.end()) {
          EXPECT_TRUE(torch::equal(tensor, same->second)) << at;
        }
    } catch (const Error&) {
      ++found;
    }
  }
  EXPECT_GT(found, static_cast<int>(whole.size() / 3 / 3));
}

TEST_F(Npz, OtherFilesAreRefused) {
  EXPECT_NE(loadingError(folder_ / "missing.npz").find("no such file"), std::string::npos);
  EXPECT_NE(loadingError(write("hello")).find("numpy.savez"), std::string::npos);
  EXPECT_NE(loadingError(write("PK nothing of a zip at all")).find("cut off"), std::string::npos);
  EXPECT_NE(loadingError(write(zipOf({{"readme.txt", "hi"}}))).find("readme.txt"), std::string::npos);
  EXPECT_NE(loadingError(write(zipOf({{"a.npy", "not an array, really"}}))).find("array a"),
            std::string::npos);
  auto npy = npyOf(torch::ones({2}));
  npy.replace(npy.find("<f4"), 3, ">f4");
  EXPECT_NE(loadingError(write(zipOf({{"a.npy", npy}}))).find("type >f4"), std::string::npos);
  npy = npyOf(torch::ones({2}));
  npy.pop_back();
  EXPECT_NE(loadingError(write(zipOf({{"a.npy", npy}}))).find("shape says otherwise"), std::string::npos);
}

TEST_F(Npz, WeightsBecomeACheckpoint) {
  const NetworkOptions options{.size = 16, .dims = 20, .identityDims = 12, .seed = 9};
  auto network = makeNetwork("student", options);
  auto tensors = namedTensors(*network);
  std::erase_if(tensors, [](const auto& item) { return item.first.ends_with("num_batches_tracked"); });
  const auto result = importWeights("student", write(npzOf(tensors)), folder_ / "s.pt");
  EXPECT_EQ(result.dims, 20);
  EXPECT_EQ(result.size, 16);
  EXPECT_TRUE(result.leftOut.empty());
  const auto loaded = loadCheckpoint(folder_ / "s.pt");
  EXPECT_EQ(loaded.identityDims, 12);
  network->eval();
  torch::NoGradGuard guard;
  const auto input = torch::rand({2, 3, 16, 16});
  EXPECT_TRUE(torch::equal(loaded.forward(input), network->forward(input)));

  const auto refusal = [&](const std::map<std::string, torch::Tensor>& changed) {
    return messageOf([&] { importWeights("student", write(npzOf(changed), "bad.npz"), folder_ / "bad.pt"); });
  };
  auto changed = tensors;
  changed.erase("conv3.weight");
  EXPECT_NE(refusal(changed).find("bad.npz: the tensor \"conv3.weight\" is missing"), std::string::npos);
  changed = tensors;
  changed["classifier.weight"] = torch::ones({2});
  EXPECT_NE(refusal(changed).find("\"classifier.weight\" belongs to no layer"), std::string::npos);
  changed = tensors;
  changed["conv3.weight"] = torch::ones({16, 32, 3, 3});
  EXPECT_NE(refusal(changed).find("\"conv3.weight\" has shape [16, 32, 3, 3], expected [16, 32, 1, 1]"),
            std::string::npos);
  changed = tensors;
  changed["bn1.bias"] = torch::full({16}, std::nan(""));
  EXPECT_NE(refusal(changed).find("\"bn1.bias\" holds values that are not finite"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "bad.pt"));
  EXPECT_NE(
      messageOf([&] { importWeights("ddnet-r18", folder_ / "w.npz", folder_ / "x"); }).find("no recogniser"),
      std::string::npos);
}

// A published file has its classifier, and of old ones no counters.
TEST_F(Npz, ThePublishedClassifierIsLeftOut) {
  auto options = usualOptions("facenet");
  options.seed = 3;
  auto network = makeNetwork("facenet", options);
  auto tensors = namedTensors(*network);
  tensors["logits.weight"] = torch::ones({10, 512});
  tensors["logits.bias"] = torch::ones({10});
  const auto result = importWeights("facenet", write(npzOf(tensors)), folder_ / "f.pt");
  EXPECT_EQ(result.leftOut, (std::vector<std::string>{"logits.bias", "logits.weight"}));
  EXPECT_EQ(result.recipe, "facenet");
  EXPECT_EQ(result.dims, 512);
  EXPECT_EQ(result.parameters, 23482624);
  const auto loaded = loadCheckpoint(folder_ / "f.pt");
  EXPECT_EQ(loaded.recipe, "facenet");
  EXPECT_EQ(loaded.size, 160);
  network->eval();
  torch::NoGradGuard guard;
  const auto input = torch::rand({1, 3, 160, 160});
  EXPECT_TRUE(torch::equal(loaded.forward(input), network->forward(input)));
}

// As a published file has the tensors of one of our networks: no trunk, a classifier, and DataParallel's
// prefix.
std::map<std::string, torch::Tensor> published(const Network& network, const std::string& classifier,
                                               const std::string& before) {
  const std::string trunk = "trunk.";
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& [name, tensor] : namedTensors(network))
    if (name.starts_with(trunk) && !name.ends_with("num_batches_tracked"))
      tensors[before + name.substr(trunk.size())] = tensor;
  tensors[before + classifier + "weight"] = torch::ones({400, 9});
  tensors[before + classifier + "bias"] = torch::ones({400});
  return tensors;
}

struct OfVideo {
  const char *architecture, *classifier, *before, *recipe;
  data::Shape shape;
};

TEST_F(Npz, WeightsOfVideoNetworksKeepTheirNamesAndAnyWidth) {
  for (const auto& [architecture, classifier, before, recipe, shape] :
       {OfVideo{"r3d-50", "fc.", "module.", "kinetics", {32, 32, 8}},
        OfVideo{"r2plus1d-50", "fc.", "", "kinetics", {32, 32, 8}},
        OfVideo{"slowfast-50", "blocks.6.proj.", "", "slowfast", {16, 16, 32}},
        OfVideo{"resnet50-v1.5", "fc.", "module.", "imagenet", {48, 48, 1}}}) {
    const auto network =
        makeNetwork(architecture, inShape({.width = 0.125, .dims = 0, .seed = 5, .average = true}, shape));
    auto tensors = published(*network, classifier, before);
    const auto file = folder_ / "v.safetensors";
    const auto result = importWeights(architecture, write(npzOf(tensors)), file, shape.width,
                                      shape.frames == 32 ? 0 : shape.frames);
    EXPECT_EQ(result.leftOut, (std::vector<std::string>{classifier + std::string("bias"),
                                                        classifier + std::string("weight")}));
    EXPECT_EQ(result.recipe, recipe);
    EXPECT_EQ(result.size, shape.width);
    EXPECT_EQ(result.frames, shape.frames);
    const auto loaded = loadCheckpoint(file);
    EXPECT_EQ(loaded.shape, shape);
    EXPECT_EQ(loaded.width, 0.125);
    EXPECT_EQ(loaded.recipe, recipe);
    network->eval();
    const torch::NoGradGuard guard;
    const auto input = torch::rand(shape.tensor(2));
    const auto output = network->forward(input);
    EXPECT_EQ(loaded.dims, output.size(1));
    EXPECT_EQ(result.dims, output.size(1));
    EXPECT_TRUE(torch::equal(loaded.forward(input), output)) << architecture;

    const auto refusal = [&](const std::map<std::string, torch::Tensor>& changed) {
      return messageOf(
          [&] { importWeights(architecture, write(npzOf(changed), "bad.npz"), folder_ / "bad.pt"); });
    };
    const auto some =
        std::ranges::find_if(tensors, [](const auto& item) { return item.first.ends_with("running_mean"); });
    const auto name = some->first.substr(std::string(before).size());
    auto changed = tensors;
    changed.erase(some->first);
    EXPECT_NE(refusal(changed).find("bad.npz: the tensor \"" + name + "\" is missing"), std::string::npos)
        << refusal(changed);
    changed = tensors;
    changed[some->first] = torch::ones({3});
    EXPECT_NE(refusal(changed).find("\"" + name + "\" has shape [3]"), std::string::npos) << refusal(changed);
    changed = tensors;
    changed[before + std::string("head.weight")] = torch::ones({3});
    EXPECT_NE(refusal(changed).find("\"head.weight\" belongs to no layer"), std::string::npos)
        << refusal(changed);
    EXPECT_FALSE(fs::exists(folder_ / "bad.pt"));
  }
}

// Ours have a linear layer, which stays.
TEST_F(Npz, OurOwnVideoNetworkComesBackWhole) {
  const data::Shape shape{112, 112, 16};
  const NetworkOptions options = inShape({.width = 0.125, .dims = 7, .seed = 6}, shape);
  const auto network = makeNetwork("r3d-50", options);
  const auto result = importWeights("r3d-50", write(npzOf(namedTensors(*network))), folder_ / "o.pt");
  EXPECT_EQ(result.dims, 7);
  EXPECT_EQ(result.recipe, "insightface");
  EXPECT_TRUE(result.leftOut.empty());
  const auto loaded = loadCheckpoint(folder_ / "o.pt");
  EXPECT_EQ(loaded.shape, shape);
  network->eval();
  const torch::NoGradGuard guard;
  const auto input = torch::rand({1, 3, 4, 16, 16});
  EXPECT_TRUE(torch::equal(loaded.forward(input), network->forward(input)));
}

}  // namespace
}  // namespace discern::networks
