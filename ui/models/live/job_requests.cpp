#include "ui/models/live/job_requests.h"

#include <QLocale>
#include <algorithm>

#include "core/analysis/settings.h"
#include "core/base/error.h"
#include "core/base/field_json.h"
#include "core/base/json.h"
#include "core/data/score_methods.h"
#include "core/jobs/evaluate.h"
#include "core/jobs/fars.h"
#include "core/jobs/jobs.h"
#include "core/jobs/stored.h"
#include "core/results/data_results.h"
#include "core/results/scores.h"
#include "core/results/selection.h"
#include "core/results/stored.h"
#include "ui/language/words.h"
#include "ui/models/results/run_results.h"

namespace discern::ui {
namespace {

QString textOf(const std::string& name) { return QString::fromStdString(name); }
QString exactly(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

// Only rows that are missing cost anything. Features of kept images alone stay so.
JobRequest extractAgain(const std::vector<project::RunRow>& runs, const project::FeatureTableRow& table) {
  JobRequest request{"extract", {"--model", textOf(table.model), "--name", textOf(table.name)}};
  const QString recipe = textOf(jsonText(parseJson(table.recipe), "name"));
  if (!recipe.isEmpty()) request.options << "--recipe" << recipe;
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const auto made = results::resultOf<results::ExtractResult>(*run);
    if (!made || made->name != table.name) continue;
    if (!made->leftOut) break;
    request.options << "--only-kept";
    for (const auto& [option, value] : results::topLevelTexts(run->options))
      if ((option == "scores" || option == "threshold") && !value.empty())
        request.options << "--" + textOf(option) << textOf(value);
    break;
  }
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
      if (run.job != "predict" || run.status != "done" || jobs::storedText(run, "network") != model.name)
        continue;
      const JobRequest request{
          "predict", {"--network", textOf(model.name), "--name", textOf(jobs::storedText(run, "name"))}};
      const bool listed = std::any_of(requests.begin(), requests.end(),
                                      [&](const JobRequest& r) { return r.options == request.options; });
      if (!listed) requests.push_back(request);
    }
  }
  return requests;
}

// A network of the project by its name, a file by its path.
QString recogniserOf(const Snapshot& snapshot, const project::FeatureTableRow& table) {
  for (const auto& model : snapshot.models)
    if (table.model == model.name || table.model == model.file.string()) return textOf(model.name);
  return textOf(table.model);
}

QString spelled(const std::string& option) { return "--" + textOf(option); }

// The options in `stored` (of a run, or of what was made) that are not the job's defaults, but for those that
// are said otherwise.
QStringList wordsOf(std::string_view job, const std::string& stored, const QStringList& without) {
  QStringList words;
  const auto json = parseJson(stored.empty() ? "{}" : stored);
  for (const Field& field : jobs::jobOf(job).fields) {
    std::string text;
    if (without.contains(textOf(field.name)) || !jobs::findStored(json, job, field, text) ||
        text == field.fallback)
      continue;
    words << spelled(field.name);
    if (field.kind != FieldKind::Flag) words << textOf(text);
  }
  return words;
}

// The newest finished run of R's job that made what is called `name`; null: none is on record.
template <class R>
const project::RunRow* madeBy(const Snapshot& snapshot, const std::string& name) {
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run)
    if (const auto result = results::resultOf<R>(*run); result && result->name == name) return &*run;
  return nullptr;
}

JobRequest scoresAgain(const project::Project& project, const Snapshot& snapshot, const std::string& name) {
  const data::ScoreTable table = project.scores(name);
  const auto* predicted = madeBy<results::PredictResult>(snapshot, name);
  const auto* method = data::scoreMethods().seek(table.method);
  if (predicted != nullptr || (method != nullptr && method->told)) {
    const std::string model =
        predicted != nullptr ? jobs::storedText(*predicted, "network") : table.featureTable;
    return {"predict", {"--network", textOf(model), "--name", textOf(name)}};
  }
  const std::string options = project.setting(analysis::settings::scoreOptions(name)).value_or("");
  return {"score", QStringList{"--features", textOf(table.featureTable), "--method", textOf(table.method),
                               "--name", textOf(name)} +
                       wordsOf("score", options, {"features", "method", "name"})};
}

JobRequest selectionAgain(const project::Project& project, const std::string& name) {
  const project::SelectionRow row = project.selection(name);
  const QStringList words = wordsOf("select", row.options, {"features", "name"});
  QString asked = textOf(name);
  if (words.contains("--swap-labels") && asked.endsWith("-trial")) asked.chop(6);  // select puts it there
  return {"select", QStringList{"--features", textOf(row.features), "--name", asked} + words};
}

JobRequest mapAgain(const project::Project& project, const Snapshot& snapshot, const std::string& name) {
  const auto* run = madeBy<results::MapResult>(snapshot, name);
  return {"tsne", QStringList{"--features", textOf(project.map(name).features), "--name", textOf(name)} +
                      (run != nullptr ? wordsOf("tsne", run->options, {"features", "name"}) : QStringList())};
}

// With the options that it was made with. Tables that were the newest, or the operating point's, may be
// others today: they are those that it says it took.
JobRequest runAgain(const project::RunRow& run) {
  JobRequest request{textOf(run.job), wordsOf(run.job, run.options, {"point"})};
  const auto result = parseJson(run.result);
  const auto take = [&](const char* option, const nlohmann::json& told, const char* key) {
    const Field* field = findField(jobs::jobOf(run.job).fields, option);
    if (field == nullptr || request.options.contains(spelled(option))) return;
    Field there = *field;
    there.name = there.key = key;
    if (std::string text; findText(told, there, text) && !text.empty() && text != field->fallback)
      request.options << spelled(option) << textOf(text);
  };
  for (const char* table : {"protocol", "features", "scores"}) take(table, result, table);
  if (result.contains("a")) {
    take("features-a", result["a"], "features");
    take("scores-a", result["a"], "scores");
  }
  if (jobs::storedText(run, "point") == "true") {  // whose values versions to 0.1 did not store
    for (const char* value : {"threshold", "lengths", "far"}) take(value, result, value);
    if (jsonText(result, "weights") != jsonText(result, "scores")) take("weights", result, "weights");
  }
  return request;
}

}  // namespace

QStringList wordsOfRun(const project::RunRow& run) { return wordsOf(run.job, run.options, {}); }

std::vector<JobRequest> againRequests(const project::Project& project, const Snapshot& snapshot,
                                      const std::vector<project::Stale>& stale) {
  std::vector<JobRequest> requests;
  for (const char* kind : {"features", "scores", "selection", "map", "run"})
    for (const project::Stale& part : stale) {
      if (part.kind != kind) continue;
      try {
        if (part.kind == "features") {
          if (const auto table = project.featureTable(part.name))
            requests.push_back(extractAgain(snapshot.runs, *table));
        } else if (part.kind == "scores") {
          requests.push_back(scoresAgain(project, snapshot, part.name));
        } else if (part.kind == "selection") {
          requests.push_back(selectionAgain(project, part.name));
        } else if (part.kind == "map") {
          requests.push_back(mapAgain(project, snapshot, part.name));
        } else {
          for (const auto& run : snapshot.runs)
            if (std::to_string(run.id) == part.name) requests.push_back(runAgain(run));
        }
      } catch (const Error&) {
        continue;  // it is gone, or damaged: the Contents window still lists it
      }
    }
  return requests;
}

std::vector<project::Made> removalOf(const project::Project& project, const project::Made& entry) {
  std::vector<project::Made> all;
  for (const project::Made& made : project::madeOf(project, entry.entry, entry.name))
    for (const project::Made& one : removalOf(project, made))
      if (std::ranges::find(all, one) == all.end()) all.push_back(one);
  all.push_back(entry);
  return all;
}

JobRequest evaluateRequest(const Snapshot& snapshot, const analysis::OperatingPoint& point) {
  JobRequest request{"evaluate",
                     {"--protocol", textOf(point.protocol), "--features", textOf(point.features)}};
  if (!point.scores.empty())
    request.options << "--scores" << textOf(point.scores) << "--threshold" << exactly(point.threshold);
  if (point.lengths != data::Lengths::Unit) request.options << "--lengths" << nameOf(point.lengths);
  // What the base model saw can be weighed by a head, whoever dropped.
  const QString weights =
      point.weights.empty() ? scoresByHead(snapshot, textOf(point.features)) : textOf(point.weights);
  if (!weights.isEmpty() && weights != textOf(point.scores)) request.options << "--weights" << weights;
  const std::vector<double> usual = jobs::EvaluateOptions().fars, fars = jobs::withFar(usual, point.far);
  if (fars != usual) request.options << "--far" << textOf(field_text::write(fars));
  return request;
}

JobRequest slicesRequest(const analysis::OperatingPoint& point, const QString& column,
                         const QString& metadata) {
  JobRequest request{
      "slices",
      {"--column", column, "--protocol", textOf(point.protocol), "--features", textOf(point.features),
       "--rescale", aggregation::toString(point.rescale), "--far", exactly(point.far)}};
  if (!metadata.isEmpty()) request.options << "--metadata" << metadata;
  if (point.lengths != data::Lengths::Unit) request.options << "--lengths" << nameOf(point.lengths);
  if (!point.scores.empty())
    request.options << "--scores" << textOf(point.scores) << "--threshold" << exactly(point.threshold);
  if (!point.weights.empty() && point.weights != point.scores)
    request.options << "--weights" << textOf(point.weights);
  return request;
}

JobRequest sweepRequest(const analysis::OperatingPoint& point) {
  if (point.scores.empty()) return {"sweep", {"--protocol", textOf(point.protocol)}};
  JobRequest request{"sweep",
                     {"--protocol", textOf(point.protocol), "--features", textOf(point.features), "--scores",
                      textOf(point.scores), "--far", exactly(point.far)}};
  if (point.lengths != data::Lengths::Unit) request.options << "--lengths" << nameOf(point.lengths);
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
  if (!project::isImported(table)) requests.push_back(extractAgain(snapshot.runs, table));
  for (JobRequest& request : scoreAgain(snapshot, table.name)) requests.push_back(std::move(request));
  for (JobRequest& request : predictAgain(snapshot, table.name)) requests.push_back(std::move(request));
  return requests;
}

QStringList recognisersOf(const Snapshot& snapshot) {
  QStringList names = {"demo"};
  for (const auto& model : snapshot.models)
    if (model.kind == "base" || model.kind == "student") names << textOf(model.name);
  for (const auto& table : snapshot.featureTables) names << recogniserOf(snapshot, table);
  names.removeDuplicates();
  return names;
}

QStringList ddnetsOf(const Snapshot& snapshot) {
  QStringList names;
  for (auto model = snapshot.models.rbegin(); model != snapshot.models.rend(); ++model)
    if (model->kind == "ddnet") names << textOf(model->name);
  return names;
}

QString usualRecogniser(const Snapshot& snapshot) {
  return snapshot.featureTables.size() == 1 ? recogniserOf(snapshot, snapshot.featureTables.front())
                                            : QString();
}

QString takenName(const Snapshot& snapshot, const QString& name, const std::string& kind, bool replace) {
  for (const auto& model : snapshot.models) {
    if (textOf(model.name) != name) continue;
    if (model.kind != kind)
      return Words::tr("%1 is a %2 of this project: choose another name.").arg(name, textOf(model.kind));
    return replace
               ? QString()
               : Words::tr("%1 is in this project already: choose another name, or tick Replace.").arg(name);
  }
  for (const auto& table : snapshot.featureTables)
    if (textOf(table.name) == name)
      return Words::tr("%1 is the name of features of this project: choose another name.").arg(name);
  return {};
}

const project::RunRow* newestUnder(const Snapshot& snapshot, std::string_view job, const QString& name) {
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run)
    if (run->job == job && textOf(jobs::storedText(*run, "name")) == name) return &*run;
  return nullptr;
}

std::vector<JobRequest> runRequests(const Snapshot& snapshot, const analysis::OperatingPoint& point) {
  std::vector<JobRequest> requests = refreshRequests(snapshot, point);
  if (point.protocol.empty()) return requests;
  requests.push_back(evaluateRequest(snapshot, point));
  requests.push_back(sweepRequest(point));
  return requests;
}

}  // namespace discern::ui
