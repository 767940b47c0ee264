// A trained DDNet, loaded once: its scores can be asked for, and timed, without what loading takes.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/base/progress.h"
#include "core/training/faces.h"
#include "core/training/options.h"

namespace discern::training {

class TrainedDdnet {
 public:
  // Throws Error: it cannot be read, or is another network.
  explicit TrainedDdnet(std::filesystem::path checkpoint, Device device = Device::Cpu);
  ~TrainedDdnet();
  TrainedDdnet(TrainedDdnet&&) noexcept;

  const data::Shape& shape() const;  // of the samples that it takes
  // One a face, NaN where it could not be loaded. Throws Error: the faces have another shape.
  std::vector<float> scores(const FaceSource& faces, int batch, Progress& progress) const;

 private:
  struct Loaded;
  std::unique_ptr<const Loaded> loaded_;
};

}  // namespace discern::training
