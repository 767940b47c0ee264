#include "core/training/train_ddnet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/files.h"
#include "core/networks/checkpoint.h"
#include "core/training/ddnet_data.h"
#include "core/training/rank.h"
#include "core/training/trained_ddnet.h"
#include "tests/core/training/planted_faces.h"
#include "tests/core/training/same_weights.h"

namespace discern::training {
namespace {

namespace fs = std::filesystem;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

DdnetOptions quickDdnet(int epochs) {
  DdnetOptions options;
  options.size = 32;
  options.epochs = epochs;
  options.batch = 16;
  options.validationShare = 0.2;
  return options;
}

TEST(TrainDdnet, FindsPlantedBlurOnHeldOutIdentities) {
  const TemporaryFolder folder("discern_ddnet");
  const auto data = plantedBlur(24, 8, 32);
  Listener listener;
  const auto result = trainDdnet(quickDdnet(12), data, folder / "d.ckpt", listener.progress());
  EXPECT_EQ(result.epochs, 12);
  EXPECT_GT(result.validationSpearman, 0.8);
  EXPECT_EQ(result.validationSpearman, result.validationSpearmanClean);  // nothing is flagged
  EXPECT_LT(result.validationLoss, 0.02);  // a constant prediction has 0.5 * var = 0.017 at best and rank 0
  EXPECT_EQ(result.validationImages, 5 * 8);
  EXPECT_EQ(result.images, 19 * 8);
  EXPECT_EQ(result.dropped, 0);
  EXPECT_GT(result.imagesPerSecond, 0);
  for (const char* name : {"train/loss", "train/learning_rate", "validation/loss", "validation/spearman",
                           "validation/spearman_clean"})
    EXPECT_TRUE(listener.measured(name)) << name;
  EXPECT_FALSE(fs::exists(folder / "d.ckpt.state"));

  // Unseen identities, from the checkpoint: sharp above blurred in each.
  Progress silent;
  FaceSource fresh{16, [](std::int64_t i) {
                     return squareFace(100 + static_cast<int>(i / 2), i, i % 2 == 0 ? 0 : 3, 32);
                   }};
  const auto scores = TrainedDdnet(folder / "d.ckpt").scores(fresh, 5, silent);
  ASSERT_EQ(scores.size(), 16U);
  int right = 0;
  for (std::size_t i = 0; i < 16; i += 2) right += scores[i] > scores[i + 1] + 0.1F ? 1 : 0;
  EXPECT_GE(right, 7);
}

TEST(TrainDdnet, MirrorAndGradientLimitAreSwitches) {
  const TemporaryFolder folder("discern_ddnet_switches");
  const auto data = plantedBlur(6, 4, 32);
  const auto train = [&](const std::string& name, double clip, bool flip) {
    auto options = quickDdnet(1);
    options.size = 16;
    options.validationShare = 0;
    options.clip = clip;
    options.flip = flip;
    Progress silent;
    trainDdnet(options, data, folder / name, silent);
    return folder / name;
  };
  const auto plain = train("plain", 0, false);
  EXPECT_FALSE(sameWeights(plain, train("mirrored", 0, true)));
  EXPECT_FALSE(sameWeights(plain, train("limited", 1e-3, false)));
  EXPECT_TRUE(sameWeights(plain, train("beyond", 1e9, false)));
}

TEST(TrainDdnet, StoppedAndResumedIsTheSameBitForBit) {
  const TemporaryFolder folder("discern_resume");
  const auto data = plantedBlur(10, 6, 32);
  auto options = quickDdnet(2);
  options.size = 16;
  Listener straight;
  const auto whole = trainDdnet(options, data, folder / "a.ckpt", straight.progress());
  ASSERT_EQ(straight.losses, 6);  // 48 images, 3 batches an epoch

  // Stopped in the first epoch, at its end and in the second.
  for (const int stop : {1, 3, 5}) {
    const auto file = folder / ("b" + std::to_string(stop));
    Listener first(stop), second;
    EXPECT_THROW(trainDdnet(options, data, file, first.progress()), Cancelled);
    EXPECT_FALSE(fs::exists(file));
    EXPECT_TRUE(fs::exists(file.string() + ".state"));
    const auto resumed = trainDdnet(options, data, file, second.progress());
    EXPECT_EQ(second.losses, 6 - stop);
    EXPECT_TRUE(second.noted("Going on from"));
    EXPECT_TRUE(sameCheckpoint(folder / "a.ckpt", file)) << stop;
    EXPECT_EQ(resumed.trainLoss, whole.trainLoss);
    EXPECT_EQ(resumed.bestEpoch, whole.bestEpoch);
    EXPECT_EQ(resumed.validationSpearman, whole.validationSpearman);
    EXPECT_FALSE(fs::exists(file.string() + ".state"));
  }
}

TEST(TrainDdnet, AStateOfOtherOptionsOrADamagedOneStartsAnew) {
  const TemporaryFolder folder("discern_anew");
  const auto data = plantedBlur(6, 6, 16);
  auto options = quickDdnet(1);
  options.size = 16;
  Listener reference;
  trainDdnet(options, data, folder / "a", reference.progress());

  auto other = options;
  other.learningRate = 0.05;
  Listener first(1), second;
  EXPECT_THROW(trainDdnet(other, data, folder / "b", first.progress()), Cancelled);
  trainDdnet(options, data, folder / "b", second.progress());
  EXPECT_TRUE(second.noted("belongs to other options or data"));
  EXPECT_TRUE(sameWeights(folder / "a", folder / "b"));

  writeFileAtomically(folder / "c.state", "PK\3\4 rubbish");
  Listener third;
  trainDdnet(options, data, folder / "c", third.progress());
  EXPECT_TRUE(third.noted("starts anew"));
  EXPECT_TRUE(sameWeights(folder / "a", folder / "c"));
}

// As one in a project of somebody else may be: everything that it says is checked before it is believed.
TEST(TrainDdnet, AStateThatLiesStartsAnew) {
  const TemporaryFolder folder("discern_lies");
  const auto data = plantedBlur(6, 6, 16);
  auto options = quickDdnet(1);
  options.size = 16;
  Listener reference, first(1);
  trainDdnet(options, data, folder / "a", reference.progress());
  EXPECT_THROW(trainDdnet(options, data, folder / "b", first.progress()), Cancelled);
  const auto state = folder / "b.state";
  const auto honest = networks::loadTensors(state, "discern_state");
  const auto text = [&](const char* name, const nlohmann::json& value) {
    auto lie = honest;
    auto description = nlohmann::json::parse(honest.text);
    description[name] = value;
    lie.text = description.dump();
    return lie;
  };
  const auto tensor = [&](const std::string& name, const torch::Tensor& value) {
    auto lie = honest;
    if (!value.defined())
      lie.tensors.erase(name);
    else
      lie.tensors[name] = value;
    return lie;
  };
  std::string momentum;
  for (const auto& [name, value] : honest.tensors)
    if (momentum.empty() && name.starts_with("momentum/")) momentum = name;
  const std::vector<networks::TensorFile> lies = {text("batch", 1'000'000'000),
                                                  text("epoch", 7),
                                                  text("images", "many"),
                                                  tensor("loss_sum", torch::Tensor()),
                                                  tensor("dropped", torch::ones({2})),
                                                  tensor(momentum, torch::Tensor()),
                                                  tensor(momentum, torch::ones({3, 1, 4}))};
  for (std::size_t i = 0; i < lies.size(); ++i) {
    networks::saveTensors(state, "discern_state", lies[i]);
    Listener listener;
    trainDdnet(options, data, folder / "b", listener.progress());
    EXPECT_TRUE(listener.noted("starts anew")) << i;
    EXPECT_TRUE(sameWeights(folder / "a", folder / "b")) << i;
  }
}

TEST(TrainDdnet, AStateOfOtherImagesStartsAnew) {
  const TemporaryFolder folder("discern_images");
  auto data = plantedBlur(6, 6, 16);
  auto options = quickDdnet(1);
  options.size = 16;
  data.faces.fingerprint = 7;
  Listener reference, first(1), second, third(1), fourth;
  trainDdnet(options, data, folder / "a", reference.progress());
  ASSERT_EQ(reference.losses, 2);

  data.faces.fingerprint = 0xfffffffffffffff1ULL;  // every bit travels
  EXPECT_THROW(trainDdnet(options, data, folder / "b", first.progress()), Cancelled);
  data.faces.fingerprint = 0xfffffffffffffff2ULL;
  trainDdnet(options, data, folder / "b", second.progress());
  EXPECT_TRUE(second.noted("belongs to other options or data"));
  EXPECT_EQ(second.losses, 2);
  EXPECT_TRUE(sameWeights(folder / "a", folder / "b"));

  EXPECT_THROW(trainDdnet(options, data, folder / "c", third.progress()), Cancelled);
  trainDdnet(options, data, folder / "c", fourth.progress());
  EXPECT_TRUE(fourth.noted("Going on from"));
  EXPECT_EQ(fourth.losses, 1);
}

DdnetOptions smallDdnet(int epochs) {
  auto options = quickDdnet(epochs);
  options.size = 16;
  options.validationShare = 0;  // the last epoch is kept
  return options;
}

TEST(TrainDdnet, TheRatioCanBeLearnedInsteadOfTheScore) {
  const TemporaryFolder folder("discern_ratio");
  auto data = plantedBlur(4, 4, 16);
  auto options = smallDdnet(1);  // one batch of all 16, so the same logits each time
  Progress silent;
  const auto firstLoss = [&](DdnetLoss loss, float target) {
    std::ranges::fill(data.target, target);
    options.loss = loss;
    return trainDdnet(options, data, folder / "x", silent).trainLoss;
  };
  // Far from the target Huber's loss is linear: 2 for each unit of the ratio, down to a score of 0.001.
  const double logit = std::log(0.0025 / 0.9975) - std::log(0.001 / 0.999);
  const double worst = firstLoss(DdnetLoss::Ratio, 0.001F);
  EXPECT_NEAR(worst - firstLoss(DdnetLoss::Ratio, 0.0025F), 2 * logit, 1e-4);
  EXPECT_NEAR(firstLoss(DdnetLoss::Ratio, 0), worst, 1e-4);
  EXPECT_NEAR(firstLoss(DdnetLoss::Score, 0.001F), firstLoss(DdnetLoss::Score, 0.0025F),
              1e-3);  // there both are nearly 0
}

TEST(TrainDdnet, ATeacherIsLearnedFromInsteadOfTheTarget) {
  const TemporaryFolder folder("discern_taught");
  auto data = plantedBlur(16, 6, 16);
  data.taught = data.target;
  for (float& value : data.target) value = 1 - value;  // the teacher says the opposite
  Progress silent;
  trainDdnet(smallDdnet(8), data, folder / "taught", silent);
  const auto told = TrainedDdnet(folder / "taught").scores(data.faces, 16, silent);
  EXPECT_GT(meanSpearmanWithin(told, data.taught, data.identity, 5), 0.8);
}

TEST(TrainDdnet, FacesWithoutATargetAreLearnedFromATeacherAndNeverHeldOut) {
  auto data = plantedBlur(10, 4, 16);
  const auto options = quickDdnet(1);
  const auto held = splitDdnet(options, data).validation;
  ASSERT_EQ(held.size(), 8U);
  // Of a held-out identity one face without a target, of the others two: with a teacher those two count.
  data.target[static_cast<std::size_t>(held[1])] = kNan;
  std::vector<std::int64_t> unlabelled;
  for (const auto face : splitDdnet(options, data).train) {
    data.target[static_cast<std::size_t>(face)] = kNan;
    unlabelled.push_back(face);
    if (unlabelled.size() == 2) break;
  }
  EXPECT_EQ(splitDdnet(options, data).train.size(), 30U);
  data.taught.assign(40, 0.25F);
  const auto split = splitDdnet(options, data);
  EXPECT_EQ(split.train.size(), 32U);
  EXPECT_EQ(split.validation.size(), 7U);
  EXPECT_EQ(lessonsOf(data)[static_cast<std::size_t>(unlabelled[0])], 0.25F);
  data.taught.pop_back();
  EXPECT_NE(errorOf([&] { checkDdnet(options, data); }).find("one of each per face"), std::string::npos);
  data.taught.push_back(1.5F);
  EXPECT_NE(errorOf([&] { checkDdnet(options, data); }).find("face 39 has the target 1.5"),
            std::string::npos);
}

// Features of a base model that never was, a row a face.
data::Matrix plantedFeatures(const DdnetData& data, std::uint64_t seed) {
  data::Matrix features(data.faces.count, 6);
  Rng rng(seed);
  for (float& value : features.values) value = static_cast<float>(rng.normal());
  return features;
}

DdnetOptions hinted(double weight) {
  auto options = quickDdnet(2);
  options.size = 16;
  options.validationShare = 0;  // the last epoch is kept
  options.hintWeight = weight;
  return options;
}

TEST(TrainDdnet, AHintOfDirectionsTeachesAndIsNotKept) {
  const TemporaryFolder folder("discern_hint");
  const auto data = plantedBlur(4, 8, 16);
  const auto features = plantedFeatures(data, 1), others = plantedFeatures(data, 2);
  auto longer = features;
  for (float& value : longer.values) value *= 4;
  Progress silent;
  const auto train = [&](const char* name, double weight, const data::Matrix& hints) {
    auto given = data;
    given.features = hints.view();
    trainDdnet(hinted(weight), given, folder / name, silent);
    return folder / name;
  };
  const auto plain = train("plain", 0, {}), hint = train("hint", 0.5, features);
  EXPECT_TRUE(sameWeights(plain, train("unused", 0, features)));
  EXPECT_FALSE(sameWeights(plain, hint));
  EXPECT_EQ(networks::loadTensors(hint, "discern_checkpoint").tensors.size(),
            networks::loadTensors(plain, "discern_checkpoint").tensors.size());
  EXPECT_TRUE(sameWeights(hint, train("again", 0.5, features)));
  EXPECT_TRUE(sameWeights(hint, train("longer", 0.5, longer)));
  EXPECT_FALSE(sameWeights(hint, train("others", 0.5, others)));
  EXPECT_FALSE(sameWeights(hint, train("weaker", 0.25, features)));
  EXPECT_EQ(TrainedDdnet(hint).scores(data.faces, 8, silent).size(), 32U);
}

TEST(TrainDdnet, AHintThatHasLearntNothingCostsItsWeightForEachFace) {
  const TemporaryFolder folder("discern_hint_loss");
  auto data = plantedBlur(4, 4, 16);
  auto features = plantedFeatures(data, 1);
  features.row(3)[2] = kNan;  // no feature: its direction counts as zero
  std::ranges::fill(features.row(5), 0.0F);
  data.features = features.view();
  Progress silent;
  const auto firstLoss = [&](double weight) {  // one batch of all 16
    auto options = hinted(weight);
    options.epochs = 1;
    return trainDdnet(options, data, folder / "x", silent).trainLoss;
  };
  EXPECT_NEAR(firstLoss(0.5) - firstLoss(0), 0.5 * 14 / 16, 1e-5);
}

TEST(TrainDdnet, AHintIsResumedBitForBit) {
  const TemporaryFolder folder("discern_hint_resume");
  auto data = plantedBlur(4, 8, 16);
  const auto features = plantedFeatures(data, 1);
  data.features = features.view();
  const auto options = hinted(0.5);
  Listener whole, first(3), second;
  trainDdnet(options, data, folder / "a", whole.progress());
  ASSERT_EQ(whole.losses, 4);
  EXPECT_THROW(trainDdnet(options, data, folder / "b", first.progress()), Cancelled);
  trainDdnet(options, data, folder / "b", second.progress());
  EXPECT_EQ(second.losses, 1);
  EXPECT_TRUE(sameWeights(folder / "a", folder / "b"));
}

TEST(TrainDdnet, AHintNeedsAFeatureForEachFace) {
  const TemporaryFolder folder("discern_hint_bad");
  auto data = plantedBlur(4, 4, 16);
  Progress silent;
  const auto message = [&](double weight) {
    return errorOf([&] { trainDdnet(hinted(weight), data, folder / "x", silent); });
  };
  EXPECT_NE(message(0.5).find("hint weight 0.5: needs the base model's features"), std::string::npos);
  EXPECT_NE(message(-1).find("hint weight -1"), std::string::npos);
  EXPECT_NE(message(kNan).find("hint weight nan"), std::string::npos);
  const auto features = plantedFeatures(data, 1);
  data.features = features.view();
  data.features.rows = 15;
  EXPECT_NE(message(0.5).find("16 faces came with 15 features"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder / "x"));
}

TEST(TrainDdnet, AugmentedFacesAreOthersAndRepeatable) {
  const TemporaryFolder folder("discern_augment");
  const auto data = plantedBlur(4, 8, 16);
  auto options = hinted(0);
  options.epochs = 1;
  Progress silent;
  trainDdnet(options, data, folder / "plain", silent);
  options.augment = true;
  trainDdnet(options, data, folder / "a", silent);
  trainDdnet(options, data, folder / "b", silent);
  EXPECT_FALSE(sameWeights(folder / "plain", folder / "a"));
  EXPECT_TRUE(sameWeights(folder / "a", folder / "b"));
}

TEST(TrainDdnet, UnreadableFacesAreDroppedAndCounted) {
  const TemporaryFolder folder("discern_drop");
  auto data = plantedBlur(6, 6, 16);
  const auto load = data.faces.load;
  data.faces.load = [load](std::int64_t i) -> cv::Mat {
    if (i % 6 == 1) throw Error("image " + std::to_string(i) + ".jpg: truncated");
    if (i == 2) return cv::Mat(16, 20, CV_8UC3, cv::Scalar());
    return load(i);
  };
  data.target[0] = kNan;
  auto options = quickDdnet(2);
  options.size = 16;
  Listener listener;
  const auto result = trainDdnet(options, data, folder / "a", listener.progress());
  EXPECT_EQ(result.dropped, 7);  // six by Error, one not square
  EXPECT_EQ(result.images + result.validationImages + result.dropped, 35);
  EXPECT_TRUE(listener.noted("7 faces could not be read"));

  Progress silent;
  const auto scores = TrainedDdnet(folder / "a").scores(data.faces, 4, silent);
  for (std::int64_t i = 0; i < data.faces.count; ++i)
    EXPECT_EQ(std::isnan(scores[static_cast<std::size_t>(i)]), i % 6 == 1 || i == 2) << i;
}

TEST(TrainDdnet, DegenerateInputsAreExplained) {
  const TemporaryFolder folder("discern_degenerate");
  const auto data = plantedBlur(4, 4, 16);
  auto options = quickDdnet(1);
  options.size = 16;
  Progress silent;
  const auto message = [&](const DdnetOptions& o, const DdnetData& d) {
    return errorOf([&] { trainDdnet(o, d, folder / "x", silent); });
  };
  EXPECT_NE(message(options, {}).find("no faces"), std::string::npos);
  auto broken = data;
  std::fill(broken.target.begin(), broken.target.end(), kNan);
  EXPECT_NE(message(options, broken).find("0 of 16 faces have a D-score"), std::string::npos);
  broken = data;
  broken.target[3] = 1.5F;
  EXPECT_NE(message(options, broken).find("face 3 has the target 1.5"), std::string::npos);
  broken = data;
  broken.identity.pop_back();
  EXPECT_NE(message(options, broken).find("15 identities"), std::string::npos);
  broken = data;
  broken.faces.load = [](std::int64_t) -> cv::Mat { throw Error("gone.jpg: no such file"); };
  EXPECT_NE(message(options, broken).find("gone.jpg"), std::string::npos);
  broken.faces.load = [](std::int64_t) -> cv::Mat { throw std::logic_error("bug"); };
  EXPECT_THROW(trainDdnet(options, broken, folder / "x", silent), std::logic_error);

  auto wrong = options;
  wrong.architecture = "iresnet18";
  EXPECT_NE(message(wrong, data).find("architecture iresnet18: is not known"), std::string::npos);
  wrong = options;
  wrong.batch = 1;
  EXPECT_NE(message(wrong, data).find("batch 1"), std::string::npos);
  wrong = options;
  wrong.learningRate = 0;
  EXPECT_NE(message(wrong, data).find("learning rate 0"), std::string::npos);
  EXPECT_NE(errorOf([&] { trainDdnet(options, data, folder / "no" / "x", silent); }).find("no such folder"),
            std::string::npos);
  EXPECT_FALSE(fs::exists(folder / "x"));
}

TEST(TrainDdnet, OneIdentityAloneTrainsWithoutValidation) {
  const TemporaryFolder folder("discern_one");
  auto options = quickDdnet(2);
  options.size = 16;
  Listener listener;
  const auto result = trainDdnet(options, plantedBlur(1, 12, 16), folder / "a", listener.progress());
  EXPECT_EQ(result.validationImages, 0);
  EXPECT_TRUE(std::isnan(result.validationSpearman));
  EXPECT_EQ(result.bestEpoch, 2);
  EXPECT_TRUE(listener.noted("No identity is held out"));
  EXPECT_FALSE(listener.measured("validation/loss"));
}

TEST(TrainDdnet, CleanFlagsSplitTheCorrelation) {
  const TemporaryFolder folder("discern_clean");
  auto data = plantedBlur(10, 10, 16);
  for (std::int64_t i = 0; i < data.faces.count; ++i) data.clean.push_back(i % 10 < 5 ? 1 : 0);
  auto options = quickDdnet(3);
  options.size = 16;
  options.rankWeight = 0.5;
  Progress silent;
  const auto result = trainDdnet(options, data, folder / "a", silent);
  EXPECT_TRUE(std::isfinite(result.validationSpearmanClean));
  EXPECT_NE(result.validationSpearmanClean, result.validationSpearman);
}

TEST(PredictDdnet, IsLoadedOnce) {
  const TemporaryFolder folder("discern_loaded");
  const networks::NetworkOptions small{.size = 16, .seed = 4};
  networks::saveCheckpoint(folder / "d", *networks::makeNetwork("ddnet-r18", small), "ddnet-r18", small);
  const auto data = plantedBlur(2, 3, 16);
  Progress silent;
  const auto expected = TrainedDdnet(folder / "d").scores(data.faces, 4, silent);
  const TrainedDdnet network(folder / "d");
  fs::remove(folder / "d");
  EXPECT_EQ(network.shape().height, 16);
  EXPECT_EQ(network.scores(data.faces, 4, silent), expected);
  EXPECT_EQ(network.scores(data.faces, 4, silent), expected);
}

TEST(PredictDdnet, RefusesARecogniser) {
  const TemporaryFolder folder("discern_predict");
  const networks::NetworkOptions small{.size = 16, .width = 0.25, .dims = 8};
  networks::saveCheckpoint(folder / "m", *networks::makeNetwork("mobilefacenet", small), "mobilefacenet",
                           small);
  Progress silent;
  EXPECT_NE(errorOf([&] { TrainedDdnet(folder / "m").scores({}, 4, silent); }).find("a DDNet was expected"),
            std::string::npos);
}

TEST(SplitDdnet, IdentitiesAreWholeOnOneSide) {
  auto data = plantedBlur(20, 5, 16);
  data.target[7] = kNan;
  auto options = quickDdnet(1);
  const auto split = splitDdnet(options, data);
  EXPECT_EQ(split.train.size() + split.validation.size(), 99U);
  std::set<int> train, held;
  for (const auto i : split.train) train.insert(data.identity[static_cast<std::size_t>(i)]);
  for (const auto i : split.validation) held.insert(data.identity[static_cast<std::size_t>(i)]);
  EXPECT_EQ(held.size(), 4U);
  EXPECT_EQ(train.size(), 16U);
  for (const int id : held) EXPECT_FALSE(train.contains(id));
  // A small share still holds one out, a large one leaves one; another seed holds others out.
  options.validationShare = 0.001;
  EXPECT_GE(splitDdnet(options, data).validation.size(), 4U);
  options.validationShare = 0.999;
  EXPECT_GE(splitDdnet(options, data).train.size(), 4U);
  options = quickDdnet(1);
  options.seed = 2;
  EXPECT_NE(splitDdnet(options, data).validation, split.validation);
}

TEST(PlanDdnet, CoversEveryFaceOnceAndKeepsPairsTogetherForRanking) {
  const auto data = plantedBlur(16, 8, 16);
  auto options = quickDdnet(1);
  std::vector<std::int64_t> faces(128);
  for (std::int64_t i = 0; i < 128; ++i) faces[static_cast<std::size_t>(i)] = i;
  for (const double rank : {0.0, 1.0}) {
    options.rankWeight = rank;
    const auto plan = planDdnet(options, data, faces, 0);
    ASSERT_EQ(plan.size(), 8U);
    std::set<std::int64_t> seen;
    std::size_t pairs = 0;
    for (const auto& batch : plan) {
      EXPECT_EQ(batch.size(), 16U);
      seen.insert(batch.begin(), batch.end());
      for (const auto a : batch)
        for (const auto b : batch) pairs += a < b && a / 8 == b / 8 ? 1 : 0;
    }
    EXPECT_EQ(seen.size(), 128U);
    // 32 chunks of four.
    if (rank > 0) {
      EXPECT_GE(pairs, 32U * 6U);
    }
    EXPECT_NE(plan, planDdnet(options, data, faces, 1));
    EXPECT_EQ(plan, planDdnet(options, data, faces, 0));
  }
  // Even sizes, and never a face alone.
  const auto sizes = [](std::int64_t faces, int batch) {
    std::vector<std::size_t> found;
    for (const auto& b :
         shuffledBatches(std::vector<std::int64_t>(static_cast<std::size_t>(faces)), batch, 1, 0))
      found.push_back(b.size());
    return found;
  };
  EXPECT_EQ(sizes(17, 16), (std::vector<std::size_t>{8, 9}));
  EXPECT_EQ(sizes(5, 2), (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(sizes(3, 8), (std::vector<std::size_t>{3}));
}

TEST(NetworkCost, IsThatOfTheNetwork) {
  const auto cost = networkCost("ddnet-r18");
  EXPECT_EQ(cost.macs, 39651632);
  EXPECT_GT(cost.flops, 2 * cost.macs);
  EXPECT_GT(networkCost("mobilefacenet", 112, 2.0).macs, 3 * networkCost("mobilefacenet", 112, 1.0).macs);
  EXPECT_NE(errorOf([] { networkCost("nothing"); }).find("iresnet100"), std::string::npos);
}

TEST(MeasureMilliseconds, NamesAndCheckpoints) {
  EXPECT_GT(measureMilliseconds("ddnet-r18", {16, 16, 1}, 4, Device::Cpu), 0);
  const TemporaryFolder folder("discern_measure");
  const networks::NetworkOptions small{.size = 16, .width = 0.25, .dims = 8};
  networks::saveCheckpoint(folder / "m", *networks::makeNetwork("mobilefacenet", small), "mobilefacenet",
                           small);
  EXPECT_GT(measureMilliseconds((folder / "m").string(), {16, 16, 1}, 1, Device::Cpu), 0);
  EXPECT_NE(errorOf([&] {
              measureMilliseconds((folder / "m").string(), {32, 32, 1}, 1, Device::Cpu);
            }).find("16 x 16 pixels"),
            std::string::npos);
  EXPECT_NE(errorOf([] {
              measureMilliseconds("missing.ckpt", {16, 16, 1}, 1, Device::Cpu);
            }).find("missing.ckpt"),
            std::string::npos);
}

}  // namespace
}  // namespace discern::training
