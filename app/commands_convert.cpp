// convert-checkpoint
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands.h"
#include "core/jobs/data_jobs.h"
#include "core/networks/convert.h"
#include "core/pipeline/convert.h"

namespace discern::app {
namespace {
Outcome outcomeOf(const pipeline::ConvertResult& r) {
  std::string text = r.converted.empty()
                         ? "nothing to convert"
                         : fmt::format("rewritten as plain tensors: {}", fmt::join(r.converted, ", "));
  for (const auto& reason : r.left) text += "\nleft as it is: " + reason;
  return {r, text};
}

}  // namespace

void addConvertCommand(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<jobs::ConvertOptions>();
  CLI::App* c = app.add_subcommand("convert-checkpoint", jobs::jobOf("convert-checkpoint").help);
  c->fallthrough();
  addFields(*c, jobs::convertFields(), *o);
  c->callback([o, &chosen] {
    chosen = {"convert-checkpoint", [o](Env& env) -> Outcome {
                if (project::Project::isProject(o->path))
                  return recorded(env, o->path, "convert-checkpoint", runJson(jobs::convertFields(), *o),
                                  false, [](project::Project& project, Progress& progress) {
                                    return outcomeOf(pipeline::convertCheckpoints(project, progress));
                                  });
                return outcomeOf({{networks::convertCheckpoint(o->path).string()}, {}});
              }};
  });
}

}  // namespace discern::app
