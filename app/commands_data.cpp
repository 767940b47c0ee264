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
#include "core/analysis/settings.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/imaging/degrade.h"
#include "core/pipeline/export.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/protocol.h"
#include "datasets/registry.h"
#include "datasets/synthetic_faces.h"

namespace discern::app {
namespace {
using nlohmann::json;
namespace fs = std::filesystem;

struct ImportOptions {
  std::string project, source, format = "auto", role = "train", name, identities, crop, pairs, options;
  int minImages = 1;
  bool dryRun = false;
  datasets::SyntheticOptions synthetic;
};

std::optional<data::Rect> parseCrop(const std::string& text) {
  if (text.empty()) return std::nullopt;
  constexpr const char* kExpected = "four whole numbers x,y,width,height, such as 60,52,130,130,";
  const auto parts = numberList("--crop", text, -1'000'000, 1'000'000, kExpected);
  if (parts.size() != 4) fail("--crop {}: {} were expected", text, kExpected);
  const data::Rect rect{parts[0], parts[1], parts[2], parts[3]};
  if (rect.width <= 0 || rect.height <= 0) fail("--crop {}: width and height must be positive", text);
  return rect;
}

data::Dataset readSource(const ImportOptions& o, Progress& progress) {
  if (o.source == "synthetic-faces") {
    if (o.format != "auto" && o.format != "synthetic-faces")
      fail("--format {}: synthetic-faces are rendered, not read from files; leave it out", o.format);
    for (const auto& [option, value] : {std::pair{"--identities", &o.identities},
                                        {"--crop", &o.crop},
                                        {"--pairs", &o.pairs},
                                        {"--option", &o.options}})
      if (!value->empty())
        fail("{} {}: synthetic-faces are rendered, not read from files; leave it out", option, *value);
    if (o.dryRun) fail("synthetic-faces: there is nothing to preview, the images are rendered by the import");
    const std::string set = o.name.empty() ? "synthetic" : o.name;
    const fs::path folder = fs::path(o.project) / "images" / set;
    if (fs::exists(folder) && !datasets::isMadeWith(folder, o.synthetic))
      fail("--name {}: {} does not hold faces rendered with these options; give the new ones another --name",
           set, folder.string());
    auto dataset = fs::exists(folder) ? datasets::loadSyntheticFaces(folder)
                                      : datasets::generateSyntheticFaces(o.synthetic, folder, progress);
    dataset.name = set;
    return dataset;
  }
  datasets::LoadOptions load;
  load.identities = splitList(o.identities);
  load.minImages = o.minImages;
  load.crop = parseCrop(o.crop);
  load.name = o.name;
  load.dryRun = o.dryRun;
  if (!o.pairs.empty()) load.extra["pairs"] = o.pairs;
  for (const auto& option : splitList(o.options)) {
    const auto equals = option.find('=');
    if (equals == std::string::npos || equals == 0)
      fail("--option {}: KEY=VALUE was expected, such as unknowns=import", option);
    load.extra[option.substr(0, equals)] = option.substr(equals + 1);
  }
  return datasets::load(o.source, o.format, load, progress);
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
      "--role {0}: identities that were there already stay what they are ({1}); 'discern role {2} --set "
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
  auto o = std::make_shared<ImportOptions>();
  CLI::App* c =
      addCommand(app, "import", "Add a data set to a project (made if it is not there)", o->project);
  std::string formats = "auto";
  for (const auto& f : datasets::formats()) formats += ", " + f.name;
  c->add_option("source", o->source, "Folder or file to read, or synthetic-faces")
      ->required()
      ->check(notEmpty("a folder or a file to read, or synthetic-faces,"));
  c->add_option("--format", o->format, "One of: " + formats);
  c->add_option("--role", o->role, "train, test, or pool (negatives only)");
  c->add_option("--name", o->name, "Name of the set; empty: the source's");
  c->add_option("--identities", o->identities, "Only these, comma-separated patterns such as id0*,id11");
  c->add_option("--min-images", o->minImages, "Leave identities with fewer images out");
  c->add_option("--crop", o->crop,
                "x,y,width,height of the face in every image (LFW 250 px: 60,52,130,130 by itself)");
  c->add_option("--pairs", o->pairs, "Pairs file that is not beside the images");
  c->add_option(
      "--option", o->options,
      "What a format asks for, comma-separated KEY=VALUE: scface landmarks=FILE, uccs unknowns=import");
  c->add_flag("--dry-run", o->dryRun, "Say what was understood and change nothing");
  auto& s = o->synthetic;
  c->add_option("--count", s.identities, "synthetic-faces: identities")->check(CLI::Range(1, 100000));
  c->add_option("--images", s.imagesPerIdentity, "synthetic-faces: images an identity")
      ->check(CLI::Range(1, 100000));
  c->add_option("--bad-share", s.badShare,
                "synthetic-faces: share of images with heavy blur, occlusion, pose, darkness")
      ->check(CLI::Range(0.0, 1.0));
  c->add_option("--label-errors", s.labelErrors,
                "synthetic-faces: share of images filed under another identity")
      ->check(CLI::Range(0.0, 1.0));
  c->add_option("--first-identity", s.firstIdentity,
                "synthetic-faces: number of the first identity; disjoint ranges share nobody")
      ->check(CLI::NonNegativeNumber);
  addSeed(*c, s.seed, "synthetic-faces: seed");
  c->callback([o, c, &chosen] {
    chosen = {"import", [o, c](Env& env) -> Outcome {
                if (o->dryRun) {
                  Progress progress(env.console.sink(), env.stop);
                  return importOutcome(readSource(*o, progress), nullptr);
                }
                return recorded(
                    env, o->project, *c, true, [&](project::Project& project, Progress& progress) -> Outcome {
                      const project::Role role = project::parseRole(o->role);
                      const data::Dataset set = readSource(*o, progress);
                      const auto added = project.addDataset(set, role);
                      if (const std::string others = otherRoles(project, set, role); !others.empty())
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
void addRole(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, identity, set, protocol, role;
    int minImages = 0;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(app, "role", "Change what identities are for", o->project);
  c->add_option("--identity", o->identity, "Identities (or SET/NAME), comma-separated");
  c->add_option("--set", o->set, "All identities of this set instead");
  c->add_option("--protocol", o->protocol, "All identities of this protocol's templates instead");
  c->add_option("--min-images", o->minImages,
                "With --set or --protocol: only those with at least this many images");
  c->add_option("--role", o->role, "train, test or pool")->required();
  c->callback([o, c, &chosen] {
    chosen = {
        "role", [o, c](Env& env) {
          return recorded(env, o->project, *c, false, [&](project::Project& project, Progress&) -> Outcome {
            if ((o->identity.empty() ? 0 : 1) + (o->set.empty() ? 0 : 1) + (o->protocol.empty() ? 0 : 1) != 1)
              fail("role: give one of --identity, --set and --protocol");
            if (!o->set.empty()) pipeline::requireSet(project, o->set);
            std::vector<int> ids = findListed(project, o->identity);
            const auto identities = project.identities();
            const auto samples = project.samples();
            std::vector<int> images(identities.size(), 0);
            for (const auto& s : samples)
              if (s.identity >= 0 && s.parent < 0) ++images[static_cast<std::size_t>(s.identity)];
            std::vector<bool> meant(identities.size(), false);
            if (!o->set.empty())
              for (const auto& row : identities) meant[static_cast<std::size_t>(row.id)] = row.set == o->set;
            if (!o->protocol.empty())
              for (const auto& t : project.protocol(o->protocol).templates)
                for (const int sample : t.samples)
                  if (const int id = samples.at(static_cast<std::size_t>(sample)).identity; id >= 0)
                    meant[static_cast<std::size_t>(id)] = true;
            for (std::size_t id = 0; id < meant.size(); ++id)
              if (meant[id] && images[id] >= o->minImages) ids.push_back(static_cast<int>(id));
            if (ids.empty()) fail("role: no identity there has {} images or more", o->minImages);
            project.setRole(ids, project::parseRole(o->role));
            return {json{{"identities", ids.size()}},
                    fmt::format("{} {} {} now", counted(ids.size(), "identity", "identities"),
                                ids.size() == 1 ? "is" : "are", o->role)};
          });
        }};
  });
}

void addCuration(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, from, into, identity;
    bool undo = false;
  };
  auto m = std::make_shared<Options>();
  CLI::App* merge = addCommand(
      app, "merge", "Two identities are one person: count the images of one for the other", m->project);
  merge->add_option("--from", m->from, "Identity (or SET/NAME) that goes into the other")->required();
  merge->add_option("--into", m->into, "Identity it goes into; empty: take a merge back");
  merge->callback([m, merge, &chosen] {
    chosen = {"merge", [m, merge](Env& env) {
                return recorded(
                    env, m->project, *merge, false, [&](project::Project& project, Progress&) -> Outcome {
                      const int from = findIdentity(project, m->from);
                      project.mergeIdentities(from, m->into.empty() ? -1 : findIdentity(project, m->into));
                      return {json{{"from", m->from}, {"into", m->into}}, "done; run 'discern score' again"};
                    });
              }};
  });
  auto e = std::make_shared<Options>();
  CLI::App* exclude =
      addCommand(app, "exclude", "Leave identities out of centroids, scores and training", e->project);
  exclude->add_option("--identity", e->identity, "Identities (or SET/NAME), comma-separated")->required();
  exclude->add_flag("--undo", e->undo, "Take them back in");
  exclude->callback([e, exclude, &chosen] {
    chosen = {"exclude", [e, exclude](Env& env) {
                return recorded(env, e->project, *exclude, false,
                                [&](project::Project& project, Progress&) -> Outcome {
                                  const std::vector<int> ids = findListed(project, e->identity);
                                  project.setExcluded(ids, !e->undo);
                                  return {json{{"identities", ids.size()}},
                                          fmt::format("{} {}; run 'discern score' again",
                                                      counted(ids.size(), "identity", "identities"),
                                                      e->undo ? "taken back" : "excluded")};
                                });
              }};
  });
  addRole(app, chosen);
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
void addAnalyses(const project::Project& project, const std::vector<project::SampleRow>& samples,
                 json& values, std::string& text) {
  for (const auto& name : project.selections()) {
    const auto row = project.selection(name);
    std::set<int> identities;
    std::int64_t faces = 0;
    for (std::size_t i = 0; i < row.enters.size(); ++i) {
      if (std::isnan(row.enters[i])) continue;
      ++faces;
      identities.insert(samples[i].identity);
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
  const auto point = analysis::resolved(analysis::storedPoint(project), analysis::choicesOf(project));
  values["operating_point"] = json::parse(analysis::toJson(point));
  if (!point.scores.empty()) text += "operating point: " + analysis::describe(point) + "\n";
  addAnalyses(project, samples, values, text);
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

Outcome takeFolds(project::Project& project, const std::string& from, const std::string& list,
                  const std::string& name) {
  const auto folds = numberList("--folds", list, 1, 1 << 20, "numbers of folds, such as 4,5,");
  const auto part = pipeline::someFolds(project.protocol(from), folds, name);
  project.putProtocol(part);
  return {json{{"protocol", name},
               {"templates", part.templates.size()},
               {"pairs", part.pairs.size()},
               {"folds", part.folds}},
          fmt::format("protocol '{}': {} pairs of {} templates, {} folds of '{}'", name, part.pairs.size(),
                      part.templates.size(), part.folds, from)};
}

void addProtocol(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, kinds, role = "test", from, folds;
    pipeline::ProtocolOptions protocol;
  };
  auto o = std::make_shared<Options>();
  auto& p = o->protocol;
  CLI::App* c = addCommand(
      app, "protocol", "Make templates and pairs for a set that has none, or take some folds of a protocol",
      o->project);
  c->add_option("--from", o->from, "Instead: a protocol with folds, of which --folds are taken");
  c->add_option("--folds", o->folds, "With --from: folds, comma-separated, counted from 1");
  c->add_option("--name", p.name, "Name of the protocol");
  c->add_option("--role", o->role, "Identities it is made of: test, train or pool");
  c->add_option("--size", p.size, "Samples a template");
  c->add_option("--templates-per-identity", p.templatesPerIdentity,
                "0: as many as fit without using an image twice");
  c->add_option("--degraded", p.degraded, "Share of each template's samples that are degraded copies");
  c->add_option("--kinds", o->kinds, "Degradations, comma-separated; empty: all");
  c->add_option("--min-strength", p.minStrength, "Weakest degradation");
  c->add_option("--max-strength", p.maxStrength, "Strongest degradation");
  c->add_option("--impostors", p.impostors, "At most this many impostor pairs; 0: all");
  addSeed(*c, p.seed, "Seed of the draw");
  c->callback([o, c, &chosen] {
    chosen = {
        "protocol", [o, c](Env& env) {
          return recorded(
              env, o->project, *c, false, [&](project::Project& project, Progress& progress) -> Outcome {
                if (o->from.empty() != o->folds.empty()) fail("protocol: --from and --folds go together");
                if (!o->from.empty()) return takeFolds(project, o->from, o->folds, o->protocol.name);
                o->protocol.role = project::parseRole(o->role);
                for (const auto& kind : splitList(o->kinds))
                  o->protocol.kinds.push_back(imaging::parseDegradation(kind));
                const auto r = pipeline::makeProtocol(project, o->protocol, progress);
                return {json{{"protocol", r.name},
                             {"identities", r.identities},
                             {"left_out", r.leftOut},
                             {"templates", r.templates},
                             {"genuine", r.genuine},
                             {"impostor", r.impostor},
                             {"copies", r.copies}},
                        fmt::format(
                            "protocol '{}': {} templates of {} identities ({} have too few images), {} "
                            "genuine and {} impostor pairs, {} degraded copies{}",
                            r.name, r.templates, r.identities, r.leftOut, r.genuine, r.impostor, r.copies,
                            r.copies > 0 ? "; run extract, then score or predict, to cover the copies" : "")};
              });
        }};
  });
}

void addExport(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string project, out;
    bool numbersOnly = false;
  };
  auto o = std::make_shared<Options>();
  CLI::App* c = addCommand(app, "export", "Numbers as CSV and JSON, charts as PNG, SVG and PDF", o->project);
  c->add_option("--out", o->out, "Folder to write to; empty: PROJECT/exports");
  c->add_flag("--numbers-only", o->numbersOnly, "Do not have discern-workbench draw the charts");
  c->callback([o, &chosen] {
    chosen = {"export", [o](Env& env) -> Outcome {
                const auto project = project::Project::open(o->project, project::Project::Mode::Read);
                const fs::path out = o->out.empty() ? project.folder() / "exports" : fs::path(o->out);
                Progress progress(env.console.sink(), env.stop);
                const auto files = pipeline::exportNumbers(project, out, progress);
                json list = json::array();
                for (const auto& file : files) list.push_back(file.string());
                std::string text = fmt::format("{} files of numbers in {}", files.size(), out.string());
                json values = {{"files", list}, {"folder", out.string()}};
                if (!o->numbersOnly) {
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
