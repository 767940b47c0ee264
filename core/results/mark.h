// What mark tells. It keeps no run: the project has the history.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace discern::results {

struct DecisionResult {
  int id = -1;
  std::string time, what;
  bool undone = false;
  std::int64_t images = 0, people = 0;
};
struct MarkResult {
  std::string what;         // the decision that was made, undone or redone; empty: nothing changed
  std::int64_t images = 0;  // that it changed
  std::vector<DecisionResult> history;  // oldest first, where it was asked for
};

template <class V>
void describe(V& v, DecisionResult& r) {
  v("id", r.id);
  v("time", r.time);
  v("what", r.what);
  v("undone", r.undone);
  v("images", r.images);
  v("people", r.people);
}
template <class V>
void describe(V& v, MarkResult& r) {
  v("what", r.what);
  v("images", r.images);
  v("history", r.history);
}

}  // namespace discern::results
