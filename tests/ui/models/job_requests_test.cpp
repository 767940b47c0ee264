// Which options a job gets from what is looked at, without a window.
#include "ui/models/live/job_requests.h"

#include <gtest/gtest.h>

namespace discern::ui {
namespace {

QStringList lines(const std::vector<JobRequest>& requests) {
  QStringList lines;
  for (const JobRequest& request : requests) lines << (QStringList{request.job} + request.options).join(' ');
  return lines;
}
QString line(const JobRequest& request) { return lines({request}).front(); }

project::RunRow run(const char* job, const char* options, const char* result = "{}") {
  project::RunRow row;
  row.job = job;
  row.status = "done";
  row.options = options;
  row.result = result;
  return row;
}

// Two feature tables, the newest last; a DDNet, a head of each feature table.
Snapshot planted() {
  Snapshot snapshot;
  for (const char* name : {"old", "new"}) {
    project::FeatureTableRow table;
    table.name = name;
    table.model = std::string("model-of-") + name;
    table.recipe = R"({"name":"insightface"})";
    snapshot.featureTables.push_back(table);
  }
  snapshot.scoreTables = {"dscore", "norm", "predicted", "head-of-old"};
  for (const auto& [name, kind, options] :
       {std::tuple("net", "ddnet", "{}"), std::tuple("head", "head", R"({"features":"old"})")}) {
    project::ModelRow model;
    model.name = name;
    model.kind = kind;
    model.options = options;
    snapshot.models.push_back(model);
  }
  return snapshot;
}

analysis::OperatingPoint point() {
  analysis::OperatingPoint point;
  point.protocol = "templates";
  point.features = "old";
  point.scores = "dscore";
  point.threshold = 0.1;
  point.far = 1e-4;
  return point;
}

TEST(JobRequests, AnEvaluationIsOfThePoint) {
  const Snapshot snapshot = planted();
  EXPECT_EQ(line(evaluateRequest(snapshot, point())),
            "evaluate --protocol templates --features old --scores dscore --threshold 0.1");
  auto weighed = point();
  weighed.weights = "norm";
  weighed.threshold = 1.0 / 3;
  EXPECT_EQ(line(evaluateRequest(snapshot, weighed)),
            "evaluate --protocol templates --features old --scores dscore --threshold 0.3333333333333333 "
            "--weights norm")
      << "the number is written so that it is read back as it was";
  auto none = point();
  none.scores.clear();
  EXPECT_EQ(line(evaluateRequest(snapshot, none)), "evaluate --protocol templates --features old");
}

TEST(JobRequests, AHeadOfTheseFeaturesWeighsWhereNothingElseDoes) {
  Snapshot snapshot = planted();
  snapshot.runs = {run("predict", R"({"model":"head","name":"head-of-old"})")};
  EXPECT_TRUE(line(evaluateRequest(snapshot, point())).endsWith("--weights head-of-old"));
  auto other = point();
  other.features = "new";
  EXPECT_FALSE(line(evaluateRequest(snapshot, other)).contains("--weights"));
}

TEST(JobRequests, ASweepIsOfThePoint) {
  const QStringList words = sweepRequest(point()).options;
  EXPECT_EQ(words.mid(0, 7).join(' '), "--protocol templates --features old --scores dscore --far");
  EXPECT_EQ(words.value(7).toDouble(), 1e-4);
  auto weighed = point();
  weighed.weights = "dscore";
  EXPECT_FALSE(line(sweepRequest(weighed)).contains("--weights")) << "the scores weigh themselves";
  weighed.weights = "norm";
  EXPECT_TRUE(line(sweepRequest(weighed)).endsWith("--weights norm"));
  auto none = point();
  none.scores.clear();
  EXPECT_EQ(line(sweepRequest(none)), "sweep --protocol templates");
}

TEST(JobRequests, WithoutFeaturesThereIsNothingToRefresh) {
  EXPECT_TRUE(refreshRequests(Snapshot(), point()).empty());
}

TEST(JobRequests, RefreshingIsOfTheChosenFeaturesElseTheNewest) {
  const Snapshot snapshot = planted();
  EXPECT_EQ(
      lines(refreshRequests(snapshot, point())),
      (QStringList{"extract --model model-of-old --name old --recipe insightface", "score --features old"}));
  auto gone = point();
  gone.features = "gone";
  EXPECT_EQ(lines(refreshRequests(snapshot, gone)).front(),
            "extract --model model-of-new --name new --recipe insightface");
}

TEST(JobRequests, EveryScoreIsMadeAgainAsItWasMadeLast) {
  Snapshot snapshot = planted();
  snapshot.runs = {
      run("score", R"({"features":"old","floor":"0.2"})", R"({"scores":"dscore","features":"old"})"),
      run("score", R"({"features":"old","method":"norm"})", R"({"scores":"norm","features":"old"})"),
      run("score", R"({"features":"old","floor":"0.1","all":"true","some":"false"})",
          R"({"scores":"dscore","features":"old"})"),
      run("score", R"({"features":"new"})", R"({"scores":"other","features":"new"})"),
      run("score", R"({"features":"old"})", R"({"scores":"gone","features":"old"})"),
      run("predict", R"({"model":"net","name":"predicted"})", R"({"scores":"predicted"})"),
      run("predict", R"({"model":"net","name":"predicted"})", R"({"scores":"predicted"})"),
      run("predict", R"({"model":"head","name":"head-of-old"})", R"({"scores":"head-of-old"})")};
  snapshot.runs.push_back(run("score", R"({"method":"sharpness"})", R"({"scores":"s","features":"old"})"));
  snapshot.runs.back().status = "failed";
  EXPECT_EQ(
      lines(refreshRequests(snapshot, point())),
      (QStringList{"extract --model model-of-old --name old --recipe insightface",
                   "score --features old --method norm", "score --features old --all --floor 0.1",
                   "predict --network net --name predicted", "predict --network head --name head-of-old"}));
  auto other = point();
  other.features = "new";
  EXPECT_FALSE(lines(refreshRequests(snapshot, other)).join('\n').contains("--model head"))
      << "a head of other features has nothing new to see";
}

TEST(JobRequests, AnExtractionIsOfferedNetworksByNameAndFilesThatWereUsedBefore) {
  Snapshot snapshot = planted();
  project::ModelRow base, student;
  base.name = "mine";
  base.kind = "base";
  base.file = "/p.discern/checkpoints/mine.safetensors";
  student.name = "S-16-sc";
  student.kind = "student";
  snapshot.models.push_back(base);
  snapshot.models.push_back(student);
  snapshot.featureTables[0].model = base.file.string();
  snapshot.featureTables[1].model = "/models/arcface.onnx";
  EXPECT_EQ(recognisersOf(snapshot), (QStringList{"demo", "mine", "S-16-sc", "/models/arcface.onnx"}))
      << "a DDNet and a head make no features";
  EXPECT_EQ(usualRecogniser(snapshot), "") << "which of two is wanted nobody knows";
  snapshot.featureTables.pop_back();
  EXPECT_EQ(usualRecogniser(snapshot), "mine");
  EXPECT_EQ(usualRecogniser(Snapshot()), "");
}

TEST(JobRequests, ANameIsFreeOrItIsSaidWhyNot) {
  const Snapshot snapshot = planted();
  EXPECT_EQ(takenName(snapshot, "other", "ddnet", false), "");
  EXPECT_EQ(takenName(snapshot, "net", "ddnet", false),
            "net is in this project already: choose another name, or tick Replace.");
  EXPECT_EQ(takenName(snapshot, "net", "ddnet", true), "");
  EXPECT_EQ(takenName(snapshot, "net", "base", true), "net is a ddnet of this project: choose another name.");
  EXPECT_EQ(takenName(snapshot, "old", "ddnet", true),
            "old is the name of features of this project: choose another name.");
}

TEST(JobRequests, RunningEndsWithEvaluationAndSweepWhereThereIsAProtocol) {
  const Snapshot snapshot = planted();
  EXPECT_EQ(lines(runRequests(snapshot, point())).mid(2),
            (QStringList{line(evaluateRequest(snapshot, point())), line(sweepRequest(point()))}));
  auto none = point();
  none.protocol.clear();
  EXPECT_EQ(lines(runRequests(snapshot, none)), lines(refreshRequests(snapshot, none)));
}

}  // namespace
}  // namespace discern::ui
