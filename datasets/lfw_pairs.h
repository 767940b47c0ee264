// The grammar of LFW's pairs files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace discern::datasets {

struct PairLine {
  int line = 0;
  std::string a, b;  // names
  int numberA = 0, numberB = 0;
  int fold = -1;
};

struct PairFile {
  std::vector<PairLine> pairs;
  int folds = 0;
  std::string note;     // how the folds were found, when the file does not say
  std::string surplus;  // that columns were ignored
};

// Lines "Name 1 4" or "Name1 1 Name2 2", with or without a header such as "10 300", separated by tabs,
// blanks, commas or semicolons; a column too many in every line is ignored, and said. Throws Error that names
// the line.
PairFile readPairFile(const std::filesystem::path& path);

// Files in a folder or beside it that sound like one: *pairs*.txt, in any case.
std::vector<std::filesystem::path> findPairFiles(const std::filesystem::path& root);

// The whole text as a whole number.
std::optional<int> parseNumber(std::string_view text);

}  // namespace discern::datasets
