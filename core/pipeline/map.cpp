#include "core/pipeline/map.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/analysis/marking.h"
#include "core/base/described.h"
#include "core/base/field_error.h"
#include "core/base/json_text.h"
#include "core/base/rng.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/kept_images.h"

namespace discern::pipeline {
namespace {
using data::Part;

Part partOf(project::Role role) {
  return role == project::Role::Train ? Part::Train : role == project::Role::Test ? Part::Test : Part::Pool;
}

std::vector<int> facesOnMap(const Roster& roster, data::MatrixView features, project::Role role) {
  std::vector<int> faces;
  for (std::size_t i = 0; i < roster.samples.size(); ++i) {
    if (!roster.votes[i] || !roster.isPart(static_cast<int>(i), partOf(role))) continue;
    const auto row = features.row(static_cast<std::int64_t>(i));
    if (data::isFinite(row) && data::norm(row) > 0) faces.push_back(static_cast<int>(i));
  }
  return faces;
}

// Whose faces are on the map: those named, and of them, or of all, those with most faces.
std::set<int> identitiesOnMap(const project::Project& project, const Roster& roster,
                              const std::vector<int>& faces, const MapOptions& options) {
  std::map<int, std::int64_t> images;
  for (const int face : faces) ++images[roster.identity[static_cast<std::size_t>(face)]];
  std::set<int> named;
  for (const auto& name : options.identities) {
    const int identity = analysis::identityNamed(project, name);
    if (!images.contains(identity))
      failField("identities", name, "has no {} image with features", project::toString(options.role));
    named.insert(identity);
  }
  std::vector<std::pair<std::int64_t, int>> order;  // most images first, of equal ones the earlier
  for (const auto& [identity, count] : images)
    if (named.empty() || named.contains(identity)) order.emplace_back(-count, identity);
  std::ranges::sort(order);
  if (options.most > 0 && std::ssize(order) > options.most)
    order.resize(static_cast<std::size_t>(options.most));
  std::set<int> meant;
  for (const auto& [count, identity] : order) meant.insert(identity);
  return meant;
}
}  // namespace

MapResult makeMap(project::Project& project, const MapOptions& options, Progress& progress) {
  MapResult result;
  result.name = options.name;
  jobs::mapFields().check(options);
  result.features = newestFeatures(project, options.features);
  const Roster roster = readRoster(project);
  const data::MappedNpy features = completeFeatures(project, result.features, roster.samples.size());
  noteOnlyKept(project, result.features, progress);
  std::vector<int> faces = facesOnMap(roster, features.view(), options.role);
  if (!options.identities.empty() || options.most > 0) {
    const auto meant = identitiesOnMap(project, roster, faces, options);
    std::erase_if(faces,
                  [&](int face) { return !meant.contains(roster.identity[static_cast<std::size_t>(face)]); });
  }
  if (!options.kept.empty()) {
    const auto kept = keptImages(project, roster, options.kept, "");
    std::erase_if(faces, [&](int face) { return !kept.isKept(face); });
  }
  result.of = static_cast<std::int64_t>(faces.size());
  if (faces.size() < 4)
    fail("a map needs at least four {} images with features, there are {}", project::toString(options.role),
         faces.size());
  if (options.limit > 0 && result.of > options.limit) {
    Rng(mixSeed(options.tsne.seed, "sample")).shuffle(faces);
    faces.resize(static_cast<std::size_t>(options.limit));
    std::ranges::sort(faces);
    progress.note(fmt::format("the map shows a sample: {} of {} images (a limit of 0 shows all)",
                              faces.size(), result.of));
  }
  result.faces = static_cast<std::int64_t>(faces.size());

  embedding::TsneOptions layoutOptions = options.tsne;
  layoutOptions.perplexity =
      std::min(options.tsne.perplexity, static_cast<double>(result.faces - 1) / 3);  // as t-SNE itself would
  if (layoutOptions.perplexity < options.tsne.perplexity)
    progress.note(fmt::format("perplexity {:g}: is too large for {} faces; {:g} is used",
                              options.tsne.perplexity, result.faces, layoutOptions.perplexity));

  data::Matrix points(result.faces, features.view().cols);
  for (std::int64_t r = 0; r < result.faces; ++r) {
    std::ranges::copy(features.view().row(faces[static_cast<std::size_t>(r)]), points.row(r).begin());
    data::normalise(points.row(r));
  }
  project::MapRow map{.name = options.name, .features = result.features};
  map.points = data::Matrix(static_cast<std::int64_t>(roster.samples.size()), 2,
                            std::numeric_limits<float>::quiet_NaN());
  const auto start = std::chrono::steady_clock::now();
  const auto store = [&](int iteration, double kl, data::MatrixView layout) {
    for (std::int64_t r = 0; r < layout.rows; ++r)
      std::ranges::copy(layout.row(r), map.points.row(faces[static_cast<std::size_t>(r)]).begin());
    map.kl = kl;
    map.options = textOf(toJson(results::MapProgress{layoutOptions.perplexity, iteration,
                                                     options.tsne.iterations, options.tsne.seed, result.faces,
                                                     result.of, project::toString(options.role)}));
    project.putMap(map);
  };
  auto stored = start;
  const auto tsne = embedding::tsne(
      points.view(), layoutOptions, progress, [&](int iteration, double kl, data::MatrixView layout) {
        const auto now = std::chrono::steady_clock::now();
        if (std::chrono::duration<double>(now - stored).count() < options.storeSeconds) return;
        stored = now;
        store(iteration, kl, layout);
      });
  store(tsne.iterations, tsne.kl, tsne.map.view());
  result.kl = tsne.kl;
  result.iterations = tsne.iterations;
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace discern::pipeline
