#define DISCERN_LANES 4
#define DISCERN_KERNELS kBaselineKernels
#define DISCERN_KERNELS_NAME "baseline"
#include "core/selection/kernels_body.h"
