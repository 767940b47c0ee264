// "Probably one person under two names": what the scoring noted, less what has been dealt with.
#pragma once

#include <QString>
#include <vector>

#include "core/project/pairs.h"
#include "ui/models/project/session.h"

namespace discern::ui {

struct Duplicate {
  int from = -1, into = -1;    // identities; `from` has fewer images, so it would be merged or excluded
  QString fromName, intoName;  // as jobs know them
  double cosine = 0;           // of the two centroids
};

// The name a job knows an identity by: its own, or SET/NAME where several sets have that name.
QString jobName(const Snapshot& snapshot, int identity);

// `json`: the setting kProbablySame. Without pairs of whom one is merged or excluded, and those that a person
// decided about. Nearest first.
std::vector<Duplicate> openDuplicates(const std::string& json, const Snapshot& snapshot,
                                      const project::PairVerdicts& pairs);

}  // namespace discern::ui
