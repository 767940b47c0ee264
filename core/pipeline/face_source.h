// A project's images as the source that trainings draw from.
#pragma once

#include <vector>

#include "core/data/image_ref.h"
#include "core/imaging/image.h"
#include "core/training/faces.h"

namespace discern::pipeline {

// `images` must outlive the source. root: the project's folder.
inline training::FaceSource facesOf(const std::vector<data::ImageRef>& images, int size,
                                    const std::string& root) {
  return {static_cast<std::int64_t>(images.size()),
          [&images, size](std::int64_t i) {
            return imaging::loadFace(images[static_cast<std::size_t>(i)], size);
          },
          data::hashOf(images, root)};
}

}  // namespace discern::pipeline
