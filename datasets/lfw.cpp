// Labeled Faces in the Wild, and whatever copies its layout: Name/Name_0001.jpg and pairs.txt.
#include <algorithm>
#include <unordered_map>

#include "core/base/error.h"
#include "datasets/image_files.h"
#include "datasets/lfw_pairs.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr data::Rect kDeepFunneledCrop{60, 52, 130, 130};  // suits a 112 px model without landmarks

struct ImageNumber {
  int number = 0;
  int face = -1;  // of several that a detector cut out of that image; -1: the name does not say
};

// The 1 of "Name_0001" in the folder Name, also of "Name_0001_0", as tools write that cut faces out; nothing
// when the file is not named after its folder.
std::optional<ImageNumber> imageNumber(const fs::path& file) {
  const std::string stem = file.stem().string();
  const std::string prefix = file.parent_path().filename().string() + "_";
  if (!stem.starts_with(prefix)) return std::nullopt;
  const std::string_view rest = std::string_view(stem).substr(prefix.size());
  const auto end = std::min(rest.find('_'), rest.size());
  const auto number = parseNumber(rest.substr(0, end));
  if (!number) return std::nullopt;
  if (end == rest.size()) return ImageNumber{*number, -1};
  const auto face = parseNumber(rest.substr(end + 1));
  return face ? std::optional(ImageNumber{*number, *face}) : std::nullopt;
}

// pairs.txt in the folder or beside it.
std::optional<fs::path> findPairs(const fs::path& root) {
  for (const fs::path& folder : {root, root.parent_path()})
    if (fs::is_regular_file(folder / "pairs.txt")) return folder / "pairs.txt";
  return std::nullopt;
}

// (name, number) -> sample
using ImageIndex = std::unordered_map<std::string, int>;
std::string imageKey(const std::string& name, int number) { return fmt::format("{}\n{}", name, number); }

void addProtocol(const fs::path& path, const PairFile& file, const ImageIndex& images,
                 data::Dataset& dataset) {
  data::Protocol protocol{path.stem().string(), {}, {}, file.folds};
  std::unordered_map<int, int> templateOf;
  const auto templateFor = [&](int sample) {
    const auto [at, fresh] = templateOf.emplace(sample, static_cast<int>(protocol.templates.size()));
    const data::Sample& s = dataset.samples[static_cast<std::size_t>(sample)];
    if (fresh) protocol.templates.push_back({fs::path(s.image.file).stem().string(), s.identity, {sample}});
    return at->second;
  };
  for (const PairLine& pair : file.pairs) {
    const auto a = images.find(imageKey(pair.a, pair.numberA)),
               b = images.find(imageKey(pair.b, pair.numberB));
    if (a == images.end() || b == images.end()) {
      const bool first = a == images.end();
      dataset.problems.push_back({fmt::format("{}:{}", path.string(), pair.line),
                                  fmt::format("image {} of {} is not there; the pair was left out",
                                              first ? pair.numberA : pair.numberB, first ? pair.a : pair.b)});
      continue;
    }
    protocol.pairs.push_back({templateFor(a->second), templateFor(b->second), pair.a == pair.b, pair.fold});
  }
  if (protocol.pairs.empty())
    fail(
        "{}: none of its {} pairs names an image of this set; give the set's own file with pairs=FILE, or "
        "pairs=none",
        path.string(), file.pairs.size());
  for (const std::string& note : {file.note, file.surplus})
    if (!note.empty()) dataset.problems.push_back({path.string(), note});
  dataset.protocols.push_back(std::move(protocol));
}

struct ChosenPairs {
  fs::path path;
  PairFile file;
};

// The only file that sounds like a pairs file, reads like one, and names images of this set. Anything else is
// a guess that the person should make.
std::optional<ChosenPairs> guessPairs(const fs::path& root, const ImageIndex& index, data::Dataset& dataset) {
  std::vector<ChosenPairs> fitting;
  std::string others;
  for (const fs::path& path : findPairFiles(root)) {
    std::string trouble = "it names no image of this set";
    try {
      PairFile file = readPairFile(path);
      if (std::any_of(file.pairs.begin(), file.pairs.end(), [&](const PairLine& pair) {
            return index.contains(imageKey(pair.a, pair.numberA)) &&
                   index.contains(imageKey(pair.b, pair.numberB));
          })) {
        fitting.push_back({path, std::move(file)});
        continue;
      }
    } catch (const Error& e) {
      trouble = e.what();
    }
    others += fmt::format("; {} was not taken: {}", path.string(), trouble);
  }
  if (fitting.size() == 1) {
    dataset.problems.push_back({fitting[0].path.string(),
                                "there is no pairs.txt; this file was taken because it alone reads like one; "
                                "give pairs=FILE for another, or pairs=none"});
    return std::move(fitting[0]);
  }
  if (fitting.empty()) {
    dataset.problems.push_back(
        {root.string(),
         fmt::format("no pairs.txt lies in or beside it, so there is no protocol; give pairs=FILE{}",
                     others)});
    return std::nullopt;
  }
  std::string names;
  for (const ChosenPairs& one : fitting) names += (names.empty() ? "" : ", ") + one.path.string();
  dataset.problems.push_back(
      {root.string(), fmt::format("there is no pairs.txt, and several files read like one, so there is no "
                                  "protocol; give pairs=FILE with one of: {}",
                                  names)});
  return std::nullopt;
}

std::optional<ChosenPairs> choosePairs(const fs::path& root, const LoadOptions& options,
                                       const ImageIndex& index, data::Dataset& dataset) {
  if (const auto given = options.extra.find("pairs"); given != options.extra.end()) {
    if (given->second == "none") return std::nullopt;
    if (!fs::is_regular_file(given->second))
      fail("option pairs: {} is not a file; the set's pairs file was expected", given->second);
    const fs::path path = fs::absolute(given->second);
    return ChosenPairs{path, readPairFile(path)};
  }
  if (const auto found = findPairs(root)) return ChosenPairs{*found, readPairFile(*found)};
  return guessPairs(root, index, dataset);
}

// Of several faces of one image the pairs mean the first.
ImageIndex indexOf(const fs::path& root, data::Dataset& dataset) {
  ImageIndex index;
  std::unordered_map<std::string, int> faceOf;
  std::size_t others = 0;
  for (std::size_t i = 0; i < dataset.samples.size(); ++i) {
    const fs::path file = dataset.samples[i].image.file;
    const auto number = imageNumber(file);
    if (!number) continue;
    const std::string key = imageKey(file.parent_path().filename().string(), number->number);
    const auto [at, fresh] = index.emplace(key, static_cast<int>(i));
    if (fresh) {
      faceOf[key] = number->face;
      continue;
    }
    ++others;
    if (number->face >= faceOf[key]) continue;
    at->second = static_cast<int>(i);
    faceOf[key] = number->face;
  }
  if (others > 0)
    dataset.problems.push_back(
        {root.string(),
         fmt::format("{} images are further faces (Name_0001_1) or copies of one that is there; "
                     "pairs take the one without such a number, or with the smallest",
                     others)});
  return index;
}

data::Dataset loadLfw(const fs::path& path, const LoadOptions& options, Progress& progress) {
  // Every identity is read, so that a pair outside the selection is not taken for one with a missing image.
  LoadOptions everybody = options;
  everybody.identities.clear();
  FolderImages images = readIdentityFolders(path, everybody, progress);
  data::Dataset& dataset = images.dataset;
  for (std::size_t i = 0; i < dataset.samples.size(); ++i) {
    data::ImageRef& image = dataset.samples[i].image;
    if (!options.crop && images.sizes[i] == cv::Size(250, 250)) image.crop = kDeepFunneledCrop;
  }
  const ImageIndex index = indexOf(path, dataset);
  if (const auto pairs = choosePairs(path, options, index, dataset))
    addProtocol(pairs->path, pairs->file, index, dataset);
  return std::move(dataset);
}

bool looksLikeLfw(const fs::path& path) {
  if (!fs::is_directory(path) || (!findPairs(path) && findPairFiles(path).empty())) return false;
  int looked = 0;
  for (const auto& folder : fs::directory_iterator(path)) {
    if (!folder.is_directory() || ++looked > 5) continue;
    for (const auto& entry : fs::directory_iterator(folder))
      if (hasImageExtension(entry.path())) return imageNumber(entry.path()).has_value();
  }
  return false;
}

}  // namespace

Format lfwFormat() {
  return {
      .name = "lfw",
      .title = "an LFW layout",
      .help = "Name/Name_0001.jpg with pairs.txt (or another *pairs*.txt) in the folder or beside it",
      .example = "SET/Aaron_Eckhart/Aaron_Eckhart_0001.jpg\nSET/pairs.txt",
      .matches = looksLikeLfw,
      .load = loadLfw,
      .options = {{"pairs", "FILE", "the pairs file, where it is not beside the images; none: no protocol"}}};
}

}  // namespace discern::datasets
