#include "core/project/decisions.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/rng.h"
#include "core/project/decision_parts.h"
#include "core/project/impl.h"
#include "core/project/pairs.h"
#include "core/project/reader.h"

namespace discern::project {
namespace {
using nlohmann::json;

enum State { Stands = 0, Undone = 1, Replaced = 2 };
constexpr int kContinueSeconds = 60;

std::vector<std::string> tagsOf(const Reader& row, const json& list) {
  std::vector<std::string> tags;
  try {
    for (const auto& tag : list) tags.push_back(tag.get<std::string>());
  } catch (const json::exception&) {
    row.bad("tags are not a list of words");
  }
  return tags;
}

json jsonOf(const Mark& mark) {
  return {{"left_out", static_cast<int>(mark.leftOut)},
          {"moved_to", mark.movedTo},
          {"verdict", static_cast<int>(mark.verdict)},
          {"tags", mark.tags},
          {"note", mark.note}};
}
json jsonOf(const Standing& standing) {
  return {{"role", static_cast<int>(standing.role)},
          {"excluded", standing.excluded},
          {"merged_into", standing.mergedInto}};
}

// Of a value that a project from elsewhere may hold.
template <class Enum>
Enum enumOf(const Reader& row, const json& value, Enum last) {
  if (!value.is_number_integer() || value < 0 || value > static_cast<int>(last))
    row.bad("a decision in it is none that this version knows");
  return static_cast<Enum>(value.get<int>());
}
int identityOf(const Reader& row, const json& value, int count) {
  if (!value.is_number_integer() || value < -1 || value >= count)
    row.bad("a decision in it names an identity that is not there");
  return value.get<int>();
}

Mark markOf(const Reader& row, const std::string& text, int identities) {
  try {
    const json value = parseJson(text);
    return {enumOf(row, value.at("left_out"), LeftOut::Everything),
            identityOf(row, value.at("moved_to"), identities),
            enumOf(row, value.at("verdict"), Verdict::Unsure), tagsOf(row, value.at("tags")),
            value.at("note").get<std::string>()};
  } catch (const json::exception&) {
    row.bad("a decision in it cannot be read");
  }
}
Standing standingFrom(const Reader& row, const std::string& text, int identities) {
  try {
    const json value = parseJson(text);
    return {enumOf(row, value.at("role"), Role::Pool), value.at("excluded").get<bool>(),
            identityOf(row, value.at("merged_into"), identities)};
  } catch (const json::exception&) {
    row.bad("a decision in it cannot be read");
  }
}

bool hasTables(const Database& database) { return database.db.tableExists("decisions"); }

void requireTables(const Database& database) {
  if (!hasTables(database))
    fail(
        "{}: was written by an older Discern; bring it up to date with a job that writes to it, such as "
        "refresh",
        database.folder.string());
}

void writeMark(SQLite::Database& db, int sample, const Mark& mark) {
  if (mark == Mark()) {
    SQLite::Statement clear(db, "DELETE FROM marks WHERE sample = ?");
    clear.bind(1, sample);
    clear.exec();
    return;
  }
  SQLite::Statement put(db, "INSERT OR REPLACE INTO marks VALUES(?,?,?,?,?,?)");
  put.bind(1, sample);
  put.bind(2, static_cast<int>(mark.leftOut));
  put.bind(3, mark.movedTo);
  put.bind(4, static_cast<int>(mark.verdict));
  put.bind(5, json(mark.tags).dump());
  put.bind(6, mark.note);
  put.exec();
}

void writeStanding(SQLite::Database& db, int identity, const Standing& standing) {
  SQLite::Statement put(db, "UPDATE identities SET role = ?, excluded = ?, merged_into = ? WHERE id = ?");
  put.bind(1, static_cast<int>(standing.role));
  put.bind(2, standing.excluded ? 1 : 0);
  put.bind(3, standing.mergedInto);
  put.bind(4, identity);
  put.exec();
}

// Sample or identity, before and after.
struct Rows {
  const char *table, *subject;
};
constexpr Rows kMarks{"decision_marks", "sample"}, kIdentities{"decision_identities", "identity"};

template <class Value>
struct Was {
  int subject;
  Value before, after;
};

template <class Value, class Parse>
std::vector<Was<Value>> read(const Database& database, Rows rows, int decision, int subjects, Parse&& parse) {
  std::vector<Was<Value>> found;
  Reader row(database, rows.table,
             fmt::format("SELECT {1}, before, after FROM {0} WHERE decision = ? ORDER BY {1}", rows.table,
                         rows.subject),
             std::to_string(decision));
  while (row.next())
    found.push_back({row.index(0, 0, subjects), parse(row, row.text(1)), parse(row, row.text(2))});
  return found;
}

std::vector<Was<Mark>> marksOf(const Project& project, int decision) {
  const int identities = identityCount(Inside::of(project));
  return read<Mark>(
      Inside::of(project), kMarks, decision, project.sampleCount(),
      [&](const Reader& row, const std::string& text) { return markOf(row, text, identities); });
}
std::vector<Was<Standing>> standingsOf(const Project& project, int decision) {
  const int identities = identityCount(Inside::of(project));
  return read<Standing>(
      Inside::of(project), kIdentities, decision, identities,
      [&](const Reader& row, const std::string& text) { return standingFrom(row, text, identities); });
}

template <class Value>
void write(SQLite::Database& db, Rows rows, int decision, const std::vector<Was<Value>>& changes) {
  SQLite::Statement insert(db, fmt::format("INSERT OR REPLACE INTO {} VALUES(?,?,?,?)", rows.table));
  for (const auto& change : changes) {
    insert.reset();
    insert.bind(1, decision);
    insert.bind(2, change.subject);
    insert.bind(3, jsonOf(change.before).dump());
    insert.bind(4, jsonOf(change.after).dump());
    insert.exec();
  }
}

void setState(SQLite::Database& db, int decision, State state) {
  SQLite::Statement put(db, "UPDATE decisions SET state = ? WHERE id = ?");
  put.bind(1, static_cast<int>(state));
  put.bind(2, decision);
  put.exec();
}

// What of a change is one.
std::vector<Was<Mark>> realMarks(const Project& project, const Change& change,
                                 const std::vector<IdentityRow>& people) {
  std::map<int, Mark> now;
  for (auto& [sample, mark] : marks(project)) now.emplace(sample, std::move(mark));
  const int count = project.sampleCount();
  SQLite::Statement own(Inside::of(project).db, "SELECT identity FROM samples WHERE id = ?");
  std::vector<Was<Mark>> changes;
  for (const auto& [sample, wanted] : change.marks) {
    if (sample < 0 || sample >= count) fail("there is no image number {} in this project", sample);
    Mark after = wanted;
    std::ranges::sort(after.tags);
    after.tags.erase(std::unique(after.tags.begin(), after.tags.end()), after.tags.end());
    if (after.movedTo >= std::ssize(people))
      fail("there is no identity number {} in this project", after.movedTo);
    if (after.movedTo >= 0) {
      own.reset();
      own.bind(1, sample);
      if (own.executeStep() && own.getColumn(0).getInt() == after.movedTo) after.movedTo = -1;
    }
    const auto before = now.find(sample);
    const Mark was = before == now.end() ? Mark() : before->second;
    if (after.movedTo >= 0 && after.movedTo != was.movedTo) {
      const auto& target = people[static_cast<std::size_t>(after.movedTo)];
      if (target.excluded || target.mergedInto >= 0)
        fail("{}: is {}; move images to an identity that counts", target.name,
             target.excluded ? "excluded" : "merged into another");
    }
    if (after == was) continue;
    changes.push_back({sample, was, after});
    now[sample] = after;
  }
  return changes;
}

std::vector<Was<Standing>> realStandings(const Change& change, std::vector<IdentityRow> people) {
  std::vector<Was<Standing>> changes;
  for (const auto& [id, after] : change.identities) {
    if (id < 0 || id >= std::ssize(people) || after.mergedInto >= std::ssize(people))
      fail("there is no identity number {} in this project", std::max(id, after.mergedInto));
    auto& row = people[static_cast<std::size_t>(id)];
    const Standing before = standingOf(row);
    if (before == after) continue;
    changes.push_back({id, before, after});
    row.role = after.role;
    row.excluded = after.excluded;
    row.mergedInto = after.mergedInto;
  }
  for (const auto& row : people)
    if (row.mergedInto == row.id ||
        (row.mergedInto >= 0 && people[static_cast<std::size_t>(row.mergedInto)].mergedInto >= 0))
      fail("{}: cannot be merged into an identity that is merged itself", row.name);
  return changes;
}

// A row of decisions that stands, or `earlier` with this time; what was undone before can be made again no
// more.
int newDecision(SQLite::Database& db, const std::string& what, int earlier = -1) {
  SQLite::Statement clear(db, "UPDATE decisions SET state = ? WHERE state = ?");
  clear.bind(1, static_cast<int>(Replaced));
  clear.bind(2, static_cast<int>(Undone));
  clear.exec();
  SQLite::Statement put(db, earlier >= 0 ? "UPDATE decisions SET time = ?, what = ?, state = ? WHERE id = ?"
                                         : "INSERT INTO decisions(time, what, state) VALUES(?,?,?)");
  put.bind(1, utcNow());
  put.bind(2, what);
  put.bind(3, static_cast<int>(Stands));
  if (earlier >= 0) put.bind(4, earlier);
  put.exec();
  return earlier >= 0 ? earlier : static_cast<int>(db.getLastInsertRowid());
}

// The decision that a change goes on with; -1: none.
int continued(const Project& project, const Change& change, const std::vector<Was<Mark>>& marks) {
  if (!change.continues || !change.identities.empty()) return -1;
  const auto all = history(project);
  if (redoable(all)) return -1;
  const Decision* newest = undoable(all);
  if (!newest || newest->what != change.what || newest->images != std::ssize(marks)) return -1;
  Reader age(
      Inside::of(project), "decisions",
      fmt::format("SELECT id, time > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-{} seconds') FROM decisions "
                  "WHERE id = ?",
                  kContinueSeconds),
      std::to_string(newest->id));
  if (!age.next() || age.whole(1, 0, 1) == 0) return -1;
  const auto before = marksOf(project, newest->id);
  return std::ranges::equal(before, marks, {}, &Was<Mark>::subject, &Was<Mark>::subject) ? newest->id : -1;
}

Decision decisionOf(const Project& project, int id) {
  for (auto& one : history(project))
    if (one.id == id) return one;
  fail("there is no decision number {} in this project", id);
}

// Takes the newest standing one back, or makes the oldest undone one again.
std::optional<Decision> step(Project& project, bool back) {
  Database& database = Inside::of(project);
  requireTables(database);
  std::optional<Decision> done;
  database.change([&] {
    const auto all = history(project);
    const Decision* next = back ? undoable(all) : redoable(all);
    if (!next) return;
    for (const auto& was : marksOf(project, next->id))
      writeMark(database.db, was.subject, back ? was.before : was.after);
    for (const auto& was : standingsOf(project, next->id))
      writeStanding(database.db, was.subject, back ? was.before : was.after);
    setState(database.db, next->id, back ? Undone : Stands);
    done = *next;
    done->undone = back;
  });
  return done;
}

}  // namespace

Project openForDecisions(const std::filesystem::path& folder) {
  auto project = Project::open(folder, Project::Mode::Read);
  if (hasTables(Inside::of(project))) return project;
  Project::open(folder, Project::Mode::Write);
  return Project::open(folder, Project::Mode::Read);
}

std::vector<std::pair<int, Mark>> marks(const Project& project) {
  const Database& database = Inside::of(project);
  if (!hasTables(database)) return {};
  const int samples = project.sampleCount(), identities = identityCount(database);
  std::vector<std::pair<int, Mark>> found;
  Reader row(database, "marks",
             "SELECT sample, left_out, moved_to, verdict, tags, note FROM marks ORDER BY sample");
  while (row.next()) {
    Mark mark;
    mark.leftOut = static_cast<LeftOut>(row.index(1, 0, static_cast<int>(LeftOut::Everything) + 1));
    mark.movedTo = row.index(2, -1, identities);
    mark.verdict = static_cast<Verdict>(row.index(3, 0, static_cast<int>(Verdict::Unsure) + 1));
    mark.tags = tagsOf(row, parseJson(row.json(4)));
    mark.note = row.text(5);
    found.emplace_back(row.index(0, 0, samples), std::move(mark));
  }
  return found;
}

void applyMarks(std::vector<SampleRow>& samples, const std::vector<std::pair<int, Mark>>& marks) {
  auto mark = marks.begin();
  for (SampleRow& row : samples) {  // parents come before their copies
    const SampleRow* parent = row.parent >= 0 ? &samples[static_cast<std::size_t>(row.parent)] : nullptr;
    row.leftOut = parent != nullptr ? parent->leftOut : LeftOut::Nothing;
    row.movedTo = parent != nullptr ? parent->movedTo : -1;
    if (mark != marks.end() && mark->first == row.id) {
      if (mark->second.leftOut != LeftOut::Nothing) row.leftOut = mark->second.leftOut;
      if (mark->second.movedTo >= 0) row.movedTo = mark->second.movedTo;
      ++mark;
    }
    if (row.removed()) {  // with its set: whatever was decided about it
      row.leftOut = LeftOut::Nothing;
      row.movedTo = -1;
    }
  }
}

std::string workDone(const Project& project) {
  const Database& database = Inside::of(project);
  if (!hasTables(database)) return {};
  SQLite::Statement row(
      database.db,
      "SELECT (SELECT count(*) FROM runs WHERE status = 'running'), (SELECT count(*) FROM runs), (SELECT "
      "coalesce(max(id), -1) FROM runs), (SELECT coalesce(max(id), -1) FROM samples), (SELECT "
      "coalesce(max(revision), 0) FROM score_tables), (SELECT count(*) FROM score_tables)");
  if (!row.executeStep() || row.getColumn(0).getInt64() != 0) return {};  // at work: anything may change
  std::string text;
  for (int column = 1; column < row.getColumnCount(); ++column)
    text += row.getColumn(column).getString() + ' ';
  return text;
}

std::map<int, std::string> markTimes(const Project& project) {
  const Database& database = Inside::of(project);
  std::map<int, std::string> times;
  if (!hasTables(database)) return times;
  const int samples = project.sampleCount();
  Reader row(database, "decision_marks",
             "SELECT sample, max(time) FROM decision_marks JOIN decisions ON id = decision WHERE state = 0 "
             "GROUP BY sample");
  while (row.next()) times.emplace(row.index(0, 0, samples), row.text(1));
  return times;
}

std::vector<Decision> history(const Project& project) {
  const Database& database = Inside::of(project);
  if (!hasTables(database)) return {};
  std::vector<Decision> list;
  Reader row(database, "decisions",
             "SELECT id, time, what, state, (SELECT count(*) FROM decision_marks WHERE decision = id), "
             "(SELECT count(*) FROM decision_identities WHERE decision = id) FROM decisions ORDER BY id");
  constexpr auto kMost = std::numeric_limits<std::int32_t>::max();
  while (row.next()) {
    Decision one;
    one.id = row.index(0, 0, kMost);
    one.time = row.text(1);
    one.what = row.text(2);
    const auto state = row.index(3, Stands, Replaced + 1);
    one.undone = state != Stands;
    one.replaced = state == Replaced;
    one.images = row.whole(4, 0, kMost);
    one.people = row.whole(5, 0, kMost);
    list.push_back(std::move(one));
  }
  return list;
}

const Decision* undoable(const std::vector<Decision>& history) {
  for (auto at = history.rbegin(); at != history.rend(); ++at)
    if (!at->undone) return &*at;
  return nullptr;
}

const Decision* redoable(const std::vector<Decision>& history) {
  for (const auto& one : history)
    if (one.undone && !one.replaced) return &one;
  return nullptr;
}

std::optional<Decision> decide(Project& project, const Change& change) {
  Database& database = Inside::of(project);
  requireTables(database);
  int id = -1;
  database.change([&] {
    const auto people = project.identities();
    auto marksNow = realMarks(project, change, people);
    const auto standings = realStandings(change, people);
    if (marksNow.empty() && standings.empty()) return;
    const int earlier = continued(project, change, marksNow);
    if (earlier >= 0) {
      auto before = marksOf(project, earlier);
      for (std::size_t i = 0; i < marksNow.size(); ++i) marksNow[i].before = before[i].before;
    }
    id = newDecision(database.db, change.what, earlier);
    write(database.db, kMarks, id, marksNow);
    write(database.db, kIdentities, id, standings);
    for (const auto& was : marksNow) writeMark(database.db, was.subject, was.after);
    for (const auto& was : standings) writeStanding(database.db, was.subject, was.after);
  });
  if (id < 0) return std::nullopt;
  return decisionOf(project, id);
}

namespace {

std::string named(Deed deed, std::vector<std::string> names) {
  return textOf({{{deed, std::move(names)}}, 0});
}

// `set` changes each one's Standing&.
template <class Set>
std::optional<Decision> decideStanding(Project& project, const std::vector<int>& identities, Deed deed,
                                       Set&& set) {
  const auto rows = project.identities();
  Change change;
  change.what = textOf({{{deed, {}}}, std::ssize(identities)});
  for (const int id : identities) {
    if (id < 0 || id >= std::ssize(rows)) fail("there is no identity number {} in this project", id);
    Standing standing = standingOf(rows[static_cast<std::size_t>(id)]);
    set(standing);
    change.identities.emplace_back(id, standing);
  }
  return decide(project, change);
}

}  // namespace

std::optional<Decision> setRole(Project& project, const std::vector<int>& identities, Role role) {
  return decideStanding(project, identities, deedOf(role),
                        [role](Standing& standing) { standing.role = role; });
}

std::optional<Decision> setExcluded(Project& project, const std::vector<int>& identities, bool excluded) {
  return decideStanding(project, identities, excluded ? Deed::Exclude : Deed::TakeIdentitiesIn,
                        [excluded](Standing& standing) { standing.excluded = excluded; });
}

std::optional<Decision> mergeIdentities(Project& project, int from, int into) {
  if (from == into) fail("an identity cannot be merged into itself");
  const auto rows = project.identities();
  const auto find = [&](int id) -> const IdentityRow& {
    if (id < 0 || id >= std::ssize(rows)) fail("there is no identity number {} in this project", id);
    return rows[static_cast<std::size_t>(id)];
  };
  if (into >= 0) {
    // Chains are flattened: whoever pointed at `from` points at the end of the chain now.
    if (const int end = find(into).mergedInto; end >= 0) into = end;
    if (into == from) fail("these two identities are merged already");
  }
  Change change;
  change.what = into >= 0 ? named(Deed::Merge, {find(from).name, find(into).name})
                          : named(Deed::TakeMergeBack, {find(from).name});
  for (const auto& row : rows)
    if (row.id == from || (into >= 0 && row.mergedInto == from)) {
      Standing standing = standingOf(row);
      standing.mergedInto = into;
      change.identities.emplace_back(row.id, standing);
    }
  return decide(project, change);
}

// A pair is kept with its smaller identity, which stays who it is: its rows before and after say the same of
// it, and the latter what was decided about the pair. So undoing the decision is all that undo has to do.
PairVerdicts pairVerdicts(const Project& project) {
  const Database& database = Inside::of(project);
  PairVerdicts found;
  if (!hasTables(database)) return found;
  const int identities = identityCount(database);
  Reader row(
      database, "decision_identities",
      "SELECT identity, after FROM decision_identities JOIN decisions ON id = decision WHERE state = 0 AND "
      "after LIKE '%\"pair\"%' ORDER BY decision");
  while (row.next()) {
    const int first = row.index(0, 0, identities);
    const json value = parseJson(row.text(1));
    if (!value.is_object() || !value.contains("pair")) continue;
    const json& pair = value["pair"];
    if (!pair.is_array() || pair.size() != 2) row.bad("a decision in it cannot be read");
    const int other = identityOf(row, pair[0], identities);
    if (other <= first) row.bad("a decision in it names a pair that is none");
    if (const auto verdict = enumOf(row, pair[1], PairVerdict::Unsure); verdict == PairVerdict::None)
      found.erase({first, other});
    else
      found[{first, other}] = verdict;
  }
  return found;
}

std::optional<Decision> decidePair(Project& project, int a, int b, PairVerdict verdict) {
  Database& database = Inside::of(project);
  requireTables(database);
  const auto rows = project.identities();
  for (const int id : {a, b})
    if (id < 0 || id >= std::ssize(rows)) fail("there is no identity number {} in this project", id);
  const auto nameAt = [&](int id) { return rows[static_cast<std::size_t>(id)].name; };
  if (a == b) fail("{}: an identity is no pair with itself", nameAt(a));
  const int first = std::min(a, b), second = std::max(a, b);
  int id = -1;
  database.change([&] {
    const auto now = pairVerdicts(project);
    const auto was = now.find({first, second});
    if ((was == now.end() ? PairVerdict::None : was->second) == verdict) return;
    id = newDecision(database.db, named(deedOf(verdict), {nameAt(a), nameAt(b)}));
    const json before = jsonOf(standingOf(rows[static_cast<std::size_t>(first)]));
    json after = before;
    after["pair"] = {second, static_cast<int>(verdict)};
    SQLite::Statement insert(database.db, "INSERT INTO decision_identities VALUES(?,?,?,?)");
    insert.bind(1, id);
    insert.bind(2, first);
    insert.bind(3, before.dump());
    insert.bind(4, after.dump());
    insert.exec();
  });
  if (id < 0) return std::nullopt;
  return decisionOf(project, id);
}

std::optional<Decision> undo(Project& project) { return step(project, true); }
std::optional<Decision> redo(Project& project) { return step(project, false); }

std::string decisionsToday(const Project& project) {
  const Database& database = Inside::of(project);
  const Snapshot snapshot(database);
  std::uint64_t hash = 0;
  bool any = false;
  const auto add = [&](int kind, int subject, int value) {
    any = true;
    hash =
        mixSeed(mixSeed(mixSeed(hash, static_cast<std::uint64_t>(kind)), static_cast<std::uint64_t>(subject)),
                static_cast<std::uint64_t>(value));
  };
  for (const auto& [sample, mark] : marks(project)) {
    if (mark.leftOut != LeftOut::Nothing) add(0, sample, static_cast<int>(mark.leftOut));
    if (mark.movedTo >= 0) add(1, sample, mark.movedTo);
  }
  for (const auto& row : project.identities()) {
    if (row.excluded) add(2, row.id, 1);
    if (row.mergedInto >= 0) add(3, row.id, row.mergedInto);
  }
  if (hasTables(database)) {
    // A role is told by what it was before the first decision about it: an import says it, too.
    std::map<int, std::pair<Role, Role>> roles;
    const int identities = identityCount(database);
    Reader row(database, "decision_identities",
               "SELECT identity, before, after FROM decision_identities JOIN decisions ON id = decision "
               "WHERE state = 0 ORDER BY decision");
    while (row.next()) {
      const Role before = standingFrom(row, row.text(1), identities).role,
                 after = standingFrom(row, row.text(2), identities).role;
      roles.emplace(row.index(0, 0, identities), std::pair(before, after)).first->second.second = after;
    }
    for (const auto& [id, role] : roles)
      if (role.first != role.second) add(4, id, static_cast<int>(role.second));
  }
  return any ? fmt::format("{:016x}", hash) : "";
}

void keepDecided(SQLite::Database& db, const char* kind, const std::string& name,
                 const std::optional<std::string>& decisions) {
  if (!db.tableExists("decided")) return;  // of an older version, which nothing brought up to date yet
  SQLite::Statement put(db, decisions ? "INSERT OR REPLACE INTO decided VALUES(?,?,?)"
                                      : "DELETE FROM decided WHERE kind = ? AND name = ?");
  put.bind(1, kind);
  put.bind(2, name);
  if (decisions) put.bind(3, *decisions);
  put.exec();
}

}  // namespace discern::project
