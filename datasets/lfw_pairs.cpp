#include "datasets/lfw_pairs.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/image_files.h"

namespace discern::datasets {
namespace fs = std::filesystem;

std::optional<int> parseNumber(std::string_view text) {
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

namespace {

std::vector<std::string> split(const std::string& line, bool tabsOnly) {
  std::vector<std::string> fields;
  const char* separators = tabsOnly ? "\t" : " \t";
  for (std::size_t at = 0; (at = line.find_first_not_of(separators, at)) != std::string::npos;) {
    const std::size_t end = std::min(line.find_first_of(separators, at), line.size());
    std::string field = line.substr(at, end - at);
    while (field.starts_with(' ')) field.erase(0, 1);
    while (field.ends_with(' ')) field.pop_back();
    if (!field.empty()) fields.push_back(std::move(field));
    at = end;
  }
  return fields;
}

// Name n1 n2, or Name1 n1 Name2 n2.
PairLine parsePair(const fs::path& file, int number, const std::string& line) {
  for (const bool tabsOnly : {true, false}) {  // names may hold spaces where tabs separate
    const std::vector<std::string> fields = split(line, tabsOnly);
    if (fields.size() != 3 && fields.size() != 4) continue;
    const auto a = parseNumber(fields[1]), b = parseNumber(fields.back());
    if (a && b) return {number, fields[0], fields.size() == 3 ? fields[0] : fields[2], *a, *b, -1};
  }
  fail("{}:{}: '{}' was found, but 'Name 1 4' or 'Name1 1 Name2 2' was expected", file.string(), number,
       line);
}

// Without a header a fold is a run of genuine pairs and the run of impostor pairs behind it.
void guessFolds(PairFile& file) {
  const auto genuine = [&](std::size_t i) { return file.pairs[i].a == file.pairs[i].b; };
  std::vector<int> sizes{0};
  for (std::size_t i = 0; i < file.pairs.size(); ++i) {
    if (i > 0 && genuine(i) && !genuine(i - 1)) sizes.push_back(0);
    file.pairs[i].fold = static_cast<int>(sizes.size()) - 1;
    ++sizes.back();
  }
  file.folds = static_cast<int>(sizes.size());
  file.note = fmt::format("it has no header; {} folds were recognised by their order", file.folds);
  if (file.folds > 1 && std::all_of(sizes.begin(), sizes.end(), [&](int size) { return size == sizes[0]; }))
    return;
  const auto n = static_cast<std::int64_t>(file.pairs.size());
  file.folds = static_cast<int>(std::min<std::int64_t>(10, n));
  for (std::int64_t i = 0; i < n; ++i)
    file.pairs[static_cast<std::size_t>(i)].fold = consecutiveFold(i, n, file.folds);
  file.note = fmt::format("it has no header; {} folds were taken in consecutive blocks", file.folds);
}

}  // namespace

PairFile readPairFile(const fs::path& path) {
  const std::string text = readFile(path);
  PairFile file;
  std::vector<int> header;
  int number = 0;
  bool first = true;
  for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.pop_back();
    if (line.empty()) continue;
    if (std::exchange(first, false)) {
      const auto fields = split(line, false);
      if (fields.size() <= 2) {
        for (const auto& field : fields)
          if (const auto value = parseNumber(field); value && *value > 0) header.push_back(*value);
        if (header.size() != fields.size())
          fail("{}:{}: '{}' was found, but a header such as '10 300', or a pair, was expected", path.string(),
               number, line);
        continue;
      }
    }
    file.pairs.push_back(parsePair(path, number, line));
  }
  if (file.pairs.empty()) fail("{}: holds no pairs; lines such as 'Name 1 4' were expected", path.string());
  if (header.empty()) {
    guessFolds(file);
    return file;
  }
  // "10 300": ten folds of 300 genuine and 300 impostor
  // pairs. "1100": one set of 1100 of each, without folds.
  const std::int64_t folds = header.size() == 2 ? header[0] : 1, half = header.back();
  const auto found = static_cast<std::int64_t>(file.pairs.size());
  if (found % (2 * half) != 0 || found / (2 * half) != folds)
    fail("{}:1: the header promises {} folds of 2 x {} pairs, but {} pairs follow; is the file complete?",
         path.string(), folds, half, found);
  if (folds == 1) return file;
  file.folds = static_cast<int>(folds);
  for (std::size_t i = 0; i < file.pairs.size(); ++i)
    file.pairs[i].fold = static_cast<int>(static_cast<std::int64_t>(i) / (2 * half));
  return file;
}

}  // namespace discern::datasets
