#include "core/training/train_student.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/base/files.h"
#include "core/networks/checkpoint.h"
#include "tests/core/training/planted_students.h"
#include "tests/core/training/same_weights.h"

namespace discern::training {
namespace {

namespace fs = std::filesystem;

std::map<std::string, torch::Tensor> weightsOf(const fs::path& file) {
  return networks::loadTensors(file, "discern_checkpoint").tensors;
}

TEST(TrainStudent, LearnsPlantedClassesAndTheTeachersDirections) {
  const TemporaryFolder folder("discern_student_train");
  const PlantedStudents planted(40);
  auto options = quickStudent("sc", 4, 6);
  options.teacher = "planted";
  Listener listener;
  const auto result = trainStudent(options, planted.data, folder / "s.pt", listener.progress());
  EXPECT_EQ(result.name, "S-16-sc");
  EXPECT_EQ(result.epochs, 6);
  EXPECT_GT(result.validationAccuracy, 0.8);  // chance is 0.25
  EXPECT_GT(result.validationCosine, 0.8);
  EXPECT_LT(result.validationRegression, 0.25);  // an output of zero has 0.5
  EXPECT_EQ(result.classified, result.regressed);
  EXPECT_EQ(result.classified + result.validationImages, 160);
  EXPECT_NEAR(static_cast<double>(result.validationImages), 16, 4);
  for (const char* name :
       {"train/loss", "train/learning_rate", "train/classification", "train/regression", "train/accuracy",
        "validation/accuracy", "validation/regression", "validation/cosine"})
    EXPECT_TRUE(listener.measured(name)) << name;
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / ""), fs::directory_iterator()), 1);

  const auto info = readStudent(folder / "s.pt");
  EXPECT_EQ(info.name, "S-16-sc");
  EXPECT_EQ(info.mode, "sc");
  EXPECT_EQ(info.teacher, "planted");
  EXPECT_EQ(info.size, 16);
  EXPECT_EQ(info.dims, 6);
  EXPECT_EQ(info.identityDims, 8);
  EXPECT_TRUE(networks::loadCheckpoint(folder / "s.pt").extras.empty());  // no head
}

TEST(TrainStudent, RegressionNeedsNoClasses) {
  const TemporaryFolder folder("discern_student_s");
  const PlantedStudents planted(40);
  auto data = planted.data;
  data.label.clear();
  data.classes = 0;
  for (const auto target : {StudentTarget::Unit, StudentTarget::Raw, StudentTarget::AsIs}) {
    auto options = quickStudent("s", 0, 8);
    if (target == StudentTarget::AsIs) options.regressionWeight = 1;
    options.target = target;
    Listener listener;
    const auto result = trainStudent(options, data, folder / "s.pt", listener.progress());
    EXPECT_GT(result.validationCosine, 0.8) << nameOf(target);
    EXPECT_TRUE(std::isnan(result.validationAccuracy));
    EXPECT_TRUE(std::isnan(result.classification));
    EXPECT_EQ(result.classified, 0);
    EXPECT_FALSE(listener.measured("train/accuracy"));
  }
}

// Trains a few steps and gives the file.
fs::path after(const TemporaryFolder& folder, const std::string& name, const std::string& mode,
               const StudentData& data) {
  auto options = quickStudent(mode, 0, 1);
  options.validationShare = 0;
  Progress silent;
  trainStudent(options, data, folder / name, silent);
  return folder / name;
}

TEST(TrainStudent, EachModeLearnsFromWhatItShould) {
  const TemporaryFolder folder("discern_student_modes");
  const PlantedStudents planted(8);
  auto plain = planted.data;
  plain.selected.assign(32, 1);
  for (std::size_t i = 0; i < 12; ++i) plain.selected[i] = 0;
  for (std::size_t i = 0; i < 4; ++i) plain.label[i] = -1;  // neither a class nor selected

  // Another teacher for all; for the unselected alone; other labels; other pixels of faces 0 to 3.
  auto otherAll = planted.features, otherUnselected = planted.features;
  for (std::int64_t i = 0; i < 32; ++i) {
    std::ranges::reverse(otherAll.row(i));
    if (i < 12) std::ranges::reverse(otherUnselected.row(i));
  }
  auto teacher = plain, unselected = plain, labels = plain, pixels = plain;
  teacher.teacher = otherAll.view();
  unselected.teacher = otherUnselected.view();
  std::ranges::rotate(labels.label, labels.label.begin() + 1);
  const auto load = plain.faces.load;
  pixels.faces.load = [load](std::int64_t i) -> cv::Mat { return i < 4 ? 255 - load(i) : load(i); };

  struct Expectation {
    const char* mode;
    bool teacher, unselected, labels, pixels;  // whether it matters
  };
  for (const auto& e :
       {Expectation{"c", false, false, true, false}, Expectation{"s", true, false, false, false},
        Expectation{"sc", true, false, true, false}, Expectation{"dc", true, true, true, true}}) {
    const auto base = after(folder, "base", e.mode, plain);
    EXPECT_EQ(!sameWeights(base, after(folder, "x", e.mode, teacher)), e.teacher) << e.mode;
    EXPECT_EQ(!sameWeights(base, after(folder, "x", e.mode, unselected)), e.unselected) << e.mode;
    EXPECT_EQ(!sameWeights(base, after(folder, "x", e.mode, labels)), e.labels) << e.mode;
    EXPECT_EQ(!sameWeights(base, after(folder, "x", e.mode, pixels)), e.pixels) << e.mode;
  }
}

TEST(TrainStudent, RegressionAloneLeavesTheIdentityLayer) {
  const TemporaryFolder folder("discern_student_frozen");
  const PlantedStudents planted(8);
  Progress silent;
  const auto init = folder / "init";
  trainStudent(quickStudent("init", 1, 1), planted.data, init, silent);
  auto options = quickStudent("s", 0, 2);
  options.initFrom = init.string();
  options.fitMimic = false;
  trainStudent(options, planted.data, folder / "s", silent);
  options.mode = StudentMode::C;
  trainStudent(options, planted.data, folder / "c", silent);
  const auto before = weightsOf(init), s = weightsOf(folder / "s"), c = weightsOf(folder / "c");
  EXPECT_TRUE(torch::equal(before.at("identity.weight"), s.at("identity.weight")));
  EXPECT_FALSE(torch::equal(before.at("mimic.weight"), s.at("mimic.weight")));
  EXPECT_FALSE(torch::equal(before.at("identity.weight"), c.at("identity.weight")));
  EXPECT_FALSE(torch::equal(before.at("mimic.weight"), c.at("mimic.weight")));
}

TEST(TrainStudent, StoppedAndResumedIsTheSameBitForBit) {
  const TemporaryFolder folder("discern_student_resume");
  const PlantedStudents planted(12);
  const auto options = quickStudent("dc", 2, 2);
  Listener straight;
  fs::create_directory(folder / "straight");
  const auto whole = trainStudent(options, planted.data, folder / "straight/s.pt", straight.progress());
  ASSERT_EQ(straight.losses, 12);  // 3 batches an epoch, 2 + 2 epochs
  // In the first stage, at its end, in the second.
  for (const int stop : {2, 6, 8}) {
    const auto file = folder / ("stopped" + std::to_string(stop)) / "s.pt";
    fs::create_directory(file.parent_path());
    Listener first(stop), second;
    EXPECT_THROW(trainStudent(options, planted.data, file, first.progress()), Cancelled);
    EXPECT_FALSE(fs::exists(file));
    const auto resumed = trainStudent(options, planted.data, file, second.progress());
    EXPECT_EQ(second.losses, 12 - stop) << stop;
    // Whichever folder it was trained in: a project may be moved.
    EXPECT_TRUE(sameCheckpoint(folder / "straight/s.pt", file)) << stop;
    EXPECT_EQ(resumed.trainLoss, whole.trainLoss);
    EXPECT_EQ(resumed.validationCosine, whole.validationCosine);
    EXPECT_FALSE(fs::exists(file.string() + ".state"));
    EXPECT_FALSE(fs::exists(file.string() + ".init"));
    EXPECT_FALSE(fs::exists(file.string() + ".init.state"));
  }
}

TEST(TrainStudent, AFirstStageOfOtherImagesIsNotGoneOnWith) {
  const TemporaryFolder folder("discern_student_images");
  const PlantedStudents planted(12);
  const auto options = quickStudent("dc", 1, 1);
  auto data = planted.data;
  data.faces.fingerprint = 1;
  Listener first(4), second, whole;
  EXPECT_THROW(trainStudent(options, data, folder / "a", first.progress()), Cancelled);
  ASSERT_TRUE(fs::exists(folder / "a.init"));  // 3 batches of the first stage and one of the second
  data.faces.fingerprint = 2;
  trainStudent(options, data, folder / "a", second.progress());
  EXPECT_EQ(second.losses, 6);
  trainStudent(options, planted.data, folder / "b", whole.progress());
  EXPECT_TRUE(sameWeights(folder / "a", folder / "b"));  // which images these are changes nothing else
}

TEST(TrainStudent, StartsFromXaviersWeightsWhereItIsAskedTo) {
  const TemporaryFolder folder("discern_student_start");
  const PlantedStudents planted(10);
  const auto stages = [&](const char* mode, StudentStart start) {
    auto options = quickStudent(mode, 2, 1);
    options.start = start;
    Listener listener;
    trainStudent(options, planted.data, folder / "s.pt", listener.progress());
    return listener.measured("train/accuracy");  // which regression alone has only in its first stage
  };
  EXPECT_TRUE(stages("s", StudentStart::Classes));
  EXPECT_FALSE(stages("s", StudentStart::Mode));
  EXPECT_FALSE(stages("s", StudentStart::Xavier));
}

TEST(TrainStudent, MovesAFacesOwnLandmarksWhereItHasSome) {
  const TemporaryFolder folder("discern_student_landmarks");
  const PlantedStudents planted(10);
  auto data = planted.data;
  auto options = quickStudent("c", 0, 1);
  Progress silent;
  const auto trained = [&](const char* name) {
    trainStudent(options, data, folder / name, silent);
    return weightsOf(folder / name);
  };
  const auto same = [](const auto& a, const auto& b) {
    return torch::equal(a.at("conv1.weight"), b.at("conv1.weight"));
  };
  const auto before = trained("template");
  options.perturbedPoints = PerturbedPoints::Own;
  EXPECT_TRUE(same(before, trained("none")));  // nobody has any
  data.landmarks.assign(static_cast<std::size_t>(data.faces.count),
                        data::Landmarks{{{40, 50}, {60, 50}, {50, 70}, {42, 90}, {58, 90}}});
  EXPECT_FALSE(same(before, trained("own")));
  options.perturbations = 0;
  const auto still = trained("still");
  options.perturbedPoints = PerturbedPoints::Template;
  EXPECT_TRUE(same(still, trained("still template")));
}

TEST(TrainStudent, OneInitialisationServesSeveralModes) {
  const TemporaryFolder folder("discern_student_init");
  const PlantedStudents planted(12);
  Listener first, second;
  const auto init = trainStudent(quickStudent("init", 2, 1), planted.data, folder / "init", first.progress());
  EXPECT_EQ(init.name, "S-16-init");
  EXPECT_EQ(init.regressed, 0);
  auto options = quickStudent("sc", 2, 1);
  trainStudent(options, planted.data, folder / "apart", second.progress());
  options.initFrom = (folder / "init").string();
  Listener third;
  trainStudent(options, planted.data, folder / "shared", third.progress());
  EXPECT_EQ(third.losses, 3);
  // The same network but for the perturbations, whose epochs count on through a call of both stages.
  options.perturbations = 0;
  options.flip = false;
  trainStudent(options, planted.data, folder / "shared", third.progress());
  auto both = quickStudent("init", 2, 1);
  both.perturbations = 0;
  both.flip = false;
  trainStudent(both, planted.data, folder / "init", first.progress());
  trainStudent(options, planted.data, folder / "shared", third.progress());
  both.mode = StudentMode::Sc;
  trainStudent(both, planted.data, folder / "apart", second.progress());
  EXPECT_TRUE(sameWeights(folder / "apart", folder / "shared"));
}

TEST(TrainStudent, GoesOnFromAFinishedStudentOfOtherClasses) {
  const TemporaryFolder folder("discern_student_tune");
  const PlantedStudents planted(12);
  Progress silent;
  trainStudent(quickStudent("sc", 2, 2), planted.data, folder / "s", silent);
  auto three = planted.data;  // the fourth class is nobody's
  for (int& label : three.label) label = label == 3 ? -1 : label;
  three.classes = 3;
  auto options = quickStudent("c", 5, 1);
  options.initFrom = (folder / "s").string();
  options.learningRate = 1e-9;  // what it starts from is what it ends with
  options.weightDecay = 0;
  Listener listener;
  const auto result = trainStudent(options, three, folder / "tuned", listener.progress());
  EXPECT_EQ(result.epochs, 1);
  EXPECT_FALSE(listener.noted("Initialising")) << "there is no first stage";
  EXPECT_TRUE(listener.noted("no classifier of 3 classes"));
  const auto before = weightsOf(folder / "s");
  auto after = weightsOf(folder / "tuned");
  for (const char* layer : {"identity.weight", "mimic.weight", "conv3.weight"})
    EXPECT_TRUE(torch::allclose(before.at(layer), after.at(layer), 0, 1e-5)) << layer;

  // Another width replaces the identity layer alone.
  options.identityDims = 5;
  Listener other;
  trainStudent(options, three, folder / "wide", other.progress());
  EXPECT_TRUE(other.noted("has an identity layer of 8 columns, so that of 5 starts anew"));
  after = weightsOf(folder / "wide");
  EXPECT_EQ(after.at("identity.weight").sizes(), (torch::IntArrayRef{5, 6}));
  EXPECT_TRUE(torch::allclose(before.at("mimic.weight"), after.at("mimic.weight"), 0, 1e-5));

  // What a teacher taught is not fitted anew; what classes alone left is.
  const auto mimicAfter = [&](const char* from) {
    auto tuning = quickStudent("dc", 5, 1);
    tuning.initFrom = (folder / from).string();
    tuning.learningRate = 1e-9;
    tuning.weightDecay = 0;
    trainStudent(tuning, three, folder / "dc", silent);
    return torch::allclose(weightsOf(folder / from).at("mimic.weight"),
                           weightsOf(folder / "dc").at("mimic.weight"), 0, 1e-5);
  };
  EXPECT_TRUE(mimicAfter("s"));
  trainStudent(quickStudent("c", 1, 1), planted.data, folder / "classes", silent);
  EXPECT_FALSE(mimicAfter("classes"));
}

TEST(TrainStudent, AFineTuningThatIsStoppedGoesOnBitForBit) {
  const TemporaryFolder folder("discern_student_tune_stop");
  const PlantedStudents planted(12);
  Progress silent;
  trainStudent(quickStudent("sc", 1, 1), planted.data, folder / "s", silent);
  auto options = quickStudent("c", 5, 2);
  options.initFrom = (folder / "s").string();
  options.identityDims = 5;
  Listener stopped(4), resumed;
  trainStudent(options, planted.data, folder / "whole", silent);
  EXPECT_THROW(trainStudent(options, planted.data, folder / "parts", stopped.progress()), Cancelled);
  trainStudent(options, planted.data, folder / "parts", resumed.progress());
  EXPECT_EQ(resumed.losses, 2);  // of 2 epochs of 3 batches
  EXPECT_TRUE(sameCheckpoint(folder / "whole", folder / "parts"));
}

TEST(TrainStudent, UnreadableFacesAreLeftOut) {
  const TemporaryFolder folder("discern_student_drop");
  const PlantedStudents planted(12);
  auto data = planted.data;
  const auto load = data.faces.load;
  data.faces.load = [load](std::int64_t i) -> cv::Mat {
    if (i % 5 == 0) throw Error("face " + std::to_string(i) + ".jpg: truncated");
    return load(i);
  };
  Listener listener;
  const auto result = trainStudent(quickStudent("sc", 1, 1), data, folder / "a", listener.progress());
  EXPECT_EQ(result.dropped, 10);
  EXPECT_TRUE(listener.noted("10 faces could not be read"));
}

TEST(TrainStudent, BadInputIsExplained) {
  const TemporaryFolder folder("discern_student_bad");
  const PlantedStudents planted(4);
  Progress silent;
  const auto message = [&](const StudentOptions& o, const StudentData& d) {
    return errorOf([&] { trainStudent(o, d, folder / "x", silent); });
  };
  const auto has = [](const std::string& text, const char* part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  const auto options = quickStudent("sc", 1, 1);
  auto wrong = options;
  wrong.size = 24;
  has(message(wrong, planted.data), "size 24: is not known; use 16, 32, 64 or 96");
  wrong = options;
  wrong.dims = 512;
  has(message(wrong, planted.data), "teacher's features have 6");
  wrong = options;
  wrong.perturbationStrength = 0.2;
  has(message(wrong, planted.data), "perturbation strength 0.2: lies between 0 and 0.15");
  auto data = planted.data;
  data.selected.assign(16, 0);
  has(message(options, data), "no selected face has teacher features");
  data = planted.data;
  data.teacher = {};
  has(message(options, data), "mode sc learns from a teacher's features");
  data = planted.data;
  data.label[3] = 4;
  has(message(options, data), "face 3 has the label 4");
  data = planted.data;
  data.label.assign(16, -1);
  has(message(options, data), "at least two faces of at least two classes");
  data = planted.data;
  data.teacher.rows = 15;
  has(message(options, data), "15 rows of teacher features");
  data.teacherRow.assign(16, 15);
  has(message(options, data), "row 15 of 15");

  // An initialised student that does not fit, and one that is damaged.
  trainStudent(quickStudent("init", 1, 1), planted.data, folder / "init", silent);
  auto from = options;
  from.initFrom = (folder / "init").string();
  from.size = 32;
  has(message(from, planted.data), "sees faces of 16 px, not 32");
  from.size = 16;
  const PlantedStudents wider(4, 32, 10);
  has(message(from, wider.data), "mimics features of 6 dims, the teacher's have 10");
  const auto whole = readFile(folder / "init");
  writeFileAtomically(folder / "cut", whole.substr(0, whole.size() / 2));
  from.initFrom = (folder / "cut").string();
  has(message(from, planted.data), "cut: the tensor");
  const networks::NetworkOptions small{.size = 16, .width = 0.25, .dims = 8};
  networks::saveCheckpoint(folder / "m", *networks::makeNetwork("mobilefacenet", small), "mobilefacenet",
                           small);
  from.initFrom = (folder / "m").string();
  has(message(from, planted.data), "a student was expected");
  EXPECT_FALSE(fs::exists(folder / "x"));
}

TEST(StudentCost, IsThatOfThePaper) {
  EXPECT_EQ(studentCost(16, 4096).parameters, 793584);
  EXPECT_GT(studentCost(32, 512).macs, 3.5 * studentCost(16, 512).macs);
}

}  // namespace
}  // namespace discern::training
