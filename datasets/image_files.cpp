#include "datasets/image_files.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/parallel.h"
#include "core/imaging/image.h"
#include "datasets/import_options.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kHeaderBytes = 64 << 10;

ImageHeader readOpened(const PlainFile& in) {
  const auto size = static_cast<std::size_t>(in.size());
  if (size == 0) return {{}, "zero bytes; the image was left out"};
  std::string bytes(std::min(size, kHeaderBytes), '\0');
  bytes.resize(in.read(0, bytes.data(), bytes.size()));
  const std::string_view format = imaging::formatName(bytes);
  if (imaging::isSupported(format) && imaging::probeSize(bytes).empty() && size > bytes.size()) {
    // A long colour profile or thumbnail before the frame header, or a TIFF with its directory at the end.
    bytes.resize(std::min(size, static_cast<std::size_t>(imaging::DecodeLimits{}.maxBytes)));
    bytes.resize(in.read(0, bytes.data(), bytes.size()));
  }
  return readHeader(bytes);
}

ImageHeader readFileHeader(const fs::path& file) {
  try {
    return readOpened(PlainFile(file));
  } catch (const Error& e) {  // which names the file, as whoever lists the problem does
    std::string_view why = e.what();
    if (const std::string name = file.string() + ": "; why.starts_with(name)) why.remove_prefix(name.size());
    return {{}, fmt::format("{}; the image was left out", why)};
  }
}

// Folders that disks, servers and archivers put beside a person's own, with thumbnails and deleted files.
bool isOfTheSystem(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  static constexpr std::array<std::string_view, 12> known = {
      "@eadir",   "@recycle", "@recently-snapshot", "#recycle", "#snapshot", "$recycle.bin",
      "recycler", "__macosx", "lost+found",         "_gsdata_", "found.000", "system volume information"};
  return std::find(known.begin(), known.end(), name) != known.end();
}

struct Listing {
  std::vector<fs::path> folders, images, others, ofTheSystem;
};

// Sorted by name, so that an import is the same on every file system; hidden entries are nobody's data.
Listing list(const fs::path& folder) {
  Listing listing;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with('.')) continue;
    std::error_code code;
    if (entry.is_directory(code) && isOfTheSystem(entry.path().filename().string()))
      listing.ofTheSystem.push_back(entry.path());
    else if (entry.is_directory(code))
      listing.folders.push_back(entry.path());
    else if (hasImageExtension(entry.path()))
      listing.images.push_back(entry.path());
    else
      listing.others.push_back(entry.path());
  }
  std::sort(listing.folders.begin(), listing.folders.end());
  std::sort(listing.images.begin(), listing.images.end());
  std::sort(listing.others.begin(), listing.others.end());
  return listing;
}

[[noreturn]] void failLayout(const fs::path& root, const Listing& top) {
  const std::string expected = "a folder per identity was expected (identity/image.jpg)";
  if (!top.images.empty())
    fail("{}: its {} images lie directly in it, but {}; move each person's images into a folder of their own",
         root.string(), top.images.size(), expected);
  for (const fs::path& folder : top.folders)
    for (const fs::path& inner : list(folder).folders)
      if (!list(inner).images.empty())
        fail(
            "{}: its images lie one level deeper, as in {}, but {}; choose {} instead, or move the images up",
            root.string(), list(inner).images.front().lexically_relative(root).string(), expected,
            folder.string());
  fail("{}: holds no images, but {}; check the path", root.string(), expected);
}

}  // namespace

bool hasImageExtension(const fs::path& file) {
  std::string extension = file.extension().string();
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  static constexpr std::array<std::string_view, 11> known = {".jpg", ".jpeg", ".png", ".bmp",  ".pgm", ".ppm",
                                                             ".pbm", ".pnm",  ".tif", ".tiff", ".webp"};
  return std::find(known.begin(), known.end(), extension) != known.end();
}

std::vector<fs::path> imagesBelow(const fs::path& folder, bool deep) {
  std::vector<fs::path> images;
  const auto add = [&](const fs::directory_entry& entry) {
    if (entry.path().filename().string().starts_with('.') || !hasImageExtension(entry.path())) return;
    if (entry.is_regular_file()) images.push_back(entry.path());
  };
  if (deep)
    for (const auto& entry : fs::recursive_directory_iterator(folder)) add(entry);
  else
    for (const auto& entry : fs::directory_iterator(folder)) add(entry);
  std::sort(images.begin(), images.end());
  return images;
}

ImageHeader readHeader(std::string_view bytes) {
  if (bytes.empty()) return {{}, "zero bytes; the image was left out"};
  const std::string_view format = imaging::formatName(bytes);
  if (!imaging::isSupported(format))
    return {{},
            fmt::format("{}, but a JPEG, PNG, BMP, PNM, TIFF or WebP was expected; the image was left out",
                        format.empty() ? "its content is no known image" : "is a GIF")};
  const cv::Size size = imaging::probeSize(bytes);
  if (size.empty())
    return {{}, fmt::format("the header of this {} is damaged; the image was left out", format)};
  if (static_cast<std::int64_t>(size.width) * size.height > imaging::DecodeLimits{}.maxPixels)
    return {{},
            fmt::format("claims {} x {} pixels, which is too large; the image was left out", size.width,
                        size.height)};
  return {size, {}, imaging::probeOrientation(bytes)};
}

std::vector<ImageHeader> readHeaders(const std::vector<fs::path>& files, Progress& progress) {
  std::vector<ImageHeader> headers(files.size());
  progress.start("reading image headers", static_cast<std::int64_t>(files.size()));
  parallelFor(static_cast<std::int64_t>(files.size()), 64, [&](std::int64_t begin, std::int64_t end) {
    progress.throwIfStopped();
    for (std::int64_t i = begin; i < end; ++i)
      headers[static_cast<std::size_t>(i)] = readFileHeader(files[static_cast<std::size_t>(i)]);
    progress.advance(end - begin);
  });
  progress.finish();
  return headers;
}

FolderImages readIdentityFolders(const fs::path& root, const LoadOptions& options, Progress& progress,
                                 const std::vector<std::string>& nobodys) {
  if (!fs::is_directory(root))
    fail("{}: is not a folder; a folder per identity was expected in it", root.string());
  FolderImages result;
  data::Dataset& dataset = result.dataset;
  const Listing top = list(root);
  std::vector<fs::path> files;
  std::vector<int> identityOf;
  std::vector<fs::path> others;
  bool anything = false;  // of any identity, wanted or not
  for (const fs::path& folder : top.folders) {
    progress.throwIfStopped();
    const std::string name = folder.filename().string();
    if (std::find(nobodys.begin(), nobodys.end(), name) != nobodys.end()) {
      result.passedOver += list(folder).images.size();
      continue;
    }
    const bool wanted = isWanted(options, name);
    if (!wanted && anything) {  // only its name counts
      dataset.identities.push_back(name);
      continue;
    }
    Listing inner;
    try {
      inner = list(folder);
    } catch (const fs::filesystem_error& e) {
      dataset.problems.push_back({folder.string(), fmt::format("cannot be read ({})", e.code().message())});
      continue;
    }
    anything = anything || !inner.images.empty();
    const int identity = static_cast<int>(dataset.identities.size());
    dataset.identities.push_back(name);
    if (!wanted) continue;
    others.insert(others.end(), inner.others.begin(), inner.others.end());
    if (!inner.folders.empty())
      dataset.problems.push_back(
          {folder.string(), fmt::format("{} folders inside it were ignored; images belong directly into the "
                                        "identity's folder",
                                        inner.folders.size())});
    files.insert(files.end(), inner.images.begin(), inner.images.end());
    identityOf.resize(files.size(), identity);
  }
  if (!anything) failLayout(root, top);
  for (const fs::path& folder : top.ofTheSystem)
    dataset.problems.push_back(
        {folder.string(), "is a folder of the system's, not a person; it was left out"});
  if (!top.images.empty())
    dataset.problems.push_back(
        {root.string(),
         fmt::format("{} images outside of any identity's folder were ignored", top.images.size())});
  if (!others.empty()) {
    std::vector<std::string> first;
    for (std::size_t i = 0; i < std::min<std::size_t>(others.size(), 3); ++i)
      first.push_back(others[i].lexically_relative(root).string());
    dataset.problems.push_back(
        {root.string(),
         fmt::format("{} files that do not end like images (jpg, png, ...) were ignored: {}{}", others.size(),
                     fmt::join(first, ", "), others.size() > first.size() ? ", ..." : "")});
  }

  const std::vector<ImageHeader> headers = readHeaders(files, progress);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!headers[i].problem.empty()) {
      dataset.problems.push_back({files[i].string(), headers[i].problem});
      continue;
    }
    data::Sample sample;
    sample.image.file = files[i].string();
    sample.identity = identityOf[i];
    dataset.samples.push_back(std::move(sample));
    result.sizes.push_back(headers[i].size);
  }
  return result;
}

int consecutiveFold(std::int64_t i, std::int64_t n, int folds) {
  const std::int64_t size = n / folds, larger = n % folds;
  const std::int64_t boundary = larger * (size + 1);
  return static_cast<int>(i < boundary ? i / (size + 1)
                                       : larger + (i - boundary) / std::max<std::int64_t>(size, 1));
}

}  // namespace discern::datasets
