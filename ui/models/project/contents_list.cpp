#include "ui/models/project/contents_list.h"

#include <QLocale>
#include <algorithm>
#include <filesystem>
#include <map>

#include "core/base/error.h"
#include "core/results/scores.h"
#include "core/results/selection.h"
#include "core/results/stored.h"
#include "ui/language/words.h"
#include "ui/models/project/counts.h"
#include "ui/models/results/run_text.h"

namespace discern::ui {
namespace {

using project::Entry;
namespace fs = std::filesystem;

QString textOf(const std::string& text) { return QString::fromStdString(text); }

struct SetCounts {
  std::int64_t images = 0, copies = 0;
  std::vector<int> samples;  // originals
  std::vector<int> identities;
};

std::map<std::string, SetCounts> countSets(const Snapshot& snapshot) {
  std::map<std::string, SetCounts> sets;
  for (const auto& sample : snapshot.samples) {
    if (sample.identity < 0) continue;
    SetCounts& set = sets[snapshot.identities[static_cast<std::size_t>(sample.identity)].set];
    if (sample.parent >= 0) {
      ++set.copies;
      continue;
    }
    ++set.images;
    set.samples.push_back(sample.id);
    set.identities.push_back(sample.identity);
  }
  for (auto& [name, set] : sets) {
    std::ranges::sort(set.identities);
    set.identities.erase(std::ranges::unique(set.identities).begin(), set.identities.end());
  }
  return sets;
}

bool isWithin(const std::string& folder, const std::string& above) {
  return folder == above || folder.starts_with(above + '/');
}

QString setText(const Snapshot& snapshot, const SetCounts& set) {
  const QString text = Words::tr("%1 of %2", "images of identities")
                           .arg(countText(snapshot.kind->sample, set.images),
                                countText(snapshot.kind->identity, std::ssize(set.identities)));
  return set.copies > 0 ? Words::tr("%1, %L2 degraded copies").arg(text).arg(set.copies) : text;
}

// What a run says of what it made: of the newest, by the name that it left.
template <class R, class Say>
QString toldBy(const Snapshot& snapshot, const std::string& name, Say say) {
  for (auto run = snapshot.runs.rbegin(); run != snapshot.runs.rend(); ++run)
    if (const auto result = results::resultOf<R>(*run); result && result->name == name) return say(*result);
  return {};
}

constexpr auto fromFeatures = [](const auto& result) {
  return Words::tr("from the features %1").arg(textOf(result.features));
};

QString aboutScores(const Snapshot& snapshot, const std::string& name) {
  const QString text = toldBy<results::ScoreJobResult>(snapshot, name, fromFeatures);
  return text.isEmpty() ? toldBy<results::PredictResult>(
                              snapshot, name, [](const auto&) { return Words::tr("told by a network"); })
                        : text;
}

QString aboutOf(const Snapshot& snapshot, const std::map<std::string, SetCounts>& sets,
                const project::Made& what) {
  const std::string& name = what.name;
  switch (what.entry) {
    case Entry::Set: {
      const auto found = sets.find(name);
      return found == sets.end() ? QString() : setText(snapshot, found->second);
    }
    case Entry::Features:
      for (const auto& row : snapshot.featureTables)
        if (row.name == name) return Words::tr("%1 numbers each, by %2").arg(row.dims).arg(textOf(row.model));
      return {};
    case Entry::Scores:
      return aboutScores(snapshot, name);
    case Entry::Network:
      for (const auto& row : snapshot.models)
        if (row.name == name)
          return row.architecture.empty() ? engineText(row.kind)
                                          : engineText(row.kind) + ", " + textOf(row.architecture);
      return {};
    case Entry::Selection:
      return toldBy<results::SelectResult>(snapshot, name, fromFeatures);
    case Entry::Map:
      return toldBy<results::MapResult>(snapshot, name, [](const auto& result) {
        return Words::tr("of the features %1").arg(textOf(result.features));
      });
    case Entry::Run:
      for (const auto& row : snapshot.runs)
        if (std::to_string(row.id) == name)
          return QString("%1, %2, %3").arg(textOf(row.job), statusText(row), timeText(row.started));
      return {};
    case Entry::Protocol:
      return {};
  }
  return {};
}

// Protocols that have no template left without the images of a set.
QStringList protocolsOf(const project::Project& project, const Snapshot& snapshot, const std::string& set) {
  QStringList names;
  for (const auto& name : snapshot.protocols) {
    const data::Protocol protocol = project.protocol(name);
    const auto leaves = [&](int sample) {
      const int identity = snapshot.samples[static_cast<std::size_t>(sample)].identity;
      return identity >= 0 && snapshot.identities[static_cast<std::size_t>(identity)].set == set;
    };
    const bool goes = !protocol.templates.empty() &&
                      std::ranges::all_of(protocol.templates, [&](const data::Template& group) {
                        return !group.samples.empty() && std::ranges::all_of(group.samples, leaves);
                      });
    if (goes) names << textOf(name);
  }
  return names;
}

QStringList consequencesOfSet(const project::Project& project, const Snapshot& snapshot,
                              const std::string& set) {
  const auto sets = countSets(snapshot);
  QStringList lines;
  if (const auto found = sets.find(set); found != sets.end())
    lines << Words::tr("%1 leave the project, with their features and scores. Their files stay on the disk.")
                 .arg(setText(snapshot, found->second));
  if (const QStringList gone = protocolsOf(project, snapshot, set); !gone.isEmpty())
    lines << (gone.size() == 1 ? Words::tr("A protocol compared nothing else and goes, too: %1.")
                               : Words::tr("Protocols compared nothing else and go, too: %1."))
                 .arg(gone.join(", "));
  if (sets.size() > 1 && !snapshot.scoreTables.empty())
    lines << Words::tr("Scores of the others were told against these %1, too: score again afterwards.")
                 .arg(engineText(snapshot.kind->identity.many));
  return lines;
}

}  // namespace

std::vector<project::Stale> stalePartsOf(const project::Project& project) {
  return project::staleParts(project);
}

QString titleOf(Entry entry) {
  switch (entry) {
    case Entry::Set:
      return Words::tr("Sets");
    case Entry::Features:
      return Words::tr("Feature tables");
    case Entry::Scores:
      return Words::tr("Score tables");
    case Entry::Protocol:
      return Words::tr("Protocols");
    case Entry::Network:
      return Words::tr("Networks");
    case Entry::Selection:
      return Words::tr("Selections");
    case Entry::Map:
      return Words::tr("Maps");
    case Entry::Run:
      return Words::tr("Runs");
  }
  return {};
}

QString wordOf(Entry entry) {
  switch (entry) {
    case Entry::Set:
      return Words::tr("set");
    case Entry::Features:
      return Words::tr("feature table");
    case Entry::Scores:
      return Words::tr("score table");
    case Entry::Protocol:
      return Words::tr("protocol");
    case Entry::Network:
      return Words::tr("network");
    case Entry::Selection:
      return Words::tr("selection");
    case Entry::Map:
      return Words::tr("map");
    case Entry::Run:
      return Words::tr("run");
  }
  return {};
}

std::vector<ContentsEntry> contentsOf(const project::Project& project, const Snapshot& snapshot,
                                      const std::vector<project::Stale>& stale) {
  std::vector<ContentsEntry> entries;
  const auto sets = countSets(snapshot);
  for (const auto& listed : namesOf(Entry{})) {
    auto names = project::entriesOf(project, listed.value);
    if (listed.value == Entry::Run) std::ranges::reverse(names);
    for (auto& name : names) {
      ContentsEntry entry{{listed.value, std::move(name)}, {}, {}};
      entry.about = aboutOf(snapshot, sets, entry.what);
      for (const auto& part : stale)
        if (part.kind == listed.name && part.name == entry.what.name) entry.old = engineText(part.why);
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

QStringList consequencesOf(const project::Project& project, const Snapshot& snapshot,
                           const std::vector<project::Made>& asked,
                           const std::vector<project::Made>& removed) {
  QStringList lines, with;
  for (const auto& one : removed)
    if (std::ranges::find(asked, one) == asked.end())
      with << QString("%1 “%2”").arg(wordOf(one.entry), textOf(one.name));
  if (!with.isEmpty())
    lines << (asked.size() == 1 ? Words::tr("What was made of it goes, too: %1.")
                                : Words::tr("What was made of them goes, too: %1."))
                 .arg(with.join(", "));
  bool files = false;
  for (const auto& one : removed) {
    files = files || one.entry == Entry::Network || one.entry == Entry::Features;
    try {
      if (one.entry == Entry::Set) lines << consequencesOfSet(project, snapshot, one.name);
    } catch (const Error&) {  // a damaged protocol: the engine says so when it is asked to
      continue;
    }
    if (one.entry == Entry::Run)
      lines << Words::tr("Its result and curves leave every page that shows them.");
  }
  if (files) lines << Words::tr("Their files in the project's folder are deleted.");
  lines << Words::tr("This cannot be undone.");
  return lines;
}

QString folderOf(const Snapshot& snapshot, const QString& set) {
  const auto sets = countSets(snapshot);
  const auto found = sets.find(set.toStdString());
  if (found == sets.end() || found->second.samples.empty()) return {};
  const auto fileOf = [&](int sample) {
    return fs::path(snapshot.samples[static_cast<std::size_t>(sample)].image.file);
  };
  fs::path shared = fileOf(found->second.samples.front()).parent_path();
  for (const int sample : found->second.samples)
    while (shared.has_relative_path() && !isWithin(fileOf(sample).parent_path().string(), shared.string()))
      shared = shared.parent_path();
  return textOf(shared.string());
}

std::vector<std::pair<QString, QString>> missingSets(const Snapshot& snapshot) {
  constexpr std::size_t kTried = 5;
  std::vector<std::pair<QString, QString>> missing;
  for (const auto& [name, set] : countSets(snapshot)) {
    bool there = set.samples.empty();
    for (std::size_t i = 0; i < kTried && !there; ++i) {
      const int sample = set.samples[i * (set.samples.size() - 1) / (kTried - 1)];
      std::error_code none;
      there = fs::exists(snapshot.samples[static_cast<std::size_t>(sample)].image.file, none);
    }
    if (!there) missing.emplace_back(textOf(name), folderOf(snapshot, textOf(name)));
  }
  return missing;
}

}  // namespace discern::ui
