// Templates that lost all of their samples.
#pragma once

#include <cstdint>

#include "core/data/dataset.h"

namespace discern::data {

struct LeftTemplates {
  std::int64_t templates = 0, pairs = 0;
};
// Takes them out with their pairs, numbers the others anew, and closes the gaps of folds that lost every
// pair.
LeftTemplates leaveOutEmpty(Protocol& protocol);

}  // namespace discern::data
