#include "core/pipeline/copies.h"

#include <algorithm>
#include <numeric>

#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/base/rng.h"
#include "core/features/base_model.h"
#include "core/imaging/sample.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/unfinished.h"

namespace discern::pipeline {
namespace fs = std::filesystem;

void requireStrengths(double weakest, double strongest) {
  if (!(weakest > 0 && weakest <= strongest && strongest <= 1))
    failField("min-strength", weakest,
              "strengths lie above 0 and at most at 1, the weakest (now {}) before the "
              "strongest ({})",
              weakest, strongest);
}

data::Matrix featuresOfCopies(const project::Project& project, const std::string& table,
                              const std::string& name, const std::vector<data::ImageRef>& images,
                              Device device, int batch, Progress& progress) {
  const auto row = project.featureTable(table);
  if (!row) fail("features '{}' are gone; extract them and score the images again", table);
  if (images.empty()) return data::Matrix(0, row->dims);
  if (project::isImported(*row))
    failField("copies", images.size(),
              "the features '{}' were imported, so there is no model that would extract degraded copies; ask "
              "for none",
              table);
  const features::Recipe recipe = features::recipeFromJson(row->recipe);

  const std::string model = project.setting(settings::featureModel(table)).value_or("");
  const std::uint64_t made =
      mixSeed(mixSeed(mixSeed(0, model), row->recipe), data::hashOf(images, project.folder().string()));
  const std::string print = std::to_string(made);
  fs::path file =
      project.folder() / "checkpoints" / (name + ".copies.npy");  // no feature table's name leads there
  const auto noteOf = [](const fs::path& of) { return fs::path(of).concat(".list"); };
  const auto holds = [&](const fs::path& copies) {
    return fs::exists(copies) && fs::exists(noteOf(copies)) && readFile(noteOf(copies)) == print;
  };
  if (!holds(file))  // another training may have asked for the very same copies
    for (const auto& entry : fs::directory_iterator(file.parent_path()))
      if (entry.path().string().ends_with(".copies.npy") && holds(entry.path())) {
        file = entry.path();
        break;
      }
  const fs::path note = noteOf(file);
  const bool known = holds(file);
  const auto count = static_cast<std::int64_t>(images.size());
  if (!known) fs::remove(note);  // before the file changes: it must never stand beside another one
  data::MappedNpy values = known ? data::MappedNpy(file, data::MappedNpy::Mode::ReadWrite)
                                 : data::MappedNpy::create(file, count, row->dims);
  if (values.view().rows != count || values.view().cols != row->dims)
    fail("{}: has {} rows of {} floats, {} of {} were expected; remove it and run again", file.string(),
         values.view().rows, values.view().cols, count, row->dims);
  if (!known) writeFileAtomically(note, print);

  const auto isMade = [&](std::int64_t i) { return data::isFinite(values.view().row(i)); };
  std::vector<std::int64_t> all(images.size());
  std::iota(all.begin(), all.end(), 0);
  if (!std::ranges::all_of(all, isMade)) {
    if (std::to_string(features::hashOfModel(row->model)) != model)
      fail(
          "{} is not known to be the file that the features '{}' were made by; extract them and score the "
          "images again",
          row->model, table);
    const auto opened = features::openBaseModel(row->model, recipe, device);
    const Unfinished left = unfinishedOf(all, batch, values.view());
    const data::GroupKind& kind = kindOf(project);
    progress.start("extracting degraded copies", count);
    progress.resumeAt(count - std::ssize(left.failed) - std::ssize(left.rest));
    std::int64_t failed = 0;
    for (const auto* rows : {&left.failed, &left.rest})
      features::extractAll(
          *opened, std::ssize(*rows),
          [&](std::int64_t i) {
            const auto copy = static_cast<std::size_t>((*rows)[static_cast<std::size_t>(i)]);
            return imaging::loadSample(kind, images[copy], recipe.shape());
          },
          [&](std::int64_t i, std::span<const float> feature) {
            std::ranges::copy(feature, values.row((*rows)[static_cast<std::size_t>(i)]).begin());
          },
          [&](std::int64_t, const std::string&) { ++failed; }, {batch}, progress);
    values.flush();
    progress.finish();
    if (failed > 0)
      progress.note(
          fmt::format("{} degraded copies could not be made because their originals are unreadable", failed));
  }
  data::Matrix matrix(count, row->dims);
  std::copy_n(values.view().values, count * row->dims, matrix.values.begin());
  return matrix;
}

}  // namespace discern::pipeline
