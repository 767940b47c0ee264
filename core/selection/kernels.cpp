#include "core/selection/kernels.h"

namespace discern::selection {

extern const Kernels kBaselineKernels;
#ifdef DISCERN_SELECTION_X86
extern const Kernels kAvx2Kernels, kAvx512Kernels;
#endif

std::vector<const Kernels*> availableKernels() {
  std::vector<const Kernels*> available = {&kBaselineKernels};
#ifdef DISCERN_SELECTION_X86
  if (hasAvx2()) available.push_back(&kAvx2Kernels);
  if (hasAvx512()) available.push_back(&kAvx512Kernels);
#endif
  return available;
}

const Kernels& kernels() {
  static const Kernels& widest = *availableKernels().back();
  return widest;
}

}  // namespace discern::selection
