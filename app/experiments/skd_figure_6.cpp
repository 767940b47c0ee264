// SKD's figure of some identities before and after selection, beside the faces that are discarded.
#include <cmath>

#include "app/experiments.h"
#include "core/jobs/stored.h"
#include "core/pipeline/selection_figure.h"
#include "core/results/selection.h"

namespace discern::app {
namespace {

void render(const std::filesystem::path& data, Progress& progress) { renderTrainingSet(data, progress); }

void read(const project::Project& project, results::ReproduceResult& table) {
  const auto map = [&](const char* name) {
    return newestResult<results::MapResult>(project, [&](const auto& r) { return r.name == name; });
  };
  // What the recipe's second map was asked to keep.
  std::string kept;
  for (const auto& run : project.runs())
    if (const auto result = results::resultOf<results::MapResult>(run); result && result->name == "kept")
      kept = jobs::storedText(run, "kept");
  const pipeline::SelectionFigureOptions options{"before", "kept", kept};
  const auto figure = pipeline::selectionFigure(project, options);
  const auto add = [&](const char* measure, double before, double after) {
    if (std::isfinite(before)) table.rows.push_back({"all faces", measure, {}, before});
    if (std::isfinite(after)) table.rows.push_back({"the kept alone", measure, {}, after});
  };
  add("identities", figure.identities, figure.identities);
  add("faces", static_cast<double>(figure.faces.size()),
      static_cast<double>(figure.faces.size() - figure.discarded.size()));
  add("nearest on the map is of the same identity %", 100 * figure.pureBefore, 100 * figure.pureAfter);
  add("KL divergence of the map, nats", map("before").kl, map("kept").kl);
  table.files =
      pipeline::drawSelectionFigure(project, options, figure, project.folder() / "exports/skd-figure-6");
  table.switches.push_back(
      fmt::format("selection of features '{}'; kept by {}", map("before").features, kept));
}

}  // namespace

Experiment skdFigure6() {
  return {
      .name = "skd-figure-6",
      .title = "identities on a t-SNE map before selection, and the kept alone, beside the discarded faces",
      .needs = "DATA/train (people to select faces of)",
      .folders = {"train"},
      .values = {{"identities", "10"}, {"keep", "80"}},
      .render = render,
      .read = read};
}

}  // namespace discern::app
