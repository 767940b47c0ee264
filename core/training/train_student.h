// Training a student from a teacher's features (SKD, section 3): initialise on classes, then fine-tune with
// classification and with regression on the faces that selection kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/training/faces.h"
#include "core/training/train_ddnet.h"

namespace discern::training {

struct StudentOptions {
  int size = 16;           // pixels a side: 16, 32, 64, 96
  int dims = 0;            // D of the mimic layer; 0: columns of the teacher's features (512 without them)
  int identityDims = 128;  // 128 or 1024
  // init: the first stage alone. c: classification; s: regression on the selected faces; sc: both; dc:
  // classification, and regression on every face with teacher features.
  std::string mode = "sc";
  // Checkpoint of mode init to start from, for several modes from one start. Empty: initialised first, unless
  // epochsInit is 0.
  std::string initFrom{};
  int epochsInit = 20, epochs = 20;
  int batch = 256;
  double learningRateInit = 0.1, learningRate = 0.05;
  double warmup = 0.5;                // epochs, in both stages
  std::string schedule = "cosine";    // cosine | step
  std::vector<int> steps = {10, 15};  // epochs at which step divides by 10
  double momentum = 0.9, weightDecay = 5e-4;
  // Loss = cross-entropy + regressionWeight * |mimic - target|^2 / (2 * 16). Measured on 7,400 faces: at 16
  // the regression costs the classification nothing.
  double regressionWeight = 16;
  // unit: teacher features brought to norm 4, all faces count alike. raw: as they are, times one factor for
  // all that makes their root mean square norm 4; faces with longer features (in most recognisers the clearer
  // ones) count more. The factor is in the checkpoint ("target_scale"). With norm 4 an output of zero has a
  // regression loss of 1/2, and the layers on both sides of the mimic layer learn at similar speed; a norm of
  // sqrt(D) hardly moved it at all.
  std::string target = "unit";
  // Before fine-tuning with regression, the mimic layer is fitted to the targets in one go (mimic_fit.h) and
  // the identity layer changed so that the classifier stays what it was.
  bool fitMimic = true;
  int perturbations = 16;              // seeded variants a face, one of them an epoch (perturb.h); 0: none
  double perturbationStrength = 0.03;  // deviation of a landmark, a share of the crop's side
  bool flip = true;                    // random mirror
  double validationShare = 0.1;        // of the images of a class (not of the classes), held out
  bool mixedPrecision = true;          // on CUDA only
  std::uint64_t seed = 1;
  std::string device = "cpu";
  int checkpointSeconds = 60;
  std::int64_t cacheBytes = kFaceCacheBytes;
  std::string teacher{};  // feature table's or model's name, for the record
};

struct StudentData {
  FaceSource faces;        // aligned crops, 112 px or larger
  std::vector<int> label;  // a face each: 0 .. classes - 1, or -1: no class; empty: none has one
  int classes = 0;
  data::MatrixView teacher;              // rows x D; NaN or zero rows are no target
  std::vector<std::int64_t> teacherRow;  // a face each: row of `teacher`, or -1; empty: row i for face i
  std::vector<unsigned char> selected;   // a face each: kept by selection; empty: all
};

struct StudentResult {
  std::string name;                                // S-16-sc
  int epochs = 0;                                  // of the last stage
  std::int64_t classified = 0, regressed = 0;      // training faces of either kind in the last stage
  std::int64_t validationImages = 0, dropped = 0;  // dropped: could not be read
  double trainLoss = 0, classification = 0,
         regression = 0;  // means over the last epoch; NaN: not part of the mode
  double trainAccuracy = 0;
  // On the held-out images, those of no selection included; NaN without any.
  double validationAccuracy = 0, validationRegression = 0, validationCosine = 0;
  double imagesPerSecond = 0;
};

// Writes `checkpoint` atomically: the network, "mode", "name", "teacher", "target_scale", and, of mode init,
// the classification head. A batch holds faces with a class, with a target and with both in the shares of the
// whole set; every such face once an epoch. Stopped: throws Cancelled after writing a state beside the
// checkpoint; the next call with equal options goes on from it, bit for bit on the CPU. Metrics:
// "train/loss", "train/learning_rate" now and then; "train/classification", "train/regression",
// "train/accuracy", "validation/accuracy", "validation/regression", "validation/cosine" after each epoch
// (counted on through both stages).
StudentResult trainStudent(const StudentOptions& options, const StudentData& data,
                           const std::filesystem::path& checkpoint, Progress& progress);

// The options that the first stage depends on, as JSON: modes with equal ones can share its checkpoint.
std::string firstStageOptions(const StudentOptions& options);

// Of a network of these options, without its softmax.
NetworkCost studentCost(int size, int dims, int identityDims = 128);

// What a student's checkpoint says about itself. Throws Error naming the file: not a student, damaged.
struct StudentInfo {
  std::string name, mode, teacher;
  int size = 0, dims = 0, identityDims = 0;
};
StudentInfo readStudent(const std::filesystem::path& checkpoint);

}  // namespace discern::training
