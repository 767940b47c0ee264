// Every sample with everything known about it, as plain columns: what is shown, filtered and sorted by.
#pragma once

#include <QString>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "ui/models/project/session.h"
#include "ui/models/project/shown_images.h"

namespace discern::ui {

enum class Field {
  Thumbnail,
  Id,
  Identity,
  Set,
  Role,
  File,
  Score,
  Percentile,
  Ratio,
  Own,
  Hardest,
  HardestIdentity,
  Status,
  Out,  // of what a person left it out
  Verdict,
  Tags,
  Note,
  Media,
  Damage,
  Below,
  Faces,  // that a detector found in its photograph
  Eyes    // pixels between them
};
inline constexpr int kSampleColumns = static_cast<int>(Field::Note) + 1;  // the rest is for filters only

bool isNumber(Field field);
QString fieldName(Field field);  // as written in a filter: "score"

// Immutable once made; may be read from any thread.
class SampleTable {
 public:
  SampleTable() = default;
  SampleTable(std::shared_ptr<const Snapshot> snapshot, std::shared_ptr<const data::ScoreTable> scores,
              double threshold = 0, Shown shown = Shown::Both);

  // The same but for the threshold.
  SampleTable withThreshold(double threshold) const;

  int size() const;
  const Snapshot& snapshot() const { return *snapshot_; }
  const data::ScoreTable* scores() const { return scores_.get(); }  // null: none
  int identityOf(int sample) const;                                 // after merges; -1: unknown
  QString identityName(int identity) const;
  data::ScoreStatus status(int sample) const;
  double threshold() const { return threshold_; }
  Shown shown() const { return shown_; }
  // Whether the window's switch of originals and degraded copies lets it be seen.
  bool shows(int sample) const {
    return ui::shows(shown_, snapshot_->samples[static_cast<std::size_t>(sample)]);
  }

  double number(int sample, Field field) const;      // NaN where there is none
  QString text(int sample, Field field) const;       // as shown
  QString shownText(int sample, Field field) const;  // the same, its words in the window's language
  QString copyText(int sample) const;  // "downscale copy of 004.jpg"; empty: not a degraded copy
  // "left out of templates, wrong, tagged blurry"; empty: nobody decided anything.
  QString decisionText(int sample) const;
  // < 0, 0, > 0; what has no number comes last in either order's ascending sense.
  int compare(int a, int b, Field field) const;
  // Of every sample its place among the values of a field, ascending: equal values have an equal one, and
  // what has no number kNoRank. Worked out once for each field, by who asks first.
  static constexpr int kNoRank = std::numeric_limits<int>::max();
  std::shared_ptr<const std::vector<int>> ranks(Field field) const;

 private:
  double factOf(int sample, Field field) const;
  std::vector<int> numberRanks(Field field) const;
  std::vector<int> textRanks(Field field) const;

  struct Ranks {
    std::mutex mutex;
    std::map<Field, std::shared_ptr<const std::vector<int>>> of;
  };
  std::shared_ptr<const Snapshot> snapshot_ = std::make_shared<const Snapshot>();
  std::shared_ptr<const data::ScoreTable> scores_;
  std::vector<float> percentile_;
  std::vector<int> identity_;
  std::shared_ptr<Ranks> ranks_ = std::make_shared<Ranks>();  // the threshold changes none of them
  double threshold_ = 0;
  Shown shown_ = Shown::Both;
};

}  // namespace discern::ui
