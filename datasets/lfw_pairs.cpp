#include "datasets/lfw_pairs.h"

#include <algorithm>
#include <charconv>
#include <limits>
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

std::vector<fs::path> findPairFiles(const fs::path& root) {
  std::error_code code;
  std::vector<fs::path> found;
  for (const fs::path& folder : {root, root.parent_path()})
    for (const auto& entry : fs::directory_iterator(folder, code)) {
      std::string name = entry.path().filename().string();
      for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      if (name.find("pairs") != std::string::npos && name.ends_with(".txt") && entry.is_regular_file(code))
        found.push_back(entry.path());
    }
  std::sort(found.begin(), found.end());
  return found;
}

namespace {

std::vector<std::string> split(const std::string& line, const char* separators) {
  std::vector<std::string> fields;
  for (std::size_t at = 0; (at = line.find_first_not_of(separators, at)) != std::string::npos;) {
    const std::size_t end = std::min(line.find_first_of(separators, at), line.size());
    std::string field = line.substr(at, end - at);
    while (field.starts_with(' ')) field.erase(0, 1);
    while (field.ends_with(' ')) field.pop_back();
    if (!field.empty()) fields.push_back(std::move(field));
    at = end + 1;
  }
  return fields;
}

// Names may hold blanks where tabs, commas or semicolons separate.
std::vector<std::string> splitPair(const std::string& line) {
  for (const char* separators : {"\t", ",", ";"})
    if (auto fields = split(line, separators); fields.size() >= 3 && parseNumber(fields[1])) return fields;
  return split(line, " \t");
}

struct NumberedLine {
  int number = 0;
  std::string text;
};

// Name n1 n2, or Name1 n1 Name2 n2, and `surplus` columns behind.
PairLine parsePair(const fs::path& file, const NumberedLine& line, std::size_t surplus) {
  std::vector<std::string> fields = splitPair(line.text);
  if (fields.size() >= surplus + 3) fields.resize(fields.size() - surplus);
  if (fields.size() == 3 || fields.size() == 4) {
    const auto a = parseNumber(fields[1]), b = parseNumber(fields.back());
    if (a && b) return {line.number, fields[0], fields.size() == 3 ? fields[0] : fields[2], *a, *b, -1};
  }
  fail("{}:{}: '{}' was found, but 'Name 1 4' or 'Name1 1 Name2 2' was expected", file.string(), line.number,
       line.text);
}

// How many columns too many every line has: pairs of one person have three columns and of two people four, so
// lines of four and of five, such as with a label, have one.
std::size_t surplusOf(const std::vector<NumberedLine>& lines) {
  std::size_t least = std::numeric_limits<std::size_t>::max(), most = 0;
  for (const NumberedLine& line : lines) {
    const std::size_t columns = splitPair(line.text).size();
    least = std::min(least, columns);
    most = std::max(most, columns);
  }
  return most == least + 1 && least > 3 ? least - 3 : 0;
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
  std::vector<NumberedLine> lines;
  int number = 0;
  for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.pop_back();
    if (!line.empty()) lines.push_back({number, std::move(line)});
  }
  if (!lines.empty()) {
    const auto fields = split(lines[0].text, " \t,;");
    if (fields.size() <= 2) {
      for (const auto& field : fields)
        if (const auto value = parseNumber(field); value && *value > 0) header.push_back(*value);
      if (header.size() != fields.size())
        fail("{}:{}: '{}' was found, but a header such as '10 300', or a pair, was expected", path.string(),
             lines[0].number, lines[0].text);
      lines.erase(lines.begin());
    } else if (fields[0] == "name" && fields.size() <= 5) {
      lines.erase(lines.begin());  // the names of its columns
    }
  }
  const std::size_t surplus = surplusOf(lines);
  for (const NumberedLine& line : lines) file.pairs.push_back(parsePair(path, line, surplus));
  if (surplus > 0)
    file.surplus = fmt::format("its lines have {} more column{} than LFW's, which {} ignored", surplus,
                               surplus == 1 ? "" : "s", surplus == 1 ? "was" : "were");
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
