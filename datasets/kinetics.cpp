// Kinetics: ten seconds of each of many videos, which a table for each part labels.
#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "datasets/face_table.h"
#include "datasets/labelled_videos.h"
#include "datasets/person_tracks.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char *kId = "youtube_id", *kBegin = "time_start", *kEnd = "time_end", *kLabel = "label";
constexpr std::int64_t kLast = 999'999;  // six digits of a file's name

// The tables, known by their header: train.csv, validate.csv and test.csv, or kinetics-700_train.csv.
std::vector<fs::path> tablesOf(const fs::path& path) {
  std::vector<fs::path> tables;
  std::error_code code;
  for (const fs::path& folder : {path, path / "annotations"}) {
    if (!fs::is_directory(folder, code)) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() != ".csv" || !entry.is_regular_file(code)) continue;
      try {
        data::CsvReader csv(entry.path());
        data::CsvRow header;
        if (csv.next(header) && data::findCsvColumn(header, {kId}) >= 0 &&
            data::findCsvColumn(header, {kBegin}) >= 0)
          tables.push_back(entry.path());
      } catch (const Error&) {  // some other table
      }
    }
  }
  std::ranges::sort(tables);
  return tables;
}

enum class Part { Train, Validation, Test };  // as kThreeParts

std::optional<Part> partOf(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (name.find("train") != std::string::npos) return Part::Train;
  if (name.find("val") != std::string::npos) return Part::Validation;
  if (name.find("test") != std::string::npos) return Part::Test;
  return std::nullopt;
}

void readTable(const fs::path& file, const FilesByStem& files, const LoadOptions& options, VideoSet& set,
               Progress& progress) {
  TableReader rows(file);
  const int id = rows.column(kId), begin = rows.column(kBegin), end = rows.column(kEnd);
  const int label = rows.find(kLabel), split = rows.find("split");
  const auto isWanted = [&](Part part) {
    return asksForPart(options, kThreeParts[static_cast<std::size_t>(part)], kThreeParts);
  };
  std::size_t unlabelled = 0;
  while (rows.next()) {
    progress.throwIfStopped();
    const auto part = partOf(split >= 0 ? rows.text(split) : file.stem().string());
    if (!part)
      fail("{}: the part is '{}'; train, validate or test was expected", rows.where(),
           split >= 0 ? rows.text(split) : file.stem().string());
    if (!isWanted(*part)) continue;
    const std::int64_t from = rows.whole(begin), to = rows.whole(end);
    if (rows.text(id).empty() || from < 0 || to <= from || to > kLast)
      fail(
          "{}: video '{}' from {} to {} was found; an identifier and whole seconds, the end behind the "
          "beginning, were expected",
          rows.where(), rows.text(id), from, to);
    if (label < 0 || rows.text(label).empty()) {
      ++unlabelled;
      continue;
    }
    const std::string name = fmt::format("{}_{:06}_{:06}", rows.text(id), from, to);
    set.videos.push_back({name,
                          rows.text(label),
                          files.find(name),
                          *part != Part::Train,
                          {},
                          file,
                          std::to_string(rows.line())});
  }
  if (unlabelled > 0)
    set.problems.push_back(
        {file.string(), fmt::format("{} of its rows have no label and were left out: what they show is not "
                                    "public",
                                    unlabelled)});
}

data::Dataset loadKinetics(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const auto tables = tablesOf(path);
  if (tables.empty())
    fail(
        "{}: holds no table with the columns label, youtube_id, time_start, time_end and split; check the "
        "path",
        path.string());
  const FilesByStem files(path, progress);
  VideoSet set;
  for (const fs::path& table : tables) readTable(table, files, options, set, progress);
  return toDataset(std::move(set), path, options, progress);
}

}  // namespace

Format kineticsFormat() {
  return {
      .name = "kinetics",
      .title = "Kinetics",
      .help =
          "Kinetics-700 and its kin: train.csv, validate.csv and test.csv (label, youtube_id, time_start, "
          "time_end, split), and their videos anywhere in the folder",
      .example =
          "SET/train.csv\nSET/validate.csv\nSET/train/abseiling/AbCdEfGhIjK_000084_000094.mp4\n"
          "SET/validate/abseiling/0123456789a_000000_000010.mp4",
      .matches = [](const fs::path& path) { return fs::is_directory(path) && !tablesOf(path).empty(); },
      .load = loadKinetics,
      .options =
          videoOptions({{"part", "train|validation|test", "that part alone; all are read without it"}}),
      .kind = kClipKind};
}

}  // namespace discern::datasets
