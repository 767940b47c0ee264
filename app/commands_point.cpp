// point: what is looked at and decided on, shown and changed.
#include "app/commands.h"
#include "core/analysis/operating_point.h"
#include "core/base/error.h"

namespace discern::app {
namespace {
using nlohmann::json;

// What was given; the rest stays.
struct Changes {
  std::string project;
  std::optional<std::string> features, scores, weights, protocol, rescale;
  std::optional<double> threshold, far;
};

void requireThere(const char* option, const std::string& name, const std::vector<std::string>& names) {
  if (std::ranges::find(names, name) == names.end())
    fail("{} {}: there is none of that name in this project; 'discern info' lists what there is", option,
         name);
}

Outcome point(const Changes& given) {
  auto project = project::Project::open(given.project, project::Project::Mode::Read);
  const auto choices = analysis::choicesOf(project);
  const auto before = analysis::storedPoint(project);
  auto point = analysis::resolved(before, choices);
  const auto put = [](const char* option, const std::optional<std::string>& name,
                      const std::vector<std::string>& names, std::string& field) {
    if (!name) return;
    if (!name->empty()) requireThere(option, *name, names);
    field = *name;
  };
  put("--features", given.features, choices.features, point.features);
  put("--scores", given.scores, choices.scores, point.scores);
  put("--weights", given.weights, choices.scores, point.weights);
  put("--protocol", given.protocol, choices.protocols, point.protocol);
  if (given.rescale) point.rescale = aggregation::parseRescale(*given.rescale);
  if (given.threshold) point.threshold = *given.threshold;
  if (given.far) point.far = *given.far;
  point = analysis::resolved(point, choices);
  const bool changes = given.features || given.scores || given.weights || given.protocol || given.rescale ||
                       given.threshold || given.far;
  if (changes) analysis::storePoint(project, point);
  return {json::parse(analysis::toJson(point)), analysis::describe(point)};
}
}  // namespace

void addPointCommand(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Changes>();
  CLI::App* c = addCommand(app, "point",
                           "Shows the operating point that window, report and jobs share; what is given here "
                           "changes it",
                           o->project);
  const CLI::Range share(0.0, 1.0);
  c->add_option("--features", o->features, "Feature table; empty: the newest");
  c->add_option("--scores", o->scores, "Score table whose threshold drops images; empty: the newest");
  c->add_option("--weights", o->weights,
                "Score table (a head's) that weighs the images which stay; empty: the scores themselves");
  c->add_option("--protocol", o->protocol, "Protocol that accuracy is measured on; empty: the newest");
  c->add_option("--rescale", o->rescale, "DDL weights: off, on or auto");
  c->add_option("--threshold", o->threshold, "The score an image must exceed")->check(share);
  c->add_option("--far", o->far, "False accept rate at which true accepts are told")->check(share);
  c->callback([o, &chosen] { chosen = {"point", [o](Env&) { return point(*o); }}; });
}

}  // namespace discern::app
