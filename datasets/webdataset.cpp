// WebDataset shards: tar archives in which the members of a sample, KEY.jpg and KEY.cls, stand side by side.
// Images stay in a .tar and are read in place; what gzip packed is unpacked once, into the project.
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/imaging/image.h"
#include "datasets/image_files.h"
#include "datasets/import_options.h"
#include "datasets/registry.h"
#include "datasets/tar.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostListed = 1000;   // of a shard: what cannot be used of millions is counted
constexpr std::size_t kLongestClass = 200;  // characters

std::string lowered(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

bool isPacked(const fs::path& file) {
  const std::string name = lowered(file.filename().string());
  return name.ends_with(".tar.gz") || name.ends_with(".tgz");
}

bool isShard(const fs::path& file) {
  const std::string name = lowered(file.filename().string());
  return !name.starts_with('.') && (name.ends_with(".tar") || isPacked(file));
}

std::vector<fs::path> shardsIn(const fs::path& folder) {
  std::vector<fs::path> shards;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder))
    if (isShard(entry.path()) && !entry.is_directory(code)) shards.push_back(entry.path());
  std::sort(shards.begin(), shards.end());
  return shards;
}

// faces-0000 of faces-0000.tar.gz
std::string stemOf(const fs::path& shard) {
  const std::string name = shard.filename().string();
  const std::string small = lowered(name);
  for (const char* ending : {".tar.gz", ".tgz", ".tar"})
    if (small.ends_with(ending)) return name.substr(0, name.size() - std::string_view(ending).size());
  return name;
}

// KEY and extension: what stands before and after the first dot of the file's name, folders kept.
struct MemberName {
  std::string key, extension;
};
std::optional<MemberName> splitName(const std::string& name) {
  const auto slash = name.rfind('/');
  const auto begin = slash == std::string::npos ? 0 : slash + 1;
  const auto dot = name.find('.', begin);
  if (dot == std::string::npos || dot == begin) return std::nullopt;  // and what macOS puts beside files
  return MemberName{name.substr(0, dot), lowered(name.substr(dot + 1))};
}

// The class that a .cls says; nothing, with the reason, where it says none.
std::optional<std::string> classOf(const TarMember& member, std::string& why) {
  std::string_view text = member.start;
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; };
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  if (text.empty()) {
    why = "its class is blank; the image was left out";
  } else if (text.size() > kLongestClass || member.size > static_cast<std::int64_t>(member.start.size()) ||
             std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 32; })) {
    why = "its class is no short line of text; the image was left out";
  } else {
    return std::string(text);
  }
  return std::nullopt;
}

struct Found {
  std::string label;
  std::int64_t offset = 0, length = 0;
};
struct Shard {
  fs::path file, source;  // what is read in place, and what it was unpacked from (the same, if it was not)
  std::vector<Found> images;
  std::vector<data::Problem> problems;
  std::size_t unlisted = 0;
};

// Takes a shard's members and closes a sample whenever another key begins.
class SampleReader {
 public:
  SampleReader(Shard& shard, std::string label) : shard_(shard), label_(std::move(label)) {}

  void take(const TarMember& member) {
    const auto name = splitName(member.name);
    if (!name) return;
    if (name->key != key_) close();
    key_ = name->key;
    if (name->extension == label_) {
      class_ = classOf(member, why_);
      ++classes_;
    } else if (hasImageExtension("x." + name->extension) && name->extension.find('.') == std::string::npos) {
      if (images_++ == 0) image_ = member;
    }
  }

  void close() {
    if (images_ > 0) {
      const std::string problem = problemOf();
      if (problem.empty())
        shard_.images.push_back({*class_, image_.offset, image_.size});
      else
        list(image_.name, problem);
      if (images_ > 1 && problem.empty())
        list(key_, fmt::format("{} images have this key; the first was taken", images_));
    }
    image_ = {};
    class_.reset();
    why_.clear();
    images_ = classes_ = 0;
  }

 private:
  std::string problemOf() const {
    if (classes_ == 0)
      return fmt::format("no {}.{} stands beside it, which says whose it is; the image was left out",
                         fs::path(key_).filename().string(), label_);
    if (classes_ > 1) return fmt::format("{} classes stand beside it; the image was left out", classes_);
    if (!class_) return why_;
    if (image_.size == 0) return "zero bytes; the image was left out";
    const auto format = imaging::formatName(image_.start);
    if (!imaging::isSupported(format))
      return fmt::format("{}; the image was left out",
                         format.empty() ? "its content is no known image" : "is a GIF, which is not read");
    return "";
  }
  void list(const std::string& member, const std::string& what) {
    if (shard_.problems.size() < kMostListed)
      shard_.problems.push_back({fmt::format("{}: {}", shard_.source.string(), member), what});
    else
      ++shard_.unlisted;
  }

  Shard& shard_;
  std::string label_, key_, why_;
  TarMember image_;
  std::optional<std::string> class_;
  int images_ = 0, classes_ = 0;
};

// Does not throw but for a stop: a shard that cannot be read is a problem of its own, the others are read.
void readShard(Shard& shard, const std::string& label, Progress& progress) {
  try {
    const auto source = isPacked(shard.file) ? openTarGz(shard.file) : openTar(shard.file);
    TarReader reader(*source);
    SampleReader samples(shard, label);
    std::int64_t told = 0, members = 0;
    const auto say = [&] {
      progress.throwIfStopped();
      progress.advance(source->position() - told);
      told = source->position();
    };
    for (TarMember member; reader.next(member);) {
      samples.take(member);
      if (++members % 256 == 0) say();
    }
    samples.close();
    say();
    if (!reader.problem().empty()) shard.problems.push_back({shard.source.string(), reader.problem()});
    if (reader.others() > 0)
      shard.problems.push_back(
          {shard.source.string(),
           fmt::format("{} members that are no plain files (links, sparse files) were left out",
                       reader.others())});
  } catch (const Cancelled&) {
    throw;
  } catch (const Error& e) {
    std::string_view why = e.what();
    if (const std::string name = shard.file.string() + ": "; why.starts_with(name))
      why.remove_prefix(name.size());
    shard.problems.push_back({shard.source.string(), std::string(why)});
  }
}

// The shards of a folder, or the one that was chosen. Of one that is there packed and plain, the plain one.
std::vector<Shard> findShards(const fs::path& path, data::Dataset& dataset) {
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    files = shardsIn(path);
    if (files.empty())
      fail("{}: holds no .tar or .tar.gz; the shards of a WebDataset were expected in it", path.string());
  } else {
    if (!isShard(path)) fail("{}: is no .tar or .tar.gz; a WebDataset's shard was expected", path.string());
    files = {path};
  }
  std::map<std::string, fs::path> plain;
  for (const auto& file : files)
    if (!isPacked(file)) plain.emplace(stemOf(file), file);
  std::vector<Shard> shards;
  for (const auto& file : files) {
    if (isPacked(file) && plain.contains(stemOf(file)))
      dataset.problems.push_back(
          {file.string(), fmt::format("was left out, since {} stands beside it unpacked",
                                      plain.at(stemOf(file)).filename().string())});
    else
      shards.push_back({file, file, {}, {}, 0});
  }
  return shards;
}

std::int64_t bytesOf(const std::vector<Shard>& shards) {
  std::int64_t bytes = 0;
  std::error_code ignored;
  for (const auto& shard : shards)
    if (const auto size = fs::file_size(shard.file, ignored); !ignored)
      bytes += static_cast<std::int64_t>(size);
  return bytes;
}

// An image cannot be read in place where gzip packed it. The unpacked shard has the time of the packed one,
// so that a second import knows it again.
void unpackShards(std::vector<Shard>& shards, const LoadOptions& options, Progress& progress) {
  std::vector<Shard*> packed;
  for (auto& shard : shards)
    if (isPacked(shard.file)) packed.push_back(&shard);
  if (packed.empty() || options.dryRun) return;
  if (options.unpackTo.empty())
    fail("{}: an image cannot be read in place in a packed shard; unpack it first (gunzip {})",
         packed.front()->file.string(), packed.front()->file.filename().string());
  fs::create_directories(options.unpackTo);
  progress.start("unpacking shards", bytesOf(shards));
  std::size_t unpacked = 0;
  for (Shard* shard : packed) {
    const fs::path to = options.unpackTo / (stemOf(shard->file) + ".tar");
    std::error_code code;
    const auto time = fs::last_write_time(shard->file);
    if (!fs::exists(to, code) || fs::last_write_time(to, code) != time) {
      try {
        unpackGzip(shard->file, to, [&](std::int64_t bytes) {
          progress.throwIfStopped();
          progress.advance(bytes);
        });
        fs::last_write_time(to, time);
        ++unpacked;
      } catch (const Cancelled&) {
        throw;
      } catch (const Error& e) {
        if (shards.size() == 1) throw;
        shard->problems.push_back(
            {shard->file.string(), fmt::format("{}; the shard was left out", e.what())});
        shard->file.clear();
        continue;
      }
    }
    shard->file = to;
  }
  progress.finish();
  if (unpacked > 0)
    progress.note(
        fmt::format("{} unpacked into {}, where the images are read from now on",
                    unpacked == 1 ? "1 packed shard was" : fmt::format("{} packed shards were", unpacked),
                    options.unpackTo.string()));
}

// Numbers by their size, names by their letters.
bool comesBefore(const std::string& a, const std::string& b) {
  const auto isNumber = [](const std::string& s) {
    return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
  };
  const bool first = isNumber(a), second = isNumber(b);
  if (first != second) return first;
  return first && a.size() != b.size() ? a.size() < b.size() : a < b;
}

void gather(const std::vector<Shard>& shards, const LoadOptions& options, data::Dataset& dataset) {
  std::map<std::string, int, decltype(&comesBefore)> identityOf(&comesBefore);
  for (const Shard& shard : shards)
    for (const Found& image : shard.images) identityOf.emplace(image.label, 0);
  std::vector<bool> wanted;
  for (auto& [label, identity] : identityOf) {
    identity = static_cast<int>(dataset.identities.size());
    dataset.identities.push_back(label);
    wanted.push_back(isWanted(options, label));
  }
  for (const Shard& shard : shards) {
    for (const Found& image : shard.images) {
      const int identity = identityOf.at(image.label);
      if (!wanted[static_cast<std::size_t>(identity)]) continue;
      data::Sample sample;
      sample.image = {shard.file.string(), image.offset, image.length, {}, {}, {}, {}};
      sample.identity = identity;
      dataset.samples.push_back(std::move(sample));
    }
    dataset.problems.insert(dataset.problems.end(), shard.problems.begin(), shard.problems.end());
    if (shard.unlisted > 0)
      dataset.problems.push_back(
          {shard.source.string(), fmt::format("{} more images cannot be used", shard.unlisted)});
  }
}

data::Dataset loadShards(const fs::path& path, const LoadOptions& options, Progress& progress) {
  data::Dataset dataset;
  std::vector<Shard> shards = findShards(path, dataset);
  unpackShards(shards, options, progress);
  std::string label = "cls";
  if (const auto given = options.extra.find("label"); given != options.extra.end())
    label = lowered(given->second.starts_with('.') ? given->second.substr(1) : given->second);
  if (label.empty() || hasImageExtension("x." + label))
    fail(
        "option label: '{}' cannot be what says whose an image is; the ending of a text was expected, as cls",
        label);
  progress.start("reading shards", bytesOf(shards));
  parallelFor(static_cast<std::int64_t>(shards.size()), 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
      if (!shards[i].file.empty()) readShard(shards[i], label, progress);
  });
  progress.finish();
  gather(shards, options, dataset);
  return dataset;
}

// Shards, and no folder of images: archives lie beside what was unpacked from them, too.
bool looksLikeShards(const fs::path& path) {
  std::error_code code;
  if (!fs::is_directory(path)) return isShard(path) && fs::exists(path, code);
  if (shardsIn(path).empty()) return false;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (!entry.is_directory(code) || entry.path().filename().string().starts_with('.')) continue;
    for (const auto& inner : fs::directory_iterator(entry.path(), code))
      if (inner.is_directory(code) || hasImageExtension(inner.path())) return false;
  }
  return true;
}

}  // namespace

Format webDatasetFormat() {
  return {.name = "webdataset",
          .title = "shards of a WebDataset",
          .help =
              "shards (.tar, .tar.gz) of a WebDataset: KEY.jpg with KEY.cls, which says whose it is; one "
              "shard, or the folder that holds them",
          .example = "SET/faces-0000.tar (0001.jpg, 0001.cls, 0002.jpg, 0002.cls)\nSET/faces-0001.tar.gz",
          .matches = looksLikeShards,
          .load = loadShards,
          .options = {{"label", "ENDING", "of the members that say whose an image is, without it cls"}},
          .files = {"*.tar", "*.tar.gz", "*.tgz"}};
}

}  // namespace discern::datasets
