// import, role, merge, exclude, info, protocol, export
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "app/commands.h"
#include "app/workbench_call.h"
#include "core/analysis/inventory.h"
#include "core/analysis/operating_point.h"
#include "core/analysis/roster.h"
#include "core/analysis/settings.h"
#include "core/base/field_error.h"
#include "core/base/json.h"
#include "core/jobs/data_jobs.h"
#include "core/jobs/import.h"
#include "core/pipeline/export.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/protocol.h"
#include "datasets/registry.h"
#include "datasets/rendering/set.h"

namespace discern::app {
namespace {
using nlohmann::json;
namespace fs = std::filesystem;

// Refuses what rendered faces do not ask for.
void checkRendered(const jobs::ImportOptions& o) {
  const auto& fields = jobs::importFields();
  if (o.format != "auto" && o.format != jobs::kRenderedFaces)
    failField("format", o.format, "synthetic-faces are rendered, not read from files; leave it out");
  for (const char* name : {"identities", "crop", "pairs", "option"})
    if (const std::string given = fields.text(o, name); !given.empty())
      failField(name, given, "synthetic-faces are rendered, not read from files; leave it out");
  if (o.load.dryRun)
    fail("synthetic-faces: there is nothing to preview, the images are rendered by the import");
}

data::Dataset readSource(const std::string& project, const jobs::ImportOptions& o, Progress& progress) {
  if (o.source != jobs::kRenderedFaces) return datasets::load(o.source, o.format, o.load, progress);
  checkRendered(o);
  const std::string set = o.load.name.empty() ? "synthetic" : o.load.name;
  const fs::path folder = fs::path(project) / "images" / set;
  if (fs::exists(folder) && !rendering::isMadeWith(folder, o.synthetic))
    failField("name", set,
              "{} does not hold faces rendered with these options; give the new ones another name",
              folder.string());
  auto dataset = fs::exists(folder) ? rendering::loadSyntheticFaces(folder)
                                    : rendering::generateSyntheticFaces(o.synthetic, folder, progress);
  dataset.name = set;
  return dataset;
}

// Those that were there before keep the role they have; "" when none has another one.
std::string otherRoles(const project::Project& project, const data::Dataset& set, project::Role role) {
  const std::set<std::string> names(set.identities.begin(), set.identities.end());
  std::map<std::string, int> others;
  for (const auto& row : project.identities())
    if (row.set == set.name && row.role != role && names.contains(row.name))
      ++others[project::toString(row.role)];
  std::string text;
  for (const auto& [other, count] : others)
    text += fmt::format("{}{} as {}", text.empty() ? "" : ", ", count, other);
  if (text.empty()) return text;
  return fmt::format(
      "role {0}: identities that were there already stay what they are ({1}); 'discern role {2} --set "
      "\"{3}\" --role {0}' changes them",
      project::toString(role), text, project.folder().string(), set.name);
}

Outcome importOutcome(const data::Dataset& set, const project::AddResult* added) {
  json protocols = json::array();
  json problems = json::array();
  json examples = json::array();
  std::string text;
  for (const auto& p : set.protocols)
    protocols.push_back(
        {{"name", p.name}, {"templates", p.templates.size()}, {"pairs", p.pairs.size()}, {"folds", p.folds}});
  for (const auto& p : set.problems) problems.push_back({{"where", p.where}, {"what", p.what}});
  for (std::size_t i = 0; i < set.samples.size() && examples.size() < 24;
       i += std::max<std::size_t>(1, set.samples.size() / 24))
    examples.push_back(set.samples[i].image.file);
  text =
      fmt::format("{} ({}): {} of {}", set.name, set.format, counted(set.samples.size(), "image", "images"),
                  counted(set.identities.size(), "identity", "identities"));
  if (added) text += fmt::format("; {} added, {} were there already", added->added, added->duplicates);
  for (const auto& p : set.protocols)
    text += fmt::format("\nprotocol '{}': {} pairs{}", p.name, p.pairs.size(),
                        p.folds > 0 ? fmt::format(" in {} folds", p.folds) : "");
  for (std::size_t i = 0; i < set.problems.size() && i < 10; ++i)
    text += fmt::format("\nproblem: {}: {}", set.problems[i].where, set.problems[i].what);
  if (set.problems.size() > 10)
    text += fmt::format("\n... and {} more problems (--json lists all)", set.problems.size() - 10);
  json values = {{"set", set.name},
                 {"format", set.format},
                 {"samples", set.samples.size()},
                 {"identities", set.identities.size()},
                 {"protocols", protocols},
                 {"problems", problems},
                 {"examples", examples}};
  if (added) values["added"] = added->added, values["duplicates"] = added->duplicates;
  return {values, text};
}

void addImport(CLI::App& app, Chosen& chosen) {
  struct Given {
    std::string project;
    jobs::ImportOptions options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, "import", jobs::jobOf("import").help, given->project);
  addFields(*c, jobs::importFields(), given->options);
  std::string layouts = "Formats:";
  for (const auto& format : datasets::formats()) {
    layouts += fmt::format("\n  {:<16} {}", format.name, format.help);
    for (const auto& option : format.options)
      layouts += fmt::format("\n  {:<16}   {}={}: {}", "", option.key, option.value, option.help);
  }
  c->footer(layouts);
  c->callback([given, &chosen] {
    chosen = {"import", [given](Env& env) -> Outcome {
                const auto& o = given->options;
                if (o.load.dryRun) {
                  Progress progress(env.console.sink(), env.stop);
                  return importOutcome(readSource(given->project, o, progress), nullptr);
                }
                return recorded(env, given->project, "import", runJson(jobs::importFields(), o), true,
                                [&](project::Project& project, Progress& progress) -> Outcome {
                                  const data::Dataset set = readSource(given->project, o, progress);
                                  const auto added = project.addDataset(set, o.role);
                                  if (const std::string others = otherRoles(project, set, o.role);
                                      !others.empty())
                                    progress.note(others);
                                  return importOutcome(set, &added);
                                });
              }};
  });
}

// Identities by name; SET/NAME where a name stands in several sets.
std::vector<int> findIdentities(const project::Project& project, const std::string& name) {
  std::vector<int> found;
  for (const auto& row : project.identities())
    if (row.name == name || row.set + "/" + row.name == name) found.push_back(row.id);
  if (found.empty())
    fail(
        "{}: no identity of that name in this project; names are listed by 'discern export' in "
        "identities.csv",
        name);
  return found;
}

// Of a list, or of one name that has a comma in it.
std::vector<int> findListed(const project::Project& project, const std::string& text) {
  for (const auto& row : project.identities())
    if (row.name == text || row.set + "/" + row.name == text) return findIdentities(project, text);
  std::vector<int> found;
  for (const auto& name : splitList(text))
    for (const int id : findIdentities(project, name)) found.push_back(id);
  return found;
}

int findIdentity(const project::Project& project, const std::string& name) {
  const auto found = findIdentities(project, name);
  if (found.size() > 1) fail("{}: {} sets have an identity of that name; write SET/NAME", name, found.size());
  return found[0];
}

// Identities by name, or a whole set, or those of it with enough images.
Outcome changeRole(project::Project& project, const jobs::RoleOptions& o) {
  if ((o.identities.empty() ? 0 : 1) + (o.set.empty() ? 0 : 1) + (o.protocol.empty() ? 0 : 1) != 1)
    fail("role: give one of identities, a set and a protocol");
  if (!o.set.empty()) pipeline::requireSet(project, o.set);
  std::vector<int> ids = findListed(project, o.identities);
  const auto identities = project.identities();
  const auto samples = project.samples();
  std::vector<int> images(identities.size(), 0);
  for (const auto& s : samples)
    if (s.identity >= 0 && s.parent < 0) ++images[static_cast<std::size_t>(s.identity)];
  std::vector<bool> meant(identities.size(), false);
  if (!o.set.empty())
    for (const auto& row : identities) meant[static_cast<std::size_t>(row.id)] = row.set == o.set;
  if (!o.protocol.empty())
    for (const auto& t : project.protocol(o.protocol).templates)
      for (const int sample : t.samples)
        if (const int id = samples.at(static_cast<std::size_t>(sample)).identity; id >= 0)
          meant[static_cast<std::size_t>(id)] = true;
  for (std::size_t id = 0; id < meant.size(); ++id)
    if (meant[id] && images[id] >= o.minImages) ids.push_back(static_cast<int>(id));
  if (ids.empty()) fail("role: no identity there has {} images or more", o.minImages);
  project.setRole(ids, o.role);
  return {json{{"identities", ids.size()}},
          fmt::format("{} {} {} now", counted(ids.size(), "identity", "identities"),
                      ids.size() == 1 ? "is" : "are", nameOf(o.role))};
}

void addCuration(CLI::App& app, Chosen& chosen) {
  addJob<jobs::MergeOptions>(
      app, chosen, "merge", jobs::mergeFields(),
      [](project::Project& project, const jobs::MergeOptions& o, Progress&) -> Outcome {
        const int from = findIdentity(project, o.from);
        project.mergeIdentities(from, o.into.empty() ? -1 : findIdentity(project, o.into));
        return {json{{"from", o.from}, {"into", o.into}}, "done; run 'discern score' again"};
      });
  addJob<jobs::ExcludeOptions>(
      app, chosen, "exclude", jobs::excludeFields(),
      [](project::Project& project, const jobs::ExcludeOptions& o, Progress&) -> Outcome {
        const std::vector<int> ids = findListed(project, o.identities);
        project.setExcluded(ids, !o.undo);
        return {json{{"identities", ids.size()}},
                fmt::format("{} {}; run 'discern score' again", counted(ids.size(), "identity", "identities"),
                            o.undo ? "taken back" : "excluded")};
      });
  addJob<jobs::RoleOptions>(app, chosen, "role", jobs::roleFields(),
                            [](project::Project& project, const jobs::RoleOptions& o, Progress&) {
                              return changeRole(project, o);
                            });
}

// A stored recipe in words.
std::string recipeWords(const json& recipe) {
  const auto channels = [&](const char* key) {
    std::vector<double> v;
    if (recipe.is_object() && recipe.contains(key))
      for (const json& x : recipe[key])
        if (x.is_number()) v.push_back(x.get<double>());
    if (v.empty()) return std::string("?");
    return std::ranges::all_of(v, [&](double x) { return x == v.front(); })
               ? fmt::format("{:g}", v.front())
               : fmt::format("{:g}", fmt::join(v, "/"));
  };
  const auto isSo = [&](const char* key, bool otherwise) {
    return recipe.is_object() && recipe.contains(key) ? recipe[key] == true : otherwise;
  };
  const std::string layer = jsonText(recipe, "output_layer");
  return fmt::format("{}: {} of {:g} px, (pixel - {}) / {}{}{}", jsonText(recipe, "name", "?"),
                     isSo("rgb", true) ? "RGB" : "BGR", jsonNumber(recipe, "size", 0), channels("mean"),
                     channels("std"), layer.empty() ? "" : ", layer " + layer,
                     isSo("flip", false) ? ", and the mirrored face" : "");
}

// Selections and maps, and of each protocol the newest evaluation.
void addAnalyses(const project::Project& project, const analysis::Who& who, json& values, std::string& text) {
  for (const auto& name : project.selections()) {
    const auto row = project.selection(name);
    std::set<int> identities;
    std::int64_t faces = 0;
    for (std::size_t i = 0; i < row.enters.size(); ++i) {
      if (std::isnan(row.enters[i]) || who.identity[i] < 0) continue;
      ++faces;
      identities.insert(who.identity[i]);
    }
    values["selections"].push_back(
        {{"name", name}, {"features", row.features}, {"faces", faces}, {"identities", identities.size()}});
    text += fmt::format("selection '{}': {} faces of {} identities, from features '{}'\n", name, faces,
                        identities.size(), row.features);
  }
  for (const auto& name : project.maps()) {
    try {
      const auto row = project.map(name);
      std::int64_t faces = 0;
      for (std::int64_t i = 0; i < row.points.rows; ++i) faces += data::isFinite(row.points.row(i)) ? 1 : 0;
      values["maps"].push_back({{"name", name}, {"features", row.features}, {"faces", faces}});
      text += fmt::format("map '{}': {} faces, of features '{}'\n", name, faces, row.features);
    } catch (const Error& e) {  // its file is damaged: the rest is still worth saying
      text += fmt::format("map '{}': {}; run 'discern tsne' again\n", name, e.what());
    }
  }
  std::map<std::string, std::pair<int, json>> newest;  // by protocol: the run and its result
  for (const auto& row : project.runs()) {
    if (row.job != "evaluate" || row.status != "done") continue;
    json result = parseJson(row.result);
    if (!result.is_object() || !result.contains("aggregations")) continue;
    const std::string protocol = jsonText(result, "protocol");
    newest[protocol] = {row.id, std::move(result)};
  }
  for (const auto& [protocol, run] : newest) {
    const json& result = run.second;
    const json* best = nullptr;
    const auto auc = [](const json& row) { return jsonNumber(row, "auc", -1); };
    for (const auto& row : result["aggregations"])
      if (auc(row) >= 0 && (!best || auc(row) > auc(*best))) best = &row;
    if (!best) continue;
    const std::string by = jsonText(*best, "name"), features = jsonText(result, "features"),
                      scores = jsonText(result, "scores");
    values["evaluations"].push_back({{"run", run.first},
                                     {"protocol", protocol},
                                     {"features", features},
                                     {"scores", scores},
                                     {"best", by},
                                     {"auc", auc(*best)}});
    text += fmt::format(
        "evaluation of protocol '{}' (run {}): features '{}', scores '{}', best AUC {:.4f} by {}\n", protocol,
        run.first, features, scores.empty() ? "none" : scores, auc(*best), by);
  }
}

Outcome info(const std::string& folder) {
  const auto project = project::Project::open(folder, project::Project::Mode::Read);
  json values;
  std::string text;
  json unreadable = json::array();
  const auto samples = project.samples();
  for (const auto& s : samples)
    if (s.identity >= 0 && !s.problem.empty())
      unreadable.push_back({{"file", s.image.file}, {"problem", s.problem}});
  for (const auto& n : analysis::setCounts(samples, project.identities())) {
    const std::string set = n.set + " (" + project::toString(n.role) + ")";
    values["sets"][set] = {{"identities", n.identities}, {"excluded", n.excluded},
                           {"merged", n.merged},         {"images", n.images},
                           {"copies", n.copies},         {"unreadable", n.unusable}};
    text += fmt::format("{}: {} ({} excluded, {} merged), {}, {} degraded copies, {} unreadable\n", set,
                        counted(static_cast<std::size_t>(n.identities), "identity", "identities"), n.excluded,
                        n.merged, counted(static_cast<std::size_t>(n.images), "image", "images"), n.copies,
                        n.unusable);
  }
  values["unreadable"] = unreadable;
  for (std::size_t i = 0; i < unreadable.size() && i < 10; ++i)
    text += "  unreadable: " + unreadable[i]["problem"].get<std::string>() + "\n";
  for (const auto& row : project.featureTables()) {
    const json recipe = parseJson(row.recipe, fmt::format("the recipe of the features '{}'", row.name));
    values["features"].push_back({{"name", row.name},
                                  {"model", row.model},
                                  {"dims", row.dims},
                                  {"recipe", recipe},
                                  {"macs", row.macs},
                                  {"ms", row.milliseconds}});
    text += fmt::format("features '{}': {}, {} dimensions, {:.1f} MMACs, {}, recipe {}\n", row.name,
                        row.model, row.dims, row.macs / 1e6, timeText(row.milliseconds), recipeWords(recipe));
  }
  for (const auto& name : project.scoreTables()) {
    const auto table = project.scores(name);
    values["scores"].push_back({{"name", name},
                                {"method", table.method},
                                {"features", table.featureTable},
                                {"mean", table.mean},
                                {"sigma", table.sigma}});
    text += fmt::format("scores '{}': {} from '{}'\n", name, table.method, table.featureTable);
  }
  for (const auto& name : project.protocols()) {
    const auto p = project.protocol(name);
    values["protocols"].push_back(
        {{"name", name}, {"templates", p.templates.size()}, {"pairs", p.pairs.size()}, {"folds", p.folds}});
    text += fmt::format("protocol '{}': {} templates, {} pairs, {} folds\n", name, p.templates.size(),
                        p.pairs.size(), p.folds);
  }
  for (const auto& m : project.models()) {
    values["models"].push_back({{"name", m.name},
                                {"kind", m.kind},
                                {"architecture", m.architecture},
                                {"macs", m.macs},
                                {"parameters", m.parameters},
                                {"ms", m.milliseconds}});
    if (m.kind == "head")
      text += fmt::format("head '{}': {} weights of a feature and its norm\n", m.name, m.parameters);
    else
      text += fmt::format("network '{}': {}, {:.1f} MMACs, {:.3f} M parameters, {}\n", m.name, m.architecture,
                          m.macs / 1e6, m.parameters / 1e6, timeText(m.milliseconds));
  }
  const auto point = analysis::currentPoint(project);
  values["operating_point"] = json::parse(analysis::toJson(point));
  if (!point.scores.empty()) text += "operating point: " + analysis::describe(point) + "\n";
  addAnalyses(project, analysis::whoIs(samples, project.identities()), values, text);
  const json same = parseJson(project.setting(analysis::settings::kProbablySame).value_or("[]"),
                              "the people who are probably the same");
  values["probably_same"] = same;
  for (const auto& pair : same)
    text += fmt::format("probably one person: {}/{} and {}/{} (centroid cosine {:.3f})\n",
                        jsonText(pair, "a_set"), jsonText(pair, "a"), jsonText(pair, "b_set"),
                        jsonText(pair, "b"), jsonNumber(pair, "cosine", 0));
  if (text.empty()) text = "nothing is in it yet; import faces with discern import";
  return {values, text};
}

void addInfo(CLI::App& app, Chosen& chosen) {
  auto project = std::make_shared<std::string>();
  CLI::App* c = addCommand(app, "info", "What is in a project, and what looks odd in it", *project);
  c->callback([project, &chosen] { chosen = {"info", [project](Env&) { return info(*project); }}; });
}

Outcome takeFolds(project::Project& project, const jobs::ProtocolJobOptions& o) {
  const auto part = pipeline::someFolds(project.protocol(o.from), o.folds, o.draw.name);
  project.putProtocol(part);
  return {json{{"protocol", part.name},
               {"templates", part.templates.size()},
               {"pairs", part.pairs.size()},
               {"folds", part.folds}},
          fmt::format("protocol '{}': {} pairs of {} templates, {} folds of '{}'", part.name,
                      part.pairs.size(), part.templates.size(), part.folds, o.from)};
}

void addProtocol(CLI::App& app, Chosen& chosen) {
  addJob<jobs::ProtocolJobOptions>(
      app, chosen, "protocol", jobs::protocolFields(),
      [](project::Project& project, const jobs::ProtocolJobOptions& o, Progress& progress) -> Outcome {
        if (o.from.empty() != o.folds.empty())
          failField(o.from.empty() ? "folds" : "from", "", "a protocol and its folds are given together");
        if (!o.from.empty()) return takeFolds(project, o);
        const auto r = pipeline::makeProtocol(project, o.draw, progress);
        return {json{{"protocol", r.name},
                     {"identities", r.identities},
                     {"left_out", r.leftOut},
                     {"templates", r.templates},
                     {"genuine", r.genuine},
                     {"impostor", r.impostor},
                     {"copies", r.copies}},
                fmt::format(
                    "protocol '{}': {} templates of {} identities ({} have too few images), {} genuine and "
                    "{} impostor pairs, {} degraded copies{}",
                    r.name, r.templates, r.identities, r.leftOut, r.genuine, r.impostor, r.copies,
                    r.copies > 0 ? "; run extract, then score or predict, to cover the copies" : "")};
      });
}

void addExport(CLI::App& app, Chosen& chosen) {
  struct Given {
    std::string project;
    jobs::ExportOptions options;
  };
  auto given = std::make_shared<Given>();
  CLI::App* c = addCommand(app, "export", jobs::jobOf("export").help, given->project);
  addFields(*c, jobs::exportFields(), given->options);
  c->callback([given, &chosen] {
    chosen = {"export", [given](Env& env) -> Outcome {
                const auto& o = given->options;
                const auto project = project::Project::open(given->project, project::Project::Mode::Read);
                const fs::path out = o.out.empty() ? project.folder() / "exports" : fs::path(o.out);
                Progress progress(env.console.sink(), env.stop);
                const auto files = pipeline::exportNumbers(project, out, progress);
                json list = json::array();
                for (const auto& file : files) list.push_back(file.string());
                std::string text = fmt::format("{} files of numbers in {}", files.size(), out.string());
                json values = {{"files", list}, {"folder", out.string()}};
                if (!o.numbersOnly) {
                  values["charts"] = drawCharts(project.folder(), out);
                  text += "\n" + values["charts"].get<std::string>();
                }
                return {values, text};
              }};
  });
}
}  // namespace

void addDataCommands(CLI::App& app, Chosen& chosen) {
  addImport(app, chosen);
  addCuration(app, chosen);
  addInfo(app, chosen);
  addProtocol(app, chosen);
  addExport(app, chosen);
}

}  // namespace discern::app
