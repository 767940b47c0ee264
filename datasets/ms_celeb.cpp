// MS-Celeb-1M as it was published: a TSV with a cut-out face in base64 a line, which an import unpacks once
// into the project; or the same faces in folders, m.0107_f/1-FaceId-0.jpg. A cleaned list says which faces to
// take and whose they are.
#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/face_protocol.h"
#include "datasets/image_files.h"
#include "datasets/registry.h"
#include "datasets/text_rows.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kColumns = 7;  // MID, rank, image URL, page URL, face, rectangle, the face itself
constexpr std::size_t kMostListed = 1000;

// Image -> person.
using CleanList = std::unordered_map<std::string, std::string>;

// "m.0107_f/1-FaceId-0.jpg 12" or the two the other way round.
std::optional<CleanList> readList(const LoadOptions& options) {
  const auto given = options.extra.find("list");
  if (given == options.extra.end()) return std::nullopt;
  if (!fs::is_regular_file(given->second))
    fail("option list: {} is not a file; a cleaned list was expected", given->second);
  CleanList list;
  TextRows rows(given->second);
  for (data::CsvRow row; rows.next(row);) {
    const std::string where = fmt::format("{}:{}", given->second, row.line);
    if (row.fields.size() != 2)
      fail("{}: {} columns were found, but an image and a label were expected (m.0107_f/1-FaceId-0.jpg 12)",
           where, row.fields.size());
    const bool imageFirst = row.fields[0].find('/') != std::string::npos;
    const std::string &image = row.fields[imageFirst ? 0 : 1], &label = row.fields[imageFirst ? 1 : 0];
    if (image.find('/') == std::string::npos || label.empty())
      fail("{}: '{} {}' was found, but an image and a label were expected (m.0107_f/1-FaceId-0.jpg 12)",
           where, row.fields[0], row.fields[1]);
    if (!list.emplace(image, label).second) fail("{}: {} is listed twice", where, image);
  }
  if (list.empty()) fail("option list: {} is empty; a cleaned list was expected", given->second);
  return list;
}

std::optional<std::string> decodeBase64(std::string_view text) {
  static const auto values = [] {
    std::array<int, 256> table{};
    table.fill(-1);
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < kLetters.size(); ++i)
      table[static_cast<unsigned char>(kLetters[i])] = static_cast<int>(i);
    return table;
  }();
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    bits = bits << 6 | static_cast<unsigned>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFF);
  }
  return bytes;
}

std::vector<std::string_view> splitTabs(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const auto end = line.find('\t');
    fields.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

// The faces of a TSV behind one another in a file of the project, which has the TSV's time when it is
// complete.
class Unpacked {
 public:
  Unpacked(const fs::path& table, const LoadOptions& options)
      : file_(options.unpackTo / (table.stem().string() + ".faces")), part_(file_.string() + ".part") {
    if (options.dryRun) return;
    if (options.unpackTo.empty())
      fail(
          "{}: a face in base64 cannot be read in place; import it into a project, or unpack it into folders",
          table.string());
    time_ = fs::last_write_time(table);
    std::error_code code;
    if (fs::exists(file_, code) && fs::last_write_time(file_, code) == time_) return;
    fs::create_directories(options.unpackTo);
    out_.emplace(part_, std::ios::binary);
  }
  data::ImageRef add(const std::string& bytes) {
    if (out_) out_->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    data::ImageRef ref;
    ref.file = file_.string();
    ref.offset = at_;
    ref.length = static_cast<std::int64_t>(bytes.size());
    at_ += ref.length;
    return ref;
  }
  void finish() {
    if (!out_) return;
    out_->close();
    if (!*out_) fail("{}: cannot be written; check the disk's space", part_.string());
    fs::rename(part_, file_);
    fs::last_write_time(file_, time_);
  }

 private:
  fs::path file_, part_;
  fs::file_time_type time_;
  std::optional<std::ofstream> out_;
  std::int64_t at_ = 0;
};

data::Dataset loadTsv(const fs::path& path, const std::optional<CleanList>& list, const LoadOptions& options,
                      Progress& progress) {
  data::CsvReader lines(path, kWholeLines);
  Unpacked unpacked(path, options);
  data::Dataset dataset;
  FaceTable people;
  std::set<std::string> seen;
  std::size_t damaged = 0, taken = 0;
  const auto size = static_cast<std::int64_t>(fs::file_size(path));
  progress.start("unpacking faces", size);
  for (data::CsvRow row; lines.next(row);) {
    progress.throwIfStopped();
    const std::string& line = row.fields[0];
    progress.advance(static_cast<std::int64_t>(line.size()) + 1);
    const std::string where = fmt::format("{}:{}", path.string(), row.line);
    const auto fields = splitTabs(line);
    if (fields.size() != kColumns)
      fail(
          "{}: {} columns were found, but {} were expected (MID, rank, image URL, page URL, face, rectangle, "
          "the "
          "face in base64)",
          where, fields.size(), kColumns);
    if (fields[0].empty() || fields[1].empty() || fields[4].empty())
      fail("{}: a MID, a rank or a face's name is blank; every row needs them", where);
    const std::string image = fmt::format("{}/{}-{}.jpg", fields[0], fields[1], fields[4]);
    if (!seen.insert(image).second) fail("{}: {} is listed twice", where, image);
    const auto bytes = decodeBase64(fields[6]);
    const ImageHeader header =
        bytes ? readHeader(*bytes) : ImageHeader{{}, "its last column is no base64; the image was left out"};
    data::Sample sample;
    if (header.problem.empty()) sample.image = unpacked.add(*bytes);  // listed or not: another list finds it
    std::string person(fields[0]);
    if (list) {
      const auto clean = list->find(image);
      if (clean == list->end()) continue;
      person = clean->second;
      ++taken;
    }
    if (!header.problem.empty()) {
      if (++damaged <= kMostListed) dataset.problems.push_back({where, header.problem});
      continue;
    }
    sample.identity = people.identity(person);
    dataset.samples.push_back(std::move(sample));
  }
  progress.finish();
  unpacked.finish();
  if (damaged > 0)
    dataset.problems.push_back(
        {path.string(), fmt::format("{} of its faces are damaged and were left out; the first {} "
                                    "are listed",
                                    damaged, kMostListed)});
  if (list && taken < list->size())
    dataset.problems.push_back({path.string(), fmt::format("lacks {} of the {} faces of the cleaned list",
                                                           list->size() - taken, list->size())});
  dataset.identities = std::move(people.identities);
  return dataset;
}

data::Dataset loadMsCeleb(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const auto list = readList(options);
  if (!fs::is_directory(path)) return loadTsv(path, list, options, progress);
  if (!list)
    fail("{}: of folders a cleaned list was expected, list=FILE; without one they are the format 'folder'",
         path.string());
  std::vector<std::string> images;
  for (const auto& [image, person] : *list) images.push_back(image);
  std::ranges::sort(images);
  FaceTable table;
  for (const std::string& image : images) {
    Face face{{0, 0}, table.identity(list->at(image)), {}};
    face.sample.image.file = (path / image).lexically_normal().string();
    table.faces.push_back(std::move(face));
  }
  return toDataset(std::move(table), path, options, progress);
}

bool looksLikeMsCeleb(const fs::path& path) {
  if (path.extension() != ".tsv" || !fs::is_regular_file(path)) return false;
  const std::string start = readStart(path, 4096);
  const auto fields = splitTabs(std::string_view(start).substr(0, start.find('\n')));
  return fields.size() == kColumns && fields[0].starts_with("m.");
}

}  // namespace

Format msCelebFormat() {
  return {.name = "ms-celeb",
          .title = "MS-Celeb-1M",
          .help =
              "MS-Celeb-1M: a .tsv of faces in base64 (FaceImageCroppedWithAlignment.tsv), which is unpacked "
              "once "
              "into the project, or its faces in folders; with a cleaned list of images and labels",
          .example = "FaceImageCroppedWithAlignment.tsv\nSET/m.0107_f/1-FaceId-0.jpg (with list=FILE)",
          .matches = looksLikeMsCeleb,
          .load = loadMsCeleb,
          .options =
              {{"list", "FILE",
                "a cleaned list, m.0107_f/1-FaceId-0.jpg LABEL a line: only these faces, of these people"}},
          .files = {"*.tsv"}};
}

}  // namespace discern::datasets
