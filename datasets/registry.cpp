#include "datasets/registry.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"
#include "datasets/adapters.h"
#include "datasets/import_options.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

std::string describeFormats() {
  std::string text;
  for (const Format& format : formats())
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", format.name, format.summary);
  return text;
}

void checkExtras(const Format& format, const LoadOptions& options) {
  for (const auto& [key, value] : options.extra) {
    if (std::find(format.extras.begin(), format.extras.end(), key) != format.extras.end()) continue;
    if (format.extras.empty())
      fail("option {}: format '{}' has no options of its own; leave it out", key, format.name);
    fail("option {}: format '{}' does not know it; it knows: {}", key, format.name,
         fmt::join(format.extras, ", "));
  }
}

}  // namespace

const std::vector<Format>& formats() {
  // The particular before the general: a folder of folders would also match what is more than that.
  static const std::vector<Format> all = {
      recordIoFormat(), insightFaceBinFormat(), templateCsvFormat(), syntheticFacesFormat(), umdFacesFormat(),
      uccsFormat(),     scfaceFormat(),         lfwFormat(),         folderFormat()};
  return all;
}

const Format& findFormat(const std::string& name) {
  std::vector<std::string> names;
  for (const Format& format : formats()) {
    if (format.name == name) return format;
    names.push_back(format.name);
  }
  fail("format '{}' is not known; expected one of: {}", name, fmt::join(names, ", "));
}

const Format& detectFormat(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) fail("{}: does not exist; check the path", path.string());
  for (const Format& format : formats())
    if (format.matches(path)) return format;
  fail("{}: is in no known layout; expected one of: {}", path.string(), describeFormats());
}

data::Dataset load(const fs::path& path, const std::string& format, const LoadOptions& options,
                   Progress& progress) {
  std::error_code code;
  if (!fs::exists(path, code)) fail("{}: does not exist; check the path", path.string());
  fs::path absolute = fs::absolute(path).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();  // a trailing slash
  try {
    const Format& adapter = format.empty() || format == "auto" ? detectFormat(absolute) : findFormat(format);
    checkExtras(adapter, options);
    data::Dataset dataset = adapter.load(absolute, options, progress);
    dataset.format = adapter.name;
    dataset.name = options.name.empty() ? absolute.stem().string() : options.name;
    applyOptions(dataset, absolute, options);
    return dataset;
  } catch (const fs::filesystem_error& e) {
    fail("{}: cannot be read ({}); check its permissions", e.path1().string(), e.code().message());
  }
}

}  // namespace discern::datasets
