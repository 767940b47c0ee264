// root/identity/image, and optionally groups.csv that gathers images into templates.
#include <algorithm>
#include <unordered_map>

#include "core/base/error.h"
#include "core/data/csv.h"
#include "datasets/image_files.h"
#include "datasets/import_options.h"
#include "datasets/lfw_pairs.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

// group,identity,path with paths relative to the root: a protocol of templates, without pairs.
void readGroups(const fs::path& file, const fs::path& root, const LoadOptions& options,
                data::Dataset& dataset) {
  const auto rows = data::readCsv(file);
  if (rows.empty()) fail("{}: is empty; the header group,identity,path was expected", file.string());
  const int group = data::csvColumn(file, rows[0], "group");
  const int identity = data::csvColumn(file, rows[0], "identity");
  const int path = data::csvColumn(file, rows[0], "path");
  std::unordered_map<std::string, int> sampleOf;
  for (std::size_t i = 0; i < dataset.samples.size(); ++i)
    sampleOf[dataset.samples[i].image.file] = static_cast<int>(i);
  std::unordered_map<std::string, std::size_t> groupOf;
  data::Protocol protocol{"groups", {}, {}, 0};
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const auto& fields = rows[r].fields;
    const std::string where = fmt::format("{}:{}", file.string(), rows[r].line);
    if (fields.size() != rows[0].fields.size())
      fail("{}: {} columns were found, but the header has {}", where, fields.size(), rows[0].fields.size());
    const std::string& owner = fields[static_cast<std::size_t>(identity)];
    if (!isWanted(options, owner)) continue;
    const auto image = (root / fields[static_cast<std::size_t>(path)]).lexically_normal().string();
    const auto sample = sampleOf.find(image);
    if (sample == sampleOf.end()) {
      dataset.problems.push_back(
          {where, fmt::format("{} is not among the usable images; the row was left out", image)});
      continue;
    }
    const int actual = dataset.samples[static_cast<std::size_t>(sample->second)].identity;
    if (dataset.identities[static_cast<std::size_t>(actual)] != owner) {
      dataset.problems.push_back(
          {where, fmt::format("{} lies in the folder of {}, not of {}; the row was left out", image,
                              dataset.identities[static_cast<std::size_t>(actual)], owner)});
      continue;
    }
    const std::string& name = fields[static_cast<std::size_t>(group)];
    const auto [at, fresh] = groupOf.emplace(name, protocol.templates.size());
    if (fresh) protocol.templates.push_back({name, actual, {}});
    data::Template& one = protocol.templates[at->second];
    if (one.identity != actual)
      fail("{}: group '{}' holds images of {} and of {}; a group belongs to one identity", where, name,
           dataset.identities[static_cast<std::size_t>(one.identity)], owner);
    if (std::find(one.samples.begin(), one.samples.end(), sample->second) != one.samples.end())
      dataset.problems.push_back({where, fmt::format("{} is listed twice in group '{}'", image, name)});
    else
      one.samples.push_back(sample->second);
  }
  dataset.protocols.push_back(std::move(protocol));
}

data::Dataset loadFolder(const fs::path& path, const LoadOptions& options, Progress& progress) {
  FolderImages images = readIdentityFolders(path, options, progress);
  data::Dataset dataset = std::move(images.dataset);
  if (const fs::path groups = path / "groups.csv"; fs::exists(groups))
    readGroups(groups, path, options, dataset);
  for (const fs::path& file : findPairFiles(path))
    if (file.parent_path() == path)
      dataset.problems.push_back(
          {file.string(),
           "this list of pairs was not read, since the images are not called as LFW's "
           "(Name/Name_0001.jpg); rename them, or give the pairs as a table of templates"});
  return dataset;
}

}  // namespace

Format folderFormat() {
  return {
      .name = "folder",
      .title = "a folder for each identity",
      .help = "a folder per identity, with its images inside; optionally groups.csv with group,identity,path",
      .example = "SET/anna/1.jpg\nSET/ben/1.png\nSET/groups.csv",
      .matches = [](const fs::path& path) { return fs::is_directory(path); },
      .load = loadFolder};
}

}  // namespace discern::datasets
