// The face library of Frigate, a video recorder: clips/faces/NAME/*.webp, crops as its detector cut them. Its
// folder `train` holds attempts that nobody has sorted yet, under names that say what Frigate guessed.
#include <algorithm>
#include <optional>
#include <regex>

#include "core/base/error.h"
#include "datasets/image_files.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr const char* kAttempts = "train";

// 1712345678.123456-abcdef-1712345680.5-anna-0.95.webp: the event, when, the guess and how sure it is.
bool isAttempt(const fs::path& file) {
  static const std::regex pattern(R"(\d{9,11}\.\d+-[a-z0-9]{6}-.*\.[A-Za-z]+)");
  return hasImageExtension(file) && std::regex_match(file.filename().string(), pattern);
}

bool hasAttempts(const fs::path& folder) {
  std::error_code code;
  for (fs::directory_iterator it(folder, code), end; !code && it != end; it.increment(code))
    if (isAttempt(it->path())) return true;
  return false;
}

bool isFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

// The folder of people in `path`, which may be it, the one above (clips), or the one above that. A person may
// well be called train, so that name alone shows nothing: Frigate's names of attempts do, or its own path.
std::optional<fs::path> findLibrary(const fs::path& path) {
  for (const fs::path& faces : {path, path / "faces", path / "clips" / "faces"}) {
    if (!isFolder(faces)) continue;
    if (hasAttempts(faces / kAttempts)) return faces;
    if (faces.filename() == "faces" && faces.parent_path().filename() == "clips" && !fs::is_empty(faces))
      return faces;
  }
  return std::nullopt;
}

data::Dataset loadFrigate(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const fs::path faces = findLibrary(path).value_or(path);
  FolderImages images = readIdentityFolders(faces, options, progress, {kAttempts});
  data::Dataset dataset = std::move(images.dataset);
  if (images.passedOver > 0)
    dataset.problems.push_back(
        {(faces / kAttempts).string(),
         fmt::format("holds {} attempts that nobody has sorted yet; they are no person's and were left out",
                     images.passedOver)});
  return dataset;
}

}  // namespace

Format frigateFormat() {
  return {.name = "frigate",
          .title = "a face library of Frigate",
          .help =
              "Frigate's clips/faces: a folder per identity with unaligned crops; its train, attempts that "
              "nobody has sorted, is left out",
          .example =
              "clips/faces/anna/anna-1712345690.5.webp\nclips/faces/train/"
              "1712345678.123456-abcdef-1712345680.5-anna-0.95.webp",
          .matches = [](const fs::path& path) { return isFolder(path) && findLibrary(path).has_value(); },
          .load = loadFrigate};
}

}  // namespace discern::datasets
