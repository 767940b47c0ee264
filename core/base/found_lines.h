// What a long search found so far, on disk, a line each: when it was stopped, it goes on from there.
#pragma once

#include <filesystem>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <unordered_map>

namespace discern {

class FoundLines {
 public:
  // file: in a folder that is there; empty: nothing is kept. What was found with another `fingerprint` is not
  // taken; damaged lines are passed over. Throws Error where the file cannot be read or written.
  FoundLines(std::filesystem::path file, const std::string& fingerprint);
  bool isEmpty() const { return lines_.empty(); }  // nothing was found before
  // What was found before; a value that is_discarded(): nothing.
  nlohmann::json find(const std::string& key) const;
  // From any thread; find() tells it from the next start on. A key that is no UTF-8 is not kept.
  void add(const std::string& key, const nlohmann::json& found);

 private:
  std::filesystem::path file_;
  std::unordered_map<std::string, std::string> lines_;  // by key
  std::mutex mutex_;
};

// For keys: another one once the file is written anew, or gone.
std::string sizeAndTime(const std::filesystem::path& file);

}  // namespace discern
