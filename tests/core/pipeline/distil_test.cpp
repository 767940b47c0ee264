#include "core/pipeline/distil.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/analysis/selection_path.h"
#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/pipeline/identify.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/select.h"
#include "tests/core/pipeline/scratch_project.h"
#include "tests/core/training/planted_students.h"

namespace discern::pipeline {
namespace {

// Three people to learn from, two to test on (samples 12 to 17), and a made-up teacher.
class Distil : public ::testing::Test {
 protected:
  Distil() {
    scratch_.addPictures("train", project::Role::Train, 3, 4);
    scratch_.addPictures("test", project::Role::Test, 2, 3);
    scratch_.putFeatures("made-up", 6, 0.3);
    options_.training = training::quickStudent("dc", 0, 1);
  }
  void putProtocol(const std::string& name, const std::vector<data::Pair>& pairs) {
    data::Protocol protocol;
    protocol.name = name;
    protocol.templates = {{"a", 3, {12}}, {"b", 3, {13}}, {"c", 4, {15}}};
    protocol.pairs = pairs;
    scratch_.project->putProtocol(protocol);
  }

  ScratchProject scratch_;
  DistilOptions options_;
};

TEST_F(Distil, KeepsAStudentThatAProtocolCannotCheck) {
  putProtocol("strangers", {{0, 2, false, -1}, {1, 2, false, -1}});
  putProtocol("pairs", {{0, 1, true, -1}, {0, 2, false, -1}});
  options_.protocols = {"strangers", "pairs"};
  training::Listener asked, unasked;
  const auto result = distil(*scratch_.project, options_, asked.progress());
  ASSERT_EQ(result.checks.size(), 1U);
  EXPECT_EQ(result.checks[0].protocol, "pairs");
  EXPECT_TRUE(asked.noted("protocol 'strangers' does not check the student: there is no genuine comparison"));
  const auto model = scratch_.project->model("S-16-dc");
  ASSERT_TRUE(model);
  EXPECT_GT(model->milliseconds, 0);
  options_.protocols.clear();  // by itself it takes those that can
  options_.replace = true;
  EXPECT_EQ(distil(*scratch_.project, options_, unasked.progress()).checks.size(), 1U);
  EXPECT_FALSE(unasked.noted("strangers"));
}

TEST_F(Distil, TheStudentStoresAllThatItTakesToTrainItAgain) {
  putProtocol("pairs", {{0, 1, true, -1}, {0, 2, false, -1}});
  options_.training.learningRate = 0.02;
  options_.training.perturbations = 3;
  options_.training.target = training::StudentTarget::Raw;
  options_.pool = false;
  Progress silent;
  distil(*scratch_.project, options_, silent);
  const auto model = scratch_.project->model("S-16-dc");
  ASSERT_TRUE(model);
  const auto& fields = jobs::distilFields();
  const auto stored = optionsFromJson(fields, nlohmann::json::parse(model->options));
  options_.name = "S-16-dc";  // what was chosen where nobody said
  options_.teacher = {"made-up"};
  options_.protocols = {"pairs"};
  EXPECT_EQ(fields.texts(stored), fields.texts(options_));
}

TEST_F(Distil, ChecksTheStudentWithTheTruthOfTodaysMerges) {
  data::Protocol drawn;
  drawn.name = "drawn";
  drawn.templates = {{"test0/0", 3, {12}}, {"test0/1", 3, {13}}, {"test1/2", 4, {15}}, {"test1/3", 4, {16}}};
  drawn.pairs = {{0, 1, true, -1}, {2, 3, true, -1}, {0, 2, false, -1}, {1, 3, false, -1}};
  scratch_.project->putProtocol(drawn);
  options_.protocols = {"drawn"};
  training::Listener before, after;
  EXPECT_EQ(distil(*scratch_.project, options_, before.progress()).checks.size(), 1U);
  EXPECT_FALSE(before.noted("another truth"));
  scratch_.project->mergeIdentities(4, 3);  // every pair is of one person now
  EXPECT_TRUE(distil(*scratch_.project, options_, after.progress()).checks.empty());
  EXPECT_TRUE(after.noted("2 of its pairs have another truth"));
  EXPECT_TRUE(after.noted("protocol 'drawn' does not check the student: there is no impostor comparison"));
}

TEST_F(Distil, TakesNoNameOfFeaturesButItsOwn) {
  Progress silent;
  options_.name = "made-up";
  const auto message = training::errorOf([&] { distil(*scratch_.project, options_, silent); });
  EXPECT_NE(message.find("name made-up: is the name of features"), std::string::npos) << message;
  EXPECT_FALSE(scratch_.project->model("made-up"));
  options_.name = "student";
  options_.teacher = {"made-up"};
  distil(*scratch_.project, options_, silent);
  scratch_.putFeatures("student", 6, 0.3);                       // as an extraction by the student does
  EXPECT_NO_THROW(distil(*scratch_.project, options_, silent));  // trained anew
}

TEST_F(Distil, FineTunesAStudentOnOneSet) {
  Progress silent;
  scratch_.addPictures("own", project::Role::Train, 2, 5);
  scratch_.putFeatures("made-up", 6, 0.3);
  distil(*scratch_.project, options_, silent);
  options_.initFrom = "S-16-dc";
  options_.set = "own";
  options_.training.mode = training::StudentMode::C;
  options_.training.epochsInit = 3;
  training::Listener listener;
  const auto result = distil(*scratch_.project, options_, listener.progress());
  EXPECT_EQ(result.name, "S-16-c-tuned");
  EXPECT_EQ(result.startedFrom, "S-16-dc");
  EXPECT_EQ(result.faces, 10);
  EXPECT_EQ(result.classes, 2);
  EXPECT_FALSE(listener.noted("Initialising"));
  const auto stored = nlohmann::json::parse(scratch_.project->model("S-16-c-tuned").value().options);
  EXPECT_EQ(stored["init_from"], "S-16-dc");
  EXPECT_EQ(stored["set"], "own");

  options_.name = "by file";
  options_.initFrom = scratch_.project->model("S-16-dc")->file.string();
  EXPECT_EQ(distil(*scratch_.project, options_, silent).classes, 2);
  const auto message = [&](const char* from, int size = 16) {
    options_.initFrom = from;
    options_.training.size = size;
    return training::errorOf([&] { distil(*scratch_.project, options_, silent); });
  };
  options_.name = "none";
  EXPECT_NE(message("nobody").find("init from nobody: is neither a student of this project (S-16-dc"),
            std::string::npos)
      << message("nobody");
  EXPECT_NE(message("S-16-dc", 32).find("sees faces of 16 px, not 32; ask for that size"), std::string::npos);
  scratch_.putFeatures("wide", 9, 0.3);
  options_.teacher = {"wide"};
  EXPECT_NE(message("S-16-dc").find("mimics features of 6 dims, the teacher's have 9"), std::string::npos);
  EXPECT_FALSE(scratch_.project->model("none"));
  options_.set = "nowhere";
  EXPECT_NE(message("S-16-dc").find("nowhere"), std::string::npos);
}

TEST_F(Distil, UccssReductionStartsFromTheStudentsOwnIdentityLayer) {
  Progress silent;
  distil(*scratch_.project, options_, silent);
  const auto file = scratch_.project->model("S-16-dc")->file.string();
  scratch_.putFeatures("mimic", 6, 0.2);
  scratch_.project->putFeatureTable({"mimic", file, R"({"output_layer":"mimic"})", 6, 100, 2.0, ""});
  IdentifyOptions identifying;
  identifying.benchmark = jobs::Benchmark::Uccs;
  identifying.features = "mimic";
  identifying.subjects = 2;
  identifying.epochs = 3;
  training::Listener own, random, foreign;
  EXPECT_EQ(identify(*scratch_.project, identifying, own.progress()).reductionStart, "own");
  EXPECT_FALSE(own.noted("starts at random"));
  identifying.reductionStart = jobs::ReductionStart::Random;
  const auto result = identify(*scratch_.project, identifying, random.progress());
  EXPECT_EQ(result.reductionStart, "random");
  EXPECT_TRUE(result.top1Error && result.top5Error);
  identifying.reductionStart = jobs::ReductionStart::Own;
  identifying.features = "made-up";
  EXPECT_EQ(identify(*scratch_.project, identifying, foreign.progress()).reductionStart, "random");
  EXPECT_TRUE(foreign.noted("features 'made-up' are no student's mimic layer"));
}

TEST_F(Distil, KeepsAStudentWhoseCheckIsCancelled) {
  putProtocol("pairs", {{0, 1, true, -1}, {0, 2, false, -1}});
  std::stop_source stop;
  Progress progress(
      [&](const ProgressEvent& event) {
        if (event.stage == "reading test faces") stop.request_stop();
      },
      stop.get_token());
  EXPECT_THROW(distil(*scratch_.project, options_, progress), Cancelled);
  EXPECT_TRUE(scratch_.project->model("S-16-dc"));
}

TEST_F(Distil, RefusesTheSelectionOfATrialAndSaysWhenAnotherModelChose) {
  Progress silent;
  SelectOptions selecting;
  scratch_.project->putSetting(settings::featureModel("made-up"), "1");
  select(*scratch_.project, selecting, silent);
  selecting.swapLabels = 0.3;
  select(*scratch_.project, selecting, silent);
  options_.training.mode = training::StudentMode::Sc;
  options_.selection = "selection-trial";
  const auto message = training::errorOf([&] { distil(*scratch_.project, options_, silent); });
  EXPECT_NE(message.find("selection selection-trial: is a trial"), std::string::npos) << message;
  EXPECT_TRUE(scratch_.project->models().empty());

  project::SelectionRow odd = scratch_.project->selection("selection");
  odd.name = options_.selection = "odd";
  nlohmann::json made = nlohmann::json::parse(odd.options);
  ASSERT_TRUE(made.contains("swap_labels"));
  made["swap_labels"] = 7;
  odd.options = made.dump();
  scratch_.project->putSelection(odd);
  const auto ofWhom = training::errorOf([&] { distil(*scratch_.project, options_, silent); });
  EXPECT_TRUE(ofWhom.starts_with("selection 'odd': its options: swap labels 7")) << ofWhom;

  options_.selection = "selection";
  training::Listener own, other;
  distil(*scratch_.project, options_, own.progress());
  EXPECT_FALSE(own.noted("not the teacher's"));
  EXPECT_FALSE(own.noted("another model"));
  scratch_.project->putSetting(settings::featureModel("made-up"), "2");  // as if extracted anew by another
  scratch_.putFeatures("another", 6, 0.3);
  scratch_.project->putFeatureTable({"another", "another model", "{}", 6, 100, 2.0, ""});
  options_.teacher = {"another"};
  options_.replace = true;
  distil(*scratch_.project, options_, other.progress());
  EXPECT_TRUE(other.noted("not the teacher's"));
  EXPECT_TRUE(other.noted(
      "selection 'selection' is older than the features 'made-up', which another model has made since"));
}

TEST_F(Distil, ReadsOneCutAtItsOwnLambdaAndSaysHowItWasSelected) {
  Progress silent;
  SelectOptions selecting;
  select(*scratch_.project, selecting, silent);
  const double lambda = analysis::lambdaForShare(scratch_.project->selection("selection").enters, 0.6) * 1.01;
  selecting.method = "cut";
  selecting.lambda = lambda;
  select(*scratch_.project, selecting, silent);
  options_.training.mode = training::StudentMode::Sc;
  options_.lambda = 100 * lambda;
  const auto message = training::errorOf([&] { distil(*scratch_.project, options_, silent); });
  EXPECT_NE(message.find("selection 'selection' is one cut at lambda"), std::string::npos) << message;
  EXPECT_TRUE(scratch_.project->models().empty());
  options_.lambda = std::numeric_limits<double>::quiet_NaN();
  const auto result = distil(*scratch_.project, options_, silent);
  EXPECT_EQ(result.lambda, lambda);
  EXPECT_NE(result.published.find("of the selection: lengths unit (published: raw)"), std::string::npos)
      << result.published;
  EXPECT_EQ(result.published.find("side by side"), std::string::npos) << result.published;
  scratch_.putFeatures("another", 6, 0.4);
  options_.teacher = {"made-up", "another"};
  options_.replace = true;
  EXPECT_NE(distil(*scratch_.project, options_, silent)
                .published.find("teacher 2 side by side, each of unit length (published: one)"),
            std::string::npos);
}

TEST_F(Distil, TakesTheShareOfAnOrderAndNoLambda) {
  Progress silent;
  SelectOptions selecting;
  selecting.method = "random";
  select(*scratch_.project, selecting, silent);
  options_.training.mode = training::StudentMode::Sc;
  options_.lambda = -5;
  const auto message = training::errorOf([&] { distil(*scratch_.project, options_, silent); });
  EXPECT_NE(message.find("is an order of the faces and has no lambda"), std::string::npos) << message;
  options_.lambda = std::numeric_limits<double>::quiet_NaN();
  const auto enters = scratch_.project->selection("selection").enters;
  const auto keepable = std::ranges::count_if(enters, [](double e) { return std::isfinite(e); });
  options_.keep = 0.5;
  const auto result = distil(*scratch_.project, options_, silent);
  EXPECT_EQ(result.selected, (keepable + 1) / 2);
  EXPECT_TRUE(std::isnan(result.lambda));
  options_.keep = 0.25;  // another share is another student
  EXPECT_THROW(distil(*scratch_.project, options_, silent), Error);
}

}  // namespace
}  // namespace discern::pipeline
