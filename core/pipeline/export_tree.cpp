// A folder an identity, with its kept images as they are stored.
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/files.h"
#include "core/base/leftovers.h"
#include "core/data/place.h"
#include "core/imaging/image.h"
#include "core/pipeline/export_kept.h"

namespace discern::pipeline {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t kLongest = 200;  // bytes of a name, so that an ending still fits

// One folder's or file's name: never another place, hidden, or what a shell cannot type.
std::string safeName(std::string name) {
  for (char& c : name)
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 32 || c == 127) c = '_';
  if (name.size() > kLongest) {
    name.resize(kLongest);
    while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xC0) == 0x80) name.pop_back();
    if (!name.empty() && static_cast<unsigned char>(name.back()) >= 0xC0) name.pop_back();
  }
  if (name.empty() || name.front() == '.') name.insert(0, "_");
  return name;
}

// anna.jpg, anna-2.jpg ...: also where the case of letters does not count.
std::string freeName(const std::string& wanted, std::set<std::string>& taken) {
  const auto lowered = [](std::string text) {
    for (char& c : text)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
  };
  std::string name = wanted;
  const fs::path parts(wanted);
  for (int k = 2; !taken.insert(lowered(name)).second; ++k)
    name = fmt::format("{}-{}{}", parts.stem().string(), k, parts.extension().string());
  return name;
}

struct Planned {
  int sample = -1;
  fs::path to;  // from the tree's root
};

std::vector<Planned> planOf(const KeptSource& source) {
  const auto names = plainNames(source.roster.identities);
  std::map<int, std::string> folders;
  std::map<int, std::set<std::string>> takenIn, placesIn;
  std::set<std::string> taken;
  std::vector<Planned> plan;
  for (const int s : source.kept.samples()) {
    const int identity = source.roster.identity[static_cast<std::size_t>(s)];
    const auto& image = source.roster.samples[static_cast<std::size_t>(s)].image;
    if (!placesIn[identity].insert(data::placeOf(image)).second) continue;  // two faces of one photograph
    if (!folders.contains(identity))
      folders[identity] = freeName(safeName(names[static_cast<std::size_t>(identity)]), taken);
    const std::string name = isWholeFile(image)
                                 ? safeName(fs::path(image.file).filename().string())
                                 : fmt::format("{:06}.{}", s, extensionOf(imaging::readEncoded(image)));
    plan.push_back({s, fs::path(folders[identity]) / freeName(name, takenIn[identity])});
  }
  return plan;
}

// Whatever else is in the folder would look as if it had been kept.
void requireNothingElse(const fs::path& root, const std::vector<Planned>& plan) {
  std::error_code code;
  if (!fs::exists(root, code)) return;
  std::set<fs::path> planned;
  for (const auto& one : plan) planned.insert(one.to);
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_directory() && !entry.is_symlink()) {
      removeLeftovers(entry.path());  // of a call that was killed
      continue;
    }
    if (!fs::exists(fs::symlink_status(entry.path()))) continue;  // which was one of those
    if (!planned.contains(entry.path().lexically_relative(root)))
      fail(
          "{}: is not among the images that are kept, and nothing is removed here; export into another "
          "folder, "
          "or take {} away",
          entry.path().string(), root.string());
  }
}

bool isSameFile(const fs::path& from, const fs::path& to) {
  std::error_code code;
  if (fs::equivalent(from, to, code)) return true;
  return fs::is_regular_file(fs::symlink_status(to, code)) && fs::file_size(from) == fs::file_size(to) &&
         readFile(from) == readFile(to);
}

// False: the disk cannot (another file system).
bool linkTo(const fs::path& from, const fs::path& to, jobs::TreeFiles how) {
  std::error_code code;
  if (how == jobs::TreeFiles::Symlink)
    fs::create_symlink(from, to, code);
  else
    fs::create_hard_link(fs::canonical(from), to, code);
  return !code;
}

// True: it was there already.
bool place(const data::ImageRef& image, const fs::path& to, jobs::TreeFiles how, std::int64_t& copied) {
  const bool whole = isWholeFile(image);
  std::error_code code;
  if (fs::exists(fs::symlink_status(to, code))) {
    const bool same = whole ? isSameFile(image.file, to)
                            : fs::is_regular_file(fs::symlink_status(to, code)) &&
                                  readFile(to) == imaging::readEncoded(image);
    if (!same)
      fail(
          "{}: is there already and is another image than {}; nothing is overwritten, export into another "
          "folder",
          to.string(), data::placeOf(image));
    return true;
  }
  if (whole && how != jobs::TreeFiles::Copy) {
    if (linkTo(image.file, to, how)) return false;
    ++copied;
  }
  writeFileAtomically(to, imaging::readEncoded(image));
  return false;
}

}  // namespace

ExportedTree exportTree(const KeptSource& source, jobs::TreeFiles how, Progress& progress) {
  const fs::path root = source.folder / "tree";
  const auto plan = planOf(source);
  requireNothingElse(root, plan);
  progress.start("writing the tree", std::ssize(plan));
  ExportedTree result;
  std::int64_t copied = 0;
  for (const auto& one : plan) {
    progress.throwIfStopped();
    const fs::path to = root / one.to;
    fs::create_directories(to.parent_path());
    result.there += place(source.roster.samples[static_cast<std::size_t>(one.sample)].image, to, how, copied);
    ++result.images;
    progress.advance();
  }
  if (copied > 0)
    progress.note(fmt::format("{} images were copied, since the disk cannot link to them", copied));
  progress.finish();
  return result;
}

}  // namespace discern::pipeline
