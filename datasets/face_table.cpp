#include "datasets/face_table.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/image_files.h"
#include "datasets/import_options.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostListed = 1000;
constexpr double kFarthest = 1e9;  // pixels; keeps rounding inside an int

bool sameName(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return text;
}

void splitFields(std::string_view line, std::vector<std::string>& fields) {
  std::size_t count = 0;
  for (std::size_t at = 0; at <= line.size(); ++count) {
    const std::size_t end = std::min(line.find(',', at), line.size());
    if (count == fields.size()) fields.emplace_back();
    fields[count] = trimmed(line.substr(at, end - at));
    at = end + 1;
  }
  fields.resize(count);
}

}  // namespace

TableReader::TableReader(fs::path file) : file_(std::move(file)) {
  requirePlainFile(file_);
  in_.open(file_, std::ios::binary);
  if (!in_) fail("{}: cannot be opened; check the path and its permissions", file_.string());
  if (!readLine()) fail("{}: is empty; a header with the names of its columns was expected", file_.string());
  header_ = fields_;
}

bool TableReader::readLine() {
  for (std::string line; std::getline(in_, line);) {
    ++line_;
    std::string_view text = line;
    if (line_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (trimmed(text).empty()) continue;
    splitFields(text, fields_);
    return true;
  }
  if (in_.bad()) fail("{}: cannot be read to its end; check the disk", file_.string());
  return false;
}

int TableReader::find(std::string_view name) const {
  const auto at =
      std::find_if(header_.begin(), header_.end(), [&](const auto& field) { return sameName(field, name); });
  return at == header_.end() ? -1 : static_cast<int>(at - header_.begin());
}

int TableReader::column(std::string_view name) const {
  const int at = find(name);
  if (at < 0)
    fail("{}: no column named '{}'; the columns are: {}", file_.string(), name, fmt::join(header_, ", "));
  return at;
}

bool TableReader::next() {
  if (!readLine()) return false;
  if (fields_.size() != header_.size())
    fail("{}: {} columns were found, but the header has {}", where(), fields_.size(), header_.size());
  return true;
}

std::string TableReader::where() const { return fmt::format("{}:{}", file_.string(), line_); }

double TableReader::number(int column) const {
  const std::string& field = text(column);
  double value = 0;
  const char* const end = field.data() + field.size();
  const auto [stop, code] = std::from_chars(field.data(), end, value);
  if (code != std::errc() || stop != end || !std::isfinite(value))
    fail("{}: column {} is '{}'; a number was expected", where(), header_[static_cast<std::size_t>(column)],
         field);
  return value;
}

float TableReader::pixels(int column) const {
  const double value = number(column);
  if (std::abs(value) > std::numeric_limits<float>::max())
    fail("{}: column {} is '{}'; a number of pixels was expected", where(),
         header_[static_cast<std::size_t>(column)], text(column));
  return static_cast<float>(value);
}

std::int64_t TableReader::whole(int column) const {
  const double value = number(column);
  if (value != std::floor(value) || std::abs(value) > 1e15)
    fail("{}: column {} is '{}'; a whole number was expected", where(),
         header_[static_cast<std::size_t>(column)], text(column));
  return static_cast<std::int64_t>(value);
}

data::Rect toRect(double x, double y, double width, double height) {
  const auto pixels = [](double v) {
    return static_cast<int>(std::lround(std::clamp(v, -kFarthest, kFarthest)));
  };
  return {pixels(x), pixels(y), pixels(width), pixels(height)};
}

data::Dataset toDataset(FaceTable table, const fs::path& root, const LoadOptions& options,
                        Progress& progress) {
  data::Dataset dataset;
  dataset.identities = std::move(table.identities);
  std::vector<bool> wanted;
  for (const std::string& name : dataset.identities) wanted.push_back(isWanted(options, name));
  std::erase_if(table.faces,
                [&](const Face& face) { return !wanted[static_cast<std::size_t>(face.identity)]; });

  std::vector<fs::path> files;
  std::unordered_map<std::string, std::size_t> position;
  std::vector<std::size_t> fileOf;
  for (const Face& face : table.faces) {
    const auto [at, fresh] = position.emplace(face.sample.image.file, files.size());
    if (fresh) files.emplace_back(face.sample.image.file);
    fileOf.push_back(at->second);
  }
  const std::vector<ImageHeader> headers = readHeaders(files, progress);

  std::size_t unusable = 0, hollow = 0;
  for (std::size_t i = 0; i < table.faces.size(); ++i) {
    Face& face = table.faces[i];
    const data::ImageRef& image = face.sample.image;
    const auto list = [&](std::size_t count, std::string what) {
      if (count > kMostListed) return;
      const fs::path& file = table.tables[static_cast<std::size_t>(face.place.table)];
      dataset.problems.push_back({fmt::format("{}:{}", file.string(), face.place.line), std::move(what)});
    };
    if (const std::string& problem = headers[fileOf[i]].problem; !problem.empty()) {
      list(++unusable, fmt::format("{}: {}", image.file, problem));
    } else if (image.crop && (image.crop->width < 1 || image.crop->height < 1)) {
      list(++hollow,
           fmt::format("the face is {} x {} pixels; it was left out", image.crop->width, image.crop->height));
    } else {
      face.sample.identity = face.identity;
      dataset.samples.push_back(std::move(face.sample));
    }
  }
  if (unusable + hollow > 0)
    dataset.problems.push_back(
        {root.string(),
         fmt::format("of {} faces {} were left out because their image is missing or damaged, and {} because "
                     "their rectangle is empty; the first {} of each are listed",
                     table.faces.size(), unusable, hollow, kMostListed)});
  return dataset;
}

}  // namespace discern::datasets
