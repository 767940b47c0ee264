// report: the project as one document.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/base/field.h"
#include "core/base/names.h"

namespace discern::jobs {

enum class ReportFormat { Html, Pdf };
inline const auto& namesOf(ReportFormat) {
  static constexpr std::array<Named<ReportFormat>, 2> kNames{
      {{ReportFormat::Html, "html", "one file with everything in it"}, {ReportFormat::Pdf, "pdf", "pages"}}};
  return kNames;
}

struct ReportOptions {
  std::string out;  // a file (.html, .pdf) or a folder; empty: PROJECT/exports
  std::vector<ReportFormat> format = {ReportFormat::Html, ReportFormat::Pdf};
  bool faces = false;  // pictures of the worst and best templates
};
const Fields<ReportOptions>& reportFields();

// Where they go, in the order of the formats: report.html and report.pdf of a folder, or the one file.
// exports: the folder where nothing is said. Throws FieldError where a file's ending is no format, or not one
// of those that were asked for (an ending is enough where both are).
std::vector<std::string> reportFiles(const ReportOptions& options, const std::string& exports);

}  // namespace discern::jobs
