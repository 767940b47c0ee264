// The program `discern-model-host`: runs one model that somebody else made, apart from everything else.
#pragma once

#include <string>
#include <vector>

namespace discern::features {

// arguments: file, recipe as JSON, device, bytes of memory it may take. Speaks internal/model_frames.h over
// file descriptor 0 until that is closed. Returns the exit status.
int serveModel(const std::vector<std::string>& arguments);

}  // namespace discern::features
