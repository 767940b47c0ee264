// What a training can be told, and its table of fields. Free of LibTorch: the window reads it, too.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/base/device.h"
#include "core/base/field.h"

namespace discern::training {

constexpr std::int64_t kFaceCacheBytes = 2'000'000'000;  // decoded faces that a training keeps in memory

// How the learning rate falls: after the warm-up along a cosine to zero, along a cosine over all epochs whose
// beginning the warm-up replaces (SlowFast), or in steps by 10.
enum class Falling { Cosine, HalfCosine, Step };
inline const auto& namesOf(Falling) {
  static constexpr std::array<Named<Falling>, 3> kNames{
      {{Falling::Cosine, "cosine", "Along a cosine to zero"},
       {Falling::HalfCosine, "half-cosine",
        "Along a cosine over all epochs, the warm-up's too: it rises to where the cosine is then (SlowFast)"},
       {Falling::Step, "step", "By 10 at certain epochs"}}};
  return kNames;
}

// What DDNet's loss squares. Ratio: the standardised ratio that the score is the sigmoid of; there bad and
// worse stay apart, where their scores are nearly 0 both (Huber beyond 2 deviations).
enum class DdnetLoss { Score, Ratio };
inline const auto& namesOf(DdnetLoss) {
  static constexpr std::array<Named<DdnetLoss>, 2> kNames{
      {{DdnetLoss::Score, "score", "The score, as in the paper"},
       {DdnetLoss::Ratio, "ratio", "The standardised ratio: bad and worse images stay apart"}}};
  return kNames;
}

// Init: the first stage alone. C: classification; S: regression on the selected faces; Sc: both; Dc:
// classification, and regression on every face with teacher features.
enum class StudentMode { Init, C, S, Sc, Dc };
inline const auto& namesOf(StudentMode) {
  static constexpr std::array<Named<StudentMode>, 5> kNames{
      {{StudentMode::Init, "init", "The first stage alone, on classes"},
       {StudentMode::C, "c", "Classification alone: the teacher is not asked"},
       {StudentMode::S, "s", "Regression of the teacher's features on the selected faces"},
       {StudentMode::Sc, "sc", "Regression on the selected faces, and classification"},
       {StudentMode::Dc, "dc", "Direct distillation: regression on all faces, and classification"}}};
  return kNames;
}
inline bool usesSelection(StudentMode mode) { return mode == StudentMode::S || mode == StudentMode::Sc; }

// Where the second stage starts: the first stage's network, or Xavier's random weights.
enum class StudentStart { Classes, Xavier, Mode };
inline const auto& namesOf(StudentStart) {
  static constexpr std::array<Named<StudentStart>, 3> kNames{
      {{StudentStart::Classes, "classes", "The first stage, on classes, for every mode"},
       {StudentStart::Xavier, "xavier", "Xavier's random weights: there is no first stage"},
       {StudentStart::Mode, "mode", "Xavier's weights for mode s, the first stage for the others"}}};
  return kNames;
}

// Whose landmarks are moved: the template's, the same for every face, or those that were found in the face
// itself, where it has some.
enum class PerturbedPoints { Template, Own };
inline const auto& namesOf(PerturbedPoints) {
  static constexpr std::array<Named<PerturbedPoints>, 2> kNames{
      {{PerturbedPoints::Template, "template", "Those of the template that faces are aligned to"},
       {PerturbedPoints::Own, "own", "The face's own, where it has some: it is aligned anew"}}};
  return kNames;
}

// AsIs: the published loss, features as they are. Unit: teacher features brought to norm 4, all faces count
// alike. Raw: as they are, times one factor for all that makes their root mean square norm 4; faces with
// longer features (in most recognisers the clearer ones) count more. The factor is in the checkpoint
// ("target_scale"). With norm 4 an output of zero has a regression loss of 1/2, and the layers on both sides
// of the mimic layer learn at similar speed; a norm of sqrt(D) hardly moved it at all.
enum class StudentTarget { Unit, Raw, AsIs };
inline const auto& namesOf(StudentTarget) {
  static constexpr std::array<Named<StudentTarget>, 3> kNames{
      {{StudentTarget::Unit, "unit", "Features of one length: all faces count alike"},
       {StudentTarget::Raw, "raw", "Times one factor for all: faces with longer features count more"},
       {StudentTarget::AsIs, "as-is", "As they are, and their squared distance is the loss, as published"}}};
  return kNames;
}

// To whose common norm gradients are scaled down where nobody says.
inline constexpr double kUsualClip = 5;

struct DdnetOptions {
  std::string architecture = "ddnet-r18";
  int size = 112;
  int epochs = 12;
  int batch = 64;
  double learningRate = 0.1;  // cosine schedule with `warmup` epochs
  double warmup = 0.5;
  double momentum = 0.9;
  double weightDecay = 5e-4;
  double clip = kUsualClip;  // 0: never
  bool flip = true;          // random mirror
  // Of the identities, held out whole. Kept is the epoch with the smallest loss on them: rank correlations
  // inside identities of a few images vary more from one epoch to the next than training changes them.
  double validationShare = 0.1;
  bool augment = false;  // mild random crop, blur and brightness, beside the mirror
  DdnetLoss loss = DdnetLoss::Score;
  double rankWeight = 0.0;  // optional pairwise ranking term inside identities beside the paper's loss
  // Optional hint (Romero et al., FitNets): a linear layer, for the training alone, maps what DDNet pools to
  // the base model's feature; its squared error joins the loss with this weight. Needs DdnetData::features.
  double hintWeight = 0.0;
  std::uint64_t seed = 1;
  Device device = Device::Cpu;
  int checkpointSeconds = 60;
};

struct BaseOptions {
  std::string architecture = "mobilefacenet";
  double width = 1.0;  // channel multiplier (mobilefacenet, resnet50, networks of clips)
  int dims = 512;
  int size = 112;
  std::string head = "arcface";
  double scale = std::numeric_limits<double>::quiet_NaN();   // NaN: the head's own (scaleOf)
  double margin = std::numeric_limits<double>::quiet_NaN();  // NaN: the head's own (marginOf)
  bool anneal = true;  // a head that can (sphereface) comes to its margin step by step
  double dropout = 0;  // before the last linear layer (iresnet, resnet50, networks of clips)
  // Batch-hard triplets (Hermans et al. 2017) beside the head: of every image its farthest partner of the
  // same identity and its nearest other one. Batches then hold `perIdentity` images of an identity.
  double tripletWeight = 0, tripletMargin = 0.3;
  int perIdentity = 4;
  int epochs = 10;
  int batch = 128;
  double learningRate = 0.1;
  double warmup = 1;  // epochs
  Falling schedule = Falling::Cosine;
  std::vector<int> steps = {6, 8};  // epochs at which step divides by 10
  double momentum = 0.9, weightDecay = 5e-4, clip = kUsualClip;
  bool flip = true;            // random mirror
  bool augment = false;        // mild seeded crop, blur, brightness: for sets without natural variety
  bool mixedPrecision = true;  // on CUDA only
  std::uint64_t seed = 1;
  Device device = Device::Cpu;
  int checkpointSeconds = 60;
  int maxSteps = 0;  // 0: no limit (tests)
};
// What the head adds, subtracts or multiplies by where nobody says. Throws Error: an unknown head.
double marginOf(const BaseOptions& options);
double scaleOf(const BaseOptions& options);  // likewise

struct StudentOptions {
  int size = 16;           // pixels a side: 16, 32, 64, 96
  int dims = 0;            // D of the mimic layer; 0: columns of the teacher's features (512 without them)
  int identityDims = 128;  // 128 or 1024
  StudentMode mode = StudentMode::Sc;
  // Checkpoint of mode init to start from, for several modes from one start. Empty: initialised first, unless
  // epochsInit is 0.
  std::string initFrom{};
  StudentStart start = StudentStart::Classes;
  int epochsInit = 20, epochs = 20;
  int batch = 256;
  double learningRateInit = 0.1, learningRate = 0.05;
  double warmup = 0.5;  // epochs, in both stages
  Falling schedule = Falling::Cosine;
  std::vector<int> steps = {10, 15};  // epochs at which step divides by 10
  double momentum = 0.9, weightDecay = 5e-4, clip = kUsualClip;
  // Loss = cross-entropy + regressionWeight * |mimic - target|^2 / (2 * 16), of targets of norm 4; with AsIs
  // cross-entropy + regressionWeight * |mimic - feature|^2 (SKD, equation 6 with a weight of 1), both sums
  // over all faces of a batch (student_loss.h). Measured on 7,400 faces: at 16 the regression costs the
  // classification nothing.
  double regressionWeight = 16;
  StudentTarget target = StudentTarget::Unit;
  // Before fine-tuning with regression, the mimic layer is fitted to the targets in one go (mimic_fit.h) and
  // the identity layer changed so that the classifier stays what it was.
  bool fitMimic = true;
  int perturbations = 16;  // seeded variants a face, one of them an epoch (perturb.h); 0: none
  PerturbedPoints perturbedPoints = PerturbedPoints::Template;
  double perturbationStrength = 0.03;  // deviation of a landmark, a share of the crop's side
  bool flip = true;                    // random mirror
  double validationShare = 0.1;        // of the images of a class (not of the classes), held out
  bool mixedPrecision = true;          // on CUDA only
  std::uint64_t seed = 1;
  Device device = Device::Cpu;
  int checkpointSeconds = 60;
  std::int64_t cacheBytes = kFaceCacheBytes;
  std::string teacher{};  // feature table's or model's name, for the record
};

// Whether the first stage comes before the mode that is asked for.
bool startsOnClasses(const StudentOptions& options);

// Everything that a person may say. The others belong to the machine (checkpointSeconds, cacheBytes), to
// tests (maxSteps) or are filled in by who calls (dims, initFrom, teacher).
const Fields<DdnetOptions>& ddnetFields();
const Fields<BaseOptions>& baseFields();
const Fields<StudentOptions>& studentFields();

}  // namespace discern::training
