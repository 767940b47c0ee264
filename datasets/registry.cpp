#include "datasets/registry.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"
#include "datasets/import_options.h"

namespace discern::datasets {

#define FORMAT(file, function) Format function();
#include "datasets/formats.def"
#undef FORMAT

namespace fs = std::filesystem;
namespace {

std::string describeFormats() {
  std::string text;
  for (const Format& format : formats())
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", format.name, format.help);
  return text;
}

void checkExtras(const Format& format, const LoadOptions& options) {
  for (const auto& [key, value] : options.extra) {
    std::vector<std::string> known;
    for (const FormatOption& option : format.options) known.push_back(option.key);
    if (std::ranges::find(known, key) != known.end()) continue;
    if (known.empty())
      fail("option {}: format '{}' has no options of its own; leave it out", key, format.name);
    fail("option {}: format '{}' does not know it; it knows: {}", key, format.name, fmt::join(known, ", "));
  }
}

Registry<Format>& all() {
#define FORMAT(file, function) function(),
  static Registry<Format> registry("format", {
#include "datasets/formats.def"
                                             });
#undef FORMAT
  return registry;
}

}  // namespace

const Registry<Format>& formats() { return all(); }

void registerFormat(Format format) { all().addFirst(std::move(format)); }

const Format& findFormat(const std::string& name) { return all().find(name); }

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
    dataset.kind = adapter.kind;
    dataset.name = options.name.empty() ? absolute.stem().string() : options.name;
    applyOptions(dataset, absolute, options);
    return dataset;
  } catch (const fs::filesystem_error& e) {
    fail("{}: cannot be read ({}); check its permissions", e.path1().string(), e.code().message());
  }
}

}  // namespace discern::datasets
