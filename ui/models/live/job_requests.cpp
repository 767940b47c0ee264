#include "ui/models/live/job_requests.h"

#include <QLocale>
#include <algorithm>

#include "core/base/json.h"
#include "core/jobs/stored.h"
#include "core/results/scores.h"
#include "core/results/stored.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

QString textOf(const std::string& name) { return QString::fromStdString(name); }
QString exactly(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

// Only rows that are missing cost anything.
JobRequest extractAgain(const project::FeatureTableRow& table) {
  JobRequest request{"extract", {"--model", textOf(table.model), "--name", textOf(table.name)}};
  const QString recipe = textOf(jsonText(parseJson(table.recipe), "name"));
  if (!recipe.isEmpty()) request.options << "--recipe" << recipe;
  return request;
}

// Every score table of these features, with the options
// it was made with; the D-scores where none is on record.
std::vector<JobRequest> scoreAgain(const Snapshot& snapshot, const std::string& features) {
  std::vector<JobRequest> requests;
  QStringList written;  // by a later run
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run) {
    if ((run->job != "score" && run->job != "predict") || run->status != "done") continue;
    const auto scored = results::resultOf<results::ScoreJobResult>(*run);
    const auto predicted = results::resultOf<results::PredictResult>(*run);
    const QString name = textOf(scored ? scored->name : predicted ? predicted->name : "");
    if (written.contains(name)) continue;
    written << name;
    const bool exists = std::find(snapshot.scoreTables.begin(), snapshot.scoreTables.end(),
                                  name.toStdString()) != snapshot.scoreTables.end();
    if (!scored || !exists || scored->features != features) continue;
    JobRequest request{"score", {"--features", textOf(features)}};
    for (const auto& [option, stored] : results::topLevelTexts(run->options)) {
      const QString value = textOf(stored);
      if (option == "version" || option == "features" || value.isEmpty() || value == "false") continue;
      request.options << "--" + textOf(option);
      if (value != "true") request.options << value;
    }
    requests.insert(requests.begin(), std::move(request));
  }
  if (requests.empty()) requests.push_back({"score", {"--features", textOf(features)}});
  return requests;
}

// Every table that a network predicted, but for heads of other features, which are not refreshed here.
std::vector<JobRequest> predictAgain(const Snapshot& snapshot, const std::string& features) {
  std::vector<JobRequest> requests;
  for (const auto& model : snapshot.models) {
    if (model.kind != "ddnet" && model.kind != "head") continue;
    if (model.kind == "head" && featuresOfHead(model).toStdString() != features) continue;
    for (const auto& run : snapshot.runs) {
      if (run.job != "predict" || run.status != "done" || jobs::storedText(run, "model") != model.name)
        continue;
      const JobRequest request{
          "predict", {"--model", textOf(model.name), "--name", textOf(jobs::storedText(run, "name"))}};
      const bool listed = std::any_of(requests.begin(), requests.end(),
                                      [&](const JobRequest& r) { return r.options == request.options; });
      if (!listed) requests.push_back(request);
    }
  }
  return requests;
}

}  // namespace

JobRequest evaluateRequest(const Snapshot& snapshot, const analysis::OperatingPoint& point) {
  JobRequest request{"evaluate",
                     {"--protocol", textOf(point.protocol), "--features", textOf(point.features)}};
  if (!point.scores.empty())
    request.options << "--scores" << textOf(point.scores) << "--threshold" << exactly(point.threshold);
  // What the base model saw can be weighed by a head, whoever dropped.
  const QString weights =
      point.weights.empty() ? scoresByHead(snapshot, textOf(point.features)) : textOf(point.weights);
  if (!weights.isEmpty() && weights != textOf(point.scores)) request.options << "--weights" << weights;
  return request;
}

JobRequest sweepRequest(const analysis::OperatingPoint& point) {
  if (point.scores.empty()) return {"sweep", {"--protocol", textOf(point.protocol)}};
  JobRequest request{"sweep",
                     {"--protocol", textOf(point.protocol), "--features", textOf(point.features), "--scores",
                      textOf(point.scores), "--far", exactly(point.far)}};
  if (!point.weights.empty() && point.weights != point.scores)
    request.options << "--weights" << textOf(point.weights);
  return request;
}

std::vector<JobRequest> refreshRequests(const Snapshot& snapshot, const analysis::OperatingPoint& point) {
  if (snapshot.featureTables.empty()) return {};
  const auto chosen = std::find_if(snapshot.featureTables.begin(), snapshot.featureTables.end(),
                                   [&](const auto& table) { return table.name == point.features; });
  const auto& table = chosen == snapshot.featureTables.end() ? snapshot.featureTables.back() : *chosen;
  std::vector<JobRequest> requests;
  if (!project::isImported(table)) requests.push_back(extractAgain(table));
  for (JobRequest& request : scoreAgain(snapshot, table.name)) requests.push_back(std::move(request));
  for (JobRequest& request : predictAgain(snapshot, table.name)) requests.push_back(std::move(request));
  return requests;
}

std::vector<JobRequest> runRequests(const Snapshot& snapshot, const analysis::OperatingPoint& point) {
  std::vector<JobRequest> requests = refreshRequests(snapshot, point);
  if (point.protocol.empty()) return requests;
  requests.push_back(evaluateRequest(snapshot, point));
  requests.push_back(sweepRequest(point));
  return requests;
}

}  // namespace discern::ui
