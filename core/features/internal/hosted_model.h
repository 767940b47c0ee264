// A model that somebody else made, run by a process of its own (model_host.h).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/features/base_model.h"

namespace discern::features {

// Waits until the process has looked through the file and opened it. The process is ended with the model, and
// before that when it takes more memory or computes longer than a model needs: two gigabytes and four times
// the file and the `weights` beside it, a minute and four seconds a face. DISCERN_MODEL_GIGABYTES and
// DISCERN_MODEL_SECONDS in the environment stand for the two and the minute. Throws Error, one sentence: what
// is wrong with the file, what it asked for that no recogniser needs, which limit it met, or how its process
// ended.
std::unique_ptr<BaseModel> openHosted(const std::string& file,
                                      const std::vector<std::filesystem::path>& weights, const Recipe& recipe,
                                      Device device);

}  // namespace discern::features
