// What a trained DDNet looks at in an image, as maps over it.
#pragma once

#include <filesystem>
#include <functional>

#include "core/base/device.h"
#include "core/base/progress.h"
#include "core/data/matrix.h"
#include "core/training/faces.h"

namespace discern::training {

struct ExplainOptions {
  int patch = 0;   // pixels of the input a side; 0: a seventh of its width
  int stride = 0;  // pixels between patches; 0: half a patch
  int batch = 64;  // hidden images in one forward pass
};

struct ExplainedFace {
  double score = 0;                  // that the network predicts
  int patch = 0, stride = 0;         // as they were taken
  data::Matrix occlusion, gradient;  // of the network's input, H x W (training/saliency.h)
};

// Calls done(i, explained) for each face that can be loaded, in order. Throws Error as TrainedDdnet, and for
// a network of clips; Cancelled.
void explainDdnet(const std::filesystem::path& checkpoint, const FaceSource& faces,
                  const ExplainOptions& options, Device device,
                  const std::function<void(std::int64_t face, ExplainedFace explained)>& done,
                  Progress& progress);

}  // namespace discern::training
