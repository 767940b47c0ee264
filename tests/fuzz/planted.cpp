#include "tests/fuzz/planted.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <limits>

#include "core/project/project.h"

namespace discern::fuzz {

std::filesystem::path plantProject(const std::filesystem::path& folder) {
  using namespace project;
  {
    Project made = Project::create(folder);
    data::Dataset set;
    set.name = "set";
    set.identities = {"a", "b"};
    for (int i = 0; i < 4; ++i) {
      data::Sample sample;
      sample.identity = i / 2;
      sample.media = "m";
      sample.nuisance = R"({"detector_score":0.5})";
      sample.image.file = (folder / "images" / (std::to_string(i) + ".png")).string();
      if (i == 0) sample.image.crop = data::Rect{1, 2, 3, 4};
      if (i == 1) sample.image.landmarks = data::Landmarks{{{4, 5}, {11, 5}, {8, 8}, {5, 12}, {10, 12}}};
      set.samples.push_back(sample);
    }
    set.protocols = {{.name = "",
                      .templates = {{"x", 0, {0, 1}}, {"y", 1, {2, 3}}},
                      .pairs = {{0, 1, false, 0}, {0, 0, true, 1}},
                      .folds = 2}};
    made.addDataset(set, Role::Train);
    SampleRow copy = made.samples()[0];
    copy.parent = 0;
    copy.image.degradation = {data::DegradationKind::Darkness, 0.5F, 3};
    made.addCopies({copy});
    made.mergeIdentities(1, 0);
    made.mergeIdentities(1, -1);
    const auto count = made.sampleCount();
    data::saveNpy(made.featureFile("f"), data::Matrix(count, 4, 0.5F).view());
    made.putFeatureTable({"f", "model.onnx", R"({"name":"insightface"})", 4, 1, 1, ""});
    data::ScoreTable scores;
    scores.name = "dscore";
    scores.method = "dscore";
    scores.featureTable = "f";
    scores.resize(static_cast<std::size_t>(count));
    scores.score[0] = scores.ratio[0] = 0.5F;
    scores.hardestIdentity[0] = 1;
    scores.status[0] = data::ScoreStatus::Scored;
    made.putScores(scores);
    SelectionRow selection;
    selection.name = "selection";
    selection.features = "f";
    selection.centers = 1;
    selection.options = "{}";
    selection.enters.assign(static_cast<std::size_t>(count), 0.5);
    selection.others.assign(static_cast<std::size_t>(count), 0.25F);
    made.putSelection(selection);
    MapRow map{.name = "map", .features = "f", .options = "{}"};
    map.points = data::Matrix(count, 2, 1.0F);
    made.putMap(map);
    made.putModel({"net", "ddnet", "ddnet-r18", folder / "checkpoints" / "net.pt", 1, 2, 3, "{}"});
    const int run = made.startRun("score", R"({"seed":"1"})");
    made.addMetric(run, {"train/loss", 1, 0.5});
    made.finishRun(run, "done", R"({"scored":1})");
    made.putSetting("threshold", "0.5");
  }
  // Pages as small as they can be, and no other file beside it.
  SQLite::Database db((folder / "project.sqlite").string(), SQLite::OPEN_READWRITE);
  db.exec("PRAGMA journal_mode = DELETE");
  db.exec("PRAGMA page_size = 512");
  db.exec("VACUUM");
  return folder;
}

}  // namespace discern::fuzz
