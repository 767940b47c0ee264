// Whole sets on disk: repeatable, cancellable, and honest about what is in them.
#include "datasets/rendering/set.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <stop_token>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"

namespace discern::rendering {
namespace {

namespace fs = std::filesystem;

class SyntheticSet : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / (std::string("synthetic_set_test_") +
                                         ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override {
    setThreadCount(0);
    fs::remove_all(root_);
  }
  data::Dataset generate(const SyntheticOptions& options, const std::string& name) {
    Progress progress;
    return generateSyntheticFaces(options, root_ / name, progress);
  }
  // Relative path -> bytes.
  std::map<std::string, std::string> contents(const std::string& name) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / name))
      if (entry.is_regular_file())
        files[fs::relative(entry.path(), root_ / name).string()] = readFile(entry.path());
    return files;
  }
  fs::path root_;
};

SyntheticOptions small(int identities, int images) {
  SyntheticOptions o;
  o.identities = identities;
  o.imagesPerIdentity = images;
  o.size = 48;
  return o;
}

TEST_F(SyntheticSet, SameSeedSameBytesOnAnyNumberOfThreads) {
  const SyntheticOptions o = small(5, 4);
  setThreadCount(1);
  generate(o, "one");
  setThreadCount(3);
  generate(o, "three");
  const auto one = contents("one");
  EXPECT_EQ(one.size(), 5U * 4U + 2U);
  EXPECT_EQ(one, contents("three"));
  SyntheticOptions other = o;
  other.seed = 2;
  generate(other, "other");
  EXPECT_NE(one.at("0001/000.jpg"), contents("other").at("0001/000.jpg"));
}

TEST_F(SyntheticSet, RangesOfPeopleFitTogether) {
  SyntheticOptions o = small(3, 2);
  o.labelErrors = 0;
  generate(o, "first");
  o.firstIdentity = 2;
  generate(o, "second");
  const auto first = contents("first"), second = contents("second");
  EXPECT_EQ(first.at("0003/001.jpg"), second.at("0003/001.jpg"));  // the one person in both
  EXPECT_FALSE(second.contains("0002/000.jpg"));
  EXPECT_TRUE(second.contains("0005/000.jpg"));
  EXPECT_NE(first.at("0001/000.jpg"), second.at("0004/000.jpg"));
}

TEST_F(SyntheticSet, TruthIsRecordedAndReadBack) {
  SyntheticOptions o = small(3, 12);
  o.badShare = 0.5;
  o.labelErrors = 0.2;
  const data::Dataset made = generate(o, "set");
  ASSERT_TRUE(isSyntheticFaces(root_ / "set"));
  EXPECT_FALSE(isSyntheticFaces(root_));
  const data::Dataset read = loadSyntheticFaces(root_ / "set");
  EXPECT_EQ(read.name, "set");
  EXPECT_EQ(read.format, "synthetic-faces");
  EXPECT_EQ(read.identities, (std::vector<std::string>{"0001", "0002", "0003"}));
  ASSERT_EQ(read.samples.size(), 36U);
  ASSERT_EQ(made.samples.size(), 36U);
  for (std::size_t i = 0; i < 36; ++i) {
    const auto& sample = read.samples[i];
    EXPECT_EQ(sample.image.file, made.samples[i].image.file);
    EXPECT_EQ(sample.nuisance, made.samples[i].nuisance);
    EXPECT_EQ(sample.identity, made.samples[i].identity);
    const auto json = nlohmann::json::parse(sample.nuisance);
    const std::string& filed = read.identities[static_cast<std::size_t>(sample.identity)];
    EXPECT_EQ(json.at("label_error").get<bool>(), json.at("true_identity").get<std::string>() != filed);
    EXPECT_EQ(fs::path(sample.image.file).parent_path().filename(), filed);
    const cv::Mat image = cv::imread(sample.image.file);
    EXPECT_EQ(image.size(), cv::Size(48, 48));
    // Dark images are recorded as dark and the others are not.
    const double brightness = cv::mean(image).dot({1, 1, 1, 0}) / 3;
    const bool dark = json.at("exposure").get<double>() <= 0.2;
    EXPECT_EQ(dark, std::ranges::count(json.at("bad"), "darkness") == 1);
    if (dark) {
      EXPECT_LT(brightness, 85) << sample.image.file;
    } else {
      EXPECT_GT(brightness, 50) << sample.image.file;
    }
  }
}

TEST_F(SyntheticSet, ItSaysWhichOptionsItWasMadeWith) {
  const SyntheticOptions o = small(1, 1);
  generate(o, "set");
  EXPECT_TRUE(isMadeWith(root_ / "set", o));
  std::vector<SyntheticOptions> others(7, o);
  others[0].identities = 2;
  others[1].imagesPerIdentity = 2;
  others[2].badShare = 0.26;
  others[3].labelErrors = 0;
  others[4].size = 49;
  others[5].seed = 2;
  others[6].firstIdentity = 1;
  for (std::size_t k = 0; k < others.size(); ++k) EXPECT_FALSE(isMadeWith(root_ / "set", others[k])) << k;
  EXPECT_FALSE(isMadeWith(root_, o));
  EXPECT_FALSE(isMadeWith(root_ / "absent", o));
  fs::remove(root_ / "set" / "truth.csv");
  EXPECT_FALSE(isMadeWith(root_ / "set", o));
}

TEST_F(SyntheticSet, SharesAreWithinBinomialBounds) {
  SyntheticOptions o = small(20, 40);
  o.size = 32;
  o.badShare = 0.25;
  o.labelErrors = 0.1;
  const data::Dataset set = generate(o, "set");
  int wrong = 0, heavy = 0;
  for (const auto& sample : set.samples) {
    const auto json = nlohmann::json::parse(sample.nuisance);
    wrong += json.at("label_error").get<bool>() ? 1 : 0;
    heavy += json.at("bad").empty() ? 0 : 1;
  }
  const auto bound = [](double share) { return 4 * std::sqrt(800 * share * (1 - share)); };
  EXPECT_NEAR(wrong, 80, bound(0.1));
  EXPECT_NEAR(heavy, 200, bound(0.25));
}

// A planted label error shows the person that truth.csv names, not the one it is filed under.
TEST_F(SyntheticSet, LabelErrorsShowSomebodyElse) {
  SyntheticOptions o = small(8, 24);
  o.badShare = 0;
  o.labelErrors = 0.15;
  const data::Dataset set = generate(o, "set");
  const cv::Rect face{11, 10, 26, 36};
  std::vector<cv::Mat> mean(8);
  std::vector<int> count(8, 0), truth;
  std::vector<cv::Mat> images;
  for (const auto& sample : set.samples) {
    cv::Mat image;
    cv::imread(sample.image.file)(face).convertTo(image, CV_32FC3);
    images.push_back(image);
    const auto json = nlohmann::json::parse(sample.nuisance);
    truth.push_back(std::stoi(json.at("true_identity").get<std::string>()) - 1);
    if (json.at("label_error").get<bool>()) continue;
    const auto i = static_cast<std::size_t>(sample.identity);
    mean[i] = mean[i].empty() ? image.clone() : cv::Mat(mean[i] + image);
    ++count[i];
  }
  for (std::size_t i = 0; i < 8; ++i) mean[i] /= count[i];
  int errors = 0, nearerToTruth = 0;
  for (std::size_t i = 0; i < images.size(); ++i) {
    const int filed = set.samples[i].identity;
    if (truth[i] == filed) continue;
    ++errors;
    const double toTruth = cv::norm(images[i], mean[static_cast<std::size_t>(truth[i])]);
    nearerToTruth += toTruth < cv::norm(images[i], mean[static_cast<std::size_t>(filed)]) ? 1 : 0;
  }
  ASSERT_GT(errors, 10);
  EXPECT_GE(nearerToTruth, errors * 8 / 10);
}

TEST_F(SyntheticSet, CancellingHalfWayLeavesNothing) {
  std::stop_source stop;
  std::atomic<std::int64_t> seen{0};
  Progress progress(
      [&](const ProgressEvent& event) {
        seen = event.done;
        if (event.done > 3) stop.request_stop();
      },
      stop.get_token());
  EXPECT_THROW(generateSyntheticFaces(small(6, 400), root_ / "set", progress), Cancelled);
  EXPECT_GT(seen, 0);
  EXPECT_LT(seen, 2400);
  EXPECT_TRUE(fs::is_empty(root_));
}

TEST_F(SyntheticSet, BadInputIsExplained) {
  const auto message = [&](const SyntheticOptions& o, const std::string& name) -> std::string {
    try {
      generate(o, name);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  SyntheticOptions o = small(1, 1);
  generate(o, "set");
  EXPECT_NE(message(o, "set").find("exists already"), std::string::npos);
  o.badShare = 1.5;
  EXPECT_NE(message(o, "new").find("bad share is 1.5"), std::string::npos);
  o = small(0, 1);
  EXPECT_NE(message(o, "new").find("identities is 0"), std::string::npos);
  EXPECT_FALSE(fs::exists(root_ / "new"));

  std::string csv = readFile(root_ / "set" / "truth.csv");
  csv.replace(csv.rfind(",none,"), 6, ",what,");
  writeFileAtomically(root_ / "set" / "truth.csv", csv);
  try {
    loadSyntheticFaces(root_ / "set");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("truth.csv:2: expected one of none, "), std::string::npos)
        << error.what();
  }
}

TEST_F(SyntheticSet, ALeftOverOfAKilledRunDoesNotGetIn) {
  fs::create_directories(root_ / "set.tmp" / "0009");
  writeFileAtomically(root_ / "set.tmp" / "0009" / "old.jpg", "old");
  generate(small(1, 1), "set");
  EXPECT_FALSE(fs::exists(root_ / "set" / "0009"));
  EXPECT_FALSE(fs::exists(root_ / "set.tmp"));
}

}  // namespace
}  // namespace discern::rendering
