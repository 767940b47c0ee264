// import, role, merge, exclude, align, protocol, export
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "app/commands.h"
#include "app/faces.h"
#include "app/workbench_call.h"
#include "core/analysis/marking.h"
#include "core/base/field_error.h"
#include "core/base/files.h"
#include "core/base/rng.h"
#include "core/imaging/sample.h"
#include "core/jobs/data_jobs.h"
#include "core/jobs/import.h"
#include "core/pipeline/export.h"
#include "core/pipeline/export_kept.h"
#include "core/pipeline/inputs.h"
#include "core/pipeline/protocol.h"
#include "core/project/contents.h"
#include "core/results/printed.h"
#include "datasets/registry.h"
#include "datasets/rendering/set.h"
#include "datasets/synthetic_actions.h"
#include "datasets/synthetic_tracklets.h"

namespace discern::app {
namespace {
namespace fs = std::filesystem;

// Refuses what rendered sources do not ask for.
void checkRendered(const jobs::ImportOptions& o) {
  const auto& fields = jobs::importFields();
  if (o.format != "auto" && o.format != o.source)
    failField("format", o.format, "{} are rendered, not read from files; leave it out", o.source);
  for (const char* name : {"identities", "crop", "pairs", "option", "detect", "landmarks"})
    if (const std::string given = fields.text(o, name); !given.empty())
      failField(name, given, "{} are rendered, not read from files; leave it out", o.source);
  if (o.load.dryRun) fail("{}: there is nothing to preview, the images are rendered by the import", o.source);
}

// Of the folder that a set comes from.
std::string sourceKey(const std::string& source) {
  fs::path folder = fs::absolute(source).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) folder = folder.parent_path();
  return fmt::format("{}-{:08x}", folder.filename().string(), mixSeed(0, folder.string()) & 0xFFFFFFFF);
}

// Where what cannot be read in place is unpacked to: a folder for each folder that sets come from.
fs::path unpackFolder(const std::string& project, const std::string& source) {
  return fs::path(project) / "unpacked" / sourceKey(source);
}

// What a stopped import found of videos, for the next one.
fs::path videosFound(const std::string& project, const std::string& source) {
  return fs::path(project) / "detections" / (sourceKey(source) + ".videos.jsonl");
}

// Rendered once: a folder that is there has to be of the same options.
data::Dataset renderFaces(const fs::path& folder, const jobs::ImportOptions& o, Progress& progress) {
  if (!fs::exists(folder)) return rendering::generateSyntheticFaces(o.synthetic, folder, progress);
  if (!rendering::isMadeWith(folder, o.synthetic))
    failField("name", folder.filename().string(),
              "{} does not hold faces rendered with these options; give the new ones another name",
              folder.string());
  return rendering::loadSyntheticFaces(folder);
}

// The part that the role asks for, of a set that was rendered into `folder` in a public layout.
template <class Options>
data::Dataset readRendered(const fs::path& folder, const Options& options, const char* format,
                           const char* testPart, const jobs::ImportOptions& o, Progress& progress) {
  if (!datasets::isMadeWith(folder, options))
    failField("name", folder.filename().string(),
              "{} does not hold what is rendered with these options; give the new ones another name",
              folder.string());
  auto load = o.load;
  load.extra["part"] = o.role == project::Role::Test ? testPart : "train";
  return datasets::load(folder, format, load, progress);
}

data::Dataset renderTracklets(const fs::path& folder, const jobs::ImportOptions& o, Progress& progress) {
  const auto& faces = o.synthetic;
  datasets::TrackletOptions walks{.frames = faces.imagesPerIdentity,
                                  .badShare = faces.badShare,
                                  .seed = faces.seed,
                                  .firstPerson = faces.firstIdentity};
  (o.role == project::Role::Test ? walks.testPersons : walks.trainPersons) = faces.identities;
  if (!fs::exists(folder)) datasets::generateTracklets(walks, folder, progress);
  return readRendered(folder, walks, "mars", "test", o, progress);
}

data::Dataset renderActions(const fs::path& folder, const jobs::ImportOptions& o, Progress& progress) {
  const auto& asked = o.synthetic;
  datasets::ActionOptions videos{.actions = asked.identities,
                                 .actionShare = 1 - asked.badShare,
                                 .seed = asked.seed,
                                 .firstVideo = asked.firstIdentity};
  (o.role == project::Role::Test ? videos.testVideos : videos.trainVideos) = asked.imagesPerIdentity;
  if (!fs::exists(folder)) datasets::generateActions(videos, folder, progress);
  return readRendered(folder, videos, "activitynet", "validation", o, progress);
}

data::Dataset readSource(const std::string& project, const jobs::ImportOptions& o, Progress& progress) {
  if (!jobs::isRendered(o.source)) {
    auto load = o.load;
    load.unpackTo = unpackFolder(project, o.source);
    if (!load.dryRun) load.foundSoFar = videosFound(project, o.source);
    return datasets::load(o.source, o.format, load, progress);
  }
  checkRendered(o);
  const std::string set = o.load.name.empty() ? "synthetic" : o.load.name;
  const fs::path folder = fs::path(project) / "images" / set;
  auto dataset = o.source == jobs::kRenderedFaces       ? renderFaces(folder, o, progress)
                 : o.source == jobs::kRenderedTracklets ? renderTracklets(folder, o, progress)
                                                        : renderActions(folder, o, progress);
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

// Photographs that are in the project already, under another path: counted twice, they would be their own
// genuine pairs.
void refuseMoved(const project::Project& project, const data::Dataset& set, const std::string& source) {
  const auto moved = project::findMoved(project, set);
  if (2 * moved.images < std::ssize(set.samples) || moved.images == 0) return;
  fail(
      "{}: {} of its {} images are in the set '{}' already, under another path ({} was {}{}); if the folder "
      "was "
      "moved or renamed, 'discern repoint {} --set \"{}\" --to \"{}\"' looks for them here; if these are "
      "other "
      "images, import them under another name",
      source, moved.images, set.samples.size(), set.name, moved.to, moved.from,
      moved.gone > 0 ? ", which is gone" : "", project.folder().string(), set.name, source);
}

// Of images, as problems of the import.
void listEqualContents(const project::Project& project, data::Dataset& set) {
  constexpr std::size_t kMostListed = 20;
  std::set<std::string> own;
  for (const auto& sample : set.samples) own.insert(sample.image.file);
  std::size_t count = 0;
  for (const auto& [file, same] : project::equalFiles(project))
    if (own.contains(file) || own.contains(same))
      if (++count <= kMostListed) set.problems.push_back({file, "holds the same picture as " + same});
  if (count > kMostListed)
    set.problems.push_back(
        {set.name, fmt::format("{} more images hold the same picture as another one", count - kMostListed)});
}

void noteReplaced(const project::FileCheck& check, Progress& progress) {
  if (!check.replaced.empty())
    progress.note(
        fmt::format("{} image files were replaced since the project met them, such as {}; run 'discern "
                    "extract' and 'discern score' again",
                    check.replaced.size(), check.replaced.front()));
}

Outcome importOutcome(const data::Dataset& set, const project::AddResult* added, const FacesFound& faces) {
  results::ImportResult result;
  result.set = set.name;
  result.format = set.format;
  result.samples = std::ssize(set.samples);
  result.identities = std::ssize(set.identities);
  for (const auto& p : set.protocols)
    result.protocols.push_back({p.name, std::ssize(p.templates), std::ssize(p.pairs), p.folds});
  for (const auto& p : set.problems) result.problems.push_back({p.where, p.what});
  for (std::size_t i = 0; i < set.samples.size() && result.examples.size() < 24;
       i += std::max<std::size_t>(1, set.samples.size() / 24))
    result.examples.push_back(set.samples[i].image.file);
  const data::GroupKind& kind = imaging::findGroupKind(set.kind);
  std::string text = fmt::format("{} ({}): {} of {}", set.name, set.format,
                                 data::counted(kind.sample, std::ssize(set.samples)),
                                 data::counted(kind.identity, std::ssize(set.identities)));
  if (added) text += fmt::format("; {} added, {} were there already", added->added, added->duplicates);
  if (added && added->placed > 0)
    text +=
        fmt::format("\nthe faces of {} that were there already are placed anew; run 'discern extract' again",
                    counted(static_cast<std::size_t>(added->placed), "image", "images"));
  text += facesText(faces, added == nullptr);
  for (const auto& p : set.protocols)
    text += fmt::format("\nprotocol '{}': {}{}", p.name, counted(p.pairs.size(), "pair", "pairs"),
                        p.folds > 0 ? " in " + counted(p.folds, "fold", "folds") : "");
  for (std::size_t i = 0; i < set.problems.size() && i < 10; ++i)
    text += fmt::format("\nproblem: {}: {}", set.problems[i].where, set.problems[i].what);
  if (set.problems.size() > 10)
    text += fmt::format("\n... and {} more problems (--json lists all)", set.problems.size() - 10);
  if (added) {
    result.added = added->added;
    result.duplicates = added->duplicates;
    result.placed = added->placed;
  }
  putFaces(faces, result);
  return {result, text};
}

Outcome importInto(project::Project& project, const jobs::ImportOptions& o, Progress& progress) {
  checkDetector(o);
  data::Dataset set = readSource(project.folder().string(), o, progress);
  const FacesFound faces = findFaces(o, project.folder(), set, progress);
  refuseMoved(project, set, o.source);
  const auto added = project.addDataset(set, o.role, faces.summary.has_value());
  // It is in the project now.
  if (faces.summary) forgetFindings(findingsOf(project.folder(), set.name));
  if (!jobs::isRendered(o.source)) forgetFindings(videosFound(project.folder().string(), o.source));
  noteReplaced(project::checkFiles(project, set.name, progress), progress);
  listEqualContents(project, set);
  if (const std::string others = otherRoles(project, set, o.role); !others.empty()) progress.note(others);
  return importOutcome(set, &added, faces);
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
                  checkDetector(o);
                  data::Dataset set = readSource(given->project, o, progress);
                  const FacesFound faces = findFaces(o, {}, set, progress);
                  return importOutcome(set, nullptr, faces);
                }
                return recorded(env, given->project, "import", runJson(jobs::importFields(), o), true,
                                [&](project::Project& project, Progress& progress) -> Outcome {
                                  return importInto(project, o, progress);
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

// Identities by name, or a whole set, or those of it with enough images.
Outcome changeRole(project::Project& project, const jobs::RoleOptions& o) {
  if ((o.identities.empty() ? 0 : 1) + (o.set.empty() ? 0 : 1) + (o.protocol.empty() ? 0 : 1) != 1)
    fail("role: give one of identities, a set and a protocol");
  if (!o.set.empty()) pipeline::requireSet(project, o.set);
  if (o.count > 0 && !o.identities.empty())
    failField("count", o.count, "draws from a set or a protocol; identities are given by name");
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
  if (o.count > 0) {
    if (std::ssize(ids) < o.count)
      failField("count", o.count, "is more than there are: {}",
                counted(ids.size(), "identity", "identities"));
    Rng(mixSeed(o.seed, "role")).shuffle(ids);
    ids.resize(static_cast<std::size_t>(o.count));
  }
  project.setRole(ids, o.role);
  return {results::RoleResult{std::ssize(ids)},
          fmt::format("{} {} {} now", counted(ids.size(), "identity", "identities"),
                      ids.size() == 1 ? "is" : "are", nameOf(o.role))};
}

void addCuration(CLI::App& app, Chosen& chosen) {
  addJob<jobs::MergeOptions>(
      app, chosen, "merge", jobs::mergeFields(),
      [](project::Project& project, const jobs::MergeOptions& o, Progress&) -> Outcome {
        const int from = analysis::identityNamed(project, o.from);
        project.mergeIdentities(from, o.into.empty() ? -1 : analysis::identityNamed(project, o.into));
        return {results::MergeResult{o.from, o.into}, "done; run 'discern score' again"};
      });
  addJob<jobs::ExcludeOptions>(
      app, chosen, "exclude", jobs::excludeFields(),
      [](project::Project& project, const jobs::ExcludeOptions& o, Progress&) -> Outcome {
        const std::vector<int> ids = findListed(project, o.identities);
        project.setExcluded(ids, !o.undo);
        return {results::ExcludeResult{std::ssize(ids)},
                fmt::format("{} {}; run 'discern score' again", counted(ids.size(), "identity", "identities"),
                            o.undo ? "taken back" : "excluded")};
      });
  addJob<jobs::AlignOptions>(app, chosen, "align", jobs::alignFields(),
                             [](project::Project& project, const jobs::AlignOptions& o, Progress&) {
                               return alignByHand(project, o);
                             });
  addJob<jobs::RoleOptions>(app, chosen, "role", jobs::roleFields(),
                            [](project::Project& project, const jobs::RoleOptions& o, Progress&) {
                              return changeRole(project, o);
                            });
}

Outcome takeFolds(project::Project& project, const jobs::ProtocolJobOptions& o) {
  const auto part = pipeline::someFolds(project.protocol(o.from), o.folds, o.draw.name);
  project.putProtocol(part);
  results::ProtocolResult result;
  result.name = part.name;
  result.templates = std::ssize(part.templates);
  result.pairs = std::ssize(part.pairs);
  result.folds = part.folds;
  return {result, fmt::format("protocol '{}': {} of {}, {} of '{}'", part.name,
                              counted(part.pairs.size(), "pair", "pairs"),
                              counted(part.templates.size(), "template", "templates"),
                              counted(part.folds, "fold", "folds"), o.from)};
}

std::string describe(const results::ProtocolResult& r) {
  const auto copies = r.copies.value_or(0);
  return fmt::format(
      "protocol '{}': {} of {} ({} with too few images), {} genuine and {} impostor pairs, {}{}", r.name,
      counted(r.templates, "template", "templates"),
      counted(r.identities.value_or(0), "identity", "identities"), r.leftOut.value_or(0),
      r.genuine.value_or(0), r.impostor.value_or(0), counted(copies, "degraded copy", "degraded copies"),
      copies > 0 ? "; run extract, then score or predict, to cover the copies" : "");
}

void addProtocol(CLI::App& app, Chosen& chosen) {
  addJob<jobs::ProtocolJobOptions>(
      app, chosen, "protocol", jobs::protocolFields(),
      [](project::Project& project, const jobs::ProtocolJobOptions& o, Progress& progress) -> Outcome {
        if (o.from.empty() != o.folds.empty())
          failField(o.from.empty() ? "folds" : "from", "", "a protocol and its folds are given together");
        if (!o.from.empty()) return takeFolds(project, o);
        const auto r = pipeline::makeProtocol(project, o.draw, progress);
        return {r, describe(r)};
      });
}

std::string describe(const results::ExportedKept& r) {
  std::string text = fmt::format("{}: {} kept, {} removed", r.rule,
                                 counted(static_cast<std::size_t>(r.kept), "image", "images"), r.removed);
  if (r.protocol) {
    text += fmt::format("\nprotocol: {}, {}", counted(r.protocol->templates, "template", "templates"),
                        counted(r.protocol->pairs, "pair", "pairs"));
    if (r.protocol->images > 0)
      text += fmt::format("; written beside it, for they are no files of their own: {}",
                          counted(r.protocol->images, "image", "images"));
  }
  if (r.records)
    text += fmt::format("\nrecords: {}, {} of them byte by byte, {} as faces of their own",
                        counted(r.records->images, "image", "images"), r.records->images - r.records->encoded,
                        r.records->encoded);
  if (r.tree)
    text +=
        fmt::format("\ntree: {}{}", counted(r.tree->images, "image", "images"),
                    r.tree->there > 0 ? fmt::format(", {} of them were there already", r.tree->there) : "");
  return text;
}

Outcome exportProject(const std::string& folder, const jobs::ExportOptions& o, Progress& progress) {
  using jobs::ExportPart;
  if (o.what.empty()) failField("what", "", "name at least one thing to write");
  const auto project = project::Project::open(folder, project::Project::Mode::Read);
  const fs::path out = o.out.empty() ? project.folder() / "exports" : fs::path(o.out);
  std::vector<fs::path> files;
  results::ExportResult result;
  result.folder = out.string();
  std::string text;
  if (o.asks(ExportPart::Numbers)) {
    files = pipeline::exportNumbers(project, out, progress);
    text = fmt::format("{} of numbers in {}\n", counted(files.size(), "file", "files"), out.string());
  }
  if (o.asksForKept()) {
    result.kept = pipeline::exportKept(project, o, out, files, progress);
    text += fmt::format("{}\nin {}\n", describe(*result.kept), out.string());
  }
  if (o.asks(ExportPart::Marks)) {
    fs::create_directories(out);
    files.push_back(out / "marks.csv");
    writeFileAtomically(files.back(), analysis::marksCsv(project));
    text += fmt::format("{}\n", files.back().string());
  }
  for (const auto& file : files) result.files.push_back(file.string());
  if (o.asks(ExportPart::Charts)) {
    result.charts = drawCharts(project.folder(), out, progress.stopToken());
    text += *result.charts;
  }
  if (text.ends_with('\n')) text.pop_back();
  return {result, text};
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
                Progress progress(env.console.sink(), env.stop);
                return exportProject(given->project, given->options, progress);
              }};
  });
}
}  // namespace

void addDataCommands(CLI::App& app, Chosen& chosen) {
  addImport(app, chosen);
  addCuration(app, chosen);
  addInfoCommand(app, chosen);
  addProtocol(app, chosen);
  addExport(app, chosen);
  addReportCommand(app, chosen);
}

}  // namespace discern::app
