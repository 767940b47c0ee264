// A toy of every kind is found in the command line's help and does its work there, without a line elsewhere.
#include <gtest/gtest.h>
#include <unistd.h>

#include <opencv2/imgcodecs.hpp>

#include "app/commands.h"
#include "app/reference.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/networks/heads.h"
#include "core/networks/registration.h"
#include "core/pipeline/score_method.h"
#include "tests/extension/toys.h"

namespace discern {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

// The mean colour, and one linear layer.
struct ToyRecogniser : networks::Network {
  explicit ToyRecogniser(int dims) : linear(register_module("linear", torch::nn::Linear(3, dims))) {}
  torch::Tensor forward(const torch::Tensor& input) override { return linear(input.mean({2, 3})); }
  torch::nn::Linear linear;
};

struct ToyDdnet : networks::ScoreNetwork {
  ToyDdnet() : linear(register_module("linear", torch::nn::Linear(3, 1))) {}
  torch::Tensor pooled(const torch::Tensor& input) override { return input.mean({2, 3}); }
  torch::Tensor logits(const torch::Tensor& pooled) override { return linear(pooled); }
  int channels() const override { return 3; }
  torch::nn::Linear linear;
};

// Of a clip how bright each frame is in each colour: 3 x 4 numbers, and one that can be learned.
struct ClipRecogniser : networks::Network {
  ClipRecogniser() : scale(register_parameter("scale", torch::ones({1}))) {}
  torch::Tensor forward(const torch::Tensor& input) override {
    TORCH_CHECK(input.dim() == 5 && input.size(2) == 4 && input.size(3) == 2 * input.size(4));
    return scale * input.mean({3, 4}).flatten(1);
  }
  torch::Tensor scale;
};

struct ClipDdnet : networks::ScoreNetwork {
  ClipDdnet() : linear(register_module("linear", torch::nn::Linear(12, 1))) {}
  torch::Tensor pooled(const torch::Tensor& input) override { return input.mean({3, 4}).flatten(1); }
  torch::Tensor logits(const torch::Tensor& pooled) override { return linear(pooled); }
  int channels() const override { return 12; }
  torch::nn::Linear linear;
};

// Twice the cosine in the own class.
networks::HeadOutput toyHead(const networks::Head& head, const torch::Tensor& features,
                             const torch::Tensor& labels) {
  return networks::marginOutput(head, features, labels,
                                [](const torch::Tensor& cosine, double) { return 2 * cosine; });
}

constexpr int kPeople = 6, kImages = 4;

// The sample's place in its identity.
discriminability::ScoreOutput toyScore(const pipeline::ScoreTask& task) {
  std::vector<float> raw;
  for (const auto& sample : task.roster.samples) raw.push_back(static_cast<float>(sample.id % kImages));
  return pipeline::comparator(task, raw);
}

class Extension : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    builtIn_ = app::reference();
    datasets::registerFormat(toys::format());
    networks::registerNetwork({.name = "toy-recogniser", .help = "the mean colour"},
                              [](const networks::NetworkOptions& o) -> std::shared_ptr<networks::Network> {
                                return std::make_shared<ToyRecogniser>(o.dims);
                              });
    networks::registerNetwork({.name = "toy-ddnet", .kind = "ddnet", .help = "the mean colour's worth"},
                              [](const networks::NetworkOptions&) -> std::shared_ptr<networks::Network> {
                                return std::make_shared<ToyDdnet>();
                              });
    networks::registerNetwork(
        {.name = "clip-recogniser", .help = "the frames' colours", .dims = 12, .clips = true},
        [](const networks::NetworkOptions&) -> std::shared_ptr<networks::Network> {
          return std::make_shared<ClipRecogniser>();
        });
    networks::registerNetwork(
        {.name = "clip-ddnet", .kind = "ddnet", .help = "the frames' worth", .clips = true},
        [](const networks::NetworkOptions&) -> std::shared_ptr<networks::Network> {
          return std::make_shared<ClipDdnet>();
        });
    imaging::registerGroupKind(toys::clipKind());
    datasets::registerFormat(toys::clipFormat());
    networks::registerHead({.name = "toy-head", .help = "twice the cosine"}, toyHead);
    pipeline::registerScore({.name = "toy-score", .help = "the place in its identity"}, toyScore);
    aggregation::registerMethod(toys::lastOne());
    selection::registerMethod(toys::lastFirst());
  }

  Extension() : folder_(fs::temp_directory_path() / ("discern_extension_" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "set");
    std::ofstream list(folder_ / "set/toy.txt");
    Rng rng(1);
    for (int i = 0; i < kPeople * kImages; ++i) {
      const std::string file = std::to_string(i) + ".png";
      const int who = i / kImages;
      cv::Mat image(16, 16, CV_8UC3, cv::Scalar(40 * who, 255 - 40 * who, 60 + 20 * who));
      image.at<cv::Vec3b>(0, 0)[0] = static_cast<unsigned char>(i);  // no two are the same
      cv::imwrite((folder_ / "set" / file).string(), image);
      list << "person" << who << ' ' << file << '\n';
    }
  }
  ~Extension() override { fs::remove_all(folder_); }

  // What `discern WORDS` answers.
  json run(const std::vector<std::string>& words) {
    CLI::App cli;
    app::Chosen chosen;
    app::addAllCommands(cli, chosen);
    app::parseCommand(cli, words);
    app::Console console(app::Console::Style::Plain);
    app::Env env{console, {}};
    return chosen.run(env).values;
  }
  static std::string helpOf(const std::string& command) {
    CLI::App cli;
    app::Chosen chosen;
    app::addAllCommands(cli, chosen);
    return cli.get_subcommand(command)->help();
  }
  project::Project opened() const { return project::Project::open(project_, project::Project::Mode::Read); }
  // As the base model would have put them: an identity's own direction and a little noise.
  void putFeatures() {
    auto project = project::Project::open(project_, project::Project::Mode::Write);
    data::Matrix features(kPeople * kImages, 8);
    Rng rng(7);
    for (std::int64_t i = 0; i < features.rows; ++i) {
      for (float& v : features.row(i)) v = static_cast<float>(0.05 * rng.normal());
      features.row(i)[static_cast<std::size_t>(i / kImages)] += 1;
    }
    data::saveNpy(project.featureFile("made"), features.view());
    project.putFeatureTable({"made", "made-up", "{}", 8, 100, 2.0, ""});
  }

  static std::string builtIn_;
  fs::path folder_;
  std::string set_ = (folder_ / "set").string(), project_ = (folder_ / "p.discern").string();
};
std::string Extension::builtIn_;

TEST_F(Extension, TheReferenceSaysWhatTheRegistriesSay) {
  const auto page = fs::path(DISCERN_SOURCE_DIR) / "docs/reference.md";
  EXPECT_EQ(readFile(page), builtIn_)
      << "write it anew: build/release/bin/discern reference > docs/reference.md";
}

TEST_F(Extension, EveryToyIsInTheHelpAndInTheReference) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> expected = {
      {"import", {"toy-format", "a folder with toy.txt", "prefix=TEXT"}},
      {"train-base", {"toy-recogniser", "toy-head", "twice the cosine"}},
      {"train-ddnet", {"toy-ddnet", "the mean colour's worth"}},
      {"import-weights", {"toy-recogniser"}},
      {"score", {"toy-score", "the place in its identity"}},
      {"select", {"toy-order"}},
      {"evaluate", {"toy-last", "the last sample alone"}},
      {"sweep", {"toy-last"}}};
  const std::string reference = app::reference();
  EXPECT_NE(reference.find("the mean colour"), std::string::npos) << "too many networks for the help of all";
  EXPECT_NE(reference.find("the last face first"), std::string::npos) << "and too many ways to select";
  for (const auto& [command, words] : expected) {
    const std::string help = helpOf(command);
    for (const auto& word : words) {
      EXPECT_NE(help.find(word), std::string::npos) << command << ": " << word << "\n" << help;
      EXPECT_NE(reference.find(word), std::string::npos) << word;
      EXPECT_EQ(builtIn_.find(word), std::string::npos) << word << " is no toy";
    }
  }
  EXPECT_EQ(helpOf("train-base").find("toy-ddnet"), std::string::npos) << "it is no recogniser";
  EXPECT_EQ(helpOf("train-ddnet").find("toy-recogniser"), std::string::npos) << "it is no DDNet";
}

TEST_F(Extension, ANameIsTakenOnce) {
  EXPECT_THROW(datasets::registerFormat(toys::format()), Error);
  EXPECT_THROW(imaging::registerGroupKind(toys::clipKind()), Error);
  EXPECT_THROW(networks::registerNetwork({.name = "student"}, nullptr), Error);
  EXPECT_THROW(networks::registerHead({.name = "arcface"}, toyHead), Error);
  EXPECT_THROW(pipeline::registerScore({.name = "norm"}, toyScore), Error);
  EXPECT_THROW(aggregation::registerMethod({.name = "ddl", .help = "another one"}), Error);
  EXPECT_THROW(selection::registerMethod({.name = "cut", .help = "another one"}), Error);
}

TEST_F(Extension, AFormatAScoreAndAnAggregationDoTheirWork) {
  const json imported = run({"import", project_, set_, "--option", "prefix=a,b-"});
  EXPECT_EQ(imported["format"], "toy-format") << "found out by itself";
  EXPECT_EQ(imported["samples"], kPeople * kImages);
  putFeatures();
  EXPECT_EQ(opened().identities().at(0).name, "a,b-person0") << "a comma is part of the value";
  EXPECT_EQ(run({"score", project_, "--method", "toy-score"})["scored"], kPeople * kImages);
  const auto table = opened().scores("toy-score");
  EXPECT_EQ(table.method, "toy-score");
  for (int i = 0; i < kPeople * kImages; ++i)
    EXPECT_EQ(table.ratio[static_cast<std::size_t>(i)], i % kImages) << i;
  EXPECT_FALSE(data::needsBaseModel("toy-score"));

  const json selected = run({"select", project_, "--method", "toy-order"});
  EXPECT_EQ(selected["method"], "toy-order");
  const auto enters = opened().selection("selection").enters;
  for (int i = 0; i < kPeople * kImages; ++i)
    EXPECT_EQ(enters[static_cast<std::size_t>(i)], kPeople * kImages - 1 - i) << i;

  run({"protocol", project_, "--name", "p", "--role", "train", "--size", "2"});
  const json evaluated = run({"evaluate", project_, "--protocol", "p", "--scores", "toy-score"});
  int found = 0;
  for (const auto& row : evaluated["aggregations"])
    if (row["name"] == "toy-last") {
      ++found;
      EXPECT_DOUBLE_EQ(row["kept"].get<double>(), 0.5);
      EXPECT_DOUBLE_EQ(row["auc"].get<double>(), 1) << "identities lie apart";
    }
  EXPECT_EQ(found, 1) << evaluated.dump(1);
  found = 0;
  const json swept = run({"sweep", project_, "--protocol", "p", "--scores", "toy-score"});
  for (const auto& curve : swept["curves"]) found += curve["name"] == "toy-last" ? 1 : 0;
  EXPECT_EQ(found, 1);
  try {
    run({"score", project_, "--method", "toy-scorn"});
    FAIL();
  } catch (const CLI::ParseError& e) {
    EXPECT_NE(std::string(e.what()).find("toy-score"), std::string::npos) << e.what();
  }
}

TEST_F(Extension, NetworksAndAHeadAreTrainedAndReadBack) {
  run({"import", project_, set_});
  const json base =
      run({"train-base", project_, "--architecture", "toy-recogniser", "--head", "toy-head", "--margin", "0",
           "--dims", "8", "--epochs", "2", "--batch", "8", "--name", "colour"});
  EXPECT_EQ(base["classes"], kPeople);
  EXPECT_EQ(base["parameters"], 3 * 8 + 8);
  const json extracted = run({"extract", project_, "--model", "colour", "--no-recipe-check"});
  EXPECT_EQ(extracted["dims"], 8);
  EXPECT_EQ(extracted["images"], kPeople * kImages);
  run({"score", project_, "--features", "colour"});
  const json ddnet = run({"train-ddnet", project_, "--architecture", "toy-ddnet", "--size", "16", "--epochs",
                          "1", "--copies", "0", "--batch", "8", "--name", "worth"});
  EXPECT_EQ(ddnet["parameters"], 3 + 1);
  EXPECT_EQ(run({"predict", project_, "--model", "worth", "--name", "told"})["images"], kPeople * kImages);
  try {
    run({"train-base", project_, "--architecture", "toy-ddnet"});
    FAIL();
  } catch (const CLI::ParseError& e) {
    EXPECT_NE(std::string(e.what()).find("toy-recogniser"), std::string::npos) << e.what();
  }
}

// Samples of another kind go the whole way: no job asks what they are.
TEST_F(Extension, AKindOfSamplesIsImportedExtractedScoredAndLearned) {
  constexpr int kEach = 6, kClips = 4 * kEach;
  const std::string clips = (folder_ / "clips").string();
  toys::writeClips(clips, kEach);
  const json imported = run({"import", project_, clips});
  EXPECT_EQ(imported["format"], "toy-clips");
  EXPECT_EQ(imported["samples"], kClips);
  EXPECT_EQ(opened().groupKind(), "toy-clip");
  try {
    run({"import", project_, set_});
    FAIL() << "a project holds one kind";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("toy-clip"), std::string::npos) << e.what();
  }

  const json base = run({"train-base", project_, "--architecture", "clip-recogniser", "--size", "16",
                         "--dims", "12", "--epochs", "1", "--batch", "8", "--name", "colours"});
  EXPECT_EQ(base["classes"], 4);
  const auto recipe = folder_ / "small.toml";  // its height and frames follow the kind
  std::ofstream(recipe) << "size = 16\n";
  const json extracted =
      run({"extract", project_, "--model", "colours", "--recipe", recipe.string(), "--no-recipe-check"});
  EXPECT_EQ(extracted["images"], kClips);
  const auto features = opened().features("colours");
  for (int k = 0; k < 4; ++k)
    for (int i = 0; i < kEach; ++i) {
      const auto row = features.view().row(k * kEach + i);
      const auto expected = [&](int colour, int f) {  // red first
        return static_cast<float>((toys::brightness(k, f) + (colour == 1 ? i : 0) - 127.5) / 127.5);
      };
      const float scale = row[0] / expected(0, 0);
      for (int colour = 0; colour < 3; ++colour)
        for (int f = 0; f < 4; ++f)
          EXPECT_NEAR(row[static_cast<std::size_t>(4 * colour + f)], scale * expected(colour, f), 1e-4)
              << k << " " << i << " " << colour << " " << f;
    }

  EXPECT_EQ(run({"score", project_, "--features", "colours"})["scored"], kClips);
  EXPECT_EQ(run({"score", project_, "--method", "sharpness", "--features", "colours"})["scored"], kClips);
  run({"protocol", project_, "--name", "p", "--role", "train", "--size", "2"});
  const json evaluated = run({"evaluate", project_, "--protocol", "p", "--scores", "dscore"});
  for (const auto& row : evaluated["aggregations"])
    if (row["name"] == "average") {
      EXPECT_DOUBLE_EQ(row["auc"].get<double>(), 1) << "only the order differs";
    }

  run({"train-ddnet", project_, "--scores", "dscore", "--architecture", "clip-ddnet", "--size", "16",
       "--epochs", "1", "--copies", "1", "--batch", "8", "--name", "worth"});
  EXPECT_EQ(run({"predict", project_, "--model", "worth", "--name", "told"})["images"], kClips);
  try {
    run({"train-ddnet", project_, "--scores", "dscore", "--size", "16", "--epochs", "1", "--name", "flat"});
    FAIL() << "a network of pictures takes no clips";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("4 frames of 32 x 16 pixels; use ddnet-3d-r18 or"),
              std::string::npos)
        << e.what();
  }
}

// The networks of clips that are there. In one thread: two would mostly wait for each other on a busy
// machine.
TEST_F(Extension, NetworksOfClipsLearnAndTellScores) {
  setThreadCount(1);
  constexpr int kEach = 6;
  const std::string clips = (folder_ / "clips").string();
  toys::writeClips(clips, kEach);
  run({"import", project_, clips});
  const auto recipe = folder_ / "small.toml";
  std::ofstream(recipe) << "size = 16\n";
  for (const std::string network : {"r3d-50", "slowfast-50"}) {
    const json base =
        run({"train-base", project_,      "--architecture", network, "--width",         "0.125",
             "--size",     "16",          "--dims",         "8",     "--head",          "softmax",
             "--schedule", "half-cosine", "--warmup",       "1",     "--learning-rate", "0.05",
             "--epochs",   "2",           "--batch",        "8",     "--name",          network});
    EXPECT_EQ(base["classes"], 4);
    const json extracted =
        run({"extract", project_, "--model", network, "--recipe", recipe.string(), "--no-recipe-check"});
    EXPECT_EQ(extracted["images"], 4 * kEach);
    EXPECT_EQ(extracted["dims"], 8);
  }
  run({"score", project_, "--features", "r3d-50"});
  const json ddnet = run({"train-ddnet", project_, "--architecture", "ddnet-3d-r18", "--size", "16",
                          "--epochs", "2", "--copies", "1", "--batch", "8", "--augment", "--name", "worth"});
  EXPECT_GT(ddnet["macs"].get<double>(), 0);
  EXPECT_EQ(run({"predict", project_, "--model", "worth", "--name", "told"})["images"], 4 * kEach);
  setThreadCount(0);
}

TEST_F(Extension, AProjectOfAKindThatIsNotThereSaysSo) {
  run({"import", project_, set_});
  project::Project::open(project_, project::Project::Mode::Write).putSetting("group_kind", "hologram");
  try {
    run({"extract", project_});
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("hologram"), std::string::npos) << e.what();
    EXPECT_NE(std::string(e.what()).find("face, tracklet, clip, toy-clip"), std::string::npos) << e.what();
  }
}

TEST_F(Extension, TheHeadDoesWhatItWasRegisteredFor) {
  networks::Head head({.kind = "toy-head", .dims = 2, .classes = 2, .scale = 10});
  torch::NoGradGuard guard;
  head.weight.copy_(torch::tensor({{3.0F, 0.0F}, {0.0F, 0.5F}}));
  const auto out = head.forward(torch::tensor({{0.6F, 0.8F}}), torch::tensor({std::int64_t{0}})).logits[0];
  EXPECT_NEAR(out[0].item<double>(), 10 * 2 * 0.6, 1e-5);
  EXPECT_NEAR(out[1].item<double>(), 10 * 0.8, 1e-5);
}

}  // namespace
}  // namespace discern
