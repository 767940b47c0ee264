// Lists of kept and removed images, and the features of the kept ones.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/analysis/percentiles.h"
#include "core/base/files.h"
#include "core/data/csv.h"
#include "core/data/npy.h"
#include "core/data/place.h"
#include "core/pipeline/export_kept.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;

std::string cellOf(double value) { return std::isfinite(value) ? fmt::format("{:.9g}", value) : ""; }

// Lines of places; those that cannot stand on one are left out, with a note.
class PlaceList {
 public:
  explicit PlaceList(std::string name) : name_(std::move(name)) {}
  void add(const std::string& place) {
    if (place.find_first_of("\n\r") != std::string::npos)
      ++broken_;
    else
      (text_ += place) += '\n';
  }
  void write(const fs::path& folder, std::vector<fs::path>& files, Progress& progress) const {
    if (broken_ > 0)
      progress.note(fmt::format("{}: {} paths hold a line break and are not in it; decisions.csv has all",
                                name_, broken_));
    writeFileAtomically(folder / name_, text_);
    files.push_back(folder / name_);
  }

 private:
  std::string name_, text_;
  int broken_ = 0;
};

// The lambda beyond which a selection keeps it.
std::string beyondOf(const KeptImages& kept, std::size_t i) {
  if (kept.enters.empty() || std::isnan(kept.enters[i])) return "";
  return std::isinf(kept.enters[i]) ? "never" : fmt::format("{:.17g}", 0 - kept.enters[i]);
}

std::string decisionsCsv(const KeptSource& source, Progress& progress) {
  const auto& [project, roster, kept, folder] = source;
  std::vector<float> percentiles;
  if (kept.scores) percentiles = analysis::percentiles(kept.scores->score);
  // The reason stands last: it alone may hold a comma, which a shell's sort would take for a column's end.
  std::string out =
      "sample,set,identity,path,offset,length,decision,score,percentile,own,hardest,hardest_identity,"
      "kept_beyond_lambda,reason\n";
  for (const auto& s : roster.samples) {
    progress.advance();
    const auto i = static_cast<std::size_t>(s.id);
    const KeptRuling& ruling = kept.rulings[i];
    if (ruling.kept == Kept::NotMeant) continue;
    const auto& who = roster.identities[static_cast<std::size_t>(s.movedTo >= 0 ? s.movedTo : s.identity)];
    out += fmt::format("{},{},{},{},{},{},{}", s.id, data::csvField(who.set), data::csvField(who.name),
                       data::csvField(data::pathOf(s.image)), s.image.offset, s.image.length,
                       ruling.kept == Kept::Stays ? "kept" : "removed");
    if (kept.scores) {
      const auto& table = *kept.scores;
      const int hardest = table.hardestIdentity[i];
      out += fmt::format(",{},{},{},{},{}", cellOf(table.score[i]), cellOf(percentiles[i]),
                         cellOf(table.own[i]), cellOf(table.hardest[i]),
                         hardest >= 0 && hardest < std::ssize(roster.identities)
                             ? data::csvField(roster.identities[static_cast<std::size_t>(hardest)].name)
                             : "");
    } else {
      out += ",,,,,";
    }
    out += fmt::format(",{},{}\n", beyondOf(kept, i), data::csvField(ruling.reason));
  }
  return out;
}

}  // namespace

std::vector<fs::path> exportLists(const KeptSource& source, Progress& progress) {
  const auto& kept = source.kept;
  progress.start("writing lists", std::ssize(source.roster.samples));
  std::set<std::string> stays;
  PlaceList keptList("kept.txt"), removedList("removed.txt");
  for (const int s : kept.samples())
    if (const auto place = data::placeOf(source.roster.samples[static_cast<std::size_t>(s)].image);
        stays.insert(place).second)
      keptList.add(place);
  std::set<std::string> listed;
  int shared = 0;
  for (std::size_t i = 0; i < kept.rulings.size(); ++i) {
    if (kept.rulings[i].kept != Kept::Goes) continue;
    const auto place = data::placeOf(source.roster.samples[i].image);
    if (stays.contains(place))
      ++shared;
    else if (listed.insert(place).second)
      removedList.add(place);
  }
  if (shared > 0)
    progress.note(fmt::format(
        "{} removed faces are of photographs that show a kept one too; these are not in removed.txt",
        shared));
  std::vector<fs::path> files;
  keptList.write(source.folder, files, progress);
  removedList.write(source.folder, files, progress);
  progress.throwIfStopped();
  writeFileAtomically(source.folder / "decisions.csv", decisionsCsv(source, progress));
  files.push_back(source.folder / "decisions.csv");
  progress.finish();
  return files;
}

std::vector<fs::path> exportFeatures(const KeptSource& source, const std::string& features,
                                     Progress& progress) {
  const std::string name = newestFeatures(source.project, features);
  const auto table = completeFeatures(source.project, name, source.roster.samples.size());
  noteOnlyKept(source.project, name, progress);
  const auto kept = source.kept.samples();
  progress.start("writing features", std::ssize(kept));
  PlaceList places(fmt::format("features-{}.txt", name));
  data::Matrix rows(0, table.view().cols);
  std::int64_t without = 0;
  for (const int s : kept) {
    progress.throwIfStopped();
    progress.advance();
    const auto row = table.view().row(s);
    const auto place = data::placeOf(source.roster.samples[static_cast<std::size_t>(s)].image);
    if (!data::isFinite(row) || place.find_first_of("\n\r") != std::string::npos) {
      ++without;  // rows and lines must stay beside each other
      continue;
    }
    rows.values.insert(rows.values.end(), row.begin(), row.end());
    ++rows.rows;
    places.add(place);
  }
  if (without > 0)
    progress.note(
        fmt::format("features '{}': {} kept images have none (or a line break in their path) and have no row",
                    name, without));
  std::vector<fs::path> files = {source.folder / fmt::format("features-{}.npy", name)};
  data::saveNpy(files.front(), rows.view());
  places.write(source.folder, files, progress);
  progress.finish();
  return files;
}

}  // namespace discern::pipeline
