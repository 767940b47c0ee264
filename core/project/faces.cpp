// Where faces are in their photographs, and what is stale once they have moved.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/data/no_face.h"
#include "core/project/impl.h"
#include "core/project/reader.h"

namespace discern::project {
using nlohmann::json;

std::string landmarksJson(const std::string& file, const data::Landmarks& points) {
  json list = json::array();
  for (const auto& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y))
      fail(
          "{}: a landmark of its face is ({}, {}); finite numbers of pixels were expected, correct it and "
          "run again",
          file, p.x, p.y);
    list.push_back({p.x, p.y});
  }
  return list.dump();
}

std::string cropJson(const data::Rect& crop) { return json{crop.x, crop.y, crop.width, crop.height}.dump(); }

bool isPlacedByHand(const std::string& nuisance) {
  return !nuisance.empty() && jsonText(parseJson(nuisance), "placed") == "by hand";
}

void movePlaces(Database& project, const Project& tables, const std::vector<FacePlace>& faces) {
  if (faces.empty()) return;
  std::vector<int> moved;
  SQLite::Statement update(
      project.db, "UPDATE samples SET landmarks = ?, crop = ?, nuisance = ?, problem = ? WHERE id = ?");
  SQLite::Statement copies(project.db, "UPDATE samples SET landmarks = ?, crop = ? WHERE parent = ?");
  SQLite::Statement ids(project.db, "SELECT id FROM samples WHERE id = ? OR parent = ?");
  for (const auto& face : faces) {
    for (auto* query : {&update, &copies}) {
      query->reset();
      query->clearBindings();
      if (face.image.landmarks) query->bind(1, landmarksJson(face.image.file, *face.image.landmarks));
      if (face.image.crop) query->bind(2, cropJson(*face.image.crop));
    }
    update.bind(3, face.nuisance);
    update.bind(4, data::isWithoutFace(face.image) ? data::noFaceProblem(face.image) : std::string());
    update.bind(5, face.sample);
    copies.bind(3, face.sample);
    update.exec();
    copies.exec();
    ids.reset();
    ids.bind(1, face.sample);
    ids.bind(2, face.sample);
    while (ids.executeStep()) moved.push_back(ids.getColumn(0));
  }
  std::ranges::sort(moved);
  moved.erase(std::unique(moved.begin(), moved.end()), moved.end());
  makeStale(project, tables, moved, kPlaced);
}

void Project::placeFaces(const std::vector<FacePlace>& faces) {
  impl_->change([&] { movePlaces(*impl_, *this, faces); });
}

}  // namespace discern::project
