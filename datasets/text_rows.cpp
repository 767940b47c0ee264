#include "datasets/text_rows.h"

#include "core/base/error.h"

namespace discern::datasets {
namespace {

void splitAtBlanks(std::string_view line, std::vector<std::string>& fields) {
  std::size_t count = 0;
  for (std::size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;) {
    const auto end = std::min(line.find_first_of(" \t", at), line.size());
    if (count == fields.size()) fields.emplace_back();
    fields[count++].assign(line.substr(at, end - at));
    at = line.find_first_not_of(" \t", end);
  }
  fields.resize(count);
}

}  // namespace

TextRows::TextRows(const std::filesystem::path& file) : file_(file) {
  data::CsvRow first;
  data::CsvReader look(file_);
  if (!look.next(first)) return;
  for (const auto& field : first.fields) firstBytes_ += field.size() + 1;
  isList_ = first.fields.size() == 1;
  csv_.emplace(file_, isList_ ? kWholeLines : '\0');
}

std::size_t TextRows::rowsExpected() const {
  const auto bytes = static_cast<std::size_t>(std::filesystem::file_size(file_));
  return firstBytes_ == 0 ? 0 : bytes / firstBytes_ + bytes / firstBytes_ / 16 + 1;
}

bool TextRows::nextOfList(data::CsvRow& row) {
  do {
    if (!csv_->next(line_)) return false;
    row.line = line_.line;
    splitAtBlanks(line_.fields[0], row.fields);
  } while (row.fields.empty());  // a line of quotes alone
  if (columns_ > 0 && row.fields.size() > columns_) {
    const auto extra = row.fields.size() - columns_;
    for (std::size_t i = 1; i <= extra; ++i) row.fields[0] += ' ' + row.fields[i];
    row.fields.erase(row.fields.begin() + 1, row.fields.begin() + 1 + static_cast<std::ptrdiff_t>(extra));
  }
  return true;
}

bool TextRows::next(data::CsvRow& row) {
  if (!csv_ || !(isList_ ? nextOfList(row) : csv_->next(row))) return false;
  if (columns_ == 0) return true;
  if (row.fields.size() == columns_ + 1 && row.fields.back().empty()) row.fields.pop_back();
  if (row.fields.size() + 1 == columns_ && lastIsEmpty_) row.fields.emplace_back();
  if (row.fields.size() != columns_)
    fail("{}:{}: {} columns were found, but the first line has {}", file_.string(), row.line,
         row.fields.size(), columns_);
  return true;
}

}  // namespace discern::datasets
