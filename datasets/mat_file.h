// Variables of a MATLAB file (version 5 to 7, by libmatio), of which every size is checked first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace discern::datasets {

class MatFile {
 public:
  // Throws Error that names the file when it is no such file, or holds anything but texts, numbers and cells
  // of them.
  explicit MatFile(std::filesystem::path file);

  // A cell array of texts. Throws Error when there is no such variable or it is another thing.
  std::vector<std::string> texts(const std::string& variable) const;
  // A vector of whole numbers, of any numeric class.
  std::vector<std::int64_t> wholes(const std::string& variable) const;
  // The same of a table, by column. Throws Error when it has not `count` of them.
  std::vector<std::vector<std::int64_t>> columns(const std::string& variable, std::size_t count) const;
  const std::filesystem::path& file() const { return file_; }

 private:
  std::filesystem::path file_;
  std::shared_ptr<void> open_;
};

// A file with one matrix of equally long columns; the same bytes for the same numbers.
void writeMatrix(const std::filesystem::path& file, const std::string& variable,
                 const std::vector<std::vector<std::int32_t>>& columns);

}  // namespace discern::datasets
