// Numbers that somebody else computed, a row an image, and what the file says each row is about.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace discern::data {

struct NumberRows {
  std::string source;                // the file, for messages
  std::string column;                // of a table: the one that was read
  std::int64_t rows = 0, cols = 0;   // cols of numbers
  std::vector<std::string> paths;    // of each row as it stands there; empty: rows have none
  std::vector<std::string> labels;   // whose image each is; empty: it is not said
  std::vector<std::string> ignored;  // columns that are no numbers of the row
  std::int64_t failures = 0;         // rows that say that there is no number (OFIQ's -1)
  // Rows first .. first + count - 1, one after the other; NaN: no number. Throws Error.
  std::function<void(std::int64_t first, std::int64_t count, float* to)> read;
};

}  // namespace discern::data
