#include "core/jobs/report.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "core/base/field_error.h"

namespace discern::jobs {
namespace fs = std::filesystem;

const Fields<ReportOptions>& reportFields() {
  static const Fields<ReportOptions> fields = [] {
    using O = ReportOptions;
    Fields<O> f;
    f.add("out", &O::out, "File or folder", "A file that ends in .html or .pdf, or a folder for both")
        .whenEmpty("PROJECT/exports");
    f.add("format", &O::format, "Format", "What is written");
    f.add("faces", &O::faces, "Faces",
          "Shows pictures of the worst and best templates; without it there is none, since a report travels");
    return f;
  }();
  return fields;
}

std::vector<std::string> reportFiles(const ReportOptions& options, const std::string& exports) {
  if (options.format.empty()) failField("format", "", "name at least one of html and pdf");
  const fs::path out = options.out.empty() ? exports : options.out;
  std::string ending = out.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
  const bool folder = options.out.empty() || options.out.ends_with('/') || fs::is_directory(out);
  std::vector<std::string> files;
  for (const ReportFormat format : options.format) {
    const std::string own = std::string(".") + std::string(nameOf(format));
    if (folder || ending.empty())
      files.push_back((out / ("report" + own)).string());
    else if (ending == own)
      files.push_back(out.string());
  }
  if (files.empty())
    failField("out", options.out, "a report is written as .html or .pdf, and as a format that is asked for");
  return files;
}

}  // namespace discern::jobs
