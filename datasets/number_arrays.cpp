// NumPy's .npy and .npz.
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "core/base/field_error.h"
#include "core/data/npy_rows.h"
#include "datasets/number_readers.h"

namespace discern::datasets {
namespace {
using data::NpyHeader;
using Headers = std::map<std::string, NpyHeader>;

data::NumberRows rowsOf(const NumberSource& source, data::NpyRows array) {
  data::NumberRows rows;
  rows.source = source.file;
  rows.rows = array.rows();
  rows.cols = array.cols();
  rows.read = [array = std::move(array)](std::int64_t first, std::int64_t count, float* to) {
    array.read(first, count, to);
  };
  return rows;
}

std::string listed(const Headers& headers) {
  std::vector<std::string> entries;
  for (const auto& [name, header] : headers)
    entries.push_back(fmt::format("{} ({})", name, toString(header)));
  return fmt::format("{}", fmt::join(entries, ", "));
}

bool couldBe(const NpyHeader& header, Wanted wanted) {
  if (!data::isNumberType(header.type)) return false;
  const auto& shape = header.shape;
  if (wanted == Wanted::Features) return shape.size() == 2 && shape[1] > 1;
  return shape.size() == 1 || (shape.size() == 2 && shape[1] == 1);
}

// The array of numbers: the one that is named, or the only one that it can be.
std::string chosenArray(const NumberSource& source, const Headers& headers, Wanted wanted) {
  if (!source.key.empty()) {
    if (!headers.contains(source.key))
      failField("key", source.key, "{} holds no such array; there is: {}", source.file, listed(headers));
    return source.key;
  }
  std::vector<std::string> candidates;
  for (const auto& [name, header] : headers)
    if (couldBe(header, wanted)) candidates.push_back(name);
  if (candidates.size() == 1) return candidates.front();
  const char* what = wanted == Wanted::Features ? "features (rows of numbers)" : "scores (a number each)";
  failField("key", "", "{} holds {} that could be the {}; say which. There is: {}", source.file,
            candidates.empty() ? "no array" : "several arrays", what, listed(headers));
}

// An array of texts that is named, or the only one with a name that says so; "": none.
std::string chosenTexts(const NumberSource& source, const Headers& headers, const char* field,
                        const std::string& given, const std::vector<std::string_view>& names) {
  if (!given.empty()) {
    const auto found = headers.find(given);
    if (found == headers.end())
      failField(field, given, "{} holds no such array; there is: {}", source.file, listed(headers));
    if (found->second.type == "|O")
      failField(
          field, given,
          "{} keeps it as Python objects, which are not read; save it as text, numpy.array(list, dtype=str)",
          source.file);
    return given;
  }
  std::vector<std::string> candidates;
  for (const auto& [name, header] : headers) {
    if (std::ranges::find(names, name) == names.end() || header.shape.size() != 1) continue;
    if (header.type == "|O")
      failField(
          field, name,
          "{} keeps it as Python objects, which are not read; save it as text, numpy.array(list, dtype=str)",
          source.file);
    candidates.push_back(name);
  }
  if (candidates.size() > 1)
    failField(field, "", "{} holds several arrays that it could be; say which of {}", source.file,
              fmt::join(candidates, ", "));
  return candidates.empty() ? "" : candidates.front();
}

std::vector<std::string> textsIn(const NumberSource& source, const std::string& name, std::int64_t rows) {
  const auto array = data::readNpzArray(source.file, name);
  std::vector<std::string> texts;
  if (data::isTextType(array.type)) {
    texts = data::textsOf(array);
  } else if (array.type.starts_with("<i")) {  // people by number
    const auto bytes = static_cast<std::size_t>(array.elementBytes());
    for (std::size_t at = 0; at < array.bytes.size(); at += bytes) {
      std::uint64_t value = 0;
      for (std::size_t b = bytes; b-- > 0;)
        value = value << 8 | static_cast<unsigned char>(array.bytes[at + b]);
      texts.push_back(bytes == 4 ? std::to_string(static_cast<std::int32_t>(value))
                                 : std::to_string(static_cast<std::int64_t>(value)));
    }
  } else {
    fail("{}: the array {} holds {} values; texts were expected", source.file, name, array.type);
  }
  if (std::ssize(texts) != rows)
    fail("{}: the array {} holds {} texts for {} rows; one for each was expected", source.file, name,
         texts.size(), rows);
  return texts;
}

}  // namespace

data::NumberRows readNpyRows(const NumberSource& source, Wanted wanted) {
  auto rows = rowsOf(source, data::NpyRows(source.file));
  if (wanted == Wanted::Score && rows.cols != 1)
    fail("{}: has {} columns; one score a row was expected", source.file, rows.cols);
  return rows;
}

data::NumberRows readNpzRows(const NumberSource& source, Wanted wanted) {
  static const std::vector<std::string_view> kPaths{"path",        "paths",    "file",   "files",
                                                    "filename",    "image",    "images", "image_path",
                                                    "image_paths", "filenames"};
  static const std::vector<std::string_view> kLabels{"label", "labels", "identity", "identities"};
  const Headers headers = data::listNpz(source.file);
  const std::string key = chosenArray(source, headers, wanted);
  const std::string paths =
      source.paths.empty() ? chosenTexts(source, headers, "paths-key", source.pathsKey, kPaths) : "";
  const std::string labels = wanted == Wanted::Features && source.labels.empty()
                                 ? chosenTexts(source, headers, "labels-key", source.labelsKey, kLabels)
                                 : "";
  auto rows = rowsOf(source, data::NpyRows(fmt::format("{}: the array {}", source.file, key),
                                           data::readNpzArray(source.file, key)));
  rows.column = key;
  if (wanted == Wanted::Score && rows.cols != 1)
    failField("key", key, "has {} columns; one score a row was expected", rows.cols);
  if (!paths.empty()) rows.paths = textsIn(source, paths, rows.rows);
  if (!labels.empty()) rows.labels = textsIn(source, labels, rows.rows);
  return rows;
}

}  // namespace discern::datasets
