// Faces of planted classes with the features of a planted teacher.
#pragma once

#include <limits>
#include <vector>

#include "core/data/matrix.h"
#include "core/training/train_student.h"
#include "tests/core/training/planted_faces.h"

namespace discern::training {

// Four classes of bars (planted_faces.h); a teacher that
// gives each class a direction, a little noise and a length.
struct PlantedStudents {
  data::Matrix features;
  StudentData data;

  explicit PlantedStudents(int perClass, int size = 32, int dims = 6) {
    const auto bars = plantedBars(perClass, size);
    data.faces = bars.faces;
    data.label = bars.label;
    data.classes = bars.classes;
    features = data::Matrix(data.faces.count, dims);
    for (std::int64_t i = 0; i < data.faces.count; ++i) {
      Rng rng(mixSeed(21, static_cast<std::uint64_t>(i)));
      const double length = rng.uniform(5, 30);
      for (int d = 0; d < dims; ++d) {
        Rng direction(mixSeed(mixSeed(4, static_cast<std::uint64_t>(i % 4)), static_cast<std::uint64_t>(d)));
        features.row(i)[static_cast<std::size_t>(d)] =
            static_cast<float>(length * (direction.normal() + 0.1 * rng.normal()));
      }
    }
    data.teacher = features.view();
  }
  PlantedStudents(const PlantedStudents&) = delete;
  PlantedStudents& operator=(const PlantedStudents&) = delete;
};

inline StudentOptions quickStudent(const std::string& mode, int epochsInit, int epochs) {
  StudentOptions options;
  options.mode = parseName<StudentMode>(mode, "mode");
  options.identityDims = 8;
  options.epochsInit = epochsInit;
  options.epochs = epochs;
  options.batch = 16;
  return options;
}

}  // namespace discern::training
