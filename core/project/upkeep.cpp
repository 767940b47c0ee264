#include "core/project/upkeep.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/project/impl.h"

namespace discern::project {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

template <typename... Values>
void run(SQLite::Database& db, const std::string& sql, const Values&... values) {
  SQLite::Statement statement(db, sql);
  int index = 0;
  (statement.bind(++index, values), ...);
  statement.exec();
}

std::vector<std::string> namesOfRows(const auto& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.push_back(row.name);
  return names;
}

void requireEntry(const Project& project, Entry entry, const std::string& name) {
  const auto there = entriesOf(project, entry);
  if (std::ranges::find(there, name) != there.end()) return;
  failField("name", name, "is no {} of this project; {}", nameOf(entry),
            there.empty() ? "there is none" : fmt::format("there is: {}", fmt::join(there, ", ")));
}

// Where a table keeps the names of an entry, and where others speak of them.
struct Column {
  const char *table, *column, *condition;
};
std::vector<Column> columnsOf(Entry entry) {
  switch (entry) {
    case Entry::Set:
      return {{"identities", "set_name", ""}};
    case Entry::Features:
      return {{"feature_tables", "name", ""},
              {"feature_problems", "features", ""},
              {"score_tables", "features", " AND method <> 'ddnet'"},
              {"selections", "features", ""},
              {"maps", "features", ""}};
    case Entry::Scores:
      return {{"score_tables", "name", ""}, {"scores", "score_table", ""}};
    case Entry::Protocol:
      return {{"protocols", "name", ""},
              {"templates", "protocol", ""},
              {"template_samples", "protocol", ""},
              {"pairs", "protocol", ""}};
    case Entry::Network:
      return {{"models", "name", ""}, {"score_tables", "features", " AND method = 'ddnet'"}};
    case Entry::Selection:
      return {{"selections", "name", ""}, {"selection_samples", "selection", ""}};
    case Entry::Map:
      return {{"maps", "name", ""}};
    case Entry::Run:
      return {};
  }
  return {};
}

// Settings whose key ends in the name, whose value is it, and members of the operating point.
struct Mentions {
  std::vector<const char*> keys, values, point;
};
Mentions mentionsOf(Entry entry) {
  switch (entry) {
    case Entry::Features:
      return {{"feature_model/", "feature_kept/"}, {"feature_table"}, {"features"}};
    case Entry::Scores:
      return {{"score_model/", "score_options/", "score_cost/"}, {"score_table"}, {"scores", "weights"}};
    case Entry::Protocol:
      return {{}, {"protocol"}, {"protocol"}};
    case Entry::Selection:
      return {{}, {"selection/name"}, {}};
    case Entry::Map:
      return {{}, {"selection/map"}, {}};
    default:
      return {};
  }
}

const char* staleKind(Entry entry) {
  switch (entry) {
    case Entry::Features:
      return "features";
    case Entry::Scores:
      return "scores";
    case Entry::Selection:
      return "selection";
    case Entry::Map:
      return "map";
    case Entry::Run:
      return "run";
    default:
      return "";
  }
}

// Files of a project that are called after an entry, with the ends of their names.
std::vector<std::pair<fs::path, std::string>> filesOf(const Project& project, Entry entry,
                                                      const std::string& name) {
  std::vector<std::pair<fs::path, std::string>> found;
  const auto add = [&](const char* folder, std::initializer_list<const char*> ends) {
    for (const char* end : ends)
      if (const fs::path file = project.folder() / folder / (name + end); fs::is_regular_file(file))
        found.emplace_back(file, end);
  };
  if (entry == Entry::Features) add("features", {".npy", ".npy.part", ".npy.part.json"});
  if (entry == Entry::Map) add("maps", {".npy"});
  if (entry == Entry::Network)
    add("checkpoints", {".safetensors", ".safetensors.state", ".json", ".pt", ".pt.state", ".copies.npy",
                        ".copies.npy.list", "-pool.copies.npy", "-pool.copies.npy.list"});
  return found;
}

// The maps of what a network looks at (results/explained.h); need not be there.
fs::path explainedBy(const Project& project, const std::string& network) {
  return project.folder() / "explained" / network;
}

// As the database spells the file of a network.
std::vector<std::string> networkFiles(const std::string& name) {
  return {"checkpoints/" + name + ".safetensors", "checkpoints/" + name + ".json",
          "checkpoints/" + name + ".pt"};
}

void mention(const Project& project, SQLite::Database& db, Entry entry, const std::string& from,
             const std::string& to) {
  const Mentions mentions = mentionsOf(entry);
  for (const char* key : mentions.keys)
    run(db, "UPDATE OR REPLACE settings SET key = ? WHERE key = ?", key + to, key + from);
  for (const char* key : mentions.values)
    run(db, "UPDATE settings SET value = ? WHERE key = ? AND value = ?", to, std::string(key), from);
  if (const auto stored = project.setting("operating_point"); stored && !mentions.point.empty()) {
    json point = parseJson(*stored);
    for (const char* member : mentions.point)
      if (point.is_object() && point.contains(member) && point[member] == from) point[member] = to;
    run(db, "UPDATE settings SET value = ? WHERE key = 'operating_point'", point.dump());
  }
}

void requireUnused(const Project& project, Entry entry, const std::string& name) {
  std::vector<std::string> users;
  for (const auto& made : madeOf(project, entry, name))
    users.push_back(fmt::format("{} '{}'", nameOf(made.entry), made.name));
  if (!users.empty())
    failField("name", name, "{} made of these {}; remove {} first",
              users.size() == 1 ? users[0] + " is" : fmt::format("{} are", fmt::join(users, ", ")),
              nameOf(entry), users.size() == 1 ? "it" : "them");
}

// The images leave: rows of theirs in files are NaN, and nothing else in the database knows their numbers.
void removeSet(Project& project, const std::string& set) {
  Database& database = Inside::of(project);
  const auto identities = project.identities();
  const auto samples = project.samples();
  std::vector<bool> leaves(samples.size());
  for (const auto& row : samples)
    leaves[static_cast<std::size_t>(row.id)] =
        (row.identity >= 0 && identities[static_cast<std::size_t>(row.identity)].set == set) ||
        (row.parent >= 0 && leaves[static_cast<std::size_t>(row.parent)]);
  const auto clear = [&](const fs::path& file) {
    std::error_code none;
    if (!fs::exists(file, none)) return;
    data::MappedNpy values(file, data::MappedNpy::Mode::ReadWrite);
    for (std::int64_t i = 0; i < values.view().rows; ++i)
      if (leaves[static_cast<std::size_t>(i)])
        std::ranges::fill(values.row(i), std::numeric_limits<float>::quiet_NaN());
    values.flush();
  };
  std::vector<data::Protocol> protocols;  // without them
  for (const auto& name : project.protocols()) {
    data::Protocol protocol = project.protocol(name), kept{name, {}, {}, protocol.folds};
    std::vector<int> to(protocol.templates.size(), -1);
    for (std::size_t t = 0; t < protocol.templates.size(); ++t) {
      auto& one = protocol.templates[t];
      const bool wasEmpty = one.samples.empty();
      std::erase_if(one.samples, [&](int s) { return leaves[static_cast<std::size_t>(s)]; });
      if (one.samples.empty() && !wasEmpty) continue;
      to[t] = static_cast<int>(kept.templates.size());
      kept.templates.push_back(std::move(one));
    }
    for (data::Pair pair : protocol.pairs) {
      pair.a = to[static_cast<std::size_t>(pair.a)];
      pair.b = to[static_cast<std::size_t>(pair.b)];
      if (pair.a >= 0 && pair.b >= 0) kept.pairs.push_back(pair);
    }
    data::closeFoldGaps(kept);
    protocols.push_back(std::move(kept));
  }
  database.change([&] {
    SQLite::Statement empty(
        database.db,
        "UPDATE samples SET identity = -1, file = '', offset = 0, length = 0, landmarks = NULL, "
        "crop = NULL, media = '', nuisance = '', problem = 'its set was removed' WHERE id = ?");
    std::vector<SQLite::Statement> others;
    for (const char* table : {"scores", "selection_samples", "feature_problems", "moments"})
      others.emplace_back(database.db, fmt::format("DELETE FROM {} WHERE sample = ?", table));
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      if (!leaves[i]) continue;
      for (auto* statement : {&empty, &others[0], &others[1], &others[2], &others[3]}) {
        statement->reset();
        statement->bind(1, static_cast<int>(i));
        statement->exec();
      }
    }
    for (const auto& protocol : protocols) {
      writeProtocol(database.db, protocol);
      if (!protocol.templates.empty()) continue;
      run(database.db, "DELETE FROM protocols WHERE name = ?", protocol.name);
    }
    run(database.db, "DELETE FROM files WHERE file NOT IN (SELECT file FROM samples)");
  });
  for (const auto& row : project.featureTables()) clear(project.featureFile(row.name));
  for (const auto& name : project.maps()) clear(project.folder() / "maps" / (name + ".npy"));
}

// Where `file` may be: below `to`, by as many of its last names as `depth` says.
fs::path placeOf(const fs::path& file, int depth, const fs::path& to) {
  fs::path below = file.filename(), rest = file.parent_path();
  for (; depth > 1 && rest.has_filename(); --depth, rest = rest.parent_path())
    below = rest.filename() / below;
  return to / below;
}

}  // namespace

std::vector<std::string> entriesOf(const Project& project, Entry entry) {
  switch (entry) {
    case Entry::Set: {
      std::vector<std::string> names;  // of a removed one the identities stay, without images
      const auto identities = project.identities();
      for (const auto& row : project.samples())
        if (row.identity >= 0)
          if (const auto& set = identities[static_cast<std::size_t>(row.identity)].set;
              std::ranges::find(names, set) == names.end())
            names.push_back(set);
      return names;
    }
    case Entry::Features:
      return namesOfRows(project.featureTables());
    case Entry::Scores:
      return project.scoreTables();
    case Entry::Protocol:
      return project.protocols();
    case Entry::Network:
      return namesOfRows(project.models());
    case Entry::Selection:
      return project.selections();
    case Entry::Map:
      return project.maps();
    case Entry::Run: {
      std::vector<std::string> names;
      for (const auto& row : project.runs()) names.push_back(std::to_string(row.id));
      return names;
    }
  }
  return {};
}

std::vector<Made> madeOf(const Project& project, Entry entry, const std::string& name) {
  std::vector<Made> made;
  const Database& database = Inside::of(project);
  const auto ask = [&](Entry what, const char* table, const char* condition, const std::string& value) {
    if (!database.db.tableExists(table)) return;  // of an older version, which is only read
    SQLite::Statement query(database.db, fmt::format("SELECT name FROM {} WHERE {}", table, condition));
    query.bind(1, value);
    while (query.executeStep()) made.push_back({what, query.getColumn(0).getString()});
  };
  if (entry == Entry::Features) {
    ask(Entry::Scores, "score_tables", "features = ? AND method <> 'ddnet'", name);
    ask(Entry::Selection, "selections", "features = ?", name);
    ask(Entry::Map, "maps", "features = ?", name);
  }
  if (entry == Entry::Network) {
    ask(Entry::Scores, "score_tables", "features = ? AND method = 'ddnet'", name);
    for (const auto& file : networkFiles(name)) ask(Entry::Features, "feature_tables", "model = ?", file);
  }
  return made;
}

void renameEntry(Project& project, Entry entry, const std::string& from, const std::string& to) {
  if (entry == Entry::Run) fail("runs are known by their numbers, which stay as they are");
  requireEntry(project, entry, from);
  if (entry == Entry::Protocol && to.find('/') != std::string::npos)
    requireFileName("to", to.substr(0, to.find('/')));
  else
    requireFileName("to", to);
  const auto there = entry == Entry::Set ? project.sets() : entriesOf(project, entry);
  if (std::ranges::find(there, to) != there.end())
    failField("to", to, "is the name of another {} of this project; choose a free one", nameOf(entry));
  if (entry == Entry::Network && project.featureTable(to))
    failField("to", to, "is the name of features of this project; choose another name for the network");
  Database& database = Inside::of(project);
  const auto files = filesOf(project, entry, from);
  // Both names are there until the database knows the new one.
  for (const auto& [file, end] : files) {
    const fs::path link = file.parent_path() / (to + end);
    std::error_code failure;
    fs::remove(link, failure);
    fs::create_hard_link(file, link, failure);
    if (failure) fs::copy_file(file, link);  // a disk without links
  }
  database.change([&] {
    for (const auto& [table, column, condition] : columnsOf(entry))
      run(database.db, fmt::format("UPDATE {0} SET {1} = ? WHERE {1} = ?{2}", table, column, condition), to,
          from);
    run(database.db, "UPDATE OR REPLACE stale_parts SET name = ? WHERE kind = ? AND name = ?", to,
        std::string(staleKind(entry)), from);
    run(database.db, "UPDATE OR REPLACE decided SET name = ? WHERE kind = ? AND name = ?", to,
        std::string(staleKind(entry)), from);
    if (entry == Entry::Network)
      for (std::size_t i = 0; i < networkFiles(from).size(); ++i) {
        run(database.db, "UPDATE models SET file = ? WHERE file = ?", networkFiles(to)[i],
            networkFiles(from)[i]);
        run(database.db, "UPDATE feature_tables SET model = ? WHERE model = ?", networkFiles(to)[i],
            networkFiles(from)[i]);
      }
    mention(project, database.db, entry, from, to);
  });
  std::error_code none;
  for (const auto& [file, end] : files) fs::remove(file, none);
  if (entry == Entry::Network) fs::rename(explainedBy(project, from), explainedBy(project, to), none);
}

void removeEntry(Project& project, Entry entry, const std::string& name) {
  requireEntry(project, entry, name);
  requireUnused(project, entry, name);
  if (entry == Entry::Set) return removeSet(project, name);
  Database& database = Inside::of(project);
  const auto files = filesOf(project, entry, name);
  if (entry == Entry::Run)
    for (const auto& row : project.runs())
      if (std::to_string(row.id) == name && row.status == "running")
        failField("name", name, "is running; stop it first");
  database.change([&] {
    if (entry == Entry::Run) {
      run(database.db, "DELETE FROM metrics WHERE run = ?", std::stoi(name));
      run(database.db, "DELETE FROM runs WHERE id = ?", std::stoi(name));
    }
    for (const auto& [table, column, condition] : columnsOf(entry))
      run(database.db, fmt::format("DELETE FROM {} WHERE {} = ?{}", table, column, condition), name);
    for (const char* table : {"stale_parts", "decided"})
      run(database.db, fmt::format("DELETE FROM {} WHERE kind = ? AND name = ?", table),
          std::string(staleKind(entry)), name);
    for (const char* key : mentionsOf(entry).keys)
      run(database.db, "DELETE FROM settings WHERE key = ?", key + name);
  });
  std::error_code none;
  for (const auto& [file, end] : files) fs::remove(file, none);
  if (entry == Entry::Network) fs::remove_all(explainedBy(project, name), none);
}

Repointed repoint(Project& project, const std::string& set, const fs::path& given) {
  requireEntry(project, Entry::Set, set);
  const fs::path to = fs::absolute(given).lexically_normal();
  std::error_code none;
  if (!fs::exists(to, none))
    failField("to", given.string(), "does not exist; where the images are now was expected");
  Database& database = Inside::of(project);
  const auto identities = project.identities();
  std::map<std::string, std::vector<int>> of;  // by path
  for (const auto& row : project.samples())
    if (row.identity >= 0 && identities[static_cast<std::size_t>(row.identity)].set == set)
      of[row.image.file].push_back(row.id);
  const auto placed = [&](const std::string& file, int depth) {
    return fs::is_regular_file(to, none) && of.size() == 1 ? to : placeOf(file, depth, to);
  };
  int best = 1;
  std::size_t most = 0;
  constexpr int kDeepest = 8;
  for (int depth = 1; depth <= kDeepest; ++depth) {
    const auto hits = static_cast<std::size_t>(std::ranges::count_if(
        of, [&](const auto& entry) { return fs::is_regular_file(placed(entry.first, depth), none); }));
    if (hits > most) best = depth, most = hits;
  }
  if (most == 0)
    failField("to", given.string(),
              "none of the {} files of the set '{}' is there under the same name, such as {}", of.size(), set,
              of.begin()->first);
  Repointed result;
  database.change([&] {
    SQLite::Statement move(database.db, "UPDATE samples SET file = ?, length = max(length, 0) WHERE id = ?");
    SQLite::Statement know(database.db, "UPDATE OR REPLACE files SET file = ? WHERE file = ?");
    for (const auto& [file, ids] : of) {
      const fs::path now = placed(file, best);
      if (!fs::is_regular_file(now, none)) {
        result.missing.push_back(file);
        continue;
      }
      const std::string stored = database.toStored(now.string());
      ++result.files;
      for (const int id : ids) {
        move.reset();
        move.bind(1, stored);
        move.bind(2, id);
        move.exec();
        ++result.samples;
      }
      know.reset();
      know.bind(1, stored);
      know.bind(2, database.toStored(file));
      know.exec();
    }
  });
  return result;
}

}  // namespace discern::project
