// Labels to look at, one after the other: what the Review page asks about. No widgets.
#pragma once

#include <QString>
#include <memory>
#include <optional>
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

struct ReviewList {
  std::shared_ptr<const data::ScoreTable> dscores;  // the newest; null: there are none
  std::vector<ReviewCase> cases;  // nobody decided about: pairs first, then images, the most doubtful first
  std::vector<QString> names;     // of the identities
  std::optional<ReviewCase> returned;                         // the first of those that were not there before
  std::vector<std::shared_ptr<const data::ScoreTable>> read;  // on the way
};

// What it takes, so that it can be worked out on any thread.
struct ReviewRequest {
  std::shared_ptr<const Snapshot> snapshot;
  std::vector<std::shared_ptr<const data::ScoreTable>> known;  // which need not be read
  std::vector<ReviewCase> before;
};
ReviewList reviewList(const project::Project& project, const ReviewRequest& request);

}  // namespace discern::ui
