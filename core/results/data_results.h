// What the jobs on people, images and protocols leave.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace discern::results {

struct ImportedProtocol {
  std::string name;
  std::int64_t templates = 0, pairs = 0;
  int folds = 0;
};
struct ImportProblem {
  std::string where, what;
};
struct FacesFoundResult {
  std::int64_t photographs = 0, missed = 0, several = 0, tiny = 0, cropped = 0, unreadable = 0;
};
struct ImportResult {
  static constexpr const char* kJob = "import";
  std::string set, format;
  std::int64_t samples = 0, identities = 0;
  std::vector<ImportedProtocol> protocols;
  std::vector<ImportProblem> problems;
  std::vector<std::string> examples;  // some image files
  std::optional<int> added, duplicates,
      placed;                             // none: it was a preview; placed: faces that were there, anew
  std::string unaligned;                  // why the images look so
  std::optional<FacesFoundResult> faces;  // of photographs that a detector looked at
};

struct RoleResult {
  static constexpr const char* kJob = "role";
  std::int64_t identities = 0;
};
struct AlignResult {
  static constexpr const char* kJob = "align";
  int sample = -1;
  double eyes = 0;  // pixels between them
};
struct ExcludeResult {
  static constexpr const char* kJob = "exclude";
  std::int64_t identities = 0;
};
struct MergeResult {
  static constexpr const char* kJob = "merge";
  std::string from, into;  // into: empty where it was taken back
};

// Drawn, or some folds of another protocol, which has pairs and folds alone.
struct ProtocolResult {
  static constexpr const char* kJob = "protocol";
  std::string name;
  std::int64_t templates = 0;
  std::optional<int> identities, leftOut;                 // leftOut: identities with fewer than `size` images
  std::optional<std::int64_t> genuine, impostor, copies;  // copies: new ones
  std::optional<std::int64_t> pairs;
  std::optional<int> folds;
};

struct ConvertResult {
  static constexpr const char* kJob = "convert-checkpoint";
  std::vector<std::string> converted;  // the new files
  std::vector<std::string> left;       // old files that stay, each with its reason in a sentence
};

struct ExtractResult {
  static constexpr const char* kJob = "extract";
  std::string name;
  std::int64_t images = 0, skipped = 0, failed = 0, dims = 0;
  std::optional<std::int64_t> leftOut;  // images that are not kept; none: all were asked for
  double imagesPerSecond = 0, macs = 0, milliseconds = 0;
  bool flip = false;  // the mirrored image's feature was added
};

// What is merged later, of "extract", "score" or "select".
struct ShardResult {
  std::string name;           // of the table that the shards will be
  int shard = 1, shards = 1;  // from 1
  std::int64_t images = 0, failed = 0;
};

template <class V>
void describe(V& v, ImportedProtocol& r) {
  v("name", r.name);
  v("templates", r.templates);
  v("pairs", r.pairs);
  v("folds", r.folds);
}
template <class V>
void describe(V& v, ImportProblem& r) {
  v("where", r.where);
  v("what", r.what);
}
template <class V>
void describe(V& v, FacesFoundResult& r) {
  v("photographs", r.photographs);
  v("missed", r.missed);
  v("several", r.several);
  v("tiny", r.tiny);
  v("cropped", r.cropped);
  v("unreadable", r.unreadable);
}
template <class V>
void describe(V& v, ImportResult& r) {
  v("set", r.set);
  v("format", r.format);
  v("samples", r.samples);
  v("identities", r.identities);
  v("protocols", r.protocols);
  v("problems", r.problems);
  v("examples", r.examples);
  v.ifAny("added", r.added);
  v.ifAny("duplicates", r.duplicates);
  v.ifAny("placed", r.placed);
  v.ifAny("unaligned", r.unaligned);
  v.ifAny("faces", r.faces);
}
template <class V>
void describe(V& v, RoleResult& r) {
  v("identities", r.identities);
}
template <class V>
void describe(V& v, AlignResult& r) {
  v("sample", r.sample);
  v("eyes", r.eyes);
}
template <class V>
void describe(V& v, ExcludeResult& r) {
  v("identities", r.identities);
}
template <class V>
void describe(V& v, MergeResult& r) {
  v("from", r.from);
  v("into", r.into);
}
template <class V>
void describe(V& v, ProtocolResult& r) {
  v("protocol", r.name);
  v("templates", r.templates);
  v.ifAny("identities", r.identities);
  v.ifAny("left_out", r.leftOut);
  v.ifAny("genuine", r.genuine);
  v.ifAny("impostor", r.impostor);
  v.ifAny("copies", r.copies);
  v.ifAny("pairs", r.pairs);
  v.ifAny("folds", r.folds);
}
template <class V>
void describe(V& v, ConvertResult& r) {
  v("converted", r.converted);
  v("left", r.left);
}
template <class V>
void describe(V& v, ExtractResult& r) {
  v("features", r.name);
  v("images", r.images);
  v("skipped", r.skipped);
  v("failed", r.failed);
  v.ifAny("left_out", r.leftOut);
  v("dims", r.dims);
  v("images_per_second", r.imagesPerSecond);
  v("macs", r.macs);
  v("ms", r.milliseconds);
  v("flip", r.flip);
}
template <class V>
void describe(V& v, ShardResult& r) {
  v("name", r.name);
  v("shard", r.shard);
  v("shards", r.shards);
  v("images", r.images);
  v("failed", r.failed);
}

}  // namespace discern::results
