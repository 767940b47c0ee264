// Labeled Faces in the Wild, and whatever copies its layout: Name/Name_0001.jpg and pairs.txt.
#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/files.h"
#include "datasets/adapters.h"
#include "datasets/image_files.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

constexpr data::Rect kDeepFunneledCrop{60, 52, 130, 130};  // suits a 112 px model without landmarks

std::optional<int> parseNumber(std::string_view text) {
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

// The 1 of "Name_0001" in the folder Name; nothing when the file is not named after its folder.
std::optional<int> imageNumber(const fs::path& file) {
  const std::string stem = file.stem().string();
  const std::string prefix = file.parent_path().filename().string() + "_";
  if (!stem.starts_with(prefix)) return std::nullopt;
  return parseNumber(std::string_view(stem).substr(prefix.size()));
}

// pairs.txt in the folder or beside it; else, as a hint only, another file that sounds like it.
std::optional<fs::path> findPairs(const fs::path& root) {
  for (const fs::path& folder : {root, root.parent_path()})
    if (fs::is_regular_file(folder / "pairs.txt")) return folder / "pairs.txt";
  return std::nullopt;
}

std::optional<fs::path> findSimilar(const fs::path& root) {
  std::error_code code;
  std::vector<fs::path> found;
  for (const fs::path& folder : {root, root.parent_path()})
    for (const auto& entry : fs::directory_iterator(folder, code)) {
      const std::string name = entry.path().filename().string();
      if (name.find("pairs") != std::string::npos && name.ends_with(".txt")) found.push_back(entry.path());
    }
  if (found.empty()) return std::nullopt;
  return *std::min_element(found.begin(), found.end());
}

struct PairLine {
  int line = 0;
  std::string a, b;  // names
  int numberA = 0, numberB = 0;
  int fold = -1;
};

std::vector<std::string> split(const std::string& line, bool tabsOnly) {
  std::vector<std::string> fields;
  const char* separators = tabsOnly ? "\t" : " \t";
  for (std::size_t at = 0; (at = line.find_first_not_of(separators, at)) != std::string::npos;) {
    const std::size_t end = std::min(line.find_first_of(separators, at), line.size());
    std::string field = line.substr(at, end - at);
    while (field.starts_with(' ')) field.erase(0, 1);
    while (field.ends_with(' ')) field.pop_back();
    if (!field.empty()) fields.push_back(std::move(field));
    at = end;
  }
  return fields;
}

// Name n1 n2, or Name1 n1 Name2 n2.
PairLine parsePair(const fs::path& file, int number, const std::string& line) {
  for (const bool tabsOnly : {true, false}) {  // names may hold spaces where tabs separate
    const std::vector<std::string> fields = split(line, tabsOnly);
    if (fields.size() != 3 && fields.size() != 4) continue;
    const auto a = parseNumber(fields[1]), b = parseNumber(fields.back());
    if (a && b) return {number, fields[0], fields.size() == 3 ? fields[0] : fields[2], *a, *b, -1};
  }
  fail("{}:{}: '{}' was found, but 'Name 1 4' or 'Name1 1 Name2 2' was expected", file.string(), number,
       line);
}

struct PairFile {
  std::vector<PairLine> pairs;
  int folds = 0;
  std::string note;  // how the folds were found, when the file does not say
};

// Without a header a fold is a run of genuine pairs and the run of impostor pairs behind it.
void guessFolds(PairFile& file) {
  const auto genuine = [&](std::size_t i) { return file.pairs[i].a == file.pairs[i].b; };
  std::vector<int> sizes{0};
  for (std::size_t i = 0; i < file.pairs.size(); ++i) {
    if (i > 0 && genuine(i) && !genuine(i - 1)) sizes.push_back(0);
    file.pairs[i].fold = static_cast<int>(sizes.size()) - 1;
    ++sizes.back();
  }
  file.folds = static_cast<int>(sizes.size());
  file.note = fmt::format("it has no header; {} folds were recognised by their order", file.folds);
  if (file.folds > 1 && std::all_of(sizes.begin(), sizes.end(), [&](int size) { return size == sizes[0]; }))
    return;
  const auto n = static_cast<std::int64_t>(file.pairs.size());
  file.folds = static_cast<int>(std::min<std::int64_t>(10, n));
  for (std::int64_t i = 0; i < n; ++i)
    file.pairs[static_cast<std::size_t>(i)].fold = consecutiveFold(i, n, file.folds);
  file.note = fmt::format("it has no header; {} folds were taken in consecutive blocks", file.folds);
}

PairFile readPairs(const fs::path& path) {
  const std::string text = readFile(path);
  PairFile file;
  std::vector<int> header;
  int number = 0;
  bool first = true;
  for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.pop_back();
    if (line.empty()) continue;
    if (std::exchange(first, false)) {
      const auto fields = split(line, false);
      if (fields.size() <= 2) {
        for (const auto& field : fields)
          if (const auto value = parseNumber(field); value && *value > 0) header.push_back(*value);
        if (header.size() != fields.size())
          fail("{}:{}: '{}' was found, but a header such as '10 300', or a pair, was expected", path.string(),
               number, line);
        continue;
      }
    }
    file.pairs.push_back(parsePair(path, number, line));
  }
  if (file.pairs.empty()) fail("{}: holds no pairs; lines such as 'Name 1 4' were expected", path.string());
  if (header.empty()) {
    guessFolds(file);
    return file;
  }
  // "10 300": ten folds of 300 genuine and 300 impostor pairs. "1100": one set of 1100 of each, without
  // folds.
  const std::int64_t folds = header.size() == 2 ? header[0] : 1, half = header.back();
  const auto found = static_cast<std::int64_t>(file.pairs.size());
  if (found % (2 * half) != 0 || found / (2 * half) != folds)
    fail("{}:1: the header promises {} folds of 2 x {} pairs, but {} pairs follow; is the file complete?",
         path.string(), folds, half, found);
  if (folds == 1) return file;
  file.folds = static_cast<int>(folds);
  for (std::size_t i = 0; i < file.pairs.size(); ++i)
    file.pairs[i].fold = static_cast<int>(static_cast<std::int64_t>(i) / (2 * half));
  return file;
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
  if (!file.note.empty()) dataset.problems.push_back({path.string(), file.note});
  dataset.protocols.push_back(std::move(protocol));
}

std::optional<fs::path> choosePairs(const fs::path& root, const LoadOptions& options,
                                    data::Dataset& dataset) {
  if (const auto given = options.extra.find("pairs"); given != options.extra.end()) {
    if (given->second == "none") return std::nullopt;
    if (!fs::is_regular_file(given->second))
      fail("option pairs: {} is not a file; the set's pairs file was expected", given->second);
    return fs::absolute(given->second);
  }
  auto found = findPairs(root);
  if (!found) {
    const auto similar = findSimilar(root);
    dataset.problems.push_back(
        {root.string(),
         fmt::format("no pairs.txt lies in or beside it, so there is no protocol; give pairs={}",
                     similar ? similar->string() : "FILE")});
  }
  return found;
}

data::Dataset loadLfw(const fs::path& path, const LoadOptions& options, Progress& progress) {
  // Every identity is read, so that a pair outside the selection is not taken for one with a missing image.
  LoadOptions everybody = options;
  everybody.identities.clear();
  FolderImages images = readIdentityFolders(path, everybody, progress);
  data::Dataset& dataset = images.dataset;
  ImageIndex index;
  for (std::size_t i = 0; i < dataset.samples.size(); ++i) {
    data::ImageRef& image = dataset.samples[i].image;
    if (!options.crop && images.sizes[i] == cv::Size(250, 250)) image.crop = kDeepFunneledCrop;
    const fs::path file = image.file;
    if (const auto number = imageNumber(file))
      index.emplace(imageKey(file.parent_path().filename().string(), *number), static_cast<int>(i));
  }
  if (const auto pairs = choosePairs(path, options, dataset))
    addProtocol(*pairs, readPairs(*pairs), index, dataset);
  return std::move(dataset);
}

bool looksLikeLfw(const fs::path& path) {
  if (!fs::is_directory(path) || (!findPairs(path) && !findSimilar(path))) return false;
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
  return {"lfw",
          "Name/Name_0001.jpg with pairs.txt in the folder or beside it",
          looksLikeLfw,
          loadLfw,
          {"pairs"}};
}

}  // namespace discern::datasets
