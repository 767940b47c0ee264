// What there is of a kind, by name. The window's lists, the command line's choices and the documents' tables
// are read from such registries.
#pragma once

#include <fmt/ranges.h>

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/field.h"

namespace discern {

// Entry has `name` and `help` (one line). Entries keep their places in memory. Those of a program's own are
// added before it starts threads.
template <typename Entry>
class Registry {
 public:
  // kind: as an error names it, such as "network".
  Registry(std::string kind, std::initializer_list<Entry> builtIn) : kind_(std::move(kind)) {
    for (const Entry& entry : builtIn) add(entry);
  }

  // Throws Error when the name is taken.
  void add(Entry entry) {
    requireFree(entry.name);
    entries_.push_back(std::move(entry));
  }
  void addFirst(Entry entry) {
    requireFree(entry.name);
    entries_.push_front(std::move(entry));
  }

  const Entry* seek(const std::string& name) const {  // null: there is none
    for (const Entry& entry : entries_)
      if (entry.name == name) return &entry;
    return nullptr;
  }
  const Entry& find(const std::string& name) const {  // throws Error that lists them
    if (const Entry* entry = seek(name)) return *entry;
    fail("{} '{}' is not known; use one of: {}", kind_, name, fmt::join(names(), ", "));
  }

  // In their order; of those that pass `which`, such as a member function or a lambda.
  std::vector<std::string> names() const {
    return names([](const Entry&) { return true; });
  }
  template <typename Which>
  std::vector<std::string> names(Which which) const {
    std::vector<std::string> list;
    for (const Entry& entry : entries_)
      if (which(entry)) list.push_back(entry.name);
    return list;
  }
  // One line; throws Error as find does.
  const std::string& help(const std::string& name) const { return find(name).help; }

  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  std::size_t size() const { return entries_.size(); }

 private:
  void requireFree(const std::string& name) const {
    if (seek(name)) fail("{} '{}' is there already; give another one its own name", kind_, name);
  }

  std::string kind_;
  std::deque<Entry> entries_;
};

// For a field of a job: the entries that pass `which`, with their help.
template <typename Entry, typename Which>
std::vector<FieldChoice> choicesOf(const Registry<Entry>& registry, Which which) {
  std::vector<FieldChoice> choices;
  for (const Entry& entry : registry)
    if (which(entry)) choices.push_back({entry.name, entry.help});
  return choices;
}
template <typename Entry>
std::vector<FieldChoice> choicesOf(const Registry<Entry>& registry) {
  return choicesOf(registry, [](const Entry&) { return true; });
}

}  // namespace discern
