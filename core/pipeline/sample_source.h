// A project's samples as the source that trainings draw from.
#pragma once

#include <vector>

#include "core/imaging/sample.h"
#include "core/training/faces.h"

namespace discern::pipeline {

// `images` must outlive the source. shape: that they are loaded in; root: the project's folder.
inline training::FaceSource sourceOf(const data::GroupKind& kind, const std::vector<data::ImageRef>& images,
                                     const data::Shape& shape, const std::string& root) {
  return {static_cast<std::int64_t>(images.size()),
          [&kind, &images, shape](std::int64_t i) {
            return imaging::loadSample(kind, images[static_cast<std::size_t>(i)], shape);
          },
          data::hashOf(images, root), shape};
}

}  // namespace discern::pipeline
