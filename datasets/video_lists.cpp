#include "datasets/video_lists.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"

namespace discern::datasets {

std::vector<ListLine> linesOf(const std::filesystem::path& file) {
  std::vector<ListLine> lines;
  std::string text = readFile(file);
  std::ranges::replace(text, '\t', ' ');
  int number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    const auto first = line.find_first_not_of(" \r");
    if (first != std::string::npos)
      lines.push_back({number, line.substr(first, line.find_last_not_of(" \r") + 1 - first)});
  }
  return lines;
}

int splitOf(const LoadOptions& options) {
  const auto given = options.extra.find("split");
  if (given == options.extra.end()) return 1;
  if (given->second != "1" && given->second != "2" && given->second != "3")
    fail("option split: '{}' was given; 1, 2 or 3 was expected", given->second);
  return given->second[0] - '0';
}

std::vector<FormatOption> splitOptions() {
  return {{"part", "train|test", "that part alone; both are read without it"},
          {"split", "1|2|3", "which of the three; 1 without it"}};
}

}  // namespace discern::datasets
