#include "core/data/path_match.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <unordered_map>

namespace discern::data {
namespace {

std::string tidied(std::string path) {
  std::ranges::replace(path, '\\', '/');
  return std::filesystem::path(path).lexically_normal().string();
}

// The last `count` names of a path, all where it has fewer; a leading slash is no name.
std::string_view lastNames(std::string_view path, int count) {
  std::size_t at = path.size();
  for (int i = 0; i < count; ++i) {
    const auto slash = at == 0 ? std::string_view::npos : path.rfind('/', at - 1);
    if (slash == std::string_view::npos) return path.substr(path.starts_with('/') ? 1 : 0);
    at = slash;
  }
  return path.substr(at + 1);
}

int namesIn(std::string_view path) {
  int names = 0;
  bool inside = false;
  for (const char c : path) {
    if (c != '/' && !inside) ++names;
    inside = c != '/';
  }
  return names;
}

// How many of their last names two paths have in common.
int commonNames(std::string_view a, std::string_view b) {
  int names = 0;
  while (!a.empty() && !b.empty()) {
    const auto nameA = lastNames(a, 1), nameB = lastNames(b, 1);
    if (nameA.empty() || nameA != nameB) break;
    ++names;
    a.remove_suffix(std::min(a.size(), nameA.size() + 1));
    b.remove_suffix(std::min(b.size(), nameB.size() + 1));
  }
  return names;
}

// Names of the folder that all paths share.
int sharedFolders(const std::vector<std::string>& paths) {
  if (paths.empty()) return 0;
  std::string_view shared = paths.front();
  const auto upToFolder = [](std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
  };
  shared = upToFolder(shared);
  for (const auto& path : paths) {
    const auto [end, other] = std::ranges::mismatch(shared, path);
    shared = upToFolder(shared.substr(0, static_cast<std::size_t>(end - shared.begin())));
    if (shared.empty()) break;
  }
  return namesIn(shared);
}

class Known {
 public:
  explicit Known(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
      paths_.push_back(tidied(path));
      names_.push_back(namesIn(paths_.back()));
    }
    for (int i = 0; i < static_cast<int>(paths_.size()); ++i) {
      const std::string& path = paths_[static_cast<std::size_t>(i)];
      const auto [at, fresh] = exact_.emplace(path, i);
      if (!fresh) at->second = kSeveralPaths;
      byEnd_[lastNames(path, 2)].push_back(i);
      const auto [last, first] = byName_.emplace(lastNames(path, 1), i);
      if (!first) last->second = kSeveralPaths;
    }
  }

  // shared: names of the folder that all asked paths share.
  int find(const std::string& asked, int shared) const {
    if (const auto same = exact_.find(asked); same != exact_.end()) return same->second;
    const int names = namesIn(asked);
    if (names == 0) return kNoPath;
    if (names == 1) {  // any folder will do, if only one has it
      const auto found = byName_.find(lastNames(asked, 1));
      return found == byName_.end() ? kNoPath : found->second;
    }
    int best = kNoPath, most = 0;
    const auto look = [&](std::string_view end) {
      const auto candidates = byEnd_.find(end);
      if (candidates == byEnd_.end()) return;
      for (const int i : candidates->second) {
        const int common = commonNames(asked, paths_[static_cast<std::size_t>(i)]);
        const int own = names_[static_cast<std::size_t>(i)];
        const int least = std::max(std::min(2, own), std::min(names - shared, own));
        if (common < least || common < most) continue;
        best = common == most ? kSeveralPaths : i;
        most = common;
      }
    };
    look(lastNames(asked, 2));
    if (best == kNoPath) look(lastNames(asked, 1));  // known by a name alone
    return best;
  }

 private:
  std::vector<std::string> paths_;
  std::vector<int> names_;
  std::unordered_map<std::string_view, int> exact_, byName_;
  std::unordered_map<std::string_view, std::vector<int>> byEnd_;
};

}  // namespace

std::vector<int> matchPaths(const std::vector<std::string>& known, const std::vector<std::string>& asked) {
  std::vector<std::string> tidy;
  tidy.reserve(asked.size());
  for (const auto& path : asked) tidy.push_back(tidied(path));
  const Known all(known);
  const int shared = sharedFolders(tidy);
  std::vector<int> found;
  found.reserve(tidy.size());
  for (const auto& path : tidy) found.push_back(all.find(path, shared));
  return found;
}

}  // namespace discern::data
