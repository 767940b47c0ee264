#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/base/rng.h"
#include "core/data/no_face.h"
#include "core/data/no_picture.h"
#include "core/project/decisions.h"
#include "core/project/impl.h"
#include "core/project/reader.h"

namespace discern::project {
namespace {
using nlohmann::json;
constexpr int kDegradations = static_cast<int>(data::DegradationKind::Occlusion) + 1;

// Of a face whose place cannot be understood, what is wrong; "" else.
std::string readGeometry(const Reader& row, int landmarks, int crop, data::ImageRef& image) {
  constexpr int kFarthest = 1'000'000'000;  // pixels: sums of two stay an int
  try {
    if (!row.isNull(landmarks)) {
      const json list = parseJson(row.text(landmarks));
      data::Landmarks points;
      for (std::size_t i = 0; i < points.size(); ++i) points[i] = {list.at(i).at(0), list.at(i).at(1)};
      image.landmarks = points;
    }
    if (!row.isNull(crop)) {
      const json list = parseJson(row.text(crop));
      const auto side = [&](std::size_t i, std::int64_t least) {
        const json& value = list.at(i);
        if (!value.is_number_integer() || value < least || value > kFarthest) throw Error("");
        return value.get<int>();
      };
      const bool isNone = list == json{0, 0, 0, 0};
      image.crop = isNone ? data::kNoFace
                          : data::Rect{side(0, -kFarthest), side(1, -kFarthest), side(2, 1), side(3, 1)};
    }
    return "";
  } catch (const json::exception&) {
  } catch (const Error&) {
  }
  return fmt::format(
      "{}: the project has no usable place of the face in it; import it again into a new project",
      image.file);
}

// Of samples that lie in videos.
void readMoments(const Database& project, std::vector<SampleRow>& rows) {
  if (!project.db.tableExists("moments")) return;  // of an older version, which is only read
  Reader row(project, "moments", "SELECT sample, time, seconds FROM moments ORDER BY sample");
  while (row.next()) {
    const auto sample = static_cast<std::size_t>(row.index(0, 0, static_cast<int>(rows.size())));
    const data::Moment moment{row.finite(1), row.finite(2)};
    if (moment.time < 0 || moment.seconds < 0) row.bad("time or seconds is negative, and no moment is");
    rows[sample].image.moment = moment;
  }
}

constexpr const char* kInsertSample =
    "INSERT INTO samples(id, identity, file, offset, length, landmarks, crop, degradation, strength, seed, "
    "parent, media, nuisance, problem) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr const char* kInsertMoment = "INSERT INTO moments(sample, time, seconds) VALUES(?,?,?)";

void insertSample(SQLite::Statement& insert, const SampleRow& row, const std::string& storedFile) {
  insert.reset();
  insert.clearBindings();
  insert.bind(1, row.id);
  insert.bind(2, row.identity);
  insert.bind(3, storedFile);
  insert.bind(4, static_cast<std::int64_t>(row.image.offset));
  insert.bind(5, static_cast<std::int64_t>(row.image.length));
  if (row.image.landmarks) insert.bind(6, landmarksJson(row.image.file, *row.image.landmarks));
  if (row.image.crop) insert.bind(7, cropJson(*row.image.crop));
  insert.bind(8, static_cast<int>(row.image.degradation.kind));
  insert.bind(9, static_cast<double>(row.image.degradation.strength));
  insert.bind(10, static_cast<std::int64_t>(row.image.degradation.seed));
  insert.bind(11, row.parent);
  insert.bind(12, row.media);
  insert.bind(13, row.nuisance);
  insert.bind(14, row.problem);
  insert.exec();
}

void insertMoment(SQLite::Statement& insert, const SampleRow& row) {
  if (!row.image.moment) return;
  insert.reset();
  insert.bind(1, row.id);
  insert.bind(2, row.image.moment->time);
  insert.bind(3, row.image.moment->seconds);
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
  // A photograph that came whole and turns out to hold several faces: it becomes the first of them. -1: none.
  int takeWhole(const std::string& stored, const data::ImageRef& image) {
    const auto file = byFile_.find(fileKey(stored, image));
    if (file == byFile_.end() || file->second.isPlaced || file->second.hasOthers) return -1;
    file->second.isPlaced = true;
    return file->second.id;
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
  static bool isPlaced(const data::ImageRef& image) {
    return image.landmarks || (image.crop && *image.crop != data::kNoFace);
  }
  static std::uint64_t fileKey(const std::string& stored, const data::ImageRef& image) {
    data::ImageRef picture;
    picture.file = stored;
    picture.offset = image.offset;
    picture.moment = image.moment;
    return data::hashOf({&picture, 1});
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
  const Snapshot snapshot(*impl_);
  const int count = identityCount(*impl_);
  std::vector<IdentityRow> rows;
  Reader row(*impl_, "identities",
             "SELECT id, name, set_name, role, excluded, merged_into, "
             "(SELECT into_.merged_into FROM identities AS into_ WHERE into_.id = identities.merged_into) "
             "FROM identities ORDER BY id");
  while (row.next()) {
    rows.push_back({row.rowNumber(0), row.text(1), row.text(2),
                    static_cast<Role>(row.index(3, 0, static_cast<int>(Role::Pool) + 1)),
                    row.index(4, 0, 2) != 0, row.index(5, -1, count)});
    if (rows.back().mergedInto >= 0 && row.whole(6, -1, count) >= 0)  // also: into itself
      row.bad(fmt::format("merged_into is {}, which is merged into another itself", rows.back().mergedInto));
  }
  return rows;
}

std::vector<SampleRow> Project::samples() const {
  const Snapshot snapshot(*impl_);
  const int people = identityCount(*impl_), count = sampleCount();
  std::vector<SampleRow> rows;
  Reader query(*impl_, "samples",
               "SELECT id, identity, file, offset, length, landmarks, crop, degradation, strength, seed, "
               "parent, media, nuisance, problem FROM samples ORDER BY id");
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  while (query.next()) {
    SampleRow row;
    row.id = query.rowNumber(0);
    row.identity = query.index(1, -1, people);
    row.image.offset = query.whole(3, 0, kMost);
    row.image.length = query.whole(4, data::kNoPicture, kMost);
    row.image.file = query.text(2);
    if (!row.removed() && data::hasPicture(row.image)) row.image.file = impl_->fromStored(row.image.file);
    const std::string misplaced = readGeometry(query, 5, 6, row.image);
    row.image.degradation = {
        static_cast<data::DegradationKind>(query.index(7, 0, kDegradations)), query.finiteOrNan(8),
        static_cast<std::uint64_t>(query.whole(9, std::numeric_limits<std::int64_t>::min(), kMost))};
    if (!(row.image.degradation.strength >= 0 && row.image.degradation.strength <= 1))
      query.bad("strength is not between 0 and 1");
    row.parent = query.index(10, -1, count);
    row.media = query.text(11);
    row.nuisance = query.json(12);
    row.problem = query.text(13);
    if (row.problem.empty()) row.problem = misplaced;
    if (row.problem.empty() && data::isWithoutFace(row.image)) row.problem = data::noFaceProblem(row.image);
    // Parents were there before their copies.
    if (row.parent >= row.id || (row.parent >= 0 && rows[static_cast<std::size_t>(row.parent)].parent >= 0))
      query.bad(fmt::format("parent is {}, which is no earlier image or a copy itself", row.parent));
    rows.push_back(std::move(row));
  }
  readMoments(*impl_, rows);
  applyMarks(rows, marks(*this));
  return rows;
}

namespace {
// Of rows that are numbered from 0; another numbering would lead out of every list that they index.
int denseCount(const Database& project, const char* table) {
  Reader row(
      project, table,
      fmt::format("SELECT max(id) AS id, (SELECT count(*) FROM {0}), (SELECT min(id) FROM {0}) FROM {0}",
                  table));
  if (!row.next() || row.isNull(0)) return 0;
  const auto count = row.whole(1, 1, std::numeric_limits<int>::max());
  if (row.whole(0, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()) !=
          count - 1 ||
      row.whole(2, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()) != 0)
    row.bad(fmt::format("its {} rows are not numbered from 0 to {}", count, count - 1));
  return static_cast<int>(count);
}
}  // namespace

int identityCount(const Database& project) { return denseCount(project, "identities"); }

int Project::sampleCount() const { return denseCount(*impl_, "samples"); }

std::vector<std::string> Project::sets() const {
  std::vector<std::string> names;
  Reader row(*impl_, "identities",
             "SELECT min(id) AS id, set_name FROM identities GROUP BY set_name ORDER BY min(id)");
  while (row.next()) names.push_back(row.text(1));
  return names;
}

namespace {
constexpr const char* kGroupKind = "group_kind";
constexpr const char* kFaces = "face";  // of projects that do not say

// What a data set says of faces that are there already.
class Replacing {
 public:
  explicit Replacing(std::vector<SampleRow> there) : there_(std::move(there)) {}

  void offer(int id, const data::Sample& sample) {
    if (id >= std::ssize(there_) || (!sample.image.landmarks && !sample.image.crop)) return;
    const SampleRow& row = there_[static_cast<std::size_t>(id)];
    if (isPlacedByHand(row.nuisance)) return;
    data::ImageRef before = row.image, after = sample.image;
    before.file = after.file;
    before.length = after.length;
    before.degradation = after.degradation;
    if (data::hashOf({&before, 1}) == data::hashOf({&after, 1})) return;
    faces.push_back({id, sample.image, sample.nuisance});
  }

  std::vector<FacePlace> faces;

 private:
  std::vector<SampleRow> there_;
};
}  // namespace

std::string Project::groupKind() const { return setting(kGroupKind).value_or(""); }

AddResult Project::addDataset(const data::Dataset& dataset, Role role, bool placeFaces) {
  requireFileName("name", dataset.name);
  const auto named = [](const std::string& kind) { return kind.empty() ? kFaces : kind; };
  AddResult result;
  impl_->change([&] {
    result.first = sampleCount();
    if (const std::string there = named(groupKind()), kind = named(dataset.kind); there != kind) {
      if (result.first > 0)
        failField("format", dataset.format,
                  "brings samples of the kind '{}', this project holds '{}'; import them into a new one",
                  kind, there);
      putSetting(kGroupKind, kind);
    }

    std::vector<int> identityOf(dataset.identities.size());
    int nextIdentity = identityCount(*impl_);
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
    const auto there = samples();
    const auto keyOf = [](const data::ImageRef& image,
                          const std::string& set) {  // a mere name is its set's own
      return data::hasPicture(image) ? pathKey(image.file) : set + "\n" + image.file;
    };
    for (const auto& row : there)
      if (row.parent < 0 && !row.removed())
        known.add(keyOf(row.image, row.identity < 0 ? "" : rows[static_cast<std::size_t>(row.identity)].set),
                  row.image, nameOf(row.identity), row.id);
    Replacing replacing(placeFaces ? there : std::vector<SampleRow>());
    for (const auto& sample : dataset.samples) known.expect(keyOf(sample.image, dataset.name), sample.image);
    std::set<std::string> files;
    std::vector<int> sampleOf(dataset.samples.size());
    SQLite::Statement insert(impl_->db, kInsertSample), moment(impl_->db, kInsertMoment);
    for (std::size_t i = 0; i < dataset.samples.size(); ++i) {
      const auto& sample = dataset.samples[i];
      const std::string stored = impl_->storedFile(sample.image);
      const int identity = sample.identity >= 0 ? identityOf[static_cast<std::size_t>(sample.identity)] : -1;
      const std::string key = keyOf(sample.image, dataset.name);
      sampleOf[i] = known.find(key, sample.image, nameOf(identity));
      if (sampleOf[i] < 0 && placeFaces) sampleOf[i] = known.takeWhole(key, sample.image);
      if (sampleOf[i] >= 0) {
        ++result.duplicates;
        replacing.offer(sampleOf[i], sample);
        continue;
      }
      sampleOf[i] = result.first + result.added;
      known.add(key, sample.image, nameOf(identity), sampleOf[i]);
      if (data::hasPicture(sample.image)) files.insert(stored);
      SampleRow row;
      row.id = sampleOf[i];
      row.identity = identity;
      row.image = sample.image;
      row.media = sample.media;
      row.nuisance = sample.nuisance;
      if (data::isWithoutFace(row.image)) row.problem = data::noFaceProblem(row.image);
      insertSample(insert, row, stored);
      insertMoment(moment, row);
      ++result.added;
    }

    rememberFiles(*impl_, files);

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
    result.placed = static_cast<int>(replacing.faces.size());
    movePlaces(*impl_, *this, replacing.faces);
  });
  return result;
}

int Project::addCopies(const std::vector<SampleRow>& copies) {
  int first = 0;
  impl_->change([&] {
    first = sampleCount();
    int next = first;
    SQLite::Statement insert(impl_->db, kInsertSample), moment(impl_->db, kInsertMoment);
    for (SampleRow copy : copies) {
      copy.id = next++;
      insertSample(insert, copy, impl_->storedFile(copy.image));
      insertMoment(moment, copy);
    }
  });
  return first;
}

void Project::setRole(const std::vector<int>& ids, Role role) { project::setRole(*this, ids, role); }
void Project::setExcluded(const std::vector<int>& ids, bool excluded) {
  project::setExcluded(*this, ids, excluded);
}
void Project::mergeIdentities(int from, int into) { project::mergeIdentities(*this, from, into); }

void Project::setProblem(int sample, const std::string& problem) {
  impl_->write([&] {
    SQLite::Statement update(impl_->db, "UPDATE samples SET problem = ? WHERE id = ?");
    update.bind(1, problem);
    update.bind(2, sample);
    update.exec();
  });
}

}  // namespace discern::project
