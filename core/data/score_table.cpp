#include "core/data/score_table.h"

#include <limits>

namespace discern::data {

const char* toString(ScoreStatus status) {
  switch (status) {
    case ScoreStatus::Scored:
      return "scored";
    case ScoreStatus::NotAsked:
      return "not_asked";
    case ScoreStatus::SingleSample:
      return "single_sample";
    case ScoreStatus::NotFinite:
      return "not_finite";
    case ScoreStatus::ZeroFeature:
      return "zero_feature";
    case ScoreStatus::OneIdentity:
      return "one_identity";
    case ScoreStatus::Unreadable:
      return "unreadable";
    case ScoreStatus::NotGiven:
      return "not_given";
  }
  return "unknown";
}

const char* explain(ScoreStatus status) {
  switch (status) {
    case ScoreStatus::Scored:
      return "scored";
    case ScoreStatus::NotAsked:
      return "its identity is in the pool or excluded, so it was not scored";
    case ScoreStatus::SingleSample:
      return "the only image of its identity, so it has no centroid but itself";
    case ScoreStatus::NotFinite:
      return "its feature holds NaN or infinity";
    case ScoreStatus::ZeroFeature:
      return "its feature is the zero vector";
    case ScoreStatus::OneIdentity:
      return "there is no other identity to be confused with";
    case ScoreStatus::Unreadable:
      return "its image could not be decoded";
    case ScoreStatus::NotGiven:
      return "the file that the scores were imported from has none for it";
  }
  return "unknown";
}

void ScoreTable::resize(std::size_t samples) {
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  score.resize(samples, nan);
  ratio.resize(samples, nan);
  own.resize(samples, nan);
  hardest.resize(samples, nan);
  hardestIdentity.resize(samples, -1);
  status.resize(samples, ScoreStatus::NotAsked);
  covered = static_cast<std::int64_t>(samples);
}

}  // namespace discern::data
