// train.rec and train.idx as MXNet's readers take them.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/data/csv.h"
#include "core/imaging/image.h"
#include "core/pipeline/export_kept.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;

constexpr std::uint32_t kMagic = 0xced7230a;
constexpr std::size_t kMostBytes = (1U << 29) - 64;  // a record states its length in 29 bits
constexpr std::size_t kMostNumber = 1U << 24;        // labels are 32-bit floats

template <typename T>
void append(std::string& to, T value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

class RecordFile {
 public:
  explicit RecordFile(const fs::path& rec) : file_(rec), out_(file_.temporary(), std::ios::binary) {
    if (!out_) fail("{}: cannot be written; check the folder's permissions", rec.string());
  }

  void addImage(std::int64_t key, float label, const std::string& image) { add(key, 0, label, "", image); }
  void addRange(std::int64_t key, std::int64_t from, std::int64_t to) {
    std::string labels;
    append(labels, static_cast<float>(from));
    append(labels, static_cast<float>(to));
    add(key, 2, 0, labels, "");
  }
  const std::string& index() const { return index_; }
  void commit() {
    out_.close();
    check();
    file_.commit();
  }

 private:
  void add(std::int64_t key, std::uint32_t flag, float label, const std::string& labels,
           const std::string& image) {
    std::string record;
    append(record, kMagic);
    append(record, static_cast<std::uint32_t>(24 + labels.size() + image.size()));
    append(record, flag);
    append(record, label);
    append(record, static_cast<std::uint64_t>(key));
    append(record, std::uint64_t{0});
    record += labels;
    record += image;
    record.resize((record.size() + 3) / 4 * 4, '\0');
    index_ += fmt::format("{}\t{}\n", key, at_);
    out_.write(record.data(), static_cast<std::streamsize>(record.size()));
    at_ += static_cast<std::int64_t>(record.size());
    check();
  }
  void check() {
    if (!out_) fail("{}: could not be written to the end; is the disk full?", file_.temporary().string());
  }

  AtomicFile file_;
  std::ofstream out_;
  std::string index_;
  std::int64_t at_ = 0;
};

// The bytes of the image where it is what models see already, else that as PNG.
std::string payloadOf(const data::GroupKind& kind, const data::ImageRef& image, bool& encoded) {
  const bool plain = !image.landmarks && !image.crop && image.degradation.kind == data::DegradationKind::None;
  if (plain) {
    std::string bytes = imaging::readEncoded(image);
    const auto format = imaging::formatName(bytes);
    const cv::Size size = imaging::probeSize(bytes);
    if ((format == "JPEG" || format == "PNG") && size.width == kind.shape.width &&
        size.height == kind.shape.rows() && imaging::probeOrientation(bytes) == 1 &&
        bytes.size() < kMostBytes)
      return bytes;
  }
  encoded = true;
  return imaging::encodePng(imaging::loadSample(kind, image, kind.shape));
}

struct Person {
  std::string name;
  std::vector<int> samples;
};

// In the order in which identities came into the project.
std::vector<Person> peopleOf(const KeptSource& source) {
  const auto names = plainNames(source.roster.identities);
  std::map<int, Person> people;
  for (const int s : source.kept.samples()) {
    const int identity = source.roster.identity[static_cast<std::size_t>(s)];
    people[identity].samples.push_back(s);
    people[identity].name = names[static_cast<std::size_t>(identity)];
  }
  std::vector<Person> list;
  for (auto& [identity, person] : people) list.push_back(std::move(person));
  return list;
}

// The record that images are read from must not be the one that is written.
void requireOther(const KeptSource& source, const fs::path& rec) {
  std::set<std::string> files;
  for (const int s : source.kept.samples())
    files.insert(source.roster.samples[static_cast<std::size_t>(s)].image.file);
  std::error_code ignored;
  for (const auto& file : files)
    if (fs::equivalent(file, rec, ignored))
      fail("{}: the project reads its images from this file; export into another folder", rec.string());
}

}  // namespace

ExportedRecords exportRecords(const KeptSource& source, Progress& progress) {
  const auto& kind = kindOf(source.project);
  const auto people = peopleOf(source);
  const auto& samples = source.roster.samples;
  if (people.empty()) fail("{}: no image is kept, so there is nothing to write", source.folder.string());
  const fs::path folder = source.folder / "records", rec = folder / "train.rec", idx = folder / "train.idx";
  fs::create_directories(folder);
  requireOther(source, rec);
  std::vector<int> order;
  for (const auto& person : people) order.insert(order.end(), person.samples.begin(), person.samples.end());
  if (order.size() + people.size() >= kMostNumber)
    fail("{}: a record numbers at most {} images and identities; export a set at a time", rec.string(),
         kMostNumber);
  ExportedRecords result;
  progress.start("writing records", std::ssize(order));
  RecordFile file(rec);
  const auto firstPerson = static_cast<std::int64_t>(order.size()) + 1;
  file.addRange(0, firstPerson, firstPerson + std::ssize(people));
  std::vector<float> labels;
  for (std::size_t p = 0; p < people.size(); ++p)
    labels.resize(labels.size() + people[p].samples.size(), float(p));
  constexpr std::size_t kAtOnce = 256;
  for (std::size_t first = 0; first < order.size(); first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, order.size() - first);
    std::vector<std::string> payloads(count);
    std::vector<unsigned char> encoded(count);
    parallelFor(static_cast<std::int64_t>(count), 16, [&](std::int64_t begin, std::int64_t end) {
      progress.throwIfStopped();
      for (auto k = static_cast<std::size_t>(begin); k < static_cast<std::size_t>(end); ++k) {
        bool changed = false;
        payloads[k] = payloadOf(kind, samples[static_cast<std::size_t>(order[first + k])].image, changed);
        encoded[k] = changed ? 1 : 0;
      }
      progress.advance(end - begin);
    });
    for (std::size_t k = 0; k < count; ++k)
      file.addImage(static_cast<std::int64_t>(first + k) + 1, labels[first + k], payloads[k]);
    result.encoded += std::ranges::count(encoded, 1);
  }
  std::string list = "label,identity,images\n";
  std::int64_t next = 1;
  for (std::size_t p = 0; p < people.size(); ++p) {
    const auto end = next + std::ssize(people[p].samples);
    file.addRange(firstPerson + static_cast<std::int64_t>(p), next, end);
    list += fmt::format("{},{},{}\n", p, data::csvField(people[p].name), end - next);
    next = end;
  }
  fs::remove(idx);  // an old index beside a new record would be a wrong one
  file.commit();
  writeFileAtomically(idx, file.index());
  writeFileAtomically(folder / "property",
                      fmt::format("{},{},{}\n", people.size(), kind.shape.rows(), kind.shape.width));
  writeFileAtomically(folder / "labels.csv", list);
  result.images = std::ssize(order);
  result.files = {rec, idx, folder / "property", folder / "labels.csv"};
  progress.finish();
  return result;
}

}  // namespace discern::pipeline
