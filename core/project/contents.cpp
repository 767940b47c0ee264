#include "core/project/contents.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/data/no_picture.h"
#include "core/project/decisions.h"
#include "core/project/impl.h"
#include "core/project/reader.h"

namespace discern::project {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kPart = 64 << 10;

std::optional<FileStamp> statOf(const std::string& file) {
  struct ::stat found {};
  if (::stat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return std::nullopt;
  return FileStamp{static_cast<std::int64_t>(found.st_size),
                   static_cast<std::int64_t>(found.st_mtim.tv_sec) * 1'000'000'000 + found.st_mtim.tv_nsec,
                   0};
}

// Of its ends: the whole of a face, and as much of a container of gigabytes as can be read at each import.
std::int64_t hashOfEnds(const std::string& file, std::int64_t size) {
  try {
    std::uint64_t hash = mixSeed(static_cast<std::uint64_t>(size), readFile(file, 0, std::min(size, kPart)));
    if (size > kPart) {
      const std::int64_t rest = std::min(size - kPart, kPart);
      hash = mixSeed(hash, readFile(file, size - rest, rest));
    }
    return static_cast<std::int64_t>(hash);
  } catch (const Error&) {  // whoever decodes it says what is wrong
    return 0;
  }
}

std::unordered_map<std::string, FileStamp> knownFiles(const Database& project) {
  std::unordered_map<std::string, FileStamp> known;
  if (!project.db.tableExists("files")) return known;
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min(),
                 kMost = std::numeric_limits<std::int64_t>::max();
  Reader row(project, "files", "SELECT file, size, modified, hash FROM files");
  while (row.next())
    known[row.text(0)] = {row.whole(1, 0, kMost), row.whole(2, kLeast, kMost), row.whole(3, kLeast, kMost)};
  return known;
}

struct Looked {
  std::string stored;
  std::optional<FileStamp> now;
  bool fresh = false, replaced = false;
};

void look(const Database& project, const std::unordered_map<std::string, FileStamp>& known, Looked& file) {
  const std::string path = project.fromStored(file.stored);
  file.now = statOf(path);
  if (!file.now) return;
  const auto before = known.find(file.stored);
  file.fresh = before == known.end();
  if (!file.fresh && before->second.size == file.now->size && before->second.modified == file.now->modified) {
    file.now = before->second;
    return;
  }
  file.now->hash = hashOfEnds(path, file.now->size);
  file.replaced =
      !file.fresh && (before->second.size != file.now->size || before->second.hash != file.now->hash);
}

void put(SQLite::Database& db, const std::vector<Looked>& files) {
  SQLite::Statement insert(db, "INSERT OR REPLACE INTO files VALUES(?,?,?,?)");
  for (const Looked& file : files) {
    if (!file.now) continue;
    insert.reset();
    insert.bind(1, file.stored);
    insert.bind(2, file.now->size);
    insert.bind(3, file.now->modified);
    insert.bind(4, file.now->hash);
    insert.exec();
  }
}

void markStale(SQLite::Database& db, const char* kind, const std::string& name,
               const std::vector<int>& samples, const char* why) {
  SQLite::Statement insert(db, "INSERT OR REPLACE INTO stale_parts VALUES(?,?,?,?)");
  for (const int sample : samples) {
    insert.reset();
    insert.bind(1, kind);
    insert.bind(2, name);
    insert.bind(3, sample);
    insert.bind(4, why);
    insert.exec();
  }
}

// Rows of NaN are made by the next extraction. Those of the samples that had a feature.
std::vector<int> takeOut(const fs::path& file, const std::vector<int>& samples) {
  std::vector<int> taken;
  std::error_code none;
  if (!fs::exists(file, none)) return taken;
  try {
    data::MappedNpy values(file, data::MappedNpy::Mode::ReadWrite);
    for (const int sample : samples) {
      if (sample >= values.view().rows || !data::isFinite(values.view().row(sample))) continue;
      std::ranges::fill(values.row(sample), std::numeric_limits<float>::quiet_NaN());
      taken.push_back(sample);
    }
    if (!taken.empty()) values.flush();
  } catch (const Error&) {  // damaged: it is made anew as a whole
  }
  return taken;
}

std::vector<Looked> lookAtAll(const Database& project, const std::set<std::string>& files,
                              Progress* progress) {
  const auto known = knownFiles(project);
  std::vector<Looked> looked;
  for (const auto& file : files) looked.push_back({file, {}, false, false});
  if (progress) progress->start("looking at image files", std::ssize(looked));
  parallelFor(std::ssize(looked), 64, [&](std::int64_t begin, std::int64_t end) {
    if (progress) progress->throwIfStopped();
    for (auto i = begin; i < end; ++i) look(project, known, looked[static_cast<std::size_t>(i)]);
    if (progress) progress->advance(end - begin);
  });
  if (progress) progress->finish();
  return looked;
}

// "2 images were replaced since, 3 faces were placed anew since (the first is sample 7)"
std::string whyText(const std::map<std::string, std::vector<int>>& reasons) {
  std::string text;
  std::vector<int> known;
  for (const auto& [why, samples] : reasons) {
    const std::size_t n = samples.size();
    if (!text.empty()) text += ", ";
    if (why == kReplaced)
      text += fmt::format("{} image{} replaced since", n, n == 1 ? " was" : "s were");
    else if (why == kPlaced)
      text += fmt::format("{} face{} placed anew since", n, n == 1 ? " was" : "s were");
    else
      text += why;  // of an earlier version, which kept no samples
    std::ranges::copy_if(samples, std::back_inserter(known), [](int sample) { return sample >= 0; });
  }
  if (known.empty()) return text;
  return fmt::format("{} ({}sample {})", text, known.size() == 1 ? "" : "the first is ",
                     std::ranges::min(known));
}

}  // namespace

void makeStale(Database& database, const Project& project, const std::vector<int>& samples, const char* why) {
  std::map<std::string, std::vector<int>> features;
  for (const auto& row : project.featureTables()) {
    const fs::path file = project.featureFile(row.name);
    takeOut(fs::path(file).concat(".part"), samples);
    if (auto taken = takeOut(file, samples); !taken.empty()) features.emplace(row.name, std::move(taken));
  }
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(project.folder() / "checkpoints", none))
    if (entry.path().string().ends_with(".copies.npy.list")) fs::remove(entry.path(), none);
  SQLite::Statement told(database.db, "DELETE FROM feature_problems WHERE sample = ?");
  SQLite::Statement scored(database.db, "SELECT score_table FROM scores WHERE sample = ? AND status <> 1");
  std::map<std::string, std::vector<int>> scores;
  for (const int sample : samples) {
    for (SQLite::Statement* each : {&told, &scored}) {
      each->reset();
      each->bind(1, sample);
    }
    told.exec();
    while (scored.executeStep()) scores[scored.getColumn(0).getString()].push_back(sample);
  }
  for (const auto& [name, changed] : features) markStale(database.db, "features", name, changed, why);
  for (const auto& [name, changed] : scores) markStale(database.db, "scores", name, changed, why);
  const auto markMadeOf = [&](const char* kind, const std::string& name, const std::string& madeOf) {
    if (const auto found = features.find(madeOf); found != features.end())
      markStale(database.db, kind, name, found->second, why);
  };
  for (const auto& name : project.selections())
    markMadeOf("selection", name, project.selection(name).features);
  for (const auto& name : project.maps()) {
    SQLite::Statement of(database.db, "SELECT features FROM maps WHERE name = ?");
    of.bind(1, name);
    if (of.executeStep()) markMadeOf("map", name, of.getColumn(0).getString());
  }
}

FileCheck checkFiles(Project& project, const std::string& set, Progress& progress) {
  Database& database = Inside::of(project);
  const auto samples = project.samples();
  const auto identities = project.identities();
  std::map<std::string, std::vector<int>> of;
  for (const auto& row : samples) {
    if (row.removed() || !data::hasPicture(row.image)) continue;
    if (!set.empty() && (row.identity < 0 || identities[static_cast<std::size_t>(row.identity)].set != set))
      continue;
    of[database.toStored(row.image.file)].push_back(row.id);
  }
  std::set<std::string> files;
  for (const auto& [file, ids] : of) files.insert(file);
  const auto looked = lookAtAll(database, files, &progress);
  FileCheck check;
  check.files = std::ssize(looked);
  bool moved = false;
  for (const Looked& file : looked) {
    if (!file.now) check.missing.push_back(database.fromStored(file.stored));
    moved = moved || file.now;
    if (!file.replaced) continue;
    check.replaced.push_back(database.fromStored(file.stored));
    check.samples.insert(check.samples.end(), of[file.stored].begin(), of[file.stored].end());
  }
  if (!moved) return check;
  database.change([&] {
    // Features first: where this is cut short, the database still knows the old contents, and it is done
    // again.
    if (!check.samples.empty()) makeStale(database, project, check.samples, kReplaced);
    SQLite::Statement readable(database.db, "UPDATE samples SET problem = '' WHERE id = ?");
    for (const int sample : check.samples) {
      readable.reset();
      readable.bind(1, sample);
      readable.exec();
    }
    put(database.db, looked);
  });
  return check;
}

std::uint64_t knownContents(const Project& project, const std::vector<data::ImageRef>& images) {
  const Database& database = Inside::of(project);
  const auto known = knownFiles(database);
  std::uint64_t hash = 0;
  for (const auto& image : images) {
    const auto found = data::hasPicture(image) ? known.find(database.toStored(image.file)) : known.end();
    const FileStamp stamp = found == known.end() ? FileStamp{} : found->second;
    hash = mixSeed(mixSeed(hash, static_cast<std::uint64_t>(stamp.size)),
                   static_cast<std::uint64_t>(stamp.hash));
  }
  return hash;
}

void rememberFiles(Database& database, const std::set<std::string>& files) {
  const auto looked = lookAtAll(database, files, nullptr);
  std::vector<Looked> fresh;  // others are left for checkFiles() to notice
  for (const Looked& file : looked)
    if (file.fresh) fresh.push_back(file);
  put(database.db, fresh);
}

std::vector<std::pair<std::string, std::string>> equalFiles(const Project& project) {
  const Database& database = Inside::of(project);
  std::set<std::string> used;
  for (const auto& row : project.samples())
    if (!row.removed() && row.parent < 0 && row.image.length == 0)
      used.insert(database.toStored(row.image.file));
  std::map<std::pair<std::int64_t, std::int64_t>, std::string> first;
  std::vector<std::pair<std::string, std::string>> pairs;
  const auto known = knownFiles(database);
  for (const auto& file : used) {
    const auto found = known.find(file);
    if (found == known.end() || found->second.hash == 0) continue;
    const auto [at, fresh] = first.emplace(std::pair(found->second.size, found->second.hash), file);
    if (!fresh) pairs.emplace_back(database.fromStored(file), database.fromStored(at->second));
  }
  return pairs;
}

namespace {
bool isComparison(const RunRow& run) {
  static const std::set<std::string> jobs = {"evaluate",  "sweep",  "identify", "compare",
                                             "templates", "slices", "aggregate"};
  return run.status == "done" && jobs.contains(run.job);
}

// The newest finished runs of the jobs that compare people, by number: pages and reports show these. Of
// slices they show the newest of each column.
std::set<std::string> newestComparisons(const std::vector<RunRow>& runs) {
  std::map<std::string, int> newest;
  for (const auto& run : runs) {
    if (!isComparison(run)) continue;
    std::string what = run.job;
    if (run.job == "slices") {
      const auto options = parseJson(run.options);
      what += '\n' + jsonText(options, "column") + '\n' + jsonText(options, "metadata");
    }
    newest[what] = run.id;
  }
  std::set<std::string> names;
  for (const auto& [what, id] : newest) names.insert(std::to_string(id));
  return names;
}

// Scores, selections and runs that knew other decisions than those of today.
void addDecided(const Project& project, std::vector<Stale>& parts) {
  const Database& database = Inside::of(project);
  if (!database.db.tableExists("decided")) return;
  const std::string today = decisionsToday(project);
  const std::set<std::string> newest = newestComparisons(project.runs());
  Reader row(database, "decided", "SELECT kind, name, decisions FROM decided ORDER BY kind, name");
  while (row.next()) {
    if (row.text(2) == today) continue;
    const std::string kind = row.text(0), name = row.text(1);
    if (kind == "run" && !newest.contains(name)) continue;
    const std::string why = "images or identities were left out, moved, merged or given another role since";
    const auto there = std::ranges::find_if(
        parts, [&](const Stale& part) { return part.kind == kind && part.name == name; });
    if (there == parts.end())
      parts.push_back({kind, name, why, {}});
    else
      there->why += "; " + why;
  }
}
}  // namespace

std::vector<int> olderRuns(const Project& project) {
  const Database& database = Inside::of(project);
  std::vector<int> older;
  if (!database.db.tableExists("decided")) return older;
  std::map<std::string, int> comparisons;
  for (const auto& run : project.runs())
    if (isComparison(run)) comparisons[std::to_string(run.id)] = run.id;
  const std::string today = decisionsToday(project);
  Reader row(database, "decided", "SELECT name, decisions FROM decided WHERE kind = 'run'");
  while (row.next())
    if (const auto found = comparisons.find(row.text(0)); found != comparisons.end() && row.text(1) != today)
      older.push_back(found->second);
  std::ranges::sort(older);
  return older;
}

std::vector<Stale> staleParts(const Project& project) {
  const Database& database = Inside::of(project);
  const bool old = database.db.tableExists("stale");  // schema 3
  std::vector<Stale> parts;
  if (!old && !database.db.tableExists("stale_parts")) return parts;
  std::map<std::pair<std::string, std::string>, std::map<std::string, std::vector<int>>> reasons;
  const int count = project.sampleCount();
  Reader row(database, old ? "stale" : "stale_parts",
             old ? "SELECT kind, name, -1, why FROM stale"
                 : "SELECT kind, name, sample, why FROM stale_parts ORDER BY kind, name, sample");
  while (row.next()) reasons[{row.text(0), row.text(1)}][row.text(3)].push_back(row.index(2, -1, count));
  for (const auto& [part, why] : reasons) {
    Stale stale{part.first, part.second, whyText(why), {}};
    for (const auto& [reason, samples] : why)
      std::ranges::copy_if(samples, std::back_inserter(stale.samples),
                           [](int sample) { return sample >= 0; });
    std::ranges::sort(stale.samples);
    parts.push_back(std::move(stale));
  }
  addDecided(project, parts);
  return parts;
}

std::vector<std::pair<int, std::string>> featureProblems(const Project& project,
                                                         const std::string& features) {
  const Database& database = Inside::of(project);
  std::vector<std::pair<int, std::string>> problems;
  if (!database.db.tableExists("feature_problems")) return problems;
  const int count = project.sampleCount();
  Reader row(database, fmt::format("feature_problems of '{}'", features),
             "SELECT sample, problem FROM feature_problems WHERE features = ? ORDER BY sample", features);
  while (row.next()) problems.emplace_back(row.index(0, 0, count), row.text(1));
  return problems;
}

void putFeatureProblems(Project& project, const std::string& features,
                        const std::vector<std::pair<int, std::string>>& problems) {
  Database& database = Inside::of(project);
  database.change([&] {
    SQLite::Statement clear(database.db, "DELETE FROM feature_problems WHERE features = ?");
    clear.bind(1, features);
    clear.exec();
    SQLite::Statement insert(database.db, "INSERT INTO feature_problems VALUES(?,?,?)");
    for (const auto& [sample, problem] : problems) {
      insert.reset();
      insert.bind(1, features);
      insert.bind(2, sample);
      insert.bind(3, problem);
      insert.exec();
    }
  });
}

Moved findMoved(const Project& project, const data::Dataset& dataset) {
  const Database& database = Inside::of(project);
  const auto identities = project.identities();
  const auto known = knownFiles(database);
  const auto keyOf = [](const std::string& identity, const data::ImageRef& image) {
    return fmt::format("{}\n{}\n{}\n{}", identity, fs::path(image.file).filename().string(), image.offset,
                       image.length);
  };
  std::unordered_map<std::string, std::string> there;
  std::set<std::string> paths;
  for (const auto& row : project.samples()) {
    if (row.removed() || row.identity < 0 || row.parent >= 0 || !data::hasPicture(row.image)) continue;
    const auto& identity = identities[static_cast<std::size_t>(row.identity)];
    if (identity.set != dataset.name) continue;
    there.emplace(keyOf(identity.name, row.image), row.image.file);
    paths.insert(pathKey(row.image.file));
  }
  Moved moved;
  if (there.empty()) return moved;
  for (const auto& sample : dataset.samples) {
    if (sample.identity < 0 || !data::hasPicture(sample.image) || paths.contains(pathKey(sample.image.file)))
      continue;
    const auto found =
        there.find(keyOf(dataset.identities[static_cast<std::size_t>(sample.identity)], sample.image));
    if (found == there.end()) continue;
    const bool gone = !statOf(found->second);
    const auto before = known.find(database.toStored(found->second));
    const auto now = statOf(sample.image.file);
    const bool same = before == known.end() || !now
                          ? gone
                          : before->second.size == now->size &&
                                before->second.hash == hashOfEnds(sample.image.file, now->size);
    if (!same) continue;
    if (moved.images++ == 0) {
      moved.from = found->second;
      moved.to = sample.image.file;
    }
    moved.gone += gone ? 1 : 0;
  }
  return moved;
}

std::string pathKey(const std::string& file) {
  // A folder that is reached through a link is the folder; a file that is a link stays one.
  static thread_local std::pair<fs::path, fs::path> last;
  const fs::path path(file);
  if (path.parent_path() != last.first || last.second.empty()) {
    std::error_code none;
    const fs::path real = fs::canonical(path.parent_path(), none);
    last = {path.parent_path(), none ? path.parent_path() : real};
  }
  return (last.second / path.filename()).string();
}

}  // namespace discern::project
