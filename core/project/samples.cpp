#include <cmath>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/rng.h"
#include "core/project/impl.h"

namespace discern::project {
namespace {
using nlohmann::json;

std::string landmarksJson(const SampleRow& row, const data::Landmarks& points) {
  json list = json::array();
  for (const auto& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y))
      fail(
          "{}: a landmark of its face is ({}, {}); finite numbers of pixels were expected, correct it and "
          "run again",
          row.image.file, p.x, p.y);
    list.push_back({p.x, p.y});
  }
  return list.dump();
}

// Of a face whose place cannot be understood, what is wrong; "" else.
std::string readGeometry(const SQLite::Column& landmarks, const SQLite::Column& crop, data::ImageRef& image) {
  try {
    if (!landmarks.isNull()) {
      const json list = json::parse(landmarks.getString());
      data::Landmarks points;
      for (std::size_t i = 0; i < points.size(); ++i) points[i] = {list.at(i).at(0), list.at(i).at(1)};
      image.landmarks = points;
    }
    if (!crop.isNull()) {
      const json r = json::parse(crop.getString());
      image.crop = data::Rect{r.at(0), r.at(1), r.at(2), r.at(3)};
    }
    return "";
  } catch (const json::exception&) {
    return fmt::format(
        "{}: the project has no usable place of the face in it; import it again into a new project",
        image.file);
  }
}

constexpr const char* kInsertSample =
    "INSERT INTO samples(id, identity, file, offset, length, landmarks, crop, degradation, strength, seed, "
    "parent, "
    "media, nuisance, problem) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

void insertSample(SQLite::Statement& insert, const SampleRow& row, const std::string& storedFile) {
  insert.reset();
  insert.clearBindings();
  insert.bind(1, row.id);
  insert.bind(2, row.identity);
  insert.bind(3, storedFile);
  insert.bind(4, static_cast<std::int64_t>(row.image.offset));
  insert.bind(5, static_cast<std::int64_t>(row.image.length));
  if (row.image.landmarks) insert.bind(6, landmarksJson(row, *row.image.landmarks));
  if (row.image.crop) {
    const auto& c = *row.image.crop;
    insert.bind(7, json{c.x, c.y, c.width, c.height}.dump());
  }
  insert.bind(8, static_cast<int>(row.image.degradation.kind));
  insert.bind(9, static_cast<double>(row.image.degradation.strength));
  insert.bind(10, static_cast<std::int64_t>(row.image.degradation.seed));
  insert.bind(11, row.parent);
  insert.bind(12, row.media);
  insert.bind(13, row.nuisance);
  insert.bind(14, row.problem);
  insert.exec();
}

// Which samples of a project an import brings again. A photograph that holds one face is known by its file,
// however that face was cropped the last time; the faces of one that holds several are told apart by where
// they are, or by whose they are.
class KnownSamples {
 public:
  void add(const std::string& stored, const data::ImageRef& image, std::string_view identity, int id) {
    const auto [only, isFirst] =
        byFile_.try_emplace(fileKey(stored, image), Known{id, mixSeed(0, identity), isPlaced(image), false});
    only->second.hasOthers = !isFirst;
    byFace_.emplace(faceKey(stored, image), id);
  }
  // Faces that the data set, too, has in that photograph: an import is of several if either is.
  void expect(const std::string& stored, const data::ImageRef& image) {
    const auto face = faceKey(stored, image);
    const auto [first, isFirst] = expected_.try_emplace(fileKey(stored, image), Expected{face, false});
    if (!isFirst && first->second.face != face) first->second.several = true;
  }
  int find(const std::string& stored, const data::ImageRef& image,
           std::string_view identity) const {  // -1: new
    const auto face = byFace_.find(faceKey(stored, image));
    if (face != byFace_.end()) return face->second;
    const auto key = fileKey(stored, image);
    const auto file = byFile_.find(key);
    const auto expected = expected_.find(key);
    const bool several = expected != expected_.end() && expected->second.several;
    if (file == byFile_.end() || file->second.hasOthers || several) return -1;
    const auto& only = file->second;
    const bool another = only.isPlaced && isPlaced(image) && only.identity != mixSeed(0, identity);
    return another ? -1 : only.id;
  }

 private:
  // Hashes instead of texts: a set may hold millions of faces.
  struct Known {
    int id;
    std::uint64_t identity;
    bool isPlaced, hasOthers;
  };
  struct Expected {
    std::uint64_t face;
    bool several;
  };
  static bool isPlaced(const data::ImageRef& image) { return image.landmarks || image.crop; }
  static std::uint64_t fileKey(const std::string& stored, const data::ImageRef& image) {
    return mixSeed(mixSeed(0, stored), static_cast<std::uint64_t>(image.offset));
  }
  static std::uint64_t faceKey(const std::string& stored, data::ImageRef image) {
    image.file = stored;
    image.length = 0;
    return data::hashOf({&image, 1});
  }

  std::unordered_map<std::uint64_t, Known> byFile_;
  std::unordered_map<std::uint64_t, Expected> expected_;
  std::unordered_map<std::uint64_t, int> byFace_;
};
}  // namespace

std::vector<IdentityRow> Project::identities() const {
  std::vector<IdentityRow> rows;
  SQLite::Statement query(
      impl_->db, "SELECT id, name, set_name, role, excluded, merged_into FROM identities ORDER BY id");
  while (query.executeStep())
    rows.push_back({query.getColumn(0), query.getColumn(1).getString(), query.getColumn(2).getString(),
                    static_cast<Role>(query.getColumn(3).getInt()), query.getColumn(4).getInt() != 0,
                    query.getColumn(5).getInt()});
  return rows;
}

std::vector<SampleRow> Project::samples() const {
  std::vector<SampleRow> rows;
  SQLite::Statement query(
      impl_->db,
      "SELECT id, identity, file, offset, length, landmarks, crop, degradation, strength, seed, "
      "parent, media, nuisance, problem FROM samples ORDER BY id");
  while (query.executeStep()) {
    SampleRow row;
    row.id = query.getColumn(0);
    row.identity = query.getColumn(1);
    row.image.file = impl_->fromStored(query.getColumn(2).getString());
    row.image.offset = query.getColumn(3).getInt64();
    row.image.length = query.getColumn(4).getInt64();
    const std::string misplaced = readGeometry(query.getColumn(5), query.getColumn(6), row.image);
    row.image.degradation = {static_cast<data::DegradationKind>(query.getColumn(7).getInt()),
                             static_cast<float>(query.getColumn(8).getDouble()),
                             static_cast<std::uint64_t>(query.getColumn(9).getInt64())};
    row.parent = query.getColumn(10);
    row.media = query.getColumn(11).getString();
    row.nuisance = query.getColumn(12).getString();
    row.problem = query.getColumn(13).getString();
    if (row.problem.empty()) row.problem = misplaced;
    rows.push_back(std::move(row));
  }
  return rows;
}

int Project::sampleCount() const { return impl_->db.execAndGet("SELECT count(*) FROM samples").getInt(); }

std::vector<std::string> Project::sets() const {
  std::vector<std::string> names;
  SQLite::Statement query(impl_->db, "SELECT set_name FROM identities GROUP BY set_name ORDER BY min(id)");
  while (query.executeStep()) names.push_back(query.getColumn(0).getString());
  return names;
}

AddResult Project::addDataset(const data::Dataset& dataset, Role role) {
  requireFileName("--name", dataset.name);
  AddResult result;
  impl_->change([&] {
    result.first = sampleCount();

    std::vector<int> identityOf(dataset.identities.size());
    int nextIdentity = impl_->db.execAndGet("SELECT count(*) FROM identities").getInt();
    SQLite::Statement find(impl_->db, "SELECT id FROM identities WHERE set_name = ? AND name = ?");
    SQLite::Statement insertIdentity(impl_->db,
                                     "INSERT INTO identities(id, name, set_name, role) VALUES(?,?,?,?)");
    for (std::size_t i = 0; i < dataset.identities.size(); ++i) {
      find.reset();
      find.bind(1, dataset.name);
      find.bind(2, dataset.identities[i]);
      if (find.executeStep()) {
        identityOf[i] = find.getColumn(0);
        continue;
      }
      identityOf[i] = nextIdentity++;
      insertIdentity.reset();
      insertIdentity.bind(1, identityOf[i]);
      insertIdentity.bind(2, dataset.identities[i]);
      insertIdentity.bind(3, dataset.name);
      insertIdentity.bind(4, static_cast<int>(role));
      insertIdentity.exec();
    }

    KnownSamples known;
    const auto rows = identities();
    const auto nameOf = [&](int identity) {
      return identity < 0 ? std::string() : rows[static_cast<std::size_t>(identity)].name;
    };
    for (const auto& row : samples())
      if (row.parent < 0) known.add(impl_->toStored(row.image.file), row.image, nameOf(row.identity), row.id);
    for (const auto& sample : dataset.samples) known.expect(impl_->toStored(sample.image.file), sample.image);
    std::vector<int> sampleOf(dataset.samples.size());
    SQLite::Statement insert(impl_->db, kInsertSample);
    for (std::size_t i = 0; i < dataset.samples.size(); ++i) {
      const auto& sample = dataset.samples[i];
      const std::string stored = impl_->toStored(sample.image.file);
      const int identity = sample.identity >= 0 ? identityOf[static_cast<std::size_t>(sample.identity)] : -1;
      sampleOf[i] = known.find(stored, sample.image, nameOf(identity));
      if (sampleOf[i] >= 0) {
        ++result.duplicates;
        continue;
      }
      sampleOf[i] = result.first + result.added;
      known.add(stored, sample.image, nameOf(identity), sampleOf[i]);
      SampleRow row;
      row.id = sampleOf[i];
      row.identity = identity;
      row.image = sample.image;
      row.media = sample.media;
      row.nuisance = sample.nuisance;
      insertSample(insert, row, stored);
      ++result.added;
    }

    for (data::Protocol protocol : dataset.protocols) {
      protocol.name = protocol.name.empty() || protocol.name == dataset.name
                          ? dataset.name
                          : dataset.name + "/" + protocol.name;
      for (auto& t : protocol.templates) {
        if (t.identity >= 0) t.identity = identityOf[static_cast<std::size_t>(t.identity)];
        for (int& s : t.samples) s = sampleOf[static_cast<std::size_t>(s)];
      }
      writeProtocol(impl_->db, protocol);
    }
  });
  return result;
}

int Project::addCopies(const std::vector<SampleRow>& copies) {
  int first = 0;
  impl_->change([&] {
    first = sampleCount();
    int next = first;
    SQLite::Statement insert(impl_->db, kInsertSample);
    for (SampleRow copy : copies) {
      copy.id = next++;
      insertSample(insert, copy, impl_->toStored(copy.image.file));
    }
  });
  return first;
}

void Project::setRole(const std::vector<int>& identities, Role role) {
  impl_->change([&] {
    SQLite::Statement update(impl_->db, "UPDATE identities SET role = ? WHERE id = ?");
    for (const int id : identities) {
      update.reset();
      update.bind(1, static_cast<int>(role));
      update.bind(2, id);
      update.exec();
    }
  });
}

void Project::setExcluded(const std::vector<int>& identities, bool excluded) {
  impl_->change([&] {
    SQLite::Statement update(impl_->db, "UPDATE identities SET excluded = ? WHERE id = ?");
    for (const int id : identities) {
      update.reset();
      update.bind(1, excluded ? 1 : 0);
      update.bind(2, id);
      update.exec();
    }
  });
}

void Project::mergeIdentities(int from, int into) {
  if (from == into) fail("an identity cannot be merged into itself");
  impl_->change([&] {
    if (into >= 0) {
      // Chains are flattened: whoever pointed at `from` points at the end of the chain now.
      SQLite::Statement target(impl_->db, "SELECT merged_into FROM identities WHERE id = ?");
      target.bind(1, into);
      if (!target.executeStep()) fail("there is no identity number {} in this project", into);
      if (const int end = target.getColumn(0); end >= 0) into = end;
      if (into == from) fail("these two identities are merged already");
    }
    SQLite::Statement update(
        impl_->db, "UPDATE identities SET merged_into = ? WHERE id = ? OR (merged_into = ? AND ? >= 0)");
    update.bind(1, into);
    update.bind(2, from);
    update.bind(3, from);
    update.bind(4, into);
    update.exec();
  });
}

void Project::setProblem(int sample, const std::string& problem) {
  impl_->write([&] {
    SQLite::Statement update(impl_->db, "UPDATE samples SET problem = ? WHERE id = ?");
    update.bind(1, problem);
    update.bind(2, sample);
    update.exec();
  });
}

}  // namespace discern::project
