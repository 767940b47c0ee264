#include "core/data/dataset.h"

#include <map>

namespace discern::data {

void closeFoldGaps(Protocol& protocol) {
  std::map<int, int> newFold;  // in the old order
  for (const Pair& pair : protocol.pairs)
    if (pair.fold >= 0) newFold[pair.fold] = 0;
  protocol.folds = 0;
  for (auto& [fold, renumbered] : newFold) renumbered = protocol.folds++;
  for (Pair& pair : protocol.pairs)
    if (pair.fold >= 0) pair.fold = newFold.at(pair.fold);
}

}  // namespace discern::data
