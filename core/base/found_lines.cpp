#include "core/base/found_lines.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"

namespace discern {
namespace fs = std::filesystem;
using nlohmann::json;

namespace {
constexpr const char *kOf = "of", *kFound = "found";
}  // namespace

FoundLines::FoundLines(fs::path file, const std::string& fingerprint) : file_(std::move(file)) {
  if (file_.empty()) return;
  std::istringstream lines(fs::exists(file_) ? readFile(file_) : std::string());
  std::string line;
  const std::string first = json{{"made_with", fingerprint}}.dump();
  if (std::getline(lines, line) && line == first) {
    while (std::getline(lines, line)) {
      const json entry = parseJson(line);  // the last may be half written
      if (const std::string key = jsonText(entry, kOf); !key.empty()) lines_[key] = line;
    }
  }
  // Written anew, so that what is added does not follow half a line.
  std::string whole = first + "\n";
  for (const auto& [key, kept] : lines_) whole += kept + "\n";
  writeFileAtomically(file_, whole);
}

json FoundLines::find(const std::string& key) const {
  const auto line = lines_.find(key);
  if (line == lines_.end()) return json::value_t::discarded;
  const json entry = parseJson(line->second);
  const auto found = entry.find(kFound);
  if (found == entry.end()) return json::value_t::discarded;
  return *found;
}

void FoundLines::add(const std::string& key, const json& found) {
  if (file_.empty()) return;
  std::string line;
  try {
    line = json{{kOf, key}, {kFound, found}}.dump() + "\n";
  } catch (const json::exception&) {  // it is searched again next time
    return;
  }
  const std::lock_guard lock(mutex_);
  std::ofstream(file_, std::ios::app | std::ios::binary) << line << std::flush;
}

std::string sizeAndTime(const fs::path& file) {
  std::error_code code;
  const auto size = fs::file_size(file, code);
  const auto time = fs::last_write_time(file, code).time_since_epoch().count();
  return fmt::format("{}|{}", size, time);
}

}  // namespace discern
