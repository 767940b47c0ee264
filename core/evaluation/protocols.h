// Who is trained on and who is tested in SKD's two identification benchmarks, from labels and conditions
// alone (the same seed gives the same split on every machine); and whose a protocol's templates are today.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/dataset.h"
#include "core/data/matrix.h"
#include "core/data/score_table.h"

namespace discern::evaluation {

// Of one SCface image. Camera 0: a frontal mugshot; 1-5: visible light; 6-7: infrared; -1: not known.
// Distance 1, 2, 3: kScfaceMetres; 0 for a mugshot.
struct Condition {
  int camera = -1, distance = -1;
};
inline constexpr std::array<double, 3> kScfaceMetres{4.20, 2.60, 1.00};  // to the camera, of distance 1 first
// From Sample::nuisance, such as {"camera":3,"distance":2};
// unknown when it is empty, is not JSON or does not say.
Condition parseCondition(std::string_view nuisance);

struct ScfaceOptions {
  int trainSubjects = 50, testSubjects = 80;  // drawn from those with a mugshot and at least one probe
  int cameras = 5, distances = 3;             // the visible ones: up to 15 probes a subject
  std::uint64_t seed = 1;
};
// Indices are of samples; everything in increasing order.
struct ScfaceProtocol {
  std::vector<int> trainIdentities, testIdentities;
  std::vector<int> train;          // mugshot and probes of each identity to train on
  std::vector<int> gallery;        // one mugshot an identity to test (the first, if there are several)
  std::vector<int> probes;         // of the identities to test
  std::vector<int> probeDistance;  // of each probe: the group of rankRateByGroup
  int missingProbes = 0;           // how many of testSubjects x cameras x distances are not there
};
// identity (-1: none) and condition: one a sample. Infrared images, and those of unknown condition, take no
// part. Throws Error when there are too few subjects, with how many there are.
ScfaceProtocol scfaceProtocol(std::span<const int> identity, std::span<const Condition> condition,
                              const ScfaceOptions& options = {});

struct UccsOptions {
  int subjects = 180;  // those with most images; of equally many the lower identity
  int trainParts = 4;  // trainParts : 1, within each subject
  std::uint64_t seed = 1;
};
// A split for a classifier: class c is identities[c].
struct ClassSplit {
  std::vector<int> identities;             // by decreasing number of images
  std::vector<int> train, test;            // samples, in increasing order
  std::vector<int> trainClass, testClass;  // the class of each
};
// Every subject has at least one image on either side; of n images round(n / (trainParts + 1)) are tested.
// Throws Error when there are fewer subjects with two images or more.
ClassSplit uccsProtocol(std::span<const int> identity, const UccsOptions& options = {});

// Whether Discern drew a protocol itself: no folds, and every template is called NAME/NUMBER after its
// identity and its place. Its truth follows the identities; what was imported brought its own.
bool isDrawn(const data::Protocol& protocol, std::span<const std::string> identityNames);

struct TruthChanges {
  std::int64_t relabelled = 0, leftOut = 0;  // pairs
};
// Pairs of a drawn protocol by who its samples are now. identity: one a sample, merges followed, -1:
// excluded. Templates of nobody, or of several since a merge was taken back, go with their pairs.
TruthChanges followIdentities(data::Protocol& protocol, std::span<const int> identity);
// Leaves out what cannot be compared: samples without a usable feature, pairs of a template that has no
// other, folds without pairs, and all folds where fewer than two have some.
struct LeftOut {
  std::int64_t templates = 0, pairs = 0;
};
LeftOut leaveOutUnusable(data::Protocol& protocol, data::MatrixView features);
// A protocol's images without a feature: too many to compare the others where one has no row at all, or more
// than a tenth no finite one.
struct FeatureGaps {
  std::int64_t images = 0, missing = 0;
  bool tooMany = false;
};
FeatureGaps featureGaps(const data::Protocol& protocol, data::MatrixView features);
// How many of a protocol's images came later than a score table.
std::int64_t laterThan(const data::ScoreTable& table, const data::Protocol& protocol);
// Impostor pairs whose two templates are one person's by `identity`.
std::int64_t impostorsOfOnePerson(const data::Protocol& protocol, std::span<const int> identity);

}  // namespace discern::evaluation
