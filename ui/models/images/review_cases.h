// Labels to look at, one after the other: what the Review page asks about. No widgets.
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "core/analysis/doubts.h"
#include "ui/models/project/session.h"

namespace discern::ui {

// Of an image its own identity and the one that it looks like; of a pair the one with fewer images and the
// other.
struct ReviewCase {
  int sample = -1;  // -1: a pair
  int own = -1, other = -1;
  double cosineOwn = 0, cosineOther = 0;  // of a pair both are that of the two centroids

  bool isPair() const { return sample < 0; }
  bool operator==(const ReviewCase& o) const {
    return sample == o.sample && own == o.own && other == o.other;
  }
};

// The newest table of D-scores; null: there is none.
std::shared_ptr<const data::ScoreTable> newestDscores(const Session& session);
// What nobody decided about yet: pairs first, then images, the most doubtful of each first.
std::vector<ReviewCase> reviewCases(const Session& session, const data::ScoreTable* dscores);

}  // namespace discern::ui
