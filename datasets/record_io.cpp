// InsightFace's training sets: train.rec, train.idx and property, read in place without MXNet.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/imaging/image.h"
#include "datasets/import_options.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::uint32_t kMagic = 0xced7230a;
constexpr std::size_t kMostListed = 1000;  // a cut-off file of millions has millions of unusable records

struct IndexEntry {
  std::int64_t key = 0;
  std::int64_t offset = 0;
};

struct Record {
  std::int64_t imageOffset = 0, imageLength = 0;
  float label = 0;  // the first one
  std::string problem;
};

// key<TAB>offset, a line each
std::vector<IndexEntry> readIndex(const fs::path& file) {
  const std::string text = readFile(file);
  std::vector<IndexEntry> entries;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  for (int line = 1; at < end; ++line) {
    const char* const lineEnd = std::find(at, end, '\n');
    const char* p = at;
    IndexEntry entry;
    bool good = true;
    const auto number = [&](std::int64_t& value) {
      while (p < lineEnd && isBlank(*p)) ++p;
      const auto [next, code] = std::from_chars(p, lineEnd, value);
      good = good && code == std::errc() && value >= 0;
      p = next;
    };
    while (p < lineEnd && isBlank(*p)) ++p;
    if (p < lineEnd) {
      number(entry.key);
      number(entry.offset);
      while (p < lineEnd && isBlank(*p)) ++p;
      if (!good || p != lineEnd)
        fail("{}:{}: '{}' was found, but a key and a byte offset (0<TAB>0) were expected", file.string(),
             line, std::string(at, std::min(lineEnd, at + 60)));
      entries.push_back(entry);
    }
    at = lineEnd + (lineEnd < end ? 1 : 0);
  }
  if (entries.empty()) fail("{}: is empty; lines of a key and a byte offset were expected", file.string());
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  for (std::size_t i = 1; i < entries.size(); ++i)
    if (entries[i].key == entries[i - 1].key)
      fail("{}: key {} is listed twice; each record has one line", file.string(), entries[i].key);
  return entries;
}

template <typename T>
T at(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

// u32 magic, u32 (cflag << 29 | length), then IfQQ: flag, label, id, id2, `flag` more labels, the image.
Record readRecord(const PlainFile& file, std::int64_t offset) {
  Record record;
  char head[64] = {};
  const auto got = offset < file.size() ? file.read(offset, head, sizeof head) : 0;
  if (got < 32) {
    record.problem = "the file ends before this record; it is cut off";
    return record;
  }
  const auto length = static_cast<std::int64_t>(at<std::uint32_t>(head + 4) & 0x1FFFFFFF);
  const auto flag = static_cast<std::int64_t>(at<std::uint32_t>(head + 8));
  if (at<std::uint32_t>(head) != kMagic) {
    record.problem = "there is no record at this offset; do the .idx and the .rec belong together?";
  } else if (at<std::uint32_t>(head + 4) >> 29 != 0) {
    record.problem = "the record is stored in several parts and cannot be read in place";
  } else if (length < 24 || 4 * flag > length - 24) {
    record.problem = "the record's header is damaged";
  } else if (offset + 8 + length > file.size()) {
    record.problem = "the file ends inside this record; it is cut off";
  } else {
    record.label = at<float>(head + (flag > 0 ? 32 : 12));
    record.imageOffset = offset + 32 + 4 * flag;
    record.imageLength = length - 24 - 4 * flag;
  }
  return record;
}

bool isWholeNumber(float label) {
  return std::isfinite(label) && label == std::floor(label) && std::fabs(label) < 1e9F;
}

bool holdsImage(const PlainFile& file, const Record& record) {
  char start[32] = {};
  const auto got =
      file.read(record.imageOffset, start,
                static_cast<std::size_t>(std::min<std::int64_t>(record.imageLength, sizeof start)));
  return imaging::isSupported(imaging::formatName({start, got}));
}

// Keys of images. A record 0 that holds none is a header, [A, B]: images are 1 .. A - 1, identities A .. B -
// 1. Any other is an image, whether it has one label or several packed ones.
std::vector<IndexEntry> imageEntries(const fs::path& path, const PlainFile& file,
                                     const std::vector<IndexEntry>& index, data::Dataset& dataset) {
  if (index.front().key != 0) return index;
  char flag[4] = {};
  const Record first = readRecord(file, index.front().offset);
  if (!first.problem.empty()) fail("{}: record 0: {}", path.string(), first.problem);
  file.read(index.front().offset + 8, flag, sizeof flag);
  if (at<std::uint32_t>(flag) == 0 || holdsImage(file, first)) return index;
  if (!isWholeNumber(first.label) || first.label < 1)
    fail("{}: record 0 says that its images end at key {}; a positive whole number was expected",
         path.string(), first.label);
  std::vector<IndexEntry> images;
  std::size_t beyond = 0;  // records that the header takes for identities, and that hold an image
  for (const IndexEntry& entry : index) {
    if (entry.key >= 1 && static_cast<double>(entry.key) < first.label) {
      images.push_back(entry);
    } else if (entry.key >= 1) {
      const Record record = readRecord(file, entry.offset);
      beyond += record.problem.empty() && holdsImage(file, record) ? 1 : 0;
    }
  }
  if (beyond > 0)
    dataset.problems.push_back(
        {path.string(), fmt::format("its header ends the images at key {}, but {} records from there on hold "
                                    "images too; they were left out",
                                    first.label, beyond)});
  if (const auto promised = static_cast<double>(first.label) - 1;
      static_cast<double>(images.size()) < promised)
    dataset.problems.push_back(
        {path.string(),
         fmt::format("its header promises {} images, but the index lists {}", promised, images.size())});
  return images;
}

std::vector<Record> readRecords(const PlainFile& file, const std::vector<IndexEntry>& entries,
                                Progress& progress) {
  std::vector<Record> records(entries.size());
  progress.start("reading records", static_cast<std::int64_t>(entries.size()));
  parallelFor(static_cast<std::int64_t>(entries.size()), 1024, [&](std::int64_t begin, std::int64_t end) {
    progress.throwIfStopped();
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      Record& record = records[i] = readRecord(file, entries[i].offset);
      if (!record.problem.empty()) continue;
      if (record.imageLength == 0)
        record.problem = "the record holds no image (zero bytes)";
      else if (!holdsImage(file, record))
        record.problem = "the record does not hold a JPEG, PNG or other known image";
      else if (!isWholeNumber(record.label))
        record.problem = fmt::format("its label {} is not a whole number", record.label);
    }
    progress.advance(end - begin);
  });
  progress.finish();
  return records;
}

// "ids,112,112"
void checkProperty(const fs::path& file, std::size_t identities, data::Dataset& dataset) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return;
  const std::string text = readFile(file);
  std::size_t promised = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), promised);
  if (code != std::errc())
    dataset.problems.push_back({file.string(), "a line such as 1000,112,112 was expected; it was ignored"});
  else if (promised != identities)
    dataset.problems.push_back(
        {file.string(), fmt::format("promises {} identities, but {} were found", promised, identities)});
}

fs::path recordFile(const fs::path& path) { return fs::is_directory(path) ? path / "train.rec" : path; }

data::Dataset loadRecords(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path rec = recordFile(path);
  const fs::path idx = fs::path(rec).replace_extension(".idx");
  if (!fs::is_regular_file(rec))
    fail("{}: is not there; train.rec and train.idx were expected", rec.string());
  if (!fs::is_regular_file(idx))
    fail("{}: is not there; the index of {} was expected beside it", idx.string(), rec.filename().string());
  const PlainFile file(rec);
  data::Dataset dataset;
  const auto entries = imageEntries(rec, file, readIndex(idx), dataset);
  const auto records = readRecords(file, entries, progress);
  std::map<std::int64_t, int> identityOf;  // in the order of the labels
  for (const Record& record : records)
    if (record.problem.empty()) identityOf.emplace(static_cast<std::int64_t>(record.label), 0);
  for (auto& [label, identity] : identityOf) {
    identity = static_cast<int>(dataset.identities.size());
    dataset.identities.push_back(std::to_string(label));
  }
  std::vector<bool> wanted;
  for (const std::string& name : dataset.identities) wanted.push_back(isWanted(options, name));
  std::size_t unusable = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    if (!record.problem.empty()) {
      if (++unusable > kMostListed) continue;
      dataset.problems.push_back(
          {fmt::format("{}: key {} at byte {}", rec.string(), entries[i].key, entries[i].offset),
           record.problem});
      continue;
    }
    const int identity = identityOf.at(static_cast<std::int64_t>(record.label));
    if (!wanted[static_cast<std::size_t>(identity)]) continue;
    data::Sample sample;
    sample.image = {rec.string(), record.imageOffset, record.imageLength, {}, {}, {}, {}};
    sample.identity = identity;
    dataset.samples.push_back(std::move(sample));
  }
  if (unusable > kMostListed)
    dataset.problems.push_back(
        {rec.string(), fmt::format("{} more records cannot be used", unusable - kMostListed)});
  checkProperty(rec.parent_path() / "property", dataset.identities.size(), dataset);
  return dataset;
}

bool looksLikeRecords(const fs::path& path) {
  if (fs::is_directory(path)) return fs::is_regular_file(path / "train.rec");
  return fs::is_regular_file(path) && path.extension() == ".rec";
}

}  // namespace

Format recordIoFormat() {
  return {.name = "rec",
          .title = "an InsightFace training record",
          .help = "an InsightFace training set: train.rec with train.idx, or the folder that holds them",
          .example = "SET/train.rec\nSET/train.idx",
          .matches = looksLikeRecords,
          .load = loadRecords,
          .files = {"*.rec", "*.idx"}};
}

}  // namespace discern::datasets
