// Where faces are in their photographs, and what is stale once they have moved.
#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/data/no_face.h"
#include "core/project/impl.h"
#include "core/project/reader.h"

namespace discern::project {
namespace {
using nlohmann::json;
namespace fs = std::filesystem;

// Rows of a feature file become unknown. One that is damaged or not there holds nothing to be stale.
void blank(const fs::path& file, const std::vector<int>& samples) {
  if (!fs::exists(file)) return;
  try {
    data::MappedNpy features(file, data::MappedNpy::Mode::ReadWrite);
    for (const int sample : samples)
      if (sample < features.view().rows)
        std::ranges::fill(features.row(sample), std::numeric_limits<float>::quiet_NaN());
    features.flush();
  } catch (const Error&) {
  }
}

std::vector<int> staleOf(const Project& project, const std::string& key) {
  std::vector<int> samples;
  const json list = parseJson(project.setting(key).value_or("[]"));
  if (!list.is_array()) return samples;
  const int count = project.sampleCount();
  for (const json& value : list)
    if (value.is_number_integer() && value >= 0 && value < count) samples.push_back(value.get<int>());
  return samples;
}

void addStale(SQLite::Database& db, const Project& project, const std::string& key,
              const std::vector<int>& samples) {
  std::set<int> all(samples.begin(), samples.end());
  for (const int sample : staleOf(project, key)) all.insert(sample);
  SQLite::Statement put(db, "INSERT OR REPLACE INTO settings(key, value) VALUES(?, ?)");
  put.bind(1, key);
  put.bind(2, json(all).dump());
  put.exec();
}

}  // namespace

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

void forgetStale(SQLite::Database& db, const std::string& key) {
  SQLite::Statement remove(db, "DELETE FROM settings WHERE key = ?");
  remove.bind(1, key);
  remove.exec();
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
  // Before the transaction ends: a row that is unknown for nothing is only computed again.
  for (const auto& row : tables.featureTables()) {
    const fs::path file = tables.featureFile(row.name);
    blank(file, moved);
    blank(fs::path(file).concat(".part"), moved);
    addStale(project.db, tables, staleFeaturesKey(row.name), moved);
  }
  for (const auto& name : tables.scoreTables()) addStale(project.db, tables, staleScoresKey(name), moved);
}

void Project::placeFaces(const std::vector<FacePlace>& faces) {
  impl_->change([&] { movePlaces(*impl_, *this, faces); });
}

std::vector<int> Project::staleFeatures(const std::string& features) const {
  return staleOf(*this, staleFeaturesKey(features));
}

std::vector<int> Project::staleScores(const std::string& scores) const {
  return staleOf(*this, staleScoresKey(scores));
}

}  // namespace discern::project
