// "Probably one person under two names": what the scoring noted, less what has been dealt with.
#pragma once

#include <QString>
#include <vector>

#include "ui/models/project/session.h"

namespace discern::ui {

struct Duplicate {
  int from = -1, into = -1;    // identities; `from` has fewer images, so it would be merged or excluded
  QString fromName, intoName;  // as jobs know them
  double cosine = 0;           // of the two centroids
};

// The name a job knows an identity by: its own, or SET/NAME where several sets have that name.
QString jobName(const Snapshot& snapshot, int identity);

// `json`: [{"a": "name", "b": "name", "cosine": 0.8}, ...], with "a_set" and "b_set" where it is known. Pairs
// that are merged, excluded or unknown are left out; text that is not such a list gives none. Nearest first.
std::vector<Duplicate> openDuplicates(const std::string& json, const Snapshot& snapshot);

}  // namespace discern::ui
