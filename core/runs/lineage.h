// What a run was made from: the runs that made the scores, features, networks and selections that it read.
#pragma once

#include <string>
#include <vector>

#include "core/project/project.h"

namespace discern::runs {

enum class Thing { Features, Scores, Model, Selection, Protocol };
struct Named {
  Thing thing;
  std::string name;  // empty: the newest at that time
  bool operator==(const Named&) const = default;
};

// What a finished run made, and what it read; nothing of one that is not done.
std::vector<Named> madeBy(const project::RunRow& run);
std::vector<Named> readBy(const project::RunRow& run);

struct Ancestor {
  int at = 0;     // in the list of runs
  int depth = 0;  // 0: the run itself, 1: what made what it read, 2: what made what that read
};

// Every result is read once.
class Lineage {
 public:
  explicit Lineage(const std::vector<project::RunRow>& runs);  // oldest first

  // Nearest first, of equally near ones in the order in which they were read; the run itself is the first. A
  // thing was made by the newest run before that made one of that name; what no run made, such as an imported
  // protocol, has none.
  std::vector<Ancestor> of(int at) const;
  // The run that made it for the run `at`; -1: none did.
  int makerOf(const Named& thing, int at) const;

 private:
  std::vector<std::vector<Named>> made_, read_;
};

}  // namespace discern::runs
