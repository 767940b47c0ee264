// One score per sample, with what explains it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace discern::data {

// Why a sample has no score; only Scored rows carry numbers.
enum class ScoreStatus : std::uint8_t {
  Scored,
  NotAsked,      // its identity has another role, or is excluded
  SingleSample,  // the only sample of its identity
  NotFinite,     // its feature holds NaN or infinity
  ZeroFeature,   // its feature is the zero vector
  OneIdentity,   // no other identity to be confused with
  Unreadable,    // the image could not be decoded
  NotGiven,      // the file that the scores were imported from has none for it
};
const char* toString(ScoreStatus status);
// One sentence for a person: "the only image of its identity".
const char* explain(ScoreStatus status);

// Whether scores by `method` are told from the base model's feature of the image
// itself, so that dropping images saves none of its work. (A D-score needs the
// identity's other images too: it stands for what a DDNet would tell.)
bool needsBaseModel(const std::string& method);

// Whether a network told the scores: they are scores already, without a raw value behind them.
bool isPrediction(const std::string& method);

// Whether they came in a file of somebody else's: what they cost is not known.
bool isGiven(const std::string& method);

// Whether they are told with the help of the identities, which a deployed system would not have.
bool needsIdentities(const std::string& method);

// Column i of every vector belongs to sample i. Not-scored rows hold NaN and hardestIdentity -1.
// Comparators (feature norm, sharpness, predictions of a DDNet or a head) fill `score` and `ratio` only.
struct ScoreTable {
  std::string name;    // in the project
  std::string method;  // a name of scoreMethods() (score_methods.h)
  std::string featureTable;
  std::vector<float> score;    // in (0, 1), larger is better
  std::vector<float> ratio;    // raw value before normalising (DDL eq. 1; norm, variance of Laplacian, ...)
  std::vector<float> own;      // cosine (or distance) to the own centroid
  std::vector<float> hardest;  // the same to the hardest other centroid
  std::vector<std::int32_t> hardestIdentity;
  std::vector<ScoreStatus> status;
  double mean = 0,
         sigma = 1;  // of the ratio over the training samples: score = sigmoid((ratio - mean) / sigma)

  // Images that were there when it was made: later ones have a row, but were never asked about.
  std::int64_t covered = 0;
  // What people had decided when the images were read (project/decisions.h), to be kept with it; not read.
  std::optional<std::string> decisions = {};

  void resize(std::size_t samples);  // all covered
  std::int64_t size() const { return static_cast<std::int64_t>(score.size()); }
};

}  // namespace discern::data
