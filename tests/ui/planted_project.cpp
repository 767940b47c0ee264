#include "tests/ui/planted_project.h"

#include <fmt/format.h>

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/base/rng.h"
#include "core/data/npy.h"
#include "core/evaluation/verification.h"
#include "core/sweep/sweep.h"

namespace discern::ui::testing {
namespace {

using nlohmann::json;
constexpr int kDims = 32;

void append(const QImage& image, const std::string& container, data::ImageRef& place) {
  QFile file(QString::fromStdString(container));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!image.save(&buffer, "PNG") || !file.open(QIODevice::Append))
    throw std::runtime_error("cannot write " + container);
  place.file = container;
  place.offset = file.size();
  place.length = bytes.size();
  file.write(bytes);
}

data::Dataset makeDataset(const std::string& folder, const PlantedOptions& o, bool train) {
  data::Dataset set;
  set.name = train ? "people" : "strangers";
  set.format = "folder";
  const int half = o.identities / 2;
  for (int i = 0; i < half; ++i) {
    const int identity = train ? i : half + i;
    set.identities.push_back("person " + std::to_string(identity));
    for (int k = 0; k < o.images; ++k) {
      data::Sample sample;
      sample.identity = i;
      sample.image.file = folder + "/faces/" + std::to_string(identity) + "_" + std::to_string(k) + ".png";
      set.samples.push_back(sample);
      if (!o.pictures) continue;
      QImage image(112, 112, QImage::Format_RGB32);
      image.fill(QColor::fromHsv(identity * 359 / o.identities, 90, 60 + 190 * (k + 1) / o.images));
      QPainter painter(&image);
      painter.setBrush(QColor(240, 210, 180));
      painter.drawEllipse(26, 16, 60, 80);
      painter.end();
      if (o.container)
        append(image, folder + "/faces/" + set.name + ".bin", set.samples.back().image);
      else
        image.save(QString::fromStdString(sample.image.file));
    }
  }
  return set;
}

data::Matrix makeFeatures(const PlantedOptions& o) {
  data::Matrix features(o.identities * o.images, kDims);
  for (int s = 0; s < o.identities * o.images; ++s) {
    Rng direction(mixSeed(7, static_cast<std::uint64_t>(s / o.images)));
    Rng own(mixSeed(8, static_cast<std::uint64_t>(s)));
    const double noise = isBad(s, o) ? 8 : 1.5;
    for (float& value : features.row(s))
      value = static_cast<float>(direction.normal() + noise * own.normal());
  }
  return features;
}

data::ScoreTable makeScores(const PlantedOptions& o) {
  data::ScoreTable table;
  table.name = table.method = "dscore";
  table.featureTable = "demo";
  table.resize(static_cast<std::size_t>(o.identities * o.images));
  for (int s = 0; s < o.identities * o.images; ++s) {
    Rng rng(mixSeed(9, static_cast<std::uint64_t>(s)));
    const auto i = static_cast<std::size_t>(s);
    table.score[i] = static_cast<float>(isBad(s, o) ? rng.uniform(0.05, 0.3) : rng.uniform(0.5, 0.95));
    table.ratio[i] = 4 * table.score[i];
    table.own[i] = table.score[i];
    table.hardest[i] = 0.25F;
    table.hardestIdentity[i] = (s / o.images + 1) % o.identities;
    table.status[i] = data::ScoreStatus::Scored;
  }
  return table;
}

// Three templates an identity of the test half, all compared with all.
data::Protocol makeProtocol(const PlantedOptions& o) {
  data::Protocol protocol;
  protocol.name = "templates";
  const int size = o.images / 3;
  for (int identity = o.identities / 2; identity < o.identities; ++identity)
    for (int t = 0; t < 3; ++t) {
      data::Template group{fmt::format("t{}_{}", identity, t), identity, {}};
      for (int k = 0; k < size; ++k) group.samples.push_back(identity * o.images + t * size + k);
      protocol.templates.push_back(group);
    }
  const int n = static_cast<int>(protocol.templates.size());
  for (int a = 0; a < n; ++a)
    for (int b = a + 1; b < n; ++b)
      protocol.pairs.push_back(
          {a, b, protocol.templates[std::size_t(a)].identity == protocol.templates[std::size_t(b)].identity,
           -1});
  return protocol;
}

json evaluationJson(const data::Matrix& features, const data::ScoreTable& scores,
                    const data::Protocol& protocol) {
  std::vector<std::vector<int>> groups;
  for (const auto& group : protocol.templates) groups.push_back(group.samples);
  json rows = json::array();
  for (const auto method : {aggregation::Method::Average, aggregation::Method::Ddl}) {
    aggregation::Options options;
    options.method = method;
    options.threshold = 0.4;
    const data::Matrix templates = aggregation::aggregate(features.view(), groups, scores.score, options);
    evaluation::Comparisons comparisons;
    for (const auto& pair : protocol.pairs)
      (pair.genuine ? comparisons.genuine : comparisons.impostor)
          .push_back(static_cast<float>(data::dot(templates.row(pair.a), templates.row(pair.b))));
    evaluation::VerificationOptions verify;
    verify.fars = {1e-3, 1e-2, 1e-1};
    verify.bootstraps = 50;
    const auto result = evaluation::verify(comparisons, verify);
    json tar = json::array(), roc = json::array();
    for (const auto& t : result.tarAtFar)
      tar.push_back(
          {{"far", t.far}, {"tar", t.tar}, {"low", t.low}, {"high", t.high}, {"supported", t.supported}});
    for (const auto& p : result.roc) roc.push_back({p.far, p.tar});
    rows.push_back({{"name", aggregation::toString(method)},
                    {"auc", result.auc},
                    {"eer", result.eer},
                    {"accuracy", nullptr},
                    {"accuracy_se", nullptr},
                    {"tar", tar},
                    {"roc", roc},
                    {"kept", 0.75},
                    {"macs_share", 0.8},
                    {"ms_per_template", 12.5}});
  }
  const auto genuine =
      std::count_if(protocol.pairs.begin(), protocol.pairs.end(), [](const auto& p) { return p.genuine; });
  return {{"protocol", protocol.name},
          {"features", "demo"},
          {"scores", "dscore"},
          {"genuine", genuine},
          {"impostor", protocol.pairs.size() - static_cast<std::size_t>(genuine)},
          {"far_rule", "at most"},
          {"aggregations", rows},
          {"edc", json::array({{{"name", "dscore"},
                                {"variant", "fixed"},
                                {"pauc", 0.01},
                                {"curve", json::array({json::array({0.0, 0.1}), json::array({0.1, 0.05}),
                                                       json::array({0.3, 0.0})})}}})}};
}

json sweepJson(const data::Matrix& features, const data::ScoreTable& scores, const data::Protocol& protocol) {
  sweep::SweepOptions options;
  options.thresholds = 40;
  options.far = 1e-2;
  options.cost = {4e8, 10, 8e6, 1};
  Progress progress;
  const auto result = sweep::sweep(features.view(), scores.score, protocol, options, progress);
  json curves = json::array();
  for (const auto& curve : result.curves) {
    json points = json::array();
    for (const auto& p : curve.points)
      points.push_back({{"threshold", p.threshold},
                        {"kept", p.keptShare},
                        {"tar", p.tar},
                        {"accuracy", nullptr},
                        {"macs", p.cost.macs},
                        {"ms", p.cost.milliseconds},
                        {"share", p.cost.share}});
    curves.push_back({{"name", curve.name}, {"baseline", curve.isBaseline}, {"points", points}});
  }
  json knee = nullptr;
  if (result.kneeCurve >= 0) knee = {{"curve", result.kneeCurve}, {"point", result.kneePoint}};
  return {{"protocol", protocol.name}, {"features", "demo"}, {"scores", "dscore"},
          {"far", options.far},        {"curves", curves},   {"knee", knee}};
}

void addTraining(project::Project& project) {
  const int run = project.startRun("train-ddnet", json{{"name", "ddnet"}, {"epochs", "5"}}.dump());
  for (int epoch = 1; epoch <= 5; ++epoch) {
    project.addMetric(run, {"train/loss", epoch, 0.05 / epoch});
    project.addMetric(run, {"validation/loss", epoch, 0.06 / epoch});
    project.addMetric(run, {"validation/spearman", epoch, 0.9 - 0.3 / epoch});
  }
  project.finishRun(run, "done", json{{"validation_spearman", 0.84}, {"validation_loss", 0.012}}.dump());
}

}  // namespace

bool isBad(int sample, const PlantedOptions& o) { return sample % o.images % o.badEvery == o.badEvery - 1; }

void makePlantedProject(const std::string& folder, const PlantedOptions& o) {
  project::Project project = project::Project::create(folder);
  if (o.pictures) QDir().mkpath(QString::fromStdString(folder + "/faces"));
  project.addDataset(makeDataset(folder, o, true), project::Role::Train);
  project.addDataset(makeDataset(folder, o, false), project::Role::Test);
  const data::Matrix features = makeFeatures(o);
  const data::ScoreTable scores = makeScores(o);
  const data::Protocol protocol = makeProtocol(o);
  if (o.features) {
    project.putFeatureTable(
        {"demo", "demo", R"({"name":"insightface"})", kDims, 4e8, 10, "2024-01-01T00:00:00Z"});
    data::saveNpy(project.featureFile("demo"), features.view());
  }
  if (o.scores) project.putScores(scores);
  if (o.protocol) project.putProtocol(protocol);
  if (!o.results) return;
  project.finishRun(project.startRun("evaluate", R"({"threshold":"0.4","version":"0.1.0"})"), "done",
                    evaluationJson(features, scores, protocol).dump());
  project.finishRun(project.startRun("sweep", "{}"), "done", sweepJson(features, scores, protocol).dump());
  addTraining(project);
}

QString writeFakeEngine(const QString& folder, const QString& body) {
  const QString path = QDir(folder).filePath("discern");
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return {};
  file.write(("#!/bin/sh\n" + body + "\n").toUtf8());
  file.close();
  file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  return path;
}

}  // namespace discern::ui::testing
