// A stored lambda path made ready to be asked: whatever is asked of it is a look-up; and what it discards
// against what low scores would (SKD).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/analysis/roster.h"
#include "core/data/score_table.h"
#include "core/project/project.h"
#include "core/selection/selection.h"

namespace discern::analysis {

// The raw lambda nearest to 0 at which at least `share` of the faces that can be kept are kept. Throws Error
// for a share that is not in (0, 1], and where no face can be kept.
double lambdaForShare(std::span<const double> enters, double share);

// Of a selection that one cut found the only lambda at which its set is known; NaN of a path, which has all.
double cutLambda(const project::SelectionRow& row);
// Whether it is an order of the faces (selection/methods.h), of which a share is asked for and no lambda.
bool isOrder(const project::SelectionRow& row);
// The lambda at which `row` is read when `given` (NaN: nothing) is asked for: of a path that, of a cut its
// own. Throws FieldError about `field` where a cut is asked for another one, and an order for any.
double lambdaToReadAt(const project::SelectionRow& row, double given, const char* field);

// Immutable once made. Of the stored path it looks at the faces of today's training identities.
class SelectionPath {
 public:
  SelectionPath(project::SelectionRow row, const Who& who);

  const project::SelectionRow& row() const { return row_; }
  double cutLambda() const { return cutLambda_; }                // of the row
  bool isOrder() const { return isOrder_; }                      // of the row
  const std::string& method() const { return method_; }          // of the row, as it names it
  int faces() const { return static_cast<int>(order_.size()); }  // that were asked about
  int keepable() const { return keepable_; }                     // of them: kept at some lambda
  int identities() const { return identities_; }                 // with at least one face
  double enters(int sample) const;                               // NaN: not asked
  bool asked(int sample) const;
  int identityOf(int sample) const;  // after merges; -1: not asked
  int allIdentities() const { return static_cast<int>(first_.size()) - 1; }

  int kept(double lambda) const;                        // how many
  std::span<const int> discarded(double lambda) const;  // samples, the nearest to entering first
  double share(double lambda) const;                    // kept / keepable
  double lambdaForShare(double share) const;            // the nearest to 0 that keeps at least so many
  double normalised(double lambda) const;               // divided by the number of other centroids
  double raw(double normalised) const;

  // Where a slider with a logarithmic scale goes: -lambda from `low` (keeps next to nothing) to `high` (keeps
  // all that can be kept).
  double low() const { return low_; }
  double high() const { return high_; }

  const selection::CountCurve& curve() const { return curve_; }
  selection::CountCurve curveOf(int identity) const;
  int facesOf(int identity) const;
  int emptyIdentities(double lambda) const;  // of several faces, none of them kept

 private:
  project::SelectionRow row_;
  std::vector<int> order_;          // samples by ascending enters, never kept last
  std::vector<double> sorted_;      // their enters
  std::vector<int> identity_;       // of each sample
  std::vector<int> members_;        // samples by identity
  std::vector<std::size_t> first_;  // where those of an identity begin in members_
  selection::CountCurve curve_;
  int keepable_ = 0, identities_ = 0;
  double low_ = 0, high_ = 0;
  double cutLambda_ = 0;
  std::string method_;
  bool isOrder_ = false;
};

// Two papers, one phenomenon: the faces that a lambda discards against as many with the lowest scores, among
// those that have both numbers.
class ScoreComparison {
 public:
  // Within: of every identity as many as the lambda discards of it; those of which it discards all or nobody
  // are left out, for that says nothing about an order. Overall: as many of all faces.
  enum class Ranking { Within, Overall };

  ScoreComparison(const SelectionPath& path, std::shared_ptr<const data::ScoreTable> scores);

  struct At {
    std::vector<int> discarded;           // the last to enter first
    std::vector<int> lowest;              // the lowest score first, as many
    int both = 0;                         // in both
    int scored = 0;                       // of all that the lambda discards: those that have a score
    std::vector<unsigned char> isInBoth;  // of each sample
    double chance = 0;     // the share that would be in both without any connection; NaN: none is discarded
    double share() const;  // of the discarded; NaN: none is
  };
  At at(double lambda, Ranking ranking) const;

  const data::ScoreTable& scores() const { return *scores_; }
  const std::vector<int>& faces() const { return byScore_; }
  double spearman() const { return spearman_; }  // of entering early with the score, mean inside identities

 private:
  At overall(std::size_t discarded) const;
  At within(std::size_t discarded) const;

  std::shared_ptr<const data::ScoreTable> scores_;
  std::vector<int> byPath_, byScore_;  // samples: the last to enter first, the lowest score first
  std::vector<double> enters_;         // of byPath_, descending
  std::vector<int> identity_;          // of each sample; unknown ones have a number of their own
  std::vector<int> ownRank_;           // of each sample: by score among its identity's
  std::vector<int> sizes_;             // faces of each identity
  double spearman_ = 0;
};

}  // namespace discern::analysis
