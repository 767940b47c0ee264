#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <limits>
#include <optional>

#include "core/base/field_error.h"
#include "core/base/rng.h"
#include "core/data/npy_writer.h"
#include "core/pipeline/import_numbers.h"
#include "core/pipeline/match_rows.h"
#include "core/project/contents.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;

// The table that is filled further; nothing where a new one is made.
std::optional<project::FeatureTableRow> tableToFill(const project::Project& project,
                                                    const ImportFeaturesOptions& o, std::int64_t dims) {
  if (project.model(o.name))
    failField("name", o.name, "is the name of a network of this project; choose another name");
  const auto row = project.featureTable(o.name);
  if (!row) {
    if (o.add) failField("name", o.name, "there are no such features to add to");
    return std::nullopt;
  }
  if (!o.add) {
    if (!o.replace)
      failField(
          "name", o.name,
          "are features of this project already; choose another name, or say that they are to be replaced or "
          "added to");
    return std::nullopt;
  }
  if (!project::isImported(*row))
    failField("name", o.name, "were extracted by {}; only imported features can be added to", row->model);
  if (row->dims != dims) failField("name", o.name, "have {} numbers a row, these have {}", row->dims, dims);
  return row;
}

struct Written {
  std::uint64_t hash = 0;
  std::vector<unsigned char> finite;  // by sample
  std::int64_t notFinite = 0;         // rows that were matched and hold something else
};

// Rows of the samples `first` .. first + count - 1, read in as few pieces as they lie in.
void readBlock(const data::NumberRows& rows, const std::vector<std::int64_t>& rowOf, std::size_t first,
               std::size_t count, std::vector<float>& block) {
  const auto cols = static_cast<std::size_t>(rows.cols);
  std::ranges::fill(block, std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < count;) {
    const std::int64_t row = rowOf[first + i];
    std::size_t run = 1;
    while (row != kNoRow && i + run < count && rowOf[first + i + run] == row + static_cast<std::int64_t>(run))
      ++run;
    if (row != kNoRow) rows.read(row, static_cast<std::int64_t>(run), block.data() + i * cols);
    i += run;
  }
}

// One row with what the table had before; an older number is kept, and none is changed without being told.
void mergeOlder(std::span<const float> older, std::span<float> row, const std::string& source,
                std::int64_t number, bool replace) {
  if (!data::isFinite(older)) return;
  if (!data::isFinite(row)) {
    std::ranges::copy(older, row.begin());
  } else if (!replace && !std::ranges::equal(older, row)) {
    fail(
        "{}: row {} differs from the one that these features have of this image; say that it is to be "
        "replaced, or "
        "leave it out",
        source, number + 1);
  }
}

Written writeRows(data::NpyWriter& writer, const data::NumberRows& rows,
                  const std::vector<std::int64_t>& rowOf, const data::MappedNpy* older, bool replace,
                  Progress& progress) {
  constexpr std::size_t kBytes = 4 << 20;
  const auto cols = static_cast<std::size_t>(rows.cols);
  const std::size_t most = std::max<std::size_t>(1, kBytes / sizeof(float) / cols);
  Written written;
  written.hash = static_cast<std::uint64_t>(rowOf.size());
  written.finite.resize(rowOf.size());
  std::vector<float> block;
  progress.start("importing features", static_cast<std::int64_t>(rowOf.size()));
  for (std::size_t first = 0; first < rowOf.size(); first += most) {
    progress.throwIfStopped();
    const std::size_t count = std::min(most, rowOf.size() - first);
    block.resize(count * cols);
    readBlock(rows, rowOf, first, count, block);
    for (std::size_t i = 0; i < count; ++i) {
      const auto row = std::span(block).subspan(i * cols, cols);
      const auto sample = first + i;
      if (rowOf[sample] != kNoRow && !data::isFinite(row)) ++written.notFinite;
      if (older && static_cast<std::int64_t>(sample) < older->view().rows)
        mergeOlder(older->view().row(static_cast<std::int64_t>(sample)), row, rows.source, rowOf[sample],
                   replace);
      written.finite[sample] = data::isFinite(row) ? 1 : 0;
      if (written.finite[sample] == 0) std::ranges::fill(row, std::numeric_limits<float>::quiet_NaN());
    }
    for (std::size_t i = 0; i < block.size(); i += 2) {
      std::uint64_t word = 0;
      std::memcpy(&word, block.data() + i, std::min<std::size_t>(2, block.size() - i) * sizeof(float));
      written.hash = mixSeed(written.hash, word);
    }
    writer.append(block);
    progress.advance(static_cast<std::int64_t>(count));
  }
  progress.finish();
  return written;
}

// Of the originals without numbers, why.
std::vector<std::pair<int, std::string>> problemsOf(const std::vector<project::SampleRow>& samples,
                                                    const std::vector<std::int64_t>& rowOf,
                                                    const Written& written, const std::string& source) {
  std::vector<std::pair<int, std::string>> problems;
  for (const auto& sample : samples) {
    const auto i = static_cast<std::size_t>(sample.id);
    if (sample.removed() || sample.parent >= 0 || written.finite[i] != 0) continue;
    problems.emplace_back(sample.id, rowOf[i] == kNoRow
                                         ? fmt::format("{}: {} has no row for it", sample.image.file, source)
                                         : fmt::format("{}: row {} of {} holds numbers that are not finite",
                                                       sample.image.file, rowOf[i] + 1, source));
  }
  return problems;
}

std::string nameOfNewSet(const project::Project& project, const ImportFeaturesOptions& o) {
  if (!o.match.set.empty())
    failField("set", o.match.set,
              "names images that are there, but a set is to be made of these rows; leave it out");
  const std::string name = o.newSet.empty() ? fs::path(o.source.file).stem().string() : o.newSet;
  const auto sets = project.sets();
  if (std::ranges::find(sets, name) != sets.end())
    failField("new-set", name,
              "is a set of this project already; leave it out to match its images, or choose another name");
  project::requireFileName("new-set", name);
  return name;
}

}  // namespace

ImportFeaturesResult importFeatures(project::Project& project, const data::NumberRows& rows,
                                    const ImportFeaturesOptions& options, Progress& progress) {
  jobs::importFeaturesFields().check(options);
  const auto filled = tableToFill(project, options, rows.cols);
  const auto samples = project.samples();
  const bool makes = !options.newSet.empty() || std::ranges::all_of(samples, &project::SampleRow::removed);
  const std::string source = fs::absolute(options.source.file).lexically_normal().string();

  ImportFeaturesResult result;
  result.name = options.name;
  result.source = source;
  result.dims = rows.cols;
  result.ignored = rows.ignored;
  MadeSet made;
  RowMatch match;
  if (makes) {
    made = makeSet(rows, nameOfNewSet(project, options));
    made.dataset.kind = project.groupKind();
    match.rowOf.assign(samples.size(), kNoRow);
    match.rowOf.insert(match.rowOf.end(), made.match.rowOf.begin(), made.match.rowOf.end());
    match.counts = made.match.counts;
    result.newSet = made.dataset.name;
    result.samples = std::ssize(made.dataset.samples);
    result.identities = std::ssize(made.dataset.identities);
  } else {
    if (!options.match.set.empty()) requireSet(project, options.match.set);
    match = matchRows(rows, options.match, samples, project.identities());
  }

  std::optional<data::MappedNpy> older;
  if (filled) older.emplace(storedFeatures(project, options.name));
  data::NpyWriter writer(project.featureFile(options.name), std::ssize(match.rowOf), rows.cols);
  const Written written =
      writeRows(writer, rows, match.rowOf, older ? &*older : nullptr, options.replace, progress);
  match.counts.notFinite = written.notFinite;
  result.rows = match.counts;
  if (std::ranges::none_of(written.finite, [](unsigned char f) { return f != 0; }))
    fail("{}: none of its {} rows holds finite numbers", rows.source, rows.rows);

  if (makes) project.addDataset(made.dataset, options.role);
  writer.commit();
  project.putSetting(settings::featureModel(options.name), std::to_string(written.hash));
  project.putFeatureTable({.name = options.name,
                           .model = std::string(project::kImported) + source,
                           .recipe = "{}",
                           .dims = rows.cols,
                           .created = ""});
  project::putFeatureProblems(project, options.name,
                              problemsOf(project.samples(), match.rowOf, written, source));
  return result;
}

}  // namespace discern::pipeline
