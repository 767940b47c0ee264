// convert-checkpoint
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands.h"
#include "core/base/error.h"
#include "core/networks/convert.h"
#include "core/pipeline/convert.h"

namespace discern::app {
namespace {
using nlohmann::json;

Outcome outcomeOf(const pipeline::ConvertResult& r) {
  std::string text = r.converted.empty()
                         ? "nothing to convert"
                         : fmt::format("rewritten as plain tensors: {}", fmt::join(r.converted, ", "));
  for (const auto& reason : r.left) text += "\nleft as it is: " + reason;
  return {json{{"converted", r.converted}, {"left", r.left}}, text};
}

}  // namespace

void addConvertCommand(CLI::App& app, Chosen& chosen) {
  auto path = std::make_shared<std::string>();
  CLI::App* c = app.add_subcommand(
      "convert-checkpoint",
      "Rewrite networks of earlier versions (.pt) as .safetensors. It runs what the old file holds, with all "
      "that you may do on this machine: only for files that you made yourself");
  c->fallthrough();
  c->add_option("path", *path, "A checkpoint, or a project folder for all that is in its checkpoints/")
      ->required()
      ->check(notEmpty("a checkpoint or a project folder"));
  c->callback([c, path, &chosen] {
    chosen = {"convert-checkpoint", [c, path](Env& env) -> Outcome {
                if (project::Project::isProject(*path))
                  return recorded(env, *path, *c, false, [](project::Project& project, Progress& progress) {
                    return outcomeOf(pipeline::convertCheckpoints(project, progress));
                  });
                return outcomeOf({{networks::convertCheckpoint(*path).string()}, {}});
              }};
  });
}

}  // namespace discern::app
