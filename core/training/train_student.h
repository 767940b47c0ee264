// Training a student from a teacher's features (SKD, equations 4 and 6): initialise on classes, then
// fine-tune with classification and with regression on the faces that selection kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/image_ref.h"
#include "core/data/matrix.h"
#include "core/training/faces.h"
#include "core/training/options.h"
#include "core/training/together.h"
#include "core/training/train_ddnet.h"

namespace discern::training {

struct StudentData {
  FaceSource faces;        // aligned crops, 112 px or larger
  std::vector<int> label;  // a face each: 0 .. classes - 1, or -1: no class; empty: none has one
  int classes = 0;
  data::MatrixView teacher;              // rows x D; NaN or zero rows are no target
  std::vector<std::int64_t> teacherRow;  // a face each: row of `teacher`, or -1; empty: row i for face i
  // A face each: its own landmarks in the aligned crop of 112 x 112; empty: of none are they known. Where
  // PerturbedPoints::Own asks for them and there are none, the template's are moved.
  std::vector<std::optional<data::Landmarks>> landmarks;
  std::vector<unsigned char> selected;  // a face each: kept by selection; empty: all
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
// (counted on through both stages). ranks: of several processes that train it together.
StudentResult trainStudent(const StudentOptions& options, const StudentData& data,
                           const std::filesystem::path& checkpoint, Progress& progress,
                           Ranks* ranks = nullptr);

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
