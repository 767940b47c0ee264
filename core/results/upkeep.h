// Results of the jobs that look after a project: refresh, repoint, rename, remove.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace discern::results {

struct RefreshResult {
  static constexpr const char* kJob = "refresh";
  std::int64_t files = 0;                      // looked at
  std::vector<std::string> replaced, missing;  // files
  std::int64_t images = 0;                     // of the replaced files, degraded copies included
};
struct RepointResult {
  static constexpr const char* kJob = "repoint";
  std::int64_t files = 0, images = 0;  // found at the new place
  std::vector<std::string> missing, replaced;
};
struct RenameResult {
  static constexpr const char* kJob = "rename";
  std::string kind, name;  // as it is called now
};
struct RemoveResult {
  static constexpr const char* kJob = "remove";
  std::string kind, name;
};

template <class V>
void describe(V& v, RefreshResult& r) {
  v("files", r.files);
  v("replaced", r.replaced);
  v("missing", r.missing);
  v("images", r.images);
}
template <class V>
void describe(V& v, RepointResult& r) {
  v("files", r.files);
  v("images", r.images);
  v("missing", r.missing);
  v("replaced", r.replaced);
}
template <class V>
void describe(V& v, RenameResult& r) {
  v("kind", r.kind);
  v("name", r.name);
}
template <class V>
void describe(V& v, RemoveResult& r) {
  v("kind", r.kind);
  v("name", r.name);
}

}  // namespace discern::results
