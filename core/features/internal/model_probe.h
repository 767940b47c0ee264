// What every model that others made is asked for before it is used.
#pragma once

#include <string>
#include <vector>

#include "core/features/internal/blob_model.h"

namespace discern::features {

// Three made-up pictures by the recipe, with faces' range of brightness: n x 3 x size x size.
std::vector<float> probeFaces(const Recipe& recipe);

// That a face has a feature, the same one twice, the same one beside others, and not that of every other
// face. Throws Error naming `file`, one sentence: which of these does not hold and what to do.
void checkFeatures(const std::string& file, BlobModel& model);

}  // namespace discern::features
