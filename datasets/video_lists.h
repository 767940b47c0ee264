// What UCF-101 and HMDB-51 share: plain lists, and three splits.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/registry.h"

namespace discern::datasets {

struct ListLine {
  int number = 0;    // from 1
  std::string text;  // without white space at its ends; tabs are blanks
};
// Those that are not blank. Throws Error as readFile.
std::vector<ListLine> linesOf(const std::filesystem::path& file);

// The option split, 1 to 3; 1 without it. Throws Error.
int splitOf(const LoadOptions& options);
std::vector<FormatOption> splitOptions();  // part and split

}  // namespace discern::datasets
