// InsightFace's verification sets (lfw.bin, cfp_fp.bin,
// agedb_30.bin): a pickle of (images, issame), read in place.
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/imaging/image.h"
#include "datasets/image_files.h"
#include "datasets/pickle.h"
#include "datasets/registry.h"

namespace discern::datasets {
namespace fs = std::filesystem;
namespace {

struct Verification {
  std::vector<int> images;  // values of the document: pair i is images[2i], images[2i + 1]
  std::vector<bool> genuine;
};

bool isSequence(const pickle::Value& value) {
  return value.kind == pickle::Kind::List || value.kind == pickle::Kind::Tuple;
}

Verification readVerification(const fs::path& file, std::string_view bytes,
                              const pickle::Document& document) {
  const pickle::Value& root = document.at(document.root);
  if (!isSequence(root) || root.items.size() != 2 || !isSequence(document.at(root.items[0])))
    fail("{}: is a pickle, but not of (images, issame); an InsightFace verification set was expected",
         file.string());
  Verification set;
  set.images = document.at(root.items[0]).items;
  const pickle::Value& same = document.at(root.items[1]);
  std::vector<double> numbers;
  if (isSequence(same)) {
    for (const int item : same.items) {
      const pickle::Value& value = document.at(item);
      const bool isNumber = value.kind == pickle::Kind::Bool || value.kind == pickle::Kind::Int;
      numbers.push_back(isNumber ? static_cast<double>(value.number) : std::nan(""));
    }
  } else {
    numbers = pickle::numbersOf(bytes, document, root.items[1]);
    if (numbers.empty()) fail("{}: issame is not a list of booleans", file.string());
  }
  for (const double number : numbers) {
    if (number != 0 && number != 1)
      fail("{}: entry {} of issame is neither true nor false (1 or 0)", file.string(), set.genuine.size());
    set.genuine.push_back(number != 0);
  }
  if (set.images.size() != 2 * set.genuine.size())
    fail("{}: holds {} images for {} pairs; two images a pair were expected", file.string(),
         set.images.size(), set.genuine.size());
  return set;
}

// Images whose bytes are not in the file as they are (see pickle.h) go into a folder the user named.
struct Extraction {
  fs::path folder;  // empty: not asked for
  bool dryRun = false;

  data::ImageRef write(const fs::path& source, const std::string& image, std::size_t pair, char side) const {
    if (folder.empty())
      fail(
          "{}: stores its images as text (a Python 3 pickle of protocol 2), so they cannot be read in place; "
          "give "
          "extract_to=FOLDER, or save it again with pickle.dump(data, file, protocol=4)",
          source.string());
    const auto format = imaging::formatName(image);
    const fs::path file = folder / fmt::format("{}_{:06}_{}.{}", source.stem().string(), pair, side,
                                               format == "JPEG"  ? "jpg"
                                               : format == "PNG" ? "png"
                                                                 : "img");
    if (!dryRun) writeFileAtomically(file, image);
    data::ImageRef ref;
    ref.file = file.string();
    return ref;
  }
};

data::Dataset loadBin(const fs::path& path, const LoadOptions& options, Progress& progress) {
  const std::string bytes = readFile(path);
  const pickle::Document document = pickle::parse(bytes, path.string());
  const Verification set = readVerification(path, bytes, document);
  Extraction extraction;
  if (const auto given = options.extra.find("extract_to"); given != options.extra.end()) {
    extraction.folder = fs::absolute(given->second).lexically_normal();
    extraction.dryRun = options.dryRun;
    if (!options.dryRun) fs::create_directories(extraction.folder);
  }
  const auto pairs = static_cast<std::int64_t>(set.genuine.size());
  data::Dataset dataset;
  data::Protocol protocol{path.stem().string(), {}, {}, static_cast<int>(std::min<std::int64_t>(10, pairs))};
  if (pairs < 2) protocol.folds = 0;
  progress.start("reading image headers", 2 * pairs);
  // The sample of one side of a pair, or -1 with a problem.
  const auto addSample = [&](std::size_t pair, int side, int identity) {
    const char letter = side == 0 ? 'a' : 'b';
    const std::string where = fmt::format("{}: pair {} {}", path.string(), pair + 1, letter);
    const auto* value = document.bytesOf(set.images[2 * pair + static_cast<std::size_t>(side)]);
    if (!value) fail("{} is neither bytes nor a uint8 array; an encoded image was expected", where);
    const auto payload = std::string_view(bytes).substr(static_cast<std::size_t>(value->offset),
                                                        static_cast<std::size_t>(value->length));
    data::Sample sample;
    sample.identity = identity;
    const bool encoded = value->kind == pickle::Kind::Encoded;
    const std::string image = encoded ? pickle::decodeLatin1(payload, where) : std::string(payload);
    const ImageHeader header = readHeader(image);
    if (!header.problem.empty()) {
      dataset.problems.push_back({where, header.problem});
      return -1;
    }
    if (encoded)
      sample.image = extraction.write(path, image, pair + 1, letter);
    else
      sample.image = {path.string(), value->offset, value->length, {}, {}, {}, {}};
    dataset.samples.push_back(std::move(sample));
    protocol.templates.push_back({fmt::format("pair {} {}", pair + 1, letter),
                                  identity,
                                  {static_cast<int>(dataset.samples.size()) - 1}});
    return static_cast<int>(protocol.templates.size()) - 1;
  };
  for (std::int64_t i = 0; i < pairs; ++i) {
    progress.throwIfStopped();
    const auto pair = static_cast<std::size_t>(i);
    const int identity = static_cast<int>(dataset.identities.size());
    if (set.genuine[pair]) {
      dataset.identities.push_back(fmt::format("pair {}", i + 1));
    } else {
      dataset.identities.push_back(fmt::format("pair {} a", i + 1));
      dataset.identities.push_back(fmt::format("pair {} b", i + 1));
    }
    const int a = addSample(pair, 0, identity);
    const int b = addSample(pair, 1, set.genuine[pair] ? identity : identity + 1);
    const int fold = protocol.folds > 0 ? consecutiveFold(i, pairs, protocol.folds) : -1;
    if (a >= 0 && b >= 0) protocol.pairs.push_back({a, b, set.genuine[pair], fold});
    progress.advance(2);
  }
  progress.finish();
  dataset.protocols.push_back(std::move(protocol));
  return dataset;
}

bool looksLikeBin(const fs::path& path) {
  if (!fs::is_regular_file(path) || path.extension() != ".bin") return false;
  const std::string first = readStart(path, 1);
  return first == "\x80" || first == "(" || first == "]";  // a pickle of protocol 2 up, or 1
}

}  // namespace

Format insightFaceBinFormat() {
  return {.name = "bin",
          .title = "an InsightFace .bin of pairs",
          .help = "an InsightFace verification set: a .bin file with a pickle of (images, issame)",
          .example = "lfw.bin",
          .matches = looksLikeBin,
          .load = loadBin,
          .options = {{"extract_to", "FOLDER",
                       "where images go that the pickle stores as text and that cannot be read in place"}},
          .files = {"*.bin"}};
}

}  // namespace discern::datasets
