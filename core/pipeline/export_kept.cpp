#include "core/pipeline/export_kept.h"

#include "core/analysis/operating_point.h"
#include "core/base/field_error.h"

namespace discern::pipeline {
namespace fs = std::filesystem;
using jobs::ExportPart;

results::ExportedKept exportKept(const project::Project& project, const jobs::ExportOptions& options,
                                 const fs::path& folder, std::vector<fs::path>& files, Progress& progress) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) failField("out", folder.string(), "cannot be created ({})", code.message());
  const Roster roster = readRoster(project);
  const KeptImages kept = keptImages(project, roster, options.kept, options.set);
  const KeptSource source{project, roster, kept, folder};
  const auto point = analysis::currentPoint(project);
  const auto add = [&](const std::vector<fs::path>& more) {
    files.insert(files.end(), more.begin(), more.end());
  };
  results::ExportedKept result;
  result.rule = kept.rule;
  result.kept = kept.kept;
  result.removed = kept.removed;
  if (options.asks(ExportPart::Lists)) add(exportLists(source, progress));
  if (options.asks(ExportPart::Features))
    add(exportFeatures(source, options.features.empty() ? point.features : options.features, progress));
  if (options.asks(ExportPart::Protocol)) {
    const auto made =
        exportProtocol(source, options.protocol.empty() ? point.protocol : options.protocol, progress);
    add(made.files);
    result.protocol = {made.templates, made.pairs, made.images};
  }
  if (options.asks(ExportPart::Records)) {
    const auto made = exportRecords(source, progress);
    add(made.files);
    result.records = {made.images, made.encoded};
  }
  if (options.asks(ExportPart::Tree)) {
    const auto made = exportTree(source, options.treeFiles, progress);
    result.tree = {made.images, made.there};
  }
  return result;
}

}  // namespace discern::pipeline
