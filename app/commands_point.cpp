// point: what is looked at and decided on, shown and changed.
#include <cmath>

#include "app/commands.h"
#include "core/analysis/operating_point.h"
#include "core/base/files.h"
#include "core/jobs/data_jobs.h"
#include "core/pipeline/carried_point.h"

namespace discern::app {
namespace {
void requireThere(const char* field, const std::string& name, const std::vector<std::string>& names) {
  if (std::ranges::find(names, name) == names.end())
    failField(field, name, "there is none of that name in this project; 'discern info' lists what there is");
}

// What was given on `command` changes, the rest stays.
Outcome point(Env& env, const std::string& folder, const jobs::PointOptions& o, const CLI::App& command) {
  auto project = project::Project::open(folder, project::Project::Mode::Read);
  const auto choices = analysis::choicesOf(project);
  auto point = analysis::resolved(analysis::storedPoint(project), choices);
  bool changes = false;
  const auto isGiven = [&](const char* field) {
    const bool given = command.count(std::string("--") + field) > 0;
    changes = changes || given;
    return given;
  };
  const auto put = [&](const char* field, const std::string& name, const std::vector<std::string>& names,
                       std::string& to) {
    if (!isGiven(field)) return;
    if (!name.empty()) requireThere(field, name, names);
    to = name;
  };
  put("features", o.features, choices.features, point.features);
  put("scores", o.scores, choices.scores, point.scores);
  put("weights", o.weights, choices.scores, point.weights);
  put("protocol", o.protocol, choices.protocols, point.protocol);
  if (isGiven("rescale") && !o.rescale.empty()) point.rescale = aggregation::parseRescale(o.rescale);
  if (isGiven("lengths") && !o.lengths.empty())
    point.lengths = parseName<data::Lengths>(o.lengths, "lengths");
  if (isGiven("threshold") && !std::isnan(o.threshold)) point.threshold = o.threshold;
  if (isGiven("far") && !std::isnan(o.far)) point.far = o.far;
  point = analysis::resolved(point, choices);
  if (changes) analysis::storePoint(project, point);
  if (o.out.empty()) return {point, analysis::describe(point)};
  Progress progress(env.console.sink(), env.stop);
  const auto carried = pipeline::carriedPoint(project, point, progress);
  writeFileAtomically(o.out, analysis::toJson(carried));
  return {point,
          fmt::format("{}\n{}: accepts from {:.4f} on: FAR {:g}, TAR {:.2f} % of {} genuine comparisons",
                      analysis::describe(point), o.out, carried.accept, carried.actualFar, 100 * carried.tar,
                      carried.genuine)};
}
}  // namespace

void addPointCommand(CLI::App& app, Chosen& chosen) {
  struct Given {
    std::string project;
    jobs::PointOptions options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, "point", jobs::jobOf("point").help, given->project);
  addFields(*c, jobs::pointFields(), given->options);
  c->callback([given, c, &chosen] {
    chosen = {"point", [given, c](Env& env) { return point(env, given->project, given->options, *c); }};
  });
}

}  // namespace discern::app
