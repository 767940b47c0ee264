#include "tests/ui/selection_project.h"

#include <QDir>
#include <QImage>
#include <QPainter>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/rng.h"
#include "core/data/npy.h"

namespace discern::ui::testing {
namespace {

using nlohmann::json;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr int kDims = 4;

bool takesPart(int identity) { return identity % 4 != 3; }

void drawFace(const std::string& file, int identity, int image, const SelectionOptions& o) {
  QImage picture(96, 96, QImage::Format_RGB32);
  picture.fill(QColor::fromHsv(identity * 359 / o.identities, 90, 60 + 190 * (o.images - image) / o.images));
  QPainter painter(&picture);
  painter.setBrush(QColor(240, 210, 180));
  painter.drawEllipse(22, 14, 52, 68);
  painter.end();
  picture.save(QString::fromStdString(file));
}

void addFaces(project::Project& project, const std::string& folder, const SelectionOptions& o) {
  if (o.pictures) QDir().mkpath(QString::fromStdString(folder + "/faces"));
  data::Dataset set;
  set.name = "people";
  for (int i = 0; i < o.identities; ++i) set.identities.push_back("person " + std::to_string(i));
  for (int s = 0; s < o.identities * o.images; ++s) {
    data::Sample sample;
    sample.identity = s / o.images;
    sample.image.file = folder + "/faces/" + std::to_string(s) + ".png";
    if (o.pictures) drawFace(sample.image.file, s / o.images, s % o.images, o);
    set.samples.push_back(sample);
  }
  project.addDataset(set, project::Role::Train);
  std::vector<int> test;
  for (int i = 0; i < o.identities; ++i)
    if (!takesPart(i)) test.push_back(i);
  project.setRole(test, project::Role::Test);
}

void addScores(project::Project& project, const SelectionOptions& o) {
  const auto enters = plantedEnters(o);
  data::ScoreTable table;
  table.name = table.method = "dscore";
  table.featureTable = "teacher";
  table.resize(enters.size());
  for (std::size_t i = 0; i < enters.size(); ++i) {
    if (std::isnan(enters[i])) continue;
    Rng rng(mixSeed(21, i));
    const double hard = static_cast<double>(i % static_cast<std::size_t>(o.images)) / o.images;
    table.score[i] = static_cast<float>(std::clamp(0.9 - 0.7 * hard + 0.15 * rng.normal(), 0.01, 0.99));
    table.ratio[i] = 4 * table.score[i];
    table.status[i] = data::ScoreStatus::Scored;
  }
  project.putScores(table);
}

json checkOf(const char* protocol, double quality) {
  return {{"protocol", protocol},
          {"auc_identity", 0.8 + 0.15 * quality},
          {"auc_mimic", 0.78 + 0.15 * quality},
          {"auc_teacher", 0.998},
          {"accuracy_identity", 0.7 + 0.2 * quality},
          {"accuracy_mimic", 0.68 + 0.2 * quality},
          {"accuracy_teacher", 0.992}};
}

void addCosts(project::Project& project) {
  json models = json::array();
  models.push_back({{"name", "teacher"},
                    {"kind", "base"},
                    {"parameters", 43.6e6},
                    {"file_bytes", 174.5e6},
                    {"at", json::array({{{"batch", 1}, {"ms", 48.0}, {"peak_bytes", 410e6}},
                                        {{"batch", 64}, {"ms", 30.0}, {"peak_bytes", 900e6}}})}});
  for (const int size : {16, 32})
    for (const char* mode : {"c", "s", "sc", "dc"})
      models.push_back(
          {{"name", "S-" + std::to_string(size) + "-" + mode},
           {"kind", "student"},
           {"parameters", 0.79e6},
           {"file_bytes", 3.2e6},
           {"at",
            json::array({{{"batch", 1}, {"ms", size == 16 ? 0.02 : 0.07}, {"peak_bytes", size * 0.3e6}}})}});
  project.finishRun(project.startRun("cost", "{}"), "done", json{{"models", models}}.dump());
}

}  // namespace

std::vector<double> plantedEnters(const SelectionOptions& o) {
  std::vector<double> enters;
  for (int s = 0; s < o.identities * o.images; ++s) {
    const int identity = s / o.images, image = s % o.images;
    Rng rng(mixSeed(20, static_cast<std::uint64_t>(identity)));
    const double first = 0.5 * std::exp(rng.normal());
    enters.push_back(!takesPart(identity)    ? kNan
                     : image == o.images - 1 ? std::numeric_limits<double>::infinity()
                                             : first * std::pow(1.6, image));
  }
  return enters;
}

project::SelectionRow plantedSelection(const SelectionOptions& o) {
  project::SelectionRow row;
  row.name = "selection";
  row.features = "teacher";
  row.centers = o.identities - 1;
  row.options = "{}";
  row.enters = plantedEnters(o);
  for (const double enters : row.enters)
    row.others.push_back(std::isnan(enters) ? static_cast<float>(kNan) : 1.5F);
  return row;
}

project::MapRow plantedMap(const SelectionOptions& o, int iteration) {
  const auto enters = plantedEnters(o);
  project::MapRow row;
  row.name = "tsne";
  row.features = "teacher";
  row.kl = 1.25;
  row.points = data::Matrix(static_cast<std::int64_t>(enters.size()), 2);
  std::int64_t all = 0, shown = 0;
  for (std::size_t i = 0; i < enters.size(); ++i) {
    const auto point = row.points.row(static_cast<std::int64_t>(i));
    point[0] = point[1] = std::numeric_limits<float>::quiet_NaN();
    if (std::isnan(enters[i])) continue;
    ++all;
    if (o.onMap > 0 && shown >= o.onMap) continue;
    ++shown;
    const int identity = static_cast<int>(i) / o.images, image = static_cast<int>(i) % o.images;
    const double side = std::ceil(std::sqrt(o.identities)), grown = iteration / 1000.0;
    Rng rng(mixSeed(22, i));
    const double away = 0.1 + 0.4 * image / o.images;
    point[0] = static_cast<float>(grown * (identity % static_cast<int>(side)) + away * rng.normal());
    point[1] = static_cast<float>(grown * (identity / static_cast<int>(side)) + away * rng.normal());
  }
  row.options = json{{"faces", shown}, {"of", all}, {"iteration", iteration}, {"iterations", 1000}}.dump();
  return row;
}

int addStudent(project::Project& project, int size, const std::string& mode, double quality) {
  const std::string name = "S-" + std::to_string(size) + "-" + mode;
  const int run = project.startRun("distil", json{{"name", name},
                                                  {"size", std::to_string(size)},
                                                  {"mode", mode},
                                                  {"seed", "1"},
                                                  {"teacher", "teacher"}}
                                                 .dump());
  for (int step = 1; step <= 60; ++step) {
    project.addMetric(run, {"train/loss", step, (3 - 2 * quality) / std::sqrt(step)});
    if (step % 12 == 0) project.addMetric(run, {"validation/accuracy", step, quality * step / 60.0});
  }
  const bool selects = mode == "s" || mode == "sc";
  project.finishRun(run, "done",
                    json{{"name", name},
                         {"teacher", "teacher"},
                         {"teacher_ms", 12.0},
                         {"selection", selects ? "selection" : ""},
                         {"lambda", selects ? -2.5 : 0.0},
                         {"faces", 90},
                         {"selected", 60},
                         {"parameters", 0.79e6},
                         {"file_bytes", 3.2e6},
                         {"ms", size == 16 ? 0.02 : 0.07},
                         {"checks", json::array({checkOf("faces", quality), checkOf("wild", quality / 2)})}}
                        .dump());
  return run;
}

void makeSelectionProject(const std::string& folder, const SelectionOptions& o) {
  project::Project project = project::Project::create(folder);
  addFaces(project, folder, o);
  if (o.features) {
    data::saveNpy(project.featureFile("teacher"), data::Matrix(o.identities * o.images, kDims).view());
    project.putFeatureTable(
        {"teacher", "teacher.onnx", R"({"name":"insightface"})", kDims, 4e8, 12, "2024-01-01T00:00:00Z"});
  }
  if (o.scores) addScores(project, o);
  if (o.selection) project.putSelection(plantedSelection(o));
  if (o.map) project.putMap(plantedMap(o));
  if (!o.students) return;
  addCosts(project);
  double quality = 0.2;
  for (const int size : {16, 32})
    for (const char* mode : {"c", "s", "dc", "sc"}) addStudent(project, size, mode, quality += 0.1);
}

}  // namespace discern::ui::testing
